//! A row of a sheet, as its cells show what they hold.

use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::workbook::columns::HiddenColumns;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// A number in plain digits, or the digits that its format shows: `25.1`, `02134`.
    Number,
    /// A percentage, its sign included: `50%`.
    Percent,
    /// A day: `2026-12-24`.
    Date,
    /// A day and a time of it, without a time zone: `2026-12-24T09:30:00`.
    DateTime,
    /// A time of day, or hours that have passed: `09:30:00`.
    Time,
    /// `TRUE` or `FALSE`.
    Boolean,
    /// What could not be computed, such as `#N/A`.
    Error,
    /// A formula whose result is not there. It has no text.
    NoValue,
}

/// A cell that is not empty.
#[derive(Clone, Copy)]
pub struct Cell<'r> {
    /// Its column, from 0.
    pub column: u32,
    /// What it holds.
    pub kind: CellKind,
    /// What it shows, without the unit.
    pub text: &'r str,
    /// What a number's format shows beside it: a currency's sign or code, or any other word. Empty where there is none.
    pub unit: &'r str,
    /// Whether a person sees another number than the cell holds: rounded, in thousands, a date without its time, or nothing.
    pub is_otherwise: bool,
    /// Whether some of it is struck through, or a letter or a digit of it is raised beside others: not all of what the text says is meant so.
    pub is_unclear: bool,
    /// Whether a person does not see its column.
    pub is_hidden: bool,
}

/// Where a cell's text stands, and behind it, after a space, its unit.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) column: u32,
    pub(super) kind: CellKind,
    pub(super) is_otherwise: bool,
    pub(super) is_unclear: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) behind: usize,
}

/// A row in which a cell holds something.
#[derive(Default)]
pub struct SheetRow {
    pub(super) number: u32,
    pub(super) is_hidden: bool,
    pub(super) text: Buffer,
    pub(super) spans: Vec<Span>,
    pub(super) covered: Vec<(u32, u32)>,
    /// Of all rows of the sheet.
    pub(super) hidden: HiddenColumns,
}

impl SheetRow {
    /// Its number in the sheet, from 1.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Returns whether it is hidden or filtered out.
    pub const fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// Its cells from left to right, without empty ones and those that another one covers.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.spans.iter().map(|span| Cell {
            column: span.column,
            kind: span.kind,
            text: self.text_of(span.start, span.end),
            unit: self.text_of(span.end.saturating_add(1), span.behind),
            is_otherwise: span.is_otherwise,
            is_unclear: span.is_unclear,
            is_hidden: self.hidden.has(span.column),
        })
    }

    fn text_of(&self, start: usize, end: usize) -> &str {
        let text = self.text.bytes().get(start..end).unwrap_or_default();
        core::str::from_utf8(text).unwrap_or_default()
    }

    /// Adds a cell that holds so many bytes of a text, behind which others may stand.
    #[inline]
    pub(super) fn push(&mut self, column: u32, kind: CellKind, (from, length): (&[u8], usize)) {
        let start = self.text.len();
        self.text.append_of(from, length);
        let end = self.text.len();
        self.spans.push(Span {
            column,
            kind,
            is_otherwise: false,
            is_unclear: false,
            start,
            end,
            behind: end,
        });
    }

    /// Notes of the last cell that its text is not clear. Of space that is struck through nothing is seen.
    #[cold]
    pub(super) fn mark_unclear(&mut self) {
        let text = self.spans.last().map(|span| (span.start, span.end));
        let is_seen = text.is_some_and(|(start, end)| !self.text_of(start, end).trim().is_empty());
        if let Some(last) = self.spans.last_mut() {
            last.is_unclear = is_seen;
        }
    }

    /// Adds a formula whose result is not there.
    pub(super) fn push_no_value(&mut self, column: u32) {
        let at = self.text.len();
        self.spans.push(Span {
            column,
            kind: CellKind::NoValue,
            is_otherwise: false,
            is_unclear: false,
            start: at,
            end: at,
            behind: at,
        });
    }

    /// Adds what stands beside the number of the last cell.
    pub(super) fn push_unit(&mut self, unit: &str) {
        self.text.put(b' ');
        self.text.append(unit.as_bytes());
        if let Some(last) = self.spans.last_mut() {
            last.behind = self.text.len();
        }
    }

    /// The columns of cells that a merged one covers, from left to right: what they show is another cell's.
    pub fn covered(&self) -> impl Iterator<Item = u32> {
        self.covered.iter().flat_map(|range| range.0..=range.1)
    }
}
