//! Amounts as people write them, in a cell or at a form: one reader for both.
//!
//! It takes what can be read in one way alone. How much an amount may be is not its business, nor whether it may be below zero: that is the
//! validator's.

pub mod currency;
pub mod reader;

use alloc::string::String;
use alloc::vec::Vec;

use crate::money::{Amount, Decimals};
use currency::{Currency, UNKNOWN, agree, code, presumed};

/// The decimal text of an amount that a person has typed, in `currency` where that is known; `mark` is the one in front of its decimals, `.` or
/// `,`, where that is known.
///
/// Nothing of what is no amount, may be read in two ways, names another currency, or has more decimals than its currency.
///
/// ```
/// use giftcard_partners::amount::{currency::UNKNOWN, parse_amount};
///
/// assert_eq!(parse_amount("25,50", UNKNOWN, None).as_deref(), Some("25.50"));
/// assert_eq!(parse_amount("1,000", UNKNOWN, None), None);
/// assert_eq!(parse_amount("1,000", *b"JPY", None).as_deref(), Some("1000"));
/// assert_eq!(parse_amount("1,000", UNKNOWN, Some(b'.')).as_deref(), Some("1000"));
/// ```
pub fn parse_amount(text: &str, currency: Currency, mark: Option<u8>) -> Option<String> {
    let mut number = Vec::new();
    let named = reader::read(text, currency, mark, &mut number).ok()?;
    if !agree(named, currency) {
        return None;
    }
    let known = match currency {
        UNKNOWN => presumed(named),
        known => known,
    };
    let number = String::from_utf8(number).ok()?;
    let magnitude = number.strip_prefix('-').unwrap_or(&number);
    let fits = |decimals| Amount::parse_in(decimals, magnitude).is_ok();
    // Where the currency is not known, as many decimals as any has.
    (fits(Decimals::of(code(&known))) || known == UNKNOWN && fits(Decimals::Three))
        .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_one_that_its_currency_has() {
        for (text, currency, number) in [
            ("1,500", *b"JPY", Some("1500")),
            ("1500.5 JPY", UNKNOWN, None),
            ("1500.5", *b"JPY", None),
            ("1500.00", *b"JPY", Some("1500.00")),
            ("1.125", *b"KWD", Some("1.125")),
            ("1,125", *b"KWD", None),
            ("0.125", *b"KWD", Some("0.125")),
            ("0.125", *b"USD", None),
            ("0.125", UNKNOWN, Some("0.125")),
            ("$0.125", UNKNOWN, None),
            ("0.1255", UNKNOWN, None),
            ("¥1,000", *b"JPY", Some("1000")),
            ("¥1.000", *b"CNY", None),
            ("¥1,000.00", *b"CNY", Some("1000.00")),
            ("$25", *b"CAD", Some("25")),
            ("25 €", *b"USD", None),
            ("25 kr", *b"NOK", Some("25")),
            ("25 kr", *b"EUR", None),
            ("25 USD", *b"CAD", None),
            ("-25", *b"USD", Some("-25")),
            ("0", *b"USD", Some("0")),
            ("99999999999999999999", *b"USD", None),
            ("twenty", *b"USD", None),
        ] {
            let read = parse_amount(text, currency, None);
            assert_eq!(read.as_deref(), number, "{text}");
        }
    }
}
