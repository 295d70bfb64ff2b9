//! Who has been paid already: how a grown or mended file pays nobody twice.
//!
//! A row is a payment to a recipient of a product and a value, and the nth such row of a file is its nth payment. What counts
//! is how many payments there were: a row whose own payment was made is left out first, and where more was paid than those,
//! so are as many others. So whoever is in the file twice and was paid once is paid once more, in whatever place they stand.

use alloc::vec;
use alloc::vec::Vec;

use super::campaign::Payment;
use super::sorted::sorted;
use super::{Accepted, Campaign};

/// Every payment that `after` and the campaigns before it made, or may have made, sorted.
pub(super) fn payments(after: &Campaign) -> Vec<Payment> {
    let mut payments = after.carried.clone();
    for (place, order) in after.orders.iter().enumerate() {
        if order.state.may_have_paid() {
            let rows = after.members(place).iter();
            payments.extend(rows.filter_map(|row| Some(Payment::of(after.row(*row)?.0))));
        }
    }
    let at = |place: u32| {
        usize::try_from(place)
            .ok()
            .and_then(|place| payments.get(place))
    };
    let places = sorted(payments.len(), &|a, b| at(a).cmp(&at(b)));
    places
        .into_iter()
        .filter_map(|place| at(place).copied())
        .collect()
}

/// For each row whether it is paid already.
pub(super) fn paid_rows(rows: &Accepted, payments: &[Payment]) -> Vec<bool> {
    let rows = rows.rows();
    let mut paid = vec![false; rows.len()];
    if payments.is_empty() {
        return paid;
    }
    let payment = |place: u32| {
        let row = usize::try_from(place)
            .ok()
            .and_then(|place| rows.get(place));
        row.map(Payment::of)
    };
    let identity = |place: u32| payment(place).map(|payment| payment.identity);
    let places = sorted(rows.len(), &|a, b| payment(a).cmp(&payment(b)));

    for group in places.chunk_by(|a, b| identity(*a) == identity(*b)) {
        let Some(identity) = group.first().and_then(|place| identity(*place)) else {
            continue;
        };
        let from = payments.partition_point(|made| made.identity < identity);
        let made = payments.get(from..).unwrap_or_default();
        let count = made.partition_point(|made| made.identity == identity);
        let made = made.get(..count).unwrap_or_default();

        let own =
            |place: &&u32| payment(**place).is_some_and(|own| made.binary_search(&own).is_ok());
        let exact = group.iter().filter(own);
        let others = group.iter().filter(|place| !own(place));
        // A row whose own payment was made must be left out before any other: under the same PO number it would be found
        // placed, and the other would go without.
        for place in exact.chain(others).take(count) {
            if let Some(paid) = usize::try_from(*place)
                .ok()
                .and_then(|place| paid.get_mut(place))
            {
                *paid = true;
            }
        }
    }
    paid
}
