//! Columns that nothing is read from, where their cells speak of money or of a count while a default stands for it.

use alloc::vec::Vec;

use crate::amount::currency::is_money;
use crate::bulk::columns::fields::{QUANTITY, VALUE};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::words::{is_letter, key};
use crate::bulk::csv::row::{Cells, clean};
use crate::bulk::line::line_issue::LineIssue;
use crate::bulk::line::source::Source;

/// The columns that nothing is read from, and of which the caller does not speak.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Unread {
    /// Each with whether its header speaks of money.
    columns: Vec<(usize, bool)>,
    /// Whether a default may stand for an amount, and for a quantity.
    value: bool,
    quantity: bool,
}

impl Unread {
    pub(in crate::bulk) fn of(header: &Header, sources: &[Source]) -> Self {
        let may_default = |field: usize| {
            let source = sources.iter().find(|source| source.field == field);
            source.is_some_and(|source| source.default_length > 0)
        };
        let (value, quantity) = (may_default(VALUE), may_default(QUANTITY));
        Self {
            columns: if value || quantity {
                header.unread.clone()
            } else {
                Vec::new()
            },
            value,
            quantity,
        }
    }

    pub(in crate::bulk) fn columns(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().map(|(column, _)| *column)
    }

    /// Whether a cell of these may speak of money or of a count; false is sure.
    pub(in crate::bulk) fn may_speak(&self, column: usize, cell: &[u8]) -> bool {
        let has_digit = [cell.first(), cell.last()]
            .into_iter()
            .flatten()
            .any(u8::is_ascii_digit);
        let is_of_money = || self.columns.contains(&(column, true));
        !cell.is_ascii()
            || self.value && (is_money(cell) || is_of_money())
            || has_digit && self.quantity && is_count(cell)
    }

    /// What is wrong with a row for which a default stands, though a column that is not read says something else.
    pub(in crate::bulk) fn stands_for(
        &self,
        row: Cells<'_>,
        sources: &[Source],
    ) -> Option<LineIssue> {
        let is_default = |field: usize| {
            let source = sources.iter().find(|source| source.field == field);
            source.is_some_and(|source| source.cell(row).is_empty() && source.lack(row).is_none())
        };
        for (column, is_of_money) in &self.columns {
            let cell = clean(row.get(*column));
            let is_number =
                || cell.bytes().any(|byte| byte.is_ascii_digit()) && !cell.chars().any(is_letter);
            let speaks_of_money = || is_money(cell.as_bytes()) || *is_of_money && is_number();
            if self.value && speaks_of_money() && is_default(VALUE) {
                return Some(LineIssue::unread(VALUE, *column));
            }
            if self.quantity && is_count(cell.as_bytes()) && is_default(QUANTITY) {
                return Some(LineIssue::unread(QUANTITY, *column));
            }
        }
        None
    }
}

/// What cards are counted in.
const COUNTED: &str = "card cards x pcs pieces piece units vouchers giftcards karten karte stuck stueck stk cartes carte tarjetas tarjeta carte cartoes kaarten kaart karty kart szt";

/// Whether a cell counts cards: `3 cards`, `x3`, `2 Stück`.
fn is_count(cell: &[u8]) -> bool {
    if cell.len() > 24 {
        return false;
    }
    let text = core::str::from_utf8(cell).unwrap_or_default();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_counted = |word: &str| {
        let key = key(word);
        COUNTED
            .as_bytes()
            .split(|byte| *byte == b' ')
            .any(|known| known == key)
    };
    let at = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, word) = text.split_at_checked(at).unwrap_or_default();
    if digits(number) {
        return is_counted(word.trim());
    }
    // `x3` and `x 3`.
    text.strip_prefix(['x', 'X', '\u{D7}'])
        .is_some_and(|number| digits(number.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_counts_where_it_says_what() {
        for cell in [
            "3 cards",
            "3x",
            "x3",
            "x 3",
            "×2",
            "2 Stück",
            "5 pcs.",
            "2 gift cards",
            "4 cartes",
        ] {
            assert!(is_count(cell.as_bytes()), "{cell}");
        }
        for cell in [
            "3",
            "3 years",
            "XS3",
            "Card 3",
            "12/24/2026",
            "3rd",
            "x",
            "",
        ] {
            assert!(!is_count(cell.as_bytes()), "{cell}");
        }
    }
}
