//! Rows above which a header may still come: a file may begin with a title.

use alloc::vec::Vec;

use crate::bulk::csv::row::{Cell, Content, Fault, Row};

/// Rows among which the header is looked for, and bytes of them.
const ROWS: usize = 20;
const BYTES: usize = 256 << 10;

/// The rows that came before the header is known.
#[derive(Debug, Default)]
pub(in crate::bulk) struct HeldRows {
    rows: Vec<HeldRow>,
    bytes: usize,
}

/// A copy of a row.
#[derive(Debug)]
pub(in crate::bulk) struct HeldRow {
    bytes: Vec<u8>,
    cells: Vec<Cell>,
    line: u32,
    last_line: u32,
    more_cells: bool,
    fault: Option<(Fault, usize)>,
    is_hidden: bool,
    likeness: Likeness,
}

/// How much a row looks like a header.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::bulk) struct Likeness {
    /// Different things that its cells are known as headers of.
    pub(in crate::bulk) known: usize,
    /// Cells that surely are headers.
    pub(in crate::bulk) sure: usize,
    /// Cells that hold something.
    pub(in crate::bulk) filled: usize,
    /// Whether one is an address, as no header is.
    pub(in crate::bulk) is_data: bool,
    /// Whether one is a number, as few headers are.
    pub(in crate::bulk) has_number: bool,
}

impl HeldRows {
    pub(in crate::bulk) fn push(&mut self, row: &Row<'_>, likeness: Likeness) {
        self.bytes = self.bytes.saturating_add(row.bytes.len());
        self.rows.push(HeldRow {
            bytes: row.bytes.to_vec(),
            cells: row.cells.to_vec(),
            line: row.line,
            last_line: row.last_line,
            more_cells: row.more_cells,
            fault: row.fault,
            is_hidden: row.is_hidden,
            likeness,
        });
    }

    pub(in crate::bulk) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether no more rows are looked at.
    pub(in crate::bulk) fn is_full(&self) -> bool {
        self.rows.len() >= ROWS || self.bytes >= BYTES
    }

    /// Whether a cell of any row is known as a header.
    pub(in crate::bulk) fn is_any_known(&self) -> bool {
        self.rows.iter().any(|row| row.likeness.known > 0)
    }

    /// Whether a row is surely no header.
    pub(in crate::bulk) fn is_of_a_list(&self, index: usize) -> bool {
        let likeness = self.rows.get(index).map(|row| row.likeness);
        likeness.is_some_and(|likeness| {
            likeness.known == 0 && (likeness.is_data || likeness.has_number)
        })
    }

    /// The index of the row that is the header most likely: the one of which most cells are known, and the first of all where none is.
    pub(in crate::bulk) fn header(&self) -> usize {
        let mut best = (0, 0);
        for (index, row) in self.rows.iter().enumerate() {
            // What stands above a header has fewer cells.
            let is_below_title = self
                .rows
                .iter()
                .take(index)
                .all(|above| above.likeness.filled < row.likeness.filled);
            if row.likeness.known > best.1 && is_below_title {
                best = (index, row.likeness.known);
            }
        }
        best.0
    }

    pub(in crate::bulk) fn take(&mut self) -> Vec<HeldRow> {
        self.bytes = 0;
        core::mem::take(&mut self.rows)
    }
}

impl HeldRow {
    pub(in crate::bulk) fn as_row(&self) -> Row<'_> {
        Row {
            bytes: &self.bytes,
            from: &self.bytes,
            cells: &self.cells,
            line: self.line,
            last_line: self.last_line,
            more_cells: self.more_cells,
            fault: self.fault,
            is_hidden: self.is_hidden,
            content: Content::Unknown,
            filled: 0,
        }
    }
}
