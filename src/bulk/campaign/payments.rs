//! Who has been paid already: how a grown or mended file pays nobody twice.
//!
//! A row is a payment to a recipient of a product and a value, and the nth such row of a file is its nth payment. What counts
//! is how many payments there were: where some were made, as many rows are left out, in whatever place they stand. Which of them,
//! what else they say decides: those that are the same in all, then those with the same quantity and phone number, then those with the
//! same quantity, and the first ones of what is left.

use alloc::vec;
use alloc::vec::Vec;

use crate::bulk::import::identity::identity;
use crate::bulk::{Accepted, Campaign, Row};
use crate::sorted::sorted;

/// What a row pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payment {
    /// A hash of recipient, product and value: rows with the same are the same payment.
    pub identity: u128,
    /// Hashes of what else the row says: 16 bits for the quantity, 16 for a phone number beside an e-mail address, and 32 for all of it. It
    /// does not make another payment, but of two that are the same it tells which one was made.
    pub detail: u64,
}

impl From<u128> for Payment {
    fn from(identity: u128) -> Self {
        Self {
            identity,
            detail: 0,
        }
    }
}

/// Bits of a detail that have to be the same, one after the other.
const ALIKE: [u64; 4] = [u64::MAX, u64::MAX << 32, u64::MAX << 48, 0];

impl Payment {
    /// That payment, by a row of so much money and such content.
    pub(in crate::bulk) fn with_content(self, face_value: u64, content: u32) -> Self {
        // The value is the same, so that this is the quantity.
        let quantity = face_value.wrapping_mul(0x9E37_79B9_7F4A_7C15) & u64::MAX << 48;
        let phone = (self.detail & 0xFFFF) << 32;
        Self {
            detail: quantity | phone | u64::from(content),
            ..self
        }
    }

    /// Stands among the payments for an order that made some. Another order with the same content must not have its PO number: it
    /// would be found placed, and nobody would get what it is for.
    pub(in crate::bulk) fn of_order(po_number: &str) -> Self {
        Self {
            identity: identity(po_number.as_bytes()),
            detail: u64::MAX,
        }
    }
}

/// Every payment that `after` and the campaigns before it made, or may have made, and their orders, sorted.
pub(in crate::bulk) fn payments(after: &Campaign) -> Vec<Payment> {
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
pub(in crate::bulk) fn paid_rows(rows: &Accepted, payments: &[Payment]) -> Vec<bool> {
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
        let made = payments.get(from..).unwrap_or_default().iter();
        let mut left = Vec::new();
        left.extend(
            made.take_while(|made| made.identity == identity)
                .map(|made| made.detail),
        );
        for mask in ALIKE {
            leave_out(rows, group, mask, &mut left, &mut paid);
        }
    }
    paid
}

/// Leaves out rows of a group, which is in the order of their details, for payments that are alike as far as the mask goes; the others are
/// left.
fn leave_out(rows: &[Row], group: &[u32], mask: u64, left: &mut Vec<u64>, paid: &mut [bool]) {
    if left.is_empty() {
        return;
    }
    // What tells nothing apart is in the order of the file.
    let at = |place: u32| group.get(usize::try_from(place).ok()?);
    let order = match mask {
        0 => sorted(group.len(), &|a, b| at(a).cmp(&at(b))),
        _ => Vec::new(),
    };
    let in_file = order.iter().filter_map(|place| at(*place));
    let in_detail = group.iter().filter(|_| mask != 0);

    let mut made = left.iter().copied().peekable();
    let mut others = Vec::new();
    for place in in_file.chain(in_detail) {
        let Ok(place) = usize::try_from(*place) else {
            continue;
        };
        let (Some(row), Some(slot)) = (rows.get(place), paid.get_mut(place)) else {
            continue;
        };
        if *slot {
            continue;
        }
        let own = row.detail & mask;
        others.extend(core::iter::from_fn(|| {
            made.next_if(|made| made & mask < own)
        }));
        *slot = made.next_if(|made| made & mask == own).is_some();
    }
    others.extend(made);
    *left = others;
}
