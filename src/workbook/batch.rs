//! Rows of a sheet on their way to where lines of orders are made of them.

use alloc::vec::Vec;

use crate::sheet_rows::{Held, RowWriter};
use crate::workbook::fault::Result;
use crate::workbook::row::{Cell, CellKind, SheetRow};
use crate::workbook::sheet::Rows;

/// Bytes after which a batch ends, so that a page can draw in between.
const BATCH: usize = 1 << 20;

/// Columns of which is told that they are covered; a list has no more.
const COLUMNS: u32 = 1_000;

impl Rows {
    /// The next rows, up to a mebibyte of them; nothing behind the last.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Rows::next_row).
    pub fn next_batch(&mut self) -> Result<Option<Vec<u8>>> {
        let mut writer = RowWriter::default();
        while writer.len() < BATCH
            && let Some(row) = self.next_row()?
        {
            write(row, &mut writer);
        }
        Ok((!writer.is_empty()).then(|| writer.into_bytes()))
    }
}

fn write(row: &SheetRow, writer: &mut RowWriter) {
    writer.begin(row.number(), row.is_hidden());
    let mut covered = row.covered().peekable();
    for cell in row.cells() {
        while let Some(column) = covered.next_if(|column| *column < cell.column) {
            write_covered(column, writer);
        }
        write_cell(&cell, writer);
    }
    for column in covered {
        write_covered(column, writer);
    }
    writer.end();
}

fn write_covered(column: u32, writer: &mut RowWriter) {
    if column < COLUMNS {
        writer.push(narrow(column), Held::Covered, &[]);
    }
}

fn write_cell(cell: &Cell<'_>, writer: &mut RowWriter) {
    let held = match cell.kind {
        CellKind::NoValue => Held::NoValue,
        CellKind::Error => Held::Error,
        // A day whose time is not shown is that day still.
        CellKind::Number | CellKind::Percent if cell.is_otherwise => Held::Otherwise,
        _ => Held::Text,
    };
    // An amount with its currency behind it is read as one.
    let space = if cell.unit.is_empty() { "" } else { " " };
    writer.push(narrow(cell.column), held, &[cell.text, space, cell.unit]);
}

/// A sheet has 16,384 columns.
fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
