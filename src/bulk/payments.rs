//! Who has been paid already: how a grown or mended file pays nobody twice.
//!
//! A row is a payment to a recipient of a product and a value, and the nth such row of a file is its nth payment. What counts
//! is how many payments there were: where some were made, as many rows are left out, in whatever place they stand.

use alloc::vec;
use alloc::vec::Vec;

use super::identity::identity;
use super::{Accepted, Campaign};
use crate::sorted::sorted;

/// What a row pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payment {
    /// A hash of recipient, product and value: rows with the same are the same payment.
    pub identity: u128,
    /// A hash of what else is known of the recipient, a phone number beside an e-mail address; 0 for nothing. It does not make
    /// another payment, but of two that are the same it tells which one was made.
    pub detail: u32,
}

impl From<u128> for Payment {
    fn from(identity: u128) -> Self {
        Self {
            identity,
            detail: 0,
        }
    }
}

impl Payment {
    /// Stands among the payments for an order that made some. Another order with the same content must not have its PO number: it
    /// would be found placed, and nobody would get what it is for.
    pub(super) fn of_order(po_number: &str) -> Self {
        Self {
            identity: identity(po_number.as_bytes()),
            detail: u32::MAX,
        }
    }
}

/// Every payment that `after` and the campaigns before it made, or may have made, and their orders, sorted.
pub(super) fn payments(after: &Campaign) -> Vec<Payment> {
    let mut payments = after.carried.clone();
    for (place, order) in after.orders.iter().enumerate() {
        if order.state.may_have_paid() {
            for row in after.members(place) {
                payments.extend(after.row(*row).map(|(row, _)| row.payment()));
            }
            payments.push(Payment::of_order(&order.po_number));
        }
    }
    let at = |place: u32| payments.get(usize::try_from(place).ok()?);
    let mut in_order = Vec::with_capacity(payments.len());
    for place in sorted(payments.len(), &|a, b| at(a).cmp(&at(b))) {
        in_order.extend(at(place));
    }
    in_order
}

/// For each row whether it is paid already.
pub(super) fn paid_rows(rows: &Accepted, payments: &[Payment]) -> Vec<bool> {
    let rows = rows.rows();
    let mut paid = vec![false; rows.len()];
    if payments.is_empty() {
        return paid;
    }
    let payment = |place: u32| Some(rows.get(usize::try_from(place).ok()?)?.payment());
    let identity = |place: u32| payment(place).map(|payment| payment.identity);
    let places = sorted(rows.len(), &|a, b| payment(a).cmp(&payment(b)));

    for group in places.chunk_by(|a, b| identity(*a) == identity(*b)) {
        let Some(identity) = group.first().and_then(|place| identity(*place)) else {
            continue;
        };
        let from = payments.partition_point(|made| made.identity < identity);
        let made = payments.get(from..).unwrap_or_default();
        let mut count = made.partition_point(|made| made.identity == identity);
        let mut made = made.get(..count).unwrap_or_default().iter().peekable();

        // Those that were made to the last detail are left out first.
        for exact in [true, false] {
            for place in group {
                let own = payment(*place);
                while exact && made.next_if(|made| Some(**made) < own).is_some() {}
                let slot = usize::try_from(*place)
                    .ok()
                    .and_then(|place| paid.get_mut(place));
                if let Some(slot) = slot
                    && count > 0
                    && !*slot
                    && (!exact || made.next_if(|made| Some(**made) == own).is_some())
                {
                    *slot = true;
                    count = count.saturating_sub(1);
                }
            }
        }
    }
    paid
}
