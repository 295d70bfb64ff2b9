//! The orders that were placed: found by id and by PO number, and what is to be told when one is completed.
//!
//! PO numbers are compared byte by byte. How the API compares them is not documented; exact comparison is the reading under
//! which a client that changes a number's case or spacing between attempts is caught ordering twice.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use serde_json::Value;

use super::answer::Draft;
use super::http::Request;
use super::json::object;
use super::order::Order;
use super::page::Lists;

/// All orders, in the order of their creation.
#[derive(Clone, Debug, Default)]
pub(super) struct Orders {
    list: Vec<Order>,
    by_id: BTreeMap<String, usize>,
    by_po_number: BTreeMap<String, usize>,
    /// Those that asked for a notification and have not had it.
    to_notify: Vec<usize>,
}

impl Orders {
    /// Returns how many there are.
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.list.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn with_po_number(&self, po_number: &str) -> Option<&Order> {
        self.found(self.by_po_number.get(po_number))
    }

    pub(super) fn add(&mut self, order: Order) {
        let index = self.list.len();
        self.by_id.insert(order.id.clone(), index);
        self.by_po_number.insert(order.po_number.clone(), index);
        if order.webhook.is_some() {
            self.to_notify.push(index);
        }
        self.list.push(order);
    }

    /// `GET /v1/Orders/{id}`.
    pub(super) fn show(&self, id: &str, now_ms: u64) -> Draft {
        match self.found(self.by_id.get(id)) {
            Some(order) => Draft::ok(order.document(now_ms)),
            None => Draft::error(404, "There is no order with this id."),
        }
    }

    /// `GET /v1/Orders`: the history, newest first.
    pub(super) fn list(&self, request: &Request<'_>, lists: Lists, now_ms: u64) -> Draft {
        lists.answer(request, self.list.iter().rev(), |order| {
            order.document(now_ms)
        })
    }

    /// Every order, oldest first.
    pub(super) fn document(&self, now_ms: u64) -> Value {
        self.list
            .iter()
            .map(|order| order.document(now_ms))
            .collect()
    }

    /// The notifications that are due, URL and body; each is handed out once.
    pub(super) fn take_webhooks(&mut self, now_ms: u64) -> Vec<(String, Value)> {
        let (due, later): (Vec<usize>, Vec<usize>) = self.to_notify.drain(..).partition(|index| {
            self.list
                .get(*index)
                .is_some_and(|order| order.is_ready(now_ms))
        });
        self.to_notify = later;
        due.into_iter()
            .filter_map(|index| {
                let order = self.list.get(index)?;
                Some((
                    order.webhook.clone()?,
                    object(vec![
                        ("Id", order.id.as_str().into()),
                        ("PONumber", order.po_number.as_str().into()),
                        ("Status", order.status(now_ms).into()),
                    ])
                    .into(),
                ))
            })
            .collect()
    }

    fn found(&self, index: Option<&usize>) -> Option<&Order> {
        self.list.get(*index?)
    }
}
