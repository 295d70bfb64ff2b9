//! Which time it is in the sandbox, and how it is written.
//!
//! The core never reads a clock. [`Clock`] only says how the time that a caller hands in becomes the sandbox's time; the
//! dates are a few lines of calendar arithmetic, because a date library would be half of the artifact.

use alloc::string::String;
use core::str::FromStr;

/// What the sandbox's clock follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockMode {
    /// Real time, plus what was advanced.
    #[default]
    Real,
    /// Nothing: it starts at 2026-01-01T00:00:00Z and moves by being advanced.
    Manual,
}

impl FromStr for ClockMode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "real" => Ok(Self::Real),
            "manual" => Ok(Self::Manual),
            _ => Err(()),
        }
    }
}

/// The sandbox's clock, in milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    mode: ClockMode,
    advanced_ms: u64,
}

impl Clock {
    /// Where a manual clock starts: 2026-01-01T00:00:00Z.
    pub const MANUAL_START_MS: u64 = 1_767_225_600_000;

    /// A clock that nobody has advanced yet.
    pub fn new(mode: ClockMode) -> Self {
        Self {
            mode,
            advanced_ms: 0,
        }
    }

    /// The time in the sandbox, given the real one.
    pub fn now(&self, real_ms: u64) -> u64 {
        let base = match self.mode {
            ClockMode::Real => real_ms,
            ClockMode::Manual => Self::MANUAL_START_MS,
        };
        base.saturating_add(self.advanced_ms)
    }

    /// Moves the clock forward.
    pub fn advance(&mut self, ms: u64) {
        self.advanced_ms = self.advanced_ms.saturating_add(ms);
    }
}

/// `2026-01-01T00:00:00.000Z`.
pub(super) fn rfc3339(ms: u64) -> String {
    let date = Date::at(ms);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
        ms % 1000
    )
}

/// `Thu, 01 Jan 2026 00:00:00 GMT`, as HTTP writes dates.
pub(super) fn http_date(ms: u64) -> String {
    let date = Date::at(ms);
    format!(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        name("ThuFriSatSunMonTueWed", date.weekday),
        date.day,
        name(
            "JanFebMarAprMayJunJulAugSepOctNovDec",
            date.month.saturating_sub(1)
        ),
        date.year,
        date.hour,
        date.minute,
        date.second
    )
}

/// The n-th three-letter name of a row of names.
fn name(names: &'static str, index: u64) -> &'static str {
    usize::try_from(index)
        .ok()
        .and_then(|index| {
            let start = index.checked_mul(3)?;
            names.get(start..start.checked_add(3)?)
        })
        .unwrap_or("")
}

struct Date {
    year: u64,
    month: u64,
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
    /// 0 is a Thursday, as 1970-01-01 was.
    weekday: u64,
}

impl Date {
    /// The last instant that has a four-digit year.
    const LAST_MS: u64 = 253_402_300_799_999;

    /// Howard Hinnant's `civil_from_days`: years start in March, so that the leap day is the last of its year.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the time is held to the year 9999 first, so every product and sum is under 2^40, and each difference is of a part from its whole"
    )]
    fn at(ms: u64) -> Self {
        let seconds = ms.min(Self::LAST_MS) / 1000;
        let days = seconds / 86_400;
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let day_of_era = shifted % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        Self {
            year: year_of_era + era * 400 + u64::from(month <= 2),
            month,
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
            hour: seconds / 3600 % 24,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            weekday: days % 7,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_of_known_instants_are_right() {
        for (ms, rfc, http) in [
            (
                0,
                "1970-01-01T00:00:00.000Z",
                "Thu, 01 Jan 1970 00:00:00 GMT",
            ),
            (
                784_111_777_000,
                "1994-11-06T08:49:37.000Z",
                "Sun, 06 Nov 1994 08:49:37 GMT",
            ),
            (
                951_782_400_001,
                "2000-02-29T00:00:00.001Z",
                "Tue, 29 Feb 2000 00:00:00 GMT",
            ),
            (
                Clock::MANUAL_START_MS,
                "2026-01-01T00:00:00.000Z",
                "Thu, 01 Jan 2026 00:00:00 GMT",
            ),
            (
                4_107_542_399_999,
                "2100-02-28T23:59:59.999Z",
                "Sun, 28 Feb 2100 23:59:59 GMT",
            ),
            (
                4_107_542_400_000,
                "2100-03-01T00:00:00.000Z",
                "Mon, 01 Mar 2100 00:00:00 GMT",
            ),
        ] {
            assert_eq!(rfc3339(ms), rfc);
            assert_eq!(http_date(ms), http);
        }
        assert_eq!(rfc3339(u64::MAX).get(..10), Some("9999-12-31"));
    }

    #[test]
    fn a_manual_clock_does_not_follow_the_real_one() {
        let mut clock = Clock::new(ClockMode::Manual);

        clock.advance(5);

        assert_eq!(clock.now(123), Clock::MANUAL_START_MS + 5);
        assert_eq!(Clock::new(ClockMode::Real).now(123), 123);
    }
}
