//! Texts and amounts of a line as JSON, for rows that are read cell by cell.

use crate::buffer::Buffer;
use crate::bulk::csv::scan::has_special;
use crate::json::decimal_text;

/// Writes a text and the quote that closes it.
pub(in crate::bulk) fn write_text(json: &mut Buffer, text: &str) {
    if has_special(text.as_bytes()) {
        escape(json, text);
    } else {
        json.append(text.as_bytes());
    }
    json.put(b'"');
}

/// Writes a text as the inside of a JSON string.
#[cold]
fn escape(json: &mut Buffer, text: &str) {
    let digit = |half: u8| b"0123456789abcdef".get(usize::from(half)).copied();
    for byte in text.bytes() {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            0..0x20 => {
                json.append(b"\\u00");
                json.put(digit(byte >> 4).unwrap_or_default());
                json.put(digit(byte & 15).unwrap_or_default());
                continue;
            }
            _ => {
                json.put(byte);
                continue;
            }
        };
        json.put(b'\\');
        json.put(short);
    }
}

/// Writes an amount the same way, however the cell wrote it: `25`, `25.50`, `25.125`.
pub(in crate::bulk) fn write_amount(json: &mut Buffer, thousandths: u64) {
    let digit = |number: u64| (number % 10) | u64::from(b'0');
    json.append(decimal_text(thousandths / 1_000).as_bytes());
    let fraction = thousandths % 1_000;
    if fraction > 0 {
        let cents = digit(fraction / 10) << 16 | digit(fraction / 100) << 8;
        let length = if fraction.is_multiple_of(10) { 3 } else { 4 };
        let digits = digit(fraction) << 24 | cents | u64::from(b'.');
        json.put_word(digits, length);
    }
}
