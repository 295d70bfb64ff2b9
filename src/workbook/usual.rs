//! The fast path through nearly every cell and every text that cells share: one that stands as spreadsheets write it,
//! `<c r="B2" s="1" t="s"><v>7</v></c>` or `<si><t>Ann</t></si>`, is read where it stands. What is written otherwise is left to the scanner.

use crate::json::Block;
use crate::workbook::limits;

/// Bytes that are looked at: the longest cell of this kind has no more.
const LOOKED_AT: usize = 64;

/// A cell that stands as most do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UsualCell<'t> {
    pub(super) column: u32,
    pub(super) style: u32,
    pub(super) value: Value<'t>,
    /// Bytes of its element.
    pub(super) size: usize,
}

/// What it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'t> {
    Nothing,
    /// The place of a text that cells share.
    Shared(u32),
    /// A number as it is written, of digits and what may stand between them.
    Number(&'t [u8]),
}

/// Where in a cell it is read.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    bytes: &'t [u8; LOOKED_AT],
    at: usize,
}

#[expect(
    clippy::inline_always,
    reason = "a call for each would put the place into memory"
)]
impl<'t> Cursor<'t> {
    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes over these bytes, where they are the next.
    #[inline(always)]
    fn pass<const N: usize>(&mut self, wanted: &[u8; N]) -> bool {
        let next = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<N>);
        let is_next = next.is_some_and(|next| next == wanted);
        if is_next {
            self.at = self.at.wrapping_add(N);
        }
        is_next
    }

    /// Reads a number of at most nine digits.
    #[inline(always)]
    fn number(&mut self) -> Option<u32> {
        let (mut number, start) = (0_u32, self.at);
        loop {
            let digit = self.peek()?.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            number = number.wrapping_mul(10).wrapping_add(u32::from(digit));
            self.at = self.at.wrapping_add(1);
        }
        let count = self.at.wrapping_sub(start);
        (1..=9).contains(&count).then_some(number)
    }

    /// Reads the bytes up to the next `<`, of which all may stand in a number.
    #[inline(always)]
    fn digits(&mut self) -> Option<&'t [u8]> {
        let start = self.at;
        loop {
            match self.peek()? {
                b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E' => {}
                b'<' => break,
                _ => return None,
            }
            self.at = self.at.wrapping_add(1);
        }
        self.bytes.get(start..self.at)
    }
}

impl<'t> UsualCell<'t> {
    /// Reads the cell at the start of these bytes, of the row of that number; nothing where it is written otherwise, or where fewer bytes are
    /// there than are looked at.
    #[inline]
    pub(super) fn read(bytes: &'t [u8], row: u32) -> Option<Self> {
        let bytes = bytes.first_chunk()?;
        let mut cursor = Cursor { bytes, at: 0 };
        if !cursor.pass(b"<c r=\"") {
            return None;
        }
        let mut column = 0_u32;
        loop {
            let letter = cursor.peek()?.wrapping_sub(b'A');
            if letter > 25 {
                break;
            }
            let letter = u32::from(letter).wrapping_add(1);
            column = column.wrapping_mul(26).wrapping_add(letter);
            if column > limits::COLUMNS {
                return None;
            }
            cursor.at = cursor.at.wrapping_add(1);
        }
        let column = column.checked_sub(1)?;
        if cursor.number()? != row || !cursor.pass(b"\"") {
            return None;
        }
        let mut style = 0;
        if cursor.pass(b" s=\"") {
            style = cursor.number()?;
            if !cursor.pass(b"\"") {
                return None;
            }
        }
        let is_shared = cursor.pass(b" t=\"s\"");
        let value = if cursor.pass(b"/>") {
            Value::Nothing
        } else {
            if !is_shared {
                cursor.pass(b" t=\"n\"");
            }
            if !cursor.pass(b"><v>") {
                return None;
            }
            let value = if is_shared {
                Value::Shared(cursor.number()?)
            } else {
                Value::Number(cursor.digits()?)
            };
            if !cursor.pass(b"</v></c>") {
                return None;
            }
            value
        };
        Some(Self {
            column,
            style,
            value,
            size: cursor.at,
        })
    }
}

/// Stands before a text that cells share, and behind it.
const OPENING: &[u8; BEFORE] = b"<si><t>";
const CLOSING: &[u8] = b"</t></si>";

/// Bytes before such a text.
pub(super) const BEFORE: usize = 7;

/// Bytes of such a text, at most.
const TEXT: usize = 1 << 10;

/// How many bytes the element has that these begin with, and how many its text, which means what stands there; nothing where it is written
/// otherwise, or does not end among them.
#[inline]
pub(super) fn text(bytes: &[u8]) -> Option<(usize, usize)> {
    let (opening, text) = bytes.split_first_chunk()?;
    if opening != OPENING {
        return None;
    }
    let (mut length, mut high) = (0_usize, 0);
    for block in text.get(..TEXT).unwrap_or(text).as_chunks().0 {
        let block = Block::from(block);
        let ends = block.equal(b'<');
        // What stands before the end, which is the lowest bit; all where there is none.
        let inside = (ends & ends.wrapping_neg()).wrapping_sub(1);
        // Entities, ends of lines, and what may be an escape.
        if block.among(*b"&\r_") & inside != 0 {
            return None;
        }
        high |= block.at_least(0x80) & inside;
        if ends == 0 {
            length = length.wrapping_add(16);
            continue;
        }
        length = length.wrapping_add(ends.trailing_zeros() as usize);
        let (text, behind) = text.split_at_checked(length)?;
        let is_text = high == 0 || core::str::from_utf8(text).is_ok();
        let size = BEFORE.wrapping_add(length).wrapping_add(CLOSING.len());
        return (is_text && behind.starts_with(CLOSING)).then_some((size, length));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_spreadsheets_write_them() {
        for (element, length) in [
            ("<si><t>Ann</t></si>", Some(3)),
            ("<si><t></t></si>", Some(0)),
            ("<si><t> Zoë > Ann\n</t></si>", Some(12)),
            ("<si><t>0123456789abcdef</t></si>", Some(16)),
            ("<si><t>a_x000D_b</t></si>", None),
            ("<si><t>a &amp; b</t></si>", None),
            ("<si><t>a\rb</t></si>", None),
            ("<si><t xml:space=\"preserve\">a</t></si>", None),
            ("<si><t>a</t><t>b</t></si>", None),
            ("<si><r><t>a</t></r></si>", None),
            ("<si><t>a</t></si >", None),
            ("<si><t>a<!-- b --></t></si>", None),
            ("<si> <t>a</t></si>", None),
            ("<si/>", None),
        ] {
            let behind = "<si><t>_&amp;é</t></si></sst>";
            let bytes = [element, behind, behind].concat();
            let expected = length.map(|length| (element.len(), length));
            assert_eq!(text(bytes.as_bytes()), expected, "{element}");
        }
        let broken = b"<si><t>\xFFabc</t></si><si><t>abcdefgh</t></si>";
        assert_eq!(text(broken), None);
        assert_eq!(text(b"<si><t>Ann</t></si"), None);
        let long = ["<si><t>", &"x".repeat(TEXT), "</t></si>"].concat();
        assert_eq!(text(long.as_bytes()), None);
    }

    fn read(cell: &str, row: u32) -> Option<(u32, u32, Value<'_>, usize)> {
        // What stands behind it is in memory as long as it is looked at.
        let text = String::leak([cell, &" ".repeat(LOOKED_AT)].concat());
        let cell = UsualCell::read(text.as_bytes(), row)?;
        Some((cell.column, cell.style, cell.value, cell.size))
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        for (cell, expected) in [
            (
                r#"<c r="B2" t="s"><v>17</v></c>"#,
                (1, 0, Value::Shared(17)),
            ),
            (
                r#"<c r="AA2" s="4" t="s"><v>0</v></c>"#,
                (26, 4, Value::Shared(0)),
            ),
            (
                r#"<c r="XFD2" s="4"><v>1.5E-3</v></c>"#,
                (16_383, 4, Value::Number(b"1.5E-3")),
            ),
            (
                r#"<c r="A2" t="n"><v>25</v></c>"#,
                (0, 0, Value::Number(b"25")),
            ),
            (r#"<c r="A2" s="4"/>"#, (0, 4, Value::Nothing)),
        ] {
            let (column, style, value) = expected;
            assert_eq!(
                read(cell, 2),
                Some((column, style, value, cell.len())),
                "{cell}"
            );
            assert_eq!(read(cell, 3), None, "{cell}");
            assert_eq!(UsualCell::read(cell.as_bytes(), 2), None, "{cell}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_not_read() {
        for cell in [
            "<c><v>1</v></c>",
            "<c t=\"s\" r=\"A2\"><v>1</v></c>",
            "<c r='A2'><v>1</v></c>",
            "<c  r=\"A2\"><v>1</v></c>",
            "<c r=\"a2\"><v>1</v></c>",
            "<c r=\"2\"><v>1</v></c>",
            "<c r=\"XFE2\"><v>1</v></c>",
            "<c r=\"A\"><v>1</v></c>",
            "<c r=\"A1000000002\"><v>1</v></c>",
            "<c r=\"A2\" t=\"str\"><v>1</v></c>",
            "<c r=\"A2\" t=\"b\"><v>1</v></c>",
            "<c r=\"A2\" s=\"\"><v>1</v></c>",
            "<c r=\"A2\" t=\"s\" s=\"1\"><v>1</v></c>",
            "<c r=\"A2\" t=\"s\"><v></v></c>",
            "<c r=\"A2\" t=\"s\"><v>-1</v></c>",
            "<c r=\"A2\" t=\"s\"><v>10000000000</v></c>",
            "<c r=\"A2\"><v> 1</v></c>",
            "<c r=\"A2\"><v>1&amp;</v></c>",
            "<c r=\"A2\"><v xml:space=\"preserve\">1</v></c>",
            "<c r=\"A2\"><f>A1</f><v>1</v></c>",
            "<c r=\"A2\"><v>1</v><v>2</v></c>",
            "<c r=\"A2\"><v>1</v></c >",
            "<c r=\"A2\"><v>1111111111111111111111111111111111111111111111111111111111</v></c>",
            "<x:c r=\"A2\"><v>1</v></x:c>",
            "<cc r=\"A2\"><v>1</v></cc>",
        ] {
            assert_eq!(read(cell, 2), None, "{cell}");
        }
    }
}
