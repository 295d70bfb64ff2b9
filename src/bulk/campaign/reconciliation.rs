//! The ledger held against the API's own history.
//!
//! What was planned is compared with what is there, field by field as after a 409. Nothing is changed: what to make of a
//! difference is for a person to say.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::api::fields::{identifier, member, text};
use crate::api::orders;
use crate::bulk::Campaign;
use crate::bulk::campaign::order_index::OrderIndex;
use crate::compose::Compose;
use crate::json::Writer;
use crate::reconcile::comparison::{Comparison, compare};

/// What the history shows of an order of the campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::bulk) struct Seen {
    pub(in crate::bulk) id: Option<Box<str>>,
    pub(in crate::bulk) status: Option<Box<str>>,
    pub(in crate::bulk) different: bool,
    pending: bool,
}

/// A comparison that fills as orders of the history come in.
#[derive(Debug)]
pub struct Reconciliation<'a> {
    campaign: &'a Campaign,
    index: OrderIndex<'a>,
    compose: Compose,
    /// By order.
    seen: Vec<Option<Seen>>,
    others: u64,
}

/// What becomes of an order in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The ledger has it placed; the history does not show it.
    Missing,
    /// The history shows it; the ledger does not know that it is placed.
    Extra,
    /// The history shows another order under its PO number, or under another id than was recorded.
    Different,
    /// Placed, the same, and still being fulfilled.
    Pending,
}

impl Finding {
    /// Every finding, with its name in the report.
    const ALL: [(Self, &'static str); 4] = [
        (Self::Missing, "missing"),
        (Self::Extra, "extra"),
        (Self::Different, "different"),
        (Self::Pending, "pending"),
    ];
}

impl<'a> Reconciliation<'a> {
    /// Nothing seen yet. Texts are compared in one spelling, by the host's function.
    pub fn new(campaign: &'a Campaign, compose: Compose) -> Self {
        let seen = campaign.orders.iter().map(|_| None).collect();
        Self {
            campaign,
            index: OrderIndex::new(campaign),
            compose,
            seen,
            others: 0,
        }
    }

    /// Takes an order of the history, in any casing.
    pub fn add(&mut self, order: &[u8]) {
        let Some(index) = self.index.find(order) else {
            self.others = self.others.saturating_add(1);
            return;
        };
        // One that is not whole was refused, and what it held cannot be compared any more.
        let body = self.campaign.body(index);
        let seen = Seen {
            id: member(order, "Id")
                .and_then(identifier)
                .map(String::into_boxed_str),
            different: body.is_some_and(|body| {
                !matches!(
                    compare(&body, order, self.compose),
                    Some(Comparison::Same { .. })
                )
            }),
            status: member(order, "Status")
                .and_then(text)
                .map(|status| Box::from(&*status)),
            pending: !orders::is_finished(order),
        };
        if let Some(slot) = self.seen.get_mut(index) {
            // Two orders under one PO number: one difference is enough.
            let before = slot.take().filter(|before| before.different);
            *slot = Some(before.unwrap_or(seen));
        }
    }

    /// What the history shows of the order at that index.
    pub(in crate::bulk) fn seen(&self, index: usize) -> Option<&Seen> {
        self.seen.get(index)?.as_ref()
    }

    /// What was found of the order at that index; nothing where ledger and history agree.
    pub fn finding(&self, index: usize) -> Option<Finding> {
        let order = self.campaign.order(index)?;
        let placed = order.state().is_placed();
        match self.seen.get(index)? {
            None if placed => Some(Finding::Missing),
            None => None,
            Some(seen) if seen.different => Some(Finding::Different),
            Some(seen) if placed && other_id(seen.id.as_deref(), order.order_id()) => {
                Some(Finding::Different)
            }
            Some(_) if !placed => Some(Finding::Extra),
            Some(seen) => seen.pending.then_some(Finding::Pending),
        }
    }

    /// The report as JSON.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        json.object();
        for (finding, name) in Finding::ALL {
            json.key(name);
            json.array();
            for (index, order) in self
                .campaign
                .by_age()
                .filter_map(|index| Some((index, self.campaign.order(index)?)))
            {
                if self.finding(index) != Some(finding) {
                    continue;
                }
                json.object();
                json.key("poNumber");
                json.string(order.po_number());
                json.key("state");
                json.string(order.state().as_str());
                let seen = self.seen.get(index).and_then(Option::as_ref);
                let found = seen.and_then(|seen| seen.id.as_deref());
                for (key, id) in [("orderId", order.order_id()), ("foundId", found)] {
                    if let Some(id) = id {
                        json.key(key);
                        json.string(id);
                    }
                }
                json.close_object();
            }
            json.close_array();
        }
        let agreed = |index: &usize| {
            self.seen.get(*index).is_some_and(Option::is_some)
                && matches!(self.finding(*index), None | Some(Finding::Pending))
        };
        json.key("matched");
        json.number((0..self.seen.len()).filter(agreed).count() as u64);
        json.key("others");
        json.number(self.others);
        json.close_object();
        json.into_bytes()
    }
}

fn other_id(found: Option<&str>, recorded: Option<&str>) -> bool {
    matches!((found, recorded), (Some(found), Some(recorded)) if found != recorded)
}
