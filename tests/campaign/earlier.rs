//! What a campaign carries of those before it: their orders, ids, rows and doubts, which are within reach and are never sent again.

use std::collections::HashSet;

use giftcard_partners::bulk::{
    Campaign, CampaignFault, ClaimSheet, OrderState, PlannedOrder, Reconciliation, ResultSheet,
};
use giftcard_partners::error::Outcome;
use proptest::prelude::*;

use crate::rows::{file, nfc, paid_by, planned, planned_after, record};

/// Recipients, states and PO numbers of the result sheet's rows, in its order.
fn results(campaign: &Campaign) -> Vec<(u32, String, String)> {
    let file = String::from_utf8(ResultSheet::new(campaign, nfc).finish()).unwrap();
    let rows = file.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let recipient = cells[1][1..].split('@').next().unwrap();
        (
            recipient.parse().unwrap(),
            cells[7].to_owned(),
            cells[5].to_owned(),
        )
    });
    rows.collect()
}

fn recipients(campaign: &Campaign) -> Vec<u32> {
    results(campaign).into_iter().map(|(who, ..)| who).collect()
}

/// A campaign of three orders that were placed, and what was appended after it.
fn grown() -> (Campaign, Campaign) {
    let mut first = planned(&[1, 2, 3], 1);
    for index in 0..3 {
        let name = first.orders()[index].po_number().to_owned();
        first
            .record(&name, OrderState::Created, Some(&format!("O-{index}")))
            .unwrap();
    }
    let second = planned_after(file(&[1, 2, 3, 4]), 1, Some(&first));
    (first, second)
}

#[test]
fn a_campaign_has_the_orders_ids_and_rows_of_the_one_before_it_and_sends_its_own_alone() {
    let (first, second) = grown();

    let ids: Vec<_> = second
        .earlier_orders()
        .iter()
        .map(|order| (order.po_number(), order.order_id()))
        .collect();
    let known: Vec<_> = first
        .orders()
        .iter()
        .map(|order| (order.po_number(), order.order_id()))
        .collect();
    assert_eq!(ids, known);
    assert_eq!(recipients(&second), [1, 2, 3, 4]);
    assert_eq!(second.orders().len(), 1);
    assert_eq!(second.next_open(0), Some(0));
    assert_eq!(second.next_open(1), None);
    assert_eq!(second.progress().all.orders, 1);
    assert_eq!(second.earlier_progress().placed.orders, 3);
}

#[test]
fn claim_links_of_every_earlier_campaign_stand_beside_their_rows() {
    let (_, mut second) = grown();
    record(&mut second, 0, OrderState::Created);
    let third = planned_after(file(&[4, 5]), 1, Some(&second));
    let third = Campaign::from_bytes(&third.to_bytes()).unwrap();

    let mut sheet = ClaimSheet::new(&third, nfc);
    for (index, order) in third.earlier_orders().iter().enumerate() {
        let name = order.po_number();
        let answer = format!(
            r#"{{"Id":"O-{index}","PONumber":"{name}","LineItems":[{{"ClaimData":[{{"ClaimLink":"https://c/{index}"}}]}}]}}"#
        );
        sheet.add(answer.as_bytes());
    }
    let sheet = String::from_utf8(sheet.finish()).unwrap();

    let links: Vec<_> = sheet
        .lines()
        .skip(1)
        .map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>())
        .map(|cells| (cells[4].clone(), cells[10].clone()))
        .collect();
    let expected = [
        ("r1", "https://c/0"),
        ("r2", "https://c/1"),
        ("r3", "https://c/2"),
        ("r4", "https://c/3"),
        ("r5", ""),
    ];
    let expected = expected.map(|(who, link)| (format!("{who}@example.org"), link.to_owned()));
    assert_eq!(links, expected);
}

#[test]
fn an_earlier_order_in_doubt_keeps_its_bytes_and_is_settled_from_the_new_campaign() {
    for doubt in [OrderState::Sent, OrderState::Unknown] {
        let mut first = planned(&[1, 2], 1);
        record(&mut first, 0, doubt);
        record(&mut first, 1, OrderState::Created);
        let mut second = planned_after(file(&[1, 2, 3]), 1, Some(&first));
        let name = first.orders()[0].po_number().to_owned();

        let index = second.next_earlier(0).unwrap();
        assert_eq!(second.body(index), first.body(0));
        assert_eq!(second.earlier_progress().in_doubt.orders, 1);
        second
            .record(&name, OrderState::Reconciled, Some("O-1"))
            .unwrap();

        let again = Campaign::from_bytes(&second.to_bytes()).unwrap();
        assert_eq!(again.earlier_progress().in_doubt.orders, 0);
        assert_eq!(again.order(index).unwrap().order_id(), Some("O-1"));
        assert_eq!(again.orders()[0].state(), OrderState::Planned);
    }
}

#[test]
fn an_earlier_order_that_turns_out_to_be_refused_is_planned_again_by_the_next_campaign() {
    let mut first = planned(&[1], 1);
    record(&mut first, 0, OrderState::Sent);
    let mut second = planned_after(file(&[1, 2]), 1, Some(&first));
    let name = first.orders()[0].po_number().to_owned();
    second.record(&name, OrderState::Rejected, None).unwrap();

    let third = planned_after(file(&[1, 2]), 1, Some(&second));

    assert_eq!(third.orders().len(), 2);
    assert_eq!(third.orders()[0].po_number(), name);
}

#[test]
fn a_refusal_is_carried_until_its_row_is_planned_again() {
    let mut first = planned(&[1, 2, 3, 4], 2);
    record(&mut first, 0, OrderState::Created);
    first.begin(1);
    first.settle(
        1,
        giftcard_partners::bulk::Ending::Failed {
            code: "validation_failed",
            issue: Some("over_limit"),
            outcome: Outcome::NotSent,
            order_id: None,
        },
    );

    // The fourth row was taken out of the file.
    let second = planned_after(file(&[1, 2, 3]), 2, Some(&first));

    let states: Vec<_> = results(&second)
        .into_iter()
        .map(|(who, state, _)| (who, state))
        .collect();
    let expected = [
        (1, "created"),
        (2, "created"),
        (4, "rejected"),
        (3, "planned"),
    ];
    assert_eq!(states, expected.map(|(who, state)| (who, state.to_owned())));
    let [.., refused] = second.earlier_orders() else {
        panic!("nothing is carried");
    };
    assert_eq!(refused.reason().unwrap().as_str(), "over_limit");
    assert_eq!(
        (
            refused.line_count(),
            refused.face_value().to_decimal().as_str()
        ),
        (1, "5.00")
    );
    // What is left of it must never be sent under its PO number.
    assert_eq!(second.body(second.orders().len() + 1), None);
    let third = planned_after(file(&[1, 2, 3, 4]), 2, Some(&second));
    assert_eq!(recipients(&third), [1, 2, 3, 4]);
}

#[test]
fn what_was_never_sent_is_replaced_by_the_new_plan() {
    for state in [OrderState::Planned, OrderState::Short] {
        let mut first = planned(&[1], 1);
        record(&mut first, 0, state);

        let second = planned_after(file(&[2]), 1, Some(&first));

        assert_eq!(recipients(&second), [2]);
    }
}

#[test]
fn the_ledger_holds_the_earlier_orders_and_belongs_to_their_plan() {
    let (first, second) = grown();
    let mut known = planned_after(file(&[1, 2, 3, 4]), 1, Some(&first));
    let name = second.earlier_orders()[1].po_number().to_owned();
    let mut told = second.clone();
    told.record(&name, OrderState::Reconciled, Some("O-9"))
        .unwrap();

    known.apply_ledger(&told.ledger()).unwrap();

    assert_eq!(known.ledger(), told.ledger());
    let mut alone = planned(&[4], 1);
    assert_eq!(
        alone.apply_ledger(&told.ledger()),
        Err(CampaignFault::OtherPlan)
    );
}

#[test]
fn the_history_is_held_against_the_earlier_orders_too() {
    let (_, second) = grown();
    let mut reconciliation = Reconciliation::new(&second, nfc);
    let index = second.orders().len();
    let body = String::from_utf8(second.body(index).unwrap()).unwrap();
    let shown = body.replacen('{', r#"{"Id":"O-0","Status":"Complete","#, 1);

    reconciliation.add(shown.as_bytes());

    let report: serde_json::Value = serde_json::from_slice(&reconciliation.to_json()).unwrap();
    assert_eq!(report["matched"], 1);
    assert_eq!(report["others"], 0);
    assert_eq!(report["missing"].as_array().unwrap().len(), 2);
}

proptest! {
    #[test]
    fn through_any_chain_of_campaigns_no_payment_is_lost_from_sight_or_listed_twice(
        stages in prop::collection::vec(
            (prop::collection::vec(0..6_u32, 0..10), 1..4_u64, prop::collection::vec(0..9_usize, 10)), 1..5),
    ) {
        let mut last: Option<Campaign> = None;
        let mut paid: HashSet<String> = HashSet::new();
        for (recipients, max_lines, words) in stages {
            let mut campaign = planned_after(file(&recipients), max_lines, last.as_ref());
            for (index, word) in words.into_iter().enumerate().take(campaign.orders().len()) {
                record(&mut campaign, index, OrderState::ALL[word]);
            }
            let of_own = campaign.orders().iter().filter(|order| order.state().may_have_paid());
            paid.extend(of_own.map(|order| order.po_number().to_owned()));
            let campaign = Campaign::from_bytes(&campaign.to_bytes()).unwrap();

            let all: Vec<&PlannedOrder> = campaign.earlier_orders().iter().chain(campaign.orders()).collect();
            let names: HashSet<_> = all.iter().map(|order| order.po_number().to_owned()).collect();
            prop_assert_eq!(names.len(), all.len());
            prop_assert!(paid.is_subset(&names));
            // Each order that may have paid can still be shown in full, and each row stands in the results once.
            let mut listed = results(&campaign);
            let count = listed.len();
            prop_assert_eq!(count, all.iter().map(|order| usize::try_from(order.line_count()).unwrap()).sum::<usize>());
            for index in 0..all.len() {
                if !campaign.order(index).unwrap().state().may_have_paid() {
                    continue;
                }
                for who in paid_by(&campaign.body(index).unwrap()) {
                    let name = campaign.order(index).unwrap().po_number();
                    let found = listed.iter().position(|(other, _, po)| *other == who && po == name);
                    prop_assert!(found.is_some());
                    listed.swap_remove(found.unwrap());
                }
            }
            last = Some(campaign);
        }
    }
}
