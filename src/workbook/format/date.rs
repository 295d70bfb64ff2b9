//! Days since the turn of another century, as dates.

use alloc::string::String;

use crate::workbook::format::number::{Plain, push_integer, push_zeros};
use crate::workbook::xml::attributes;

/// The last day that a spreadsheet shows: 31 December 9999.
const LAST: u32 = 2_958_465;

/// Days from 1 January 1900, which is day 1, to 1 January 1904, which is day 0 of the other system.
const TO_1904: u32 = 1_462;

/// Days from 1 March of the year 0 to day 0 of 1900.
const TO_1900: u32 = 693_899;

/// The day of 1900 that never was, 29 February: spreadsheets count it, as Lotus 1-2-3 did.
const LEAP_BUG: u32 = 60;

const SECONDS: u64 = 86_400;

/// A day and the seconds of it that have passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    day: u32,
    seconds: u64,
}

impl Moment {
    /// Reads the days that a number is; nothing where they are before the first day or behind the last.
    pub(super) fn read(number: &Plain<'_>) -> Option<Self> {
        if number.is_negative {
            return None;
        }
        let mut day = attributes::number(number.whole.as_bytes())?;
        // To a billionth of a day, and half up to a second.
        let mut fraction = 0_u64;
        let mut digits = number.fraction.bytes();
        for _ in 0..12 {
            let digit = digits.next().unwrap_or(b'0');
            fraction = fraction
                .wrapping_mul(10)
                .wrapping_add(u64::from(digit & 15));
        }
        let seconds = fraction.wrapping_mul(SECONDS);
        let mut seconds = seconds.wrapping_add(500_000_000_000) / 1_000_000_000_000;
        if seconds == SECONDS {
            seconds = 0;
            day = day.checked_add(1)?;
        }
        (day <= LAST).then_some(Self { day, seconds })
    }

    /// Returns whether it has a time of day.
    pub(super) const fn has_time(self) -> bool {
        self.seconds > 0
    }

    /// Returns whether it is within the first day, and so a time alone.
    pub(super) const fn is_time(self) -> bool {
        self.day == 0
    }

    /// Appends the day as `2026-12-24`; nothing where the calendar has no such day.
    pub(super) fn push_date(self, is_1904: bool, out: &mut String) -> Option<()> {
        let mut day = self.day;
        if is_1904 {
            day = day.wrapping_add(TO_1904);
            if day > LAST {
                return None;
            }
        }
        if day == 0 || day == LEAP_BUG {
            return None;
        }
        let is_before_bug = day < LEAP_BUG;
        let days = day
            .wrapping_add(TO_1900)
            .wrapping_add(u32::from(is_before_bug));
        // As in "chrono-Compatible Low-Level Date Algorithms" by Howard Hinnant: years begin in March, so that a leap day is the last.
        let (era, of_era) = (days / 146_097, days % 146_097);
        let leaps = (of_era / 1_460)
            .wrapping_sub(of_era / 36_524)
            .wrapping_add(of_era / 146_096);
        let of_years = of_era.wrapping_sub(leaps) / 365;
        let before = of_years
            .wrapping_mul(365)
            .wrapping_add(of_years / 4)
            .wrapping_sub(of_years / 100);
        let of_year = of_era.wrapping_sub(before);
        let from_march = of_year.wrapping_mul(5).wrapping_add(2) / 153;
        let before = from_march.wrapping_mul(153).wrapping_add(2) / 5;
        let of_month = of_year.wrapping_sub(before).wrapping_add(1);
        let is_next_year = from_march >= 10;
        let month = if is_next_year {
            from_march.wrapping_sub(9)
        } else {
            from_march.wrapping_add(3)
        };
        let year = era
            .wrapping_mul(400)
            .wrapping_add(of_years)
            .wrapping_add(u32::from(is_next_year));
        push_padded(year.into(), 4, out);
        out.push('-');
        push_padded(month.into(), 2, out);
        out.push('-');
        push_padded(of_month.into(), 2, out);
        Some(())
    }

    /// Appends the time of day as `09:30:00`.
    pub(super) fn push_time(self, out: &mut String) {
        push_clock(self.seconds, out);
    }

    /// Appends all hours that have passed, such as `36:00:00`.
    pub(super) fn push_elapsed(self, out: &mut String) {
        let days = u64::from(self.day).wrapping_mul(SECONDS);
        push_clock(days.wrapping_add(self.seconds), out);
    }
}

fn push_clock(seconds: u64, out: &mut String) {
    push_padded(seconds / 3_600, 2, out);
    out.push(':');
    push_padded(seconds / 60 % 60, 2, out);
    out.push(':');
    push_padded(seconds % 60, 2, out);
}

fn push_padded(number: u64, width: u32, out: &mut String) {
    let mut digits = String::new();
    push_integer(number, &mut digits);
    let count = u32::try_from(digits.len()).unwrap_or(width);
    push_zeros(width.saturating_sub(count), out);
    out.push_str(&digits);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(serial: &str, is_1904: bool) -> Option<String> {
        let moment = Moment::read(&Plain::read(serial)?)?;
        let mut out = String::new();
        moment.push_date(is_1904, &mut out)?;
        if moment.has_time() {
            out.push('T');
            moment.push_time(&mut out);
        }
        Some(out)
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (serial, expected) in [
            ("1", Some("1900-01-01")),
            ("59", Some("1900-02-28")),
            ("60", None),
            ("61", Some("1900-03-01")),
            ("25569", Some("1970-01-01")),
            ("36585", Some("2000-02-29")),
            ("46380", Some("2026-12-24")),
            ("46380.375", Some("2026-12-24T09:00:00")),
            ("46380.3958333333", Some("2026-12-24T09:30:00")),
            ("46380.999999999", Some("2026-12-25")),
            ("2958465", Some("9999-12-31")),
            ("2958466", None),
            ("0", None),
            ("-1", None),
            ("99999999999", None),
        ] {
            assert_eq!(date(serial, false).as_deref(), expected, "{serial}");
        }
        assert_eq!(date("0", true).as_deref(), Some("1904-01-01"));
        assert_eq!(date("44918", true).as_deref(), Some("2026-12-24"));
        assert_eq!(date("2957003", true).as_deref(), Some("9999-12-31"));
        assert_eq!(date("2957004", true), None);
    }

    #[test]
    fn each_day_follows_the_one_before() {
        let mut before = String::from("1900-02-28");
        for serial in 61..120_000 {
            let next = date(&serial.to_string(), false).unwrap();
            assert!(next > before, "{next} behind {before}");
            before = next;
        }
        assert_eq!(before, "2228-07-17");
    }
}
