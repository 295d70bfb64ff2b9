//! Ledgers: small, whole or refused, and merged in any order to the same knowledge.

use giftcard_partners::bulk::{Campaign, CampaignFault, OrderState};
use proptest::prelude::*;

use crate::rows::{planned, record, states};

const ORDERS: usize = 5;

fn campaign() -> Campaign {
    planned(&[0, 1, 2, 3, 4], 1)
}

/// Words and ids, told one after the other.
fn history() -> impl Strategy<Value = Vec<(usize, usize, Option<u8>)>> {
    prop::collection::vec((0..ORDERS, 0..9_usize, prop::option::of(0..3_u8)), 0..15)
}

fn told(words: &[(usize, usize, Option<u8>)]) -> Campaign {
    let mut campaign = campaign();
    for (place, word, id) in words {
        let name = campaign.orders()[*place].po_number().to_owned();
        let id = id.map(|id| format!("ORDER-{id}"));
        campaign
            .record(&name, OrderState::ALL[*word], id.as_deref())
            .unwrap();
    }
    campaign
}

fn merged(into: &Campaign, from: &Campaign) -> Campaign {
    let mut merged = into.clone();
    merged.apply_ledger(&from.ledger()).unwrap();
    merged
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in history(), b in history(), c in history()) {
        let (a, b, c) = (told(&a), told(&b), told(&c));

        prop_assert_eq!(merged(&a, &b).ledger(), merged(&b, &a).ledger());
        prop_assert_eq!(merged(&merged(&a, &b), &c).ledger(), merged(&a, &merged(&b, &c)).ledger());
        prop_assert_eq!(merged(&a, &a).ledger(), a.ledger());
        prop_assert_eq!(merged(&merged(&a, &b), &b).ledger(), merged(&a, &b).ledger());
    }

    #[test]
    fn merging_forgets_no_success_and_no_doubt(a in history(), b in history()) {
        let (a, b) = (told(&a), told(&b));

        let merged = merged(&a, &b);

        for place in 0..ORDERS {
            let [a, b, merged] = [&a, &b, &merged].map(|of| of.orders()[place].state());
            prop_assert_eq!(merged.is_placed(), a.is_placed() || b.is_placed());
            if a.may_have_paid() && (a, b) != (OrderState::Sent, OrderState::Conflict) {
                prop_assert!(merged.may_have_paid());
            }
        }
    }

    #[test]
    fn a_ledger_is_the_whole_of_what_is_known(a in history()) {
        let a = told(&a);

        let restored = merged(&campaign(), &a);

        prop_assert_eq!(restored.orders(), a.orders());
    }

    #[test]
    fn a_ledger_that_is_cut_or_altered_is_refused_and_changes_nothing(
        a in history(), place in any::<prop::sample::Index>(), flip in 1..=255_u8, cut in any::<bool>(),
    ) {
        let mut bytes = told(&a).ledger();
        let place = place.index(bytes.len());
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] ^= flip;
        }
        let mut campaign = campaign();

        let refused = campaign.apply_ledger(&bytes).unwrap_err();

        prop_assert!(matches!(refused, CampaignFault::Damaged | CampaignFault::NoLedger));
        prop_assert_eq!(states(&campaign), [OrderState::Planned; ORDERS]);
    }

    #[test]
    fn bytes_of_any_kind_are_refused(bytes in any::<Vec<u8>>()) {
        prop_assert!(campaign().apply_ledger(&bytes).is_err());
        prop_assert!(Campaign::from_bytes(&bytes).is_err());
    }
}

#[test]
fn a_ledger_of_another_plan_is_refused() {
    let mut campaign = campaign();
    for other in [
        planned(&[0, 1, 2, 3, 5], 1),
        planned(&[0, 1, 2, 3, 4], 2),
        planned(&[], 1),
    ] {
        let refused = campaign.apply_ledger(&other.ledger());

        assert_eq!(refused, Err(CampaignFault::OtherPlan));
    }
    assert_eq!(
        campaign.apply_ledger(&campaign.clone().to_bytes()),
        Err(CampaignFault::NoLedger)
    );
}

#[test]
fn a_ledger_is_a_byte_an_order_and_the_ids_and_holds_no_person() {
    let recipients: Vec<u32> = (0..1000).collect();
    let mut campaign = planned(&recipients, 1);
    record(&mut campaign, 0, OrderState::Created);
    let name = campaign.orders()[1].po_number().to_owned();
    campaign
        .record(&name, OrderState::Created, Some("ORDER-1"))
        .unwrap();

    let ledger = campaign.ledger();

    assert!(ledger.len() < 1000 + 50, "{}", ledger.len());
    let shown = String::from_utf8_lossy(&ledger);
    assert!(shown.contains("ORDER-1"));
    assert!(!shown.contains("example.org"));
}
