//! Which valid rows are accepted, what they come to, and which of them pay the same.

use alloc::vec::Vec;

use crate::amount::currency::code;
use crate::buffer::Buffer;
use crate::bulk::csv::file_issue::FileIssue;
use crate::bulk::identity::content;
use crate::bulk::import::accepted::Accepted;
use crate::bulk::import::payment_table::{PaymentTable, Slot};
use crate::bulk::import::report::{Duplicate, Total};
use crate::bulk::line::line_draft::Line;
use crate::bulk::line::record::Shapes;
use crate::bulk::payment::Payment;
use crate::compose::Compose;
use crate::money::Amount;
use crate::order::{IssueCode, OrderType, Severity};

/// Accepts rows whose lines are valid, but for those that repeat another.
#[derive(Debug)]
pub(in crate::bulk) struct Acceptance {
    pub(in crate::bulk) accepted: Accepted,
    pub(in crate::bulk) duplicates: Vec<Duplicate>,
    pub(in crate::bulk) totals: Vec<Total>,
    accepts_duplicates: bool,
    compose: Compose,
    seen: PaymentTable,
    /// Rows with an address and a phone number, by the number: one without the address may pay them again.
    phones: PaymentTable,
    by_phone: Vec<ByPhone>,
}

/// A row that has a phone number beside its address.
#[derive(Debug)]
struct ByPhone {
    identity: u128,
    line: u32,
}

/// Why a row whose line is valid is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Refusal {
    /// An earlier row pays the same recipient the same: the line of the first.
    Duplicate(u32),
    /// The sum would be more than an amount can be.
    TooMuch,
}

impl Acceptance {
    pub(in crate::bulk) fn new(
        order_type: OrderType,
        compose: Compose,
        accepts_duplicates: bool,
    ) -> Self {
        Self {
            accepted: Accepted::new(order_type),
            duplicates: Vec::new(),
            totals: Vec::new(),
            accepts_duplicates,
            compose,
            seen: PaymentTable::default(),
            phones: PaymentTable::default(),
            by_phone: Vec::new(),
        }
    }

    /// Accepts a row, with its line as it was built and the record of that.
    ///
    /// # Errors
    ///
    /// Why it is not accepted; then nothing has changed.
    pub(in crate::bulk) fn accept(
        &mut self,
        line: &Line,
        (json, record): (&[u8], &Buffer),
        sheet_line: u32,
    ) -> Result<(), Refusal> {
        let identity = line.payment.identity;
        let phone_line = self.line_by_phone(line);
        let slot = self.find(identity);
        let before = slot.row.and_then(|row| self.accepted.rows().get(row));
        let before = before.map(|before| (before.sheet_line, before.occurrence));
        let earlier = before.map(|(line, _)| line).or(phone_line);
        let earlier = earlier.filter(|_| line.has_recipient);
        // A repeated row tells whose number it is all the same.
        if let Some(identity) = line.by_phone {
            let slot = self.find_phone(identity);
            self.phones.put(slot, self.by_phone.len());
            self.by_phone.push(ByPhone {
                identity,
                line: earlier.unwrap_or(sheet_line),
            });
        }
        if let Some(earlier) = earlier.filter(|_| !self.accepts_duplicates) {
            return Err(Refusal::Duplicate(earlier));
        }
        let payment = Payment {
            face_value: line.face_value,
            content: content(json, line.is_ascii, self.compose),
            ..line.payment
        };
        let currency = self.accepted.currency(code(&line.currency));
        self.add(currency, line.face_value)
            .ok_or(Refusal::TooMuch)?;
        let occurrence = before.map_or(0, |(_, occurrence)| occurrence.saturating_add(1));
        self.seen.put(slot, self.accepted.rows().len());
        self.accepted
            .keep(record, sheet_line, currency, payment, occurrence);
        if let Some(earlier) = earlier {
            self.note_duplicate(sheet_line, earlier);
        }
        Ok(())
    }

    /// The line of an earlier row with the same phone number, where one of the two has no address: of two addresses each is somebody else's.
    fn line_by_phone(&mut self, line: &Line) -> Option<u32> {
        if let Some(identity) = line.by_phone {
            let row = self.find(identity).row?;
            return self.accepted.rows().get(row).map(|row| row.sheet_line);
        }
        if self.by_phone.is_empty() {
            return None;
        }
        let slot = self.find_phone(line.payment.identity);
        self.by_phone.get(slot.row?).map(|row| row.line)
    }

    fn find(&mut self, identity: u128) -> Slot {
        let rows = self.accepted.rows();
        let identities = |row: usize| rows.get(row).map(|row| row.identity);
        self.seen.find(rows.len(), &identities, identity)
    }

    fn find_phone(&mut self, identity: u128) -> Slot {
        let rows = &self.by_phone;
        let identities = |row: usize| rows.get(row).map(|row| row.identity);
        self.phones.find(rows.len(), &identities, identity)
    }

    /// Notes that a row pays what the one on an earlier line pays.
    pub(in crate::bulk) fn note_duplicate(&mut self, line: u32, earlier: u32) {
        self.duplicates.push(Duplicate {
            line,
            first_line: first_line(&self.duplicates, earlier),
        });
    }

    /// There is no row to come.
    pub(in crate::bulk) fn finish(&mut self, shapes: Shapes) {
        self.accepted.finish(shapes);
    }

    /// Said of a file whose accepted rows come to more than a campaign may. They are counted as `placeCampaign` counts them: in all currencies.
    pub(in crate::bulk) fn over_limit(&self, maximum: Amount) -> Option<FileIssue> {
        let mut totals = self.totals.iter();
        let sum = totals.try_fold(Amount::ZERO, |sum, total| sum.checked_add(total.face_value));
        if sum.is_some_and(|sum| sum <= maximum) {
            return None;
        }
        let maximum = maximum.to_decimal();
        let message = [
            "The accepted rows come to more than limits.maxCampaignValue, ",
            &maximum,
            ". A client with that limit refuses to place them.",
        ];
        let mut issue = FileIssue::new(
            Severity::Error,
            1,
            None,
            IssueCode::OverLimit,
            message.concat(),
        );
        issue.params = Vec::from([("maximum", maximum)]);
        Some(issue)
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
