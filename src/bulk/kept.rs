//! The rows that were accepted, what they come to, and which of them say the same.

use alloc::vec::Vec;

use super::accepted::Accepted;
use super::identity::{Seen, name};
use super::line::Line;
use super::offers::UNKNOWN;
use super::report::{Duplicate, Total};
use crate::buffer::Buffer;
use crate::money::Amount;
use crate::order::OrderType;

#[derive(Debug)]
pub(super) struct Kept {
    pub(super) accepted: Accepted,
    pub(super) duplicates: Vec<Duplicate>,
    pub(super) totals: Vec<Total>,
    seen: Seen,
}

impl Kept {
    pub(super) fn new(order_type: OrderType) -> Self {
        Self {
            accepted: Accepted::new(order_type),
            duplicates: Vec::new(),
            totals: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// Keeps a row, whose JSON is closed here; nothing where the sum would be more than an amount can be.
    pub(super) fn keep(&mut self, line: &Line, json: &mut Buffer, sheet_line: u32) -> Option<()> {
        let code = match line.currency {
            UNKNOWN => "",
            ref code => core::str::from_utf8(code).unwrap_or_default(),
        };
        let currency = self.accepted.currency(code);
        self.add(currency, line.face_value)?;

        let rows = self.accepted.rows();
        let before = self.seen.insert(rows, line.payment.identity);
        let before = before.and_then(|index| rows.get(usize::try_from(index).ok()?));
        let occurrence = before.map_or(0, |before| before.occurrence.saturating_add(1));
        if let Some(before) = before.filter(|_| line.has_recipient) {
            self.duplicates.push(Duplicate {
                line: sheet_line,
                first_line: first_line(&self.duplicates, before.sheet_line),
            });
        }
        if !line.is_named {
            // It says neither where the row stands nor which of several it is, so that no other row renames it.
            json.put_word(u64::from_le_bytes(*b",\"Extern"), 8);
            json.put_word(u64::from_le_bytes(*b"alId\":\"\0"), 7);
            for eight in name(line.payment.identity) {
                json.put_word(eight, 8);
            }
            json.put(b'"');
        }
        json.put(b'}');
        self.accepted.push(
            json.bytes(),
            sheet_line,
            line.face_value,
            currency,
            line.payment,
            occurrence,
        );
        Some(())
    }

    fn add(&mut self, currency: u16, face_value: Amount) -> Option<()> {
        let known = self
            .totals
            .iter_mut()
            .find(|total| total.currency == currency);
        if let Some(total) = known {
            total.face_value = total.face_value.checked_add(face_value)?;
            total.lines = total.lines.saturating_add(1);
        } else {
            self.totals.push(Total {
                currency,
                face_value,
                lines: 1,
            });
        }
        Some(())
    }
}

/// The first line that says the same as the one at `line`, which may be a duplicate itself.
fn first_line(duplicates: &[Duplicate], line: u32) -> u32 {
    // Rows come in the order of their lines.
    let place = duplicates.binary_search_by_key(&line, |duplicate| duplicate.line);
    let duplicate = place.ok().and_then(|place| duplicates.get(place));
    duplicate.map_or(line, |duplicate| duplicate.first_line)
}
