//! Rows of a sheet as bytes: how they come from the wasm that reads workbooks to the one that makes lines of orders of them.
//!
//! A row is its number, from 1 (four bytes, the lowest first), how many cells it has (two), whether it is hidden (one), and one that says
//! nothing; then each cell as its column (two), what it holds (one), one that says nothing, and where its text ends (four); then the texts of all
//! cells, one behind the other. In front of the first row may stand something to say of the file: a row of the number [`NOTE`]. Behind the last row there are zeros, so that its texts can be read by blocks.

use crate::buffer::{Buffer, SLACK};

/// The number of what is no row of the sheet, but a sentence about it; none has so many rows.
pub const NOTE: u32 = u32::MAX;

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
    /// What the sheet shows as something else: a number that is rounded, in thousands, with a minus of its format or not shown at all, a text that is
    /// struck through or raised in part. Its text is the one that it holds.
    Otherwise,
    /// A text in a column that a person does not see.
    Hidden,
}

impl Held {
    const ALL: [Self; 6] = [
        Self::Text,
        Self::NoValue,
        Self::Covered,
        Self::Error,
        Self::Otherwise,
        Self::Hidden,
    ];
}

/// Rows that are being written.
#[derive(Default)]
pub struct RowWriter {
    bytes: Buffer,
    /// Where the row begins, how many cells it has, and where the text of the last one ends.
    start: usize,
    count: u16,
    end: u32,
}

impl RowWriter {
    /// Begins a row.
    pub fn begin(&mut self, number: u32, is_hidden: bool) {
        self.start = self.bytes.len();
        (self.count, self.end) = (0, 0);
        let is_hidden = u64::from(is_hidden) << 48;
        self.bytes.put_word(u64::from(number) | is_hidden, 8);
    }

    /// Adds a cell, to the right of those before it, whose text has so many bytes.
    pub fn push(&mut self, column: u16, held: Held, length: usize) {
        self.count = self.count.saturating_add(1);
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.end = self.end.saturating_add(length);
        let held = u64::from(held as u8) << 16;
        let end = u64::from(self.end) << 32;
        self.bytes.put_word(u64::from(column) | held | end, 8);
    }

    /// Ends the row with the texts of all its cells, behind which others may stand.
    pub fn end(&mut self, texts: &[u8]) {
        self.bytes
            .put_count(self.start.saturating_add(4), self.count);
        let length = usize::try_from(self.end).unwrap_or(usize::MAX);
        self.bytes.append_of(texts, length);
    }

    /// Adds something to say of the file.
    pub fn note(&mut self, sentence: &str) {
        self.begin(NOTE, false);
        self.push(0, Held::Text, sentence.len());
        self.end([sentence.as_bytes(), &[0; SLACK]].concat().as_slice());
    }

    /// Bytes of all rows so far.
    pub const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no row yet.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All rows. Before others are written, they are [cleared](Self::clear).
    pub fn finish(&mut self) -> &[u8] {
        self.bytes.append(&[0; SLACK]);
        self.bytes.bytes()
    }

    /// Forgets all rows, and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// Rows that are being read.
#[derive(Clone, Copy)]
pub struct RowReader<'b> {
    rest: &'b [u8],
}

/// A row.
#[derive(Clone, Copy)]
pub struct SheetRow<'b> {
    /// Its number in the sheet, from 1.
    pub number: u32,
    /// Whether it is hidden or filtered out.
    pub is_hidden: bool,
    cells: &'b [[u8; 8]],
    /// The texts of its cells, and what stands behind them.
    pub texts: &'b [u8],
}

/// A cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetCell {
    /// Its column, from 0.
    pub column: u16,
    /// What it holds.
    pub held: Held,
    /// Where its text begins and ends among those of the row.
    pub start: usize,
    /// As `start`.
    pub end: usize,
}

impl<'b> RowReader<'b> {
    /// Begins with the first row of these.
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next row; nothing behind the last.
    pub fn row(&mut self) -> Option<SheetRow<'b>> {
        let (head, rest) = self.rest.split_first_chunk()?;
        let [a, b, c, d, low, high, is_hidden, _] = *head;
        let number = u32::from_le_bytes([a, b, c, d]);
        let count = usize::from(u16::from_le_bytes([low, high]));
        let (cells, texts) = rest.split_at_checked(count.checked_mul(8)?)?;
        let cells = cells.as_chunks().0;
        let end = cells.last().map_or(0, |cell| cell_of(0, *cell).end);
        self.rest = texts.get(end..)?;
        (number > 0).then_some(SheetRow {
            number,
            is_hidden: is_hidden != 0,
            cells,
            texts,
        })
    }
}

impl<'b> SheetRow<'b> {
    /// Its cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = SheetCell> + use<'b> {
        let mut start = 0;
        self.cells.iter().map(move |cell| {
            let cell = cell_of(start, *cell);
            start = cell.end;
            cell
        })
    }

    /// The text of a cell of it.
    pub fn text(&self, cell: &SheetCell) -> Option<&'b str> {
        core::str::from_utf8(self.texts.get(cell.start..cell.end)?).ok()
    }
}

/// The cell whose text begins there.
fn cell_of(start: usize, [low, high, held, _, a, b, c, d]: [u8; 8]) -> SheetCell {
    let held = Held::ALL.get(usize::from(held)).copied();
    SheetCell {
        column: u16::from_le_bytes([low, high]),
        held: held.unwrap_or(Held::Error),
        start,
        end: u32::from_le_bytes([a, b, c, d]) as usize,
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
    use alloc::vec::Vec;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let mut writer = RowWriter::default();
        writer.begin(3, false);
        writer.push(0, Held::Text, 6);
        writer.push(2, Held::NoValue, 0);
        writer.end("25 € and more".as_bytes());
        writer.begin(1_048_576, true);
        writer.push(999, Held::Otherwise, 5);
        writer.push(1_000, Held::Covered, 0);
        writer.end(b"8.325");
        let bytes = writer.finish();

        let mut reader = RowReader::new(bytes);
        let mut seen = Vec::new();
        while let Some(row) = reader.row() {
            for cell in row.cells() {
                seen.push((
                    row.number,
                    row.is_hidden,
                    cell.column,
                    cell.held,
                    row.text(&cell).unwrap(),
                ));
            }
        }
        assert_eq!(
            seen,
            [
                (3, false, 0, Held::Text, "25 €"),
                (3, false, 2, Held::NoValue, ""),
                (1_048_576, true, 999, Held::Otherwise, "8.325"),
                (1_048_576, true, 1_000, Held::Covered, ""),
            ]
        );
        for end in 0..bytes.len() {
            let mut cut = RowReader::new(&bytes[..end]);
            while let Some(row) = cut.row() {
                for cell in row.cells() {
                    row.text(&cell);
                }
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
