//! Columns that nothing is read from, where they say something of money or of a count that would be passed over in silence.

use alloc::vec::Vec;

use crate::amount::currency::{self, Currency, UNKNOWN};
use crate::bulk::columns::fields::{QUANTITY, VALUE, bit};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::speech::Speech;
use crate::bulk::csv::row::{Cell, CellKind, Cells, clean};
use crate::bulk::line::cell_speech::{
    CellSpeech, is_amount, is_count, narrowed, only_currency, whole,
};
use crate::bulk::line::line_issue::LineIssue;
use crate::bulk::line::source::Source;

/// The columns that nothing is read from, and of which the caller does not speak.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Unread {
    columns: Vec<Column>,
    /// Whether something stands for a value where no cell says it, and how many cards would be counted.
    value: bool,
    quantity: Option<u64>,
    /// Whether rows were taken out of the file, so that the numbers of those left have gaps.
    has_gaps: bool,
}

#[derive(Debug)]
struct Column {
    index: usize,
    speech: Speech,
    numbering: Numbering,
}

/// Numbers of rows, which go up by one with each row or each line.
#[derive(Clone, Copy, Debug, Default)]
struct Numbering {
    line: u32,
    number: u64,
    is_broken: bool,
}

/// What a row is, as far as that matters here.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Asked<'a> {
    pub(in crate::bulk) cells: Cells<'a>,
    pub(in crate::bulk) line: u32,
    /// The amount and the quantity, each as its bit, where the row has a cell for it, or one without a value.
    pub(in crate::bulk) filled: u32,
}

impl Unread {
    pub(in crate::bulk) fn of(header: &Header, sources: &[Source]) -> Self {
        let mut unread = Self {
            has_gaps: header.reason.is_some(),
            ..Self::default()
        };
        for source in sources {
            match source.field {
                VALUE => unread.value = source.default_length > 0,
                QUANTITY => unread.quantity = whole(source.default()),
                _ => {}
            }
        }
        for (index, speech) in &header.unread {
            unread.columns.push(Column {
                index: *index,
                speech: *speech,
                numbering: Numbering::default(),
            });
        }
        unread
    }

    /// Whether there is anything to be asked of a row.
    pub(in crate::bulk) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether one of its cells is not read as it stands.
    pub(in crate::bulk) fn is_escaped(&self, cells: &[Cell]) -> bool {
        let mut cells = self.columns.iter().map(|column| cells.get(column.index));
        cells.any(|cell| cell.is_some_and(|cell| cell.kind != CellKind::Text))
    }

    /// The currency that a row names beside its amount, and the column that does.
    ///
    /// # Errors
    ///
    /// A column that says something else than the default that stands for the row; a column of currencies that names none that is known, or
    /// another than a column before it.
    pub(in crate::bulk) fn ask(
        &mut self,
        asked: Asked<'_>,
    ) -> Result<Option<(usize, Currency)>, LineIssue> {
        let value = self.value && asked.filled & bit(VALUE) == 0;
        let quantity = self.quantity.filter(|_| asked.filled & bit(QUANTITY) == 0);
        let (mut default, mut other, mut found) = (None, None, None);
        for column in &mut self.columns {
            let text = clean(asked.cells.get(column.index));
            if text.is_empty() {
                continue;
            }
            let wide = narrowed(text);
            let text = wide.as_deref().unwrap_or(text);
            let number = whole(text);
            let is_numbering =
                column.speech.number && column.numbering.goes_on(asked.line, number, self.has_gaps);
            if value && column.speaks_of_money(text) {
                default = default.or(Some((VALUE, column.index)));
            } else if let Some(quantity) = quantity
                && !is_numbering
                && column.speaks_of_count(text, number, quantity)
            {
                default = default.or(Some((QUANTITY, column.index)));
            }
            let named = only_currency(text, column.speech.currency);
            let before = found.map_or(UNKNOWN, |(_, before)| before);
            match named.map(|named| currency::named(named, before)) {
                Some(Some(both)) => found = Some((column.index, both)),
                None if !column.speech.currency => {}
                _ => other = other.or(Some(column.index)),
            }
        }
        if let Some((field, column)) = default {
            return Err(LineIssue::unread(field, column));
        }
        other.map_or(Ok(found), |column| Err(LineIssue::other_currency(column)))
    }
}

impl Column {
    fn speaks_of_money(&self, cell: &str) -> bool {
        let Speech {
            money,
            count,
            currency,
            number,
            other,
        } = self.speech;
        let is_silent = |byte: u8| matches!(byte, b'0'..=b'9' | b'-' | b'/' | b':');
        let is_asked = money || currency;
        // Most cells are words, or ids, dates and phone numbers.
        if !cell.bytes().any(|byte| byte.is_ascii_digit())
            || !is_asked && cell.bytes().all(is_silent)
        {
            return false;
        }
        let said = CellSpeech::of(cell);
        said.money || is_asked && said.number || !other && !number && !count && is_amount(cell)
    }

    /// Whether a cell says another number of cards than the one that would stand for it.
    fn speaks_of_count(&self, cell: &str, number: Option<u64>, otherwise: u64) -> bool {
        /// Numbers from here on are ids, where nothing says that they count: nobody gets as many cards.
        const ID: u64 = 1_000;

        let Speech {
            count,
            number: may_count,
            ..
        } = self.speech;
        let counts = |number: u64| {
            number != otherwise && (count || may_count && number < ID && !cell.starts_with('0'))
        };
        number.map_or_else(|| is_count(cell), counts)
    }
}

impl Numbering {
    /// Whether the number on a line is the one that follows: the first is no more than that of its line, since rows before it may have been
    /// rejected. Asked again of the same line, it says the same.
    fn goes_on(&mut self, line: u32, number: Option<u64>, has_gaps: bool) -> bool {
        if self.line == line {
            return !self.is_broken;
        }
        let lines = u64::from(line.wrapping_sub(self.line));
        let follows = number.is_some_and(|number| match number.checked_sub(self.number) {
            _ if self.line == 0 => has_gaps || number <= u64::from(line),
            Some(step) => step == 1 || step == lines || has_gaps && step > 0,
            None => false,
        });
        self.is_broken |= !follows;
        (self.line, self.number) = (line, number.unwrap_or_default());
        !self.is_broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes_on(numbers: &[(u32, u64)], has_gaps: bool) -> Vec<bool> {
        let mut numbering = Numbering::default();
        let asked = numbers
            .iter()
            .map(|(line, number)| numbering.goes_on(*line, Some(*number), has_gaps));
        asked.collect()
    }

    #[test]
    fn numbers_of_rows_go_up_by_one_or_with_their_lines() {
        assert_eq!(goes_on(&[(2, 1), (3, 2), (4, 3)], false), [true; 3]);
        assert_eq!(goes_on(&[(2, 0), (3, 1)], false), [true; 2]);
        assert_eq!(goes_on(&[(2, 2), (3, 3), (7, 7)], false), [true; 3]);
        assert_eq!(goes_on(&[(2, 1), (5, 4), (6, 5)], false), [true; 3]);
        assert_eq!(goes_on(&[(2, 3), (3, 7), (4, 9)], true), [true; 3]);
        assert_eq!(goes_on(&[(4, 3), (5, 4)], false), [true; 2]);
        assert_eq!(goes_on(&[(2, 10), (3, 11)], false), [false; 2]);
        assert_eq!(
            goes_on(&[(2, 1), (3, 5), (4, 6)], false),
            [true, false, false]
        );
        assert_eq!(
            goes_on(&[(2, 1), (3, 1), (3, 1)], false),
            [true, false, false]
        );
    }
}
