//! What a cell says of money or of a count, in a column that nothing is read from.
//!
//! A zip code, an employee's id, a date and a phone number must stay silent, or every list would be asked about.

use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::{Currency, DOLLAR, UNKNOWN, noted};
use crate::amount::reader::{AmountFault, read};
use crate::bulk::columns::words::{is_among, is_letter, key, narrow};

/// What amounts are called in front of their number or behind it.
const UNITS: &str = "euro euros eur dollar dollars usdollar usdollars usd cad aud bucks pound pounds gbp quid yen jpy franc francs franken chf sterling kr kronor kroner kronen korun kc zl zloty zlotych rs rupees inr reais pesos yuan rmb lei руб рублей рубля рубли грн 円 元 원";

/// What cards are counted in.
const COUNTED: &str = "card cards x pcs pieces piece units vouchers giftcards karten karte stuck stueck stk stuks cartes carte tarjetas tarjeta cartoes kaarten kaart karty kart szt";

/// What a cell says of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::bulk) struct CellSpeech {
    /// An amount and what it is in: `$500`, `500 euros`, `a gift of EUR500,-`.
    pub(in crate::bulk) money: bool,
    /// A number by itself, which under a header that speaks of money is an amount: `500`, `500 net`.
    pub(in crate::bulk) number: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Nothing,
    Number,
    Currency,
}

impl CellSpeech {
    /// Reads a cell: numbers, words and signs, one after the other.
    pub(in crate::bulk) fn of(cell: &str) -> Self {
        let mut said = Self::default();
        let mut before = Token::Nothing;
        // Whether what stands in front of a number parts it from others.
        let mut is_free = true;
        let mut at = 0_usize;
        while let Some(rest) = cell.get(at..)
            && let Some(first) = rest.chars().next()
        {
            let is_digit = first.is_ascii_digit();
            let mut length = first.len_utf8();
            if is_digit || is_letter(first) {
                length = length_of(rest, is_digit);
            }
            let text = rest.get(..length).unwrap_or_default();
            at = at.saturating_add(length);
            let token = if is_digit {
                let behind = cell.as_bytes().get(at..).unwrap_or_default();
                let is_end = matches!(behind, [] | [b' ' | b')' | 0xC2, ..] | [b'-']);
                said.number |= is_free && is_end && is_number(text);
                Token::Number
            } else if is_letter(first) {
                match word_of(text) {
                    Some(token) => token,
                    // `500 US dollars`.
                    None if text == "US" => before,
                    None => Token::Nothing,
                }
            } else if matches!(first, ' ' | '-' | '+' | '(' | ')' | '.' | ',' | '\u{A0}') {
                before
            } else if noted(text).is_some() {
                Token::Currency
            } else {
                Token::Nothing
            };
            let is_pair = matches!(
                (before, token),
                (Token::Number, Token::Currency) | (Token::Currency, Token::Number)
            );
            said.money |= is_pair;
            is_free = matches!(first, ' ' | '(' | '+' | '\u{A0}') || at == 1 && first == '-';
            before = token;
        }
        said
    }
}

/// How long the number or the word at the start of a text is.
fn length_of(text: &str, is_number: bool) -> usize {
    let mut length = 0_usize;
    for character in text.chars() {
        let is_part = if is_number {
            matches!(character, '0'..='9' | '.' | ',' | '\'')
        } else {
            is_letter(character)
        };
        if !is_part {
            break;
        }
        length = length.saturating_add(character.len_utf8());
    }
    length
}

/// A currency's code, in capitals as in a sentence, or its name.
fn word_of(word: &str) -> Option<Token> {
    let is_code = word.len() == 3 && is_capitals(word) && noted(word).is_some();
    (is_code || is_among(UNITS, &key(word))).then_some(Token::Currency)
}

fn is_capitals(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a cell is a number as only amounts are written, though it does not say what it is in: `500.00`, `1,000`, `500,-`.
pub(in crate::bulk) fn is_amount(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    // In the parentheses of accountants.
    let bytes = bytes.strip_suffix(b")").unwrap_or(bytes);
    let is_shaped = matches!(
        bytes,
        [b'0'..=b'9', .., b'.' | b',' | b':', b'-']
            | [.., b'0'..=b'9', b'.' | b',', b'0'..=b'9', b'0'..=b'9']
    );
    (is_shaped || is_grouped(bytes)) && is_number(cell)
}

/// Whether the last three digits stand behind a mark, and the first is no zero.
fn is_grouped(cell: &[u8]) -> bool {
    matches!(
        cell,
        [
            b'1'..=b'9' | b'-',
            ..,
            b'.' | b',' | b'\'',
            b'0'..=b'9',
            b'0'..=b'9',
            b'0'..=b'9'
        ]
    )
}

/// A cell with plain letters and digits in the place of full-width ones; nothing where there are none.
pub(in crate::bulk) fn narrowed(cell: &str) -> Option<String> {
    if !cell.bytes().any(|byte| byte == 0xEF) {
        return None;
    }
    let mut narrowed = String::new();
    for character in cell.chars() {
        narrowed.push(narrow(character));
    }
    Some(narrowed)
}

/// Whether a cell counts cards: `3 cards`, `x3`, `2 Stück`.
pub(in crate::bulk) fn is_count(cell: &str) -> bool {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    match cell.split_at_checked(digits) {
        _ if cell.len() > 24 => false,
        Some(("", rest)) => {
            // `x3` and `x 3`.
            let number = rest.strip_prefix(['x', 'X', '\u{D7}']);
            number.is_some_and(|number| whole(number.trim_start()).is_some())
        }
        Some((_, word)) => {
            // A date, a time and an id go on otherwise.
            let is_word = word
                .chars()
                .next()
                .is_some_and(|first| first == ' ' || is_letter(first));
            is_word && is_among(COUNTED, &key(word))
        }
        None => false,
    }
}

/// The whole number that a cell is: `10`, `10.0`.
pub(in crate::bulk) fn whole(cell: &str) -> Option<u64> {
    let mut number = 0_u64;
    let mut is_behind = false;
    for byte in cell.bytes() {
        match byte {
            b'0' if is_behind => {}
            b'0'..=b'9' if !is_behind => {
                number = number.checked_mul(10)?.checked_add(u64::from(byte & 15))?;
            }
            b'.' | b',' if !is_behind => is_behind = true,
            _ => return None,
        }
    }
    cell.bytes().next()?.is_ascii_digit().then_some(number)
}

/// The currency that a cell is and nothing else. In a column of any name it is one that nobody takes for a word or an initial: in capitals, or a
/// sign.
pub(in crate::bulk) fn only_currency(cell: &str, is_column_of_currency: bool) -> Option<Currency> {
    /// Bytes of the longest name of a currency, with room.
    const LONGEST: usize = 24;

    if cell.len() > LONGEST || cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_plain =
        cell.len() == 3 && is_capitals(cell) || cell.ends_with('$') || !cell.chars().any(is_letter);
    let named = (is_column_of_currency || is_plain).then(|| noted(cell));
    named.flatten().or_else(|| {
        let key = is_column_of_currency.then(|| key(cell))?;
        let is_it = |(names, _): &&(&str, Currency)| is_among(names, &key);
        NAMES.iter().find(is_it).map(|(_, currency)| *currency)
    })
}

/// What people write where a code is meant.
const NAMES: [(&str, Currency); 5] = [
    ("dollar dollars", DOLLAR),
    ("usdollar usdollars", *b"USD"),
    ("euro euros", *b"EUR"),
    ("pound pounds poundsterling sterling", *b"GBP"),
    ("yen", *b"JPY"),
];

/// Whether a text is a number that can be read in one way or two.
fn is_number(text: &str) -> bool {
    matches!(
        read(text, UNKNOWN, None, &mut Vec::new()),
        Ok(_) | Err(AmountFault::Ambiguous)
    )
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
            assert!(CellSpeech::of(cell).money, "{cell}");
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
            assert!(!CellSpeech::of(cell).money, "{cell}");
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
        assert_eq!(only_currency("US Dollar", true), Some(*b"USD"));
        assert_eq!(only_currency("Euro", true), Some(*b"EUR"));
        assert_eq!(only_currency("Euro", false), None);
        assert_eq!(only_currency("HR", true), None);
    }
}
