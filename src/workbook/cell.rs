//! One cell: its element, and what that comes to.

use alloc::string::String;

use crate::workbook::fault::{Damage, Result, WorkbookFault};
use crate::workbook::format::number;
use crate::workbook::look::Clarity;
use crate::workbook::reference::{self, Range};
use crate::workbook::row::{CellKind, SheetRow};
use crate::workbook::shared::Shared;
use crate::workbook::strings::read_text;
use crate::workbook::xml::attributes::{self, Attributes};
use crate::workbook::xml::scanner::{Scanner, Token};
use crate::workbook::xml::text;

const CONTRADICTION: WorkbookFault = WorkbookFault::Damaged(Damage::Cells);
const REFERENCE: WorkbookFault = WorkbookFault::Damaged(Damage::Reference);

/// What a cell's `t` says its value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Type {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Boolean,
    Error,
    Date,
    /// A word that no spreadsheet writes.
    Unknown,
}

/// The cell that is being read.
#[derive(Default)]
pub(super) struct CellReader {
    style: u32,
    kind: Type,
    /// What stands in `v`, or in `is`.
    value: String,
    has_value: bool,
    has_formula: bool,
    /// Of a text that stands in the cell itself.
    clarity: Clarity,
    place: Option<(u32, u32)>,
    /// A range that holds all cells of formulas that fill several.
    arrays: Option<Range>,
    plain: String,
    /// What the cell shows.
    shown: String,
}

impl CellReader {
    /// Begins with a cell; where it says that it stands.
    pub(super) fn begin(&mut self, mut attributes: Attributes<'_>) -> Result<Option<(u32, u32)>> {
        self.style = 0;
        self.kind = Type::Number;
        self.value.clear();
        self.has_value = false;
        self.has_formula = false;
        self.clarity = Clarity::default();
        self.place = None;
        while let Some((name, value)) = attributes.next()? {
            match name {
                b"r" => self.place = Some(reference::cell(value).ok_or(CONTRADICTION)?),
                b"s" => self.style = attributes::number(value).ok_or(REFERENCE)?,
                b"t" => {
                    self.kind = match value {
                        b"s" => Type::Shared,
                        b"n" => Type::Number,
                        b"str" => Type::Text,
                        b"inlineStr" => Type::Inline,
                        b"b" => Type::Boolean,
                        b"e" => Type::Error,
                        b"d" => Type::Date,
                        _ => Type::Unknown,
                    }
                }
                _ => {}
            }
        }
        Ok(self.place)
    }

    /// Begins with a cell that holds a number, of ASCII alone.
    pub(super) fn begin_number(&mut self, style: u32, number: &[u8]) {
        self.style = style;
        self.kind = Type::Number;
        self.value.clear();
        let number = core::str::from_utf8(number).unwrap_or_default();
        self.value.push_str(number);
        self.has_value = true;
        self.has_formula = false;
    }

    /// Reads what stands in the cell.
    pub(super) fn read(&mut self, scanner: &mut Scanner) -> Result<()> {
        let outside = scanner.depth().saturating_sub(1);
        let inside = scanner.depth();
        let mut is_value = false;
        loop {
            match scanner.next()? {
                Token::Text(raw) if is_value => text::push(raw, &mut self.value)?,
                Token::Plain(raw) if is_value => text::push_plain(raw, &mut self.value)?,
                Token::Open {
                    name: b"v",
                    is_empty,
                    ..
                } => {
                    // A second one would be another value.
                    if self.has_value {
                        return Err(CONTRADICTION);
                    }
                    self.has_value = true;
                    is_value = !is_empty;
                }
                Token::Open {
                    name: b"f",
                    attributes,
                    is_empty,
                } => {
                    self.has_formula = true;
                    self.note_array(attributes)?;
                    if !is_empty {
                        scanner.skip()?;
                    }
                }
                Token::Open {
                    name: b"is",
                    is_empty: false,
                    ..
                } if self.kind == Type::Inline => {
                    self.has_value = true;
                    self.value.clear();
                    self.clarity = read_text(scanner, &mut self.value)?;
                }
                Token::Open {
                    is_empty: false, ..
                } => scanner.skip()?,
                Token::Close(depth) if depth == outside => return Ok(()),
                Token::Close(depth) if depth == inside => is_value = false,
                Token::End => return Err(CONTRADICTION),
                _ => {}
            }
        }
    }

    /// Notes the cells that a formula fills beside its own: they have no formula of theirs.
    fn note_array(&mut self, mut attributes: Attributes<'_>) -> Result<()> {
        let mut fills = false;
        let mut range = None;
        while let Some((name, value)) = attributes.next()? {
            match name {
                b"t" => fills = matches!(value, b"array" | b"dataTable"),
                b"ref" => range = Range::read(value),
                _ => {}
            }
        }
        let Some(range) = range.filter(|range| fills && range.is_wide()) else {
            return Ok(());
        };
        self.arrays = Some(match self.arrays {
            Some(before) => before.with(&range),
            None => range,
        });
        Ok(())
    }

    /// Adds the cell to the row, unless it is empty.
    pub(super) fn finish(
        &mut self,
        column: u32,
        shared: &Shared,
        row: &mut SheetRow,
    ) -> Result<()> {
        let count = row.spans.len();
        self.push(column, shared, row)?;
        if row.spans.len() > count && self.is_unclear(shared) {
            row.mark_unclear();
        }
        Ok(())
    }

    /// Whether what it holds, if anything, is struck through, or raised in part.
    fn is_unclear(&self, shared: &Shared) -> bool {
        let look = shared.styles.look(self.style);
        match self.kind {
            Type::Shared => self
                .shared_text()
                .is_some_and(|index| shared.is_unclear(index, self.style)),
            Type::Inline => look.is_struck || self.clarity.is_unclear(look),
            _ => look.is_struck,
        }
    }

    /// The place of the text among those that cells share.
    fn shared_text(&self) -> Option<u32> {
        attributes::number(self.value.trim_ascii().as_bytes())
    }

    fn push(&mut self, column: u32, shared: &Shared, row: &mut SheetRow) -> Result<()> {
        if !self.has_value && !self.has_formula {
            return Ok(());
        }
        if self.has_formula && (!self.has_value || self.value.is_empty() && self.kind != Type::Text)
        {
            row.push_no_value(column);
            return Ok(());
        }
        if self.value.is_empty() {
            return Ok(());
        }
        let mut kind = CellKind::Text;
        let text = match self.kind {
            Type::Shared => {
                let index = self.shared_text();
                let text = index.and_then(|index| shared.strings.get(index));
                let (from, length) = text.ok_or(REFERENCE)?;
                if length > 0 {
                    row.push(column, kind, (from, length));
                }
                return Ok(());
            }
            Type::Text => {
                text::unescape(&mut self.value, 0);
                self.value.as_str()
            }
            Type::Inline => self.value.as_str(),
            Type::Boolean => {
                kind = CellKind::Boolean;
                match self.value.trim_ascii() {
                    "1" | "true" => "TRUE",
                    "0" | "false" => "FALSE",
                    other => {
                        kind = CellKind::Error;
                        other
                    }
                }
            }
            Type::Error | Type::Unknown => {
                kind = CellKind::Error;
                self.value.as_str()
            }
            Type::Date => {
                self.shown.clear();
                kind = push_iso_date(self.value.trim_ascii(), &mut self.shown);
                self.shown.as_str()
            }
            Type::Number => return self.finish_number(column, shared, row),
        };
        if !text.is_empty() {
            row.push(column, kind, (text.as_bytes(), text.len()));
        }
        Ok(())
    }

    fn finish_number(&mut self, column: u32, shared: &Shared, row: &mut SheetRow) -> Result<()> {
        let format = shared.styles.format(self.style).ok_or(REFERENCE)?;
        self.plain.clear();
        if number::push(&self.value, &mut self.plain).is_none() {
            let text = (self.value.as_bytes(), self.value.len());
            row.push(column, CellKind::Error, text);
        } else if self.plain == "0" && self.is_computed(column, row.number) {
            // Programs that do not compute write a zero, as XlsxWriter does, or nothing.
            row.push_no_value(column);
        } else {
            self.shown.clear();
            let shown = format.show(&self.plain, shared.is_1904, &mut self.shown);
            let text = (self.shown.as_bytes(), self.shown.len());
            row.push(column, shown.kind, text);
            if let Some(span) = row.spans.last_mut() {
                span.is_otherwise = shown.is_otherwise;
            }
            if !shown.unit.is_empty() {
                row.push_unit(shown.unit);
            }
        }
        Ok(())
    }

    /// Returns whether the cell is a formula's result.
    fn is_computed(&self, column: u32, row: u32) -> bool {
        self.has_formula || self.arrays.is_some_and(|range| range.holds(column, row))
    }
}

/// Appends a date of ISO 8601, as "strict" workbooks may have it.
fn push_iso_date(text: &str, out: &mut String) -> CellKind {
    let bytes = text.as_bytes();
    let is_date = |date: &[u8; 10]| {
        date.iter().zip(0..).all(|(byte, place)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let Some((date, rest)) = bytes.split_first_chunk().filter(|(date, _)| is_date(date)) else {
        out.push_str(text);
        return CellKind::Error;
    };
    let is_time = |time: &[u8; 9]| {
        time.iter().zip(0..).all(|(byte, place)| match place {
            0 => *byte == b'T',
            3 | 6 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    };
    let time = rest.first_chunk().filter(|time| is_time(time));
    if time.is_none() && !rest.is_empty() {
        out.push_str(text);
        return CellKind::Error;
    }
    for byte in date {
        out.push(char::from(*byte));
    }
    match time {
        Some(time) if time != b"T00:00:00" => {
            for byte in time {
                out.push(char::from(*byte));
            }
            CellKind::DateTime
        }
        _ => CellKind::Date,
    }
}
