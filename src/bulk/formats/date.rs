//! Delivery dates as spreadsheets write them, made RFC 3339 with the time that the caller says.

use alloc::string::String;

use crate::order::format::is_date_time;

/// What the caller says of dates.
#[derive(Clone, Debug)]
pub(in crate::bulk) struct Dates {
    /// `T09:00:00-05:00`: what a day without a time gets; empty where it is not said.
    time: String,
    order: Option<DateOrder>,
}

/// What `12/24/2026` begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateOrder {
    Month,
    Day,
}

/// Why a cell is no date, where more can be said than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum DateFault {
    /// `04/05/2026` is two days.
    Ambiguous,
    /// There is no time in it, and none is said.
    NoTime,
}

impl DateFault {
    pub(in crate::bulk) const fn sentence(self) -> &'static str {
        match self {
            Self::Ambiguous => {
                "can be read as two days. Write it as 2026-12-24, or say with `dateOrder` whether the month or the day comes first."
            }
            Self::NoTime => {
                "has no time with its zone. Write it as 2026-12-24T09:00:00-05:00, or say with `deliveryTime` when cards of that day are delivered."
            }
        }
    }
}

impl Dates {
    pub(in crate::bulk) const fn new() -> Self {
        Self {
            time: String::new(),
            order: None,
        }
    }

    /// Takes `09:00-05:00`, `09:00:30Z`; false where it is no time with its zone.
    pub(in crate::bulk) fn set_time(&mut self, time: &str) -> bool {
        let zone = time
            .bytes()
            .position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'));
        let Some((clock, zone)) = zone.and_then(|at| time.split_at_checked(at)) else {
            return false;
        };
        let seconds = if clock.len() == 5 { ":00" } else { "" };
        let time = ["T", clock, seconds, zone].concat();
        if !is_date_time(&["2026-01-01", &time].concat()) {
            return false;
        }
        self.time = time;
        true
    }

    /// Takes `mdy` and `dmy`; false for anything else.
    pub(in crate::bulk) fn set_order(&mut self, order: &str) -> bool {
        self.order = match order {
            "mdy" => Some(DateOrder::Month),
            "dmy" => Some(DateOrder::Day),
            _ => return false,
        };
        true
    }

    /// A date and time of a cell, as far as it can be told; what is none is left for the validator.
    pub(in crate::bulk) fn read(&self, cell: &str) -> Result<Option<String>, DateFault> {
        if is_date_time(cell) {
            return Ok(None);
        }
        let (day, clock) = cell.split_once([' ', 'T']).unwrap_or((cell, ""));
        let Some(day) = self.day(day)? else {
            return Ok(None);
        };
        let Some(zone) = self.time.get(9..) else {
            return Err(DateFault::NoTime);
        };
        // What stands in the cell is a clock without a zone: midnight is what a day without a time is written with.
        let clock = clock.trim();
        let is_midnight = clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
        let read = if is_midnight {
            [&day, self.time.as_str()].concat()
        } else {
            {
                let seconds = if clock.len() == 5 { ":00" } else { "" };
                [&day, "T", clock, seconds, zone].concat()
            }
        };
        Ok(is_date_time(&read).then_some(read))
    }

    /// A day as `2026-12-24`.
    fn day(&self, text: &str) -> Result<Option<String>, DateFault> {
        let Some(mark) = text.chars().find(|character| !character.is_ascii_digit()) else {
            return Ok(None);
        };
        let mut parts = text.splitn(3, mark);
        let (Some(first), Some(second), Some(third)) = (parts.next(), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        let is_number = |part: &str, digits: usize| {
            part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_short = |part: &str| is_number(part, 1) || is_number(part, 2);
        let (year, month, day) = if is_number(first, 4)
            && is_short(second)
            && is_short(third)
            && matches!(mark, '-' | '/' | '.')
        {
            (first, second, third)
        } else if is_short(first)
            && is_short(second)
            && is_number(third, 4)
            && matches!(mark, '/' | '.' | '-')
        {
            let is_day = |part: &str| part.parse::<u8>().is_ok_and(|number| number > 12);
            match (self.order, mark) {
                (Some(DateOrder::Month), _) => (third, first, second),
                // With dots the day comes first, wherever they are written.
                (Some(DateOrder::Day), _) | (None, '.') => (third, second, first),
                (None, _) if is_day(first) => (third, second, first),
                (None, _) if is_day(second) || first == second => (third, first, second),
                (None, _) => return Err(DateFault::Ambiguous),
            }
        } else {
            return Ok(None);
        };
        let pad = |part: &str| if part.len() == 1 { "0" } else { "" };
        Ok(Some(
            [year, "-", pad(month), month, "-", pad(day), day].concat(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(time: &str, order: &str) -> Dates {
        let mut dates = Dates::new();
        assert!(time.is_empty() || dates.set_time(time));
        assert!(order.is_empty() || dates.set_order(order));
        dates
    }

    #[test]
    fn a_day_gets_the_time_that_the_caller_says() {
        for (order, cell, expected) in [
            ("", "2026-12-24", "2026-12-24T09:00:00-05:00"),
            ("", "2026/12/24", "2026-12-24T09:00:00-05:00"),
            ("", "2026-12-24T00:00:00", "2026-12-24T09:00:00-05:00"),
            (
                "",
                "2026-12-24 00:00:00.000000",
                "2026-12-24T09:00:00-05:00",
            ),
            ("", "2026-12-24 14:30", "2026-12-24T14:30:00-05:00"),
            ("", "2026-12-24T14:30:15", "2026-12-24T14:30:15-05:00"),
            ("", "24.12.2026", "2026-12-24T09:00:00-05:00"),
            ("", "4.5.2026", "2026-05-04T09:00:00-05:00"),
            ("mdy", "12/24/2026", "2026-12-24T09:00:00-05:00"),
            ("mdy", "4/5/2026", "2026-04-05T09:00:00-05:00"),
            ("dmy", "4/5/2026", "2026-05-04T09:00:00-05:00"),
            ("dmy", "24-12-2026", "2026-12-24T09:00:00-05:00"),
            ("", "12/24/2026", "2026-12-24T09:00:00-05:00"),
        ] {
            assert_eq!(
                dates("09:00-05:00", order).read(cell),
                Ok(Some(expected.to_owned())),
                "{cell}"
            );
        }
    }

    #[test]
    fn what_could_be_two_days_or_has_no_time_says_so() {
        assert_eq!(
            dates("09:00Z", "").read("04/05/2026"),
            Err(DateFault::Ambiguous)
        );
        assert_eq!(dates("", "").read("2026-12-24"), Err(DateFault::NoTime));
        for cell in [
            "2026-12-24T09:00:00Z",
            "Christmas",
            "12/24/26",
            "46380",
            "2026-13-40",
            "12/24/2026 at 9",
            "",
        ] {
            assert_eq!(dates("09:00Z", "mdy").read(cell), Ok(None), "{cell}");
        }
    }

    #[test]
    fn a_delivery_time_has_a_zone() {
        for time in ["09:00", "9:00Z", "25:00Z", "09:00-5", "soon", ""] {
            assert!(!Dates::new().set_time(time), "{time}");
        }
        assert!(Dates::new().set_time("09:00:30+05:30"));
    }
}
