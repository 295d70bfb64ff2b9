//! Currencies as cells and headers name them: by code, or by a sign that may mean several.

use crate::bulk::columns::words::is_letter;

/// A code of ISO 4217; a sign that several have; zeros where it is not known.
pub(in crate::bulk) type Currency = [u8; 3];

/// No currency.
pub(in crate::bulk) const UNKNOWN: Currency = [0; 3];

/// Signs that several currencies have, each a kind of its own until the product says which one it is sold in.
pub(in crate::bulk) const DOLLAR: Currency = *b"$  ";
const KRONE: Currency = *b"kr ";
const YEN: Currency = *b"yen";
const RUPEE: Currency = *b"Rs ";

/// What each of them may mean, the first where nothing says otherwise.
const KINDS: [(Currency, &str); 4] = [
    (
        DOLLAR,
        "USD CAD AUD NZD SGD HKD TWD MXN BRL ARS CLP COP UYU JMD TTD BBD BSD BZD XCD FJD",
    ),
    (KRONE, "SEK NOK DKK ISK"),
    (YEN, "JPY CNY"),
    (RUPEE, "INR PKR LKR NPR MUR SCR"),
];

/// Signs, each at either end of an amount; a longer one before one that is its end or start.
const SIGNS: [(&str, Currency); 46] = [
    ("US$", *b"USD"),
    ("CA$", *b"CAD"),
    ("C$", *b"CAD"),
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
    ("Fr.", *b"CHF"),
    ("R", *b"ZAR"),
];

/// Codes of the currencies in which gift cards are sold.
const CODES: &str = "USD CAD EUR GBP AUD NZD MXN CHF SEK NOK DKK ISK PLN CZK HUF RON BGN TRY ZAR INR PKR LKR SGD HKD MYR PHP THB IDR VND AED SAR QAR KWD BHD OMR JOD TND ILS EGP MAD NGN KES BRL ARS CLP COP PEN UYU JPY CNY KRW TWD RUB UAH KZT";

/// Takes the currency off an amount. Nothing where letters stand there that are none.
pub(in crate::bulk) fn strip(text: &str) -> Option<(Currency, &str)> {
    let text = trim(text);
    if let Some((code, rest)) = strip_code(text) {
        // `$25 USD` says the same twice; `$25 CAD` says what kind of dollar.
        return match strip_sign(rest) {
            Some((sign, rest)) if agree(sign, code) => Some((code, rest)),
            Some(_) => None,
            None => Some((code, rest)),
        };
    }
    let (currency, text) = strip_sign(text).unwrap_or((UNKNOWN, text));
    let has_letter = text.chars().any(is_letter);
    (!has_letter).then_some((currency, text))
}

/// The currency that a text is, and nothing else: `USD`, `US$`, `€`.
pub(in crate::bulk) fn noted(text: &str) -> Option<Currency> {
    let (currency, rest) = strip(text)?;
    (currency != UNKNOWN && trim(rest).is_empty()).then_some(currency)
}

fn trim(text: &str) -> &str {
    text.trim()
}

/// A sign at either end of a text, behind a minus too.
fn strip_sign(text: &str) -> Option<(Currency, &str)> {
    let is_letter = |character: Option<char>| character.is_some_and(is_letter);
    SIGNS.iter().find_map(|(sign, currency)| {
        // A sign of letters is none where another letter stands beside it.
        let front = text
            .strip_prefix(sign)
            .filter(|rest| !is_letter(rest.chars().next()) || !is_letter(sign.chars().next_back()));
        let back = || {
            text.strip_suffix(sign).filter(|rest| {
                !is_letter(rest.chars().next_back()) || !is_letter(sign.chars().next())
            })
        };
        front.or_else(back).map(|rest| (*currency, rest))
    })
}

/// A code at either end of a text that has no other letters.
fn strip_code(text: &str) -> Option<(Currency, &str)> {
    let at_front = text.split_at_checked(3);
    let at_back = text
        .len()
        .checked_sub(3)
        .and_then(|at| text.split_at_checked(at))
        .map(|(rest, code)| (code, rest));
    [at_front, at_back]
        .into_iter()
        .flatten()
        .find_map(|(code, rest)| {
            let code = <Currency>::try_from(code.to_ascii_uppercase().as_bytes()).ok()?;
            let mut known = CODES.as_bytes().split(|byte| *byte == b' ');
            let has_letter = rest.bytes().any(|byte| byte.is_ascii_alphabetic());
            let is_dollar =
                rest.ends_with('$') || rest.starts_with('$') || rest.trim_end().ends_with('$');
            (known.any(|known| known == code) && (!has_letter || is_dollar)).then_some((code, rest))
        })
}

/// What a cell names under a header that names a currency as well; nothing where they cannot mean the same.
pub(in crate::bulk) fn named(cell: Currency, header: Currency) -> Option<Currency> {
    if cell != UNKNOWN && agree(header, cell) {
        return Some(cell);
    }
    agree(cell, header).then_some(header)
}

/// Whether a cell can mean the currency that its product is sold in.
pub(in crate::bulk) fn agree(named: Currency, sold: Currency) -> bool {
    named == UNKNOWN
        || sold == UNKNOWN
        || named == sold
        || means(named)
            .as_bytes()
            .split(|byte| *byte == b' ')
            .any(|code| code == sold)
}

/// What is meant where nothing says what kind of dollar or yen it is; of crowns and rupees nobody knows.
pub(in crate::bulk) fn presumed(named: Currency) -> Currency {
    match named {
        DOLLAR => *b"USD",
        YEN => *b"JPY",
        KRONE | RUPEE => UNKNOWN,
        other => other,
    }
}

/// The codes that a sign may mean; none of what is a code itself.
fn means(named: Currency) -> &'static str {
    KINDS
        .iter()
        .find(|(kind, _)| *kind == named)
        .map_or("", |(_, codes)| codes)
}

/// The code as text; empty where the currency is not known.
pub(in crate::bulk) fn code(currency: &Currency) -> &str {
    match *currency {
        UNKNOWN => "",
        _ => core::str::from_utf8(currency).unwrap_or_default(),
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
            ("25", Some(UNKNOWN)),
            ("€25 USD", None),
            ("kr 25 EUR", None),
            ("25 XYZ", None),
            ("25 pounds", None),
            ("Room 25", None),
            ("abc", None),
        ] {
            assert_eq!(
                strip(text).map(|(currency, _)| currency),
                expected,
                "{text}"
            );
        }
        assert_eq!(noted("€"), Some(*b"EUR"));
        assert_eq!(noted(" US$ "), Some(*b"USD"));
        assert_eq!(noted("25 €"), None);
        assert_eq!(noted(""), None);
    }

    #[test]
    fn a_sign_agrees_with_what_it_may_mean() {
        assert!(agree(DOLLAR, *b"CAD") && agree(KRONE, *b"NOK") && agree(YEN, *b"CNY"));
        assert!(!agree(DOLLAR, *b"EUR") && !agree(KRONE, *b"EUR") && !agree(*b"USD", *b"CAD"));
    }
}
