//! Rows of a sheet on their way to where lines of orders are made of them.

use alloc::string::String;

use crate::sheet_rows::{Held, RowWriter};
use crate::workbook::fault::Result;
use crate::workbook::row::{CellKind, SheetRow, Span};
use crate::workbook::sheet::Rows;

/// Bytes after which a batch ends, so that a page can draw in between.
const BATCH: usize = 1 << 20;

/// Columns of which is told that they are covered; a list has no more.
const COLUMNS: u32 = 1_000;

impl Rows {
    /// Has the first batch begin with something to say of the file.
    pub fn say(&mut self, note: Option<String>) {
        self.note = note;
    }

    /// The next rows, up to a mebibyte of them; nothing behind the last.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Rows::next_row).
    pub fn next_batch(&mut self) -> Result<Option<&[u8]>> {
        self.batch.clear();
        if let Some(note) = self.note.take() {
            self.batch.note(&note);
        }
        while self.batch.len() < BATCH && self.has_next()? {
            write(&self.row, &mut self.batch);
        }
        Ok((!self.batch.is_empty()).then(|| self.batch.finish()))
    }
}

fn write(row: &SheetRow, writer: &mut RowWriter) {
    writer.begin(row.number(), row.is_hidden());
    let mut covered = row.covered().peekable();
    let hides = row.hidden.is_any();
    for span in &row.spans {
        while let Some(column) = covered.next_if(|column| *column < span.column) {
            write_covered(column, writer);
        }
        // An amount with its currency behind it is read as one.
        let length = span.behind.saturating_sub(span.start);
        let held = match held(span) {
            Held::Text if hides && row.hidden.has(span.column) => Held::Hidden,
            held => held,
        };
        writer.push(narrow(span.column), held, length);
    }
    for column in covered {
        write_covered(column, writer);
    }
    writer.end(row.text.from(0));
}

fn write_covered(column: u32, writer: &mut RowWriter) {
    if column < COLUMNS {
        writer.push(narrow(column), Held::Covered, 0);
    }
}

const fn held(span: &Span) -> Held {
    match span.kind {
        CellKind::NoValue => Held::NoValue,
        CellKind::Error => Held::Error,
        _ if span.is_unclear => Held::Otherwise,
        // A day whose time is not shown is that day still.
        CellKind::Number | CellKind::Percent if span.is_otherwise => Held::Otherwise,
        _ => Held::Text,
    }
}

/// A sheet has 16,384 columns.
fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
