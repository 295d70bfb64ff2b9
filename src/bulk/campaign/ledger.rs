//! The ledger: what is known of each order, and nothing else.
//!
//! It is what `save` keeps between two sends, so it is small (a byte an order, the order's id, and a code where one was refused) and holds
//! no person, no product and no amount. It belongs to one plan, by a digest of its PO numbers, those of earlier campaigns included; copies
//! of it merge as [`OrderState`] says.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::bulk::campaign::checksummed::{ChecksummedReader, ChecksummedWriter};
use crate::bulk::campaign::orders::DIGEST;
use crate::bulk::campaign::reason::Reason;
use crate::bulk::{Campaign, CampaignFault, OrderState, PlannedOrder};

const MARK: [u8; 4] = *b"GCPL";
/// Set beside the state's code where an id follows.
const HAS_ID: u8 = 0x80;
/// Set beside the state's code where a reason follows.
const HAS_REASON: u8 = 0x40;

/// What a ledger says of an order.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Entry<'a> {
    pub(in crate::bulk) state: OrderState,
    pub(in crate::bulk) order_id: Option<&'a str>,
    pub(in crate::bulk) reason: Option<Reason>,
}

impl Campaign {
    /// What is known of each order, as bytes.
    pub fn ledger(&self) -> Vec<u8> {
        let mut out = ChecksummedWriter::new(MARK, self.orders.len().saturating_mul(24));
        out.raw(&self.digest);
        out.length(self.orders.len());
        self.orders
            .iter()
            .for_each(|order| write_entry(&mut out, order));
        out.finish()
    }

    /// Merges another copy of this campaign's ledger into what is known. Nothing changes where it is refused.
    ///
    /// # Errors
    ///
    /// [`CampaignFault::NoLedger`], [`CampaignFault::Damaged`], [`CampaignFault::Newer`], [`CampaignFault::OtherPlan`].
    pub fn apply_ledger(&mut self, bytes: &[u8]) -> Result<(), CampaignFault> {
        let mut content = ChecksummedReader::open(bytes, MARK, CampaignFault::NoLedger)?;
        if content.raw(DIGEST)? != self.digest || content.small() != Ok(self.orders.len()) {
            return Err(CampaignFault::OtherPlan);
        }
        let mut entries: Vec<Entry<'_>> = Vec::with_capacity(self.orders.len());
        for _ in &self.orders {
            entries.push(read_entry(&mut content)?);
        }
        content.end()?;

        for (index, entry) in entries.into_iter().enumerate() {
            let known = self.orders.get(index).map(|order| merge(order, entry));
            if let Some((state, order_id, reason)) = known {
                self.set(index, state, order_id, reason);
            }
        }
        Ok(())
    }
}

pub(in crate::bulk) fn write_entry(out: &mut ChecksummedWriter, order: &PlannedOrder) {
    let mut code = order.state.code();
    if order.order_id.is_some() {
        code |= HAS_ID;
    }
    if order.reason.is_some() {
        code |= HAS_REASON;
    }
    out.raw(&[code]);
    let reason = order.reason.map(Reason::as_str);
    for text in [order.order_id(), reason].into_iter().flatten() {
        out.bytes(text.as_bytes());
    }
}

pub(in crate::bulk) fn read_entry<'a>(
    content: &mut ChecksummedReader<'a>,
) -> Result<Entry<'a>, CampaignFault> {
    let code = content.byte()?;
    let state =
        OrderState::from_code(code & !(HAS_ID | HAS_REASON)).ok_or(CampaignFault::Damaged)?;
    let mut text = |flag| match code & flag {
        0 => Ok(None),
        _ => content.text().map(Some),
    };
    let (order_id, reason) = (text(HAS_ID)?, text(HAS_REASON)?);
    Ok(Entry {
        state,
        order_id,
        reason: reason.and_then(Reason::from_code),
    })
}

/// What two copies agree on. Two successes know the same order, and so do two conflicts: either's id and reason stand, and of two the
/// greater one, so that it does not matter which copy is merged into which.
fn merge(order: &PlannedOrder, entry: Entry<'_>) -> (OrderState, Option<Box<str>>, Option<Reason>) {
    let ours = Entry {
        state: order.state,
        order_id: order.order_id(),
        reason: order.reason,
    };
    let are = |same: fn(OrderState) -> bool| same(ours.state) && same(entry.state);
    let alike =
        ours.state == entry.state || are(OrderState::is_placed) || are(OrderState::is_conflict);
    let (mut greater, smaller) = if ours.state >= entry.state {
        (ours, entry)
    } else {
        (entry, ours)
    };
    if alike {
        greater.order_id = greater.order_id.max(smaller.order_id);
        greater.reason = greater.reason.max(smaller.reason);
    }
    (
        smaller.state.met(greater.state),
        greater.order_id.map(Box::from),
        greater.reason,
    )
}
