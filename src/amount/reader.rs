//! Amounts as people type them into spreadsheets, taken only where there is one way to read them.

use alloc::vec::Vec;

use super::currency::{self, Currency, UNKNOWN};
use crate::money::Decimals;

/// Why a cell is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountFault {
    /// Not an amount at all.
    NotANumber,
    /// `1.000` and `1,000`: a thousand in one country, one in another.
    Ambiguous,
}

/// Reads a cell and writes its number to `number` as JSON does. What it returns is the currency that the cell names.
///
/// `25`, `25.00`, `25,50`, `1,000.00`, `1.000,00`, `1 000`, `2,50,000.00`, `$25`, `25 €`, `25 USD`, `25,-` are clear, and `1,500` of a
/// currency without decimals, and `1.500` of one with three. `context` is the currency where the cell names none, `mark` the one in front of the decimals, `.` or `,`, where that
/// is known. A sign that several currencies have is handed out as it is, and read as the one of `context` where that has it.
///
/// # Errors
///
/// [`AmountFault`], and `number` is of no use then.
pub fn read(
    cell: &str,
    context: Currency,
    mark: Option<u8>,
    number: &mut Vec<u8>,
) -> Result<Currency, AmountFault> {
    number.clear();
    let cell = currency::plain(cell.as_bytes());
    let cell = cell.trim_ascii();
    let (negative, unsigned) = strip_sign(cell);
    let (currency, digits) = currency::strip(unsigned, context).ok_or(AmountFault::NotANumber)?;
    let digits = digits.trim_ascii();
    let (minus, rest) = strip_sign(digits);
    // A sign stands in front of the currency or behind it, once.
    if unsigned.len() < cell.len() && rest.len() < digits.len() {
        return Err(AmountFault::NotANumber);
    }
    // What accountants' formats show for nothing.
    let rest = match rest.trim_ascii() {
        [] if minus && currency != UNKNOWN => b"0",
        rest => rest,
    };
    if negative || minus {
        number.push(b'-');
    }
    let is_meant = context != UNKNOWN && currency::agree(currency, context);
    let named = if is_meant { context } else { currency };
    let decimals = Decimals::of(currency::code(&currency::presumed(named)));
    read_digits(without_dash(rest), Marks { decimals, mark }, number)?;
    Ok(currency)
}

/// The sign in front, or the parentheses in which accountants put what they owe.
const fn strip_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] | [b'(', rest @ .., b')'] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

/// An amount without the dash that stands for no cents: `25,-`, `25.--`, `25:-`.
fn without_dash(text: &[u8]) -> &[u8] {
    let mut whole = text;
    while let [before @ .., b'-'] = whole {
        whole = before;
    }
    match whole {
        [before @ .., b',' | b'.' | b':'] if whole.len() < text.len() => before,
        _ => text,
    }
}

/// What is known of the marks in an amount before it is looked at.
#[derive(Clone, Copy)]
struct Marks {
    /// Those of its currency.
    decimals: Decimals,
    /// What stands in front of the decimals.
    mark: Option<u8>,
}

impl Marks {
    /// Returns whether the one mark, with three digits behind it, parts thousands. Nothing where that is not known, or where currency and mark disagree.
    fn parts_thousands(self, mark: u8) -> Option<bool> {
        match (self.mark, self.decimals) {
            (None, Decimals::Zero) => Some(true),
            (None, Decimals::Three) if mark == b'.' => Some(false),
            (None, _) => None,
            (Some(known), decimals) if known == mark => {
                (decimals != Decimals::Zero).then_some(false)
            }
            (Some(_), _) => Some(true),
        }
    }
}

/// Digits with what separates them: groups of three, or of two with three at the end as in India, and the decimals.
fn read_digits(digits: &[u8], marks: Marks, number: &mut Vec<u8>) -> Result<(), AmountFault> {
    // The last separator parts the decimals where it stands once; a space and an apostrophe never do.
    let last = digits.iter().rposition(|byte| !byte.is_ascii_digit());
    let (mut whole, mut fraction) = (digits, None);
    if let Some((before, [mark @ (b'.' | b','), behind @ ..])) =
        last.and_then(|last| digits.split_at_checked(last))
        && before.iter().all(|byte| byte != mark)
    {
        // With three digits behind it, and one to three before, it may as well part thousands; of a currency without decimals it must, and of one
        // with three a point parts the decimals, as where such money is spent.
        let may_part =
            behind.len() == 3 && Groups::of(before).is_some_and(|groups| groups.may_be_thousands());
        if !may_part || !marks.parts_thousands(*mark).ok_or(AmountFault::Ambiguous)? {
            (whole, fraction) = (before, Some(behind));
        }
    }
    let groups = Groups::of(whole).ok_or(AmountFault::NotANumber)?;
    let is_nothing = whole.is_empty() && fraction.is_none();
    let is_grouped = groups.is_single || groups.is_western || groups.is_indian;
    if is_nothing || !is_grouped || fraction.is_some_and(<[u8]>::is_empty) {
        return Err(AmountFault::NotANumber);
    }
    let sign = number.len();
    for byte in whole {
        if byte.is_ascii_digit() && (number.len() > sign || *byte != b'0') {
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
    is_single: bool,
    /// One to three digits, then three in each.
    is_western: bool,
    /// One or two digits, then two in each, and three in the last: lakhs and crores.
    is_indian: bool,
}

impl Groups {
    /// Nothing where other things stand between them than one of the marks.
    fn of(whole: &[u8]) -> Option<Self> {
        let is_number = whole.first() != Some(&b'0');
        let mut groups = Self {
            is_single: true,
            is_western: is_number,
            is_indian: is_number,
        };
        let mut mark = None;
        // Digits of the first group, and of the one on hand.
        let (mut first, mut length) = (0_u32, 0_u32);
        for byte in whole {
            if byte.is_ascii_digit() {
                length = length.saturating_add(1);
                continue;
            }
            if !matches!(byte, b'.' | b',' | b' ' | b'\'') || *mark.get_or_insert(*byte) != *byte {
                return None;
            }
            if groups.is_single {
                groups.is_single = false;
                first = length;
            } else {
                groups.is_western &= length == 3;
                groups.is_indian &= length == 2;
            }
            length = 0;
        }
        if groups.is_single {
            first = length;
        }
        groups.is_western &= matches!(first, 1..=3) && (groups.is_single || length == 3);
        groups.is_indian &= mark == Some(b',') && matches!(first, 1..=2) && length == 3;
        Some(groups)
    }

    /// Returns whether they may be the thousands in front of a group of three.
    const fn may_be_thousands(&self) -> bool {
        self.is_single && self.is_western
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> Result<(String, String), AmountFault> {
        reading_in(cell, UNKNOWN, None)
    }

    fn reading_in(
        cell: &str,
        context: Currency,
        mark: Option<u8>,
    ) -> Result<(String, String), AmountFault> {
        let mut number = Vec::new();
        let currency = read(cell, context, mark, &mut number)?;
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
            ("\u{2212}25 kr", "-25", "kr"),
            ("\u{200f}25.00 \u{200f}₪", "25.00", "ILS"),
            ("kr 25 SEK", "25", "SEK"),
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
            reading_in("1,500", *b"JPY", None),
            Ok(("1500".to_owned(), String::new()))
        );
        // Dinars have three.
        assert_eq!(
            reading_in("1.500", *b"KWD", None),
            Ok(("1.500".to_owned(), String::new()))
        );
        assert_eq!(
            reading_in("1,500", *b"KWD", None),
            Err(AmountFault::Ambiguous)
        );
        assert_eq!(
            reading_in("1.500", *b"USD", None),
            Err(AmountFault::Ambiguous)
        );
        assert_eq!(
            reading_in("1.500 USD", *b"JPY", None),
            Err(AmountFault::Ambiguous)
        );
    }

    #[test]
    fn the_mark_of_decimals_tells_the_two_apart() {
        for (cell, mark, number) in [
            ("1,000", b'.', "1000"),
            ("1.000", b',', "1000"),
            ("1.000", b'.', "1.000"),
            ("-1,500", b',', "-1.500"),
            ("25.50", b',', "25.50"),
            ("1,000,000", b',', "1000000"),
            ("1.500 JPY", b',', "1500"),
        ] {
            let read = reading_in(cell, UNKNOWN, Some(mark));
            assert_eq!(
                read.map(|(number, _)| number),
                Ok(number.to_owned()),
                "{cell}"
            );
        }
        // One yen or a thousand.
        assert_eq!(
            reading_in("1.000", *b"JPY", Some(b'.')),
            Err(AmountFault::Ambiguous)
        );
    }

    #[test]
    fn the_code_that_is_expected_is_known_whatever_it_is() {
        let francs = |cell| reading_in(cell, *b"XAF", None).map(|(number, _)| number);

        assert_eq!(francs("1,500 XAF"), Ok("1500".to_owned()));
        assert_eq!(francs("1,500 XOF"), Err(AmountFault::NotANumber));
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
            "Room 25",
            "25 zlot",
            "USD 25 CAD",
            "Rs 25 SEK",
            "25 A$X USD",
            "(25",
            "25)",
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
