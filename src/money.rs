//! Amounts of money in minor units, exact.
//!
//! An amount enters as decimal text (the very text of a JSON number) and leaves as decimal text. It never passes through a
//! binary float: `0.1 + 0.2` would lose cents. Every currency known of the API has two decimals (fact sheet, section 4).

use alloc::string::String;
use core::fmt;

use crate::json::{Decimal, NotWhole, decimal_text};

/// The decimals of every currency that the API is known to use.
const DECIMALS: i64 = 2;

/// An amount of money of at least zero, in minor units (cents).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The largest amount: a cent below 2^46, up to where a number of JavaScript's tells one cent from the next.
    pub const MAX: Self = Self((100 << 46) - 1);

    /// Reads the text of a JSON number: `25`, `25.0` and `2.5e1` are the same amount.
    ///
    /// # Errors
    ///
    /// [`AmountError`] where the text is no number, below zero, has more than two decimals that count, or is over
    /// [`Amount::MAX`].
    ///
    /// ```
    /// use giftcard_partners::money::{Amount, AmountError};
    ///
    /// assert_eq!(Amount::parse("2.5e1"), Amount::parse("25.00"));
    /// assert_eq!(Amount::parse("25.001"), Err(AmountError::TooManyDecimals));
    /// ```
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let number = Decimal::parse(text).ok_or(AmountError::NotANumber)?;
        match number.units(DECIMALS) {
            Ok(minor) if minor <= Self::MAX.0 => Ok(Self(minor)),
            Ok(_) | Err(NotWhole::TooLarge) => Err(AmountError::OutOfRange),
            Err(NotWhole::Negative) => Err(AmountError::Negative),
            Err(NotWhole::TooFine) => Err(AmountError::TooManyDecimals),
        }
    }

    /// The amount of so many minor units.
    pub const fn from_minor(minor: u64) -> Self {
        Self(minor)
    }

    /// The amount in minor units.
    pub const fn minor(self) -> u64 {
        self.0
    }

    /// Whether there is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or nothing where it is over [`Amount::MAX`].
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .filter(|sum| *sum <= Self::MAX)
    }

    /// The difference, or nothing where it is below zero.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount so many times, or nothing where it is over [`Amount::MAX`].
    pub fn checked_mul(self, times: u64) -> Option<Self> {
        if times == 1 {
            // Most lines are one card; what tells an overflow is a call in wasm.
            return Some(self);
        }
        self.0
            .checked_mul(times)
            .map(Self)
            .filter(|product| *product <= Self::MAX)
    }

    /// Decimal text with two decimals, such as `25.00`.
    pub fn to_decimal(self) -> String {
        let mut text = decimal_text(self.0 / 100);
        text.push('.');
        for digit in [self.0 / 10 % 10, self.0 % 10] {
            text.push_str(&decimal_text(digit));
        }
        text
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal())
    }
}

/// Why a text is no [`Amount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmountError {
    /// Not a JSON number.
    NotANumber,
    /// Below zero.
    Negative,
    /// More than two decimals that count.
    TooManyDecimals,
    /// Over [`Amount::MAX`].
    OutOfRange,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a number",
            Self::Negative => "below zero",
            Self::TooManyDecimals => "more than two decimals",
            Self::OutOfRange => "out of range",
        })
    }
}

impl core::error::Error for AmountError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_amount_has_many_spellings() {
        for text in [
            "25",
            "25.0",
            "25.00",
            "2.5e1",
            "2.5E+1",
            "250e-1",
            "0.025e3",
            "25.000000000000000000000000",
        ] {
            assert_eq!(Amount::parse(text), Ok(Amount::from_minor(2500)), "{text}");
        }
        for text in ["0", "-0", "0.000", "0e999999999999999999999"] {
            assert_eq!(Amount::parse(text), Ok(Amount::ZERO), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        for (text, error) in [
            ("", AmountError::NotANumber),
            ("-", AmountError::NotANumber),
            ("01", AmountError::NotANumber),
            ("1.", AmountError::NotANumber),
            (".5", AmountError::NotANumber),
            ("1e", AmountError::NotANumber),
            ("1 ", AmountError::NotANumber),
            ("$1", AmountError::NotANumber),
            ("-1", AmountError::Negative),
            ("25.001", AmountError::TooManyDecimals),
            ("1e-3", AmountError::TooManyDecimals),
            (
                "0.12345678901234567890123456789",
                AmountError::TooManyDecimals,
            ),
            ("70368744177664", AmountError::OutOfRange),
            ("1e400", AmountError::OutOfRange),
            ("1e99999999999999999999", AmountError::OutOfRange),
            ("123456789012345678901234567890", AmountError::OutOfRange),
        ] {
            assert_eq!(Amount::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn decimal_text_comes_back_as_the_same_amount(minor in 0..=Amount::MAX.minor()) {
            let amount = Amount::from_minor(minor);
            prop_assert_eq!(Amount::parse(&amount.to_decimal()), Ok(amount));
        }
    }
}
