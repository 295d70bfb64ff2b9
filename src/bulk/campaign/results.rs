//! What became of each recipient, as a CSV file: a row for each, those of earlier campaigns first.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::api::fields::{member, text};
use crate::bulk::campaign::reason::Reason;
use crate::bulk::campaign::reconciliation::Seen;
use crate::bulk::csv::cell::{BOM, push_row};
use crate::bulk::{Campaign, OrderState, PlannedOrder, Reconciliation};
use crate::compose::Compose;
use crate::json::decimal_text;

const COLUMNS: [&str; 10] = [
    "Line",
    "Recipient",
    "ProductId",
    "Value",
    "Quantity",
    "PONumber",
    "OrderId",
    "State",
    "Reason",
    "Status",
];

/// Where a line says who it is for, the surest first.
const RECIPIENT: [(&str, &str); 4] = [
    ("DigitalDeliveryAddress", "Email"),
    ("DigitalDeliveryAddress", "Sms"),
    ("PhysicalDeliveryAddress", "Name"),
    ("Personalization", "To"),
];

/// A CSV file of what became of each recipient, in which orders as answered are told too.
#[derive(Debug)]
pub struct ResultSheet<'a> {
    campaign: &'a Campaign,
    history: Reconciliation<'a>,
}

impl<'a> ResultSheet<'a> {
    /// What the ledger knows.
    pub fn new(campaign: &'a Campaign, compose: Compose) -> Self {
        Self {
            campaign,
            history: Reconciliation::new(campaign, compose),
        }
    }

    /// Takes an order as answered, in any casing. One that is not of this campaign is passed over.
    pub fn add(&mut self, order: &[u8]) {
        self.history.add(order);
    }

    /// The file: UTF-8 with a byte order mark, safe to open in a spreadsheet.
    pub fn finish(self) -> Vec<u8> {
        let mut file = BOM.to_vec();
        push_row(&mut file, &COLUMNS);
        for index in self.campaign.by_age() {
            if let Some(order) = self.campaign.order(index) {
                self.push_order(&mut file, order, self.history.seen(index));
            }
        }
        file
    }

    fn push_order(&self, file: &mut Vec<u8>, order: &PlannedOrder, seen: Option<&Seen>) {
        let state = state(order, seen);
        let reason = order.reason().filter(|_| !state.is_placed());
        let found = seen.and_then(|seen| seen.id.as_deref());
        let status = seen.and_then(|seen| seen.status.as_deref());
        for (row, line) in self.campaign.lines_of(order) {
            let line = line.as_slice();
            let recipient = RECIPIENT
                .iter()
                .map(|(object, name)| text_of(member(line, object).unwrap_or_default(), name))
                .find(|text| !text.is_empty());
            let number = |name: &str| {
                let number = member(line, name).unwrap_or_default();
                core::str::from_utf8(number).unwrap_or_default()
            };
            let cells: [&str; COLUMNS.len()] = [
                &decimal_text(u64::from(row.sheet_line)),
                recipient.as_deref().unwrap_or_default(),
                &text_of(line, "ProductId"),
                number("Value"),
                number("Quantity"),
                order.po_number(),
                order.order_id().or(found).unwrap_or_default(),
                state.as_str(),
                reason.map(Reason::as_str).unwrap_or_default(),
                status.unwrap_or_default(),
            ];
            push_row(file, &cells);
        }
    }
}

/// What is known of an order, now that the history shows it: one that is there and the same was placed, whatever the ledger knows.
fn state(order: &PlannedOrder, seen: Option<&Seen>) -> OrderState {
    match seen {
        Some(seen) if seen.different => order.state().told(OrderState::Conflict),
        Some(_) => order.state().told(OrderState::Reconciled),
        None => order.state(),
    }
}

fn text_of(object: &[u8], name: &str) -> String {
    let found = member(object, name).and_then(text);
    found.map(Cow::into_owned).unwrap_or_default()
}
