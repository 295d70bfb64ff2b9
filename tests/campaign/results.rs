//! What became of each recipient, and why.

use giftcard_partners::bulk::{Campaign, Ending, OrderState, Reason, ResultSheet};
use giftcard_partners::error::Outcome;
use proptest::prelude::*;
use serde_json::Value;

use crate::rows::{nfc, planned, record};

const HEADER: &str = "Line,Recipient,ProductId,Value,Quantity,PONumber,OrderId,State,Reason,Status";

fn sheet(campaign: &Campaign, history: &[Value]) -> Vec<String> {
    let mut sheet = ResultSheet::new(campaign, nfc);
    for order in history {
        sheet.add(order.to_string().as_bytes());
    }
    let file = String::from_utf8(sheet.finish()).unwrap();
    let mut rows = file
        .strip_prefix('\u{feff}')
        .unwrap()
        .split_terminator("\r\n");
    assert_eq!(rows.next(), Some(HEADER));
    rows.map(str::to_owned).collect()
}

fn fail(campaign: &mut Campaign, index: usize, code: &str, issue: Option<&str>, outcome: Outcome) {
    campaign.begin(index);
    let ending = Ending::Failed {
        code,
        issue,
        outcome,
        order_id: None,
    };
    campaign.settle(index, ending);
}

/// An order of the campaign as the history shows it.
fn shown(campaign: &Campaign, index: usize, id: &str, status: &str) -> Value {
    let mut order: Value = serde_json::from_slice(&campaign.body(index).unwrap()).unwrap();
    order["Id"] = id.into();
    order["Status"] = status.into();
    order
}

#[test]
fn each_recipient_has_a_row_with_what_is_known_and_why() {
    let mut campaign = planned(&[1, 2, 3, 4, 5, 6, 7], 1);
    let names: Vec<String> = campaign
        .orders()
        .iter()
        .map(|order| order.po_number().to_owned())
        .collect();
    campaign
        .record(&names[0], OrderState::Created, Some("O-1"))
        .unwrap();
    fail(&mut campaign, 1, "bad_request", None, Outcome::Rejected);
    fail(
        &mut campaign,
        2,
        "validation_failed",
        Some("over_limit"),
        Outcome::NotSent,
    );
    fail(
        &mut campaign,
        3,
        "insufficient_funds",
        None,
        Outcome::Rejected,
    );
    fail(&mut campaign, 4, "network", None, Outcome::Unknown);
    fail(&mut campaign, 5, "unauthorized", None, Outcome::Rejected);

    let sheet = sheet(&campaign, &[]);

    let expected = [
        ("O-1", "created", ""),
        ("", "rejected", "bad_request"),
        ("", "rejected", "over_limit"),
        ("", "short", "insufficient_funds"),
        ("", "unknown", "network"),
        ("", "planned", "unauthorized"),
        ("", "planned", ""),
    ];
    for (index, (id, state, reason)) in expected.into_iter().enumerate() {
        let (line, who, name) = (index + 2, index + 1, &names[index]);
        let row = format!("{line},r{who}@example.org,A,5,1,{name},{id},{state},{reason},");
        assert_eq!(sheet[index], row);
    }
}

#[test]
fn an_order_that_the_history_shows_is_placed_whatever_the_ledger_knows() {
    let mut campaign = planned(&[1, 2, 3, 4], 1);
    fail(&mut campaign, 0, "timeout", None, Outcome::Unknown);
    record(&mut campaign, 1, OrderState::Sent);
    fail(&mut campaign, 3, "network", None, Outcome::Unknown);
    let mut other = shown(&campaign, 1, "O-2", "Complete");
    other["LineItems"][0]["Value"] = 50.into();
    let history = [shown(&campaign, 0, "O-1", "Complete"), other];

    let sheet = sheet(&campaign, &history);

    let ends: Vec<String> = sheet
        .iter()
        .map(|row| row.split(',').skip(6).collect::<Vec<_>>().join(","))
        .collect();
    assert_eq!(
        ends,
        [
            "O-1,reconciled,,Complete",
            "O-2,conflict,,Complete",
            ",planned,,",
            ",unknown,network,",
        ]
    );
}

#[test]
fn a_reason_is_a_code_of_this_package_and_no_other_word() {
    for word in ["over_limit", "insufficient_funds", "unexpected_status"] {
        assert_eq!(Reason::from_code(word).map(Reason::as_str), Some(word));
    }
    for word in [
        "",
        "Over_limit",
        "ann@example.org",
        "The card for Ann was refused",
    ] {
        assert_eq!(Reason::from_code(word), None);
    }
    let mut campaign = planned(&[1], 1);
    fail(
        &mut campaign,
        0,
        "ann@example.org",
        Some("Ann"),
        Outcome::Unknown,
    );
    assert_eq!(campaign.orders()[0].reason(), None);
}

#[test]
fn a_reason_goes_with_its_state() {
    let mut campaign = planned(&[1], 1);
    let reason = |campaign: &Campaign| campaign.orders()[0].reason().map(Reason::as_str);

    fail(
        &mut campaign,
        0,
        "insufficient_funds",
        None,
        Outcome::Rejected,
    );
    assert_eq!(reason(&campaign), Some("insufficient_funds"));
    campaign.begin(0);
    assert_eq!(reason(&campaign), None);
    fail(&mut campaign, 0, "network", None, Outcome::Unknown);
    campaign.begin(0);
    assert_eq!(reason(&campaign), Some("network"));
    record(&mut campaign, 0, OrderState::Created);
    assert_eq!(reason(&campaign), None);
}

/// Codes that attempts end with, one after the other.
fn history() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
    prop::collection::vec((0..3_usize, 0..CODES.len(), any::<bool>()), 0..12)
}

const CODES: [&str; 6] = [
    "network",
    "timeout",
    "insufficient_funds",
    "bad_request",
    "po_number_conflict",
    "forbidden",
];

fn told(words: &[(usize, usize, bool)]) -> Campaign {
    let mut campaign = planned(&[0, 1, 2], 1);
    for (index, code, unknown) in words {
        let outcome = if *unknown {
            Outcome::Unknown
        } else {
            Outcome::Rejected
        };
        fail(&mut campaign, *index, CODES[*code], None, outcome);
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
    fn reasons_merge_with_their_states_in_any_order(a in history(), b in history(), c in history()) {
        let (a, b, c) = (told(&a), told(&b), told(&c));

        prop_assert_eq!(merged(&a, &b).ledger(), merged(&b, &a).ledger());
        prop_assert_eq!(merged(&merged(&a, &b), &c).ledger(), merged(&a, &merged(&b, &c)).ledger());
        for same in [merged(&a, &a), Campaign::from_bytes(&a.to_bytes()).unwrap()] {
            prop_assert_eq!(same.orders(), a.orders());
        }
    }
}
