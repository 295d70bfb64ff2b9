//! Cells of a CSV file that a spreadsheet opens without running anything.

use alloc::vec::Vec;

/// What spreadsheets know a file in UTF-8 by.
pub(in crate::bulk) use crate::json::MARK as BOM;

/// Before a text that a spreadsheet would take for a formula; it shows the text behind it.
const GUARD: u8 = b'\'';

/// Whether a spreadsheet may run a cell: by its first character, also a full-width one, which some take for the plain one.
pub(in crate::bulk) const fn is_formula(cell: &[u8]) -> bool {
    matches!(
        cell,
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n', ..]
            | [0xEF, 0xBC, 0x9D | 0x8B | 0x8D | 0xA0, ..]
    )
}

/// Adds a row.
pub(in crate::bulk) fn push_row(out: &mut Vec<u8>, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        push_cell(out, cell);
    }
    out.extend_from_slice(b"\r\n");
}

/// Adds a cell.
pub(in crate::bulk) fn push_cell(out: &mut Vec<u8>, text: &str) {
    let formula = is_formula(text.as_bytes());
    let quoted = text
        .bytes()
        .any(|byte| matches!(byte, b',' | b';' | b'|' | b'"' | b'\r' | b'\n' | b'\t'));
    if quoted {
        out.push(b'"');
    }
    if formula {
        out.push(GUARD);
    }
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    if quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_be_a_formula_is_guarded() {
        let mut out = Vec::new();

        push_row(
            &mut out,
            &["=1+1", "+15555555555", "-1", "@A1", "a=b", "25"],
        );
        push_row(&mut out, &["＝1", "＋1", "－1", "＠A1", "ａ＝b"]);

        let expected = "'=1+1,'+15555555555,'-1,'@A1,a=b,25\r\n'＝1,'＋1,'－1,'＠A1,ａ＝b\r\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn a_cell_with_a_separator_a_quote_or_a_line_break_is_quoted() {
        let mut out = Vec::new();

        push_row(&mut out, &["a,b", "a|b", "say \"hi\"", "two\nlines", ""]);

        assert_eq!(
            out,
            b"\"a,b\",\"a|b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
        );
    }
}
