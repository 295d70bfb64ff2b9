//! Who has been paid already: how a grown or mended file pays nobody twice.
//!
//! A row is a payment to a recipient of a product and a value, and the nth such row of a file is its nth payment. What counts
//! is how many payments there were: where some were made, as many rows are left out, in whatever place they stand. Which of them,
//! what else they say decides: those that are the same in all, then those with the same quantity and phone number, then those with the
//! same quantity, and the first ones of what is left.

use alloc::vec;
use alloc::vec::Vec;

use crate::bulk::payment::Payment;
use crate::bulk::{Campaign, Row};
use crate::money::Amount;
use crate::sorted::sorted;

/// How much of two payments with the same identity is the same. Each is a prefix of the order that payments are sorted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    All,
    QuantityAndPhone,
    Quantity,
    Nothing,
}

impl Likeness {
    /// From the most to the least.
    const EACH: [Self; 4] = [
        Self::All,
        Self::QuantityAndPhone,
        Self::Quantity,
        Self::Nothing,
    ];

    /// What has to be the same.
    fn of(self, payment: &Payment) -> (Amount, u16, u64) {
        let Payment {
            face_value,
            phone,
            content,
            ..
        } = *payment;
        match self {
            Self::All => (face_value, phone, content),
            Self::QuantityAndPhone => (face_value, phone, 0),
            Self::Quantity => (face_value, 0, 0),
            Self::Nothing => (Amount::ZERO, 0, 0),
        }
    }
}

/// Every payment that `after` and the campaigns before it made, or may have made, sorted.
pub(in crate::bulk) fn payments_before(after: &Campaign) -> Vec<Payment> {
    let mut payments = Vec::new();
    for order in &after.orders {
        if order.state.may_have_paid() {
            payments.extend(after.rows_of(order).map(Row::payment));
        }
    }
    in_order(&payments)
}

/// The payments, sorted.
pub(in crate::bulk) fn in_order(payments: &[Payment]) -> Vec<Payment> {
    let at = |index: u32| payments.get(usize::try_from(index).ok()?);
    let mut in_order = Vec::with_capacity(payments.len());
    for index in sorted(payments.len(), &|a, b| at(a).cmp(&at(b))) {
        in_order.extend(at(index));
    }
    in_order
}

/// For each payment that is wanted whether it is among those that were made, which are sorted; each of these is found once.
pub(in crate::bulk) fn found(wanted: &[Payment], made: &[Payment]) -> Vec<bool> {
    let mut is_found = vec![false; wanted.len()];
    if made.is_empty() {
        return is_found;
    }
    let payment = |index: u32| wanted.get(usize::try_from(index).ok()?);
    let identity = |index: u32| payment(index).map(|payment| payment.identity);
    let indices = sorted(wanted.len(), &|a, b| payment(a).cmp(&payment(b)));

    for group in indices.chunk_by(|a, b| identity(*a) == identity(*b)) {
        let Some(identity) = group.first().and_then(|index| identity(*index)) else {
            continue;
        };
        let from = made.partition_point(|made| made.identity < identity);
        let same = made.get(from..).unwrap_or_default().iter();
        let mut left = Vec::new();
        left.extend(same.take_while(|made| made.identity == identity).copied());
        for likeness in Likeness::EACH {
            find(wanted, group, likeness, &mut left, &mut is_found);
        }
    }
    is_found
}

/// Finds payments of a group, which is sorted, among those that are left, as far as they are alike; the others are left.
fn find(
    wanted: &[Payment],
    group: &[u32],
    likeness: Likeness,
    left: &mut Vec<Payment>,
    is_found: &mut [bool],
) {
    if left.is_empty() {
        return;
    }
    // What tells nothing apart is in the order of the file.
    let at = |index: u32| group.get(usize::try_from(index).ok()?);
    let order = match likeness {
        Likeness::Nothing => sorted(group.len(), &|a, b| at(a).cmp(&at(b))),
        _ => Vec::new(),
    };
    let in_file = order.iter().filter_map(|index| at(*index));
    let in_group = group.iter().filter(|_| likeness != Likeness::Nothing);

    let mut made = left.iter().copied().peekable();
    let mut others = Vec::new();
    for index in in_file.chain(in_group) {
        let Ok(index) = usize::try_from(*index) else {
            continue;
        };
        let (Some(payment), Some(slot)) = (wanted.get(index), is_found.get_mut(index)) else {
            continue;
        };
        if *slot {
            continue;
        }
        let own = likeness.of(payment);
        others.extend(core::iter::from_fn(|| {
            made.next_if(|made| likeness.of(made) < own)
        }));
        *slot = made.next_if(|made| likeness.of(made) == own).is_some();
    }
    others.extend(made);
    *left = others;
}
