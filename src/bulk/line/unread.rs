//! Columns that nothing is read from, where they say something of money or of a count that would be passed over in silence.

use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::{self, Currency, UNKNOWN};
use crate::bulk::columns::fields::{QUANTITY, VALUE};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::speech::Speech;
use crate::bulk::csv::row::{Cells, clean};
use crate::bulk::line::line_issue::LineIssue;
use crate::bulk::line::source::Source;
use crate::bulk::line::spoken::{Said, is_amount, is_count, only_currency, whole};

/// The columns that nothing is read from, and of which the caller does not speak.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Unread {
    columns: Vec<Column>,
    /// What stands for a value and for a quantity where no cell says it; nothing where none does.
    value: Option<String>,
    quantity: Option<String>,
    /// Whether rows were taken out of the file, so that the numbers of those left have gaps.
    has_gaps: bool,
}

#[derive(Debug)]
struct Column {
    index: usize,
    speech: Speech,
    numbering: Numbering,
    /// The cell before, and the currency that it is: mostly there is one in a file.
    known: (String, Option<Currency>),
}

/// Numbers of rows, which go up by one with each row or each line.
#[derive(Clone, Copy, Debug, Default)]
struct Numbering {
    line: u32,
    number: u64,
    is_broken: bool,
}

impl Unread {
    pub(in crate::bulk) fn of(header: &Header, sources: &[Source]) -> Self {
        let default = |field: usize| {
            let source = sources.iter().find(|source| source.field == field);
            let default = source.filter(|source| source.default_length > 0);
            default.map(|source| String::from(source.default()))
        };
        let columns = header.unread.iter().map(|(index, speech)| Column {
            index: *index,
            speech: *speech,
            numbering: Numbering::default(),
            known: (String::new(), None),
        });
        Self {
            columns: columns.collect(),
            value: default(VALUE),
            quantity: default(QUANTITY),
            has_gaps: header.reason.is_some(),
        }
    }

    /// Whether there is anything to be asked of a row.
    pub(in crate::bulk) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// What is wrong with a row for which a default stands, though a column that is not read says something else. `is_filled` tells of a
    /// field whether the row has a cell for it, or one without a value.
    pub(in crate::bulk) fn stands_for<'a>(
        &mut self,
        line: u32,
        cell: &dyn Fn(usize) -> &'a str,
        is_filled: &dyn Fn(usize) -> bool,
    ) -> Option<LineIssue> {
        let value = self.value.as_deref().filter(|_| !is_filled(VALUE));
        let quantity = self.quantity.as_deref().filter(|_| !is_filled(QUANTITY));
        let mut found = None;
        for column in &mut self.columns {
            let text = cell(column.index);
            if text.is_empty() || found.is_some() && !column.speech.number {
                continue;
            }
            let is_numbering =
                column.speech.number && column.numbering.goes_on(line, whole(text), self.has_gaps);
            if value.is_some() && column.speaks_of_money(text) {
                found = Some((VALUE, column.index));
            } else if quantity.is_some_and(|quantity| column.speaks_of_count(text, quantity))
                && !is_numbering
            {
                found = Some((QUANTITY, column.index));
            }
        }
        found.map(|(field, column)| LineIssue::unread(field, column))
    }

    /// The currency that the row names beside its amount, and the column that does.
    ///
    /// # Errors
    ///
    /// A column of currencies that names none that is known, or another than a column before it.
    pub(in crate::bulk) fn currency<'a>(
        &mut self,
        cell: &dyn Fn(usize) -> &'a str,
    ) -> Result<Option<(usize, Currency)>, LineIssue> {
        let mut found: Option<(usize, Currency)> = None;
        for column in &mut self.columns {
            let text = cell(column.index);
            if text.is_empty() {
                continue;
            }
            let Some(named) = column.currency(text) else {
                if column.speech.currency && Said::of(text) == Said::default() {
                    return Err(LineIssue::other_currency(column.index));
                }
                continue;
            };
            let before = found.map_or(UNKNOWN, |(_, before)| before);
            let both = currency::named(named, before);
            found = Some((
                column.index,
                both.ok_or_else(|| LineIssue::other_currency(column.index))?,
            ));
        }
        Ok(found)
    }
}

impl Column {
    fn speaks_of_money(&self, cell: &str) -> bool {
        if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let Speech {
            money,
            count,
            currency,
            number,
            other,
        } = self.speech;
        let said = Said::of(cell);
        said.money
            || (money || currency) && said.number
            || !other && !number && !count && is_amount(cell)
    }

    /// Whether a cell says another number of cards than the one that would stand for it.
    fn speaks_of_count(&self, cell: &str, otherwise: &str) -> bool {
        /// Numbers from here on are ids, where nothing says that they count: nobody gets as many cards.
        const ID: u64 = 1_000;

        if is_count(cell) {
            return true;
        }
        let counts = |number: u64| {
            self.speech.count || self.speech.number && number < ID && !cell.starts_with('0')
        };
        whole(cell).is_some_and(|number| Some(number) != whole(otherwise) && counts(number))
    }

    fn currency(&mut self, cell: &str) -> Option<Currency> {
        /// Bytes of the longest name of a currency, with room.
        const LONGEST: usize = 12;

        if cell.len() > LONGEST {
            return None;
        }
        if self.known.0 != cell {
            self.known = (
                String::from(cell),
                only_currency(cell, self.speech.currency),
            );
        }
        self.known.1
    }
}

impl Numbering {
    /// Whether the number on a line is the one that follows: the first is 0 or 1, or that of its line. Asked again of the same line, it says
    /// the same.
    fn goes_on(&mut self, line: u32, number: Option<u64>, has_gaps: bool) -> bool {
        if self.line == line {
            return !self.is_broken;
        }
        let lines = u64::from(line.wrapping_sub(self.line));
        let follows = number.is_some_and(|number| match number.checked_sub(self.number) {
            _ if self.line == 0 => has_gaps || number <= 1 || number == u64::from(line),
            Some(step) => step == 1 || step == lines || has_gaps && step > 0,
            None => false,
        });
        self.is_broken |= !follows;
        (self.line, self.number) = (line, number.unwrap_or_default());
        !self.is_broken
    }
}

/// The text of a cell of a row that is decoded.
pub(in crate::bulk) fn cell_of<'a>(row: Cells<'a>) -> impl Fn(usize) -> &'a str {
    move |column| clean(row.get(column))
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
