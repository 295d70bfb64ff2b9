//! Which currency a sign of several countries means: by the country beside it.

/// The code of the sign and country in `[$kr-41D]`; nothing where the sign says enough by itself, or the country is none of its own.
///
/// Countries are Windows' locale identifiers, in hexadecimal digits (MS-LCID).
pub(super) fn code(sign: &str, locale: u32) -> Option<&'static str> {
    // What stands above is a calendar and the shape of digits.
    let locale = locale & 0xFFFF;
    let (_, code) = match sign {
        "$" => DOLLARS.iter().find(|known| known.0 == locale)?,
        "kr" | "kr." => CROWNS.iter().find(|known| known.0 == locale)?,
        "¥" | "￥" => YENS.iter().find(|known| known.0 == locale)?,
        _ => return None,
    };
    Some(code)
}

const DOLLARS: [(u32, &str); 15] = [
    (0x0409, "USD"),
    (0x540A, "USD"),
    (0x1009, "CAD"),
    (0x0C0C, "CAD"),
    (0x0C09, "AUD"),
    (0x1409, "NZD"),
    (0x080A, "MXN"),
    (0x0C04, "HKD"),
    (0x3C09, "HKD"),
    (0x1004, "SGD"),
    (0x4809, "SGD"),
    (0x0404, "TWD"),
    (0x2C0A, "ARS"),
    (0x340A, "CLP"),
    (0x240A, "COP"),
];

const CROWNS: [(u32, &str); 5] = [
    (0x041D, "SEK"),
    (0x0414, "NOK"),
    (0x0814, "NOK"),
    (0x0406, "DKK"),
    (0x040F, "ISK"),
];

const YENS: [(u32, &str); 2] = [(0x0411, "JPY"), (0x0804, "CNY")];
