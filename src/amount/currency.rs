//! Currencies as cells and headers name them: by code, or by a sign that may mean several.

use alloc::vec::Vec;

/// A code of ISO 4217; a sign that several have; zeros where it is not known.
pub type Currency = [u8; 3];

/// No currency.
pub const UNKNOWN: Currency = [0; 3];

/// Signs that several currencies have, each a kind of its own until the product says which one it is sold in.
pub const DOLLAR: Currency = *b"$  ";
const KRONE: Currency = *b"kr ";
const YEN: Currency = *b"yen";
const RUPEE: Currency = *b"Rs ";

/// A sign that several currencies have.
struct Kind {
    sign: Currency,
    /// What is meant where nothing says otherwise.
    presumed: Currency,
    codes: &'static str,
}

const KINDS: [Kind; 4] = [
    Kind {
        sign: DOLLAR,
        presumed: *b"USD",
        codes: "USDCADAUDNZDSGDHKDTWDMXNBRLARSCLPCOPUYUJMDTTDBBDBSDBZDXCDFJD",
    },
    Kind {
        sign: KRONE,
        presumed: UNKNOWN,
        codes: "SEKNOKDKKISK",
    },
    Kind {
        sign: YEN,
        presumed: *b"JPY",
        codes: "JPYCNY",
    },
    Kind {
        sign: RUPEE,
        presumed: UNKNOWN,
        codes: "INRPKRLKRNPRMURSCR",
    },
];

/// Signs, each at either end of an amount; a longer one before one that is its end or start.
const SIGNS: [(&str, Currency); 51] = [
    ("US$", *b"USD"),
    ("$US", *b"USD"),
    ("$ US", *b"USD"),
    ("CA$", *b"CAD"),
    ("C$", *b"CAD"),
    ("$CA", *b"CAD"),
    ("$ CA", *b"CAD"),
    ("AU$", *b"AUD"),
    ("A$", *b"AUD"),
    ("NZ$", *b"NZD"),
    ("HK$", *b"HKD"),
    ("NT$", *b"TWD"),
    ("MX$", *b"MXN"),
    ("R$", *b"BRL"),
    ("S$", *b"SGD"),
    ("$", DOLLAR),
    ("€", *b"EUR"),
    ("£", *b"GBP"),
    ("CN¥", *b"CNY"),
    ("JP¥", *b"JPY"),
    ("¥", YEN),
    ("￥", YEN),
    ("円", *b"JPY"),
    ("元", *b"CNY"),
    ("₹", *b"INR"),
    ("Rs.", RUPEE),
    ("Rs", RUPEE),
    ("kr.", KRONE),
    ("kr", KRONE),
    ("Kr.", KRONE),
    ("Kr", KRONE),
    ("zł", *b"PLN"),
    ("zl", *b"PLN"),
    ("Kč", *b"CZK"),
    ("Ft", *b"HUF"),
    ("lei", *b"RON"),
    ("лв.", *b"BGN"),
    ("лв", *b"BGN"),
    ("₽", *b"RUB"),
    ("฿", *b"THB"),
    ("₩", *b"KRW"),
    ("￦", *b"KRW"),
    ("₪", *b"ILS"),
    ("₺", *b"TRY"),
    ("₫", *b"VND"),
    ("₱", *b"PHP"),
    ("RM", *b"MYR"),
    ("Rp", *b"IDR"),
    ("SFr.", *b"CHF"),
    ("Fr.", *b"CHF"),
    ("R", *b"ZAR"),
];

/// Codes of the currencies in which gift cards are sold.
const CODES: &str = "USDCADEURGBPAUDNZDMXNCHFSEKNOKDKKISKPLNCZKHUFRONBGNTRYZARINRPKRLKRSGDHKDMYRPHPTHBIDRVNDAEDSARQARKWDBHDOMRJODTNDILSEGPMADNGNKESBRLARSCLPCOPPENUYUJPYCNYKRWTWDRUBUAHKZT";

/// Takes the currency off an amount as [`plain`] leaves it; `expected` is one whose code is known too. Nothing where two are named that cannot be
/// the same one. Whether the rest is a number is for the reader.
pub fn strip(text: &[u8], expected: Currency) -> Option<(Currency, &[u8])> {
    let text = text.trim_ascii();
    let coded = strip_code(text, expected);
    let (code, rest) = coded.unwrap_or((UNKNOWN, text));
    match strip_sign(rest.trim_ascii()) {
        // `$25 USD` says the same twice; `$25 CAD` says what kind of dollar.
        Some((sign, rest)) if coded.is_some() => agree(sign, code).then_some((code, rest)),
        signed => Some(signed.unwrap_or((code, rest))),
    }
}

/// The currency that a text is, and nothing else: `USD`, `US$`, `€`.
pub fn noted(text: &str) -> Option<Currency> {
    let text = plain(text.as_bytes());
    let (currency, rest) = strip(&text, UNKNOWN)?;
    (currency != UNKNOWN && rest.trim_ascii().is_empty()).then_some(currency)
}

/// A sign at either end of a text.
fn strip_sign(text: &[u8]) -> Option<(Currency, &[u8])> {
    SIGNS.iter().find_map(|(sign, currency)| {
        let sign = sign.as_bytes();
        let front = text.strip_prefix(sign);
        front
            .or_else(|| text.strip_suffix(sign))
            .map(|rest| (*currency, rest))
    })
}

/// A code at either end of a text, in any case.
fn strip_code(text: &[u8], expected: Currency) -> Option<(Currency, &[u8])> {
    let (known, _) = CODES.as_bytes().as_chunks::<3>();
    let code = |letters: &Currency| {
        let mut known = known.iter().chain([&expected]);
        known
            .find(|known| known.eq_ignore_ascii_case(letters))
            .copied()
    };
    let front = || {
        let (letters, rest) = text.split_first_chunk()?;
        Some((code(letters)?, rest))
    };
    let back = || {
        let (rest, letters) = text.split_last_chunk()?;
        Some((code(letters)?, rest))
    };
    front().or_else(back)
}

/// What a cell names under a header that names a currency as well; nothing where they cannot mean the same.
pub fn named(cell: Currency, header: Currency) -> Option<Currency> {
    if cell != UNKNOWN && agree(header, cell) {
        return Some(cell);
    }
    agree(cell, header).then_some(header)
}

/// Returns whether a cell can mean the currency that its product is sold in.
pub fn agree(named: Currency, sold: Currency) -> bool {
    named == UNKNOWN
        || sold == UNKNOWN
        || named == sold
        || kind(named).is_some_and(|kind| {
            let (codes, _) = kind.codes.as_bytes().as_chunks::<3>();
            codes.iter().any(|code| *code == sold)
        })
}

/// What is meant where nothing says what kind of dollar or yen it is; of crowns and rupees nobody knows.
pub fn presumed(named: Currency) -> Currency {
    kind(named).map_or(named, |kind| kind.presumed)
}

/// What a sign may mean; nothing of what is a code itself.
fn kind(named: Currency) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.sign == named)
}

/// The code as text; empty where the currency is not known.
pub fn code(currency: &Currency) -> &str {
    match *currency {
        UNKNOWN => "",
        _ => core::str::from_utf8(currency).unwrap_or_default(),
    }
}

/// A text with one byte for each of the spaces, apostrophes and dashes that people write, and without what cannot be seen.
pub fn plain(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (byte, behind) = match rest {
            // U+00A0, those from U+2000 on, U+202F, U+3000.
            [0xC2, 0xA0, behind @ ..]
            | [0xE2, 0x80, 0x80..=0x8A | 0xAF, behind @ ..]
            | [0xE3, 0x80, 0x80, behind @ ..] => (b' ', behind),
            // U+2019.
            [0xE2, 0x80, 0x99, behind @ ..] => (b'\'', behind),
            // U+2013, U+2014, U+2212.
            [0xE2, 0x80, 0x93 | 0x94, behind @ ..] | [0xE2, 0x88, 0x92, behind @ ..] => {
                (b'-', behind)
            }
            // The marks of direction, U+200E and U+200F.
            [0xE2, 0x80, 0x8E | 0x8F, behind @ ..] => {
                rest = behind;
                continue;
            }
            [byte, behind @ ..] => (*byte, behind),
            [] => return plain,
        };
        plain.push(byte);
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_known_by_its_code_and_its_signs() {
        for (text, expected) in [
            ("25 USD", Some(*b"USD")),
            ("eur 25", Some(*b"EUR")),
            ("¥1,000", Some(YEN)),
            ("￥1,000", Some(YEN)),
            ("1,000円", Some(*b"JPY")),
            ("250 kr", Some(KRONE)),
            ("kr. 250", Some(KRONE)),
            ("R$ 25,00", Some(*b"BRL")),
            ("25,00 zł", Some(*b"PLN")),
            ("25 Kč", Some(*b"CZK")),
            ("1 000 Ft", Some(*b"HUF")),
            ("25 ₽", Some(*b"RUB")),
            ("฿25", Some(*b"THB")),
            ("₩25000", Some(*b"KRW")),
            ("R 25", Some(*b"ZAR")),
            ("R25", Some(*b"ZAR")),
            ("US$25", Some(*b"USD")),
            ("$25 CAD", Some(*b"CAD")),
            ("25,00 $US", Some(*b"USD")),
            ("25,00\u{a0}$ CA", Some(*b"CAD")),
            ("SFr. 25", Some(*b"CHF")),
            ("25", Some(UNKNOWN)),
            ("€25 USD", None),
            ("kr 25 EUR", None),
            ("kr 25 DKK", Some(*b"DKK")),
            ("Rs. 25 INR", Some(*b"INR")),
        ] {
            let text = plain(text.as_bytes());
            let named = strip(&text, UNKNOWN).map(|(currency, _)| currency);
            assert_eq!(named, expected, "{}", text.escape_ascii());
        }
        assert_eq!(noted("€"), Some(*b"EUR"));
        assert_eq!(noted(" US$ "), Some(*b"USD"));
        for text in ["25 €", "USD CAD", "Room", "kr EUR"] {
            assert_eq!(noted(text), None, "{text}");
        }
        assert_eq!(noted(""), None);
    }

    #[test]
    fn a_sign_agrees_with_what_it_may_mean() {
        assert!(agree(DOLLAR, *b"CAD") && agree(KRONE, *b"NOK") && agree(YEN, *b"CNY"));
        assert!(!agree(DOLLAR, *b"EUR") && !agree(KRONE, *b"EUR") && !agree(*b"USD", *b"CAD"));
    }
}
