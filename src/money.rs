//! Amounts of money, exact.
//!
//! An amount enters as decimal text (the very text of a JSON number) and leaves as decimal text. It never passes through a
//! binary float: `0.1 + 0.2` would lose cents. It is counted in thousandths, whatever its currency, so that any two can be compared and
//! added; how many decimals a text of it may have and shows is the currency's ([`Decimals`]).

use alloc::string::String;
use core::fmt;

use crate::json::{Decimal, NotWhole, decimal_text};

/// How many decimals the amounts of a currency have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decimals {
    /// Whole units only, such as yen.
    Zero,
    /// Cents, and what is taken for a currency that is not known.
    #[default]
    Two,
    /// Thousandths, such as fils of a dinar.
    Three,
}

/// Currencies without decimals, then those with three, by [ISO 4217](https://www.six-group.com/en/products-services/financial-information/market-reference-data/data-standards.html).
const ZERO: &str = "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF";
const THREE: &str = "BHDIQDJODKWDLYDOMRTND";

impl Decimals {
    /// The decimals of the currency of that code, in any case; two where it is not known.
    ///
    /// ```
    /// use giftcard_partners::money::Decimals;
    ///
    /// assert_eq!(["JPY", "usd", "KWD", ""].map(Decimals::of), [Decimals::Zero, Decimals::Two, Decimals::Three, Decimals::Two]);
    /// ```
    pub fn of(currency: &str) -> Self {
        let is_among = |codes: &str| {
            let (codes, _) = codes.as_bytes().as_chunks::<3>();
            codes
                .iter()
                .any(|code| code.eq_ignore_ascii_case(currency.as_bytes()))
        };
        if currency.is_empty() {
            Self::Two
        } else if is_among(ZERO) {
            Self::Zero
        } else if is_among(THREE) {
            Self::Three
        } else {
            Self::Two
        }
    }

    /// The number of them.
    pub const fn count(self) -> u8 {
        match self {
            Self::Zero => 0,
            Self::Two => 2,
            Self::Three => 3,
        }
    }

    /// Thousandths of the currency's smallest unit: 1,000 of a yen, 10 of a cent.
    pub const fn smallest(self) -> u64 {
        match self {
            Self::Zero => 1_000,
            Self::Two => 10,
            Self::Three => 1,
        }
    }

    /// The largest amount: up to there a number of JavaScript's tells one smallest unit from the next.
    pub const fn maximum(self) -> Amount {
        match self {
            Self::Zero | Self::Two => Amount::MAX,
            Self::Three => Amount((1_000 << 43) - 1),
        }
    }
}

/// An amount of money of at least zero, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The largest amount: a cent below 2^46, up to where a number of JavaScript's tells one cent from the next.
    pub const MAX: Self = Self((1_000 << 46) - 10);

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
        Self::parse_in(Decimals::Two, text)
    }

    /// Reads an amount of a currency with so many decimals.
    ///
    /// # Errors
    ///
    /// Those of [`Amount::parse`], by the decimals and the maximum of the currency.
    ///
    /// ```
    /// use giftcard_partners::money::{Amount, AmountError, Decimals};
    ///
    /// assert_eq!(Amount::parse_in(Decimals::Zero, "1500.5"), Err(AmountError::TooManyDecimals));
    /// assert_eq!(Amount::parse_in(Decimals::Three, "1.125"), Ok(Amount::from_thousandths(1_125)));
    /// ```
    pub fn parse_in(decimals: Decimals, text: &str) -> Result<Self, AmountError> {
        let number = Decimal::parse(text).ok_or(AmountError::NotANumber)?;
        match number.units(i64::from(decimals.count())) {
            Ok(units) => units
                .checked_mul(decimals.smallest())
                .map(Self)
                .filter(|amount| *amount <= decimals.maximum())
                .ok_or(AmountError::OutOfRange),
            Err(NotWhole::TooLarge) => Err(AmountError::OutOfRange),
            Err(NotWhole::Negative) => Err(AmountError::Negative),
            Err(NotWhole::TooFine) => Err(AmountError::TooManyDecimals),
        }
    }

    /// The amount of so many thousandths.
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// The amount of so many hundredths; the largest number where they are too many.
    pub const fn from_cents(cents: u64) -> Self {
        Self(cents.saturating_mul(10))
    }

    /// The amount in thousandths.
    pub const fn thousandths(self) -> u64 {
        self.0
    }

    /// Returns whether there is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns whether it has no decimals.
    #[cfg(feature = "bulk")]
    pub(crate) const fn is_whole(self) -> bool {
        self.0.is_multiple_of(1_000)
    }

    /// Returns whether it has no digit that counts behind so many decimals.
    pub const fn fits(self, decimals: Decimals) -> bool {
        self.0.is_multiple_of(decimals.smallest())
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

    /// Decimal text of a currency that is not known, such as `25.00`.
    pub fn to_decimal(self) -> String {
        self.to_decimal_in(Decimals::Two)
    }

    /// Decimal text with so many decimals; with three where a digit more counts, since none is hidden.
    ///
    /// ```
    /// use giftcard_partners::money::{Amount, Decimals};
    ///
    /// let amount = Amount::from_cents(150_000);
    ///
    /// assert_eq!(amount.to_decimal_in(Decimals::Zero), "1500");
    /// assert_eq!(amount.to_decimal_in(Decimals::Three), "1500.000");
    /// ```
    pub fn to_decimal_in(self, decimals: Decimals) -> String {
        let shown = [decimals, Decimals::Two, Decimals::Three]
            .into_iter()
            .find(|shown| *shown >= decimals && self.fits(*shown))
            .unwrap_or(Decimals::Three);
        let mut text = decimal_text(self.0 / 1_000);
        let fraction = [self.0 / 100 % 10, self.0 / 10 % 10, self.0 % 10];
        for (place, digit) in (0..shown.count()).zip(fraction) {
            if place == 0 {
                text.push('.');
            }
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
    /// More decimals that count than the currency has.
    TooManyDecimals,
    /// Over the largest amount.
    OutOfRange,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a number",
            Self::Negative => "below zero",
            Self::TooManyDecimals => "too many decimals",
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
            assert_eq!(Amount::parse(text), Ok(Amount::from_cents(2500)), "{text}");
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

    #[test]
    fn each_currency_has_the_decimals_of_iso_4217() {
        let codes = |decimals: Decimals| {
            let letters = || 'A'..='Z';
            let all = letters().flat_map(|a| {
                letters().flat_map(move |b| letters().map(move |c| String::from_iter([a, b, c])))
            });
            all.filter(|code| Decimals::of(code) == decimals).count()
        };
        assert_eq!((codes(Decimals::Zero), codes(Decimals::Three)), (17, 7));
        for (codes, decimals) in [
            (["JPY", "KRW", "jpy", "CLP", "ISK"], Decimals::Zero),
            (["USD", "EUR", "TWD", "HUF", "MGA"], Decimals::Two),
            (["KWD", "BHD", "OMR", "tnd", "JOD"], Decimals::Three),
        ] {
            assert_eq!(codes.map(Decimals::of), [decimals; 5]);
        }
    }

    #[test]
    fn an_amount_has_at_most_the_decimals_of_its_currency_and_shows_them_all() {
        for (decimals, text, read) in [
            (Decimals::Zero, "1500", Ok("1500")),
            (Decimals::Zero, "1500.0", Ok("1500")),
            (Decimals::Zero, "1500.5", Err(AmountError::TooManyDecimals)),
            (Decimals::Two, "1500.5", Ok("1500.50")),
            (Decimals::Three, "1500.5", Ok("1500.500")),
            (Decimals::Three, "0.001", Ok("0.001")),
            (Decimals::Three, "0.0001", Err(AmountError::TooManyDecimals)),
            (
                Decimals::Three,
                "8796093022207.999",
                Ok("8796093022207.999"),
            ),
            (
                Decimals::Three,
                "8796093022208",
                Err(AmountError::OutOfRange),
            ),
            (Decimals::Zero, "70368744177663", Ok("70368744177663")),
            (
                Decimals::Zero,
                "70368744177664",
                Err(AmountError::OutOfRange),
            ),
        ] {
            let amount = Amount::parse_in(decimals, text);
            let shown = amount.map(|amount| amount.to_decimal_in(decimals));
            assert_eq!(shown, read.map(String::from), "{text}");
        }
        assert_eq!(
            Amount::from_cents(150_050).to_decimal_in(Decimals::Zero),
            "1500.50"
        );
    }

    proptest! {
        #[test]
        fn decimal_text_comes_back_as_the_same_amount(thousandths in 0..=Decimals::Three.maximum().thousandths()) {
            let amount = Amount::from_thousandths(thousandths);
            for decimals in [Decimals::Zero, Decimals::Two, Decimals::Three] {
                let text = amount.to_decimal_in(decimals);
                prop_assert_eq!(Amount::parse_in(Decimals::Three, &text), Ok(amount));
                prop_assert_eq!(Amount::parse_in(decimals, &text).is_ok(), amount.fits(decimals));
            }
        }
    }
}
