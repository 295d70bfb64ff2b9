//! Cells of a fast row whose text is not what JSON writes: doubled quotes and line breaks. A backslash may mean more than itself.

use crate::buffer::Pen;
use crate::bulk::csv::row::{Cell, CellKind};
use crate::json::Block;

/// Marks the cells that have escapes, and counts the line breaks in them. Nothing where a cell has something that the fast path does not
/// know: a backslash, a control character, or a quote that is not one of two.
pub(in crate::bulk) fn mark(text: &[u8], cells: &mut [Cell]) -> Option<u32> {
    let mut breaks = 0_u32;
    for cell in cells {
        let inside = text.get(cell.start..cell.end)?;
        // The quote that opens a cell stands before it.
        let is_quoted = cell.start.checked_sub(1).and_then(|at| text.get(at)) == Some(&b'"');
        cell.kind = CellKind::Text;
        let mut at = special(inside, 0);
        while at < inside.len() {
            cell.kind = CellKind::Escaped;
            at = match inside.get(at..)? {
                _ if !is_quoted => return None,
                [b'"', b'"', ..] | [b'\r', b'\n', ..] => at.wrapping_add(2),
                [b'\r' | b'\n', ..] => at.wrapping_add(1),
                _ => return None,
            };
            if inside
                .get(at.wrapping_sub(1))
                .is_some_and(u8::is_ascii_control)
            {
                breaks = breaks.saturating_add(1);
            }
            at = special(inside, at);
        }
    }
    Some(breaks)
}

/// Writes so many bytes of a cell with escapes as the inside of a JSON string; how long its text is.
pub(in crate::bulk) fn write(json: &mut Pen<'_>, from: &[u8], length: usize) -> Option<usize> {
    let inside = from.get(..length)?;
    let (mut at, mut doubled) = (0_usize, 0_usize);
    loop {
        let end = special(inside, at);
        json.put_text(from.get(at..)?, end.wrapping_sub(at))?;
        let Some(byte) = inside.get(end) else {
            return Some(length.wrapping_sub(doubled));
        };
        // Every line break is one, whatever the file ends its lines with.
        if let Some([b'\r', b'\n']) = inside.get(end..end.wrapping_add(2)) {
            (at, doubled) = (end.wrapping_add(1), doubled.wrapping_add(1));
            continue;
        }
        let letter = match byte {
            b'\r' | b'\n' => b'n',
            byte => *byte,
        };
        json.put_word(u64::from(letter) << 8 | u64::from(b'\\'), 2)?;
        at = end.wrapping_add(1);
        if *byte == b'"' {
            at = at.wrapping_add(1);
            doubled = doubled.wrapping_add(1);
        }
    }
}

/// Where the next byte stands that JSON writes otherwise; the length where there is none.
pub(in crate::bulk) fn special(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < text.len() {
        let block = Block::at(text, at);
        let special = block.special() & !block.high();
        if special != 0 {
            at = at.wrapping_add(special.trailing_zeros() as usize);
            break;
        }
        at = at.wrapping_add(16);
    }
    at.min(text.len())
}
