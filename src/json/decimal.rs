//! The exact value of a JSON number, read from its text.

/// A number as `mantissa × 10^exponent`, exact; the mantissa has no trailing zero.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    negative: bool,
    /// Nothing where the number has more digits than fit.
    mantissa: Option<u64>,
    exponent: i64,
}

/// Why a [`Decimal`] is no whole number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWhole {
    /// Below zero.
    Negative,
    /// A digit counts that is smaller than a unit.
    TooFine,
    /// More than fits.
    TooLarge,
}

impl Decimal {
    /// Reads the text of a JSON number; nothing where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let (whole, rest) = digits(rest)?;
        if matches!(whole, [b'0', _, ..]) {
            return None;
        }
        let (fraction, rest) = match rest {
            [b'.', rest @ ..] => digits(rest)?,
            rest => ([].as_slice(), rest),
        };
        let exponent = match rest {
            [] => 0,
            [b'e' | b'E', rest @ ..] => read_exponent(rest)?,
            _ => return None,
        };

        let (mantissa, trailing_zeros) = read_mantissa(whole.iter().chain(fraction));
        Some(Self {
            negative,
            mantissa,
            exponent: exponent
                .saturating_sub(i64::try_from(fraction.len()).ok()?)
                .saturating_add(trailing_zeros),
        })
    }

    /// The number in units of `10^-places`, where it is a whole number of them and not below zero.
    pub fn units(self, places: i64) -> Result<u64, NotWhole> {
        if self.mantissa == Some(0) {
            return Ok(0);
        }
        if self.negative {
            return Err(NotWhole::Negative);
        }
        let shift = self.exponent.saturating_add(places);
        if shift < 0 {
            return Err(NotWhole::TooFine);
        }
        u32::try_from(shift)
            .ok()
            .and_then(|shift| 10_u64.checked_pow(shift))
            .and_then(|factor| self.mantissa?.checked_mul(factor))
            .ok_or(NotWhole::TooLarge)
    }
}

impl Decimal {
    /// The whole units of `10^-places` in the number: what is smaller is cut off.
    pub fn units_at_most(self, places: i64) -> Result<u64, NotWhole> {
        let digits_over = self.exponent.saturating_add(places).unsigned_abs();
        match self.units(places) {
            Err(NotWhole::TooFine) => u32::try_from(digits_over)
                .ok()
                .and_then(|digits| 10_u64.checked_pow(digits))
                .map_or(Ok(0), |factor| {
                    let mantissa = self.mantissa.ok_or(NotWhole::TooLarge)?;
                    Ok(mantissa.checked_div(factor).unwrap_or_default())
                }),
            units => units,
        }
    }
}

/// The digits as one number without its trailing zeros, and how many of those there were.
fn read_mantissa<'a>(digits: impl Iterator<Item = &'a u8>) -> (Option<u64>, i64) {
    let mut mantissa = Some(0_u64);
    let mut zeros = 0_u32;
    for digit in digits {
        if *digit == b'0' {
            zeros = zeros.saturating_add(1);
            continue;
        }
        mantissa = mantissa.and_then(|so_far| {
            let shifted = match so_far {
                0 => 0,
                _ => so_far.checked_mul(10_u64.checked_pow(zeros.saturating_add(1))?)?,
            };
            shifted.checked_add(u64::from(digit.wrapping_sub(b'0')))
        });
        zeros = 0;
    }
    (mantissa, i64::from(zeros))
}

/// The digits at the start, at least one, and what follows them.
fn digits(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let count = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if count == 0 {
        return None;
    }
    bytes.split_at_checked(count)
}

/// The exponent's value, held at a size that no real number of digits reaches.
fn read_exponent(bytes: &[u8]) -> Option<i64> {
    const BOUND: i64 = 1 << 40;

    let (negative, rest) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    let (digits, rest) = digits(rest)?;
    if !rest.is_empty() {
        return None;
    }
    let size = digits.iter().fold(0_i64, |size, digit| {
        size.saturating_mul(10)
            .saturating_add(i64::from(digit.wrapping_sub(b'0')))
            .min(BOUND)
    });
    Some(if negative { size.wrapping_neg() } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_may_be_written_in_many_ways() {
        for text in ["100", "1e2", "100.0", "10000e-2", "0.1E+3"] {
            assert_eq!(Decimal::parse(text).unwrap().units(0), Ok(100), "{text}");
        }
    }

    #[test]
    fn what_is_smaller_than_a_unit_can_be_cut_off() {
        for (text, cents) in [
            ("0.30000000000000004", 30),
            ("1234.5", 123_450),
            ("0.009", 0),
            ("1e-30", 0),
            ("7", 700),
        ] {
            let number = Decimal::parse(text).unwrap();
            assert_eq!(number.units_at_most(2), Ok(cents), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_says_why() {
        for (text, why) in [
            ("1.5", NotWhole::TooFine),
            ("-1", NotWhole::Negative),
            ("1e20", NotWhole::TooLarge),
            ("1e99999999999999", NotWhole::TooLarge),
            ("1e-99999999999999", NotWhole::TooFine),
        ] {
            assert_eq!(Decimal::parse(text).unwrap().units(0), Err(why), "{text}");
        }
    }
}
