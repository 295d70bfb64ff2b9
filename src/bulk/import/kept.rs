//! The rows that were accepted, what they come to, and which of them say the same.

use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::bulk::campaign::payments::Payment;
use crate::bulk::import::accepted::Accepted;
use crate::bulk::import::identity::{Seen, content, name};
use crate::bulk::import::report::{Duplicate, Total};
use crate::bulk::line::builder::Line;
use crate::bulk::line::offers::UNKNOWN;
use crate::compose::Compose;
use crate::money::Amount;
use crate::order::OrderType;

#[derive(Debug)]
pub(in crate::bulk) struct Kept {
    pub(in crate::bulk) accepted: Accepted,
    pub(in crate::bulk) duplicates: Vec<Duplicate>,
    pub(in crate::bulk) totals: Vec<Total>,
    seen: Seen,
    compose: Compose,
    /// Rows at the end of which it is not known yet what they repeat, and for each, the last one's lowest, whether it has a recipient.
    waiting: usize,
    recipients: u64,
}

/// Rows for which that is found out together.
const TOGETHER: usize = 64;

/// Bytes of a line's name, with its key.
const NAME: usize = 48;

impl Kept {
    pub(in crate::bulk) fn new(order_type: OrderType, compose: Compose) -> Self {
        Self {
            accepted: Accepted::new(order_type),
            duplicates: Vec::new(),
            totals: Vec::new(),
            seen: Seen::default(),
            compose,
            waiting: 0,
            recipients: 0,
        }
    }

    /// Keeps a row, whose JSON is closed here; nothing where the sum would be more than an amount can be.
    pub(in crate::bulk) fn keep(
        &mut self,
        line: &Line,
        (json, begin): (&mut Buffer, &mut usize),
        sheet_line: u32,
    ) -> Option<()> {
        let written = json.bytes().get(*begin..).unwrap_or_default();
        let payment = Payment {
            face_value: line.face_value,
            content: content(written, self.compose),
            ..line.payment
        };
        if !line.is_named {
            // It says neither where the row stands nor which of several it is, so that no other row renames it.
            let mut pen = json.pen(NAME);
            pen.put_word(u64::from_le_bytes(*b",\"Extern"), 8)?;
            pen.put_word(u64::from_le_bytes(*b"alId\":\"\0"), 7)?;
            // A loop over an array by value is one of calls.
            let [first, second, third] = name(line.payment.identity);
            pen.put_word(first, 8)?;
            pen.put_word(second, 8)?;
            pen.put_word(third, 8)?;
            pen.put_word(u64::from(b'"'), 1)?;
            let length = pen.written();
            json.take(length);
        }
        json.put_word(u64::from_le_bytes(*b"},\0\0\0\0\0\0"), 2);
        let code = match line.currency {
            UNKNOWN => "",
            ref code => core::str::from_utf8(code).unwrap_or_default(),
        };
        let currency = self.accepted.currency(code);
        self.add(currency, line.face_value)?;
        *begin = self.accepted.hold(json, *begin);
        self.accepted
            .note(sheet_line, line.face_value, currency, payment, *begin);
        self.recipients = self.recipients << 1 | u64::from(line.has_recipient);
        self.waiting = self.waiting.wrapping_add(1);
        if self.waiting >= TOGETHER {
            self.settle();
        }
        Some(())
    }

    /// There is no row to come.
    pub(in crate::bulk) fn finish(&mut self, (json, begin): (&mut Buffer, &mut usize)) {
        json.truncate(*begin);
        self.accepted.take(json);
        *begin = 0;
        self.settle();
    }

    /// Finds what the rows that wait for it repeat.
    fn settle(&mut self) {
        let rows = self.accepted.rows_mut();
        let from = rows.len().saturating_sub(self.waiting);
        let (before, next) = rows.split_at_checked(from).unwrap_or_default();
        self.seen.prepare(before, next);
        for index in from..rows.len() {
            let (before, next) = rows.split_at_mut_checked(index).unwrap_or_default();
            self.waiting = self.waiting.wrapping_sub(1);
            let has_recipient = self.recipients >> self.waiting & 1 == 1;
            let Some(row) = next.first_mut() else { return };
            let Some(last) = self.seen.insert(before, row.identity) else {
                continue;
            };
            let last = usize::try_from(last).ok();
            if let Some(last) = last.and_then(|last| before.get(last)) {
                row.occurrence = last.occurrence.saturating_add(1);
                if has_recipient {
                    self.duplicates.push(Duplicate {
                        line: row.sheet_line,
                        first_line: first_line(&self.duplicates, last.sheet_line),
                    });
                }
            }
        }
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
