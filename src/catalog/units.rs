//! Fees and percentages, exact.

use alloc::string::String;

use crate::json::{Decimal, decimal_text};

/// Decimals of a fee and of a discount: far more than money has, so that both are exact. A float may have more, and is rounded.
const PLACES: i64 = 8;
/// One, in units of them.
const ONE: u64 = 100_000_000;

/// A fee, or a percentage, in units of 10^-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Units(pub u64);

impl Units {
    /// A hundred: as a percentage, all of it.
    pub const HUNDRED: Self = Self(100 * ONE);

    /// Reads the text of a JSON number, rounded half away from zero; nothing where it is below zero, or larger than can be held.
    pub fn parse(text: &str) -> Option<Self> {
        let tenths = Decimal::parse(text)?.units_at_most(PLACES + 1).ok()?;
        Some(Self(tenths.saturating_add(5) / 10))
    }

    /// Decimal text.
    pub fn to_decimal(self) -> String {
        let fraction = decimal_text((self.0 % ONE).saturating_add(ONE));
        // The one in front of it keeps the zeros.
        let fraction = fraction.strip_prefix("1").unwrap_or_default();
        [&decimal_text(self.0 / ONE), ".", fraction].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_exact_to_eight_decimals_and_rounded_behind() {
        for (text, decimal) in [
            ("0", "0.00000000"),
            ("0.25", "0.25000000"),
            ("4.55", "4.55000000"),
            ("1e2", "100.00000000"),
            ("0.00000001", "0.00000001"),
            ("0.30000000000000004", "0.30000000"),
            ("33.333333333333336", "33.33333333"),
            ("66.66666666666667", "66.66666667"),
            ("0.000000005", "0.00000001"),
            ("0.0000000049999", "0.00000000"),
            ("1e-300", "0.00000000"),
        ] {
            assert_eq!(Units::parse(text).unwrap().to_decimal(), decimal);
        }
        for text in [
            "-1",
            "-0.000000001",
            "1e12",
            "184467440737.09551615",
            "x",
            "",
        ] {
            assert_eq!(Units::parse(text), None, "{text}");
        }
    }
}
