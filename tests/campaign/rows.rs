//! Files of rows, each given as the number of its recipient.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use giftcard_partners::bulk::{
    Accepted, Campaign, OrderState, Payment, PlanOptions, PlannedOrder, plan,
};
use giftcard_partners::money::Amount;
use giftcard_partners::order::OrderType;
use unicode_normalization::UnicodeNormalization;

/// A file that gives 5.00 to each recipient, in this order.
pub(crate) fn file(recipients: &[u32]) -> Rc<Accepted> {
    mended(recipients, |_| "")
}

/// The same file with a message for some, which changes the line and not whom it pays.
pub(crate) fn mended(recipients: &[u32], message: impl Fn(usize) -> &'static str) -> Rc<Accepted> {
    let mut rows = Accepted::new(OrderType::Links);
    let mut seen: HashMap<u32, u16> = HashMap::new();
    for (place, recipient) in recipients.iter().enumerate() {
        let occurrence = seen.entry(*recipient).or_default();
        let line = line(*recipient, message(place));
        let sheet_line = u32::try_from(place).unwrap() + 2;
        let payment = Payment {
            identity: u128::from(*recipient) << 64,
            content: hash(&line),
            ..Payment::default()
        };
        rows.push(
            line.as_bytes(),
            sheet_line,
            Amount::from_cents(500),
            0,
            payment,
            *occurrence,
        );
        *occurrence += 1;
    }
    Rc::new(rows)
}

/// What a line holds, as the import hashes it or otherwise.
fn hash(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    line.hash(&mut hasher);
    hasher.finish()
}

/// The host's function for texts in one spelling.
pub(crate) fn nfc(text: &str) -> String {
    text.nfc().collect()
}

pub(crate) fn line(recipient: u32, message: &str) -> String {
    format!(
        r#"{{"ProductId":"A","Value":5,"Quantity":1,"DigitalDeliveryAddress":{{"Email":"r{recipient}@example.org"}},"Personalization":{{"To":"R{recipient}","Message":"{message}"}},"ExternalId":"X{recipient}"}}"#
    )
}

/// A plan of orders of at most so many lines.
pub(crate) fn planned(recipients: &[u32], max_lines: u64) -> Campaign {
    planned_after(file(recipients), max_lines, None)
}

pub(crate) fn planned_after(
    rows: Rc<Accepted>,
    max_lines: u64,
    after: Option<&Campaign>,
) -> Campaign {
    let options = PlanOptions {
        campaign: "spring",
        max_lines,
        after,
        ..PlanOptions::default()
    };
    plan(rows, &options).unwrap()
}

pub(crate) fn po_numbers(campaign: &Campaign) -> Vec<String> {
    campaign
        .orders()
        .iter()
        .map(|order| order.po_number().to_owned())
        .collect()
}

pub(crate) fn record(campaign: &mut Campaign, place: usize, word: OrderState) {
    let po_number = campaign.orders()[place].po_number().to_owned();
    campaign.record(&po_number, word, None).unwrap();
}

pub(crate) fn states(campaign: &Campaign) -> Vec<OrderState> {
    campaign.orders().iter().map(PlannedOrder::state).collect()
}

/// Whom the order at that place pays, from its body.
pub(crate) fn paid_by(body: &[u8]) -> Vec<u32> {
    let body: serde_json::Value = serde_json::from_slice(body).unwrap();
    let lines = body["LineItems"].as_array().unwrap();
    lines
        .iter()
        .map(|line| {
            line["Personalization"]["To"].as_str().unwrap()[1..]
                .parse()
                .unwrap()
        })
        .collect()
}
