//! Dates with time and zone, by RFC 3339.

/// Whether a text is a date and time with zone that exists: `2026-11-23T09:30:00Z`, `2026-11-23T09:30:00.5+01:00`.
///
/// ```
/// use giftcard_partners::order::format::is_date_time;
///
/// assert!(is_date_time("2028-02-29T23:59:59Z"));
/// assert!(!is_date_time("2026-02-29T00:00:00Z"));
/// assert!(!is_date_time("2026-11-23"));
/// ```
pub fn is_date_time(text: &str) -> bool {
    read(text.as_bytes()).is_some()
}

fn read(bytes: &[u8]) -> Option<()> {
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
    let zone = match rest {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', offset @ ..] => {
            let (hours, rest) = number(offset, 2)?;
            let (minutes, rest) = number(rest.strip_prefix(b":")?, 2)?;
            rest.is_empty() && hours < 24 && minutes < 60
        }
        _ => false,
    };
    (zone
        && (1..=12).contains(&month)
        && (1..=days(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60)
        .then_some(())
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
    fn a_date_and_time_has_a_zone_and_exists() {
        for good in [
            "2026-11-23T09:30:00Z",
            "2000-02-29T00:00:00.123456789+14:00",
            "2026-12-31t23:59:59z",
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
            "2026-11-23T09:30:00.Z",
            "2026-11-23T09:30:00+24:00",
            "2026-11-23T09:30:00Z ",
            "20261123T093000Z",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
