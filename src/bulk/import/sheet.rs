//! The import of a sheet: rows of cells in, a report at last.
//!
//! A workbook's reader hands on what a person sees: a cell's text as it is shown, a currency as its code behind the amount
//! (`25.00 USD`), a date as `2026-12-24`, an error as its word (`#N/A`). What has no value is said to have none, so that no default
//! stands for it.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::fast_split::FAST_CELLS;
use crate::bulk::csv::row::{CELLS, Cell, CellKind, Content, Row};
use crate::bulk::import::progress::ImportProgress;
use crate::bulk::import::report::ImportReport;
use crate::bulk::import::row_intake::RowIntake;
use crate::error::Result;
use crate::sheet_rows::{Held, RowReader};

/// A row of a sheet.
#[derive(Debug, Default)]
pub struct SheetRow {
    number: u32,
    is_hidden: bool,
    text: String,
    /// Bytes of the cells in it.
    length: usize,
    cells: Vec<Cell>,
    has_more: bool,
    content: Content,
    filled: u64,
}

/// Behind the text of a row, so that its last cell can be read by blocks.
const BEHIND: &str = "                                                                ";

impl SheetRow {
    /// Begins the row of that number, from 1, in the memory of the one before. A hidden one is hidden itself or filtered out.
    pub fn begin(&mut self, number: u32, is_hidden: bool) {
        self.number = number;
        self.is_hidden = is_hidden;
        self.text.clear();
        self.length = 0;
        self.cells.clear();
        self.has_more = false;
        self.filled = 0;
        self.content = if is_hidden {
            Content::Unknown
        } else {
            Content::Ascii
        };
    }

    /// Adds the cell of a column, from 0, to the right of all before it; those that are left out between are empty.
    pub fn push(&mut self, column: usize, kind: CellKind, text: &str) {
        if column >= CELLS {
            self.has_more |= !text.is_empty() || kind != CellKind::Text;
            self.content = Content::Unknown;
            return;
        }
        self.text.truncate(self.length);
        let start = self.length;
        while self.cells.len() < column {
            self.cells.push(Cell::new(start, start));
        }
        self.text.push_str(text);
        self.length = self.text.len();
        let mut cell = Cell::new(start, self.length);
        cell.kind = kind;
        self.cells.push(cell);
        self.content = self.content.with(content_of(kind, text));
        if column >= FAST_CELLS {
            self.content = Content::Unknown;
        } else if !text.is_empty() {
            self.filled |= 1 << column;
        }
    }

    fn as_row(&mut self) -> Row<'_> {
        self.text.push_str(BEHIND);
        let from = self.text.as_bytes();
        Row {
            bytes: from.get(..self.length).unwrap_or_default(),
            from,
            cells: &self.cells,
            line: self.number,
            last_line: self.number,
            more_cells: self.has_more,
            fault: None,
            is_hidden: self.is_hidden,
            content: self.content,
            filled: self.filled,
        }
    }
}

/// What is known of a cell: see [`Content`].
fn content_of(kind: CellKind, text: &str) -> Content {
    let mut content = Content::Ascii;
    for byte in text.bytes() {
        content = content.with(match byte {
            b'"' | b'\\' | 0x7F | ..b' ' => Content::Unknown,
            0x80.. => Content::Unicode,
            _ => Content::Ascii,
        });
    }
    if kind == CellKind::Text {
        content
    } else {
        Content::Unknown
    }
}

/// A sheet that is being read.
#[derive(Debug)]
pub struct SheetImport {
    settings: Rc<ImportSettings>,
    intake: RowIntake,
    row: SheetRow,
}

impl SheetImport {
    /// A sheet of which nothing has been read.
    pub fn new(settings: ImportSettings) -> Self {
        let settings = Rc::new(settings);
        let mut intake = RowIntake::new(Rc::clone(&settings));
        intake.set_delimiter(b',');
        Self {
            settings,
            intake,
            row: SheetRow::default(),
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// `Config`, where the sheet has more rows than an import takes.
    pub fn push(&mut self, row: &mut SheetRow) -> Result<()> {
        self.intake.row(&row.as_row());
        self.intake.check_limits()
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
            self.intake.row(&self.row.as_row());
            self.intake.check_limits()?;
        }
        Ok(())
    }

    /// Takes the whole workbook for one that cannot be read: its rows so far are forgotten. The sentence goes on after "The file".
    pub fn refuse(&mut self, sentence: &str) {
        let mut intake = RowIntake::new(Rc::clone(&self.settings));
        intake.refuse(sentence);
        self.intake = intake;
    }

    /// How far the import has come, in so many bytes of the workbook.
    pub fn progress(&self, bytes: u64) -> ImportProgress {
        self.intake.progress(bytes)
    }

    /// Reports what became of the rows.
    ///
    /// # Errors
    ///
    /// As [`SheetImport::push`].
    pub fn finish(self) -> Result<ImportReport> {
        self.intake.check_limits()?;
        Ok(self.intake.finish())
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
