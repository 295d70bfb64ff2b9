//! Dates with time and zone, by RFC 3339.

/// Whether a text is a date and time with zone that exists: `2026-11-23T09:30:00Z`, `2026-11-23T09:30:00.5+01:00`.
///
/// ```
/// use giftcard_partners::order::format::is_date_time;
///
/// assert!(is_date_time("2028-02-29T23:59:59Z"));
/// assert!(is_date_time("2016-12-31T23:59:60Z"));
/// assert!(!is_date_time("2026-02-29T00:00:00Z"));
/// assert!(!is_date_time("2026-11-23"));
/// ```
pub fn is_date_time(text: &str) -> bool {
    instant(text).is_some()
}

/// The seconds from 1970 on to a date and time with zone, which is before it where they are below zero; nothing where it does not exist.
///
/// ```
/// use giftcard_partners::order::format::instant;
///
/// assert_eq!(instant("1970-01-02T01:00:00+01:00"), Some(86_400));
/// ```
pub fn instant(text: &str) -> Option<i64> {
    read(text.as_bytes())
}

/// Minutes of a day.
const DAY: u32 = 1_440;
const LAST_MINUTE: u32 = DAY - 1;

fn read(bytes: &[u8]) -> Option<i64> {
    let (year, rest) = number(bytes, 4)?;
    let (month, rest) = number(rest.strip_prefix(b"-")?, 2)?;
    let (day, rest) = number(rest.strip_prefix(b"-")?, 2)?;
    let (b'T' | b't', rest) = rest.split_first()? else {
        return None;
    };
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest) = number(rest.strip_prefix(b":")?, 2)?;
    let (second, rest) = number(rest.strip_prefix(b":")?, 2)?;
    let rest = match rest {
        [b'.', rest @ ..] => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0).then(|| rest.get(digits..)).flatten()?
        }
        rest => rest,
    };
    // What is added to the time of day of the text to have that of UTC, and what to the minutes since 1970.
    let (to_utc, shift) = match rest {
        [b'Z' | b'z'] => (0, 0),
        [sign @ (b'+' | b'-'), offset @ ..] => {
            let (hours, rest) = number(offset, 2)?;
            let (minutes, rest) = number(rest.strip_prefix(b":")?, 2)?;
            let offset = minute_of_day(hours, minutes).filter(|_| rest.is_empty())?;
            match sign {
                b'-' => (offset, i64::from(offset)),
                _ => (DAY.wrapping_sub(offset), i64::from(offset).wrapping_neg()),
            }
        }
        _ => return None,
    };
    // A leap second is the last one of a day in UTC.
    let minutes = minute_of_day(hour, minute)?;
    let last = match minutes.wrapping_add(to_utc) % DAY {
        LAST_MINUTE => 60,
        _ => 59,
    };
    if !((1..=12).contains(&month) && (1..=days(year, month)).contains(&day) && second <= last) {
        return None;
    }
    let minutes = days_since_1970(year, month, day)
        .wrapping_mul(i64::from(DAY))
        .wrapping_add(i64::from(minutes))
        .wrapping_add(shift);
    Some(minutes.wrapping_mul(60).wrapping_add(i64::from(second)))
}

/// Days of the Gregorian calendar, counted with March as the first month, so that the leap day is the last of a year.
fn days_since_1970(year: u32, month: u32, day: u32) -> i64 {
    const TO_1970: i64 = 719_469;

    let (year, month) = match month {
        ..=2 => (year.saturating_sub(1), month.wrapping_add(9)),
        _ => (year, month.wrapping_sub(3)),
    };
    let leap_days = (year / 4).wrapping_sub(year / 100).wrapping_add(year / 400);
    let days = year
        .wrapping_mul(365)
        .wrapping_add(leap_days)
        .wrapping_add(month.wrapping_mul(153).wrapping_add(2) / 5)
        .wrapping_add(day);
    i64::from(days).wrapping_sub(TO_1970)
}

fn minute_of_day(hour: u32, minute: u32) -> Option<u32> {
    (hour < 24 && minute < 60).then(|| hour.wrapping_mul(60).wrapping_add(minute))
}

fn number(bytes: &[u8], digits: usize) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_at_checked(digits)?;
    let number = number.iter().try_fold(0_u32, |number, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })?;
    Some((number, rest))
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_counted_in_utc() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-02-29T12:00:00.9+00:00", 951_825_600),
            ("2026-12-01T09:00:00-05:00", 1_796_133_600),
            ("2026-12-01T14:00:00Z", 1_796_133_600),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(instant(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn a_date_and_time_has_a_zone_and_exists() {
        for good in [
            "2026-11-23T09:30:00Z",
            "2000-02-29T00:00:00.123456789+14:00",
            "2026-12-31t23:59:59z",
            "2016-12-31T23:59:60Z",
            "1990-12-31T15:59:60.5-08:00",
            "2017-01-01T05:29:60+05:30",
        ] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "",
            "2026-11-23",
            "2026-11-23T09:30:00",
            "2026-11-23T09:30Z",
            "2026-11-23 09:30:00Z",
            "1900-02-29T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T09:60:00Z",
            "2026-11-23T09:30:60Z",
            "2016-12-31T23:59:61Z",
            "2016-12-31T23:59:60+01:00",
            "2016-12-31T23:59:60-23:60",
            "2026-11-23T09:30:00.Z",
            "2026-11-23T09:30:00+24:00",
            "2026-11-23T09:30:00Z ",
            "20261123T093000Z",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
