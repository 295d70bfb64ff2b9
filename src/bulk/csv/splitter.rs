//! Rows of cells out of a text that arrives in pieces, cut anywhere.
//!
//! RFC 4180 and what spreadsheets make of it: any of three delimiters, LF, CRLF or CR, spaces around quotes. What a quoted cell
//! holds is never read as rows, even where its quotes are wrong: a row that is not clear is handed out as one with a [`Fault`],
//! whole lines of it, and reading goes on behind them. So text that somebody else wrote into a cell cannot become a payment.

use alloc::vec::Vec;
use core::mem;

use crate::bulk::csv::fast_split::{FAST_CELLS, Needles, split_fast};
use crate::bulk::csv::row::{CELLS, Cell, CellKind, Content, Fault, KEPT, ROW, Row};
use crate::bulk::csv::scan::find;

/// Bytes that are read at a time where a row is not on the fast path: what is held is bounded, however large the pieces are.
const STEP: usize = 512;

/// What takes a row; false of one that it wants split exactly, which it may say of [`Content::Escaped`] alone.
type Each<'a> = dyn FnMut(&Row<'_>) -> bool + 'a;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before a cell, or in the space before its quote.
    Start,
    Plain,
    Quoted,
    /// Behind a quote that closes the cell, unless another follows.
    Quote,
    /// Behind a closed cell.
    Closed,
}

/// What splits a text into rows; it can stop and go on at every byte.
#[derive(Debug)]
pub(in crate::bulk) struct Splitter {
    delimiter: u8,
    needles: Needles,
    /// The cells of a row on the fast path.
    fast_cells: [Cell; FAST_CELLS],
    buffer: Vec<u8>,
    /// How far the buffer has been read.
    at: usize,
    /// Where the row began.
    start: usize,
    /// Where the row ended, before its line break.
    end: usize,
    state: State,
    cell: Cell,
    cells: Vec<Cell>,
    more_cells: bool,
    fault: Option<(Fault, usize)>,
    line: u32,
    first_line: u32,
    /// Whether the last byte was a carriage return, with which a line feed would be one line break.
    after_return: bool,
    /// Whether the row is over its limit and only its start is kept.
    cut: bool,
}

impl Splitter {
    pub(in crate::bulk) const fn new() -> Self {
        Self {
            delimiter: b',',
            needles: Needles::new(b','),
            fast_cells: [Cell::new(0, 0); FAST_CELLS],
            buffer: Vec::new(),
            at: 0,
            start: 0,
            end: 0,
            state: State::Start,
            cell: Cell::new(0, 0),
            cells: Vec::new(),
            more_cells: false,
            fault: None,
            line: 1,
            first_line: 1,
            after_return: false,
            cut: false,
        }
    }

    /// Decides what stands between cells, before anything is read.
    pub(in crate::bulk) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
        self.needles = Needles::new(delimiter);
    }

    /// Reads a piece of the text and hands out each row that ends in it.
    ///
    /// Rows are read where they stand. Only one that is not split on the fast path, or not there as a whole, goes through the buffer.
    pub(in crate::bulk) fn push(&mut self, mut text: &[u8], each: &mut Each<'_>) {
        while !text.is_empty() {
            if self.buffer.is_empty() {
                text = self.fast_rows(text, each);
            }
            let (step, rest) = text.split_at_checked(STEP).unwrap_or((text, &[]));
            self.buffer.extend_from_slice(step);
            if self.read() {
                self.hand_out(each);
                // What stands behind the row is read from the text again.
                let behind = self.buffer.len().saturating_sub(self.at);
                let read = step.len().saturating_sub(behind);
                text = text.get(read..).unwrap_or_default();
                self.begin();
            } else {
                text = rest;
                self.let_go();
            }
        }
    }

    /// Nothing is held.
    fn begin(&mut self) {
        self.buffer.clear();
        self.start = 0;
        self.at = 0;
        self.cell = Cell::new(0, 0);
    }

    /// Hands out the rows at the start of a text that are split on the fast path; what stands behind them.
    fn fast_rows<'a>(&mut self, mut text: &'a [u8], each: &mut Each<'_>) -> &'a [u8] {
        loop {
            if let (true, [b'\n', rest @ ..]) = (self.after_return, text) {
                text = rest;
                self.after_return = false;
            }
            let Some(row) = split_fast(text, &self.needles, &mut self.fast_cells) else {
                return text;
            };
            let last_line = self.line.saturating_add(row.breaks);
            let is_taken = each(&Row {
                bytes: text.get(..row.length).unwrap_or_default(),
                from: text,
                cells: self.fast_cells.get(..row.cells).unwrap_or_default(),
                line: self.line,
                last_line,
                more_cells: false,
                fault: None,
                is_hidden: false,
                content: row.content,
                filled: row.filled,
            });
            if !is_taken {
                return text;
            }
            self.line = last_line.saturating_add(1);
            self.first_line = self.line;
            self.after_return = row.after_return;
            text = text.get(row.behind..).unwrap_or_default();
        }
    }

    /// Hands out what stands behind the last line break.
    pub(in crate::bulk) fn finish(&mut self, each: &mut Each<'_>) {
        let end = self.buffer.len();
        match self.state {
            State::Quoted => {
                self.set_fault(Fault::Unclosed);
                self.end_cell(end);
            }
            State::Quote => self.end_cell(end.saturating_sub(1)),
            State::Closed => self.end_cell(self.cell.end),
            State::Start | State::Plain => self.end_cell(end),
        }
        self.at = end;
        self.end_row(end);
        self.hand_out(each);
    }

    /// Reads on until a row has ended; false where the text ends before.
    fn read(&mut self) -> bool {
        let between = [self.delimiter, b'\n', b'\r'];
        loop {
            match self.state {
                State::Start => match self.buffer.get(self.at) {
                    None => return false,
                    Some(b'\n') if self.after_return && self.at == self.start => {
                        self.skip();
                        self.start = self.at;
                        self.cell.start = self.at;
                        self.after_return = false;
                    }
                    Some(b'"') => {
                        self.skip();
                        self.cell.start = self.at;
                        self.state = State::Quoted;
                    }
                    Some(b' ') => self.skip(),
                    Some(_) => self.state = State::Plain,
                },
                State::Plain => {
                    let Some(end) = self.find(between) else {
                        return false;
                    };
                    self.end_cell(end);
                    if self.ends_row(end) {
                        return true;
                    }
                }
                State::Quoted => {
                    let Some(at) = self.find(*b"\"\n\r") else {
                        return false;
                    };
                    self.skip();
                    self.quoted(at);
                }
                State::Quote => match self.buffer.get(self.at) {
                    None => return false,
                    Some(b'"') => {
                        self.cell.kind = CellKind::Escaped;
                        self.skip();
                        self.state = State::Quoted;
                    }
                    Some(_) => {
                        self.cell.end = self.at.saturating_sub(1);
                        self.state = State::Closed;
                    }
                },
                State::Closed => {
                    let from = self.at;
                    let end = self.find(between);
                    let behind = self.buffer.get(from..self.at).unwrap_or_default();
                    if behind.iter().any(|byte| *byte != b' ') {
                        self.set_fault(Fault::Quotes);
                    }
                    let Some(end) = end else { return false };
                    self.end_cell(self.cell.end);
                    if self.ends_row(end) {
                        return true;
                    }
                }
            }
        }
    }

    /// Goes on to the first of three bytes, or to the end.
    fn find(&mut self, wanted: [u8; 3]) -> Option<usize> {
        let found = find(&self.buffer, self.at, wanted);
        self.at = found.unwrap_or(self.buffer.len());
        found
    }

    fn skip(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// What a quote or a line break inside quotes means.
    fn quoted(&mut self, at: usize) {
        let adjacent = at.checked_sub(1).and_then(|at| self.buffer.get(at)) == Some(&b'\r');
        match self.buffer.get(at) {
            Some(b'"') => self.state = State::Quote,
            // The second half of a line break.
            Some(b'\n') if adjacent => {}
            _ => self.line = self.line.saturating_add(1),
        }
    }

    fn end_cell(&mut self, end: usize) {
        if self.cells.len() >= CELLS {
            self.more_cells = true;
        } else if !self.cut {
            // By its fields: as a whole it would be read in other pieces than it was written in, for which a processor waits.
            self.cells.push(Cell {
                start: self.cell.start,
                end,
                kind: self.cell.kind,
            });
        }
        self.cell = Cell::new(self.at, self.at);
        self.state = State::Start;
    }

    /// Whether the byte behind a cell ends the row; it is skipped in any case.
    fn ends_row(&mut self, end: usize) -> bool {
        let byte = self.buffer.get(end).copied();
        self.skip();
        self.cell.start = self.at;
        if byte == Some(self.delimiter) {
            return false;
        }
        self.after_return = byte == Some(b'\r');
        self.end_row(end);
        true
    }

    fn end_row(&mut self, end: usize) {
        self.end = end;
        if end.saturating_sub(self.start) > ROW {
            self.over_limit();
        }
    }

    fn set_fault(&mut self, fault: Fault) {
        let cell = self.cells.len();
        self.fault.get_or_insert((fault, cell));
    }

    /// Notes that the row is too large.
    fn over_limit(&mut self) {
        if !self.cut {
            let limit = self.start.saturating_add(ROW);
            let before = self.cells.iter().take_while(|cell| cell.end <= limit);
            self.fault = Some((Fault::TooLarge, before.count()));
        }
        self.cut = true;
        self.cells.clear();
        self.more_cells = false;
    }

    fn hand_out(&mut self, each: &mut Each<'_>) {
        let start = self.start;
        let from = self.buffer.get_mut(start..).unwrap_or_default();
        let mut length = self.end.saturating_sub(start).min(from.len());
        if self.cut {
            length = length.min(KEPT);
        }
        for cell in &mut self.cells {
            cell.start = cell.start.saturating_sub(start);
            cell.end = cell.end.saturating_sub(start);
            if cell.kind == CellKind::Escaped && self.fault.is_none() {
                undouble(from, cell);
            }
        }
        // A line with no character on it is no row.
        if length > 0 {
            each(&Row {
                bytes: from.get(..length).unwrap_or_default(),
                from,
                cells: &self.cells,
                line: self.first_line,
                last_line: self.line,
                more_cells: self.more_cells,
                fault: self.fault,
                is_hidden: false,
                content: Content::Unknown,
                filled: 0,
            });
        }
        self.start = self.at;
        self.cell = Cell::new(self.at, self.at);
        self.cells.clear();
        self.more_cells = false;
        self.fault = None;
        self.cut = false;
        self.line = self.line.saturating_add(1);
        self.first_line = self.line;
    }

    /// Drops what was handed out, and what is too much of a row that has not ended.
    fn let_go(&mut self) {
        if !self.cut && self.buffer.len().saturating_sub(self.start) > ROW {
            self.over_limit();
        }
        let gone = mem::take(&mut self.start);
        self.buffer.drain(..gone);
        self.at = self.at.saturating_sub(gone);
        for cell in self.cells.iter_mut().chain([&mut self.cell]) {
            cell.start = cell.start.saturating_sub(gone);
            cell.end = cell.end.saturating_sub(gone);
        }
        if self.cut {
            // The start for the report, and the last byte, which may be half of a line break.
            let last = self.buffer.len().saturating_sub(1);
            self.buffer.drain(KEPT.min(last)..last);
            self.at = self.buffer.len();
        }
    }
}

/// Makes one quote of each two, in place; what becomes free behind them stays ASCII.
fn undouble(bytes: &mut [u8], cell: &mut Cell) {
    let Some(inside) = bytes.get_mut(cell.start..cell.end) else {
        return;
    };
    let mut length = 0_usize;
    let mut second = false;
    for at in 0..inside.len() {
        let byte = inside.get(at).copied().unwrap_or_default();
        second = byte == b'"' && !second;
        if second {
            continue;
        }
        if let Some(slot) = inside.get_mut(length) {
            *slot = byte;
        }
        length = length.saturating_add(1);
    }
    inside.iter_mut().skip(length).for_each(|byte| *byte = b' ');
    cell.end = cell.start.saturating_add(length);
}
