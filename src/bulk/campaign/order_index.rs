//! Which order of a campaign an answer is of.

use alloc::vec::Vec;

use crate::api::fields::{identifier, member};
use crate::bulk::Campaign;
use crate::sorted::sorted;

/// The orders of a campaign, own and earlier ones, to be found by what an answer says.
#[derive(Debug)]
pub(in crate::bulk) struct OrderIndex<'a> {
    campaign: &'a Campaign,
    /// Indices of orders, sorted by the id that was recorded.
    by_id: Vec<u32>,
}

impl<'a> OrderIndex<'a> {
    pub(in crate::bulk) fn new(campaign: &'a Campaign) -> Self {
        let by_id = sorted(campaign.orders.len(), &|a, b| {
            order_id(campaign, a).cmp(&order_id(campaign, b))
        });
        Self { campaign, by_id }
    }

    /// The index of the order that an answer is of: by its PO number, else by the id that was recorded.
    pub(in crate::bulk) fn find(&self, order: &[u8]) -> Option<usize> {
        if let Some(po_number) = member(order, "PONumber").and_then(identifier) {
            return self.campaign.find(&po_number);
        }
        let id = member(order, "Id").and_then(identifier)?;
        let found = self
            .by_id
            .binary_search_by(|index| order_id(self.campaign, *index).cmp(&Some(id.as_str())))
            .ok()?;
        usize::try_from(*self.by_id.get(found)?).ok()
    }
}

fn order_id(campaign: &Campaign, index: u32) -> Option<&str> {
    campaign.order(usize::try_from(index).ok()?)?.order_id()
}
