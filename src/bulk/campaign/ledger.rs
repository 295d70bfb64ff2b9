//! The ledger: what is known of each order, and nothing else.
//!
//! It is what `save` keeps between two sends, so it is small (a byte an order and the order's id) and holds no person, no
//! product and no amount. It belongs to one plan, by a digest of its PO numbers; copies of it merge as [`OrderState`] says.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::bulk::campaign::orders::DIGEST;
use crate::bulk::campaign::sealed::{Sealing, Unsealed};
use crate::bulk::{Campaign, CampaignFault, OrderState, PlannedOrder};

const MARK: [u8; 4] = *b"GCPL";
/// Set beside the state's code where an id follows.
const HAS_ID: u8 = 0x80;

/// What a ledger says of an order.
type Entry<'a> = (OrderState, Option<&'a str>);

impl Campaign {
    /// What is known of each order, as bytes.
    pub fn ledger(&self) -> Vec<u8> {
        let mut sealing = Sealing::new(MARK, self.orders.len().saturating_mul(24));
        sealing.raw(&self.digest);
        sealing.length(self.orders.len());
        self.orders
            .iter()
            .for_each(|order| write_entry(&mut sealing, order));
        sealing.finish()
    }

    /// Merges another copy of this campaign's ledger into what is known. Nothing changes where it is refused.
    ///
    /// # Errors
    ///
    /// [`CampaignFault::NoLedger`], [`CampaignFault::Damaged`], [`CampaignFault::Newer`], [`CampaignFault::OtherPlan`].
    pub fn apply_ledger(&mut self, bytes: &[u8]) -> Result<(), CampaignFault> {
        let mut content = Unsealed::open(bytes, MARK, CampaignFault::NoLedger)?;
        if content.raw(DIGEST)? != self.digest || content.small() != Ok(self.orders.len()) {
            return Err(CampaignFault::OtherPlan);
        }
        let mut entries: Vec<Entry<'_>> = Vec::with_capacity(self.orders.len());
        for _ in &self.orders {
            entries.push(read_entry(&mut content)?);
        }
        content.end()?;

        for (place, entry) in entries.into_iter().enumerate() {
            let known = self.orders.get(place).map(|order| merge(order, entry));
            if let Some((state, order_id)) = known {
                self.set(place, state, order_id);
            }
        }
        Ok(())
    }
}

pub(in crate::bulk) fn write_entry(sealing: &mut Sealing, order: &PlannedOrder) {
    match order.order_id() {
        None => sealing.raw(&[order.state.code()]),
        Some(id) => {
            sealing.raw(&[order.state.code() | HAS_ID]);
            sealing.bytes(id.as_bytes());
        }
    }
}

pub(in crate::bulk) fn read_entry<'a>(
    content: &mut Unsealed<'a>,
) -> Result<Entry<'a>, CampaignFault> {
    let code = content.byte()?;
    let state = OrderState::from_code(code & !HAS_ID).ok_or(CampaignFault::Damaged)?;
    let id = match code & HAS_ID {
        0 => None,
        _ => Some(content.text()?),
    };
    Ok((state, id))
}

/// The state that two copies agree on, with its id. Two successes know the same order, and so do two conflicts: either's id stands,
/// and of two the greater one, so that it does not matter which copy is merged into which.
fn merge(order: &PlannedOrder, entry: Entry<'_>) -> (OrderState, Option<Box<str>>) {
    let ours = (order.state, order.order_id());
    let are = |same: fn(OrderState) -> bool| same(ours.0) && same(entry.0);
    let alike = ours.0 == entry.0 || are(OrderState::is_placed) || are(OrderState::is_conflict);
    let (greater, smaller) = if ours.0 >= entry.0 {
        (ours, entry)
    } else {
        (entry, ours)
    };
    let id = if alike {
        greater.1.max(smaller.1)
    } else {
        greater.1
    };
    (smaller.0.met(greater.0), id.map(Box::from))
}
