//! Texts and amounts of a line as JSON, for rows that are read cell by cell.

use crate::buffer::Buffer;
use crate::bulk::csv::escapes::special;
use crate::json::decimal_text;

/// Writes a text as the inside of a JSON string.
pub(in crate::bulk) fn write_text(json: &mut Buffer, text: &str) {
    let digit = |half: u8| b"0123456789abcdef".get(usize::from(half)).copied();
    let mut rest = text.as_bytes();
    loop {
        let (run, behind) = rest.split_at(special(rest, 0));
        json.append(run);
        let Some((byte, behind)) = behind.split_first() else {
            break;
        };
        rest = behind;
        // Every line break is one, whatever the file ends its lines with.
        if *byte == b'\r' && rest.first() == Some(&b'\n') {
            continue;
        }
        json.put(b'\\');
        match byte {
            b'\r' | b'\n' => json.put(b'n'),
            0..0x20 => {
                json.append(b"u00");
                json.put(digit(byte >> 4).unwrap_or_default());
                json.put(digit(byte & 15).unwrap_or_default());
            }
            byte => json.put(*byte),
        }
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
