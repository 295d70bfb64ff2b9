//! What a cell says of money or of a count, in a column that nothing is read from.
//!
//! A zip code, an employee's id, a date and a phone number must stay silent, or every list would be asked about.

use alloc::vec::Vec;

use crate::bulk::columns::words::{is_letter, key};
use crate::bulk::line::amount::{AmountFault, read};
use crate::bulk::line::currency::{Currency, UNKNOWN, noted, strip};

/// What amounts are called behind their number.
const UNITS: &str = "euro euros dollar dollars usdollar usdollars bucks pound pounds quid yen franc francs franken sterling kronor kroner kronen korun zloty zlotych rupees reais pesos yuan rmb руб рублей рубля рубли грн 円 元 원";

/// What cards are counted in.
const COUNTED: &str = "card cards x pcs pieces piece units vouchers giftcards karten karte stuck stueck stk stuks cartes carte tarjetas tarjeta cartoes kaarten kaart karty kart szt";

/// Whether a cell says an amount and what it is in: `$500`, `500 euros`, `a gift of EUR500,-`.
pub(in crate::bulk) fn is_money(cell: &str) -> bool {
    if is_id(cell) {
        return false;
    }
    let whole = cell.trim_matches(['-', '+', '(', ')']);
    if let Some((currency, rest)) = strip(whole)
        && currency != UNKNOWN
        && is_number(rest.trim_matches(is_around))
    {
        return true;
    }
    // Each number, with what stands in front of it and behind it.
    let mut from = 0;
    while let Some((before, behind)) = next_number(cell, from) {
        from = cell.len().saturating_sub(behind.len());
        if is_named_before(before) || is_named_behind(behind) {
            return true;
        }
    }
    false
}

/// Whether a cell is a number as only amounts are written, though it does not say what it is in: `500.00`, `1,000`, `500,-`.
pub(in crate::bulk) fn is_amount(cell: &str) -> bool {
    let whole = cell.trim_matches(['+', '(', ')']);
    let bytes = whole.as_bytes();
    let has_dash = matches!(bytes, [b'0'..=b'9', .., b'.' | b',' | b':', b'-']);
    let has_cents = matches!(
        bytes,
        [.., b'0'..=b'9', b'.' | b',', b'0'..=b'9', b'0'..=b'9']
    );
    let is_grouped = || {
        matches!(bytes, [b'1'..=b'9', ..])
            && bytes.iter().any(|byte| matches!(byte, b'.' | b',' | b'\''))
            && matches!(
                bytes,
                [
                    ..,
                    b'.' | b',' | b'\'',
                    b'0'..=b'9',
                    b'0'..=b'9',
                    b'0'..=b'9'
                ]
            )
    };
    (has_dash || has_cents || is_grouped()) && is_number(whole)
}

/// Whether a cell has a number that may be an amount, which it is under a header that speaks of money: `500`, `500 net`.
pub(in crate::bulk) fn has_amount(cell: &str) -> bool {
    cell.split_whitespace().any(is_number) || is_number(cell) || is_money(cell)
}

/// Whether a cell counts cards: `3 cards`, `x3`, `2 Stück`.
pub(in crate::bulk) fn is_count(cell: &str) -> bool {
    if cell.len() > 24 {
        return false;
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let at = cell.bytes().take_while(u8::is_ascii_digit).count();
    let (number, word) = cell.split_at_checked(at).unwrap_or_default();
    if digits(number) {
        return is_among(COUNTED, word.trim());
    }
    // `x3` and `x 3`.
    cell.strip_prefix(['x', 'X', '\u{D7}'])
        .is_some_and(|number| digits(number.trim()))
}

/// The whole number that a cell is: `10`, `10.0`.
pub(in crate::bulk) fn whole(cell: &str) -> Option<u64> {
    let (number, zeros) = cell.split_once(['.', ',']).unwrap_or((cell, ""));
    let is_whole = zeros.bytes().all(|byte| byte == b'0');
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && digits).then(|| number.parse().ok()).flatten()
}

/// The currency that a cell is and nothing else. In a column of any name it is one that nobody takes for a word or an initial: in capitals, or a
/// sign.
pub(in crate::bulk) fn only_currency(cell: &str, is_column_of_currency: bool) -> Option<Currency> {
    let is_plain = cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase())
        || cell.ends_with('$')
        || !cell.chars().any(is_letter);
    (is_column_of_currency || is_plain)
        .then(|| noted(cell))
        .flatten()
}

/// Whether a cell is digits behind one or two letters, as ids and rooms are: `R1234`, `RM 12`. Of a rand or a ringgit it says nothing surely.
fn is_id(cell: &str) -> bool {
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = cell.get(letters..).unwrap_or_default().trim_start();
    (1..=2).contains(&letters) && !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a number that can be read in one way or two.
fn is_number(text: &str) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    has_digit
        && matches!(
            read(text, UNKNOWN, &mut Vec::new()),
            Ok(_) | Err(AmountFault::Ambiguous)
        )
}

const fn is_around(character: char) -> bool {
    matches!(character, '-' | '+' | '(' | ')' | ' ')
}

/// What stands in front of the next number of a text from there on, and behind it.
fn next_number(text: &str, from: usize) -> Option<(&str, &str)> {
    let is_digit = |character: char| character.is_ascii_digit();
    let start = text.get(from..)?.find(is_digit)?.saturating_add(from);
    let rest = text.get(start..)?;
    let is_part = |character: char| is_digit(character) || matches!(character, '.' | ',' | '\'');
    let length = rest.find(|character| !is_part(character));
    let behind = rest.get(length.unwrap_or(rest.len())..)?;
    Some((text.get(..start)?, behind))
}

/// Whether what stands before a number ends in a currency: `US$`, `EUR `, `of €`.
fn is_named_before(before: &str) -> bool {
    let before = before.trim_end_matches(is_around);
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    if is_letter(last) {
        let start = before.rfind(|character: char| !is_letter(character));
        let word = start.map_or(before, |start| before.get(start..).unwrap_or_default());
        let word = word.trim_start_matches(|character| !is_letter(character));
        return is_code(word) || is_among(UNITS, word);
    }
    noted(last.encode_utf8(&mut [0; 4])).is_some()
}

/// Whether what stands behind a number begins with a currency: ` €`, ` EUR`, ` US dollars`.
fn is_named_behind(behind: &str) -> bool {
    let behind = behind.trim_start_matches(is_around);
    let Some(first) = behind.chars().next() else {
        return false;
    };
    if !is_letter(first) {
        return noted(first.encode_utf8(&mut [0; 4])).is_some();
    }
    let mut words = behind.split(|character: char| !is_letter(character) && character != '-');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    is_code(first) || is_among(UNITS, first) || is_among(UNITS, second)
}

/// A currency's code, in capitals as in a sentence.
fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && noted(word).is_some()
}

fn is_among(words: &str, word: &str) -> bool {
    let key = key(word);
    !key.is_empty()
        && words
            .as_bytes()
            .split(|byte| *byte == b' ')
            .any(|known| known == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_money_where_it_says_what_it_is_in() {
        for cell in [
            "$500",
            "500 EUR",
            "500 eur",
            "USD 1,000.00",
            "25,00 €",
            "1\u{a0}000 kr",
            "-$5",
            "500 euros",
            "500 Euro",
            "$500 gift",
            "EUR500,-",
            "EUR 500.-",
            "500,- €",
            "a gift of €500, please",
            "Bonus: 500 USD (net)",
            "500 US dollars",
            "US$500 card",
            "500円",
            "５００ 500 руб.",
            "CHF 500.—",
            "($500)",
            "Rs. 500",
        ] {
            assert!(is_money(cell), "{cell}");
        }
        for cell in [
            "500",
            "500.00",
            "12/24/2026",
            "E1234",
            "R1234",
            "RM 12",
            "EMP 12",
            "Sales",
            "Room 5",
            "3 cards",
            "555-0100",
            "+1 (212) 555-0100",
            "5th",
            "2026-12-24",
            "02134",
            "K1A 0B1",
            "$",
            "",
        ] {
            assert!(!is_money(cell), "{cell}");
        }
    }

    #[test]
    fn a_number_is_an_amount_where_nothing_else_is_written_so() {
        for cell in [
            "500.00",
            "500,00",
            "1,000",
            "1.000",
            "1,000.00",
            "1.234,56",
            "500.-",
            "500,-",
            "1'000",
            "-500.00",
            "(500.00)",
            "0.50",
            "1,234,567",
        ] {
            assert!(is_amount(cell), "{cell}");
        }
        for cell in [
            "500",
            "02134",
            "12345-6789",
            "2134.0",
            "10.0.0.1",
            "555.123.4567",
            "24.12.2026",
            "12/24/2026",
            "2026-12-24",
            "09:30",
            "52.5200",
            "1.5",
            "0,000",
            "E12.50",
            "1.0.0",
            "50%",
            "555-0100",
            "030.123.456",
            "",
        ] {
            assert!(!is_amount(cell), "{cell}");
        }
    }

    #[test]
    fn a_cell_counts_where_it_says_what() {
        for cell in [
            "3 cards",
            "3x",
            "x3",
            "x 3",
            "×2",
            "2 Stück",
            "5 pcs.",
            "2 gift cards",
            "4 cartes",
        ] {
            assert!(is_count(cell), "{cell}");
        }
        for cell in [
            "3",
            "3 years",
            "XS3",
            "Card 3",
            "12/24/2026",
            "3rd",
            "x",
            "",
        ] {
            assert!(!is_count(cell), "{cell}");
        }
    }

    #[test]
    fn a_currency_alone_is_no_word_and_no_initial() {
        for cell in ["JPY", "USD", "€", "US$", "¥"] {
            assert!(only_currency(cell, false).is_some(), "{cell}");
        }
        for cell in ["R", "kr", "Mad", "lei", "usd"] {
            assert_eq!(only_currency(cell, false), None, "{cell}");
            assert!(only_currency(cell, true).is_some(), "{cell}");
        }
        assert_eq!(only_currency("HR", true), None);
    }
}
