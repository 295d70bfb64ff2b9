//! The rows of a sheet, one after the other.

use alloc::rc::Rc;
use alloc::string::String;
use core::fmt;

use crate::sheet_rows::RowWriter;
use crate::workbook::cell::CellReader;
use crate::workbook::columns::is_zero;
use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::format::number;
use crate::workbook::limits;
use crate::workbook::merged::Merged;
use crate::workbook::row::{CellKind, SheetRow};
use crate::workbook::shared::Shared;
use crate::workbook::survey::Survey;
use crate::workbook::usual::{UsualCell, Value};
use crate::workbook::xml::attributes::{self, Attributes, is_true};
use crate::workbook::xml::scanner::{Scanner, Token};

const CONTRADICTION: WorkbookFault = WorkbookFault::Damaged(Damage::Cells);

/// The rows of a sheet that hold something, from top to bottom.
pub struct Rows {
    scanner: Scanner,
    shared: Rc<Shared>,
    merged: Merged,
    cells: CellReader,
    pub(super) row: SheetRow,
    /// Where rows are put together that are handed on.
    pub(super) batch: RowWriter,
    /// What is to be said of the file in front of its rows.
    pub(super) note: Option<String>,
    /// Elements `row` that have been read, and that are to be read.
    count: u32,
    last: u32,
    /// Whether the sheet has been looked at [quickly](Survey::quick) alone.
    is_quick: bool,
    /// Bytes that cells have held so far.
    total: usize,
}

impl fmt::Debug for Rows {
    /// Without what the cells hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rows")
    }
}

impl Rows {
    pub(super) fn new(scanner: Scanner, survey: Survey, shared: Rc<Shared>) -> Self {
        Self {
            scanner,
            shared,
            merged: survey.merged,
            cells: CellReader::default(),
            row: SheetRow::default(),
            batch: RowWriter::default(),
            note: None,
            count: 0,
            last: survey.last,
            is_quick: survey.is_quick,
            total: 0,
        }
    }

    /// The next row; nothing behind the last.
    ///
    /// # Errors
    ///
    /// Where the sheet is damaged, contradicts itself or is over a limit. What was handed out before must not be used then.
    pub fn next_row(&mut self) -> Result<Option<&SheetRow>> {
        Ok(self.has_next()?.then_some(&self.row))
    }

    /// Goes on to the next row; false behind the last.
    pub(super) fn has_next(&mut self) -> Result<bool> {
        match self.read_row() {
            Err(fault) if self.is_quick => self.judge(fault),
            read => read,
        }
    }

    /// What a survey of the whole sheet would have said before its first row: what is wrong with it, or that its rows end above this one.
    #[cold]
    fn judge(&mut self, fault: WorkbookFault) -> Result<bool> {
        self.is_quick = false;
        self.scanner.restart()?;
        self.last = Survey::of(&mut self.scanner)?.last;
        if self.count > self.last {
            Ok(false)
        } else {
            Err(fault)
        }
    }

    fn read_row(&mut self) -> Result<bool> {
        while self.count < self.last {
            let (height, is_empty) = match self.scanner.next()? {
                Token::Open {
                    name: b"row",
                    attributes,
                    is_empty,
                } => {
                    self.count = self.count.saturating_add(1);
                    (Height::read(attributes)?, is_empty)
                }
                Token::End => {
                    // Rows inside of others would have been counted.
                    if self.scanner.rows() == self.count {
                        self.last = self.count;
                        return Ok(false);
                    }
                    self.count = self.count.saturating_add(1);
                    return Err(CONTRADICTION);
                }
                // They stand in front of the rows.
                Token::Open {
                    name: b"col",
                    attributes,
                    ..
                } => {
                    self.row.hidden.note(attributes)?;
                    continue;
                }
                _ => continue,
            };
            self.begin(&height)?;
            if !is_empty {
                self.read_cells()?;
            }
            if !self.row.spans.is_empty() {
                self.total = self.total.saturating_add(self.row.text.len());
                if self.total > limits::HELD {
                    return Err(WorkbookFault::TooLarge(Limit::Sheet));
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn begin(&mut self, height: &Height) -> Result<()> {
        let next = self.row.number.saturating_add(1);
        let number = height.number.unwrap_or(next);
        if number < next {
            return Err(CONTRADICTION);
        }
        if number > limits::ROWS {
            return Err(WorkbookFault::TooLarge(Limit::Sheet));
        }
        self.row.number = number;
        self.row.is_hidden = height.is_hidden;
        self.row.text.clear();
        self.row.spans.clear();
        self.row.covered.clear();
        self.merged.go_to(number)?;
        for range in self.merged.here() {
            let is_first = range.first_row == number;
            let first = range.first_column.saturating_add(u32::from(is_first));
            if first <= range.last_column {
                self.row.covered.push((first, range.last_column));
            }
        }
        Ok(())
    }

    fn read_cells(&mut self) -> Result<()> {
        let outside = self.scanner.depth().saturating_sub(1);
        let mut next = 0_u32;
        // The ranges of covered cells that end on the left of the cell.
        let mut passed = 0_usize;
        // Whether no cell of the row is covered.
        let is_bare = self.row.covered.is_empty();
        loop {
            if is_bare && let Some(column) = self.read_usual_cell(next)? {
                next = column.saturating_add(1);
                continue;
            }
            let column = match self.scanner.next()? {
                Token::Open {
                    name: b"c",
                    attributes,
                    is_empty,
                } => {
                    let reference = self.cells.begin(attributes)?;
                    let column = match reference {
                        Some((column, row)) if row == self.row.number => column,
                        Some(_) => return Err(CONTRADICTION),
                        None => next,
                    };
                    if column < next {
                        return Err(CONTRADICTION);
                    }
                    if column >= limits::COLUMNS {
                        return Err(WorkbookFault::TooLarge(Limit::Sheet));
                    }
                    if !is_empty {
                        self.cells.read(&mut self.scanner)?;
                    }
                    column
                }
                Token::Close(depth) if depth == outside => return Ok(()),
                Token::End => return Err(CONTRADICTION),
                _ => continue,
            };
            next = column.saturating_add(1);
            let covered = &self.row.covered;
            while covered.get(passed).is_some_and(|range| range.1 < column) {
                passed = passed.saturating_add(1);
            }
            if covered.get(passed).is_some_and(|range| range.0 <= column) {
                continue;
            }
            self.cells.finish(column, &self.shared, &mut self.row)?;
            self.check_row()?;
        }
    }

    fn check_row(&self) -> Result<()> {
        if self.row.text.len() > limits::ROW {
            return Err(WorkbookFault::TooLarge(Limit::Sheet));
        }
        Ok(())
    }

    /// Reads the next cell where it is written as most are, in a column from that one on, and returns its column.
    #[inline]
    fn read_usual_cell(&mut self, first: u32) -> Result<Option<u32>> {
        let Some(cell) = UsualCell::read(self.scanner.ahead(), self.row.number) else {
            return Ok(None);
        };
        let UsualCell { column, size, .. } = cell;
        if column < first {
            return Ok(None);
        }
        match cell.value {
            Value::Nothing => {}
            Value::Shared(index) => match self.shared.strings.get(index) {
                Some((_, 0)) => {}
                Some(text) => {
                    self.row.push(column, CellKind::Text, text);
                    if self.shared.is_unclear(index, cell.style) {
                        self.row.mark_unclear();
                    }
                }
                None => return Ok(None),
            },
            Value::Number(digits) => {
                if number::is_as_shown(digits) && self.shared.styles.is_general(cell.style) {
                    let text = (digits, digits.len());
                    self.row.push(column, CellKind::Number, text);
                } else {
                    self.cells.begin_number(cell.style, digits);
                    self.cells.finish(column, &self.shared, &mut self.row)?;
                }
            }
        }
        self.scanner.pass(size);
        self.check_row()?;
        Ok(Some(column))
    }
}

/// What a row says of itself.
struct Height {
    number: Option<u32>,
    is_hidden: bool,
}

impl Height {
    fn read(mut attributes: Attributes<'_>) -> Result<Self> {
        let mut row = Self {
            number: None,
            is_hidden: false,
        };
        while let Some((name, value)) = attributes.next()? {
            match name {
                b"r" => {
                    let number = attributes::number(value).filter(|number| *number > 0);
                    row.number = Some(number.ok_or(CONTRADICTION)?);
                }
                b"hidden" => row.is_hidden |= is_true(value),
                // One without height cannot be seen either.
                b"ht" => row.is_hidden |= is_zero(value),
                _ => {}
            }
        }
        Ok(row)
    }
}
