//! A row as its reader hands it on: bytes or text, and where each cell stands in them.

use crate::bulk::csv::cell::is_formula;
use crate::order::IssueCode;

/// Bytes of a row; a longer one is handed out with a fault, and only its start.
pub(in crate::bulk) const ROW: usize = 256 << 10;

/// Bytes that are kept of a row over [`ROW`].
pub(in crate::bulk) const KEPT: usize = 200;

/// Cells of a row that are looked at.
pub(in crate::bulk) const CELLS: usize = 1_000;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum CellKind {
    /// Its text, which may be empty.
    Text,
    /// A text in which two quotes stand for one, or that JSON writes otherwise: it has line breaks.
    Escaped,
    /// A formula of a sheet whose value the program that wrote the workbook has not worked out.
    Formula,
    /// Nothing of its own: a merged cell of the sheet covers it.
    Covered,
    /// What the sheet could not compute. Its text is the word for it.
    Error,
    /// What the sheet shows as something else than it holds: rounded, say, or struck through.
    Otherwise,
    /// A text in a column that a person does not see.
    Hidden,
}

/// Where a cell stands in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct Cell {
    pub(in crate::bulk) start: usize,
    pub(in crate::bulk) end: usize,
    pub(in crate::bulk) kind: CellKind,
}

impl Cell {
    pub(in crate::bulk) const fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            kind: CellKind::Text,
        }
    }
}

/// Why a row could not be split into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Fault {
    /// Something stands behind a closing quote.
    Quotes,
    /// The file ends inside quotes.
    Unclosed,
    /// More than [`ROW`] bytes.
    TooLarge,
}

impl Fault {
    pub(in crate::bulk) const fn code(self) -> IssueCode {
        match self {
            Self::Quotes => IssueCode::MalformedQuotes,
            Self::Unclosed => IssueCode::UnclosedQuote,
            Self::TooLarge => IssueCode::TooLarge,
        }
    }
}

/// What is known of a row's bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::bulk) enum Content {
    /// Printable ASCII without a backslash; quotes are around cells only.
    Ascii,
    /// That, and what is not ASCII.
    Unicode,
    /// That, and cells that are [`CellKind::Escaped`], as they stand in the file.
    Escaped,
    #[default]
    Unknown,
}

/// A row as it was split.
#[derive(Debug)]
pub(in crate::bulk) struct Row<'a> {
    /// The row's bytes, without its line break.
    pub(in crate::bulk) bytes: &'a [u8],
    /// The row's bytes, and those behind it that are there by now.
    pub(in crate::bulk) from: &'a [u8],
    /// At most [`CELLS`].
    pub(in crate::bulk) cells: &'a [Cell],
    /// The line of the file that the row began on, from 1.
    pub(in crate::bulk) line: u32,
    /// The line that it ended on.
    pub(in crate::bulk) last_line: u32,
    /// Cells beyond [`CELLS`], or anything in them.
    pub(in crate::bulk) more_cells: bool,
    /// The fault, and the cell in which it is.
    pub(in crate::bulk) fault: Option<(Fault, usize)>,
    /// Whether it is a row of a sheet that a person does not see: hidden, or filtered out.
    pub(in crate::bulk) is_hidden: bool,
    pub(in crate::bulk) content: Content,
    /// A bit for each of the first 64 cells that has anything in it, where the content is known.
    pub(in crate::bulk) filled: u64,
}

/// The cells of a row, as text.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::bulk) struct Cells<'a> {
    pub(in crate::bulk) text: &'a str,
    pub(in crate::bulk) places: &'a [Cell],
}

impl<'a> Cells<'a> {
    pub(in crate::bulk) fn get(self, column: usize) -> &'a str {
        let cell = self.places.get(column);
        cell.and_then(|cell| self.text.get(cell.start..cell.end))
            .unwrap_or_default()
    }
}

/// A cell without the guards that programs put before a text, and without what cannot be seen around it: the apostrophe of
/// [`crate::bulk::csv::cell`] and of Excel's texts (`'02134`), and `="02134"`.
pub(in crate::bulk) fn clean(cell: &str) -> &str {
    let cell = match cell.as_bytes() {
        [b'\'', behind @ ..] if is_formula(behind) => cell.get(1..).unwrap_or_default(),
        _ => cell,
    };
    let cell = trimmed(cell);
    match cell.as_bytes() {
        [b'\'', b'0'..=b'9', rest @ ..]
            if rest
                .iter()
                .all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'.' | b'-')) =>
        {
            trimmed(cell.get(1..).unwrap_or_default())
        }
        [b'=', b'"', .., b'"'] if cell.len() > 2 => trimmed(
            cell.get(2..cell.len().saturating_sub(1))
                .unwrap_or_default(),
        ),
        _ => cell,
    }
}

fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim_matches(|character: char| character.is_whitespace() || is_unseen(character)),
    }
}

/// Whether nothing is seen of a character, not even a space.
pub(in crate::bulk) const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}
