//! The body of `POST /v1/Orders`: read as a whole, so that an answer of 400 names every field that is wrong.
//!
//! Fields that are not known are ignored, as JSON servers do. Nothing here changes anything: whether the PO number is new
//! and the funds are there is asked afterwards.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::Value;

use super::answer::Draft;
use super::catalogue::Catalogue;
use super::fields::{Fields, Problems};
use super::json::read;
use super::kind::{Kind, MAX_CARDS};
use super::line::NewLine;
use crate::money::Amount;

/// An order that could be placed.
#[derive(Clone, Debug)]
pub(super) struct NewOrder {
    pub(super) po_number: String,
    pub(super) kind: Kind,
    pub(super) note: Option<String>,
    pub(super) webhook: Option<String>,
    pub(super) lines: Vec<NewLine>,
}

impl NewOrder {
    /// Reads a body, or says what is wrong with it.
    pub(super) fn read(body: &[u8], catalogue: &Catalogue) -> Result<Self, Draft> {
        let body: Value = read(body).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Draft::error(400, &format!("The body is not JSON: {place}."))
        })?;
        let mut problems = Problems::default();
        let order = Self::check(&body, catalogue, &mut problems);
        order
            .filter(|_| problems.is_empty())
            .ok_or_else(|| Draft::invalid(problems.into_list()))
    }

    /// What all cards cost together; nothing where it is more than an amount can hold.
    pub(super) fn cost(&self) -> Option<Amount> {
        self.lines
            .iter()
            .try_fold(Amount::default(), |sum, line| sum.checked_add(line.cost?))
    }

    /// The order's size: how many cards it is.
    pub(super) fn cards(&self) -> u64 {
        self.lines
            .iter()
            .fold(0, |sum, line| sum.saturating_add(line.quantity))
    }

    fn check(body: &Value, catalogue: &Catalogue, problems: &mut Problems) -> Option<Self> {
        let order = Fields::of(body, String::new(), problems)?;
        let kind = read_kind(&order, problems);
        let lines = read_lines(&order, kind, catalogue, problems);
        let po_number = order.required_text("PONumber", problems);
        let note = order.text("Note", problems);
        let webhook = read_webhook(&order, problems);

        let read = Self {
            po_number: po_number?.to_owned(),
            kind: kind?,
            note: note.map(str::to_owned),
            webhook: webhook.map(str::to_owned),
            lines: lines?,
        };
        if read.cards() > MAX_CARDS {
            problems.add(
                order.path("LineItems"),
                format!("must be at most {MAX_CARDS} cards together"),
            );
        }
        Some(read)
    }
}

fn read_kind(order: &Fields<'_>, problems: &mut Problems) -> Option<Kind> {
    let name = order.required_text("Type", problems)?;
    let kind = Kind::named(name);
    if kind.is_none() {
        problems.add(
            order.path("Type"),
            "must be DigitalDelivery, Links or PhysicalShipment",
        );
    }
    kind
}

fn read_lines(
    order: &Fields<'_>,
    kind: Option<Kind>,
    catalogue: &Catalogue,
    problems: &mut Problems,
) -> Option<Vec<NewLine>> {
    let items = order.required("LineItems", problems)?;
    let Some(items) = items.as_array().filter(|items| !items.is_empty()) else {
        problems.add(
            order.path("LineItems"),
            "must be an array of one or more lines",
        );
        return None;
    };
    let lines: Vec<NewLine> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let path = order.path(&format!("LineItems[{index}]"));
            NewLine::read(item, path, kind, catalogue, problems)
        })
        .collect();
    Some(lines)
}

/// `http` is taken besides `https`, so that a callback can be tried on one's own machine.
fn read_webhook<'a>(order: &Fields<'a>, problems: &mut Problems) -> Option<&'a str> {
    let settings = order.object("WebhookSettings", problems)?;
    let url = settings.text("FulfillmentComplete", problems)?;
    let absolute = ["https://", "http://"].iter().any(|scheme| {
        url.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    });
    if !absolute {
        problems.add(
            settings.path("FulfillmentComplete"),
            "must be an absolute URL",
        );
    }
    Some(url)
}
