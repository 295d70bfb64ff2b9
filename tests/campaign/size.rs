//! Many rows, each an order.

use std::time::Instant;

use giftcard_partners::bulk::{Campaign, OrderState};

use crate::rows::{file, planned_after};

#[test]
fn thirty_thousand_rows_in_orders_of_one_line_each_are_planned_placed_and_kept() {
    let recipients: Vec<u32> = (0..30_000).collect();
    let rows = file(&recipients);

    let begun = Instant::now();
    let mut campaign = planned_after(rows.clone(), 1, None);
    // One after the other, as the loop does: it would take hours were any step a walk through all of them.
    while let Some(place) = campaign.next_open(0) {
        let name = campaign.orders()[place].po_number().to_owned();
        campaign.record(&name, OrderState::Created, None).unwrap();
    }
    let restored = Campaign::from_bytes(&campaign.to_bytes()).unwrap();
    let next = planned_after(rows, 1000, Some(&restored));

    assert_eq!(next.already_planned(), 30_000);
    assert!(campaign.ledger().len() < 30_100);
    // Unoptimised and on a busy machine: only that nothing is quadratic.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
