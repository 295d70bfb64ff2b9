//! The import of a sheet: rows of cells in, a report at last.
//!
//! A workbook's reader hands on what a person sees: a cell's text as it is shown, a currency as its code behind the amount
//! (`25.00 USD`), a date as `2026-12-24`, an error as its word (`#N/A`). What has no value is said to have none, so that no default
//! stands for it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::row::{CELLS, Cell, CellKind, Content, Row};
use crate::bulk::import::report::ImportReport;
use crate::bulk::import::stream::ImportProgress;
use crate::bulk::import::table::Table;
use crate::error::Result;
use crate::sheet_rows::{Held, RowReader};

/// A row of a sheet.
#[derive(Debug, Default)]
pub struct SheetRow {
    number: u32,
    is_hidden: bool,
    text: String,
    cells: Vec<Cell>,
    has_more: bool,
}

impl SheetRow {
    /// Begins the row of that number, from 1, in the memory of the one before. A hidden one is hidden itself or filtered out.
    pub fn begin(&mut self, number: u32, is_hidden: bool) {
        self.number = number;
        self.is_hidden = is_hidden;
        self.text.clear();
        self.cells.clear();
        self.has_more = false;
    }

    /// Adds the cell of a column, from 0, to the right of all before it; those that are left out between are empty.
    pub fn push(&mut self, column: usize, kind: CellKind, text: &str) {
        if column >= CELLS {
            self.has_more |= !text.is_empty() || kind != CellKind::Text;
            return;
        }
        let start = self.text.len();
        while self.cells.len() < column {
            self.cells.push(Cell::new(start, start));
        }
        self.text.push_str(text);
        let mut cell = Cell::new(start, self.text.len());
        cell.kind = kind;
        self.cells.push(cell);
    }

    fn as_row(&self) -> Row<'_> {
        Row {
            bytes: self.text.as_bytes(),
            from: self.text.as_bytes(),
            cells: &self.cells,
            line: self.number,
            last_line: self.number,
            more_cells: self.has_more,
            fault: None,
            is_hidden: self.is_hidden,
            content: Content::Any,
            filled: 0,
        }
    }
}

/// A sheet that is being read.
#[derive(Debug)]
pub struct SheetImport {
    settings: ImportSettings,
    table: Table,
    row: SheetRow,
}

impl SheetImport {
    /// A sheet of which nothing has been read.
    pub fn new(settings: ImportSettings) -> Self {
        let mut table = Table::new(settings.clone());
        table.set_delimiter(b',');
        Self {
            settings,
            table,
            row: SheetRow::default(),
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// `Config`, where the sheet has more rows than an import takes.
    pub fn push(&mut self, row: &SheetRow) -> Result<()> {
        self.table.row(&row.as_row());
        self.table.check_limits()
    }

    /// Reads rows as they come from a workbook.
    ///
    /// # Errors
    ///
    /// As [`SheetImport::push`].
    pub fn push_rows(&mut self, rows: &[u8]) -> Result<()> {
        let mut reader = RowReader::new(rows);
        while let Some((number, is_hidden)) = reader.row() {
            self.row.begin(number, is_hidden);
            while let Some((column, held, text)) = reader.cell() {
                self.row.push(column.into(), kind(held), text);
            }
            self.table.row(&self.row.as_row());
            self.table.check_limits()?;
        }
        Ok(())
    }

    /// Takes the whole workbook for one that cannot be read: its rows so far are forgotten. The sentence goes on after "The file".
    pub fn refuse(&mut self, sentence: &str) {
        let mut table = Table::new(self.settings.clone());
        table.refuse(sentence);
        self.table = table;
    }

    /// How far the import has come, in so many bytes of the workbook.
    pub fn progress(&self, bytes: u64) -> ImportProgress {
        self.table.progress(bytes)
    }

    /// Reports what became of the rows.
    ///
    /// # Errors
    ///
    /// As [`SheetImport::push`].
    pub fn finish(self) -> Result<ImportReport> {
        self.table.check_limits()?;
        Ok(self.table.finish())
    }
}

/// What a cell of a workbook is to the import.
const fn kind(held: Held) -> CellKind {
    match held {
        Held::Text => CellKind::Text,
        Held::NoValue => CellKind::Formula,
        Held::Covered => CellKind::Covered,
        Held::Error => CellKind::Error,
        Held::Otherwise => CellKind::Otherwise,
    }
}
