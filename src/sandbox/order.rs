//! An order that was placed, and how it looks at a given time.
//!
//! An order never changes: its status follows from the time alone, and what is seeded (line ids, claim data) is made again
//! at each look. So an order of many cards costs no more to keep than its lines.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde_json::Value;

use super::clock::rfc3339;
use super::json::{number, object};
use super::kind::Kind;
use super::line::NewLine;
use super::seed::Seeded;
use crate::money::Amount;

/// A placed order.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) po_number: String,
    pub(super) kind: Kind,
    pub(super) note: Option<String>,
    pub(super) webhook: Option<String>,
    pub(super) created_ms: u64,
    /// When it is completed; the instant of its creation where it is small.
    pub(super) ready_ms: u64,
    pub(super) cost: Amount,
    pub(super) lines: Vec<NewLine>,
    pub(super) seed: u64,
}

impl Order {
    /// `Pending` is the one status that is documented. The word for a finished order is not; a client may not rely on ours.
    pub(super) fn status(&self, now_ms: u64) -> &'static str {
        if self.is_ready(now_ms) {
            "Completed"
        } else {
            "Pending"
        }
    }

    pub(super) fn is_ready(&self, now_ms: u64) -> bool {
        self.ready_ms <= now_ms
    }

    /// The order as the API answers it.
    pub(super) fn document(&self, now_ms: u64) -> Value {
        let lines: Value = self
            .lines
            .iter()
            .zip(0..)
            .map(|(line, index)| self.line(line, index, now_ms))
            .collect();
        object(vec![
            ("Id", self.id.as_str().into()),
            ("PONumber", self.po_number.as_str().into()),
            ("Type", self.kind.name().into()),
            ("Status", self.status(now_ms).into()),
            ("Note", self.note.as_deref().into()),
            ("CreatedDate", rfc3339(self.created_ms).into()),
            ("TotalCost", number(self.cost)),
            ("LineItems", lines),
        ])
        .into()
    }

    fn line(&self, line: &NewLine, index: u64, now_ms: u64) -> Value {
        let id = Seeded::of(self.seed, [index, 0]).id(16);
        let mut document = object(vec![
            ("Id", id.as_str().into()),
            ("ProductId", line.product_id.as_str().into()),
            ("Value", line.value.clone().into()),
            ("Cost", line.cost.map(number).unwrap_or_default()),
            ("Quantity", line.quantity.into()),
            ("Status", self.status(now_ms).into()),
        ]);
        for (name, value) in &line.echo {
            document.insert(name.clone(), value.clone());
        }
        if self.kind == Kind::Links && self.is_ready(now_ms) {
            let cards = 1..=line.quantity;
            let claims: Value = cards
                .map(|card| claim(Seeded::of(self.seed, [index, card]), &id))
                .collect();
            document.insert("ClaimData".into(), claims);
        }
        document.into()
    }
}

/// One card of a `Links` order. The host cannot exist: a claim link that somebody clicks leads nowhere.
fn claim(mut seeded: Seeded, line_id: &str) -> Value {
    const HOST: &str = "https://claim.sandbox.invalid";

    let id = seeded.id(16);
    let token = seeded.token(32);
    let answer = seeded.id(6).to_ascii_uppercase();
    let barcode = format!("{HOST}/barcodes/{id}.png");
    object(vec![
        ("Id", id.into()),
        (
            "ClaimLink",
            format!("{HOST}/{token}?lineItemId={line_id}").into(),
        ),
        ("ClaimLinkChallengeAnswer", answer.into()),
        ("BarcodePath", barcode.into()),
        ("BarcodeType", "Code128".into()),
    ])
    .into()
}
