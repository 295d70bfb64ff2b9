//! Amounts as people type them into spreadsheets, taken only where there is one way to read them.

use alloc::vec::Vec;

use crate::bulk::line::currency::{self, Currency, UNKNOWN};
use crate::money::Decimals;

/// Why a cell is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum AmountFault {
    /// Not an amount at all.
    NotANumber,
    /// `1.000` and `1,000`: a thousand in one country, one in another.
    Ambiguous,
}

/// Reads a cell and writes its number to `number` as JSON does. What it returns is the currency that the cell names.
///
/// `25`, `25.00`, `25,50`, `1,000.00`, `1.000,00`, `1 000`, `2,50,000.00`, `$25`, `25 €`, `25 USD`, `25,-` are clear, and `1,500` of a
/// currency without decimals, and `1.500` of one with three. `context` is the currency where the cell names none. A sign that several currencies have is handed out as it
/// is: the product knows what kind of dollar it is sold in.
pub(in crate::bulk) fn read(
    cell: &str,
    context: Currency,
    number: &mut Vec<u8>,
) -> Result<Currency, AmountFault> {
    number.clear();
    let cell = cell.trim();
    let (negative, unsigned) = strip_sign(cell);
    let (currency, digits) = currency::strip(unsigned).ok_or(AmountFault::NotANumber)?;
    let digits = digits.trim();
    let (minus, rest) = strip_sign(digits);
    // A sign stands in front of the currency or behind it, once.
    if unsigned.len() < cell.len() && rest.len() < digits.len() {
        return Err(AmountFault::NotANumber);
    }
    // What accountants' formats show for nothing.
    let rest = match rest.trim() {
        "" if minus && currency != UNKNOWN => "0",
        rest => rest,
    };
    if negative || minus {
        number.push(b'-');
    }
    let named = if currency == UNKNOWN {
        context
    } else {
        currency
    };
    let decimals = Decimals::of(currency::code(&currency::presumed(named)));
    read_digits(without_dash(rest), decimals, number)?;
    Ok(currency)
}

/// The sign in front, or the parentheses in which accountants put what they owe.
fn strip_sign(text: &str) -> (bool, &str) {
    let inside = || text.strip_prefix("(")?.strip_suffix(")");
    match text.strip_prefix("-").or_else(inside) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("+").unwrap_or(text)),
    }
}

/// An amount without the dash that stands for no cents: `25,-`, `25.--`, `25:-`.
fn without_dash(text: &str) -> &str {
    let whole = text.trim_end_matches(['-', '\u{2013}', '\u{2014}']);
    let before = whole.strip_suffix([',', '.', ':']);
    before.filter(|_| whole.len() < text.len()).unwrap_or(text)
}

/// Digits with what separates them: groups of three, or of two with three at the end as in India, and the decimals.
fn read_digits(text: &str, decimals: Decimals, number: &mut Vec<u8>) -> Result<(), AmountFault> {
    let not_a_number = AmountFault::NotANumber;
    // What parts an amount: `.` and `,` either way; a space or an apostrophe only between groups.
    let mut digits = Vec::with_capacity(text.len());
    for character in text.chars() {
        digits.push(match character {
            '0'..='9' | '.' | ',' => character as u8,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => b' ',
            '\'' | '’' => b'\'',
            _ => return Err(not_a_number),
        });
    }
    // The last separator parts the decimals where it stands once; a space and an apostrophe never do.
    let mut whole = digits.as_slice();
    let mut fraction = None;
    let mut is_point = false;
    let last = digits.iter().rposition(|byte| !byte.is_ascii_digit());
    if let Some(last) = last
        && let Some((before, [mark @ (b'.' | b','), behind @ ..])) = digits.split_at_checked(last)
        && !before.iter().any(|byte| byte == mark)
    {
        (whole, fraction) = (before, Some(behind));
        is_point = *mark == b'.';
    }
    let mut groups = Groups::of(whole).ok_or(not_a_number)?;
    // With three digits behind it, and one to three before, it may as well part thousands; of a currency without decimals it must. Of one with
    // three decimals a point parts them, as where such money is spent.
    if fraction.is_some_and(|fraction| fraction.len() == 3)
        && groups.count == 1
        && groups.is_western
        && !(is_point && decimals == Decimals::Three)
    {
        if decimals != Decimals::Zero {
            return Err(AmountFault::Ambiguous);
        }
        whole = &digits;
        fraction = None;
        groups = Groups::of(whole).ok_or(not_a_number)?;
    }
    let nothing = whole.is_empty() && fraction.is_none();
    let is_grouped = groups.count == 1 || groups.is_western || groups.is_indian;
    if nothing || !is_grouped || fraction.is_some_and(<[u8]>::is_empty) {
        return Err(not_a_number);
    }
    let sign = number.len();
    for byte in whole.iter().filter(|byte| byte.is_ascii_digit()) {
        if number.len() > sign || *byte != b'0' {
            number.push(*byte);
        }
    }
    if number.len() == sign {
        number.push(b'0');
    }
    if let Some(fraction) = fraction {
        number.push(b'.');
        number.extend_from_slice(fraction);
    }
    Ok(())
}

/// How the digits before the decimals are grouped.
struct Groups {
    count: usize,
    /// One to three digits, then three in each.
    is_western: bool,
    /// One or two digits, then two in each, and three in the last: lakhs and crores.
    is_indian: bool,
}

impl Groups {
    /// Nothing where different marks stand between them.
    fn of(whole: &[u8]) -> Option<Self> {
        let mark = whole.iter().find(|byte| !byte.is_ascii_digit()).copied();
        let mark = mark.unwrap_or(b',');
        let mut groups = Self {
            count: 0,
            is_western: whole.first() != Some(&b'0'),
            is_indian: mark == b',' && whole.first() != Some(&b'0'),
        };
        let total = whole.split(|byte| *byte == mark).count();
        for group in whole.split(|byte| *byte == mark) {
            if !group.iter().all(u8::is_ascii_digit) {
                return None;
            }
            groups.count = groups.count.saturating_add(1);
            let (is_first, is_last) = (groups.count == 1, groups.count == total);
            groups.is_western &= if is_first {
                (1..=3).contains(&group.len())
            } else {
                group.len() == 3
            };
            groups.is_indian &= match (is_first, is_last) {
                (true, _) => (1..=2).contains(&group.len()),
                (false, true) => group.len() == 3,
                (false, false) => group.len() == 2,
            };
        }
        groups.is_indian &= groups.count > 2;
        Some(groups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> Result<(String, String), AmountFault> {
        reading_in(cell, UNKNOWN)
    }

    fn reading_in(cell: &str, context: Currency) -> Result<(String, String), AmountFault> {
        let mut number = Vec::new();
        let currency = read(cell, context, &mut number)?;
        let currency = currency::code(&currency).trim_end().to_owned();
        Ok((String::from_utf8(number).unwrap(), currency))
    }

    #[test]
    fn an_amount_is_taken_where_there_is_one_way_to_read_it() {
        for (cell, number, currency) in [
            ("25", "25", ""),
            ("025", "25", ""),
            ("25.5", "25.5", ""),
            ("25.00", "25.00", ""),
            ("25,50", "25.50", ""),
            (".50", "0.50", ""),
            ("0.500", "0.500", ""),
            ("1234.500", "1234.500", ""),
            ("25.0000", "25.0000", ""),
            ("1,000.00", "1000.00", ""),
            ("1.000,00", "1000.00", ""),
            ("1,000,000", "1000000", ""),
            ("1.000.000,5", "1000000.5", ""),
            ("1,000.000", "1000.000", ""),
            ("1 000", "1000", ""),
            ("1\u{202f}000,00", "1000.00", ""),
            ("1'000.00", "1000.00", ""),
            ("1’000", "1000", ""),
            ("$1,000.00", "1000.00", "$"),
            ("$ 25", "25", "$"),
            ("US$25", "25", "USD"),
            ("25 USD", "25", "USD"),
            ("USD 25.00", "25.00", "USD"),
            ("25usd", "25", "USD"),
            ("$25 CAD", "25", "CAD"),
            ("C$25", "25", "CAD"),
            ("€25", "25", "EUR"),
            ("25 €", "25", "EUR"),
            ("25,00€", "25.00", "EUR"),
            ("£25", "25", "GBP"),
            ("-25", "-25", ""),
            ("-$25", "-25", "$"),
            ("$-25", "-25", "$"),
            ("(25.00)", "-25.00", ""),
            ("+25", "25", ""),
            ("2,50,000.00", "250000.00", ""),
            ("₹1,00,000", "100000", "INR"),
            ("12,34,56,789.50", "123456789.50", ""),
            ("¥1,000", "1000", "yen"),
            ("￥1,234,567", "1234567", "yen"),
            ("1,000円", "1000", "JPY"),
            ("1,500 JPY", "1500", "JPY"),
            ("1.500 KRW", "1500", "KRW"),
            ("1500.5 JPY", "1500.5", "JPY"),
            ("1\u{a0}000,00 kr", "1000.00", "kr"),
            ("kr. 250", "250", "kr"),
            ("R$ 1.000,00", "1000.00", "BRL"),
            ("25,00 zł", "25.00", "PLN"),
            ("25,- €", "25", "EUR"),
            ("CHF 25.-", "25", "CHF"),
            ("25:-", "25", ""),
            ("12.345 KWD", "12.345", "KWD"),
            ("KWD 1.500", "1.500", "KWD"),
            (" $-   ", "-0", "$"),
        ] {
            let expected = Ok((number.to_owned(), currency.to_owned()));
            assert_eq!(reading(cell), expected, "{cell}");
        }
    }

    #[test]
    fn three_digits_behind_the_only_separator_could_be_thousands() {
        for cell in [
            "1.000",
            "1,000",
            "25.001",
            "999,999",
            "$1,000",
            "1.000 €",
            "-1.000",
            "1,500 KWD",
            "₹1,000",
        ] {
            assert_eq!(reading(cell), Err(AmountFault::Ambiguous), "{cell}");
        }
        // Yen have no decimals, whoever says that they are yen.
        assert_eq!(
            reading_in("1,500", *b"JPY"),
            Ok(("1500".to_owned(), String::new()))
        );
        // Dinars have three.
        assert_eq!(
            reading_in("1.500", *b"KWD"),
            Ok(("1.500".to_owned(), String::new()))
        );
        assert_eq!(reading_in("1,500", *b"KWD"), Err(AmountFault::Ambiguous));
        assert_eq!(reading_in("1.500", *b"USD"), Err(AmountFault::Ambiguous));
        assert_eq!(
            reading_in("1.500 USD", *b"JPY"),
            Err(AmountFault::Ambiguous)
        );
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for cell in [
            "",
            "-",
            "$",
            "USD",
            "abc",
            "25 pounds",
            "25.",
            "1.00.00",
            "1,00,00.00",
            "100,00,000",
            "1.00.000,00",
            "1.000,000,000",
            "0,000,000",
            "2.5e1",
            "25 XYZ",
            "€25 USD",
            "$25 USD CAD",
            "１２",
            "1..0",
            "1, 000",
            "25%",
            "--25",
            "+-25",
            "-$-25",
            "0x19",
            ",",
            " ",
        ] {
            assert_eq!(reading(cell), Err(AmountFault::NotANumber), "{cell}");
        }
    }
}
