//! Amounts as people type them into spreadsheets, taken only where there is one way to read them.

use alloc::vec::Vec;

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
/// `25`, `25.00`, `25,50`, `1,000.00`, `1.000,00`, `1 000`, `$25`, `25 €`, `25 USD` are clear. A `$` alone is handed out as it is: the
/// product knows what kind of dollar it is sold in.
pub(in crate::bulk) fn read(cell: &str, number: &mut Vec<u8>) -> Result<&'static str, AmountFault> {
    number.clear();
    let cell = cell.trim();
    let (negative, unsigned) = strip_sign(cell);
    let (currency, digits) = strip_currency(unsigned)?;
    let digits = digits.trim();
    let (minus, rest) = strip_sign(digits);
    // A sign stands in front of the currency or behind it, once.
    if unsigned.len() < cell.len() && rest.len() < digits.len() {
        return Err(AmountFault::NotANumber);
    }
    if negative || minus {
        number.push(b'-');
    }
    read_digits(rest.trim(), number)?;
    Ok(currency)
}

/// The currency that a header notes: `USD`, `US$`, `€`. Nothing where it says anything else.
pub(in crate::bulk) fn noted_currency(note: &str) -> Option<&'static str> {
    let (currency, rest) = strip_currency(note.trim()).ok()?;
    (!currency.is_empty() && rest.trim().is_empty()).then_some(currency)
}

/// The sign in front, or the parentheses in which accountants put what they owe.
fn strip_sign(text: &str) -> (bool, &str) {
    let inside = || text.strip_prefix("(")?.strip_suffix(")");
    match text.strip_prefix("-").or_else(inside) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("+").unwrap_or(text)),
    }
}

/// Signs of currencies, each at either end.
const SIGNS: [(&str, &str); 8] = [
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("$", "$"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// Codes of the currencies in which gift cards are sold.
const CODES: &str = "USD CAD EUR GBP AUD NZD MXN CHF SEK NOK DKK PLN CZK HUF RON BGN TRY ZAR INR SGD HKD MYR PHP THB IDR AED SAR QAR ILS BRL ARS CLP COP PEN JPY CNY KRW TWD";

fn strip_currency(text: &str) -> Result<(&'static str, &str), AmountFault> {
    for (sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            // `$25 USD` says the same twice; `$25 CAD` says what kind of dollar.
            let (named, rest) = strip_code(rest)?;
            return match named {
                "" => Ok((code, rest)),
                named if named == code || sign == "$" => Ok((named, rest)),
                _ => Err(AmountFault::NotANumber),
            };
        }
    }
    strip_code(text)
}

fn strip_code(text: &str) -> Result<(&'static str, &str), AmountFault> {
    let bytes = text.trim().as_bytes();
    let letters = bytes
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count();
    if letters == 0 {
        return Ok(("", text));
    }
    let (front, back) = (bytes.first_chunk::<3>(), bytes.last_chunk::<3>());
    for (code, at_front) in [(front, true), (back, false)] {
        let Some(code) = code.filter(|_| letters == 3) else {
            continue;
        };
        let known = CODES
            .as_bytes()
            .chunks(4)
            .zip(0_usize..)
            .find(|(known, _)| {
                known
                    .get(..3)
                    .is_some_and(|known| known.eq_ignore_ascii_case(code))
            });
        if let Some((_, place)) = known {
            let start = place.wrapping_mul(4);
            let code = CODES.get(start..start.wrapping_add(3));
            let text = text.trim();
            let rest = if at_front {
                text.get(3..)
            } else {
                text.get(..text.len().wrapping_sub(3))
            };
            return Ok((code.unwrap_or_default(), rest.unwrap_or_default()));
        }
    }
    Err(AmountFault::NotANumber)
}

/// Digits with what separates them: groups of three, and the decimals.
fn read_digits(text: &str, number: &mut Vec<u8>) -> Result<(), AmountFault> {
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
    let last = digits.iter().rposition(|byte| !byte.is_ascii_digit());
    if let Some(last) = last
        && let Some((before, [mark @ (b'.' | b','), behind @ ..])) = digits.split_at_checked(last)
        && !before.iter().any(|byte| byte == mark)
    {
        (whole, fraction) = (before, Some(behind));
    }
    // One kind of separator between the groups, of three digits each but for the first.
    let mark = whole.iter().find(|byte| !byte.is_ascii_digit());
    let mark = mark.copied().unwrap_or_default();
    let sign = number.len();
    let (mut group, mut expected, mut well_grouped) = (0_usize, 1..=3, true);
    for byte in whole {
        if *byte == mark {
            well_grouped &= expected.contains(&group);
            (group, expected) = (0, 3..=3);
        } else if byte.is_ascii_digit() {
            group = group.saturating_add(1);
            if number.len() > sign || *byte != b'0' {
                number.push(*byte);
            }
        } else {
            return Err(not_a_number);
        }
    }
    well_grouped &= expected.contains(&group) && whole.first() != Some(&b'0');
    let grouped = mark != 0;
    let nothing = whole.is_empty() && fraction.is_none();
    if nothing || grouped && !well_grouped || fraction.is_some_and(<[u8]>::is_empty) {
        return Err(not_a_number);
    }
    // With three digits behind it, and one to three before, it may as well part thousands.
    if fraction.is_some_and(|fraction| fraction.len() == 3) && !grouped && well_grouped {
        return Err(AmountFault::Ambiguous);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> Result<(String, &'static str), AmountFault> {
        let mut number = Vec::new();
        let currency = read(cell, &mut number)?;
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
        ] {
            assert_eq!(reading(cell), Ok((number.to_owned(), currency)), "{cell}");
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
        ] {
            assert_eq!(reading(cell), Err(AmountFault::Ambiguous), "{cell}");
        }
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
            "1,00,000.00",
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
