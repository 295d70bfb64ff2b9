//! Rows of a sheet as bytes: how they come from the wasm that reads workbooks to the one that makes lines of orders of them.
//!
//! A row is its number (four bytes, the lowest first) and whether it is hidden (one); then each cell as its column (two), what it holds
//! (one), the length of its text (four) and the text; then 0xFFFF in the place of a column.

use alloc::vec::Vec;

/// Stands behind the last cell of a row.
const END: u16 = u16::MAX;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A text, as the sheet shows it.
    Text,
    /// A formula whose value is not there.
    NoValue,
    /// Nothing of its own: another cell covers it.
    Covered,
    /// What could not be computed. Its text is the word for it, such as `#N/A`.
    Error,
    /// A number that the sheet shows as another one: rounded, in thousands, or not at all. Its text is the one that it holds.
    Otherwise,
}

impl Held {
    const ALL: [Self; 5] = [
        Self::Text,
        Self::NoValue,
        Self::Covered,
        Self::Error,
        Self::Otherwise,
    ];
}

/// Rows that are being written.
#[derive(Default)]
pub struct RowWriter {
    bytes: Vec<u8>,
}

impl RowWriter {
    /// Begins a row.
    pub fn begin(&mut self, number: u32, is_hidden: bool) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
        self.bytes.push(u8::from(is_hidden));
    }

    /// Adds a cell, whose text is these parts, one behind the other.
    pub fn push(&mut self, column: u16, held: Held, parts: &[&str]) {
        self.bytes.extend_from_slice(&column.to_le_bytes());
        self.bytes.push(held as u8);
        let length = parts
            .iter()
            .fold(0_usize, |sum, part| sum.saturating_add(part.len()));
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&length.to_le_bytes());
        for part in parts {
            self.bytes.extend_from_slice(part.as_bytes());
        }
    }

    /// Ends the row.
    pub fn end(&mut self) {
        self.bytes.extend_from_slice(&END.to_le_bytes());
    }

    /// Bytes of all rows so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no row yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// All rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Rows that are being read.
#[derive(Clone, Copy)]
pub struct RowReader<'b> {
    rest: &'b [u8],
}

impl<'b> RowReader<'b> {
    /// Begins with the first row of these.
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next row's number, and whether it is hidden; nothing behind the last row.
    pub fn row(&mut self) -> Option<(u32, bool)> {
        let number = self.take()?;
        let [is_hidden] = self.take()?;
        Some((u32::from_le_bytes(number), is_hidden != 0))
    }

    /// The row's next cell; nothing behind the last one.
    pub fn cell(&mut self) -> Option<(u16, Held, &'b str)> {
        let column = u16::from_le_bytes(self.take()?);
        if column == END {
            return None;
        }
        let [held] = self.take()?;
        let length = u32::from_le_bytes(self.take()?);
        let (text, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        let held = Held::ALL.get(usize::from(held))?;
        Some((column, *held, core::str::from_utf8(text).ok()?))
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }
}

/// Whether a file that begins so, with four bytes or more, is a workbook of some kind: one that is read, or refused by its name. Bytes
/// tell, and never a name.
pub const fn is_workbook(start: &[u8]) -> bool {
    matches!(
        start,
        [b'P', b'K', 3, 4, ..]
            | [b'P', b'K', 5, 6, ..]
            | [b'P', b'K', 7, 8, ..]
            | [0xD0, 0xCF, 0x11, 0xE0, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let mut writer = RowWriter::default();
        writer.begin(3, false);
        writer.push(0, Held::Text, &["25", " ", "€"]);
        writer.push(2, Held::NoValue, &[]);
        writer.end();
        writer.begin(1_048_576, true);
        writer.push(999, Held::Otherwise, &["8.325"]);
        writer.push(1_000, Held::Covered, &[""]);
        writer.end();
        let bytes = writer.into_bytes();

        let mut reader = RowReader::new(&bytes);
        assert_eq!(reader.row(), Some((3, false)));
        assert_eq!(reader.cell(), Some((0, Held::Text, "25 €")));
        assert_eq!(reader.cell(), Some((2, Held::NoValue, "")));
        assert_eq!(reader.cell(), None);
        assert_eq!(reader.row(), Some((1_048_576, true)));
        assert_eq!(reader.cell(), Some((999, Held::Otherwise, "8.325")));
        assert_eq!(reader.cell(), Some((1_000, Held::Covered, "")));
        assert_eq!(reader.cell(), None);
        assert_eq!(reader.row(), None);
        for end in 0..bytes.len() {
            let mut cut = RowReader::new(&bytes[..end]);
            while cut.row().is_some() {
                while cut.cell().is_some() {}
            }
        }
    }

    #[test]
    fn workbooks_are_told_by_their_first_bytes() {
        for start in [
            &b"PK\x03\x04"[..],
            b"PK\x05\x06\0",
            b"PK\x07\x08PK\x03\x04",
            b"\xD0\xCF\x11\xE0\xA1\xB1",
        ] {
            assert!(is_workbook(start));
        }
        for start in [
            &b""[..],
            b"PK",
            b"PK\x03",
            b"PK,Value",
            b"PK\x03\x06",
            b"Email,Value",
        ] {
            assert!(!is_workbook(start));
        }
    }
}
