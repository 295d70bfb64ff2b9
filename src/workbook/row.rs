//! A row of a sheet, as its cells show what they hold.

use alloc::string::String;
use alloc::vec::Vec;

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
}

/// Where a cell's text and unit stand.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) column: u32,
    pub(super) kind: CellKind,
    pub(super) is_otherwise: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) behind: usize,
}

/// A row in which a cell holds something.
#[derive(Default)]
pub struct SheetRow {
    pub(super) number: u32,
    pub(super) is_hidden: bool,
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    pub(super) covered: Vec<(u32, u32)>,
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
            text: self.text.get(span.start..span.end).unwrap_or_default(),
            unit: self.text.get(span.end..span.behind).unwrap_or_default(),
            is_otherwise: span.is_otherwise,
        })
    }

    /// The columns of cells that a merged one covers, from left to right: what they show is another cell's.
    pub fn covered(&self) -> impl Iterator<Item = u32> {
        self.covered.iter().flat_map(|range| range.0..=range.1)
    }
}
