//! The import of a sheet: rows of cells in, a report at last.
//!
//! A workbook's reader hands on what a person sees: a cell's text as it is shown, a currency as its code behind the amount
//! (`25.00 USD`), a date as `2026-12-24`, an error as its word (`#N/A`). What has no value is said to have none, so that no default
//! stands for it.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::fast_split::FAST_CELLS;
use crate::bulk::csv::row::{CELLS, Cell, CellKind, Content, Row};
use crate::bulk::import::progress::ImportProgress;
use crate::bulk::import::report::ImportReport;
use crate::bulk::import::row_intake::RowIntake;
use crate::error::Result;
use crate::json::Block;
use crate::sheet_rows::{Held, NOTE, RowReader, SheetRow};

/// A row of a sheet, whose cells stand in memory that was made for the one before.
fn as_row<'r>(row: &SheetRow<'r>, cells: &'r mut Vec<Cell>, accepts_hidden: bool) -> Row<'r> {
    cells.clear();
    let (mut length, mut filled, mut more_cells) = (0, 0, false);
    let mut content = if row.is_hidden {
        Content::Unknown
    } else {
        Content::Ascii
    };
    for sheet_cell in row.cells() {
        let column = usize::from(sheet_cell.column);
        let is_empty = sheet_cell.end <= sheet_cell.start;
        if column >= CELLS {
            more_cells |= !is_empty || sheet_cell.held != Held::Text;
            content = Content::Unknown;
            continue;
        }
        while cells.len() < column {
            cells.push(Cell::new(length, length));
        }
        let mut cell = Cell::new(sheet_cell.start, sheet_cell.end);
        cell.kind = kind(sheet_cell.held, accepts_hidden);
        cells.push(cell);
        length = sheet_cell.end;
        if column >= FAST_CELLS || cell.kind != CellKind::Text {
            content = Content::Unknown;
        } else {
            filled |= u64::from(!is_empty) << column;
        }
    }
    if content == Content::Ascii {
        content = content_of(row.texts, length);
    }
    Row {
        bytes: row.texts.get(..length).unwrap_or_default(),
        from: row.texts,
        cells,
        line: row.number,
        last_line: row.number,
        more_cells,
        fault: None,
        is_hidden: row.is_hidden,
        content,
        filled,
    }
}

/// What is known of so many bytes of a text that goes on behind them: see [`Content`].
fn content_of(from: &[u8], length: usize) -> Content {
    let (mut high, mut odd) = (0, 0);
    let mut left = length;
    for block in from.as_chunks().0 {
        if left == 0 {
            break;
        }
        let block = Block::from(block);
        let is_text = 0xFFFF_u32 >> 16_usize.saturating_sub(left);
        left = left.saturating_sub(16);
        high |= block.high() & is_text;
        odd |= block.special() & !block.high() & is_text;
    }
    match (odd | u32::from(left > 0), high) {
        (0, 0) => Content::Ascii,
        (0, _) => Content::Unicode,
        _ => Content::Unknown,
    }
}

/// A sheet that is being read.
#[derive(Debug)]
pub struct SheetImport {
    settings: Rc<ImportSettings>,
    intake: RowIntake,
    cells: Vec<Cell>,
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
            cells: Vec::new(),
        }
    }

    /// Reads rows as they come from a workbook.
    ///
    /// # Errors
    ///
    /// `Config`, where the sheet has more rows than an import takes.
    pub fn push_rows(&mut self, rows: &[u8]) -> Result<()> {
        let mut reader = RowReader::new(rows);
        while let Some(row) = reader.row() {
            if row.number == NOTE {
                let sentence = row.cells().next().and_then(|cell| row.text(&cell));
                self.intake.note(sentence.unwrap_or_default());
                continue;
            }
            let accepts_hidden = self.settings.accepts_hidden;
            self.intake
                .row(&as_row(&row, &mut self.cells, accepts_hidden));
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
    /// As [`SheetImport::push_rows`].
    pub fn finish(self) -> Result<ImportReport> {
        self.intake.check_limits()?;
        Ok(self.intake.finish())
    }
}

/// What a cell of a workbook is to the import.
const fn kind(held: Held, accepts_hidden: bool) -> CellKind {
    match held {
        Held::Hidden if !accepts_hidden => CellKind::Hidden,
        Held::Text | Held::Hidden => CellKind::Text,
        Held::NoValue => CellKind::Formula,
        Held::Covered => CellKind::Covered,
        Held::Error => CellKind::Error,
        Held::Otherwise => CellKind::Otherwise,
    }
}
