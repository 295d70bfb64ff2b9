//! What may be recorded of an order, and what follows from it.

use giftcard_partners::bulk::{Campaign, CampaignFault, Course, Ending, OrderState, OrderTotals};
use giftcard_partners::error::Outcome;
use proptest::prelude::*;

use crate::rows::{planned, record, states};

fn open(campaign: &Campaign) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(place) = campaign.next_open(from) {
        found.push(place);
        from = place + 1;
    }
    found
}

#[test]
fn what_is_open_is_planned_sent_unknown_or_short_in_the_order_of_the_file() {
    let mut campaign = planned(&[0, 1, 2, 3, 4, 5, 6, 7, 8], 1);
    for (place, state) in OrderState::ALL.into_iter().enumerate() {
        record(&mut campaign, place, state);
    }

    assert_eq!(states(&campaign), OrderState::ALL);
    let handed_out: Vec<OrderState> = open(&campaign)
        .into_iter()
        .map(|place| OrderState::ALL[place])
        .collect();
    assert_eq!(
        handed_out,
        [
            OrderState::Planned,
            OrderState::Short,
            OrderState::Sent,
            OrderState::Unknown
        ]
    );
}

#[test]
fn an_unknown_po_number_is_refused() {
    let mut campaign = planned(&[1], 1);

    let refused = campaign.record("PO-1", OrderState::Created, None);

    assert_eq!(refused, Err(CampaignFault::UnknownPoNumber));
}

#[test]
fn a_rejected_order_can_be_tried_again() {
    let mut campaign = planned(&[1], 1);
    record(&mut campaign, 0, OrderState::Rejected);
    assert_eq!(campaign.next_open(0), None);

    record(&mut campaign, 0, OrderState::Sent);

    assert_eq!(campaign.next_open(0), Some(0));
}

#[test]
fn an_order_id_stays_with_its_success() {
    let mut campaign = planned(&[1], 1);
    let name = campaign.orders()[0].po_number().to_owned();
    let mut told = |word, id| {
        campaign.record(&name, word, id).unwrap();
        (
            campaign.orders()[0].state(),
            campaign.orders()[0].order_id().map(str::to_owned),
        )
    };

    told(OrderState::Unknown, Some("A"));
    assert_eq!(told(OrderState::Created, None), (OrderState::Created, None));
    let with_id = (OrderState::Created, Some("B".to_owned()));
    assert_eq!(told(OrderState::Reconciled, Some("B")), with_id);
    assert_eq!(told(OrderState::Conflict, Some("C")), with_id);
    assert_eq!(told(OrderState::Created, Some("D")), with_id);
    assert_eq!(told(OrderState::Sent, None), with_id);
}

#[test]
fn a_refusal_clears_no_earlier_attempt() {
    for (code, course) in [
        ("insufficient_funds", Course::Pause),
        ("bad_request", Course::On),
        ("forbidden", Course::Stop),
    ] {
        let mut campaign = planned(&[1], 1);
        campaign.begin(0);
        // The process ends here, and the next one begins.
        campaign.begin(0);

        let refused = Ending::Failed {
            code,
            issue: None,
            outcome: Outcome::Rejected,
            order_id: None,
        };

        assert_eq!(campaign.settle(0, refused), course);
        assert_eq!(states(&campaign), [OrderState::Unknown], "{code}");
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[test]
fn each_failure_of_a_first_attempt_is_recorded_as_what_it_proves() {
    for (code, outcome, state, course) in [
        (
            "insufficient_funds",
            Outcome::Rejected,
            OrderState::Short,
            Course::Pause,
        ),
        (
            "insufficient_funds",
            Outcome::Unknown,
            OrderState::Unknown,
            Course::Pause,
        ),
        (
            "bad_request",
            Outcome::Rejected,
            OrderState::Rejected,
            Course::On,
        ),
        (
            "validation_failed",
            Outcome::Rejected,
            OrderState::Rejected,
            Course::On,
        ),
        (
            "po_number_conflict",
            Outcome::Rejected,
            OrderState::Conflict,
            Course::On,
        ),
        ("network", Outcome::Unknown, OrderState::Unknown, Course::On),
        ("timeout", Outcome::Unknown, OrderState::Unknown, Course::On),
        (
            "server_error",
            Outcome::Unknown,
            OrderState::Unknown,
            Course::On,
        ),
        // 499 and its like: who gave up in the middle may have placed it.
        (
            "unexpected_status",
            Outcome::Unknown,
            OrderState::Unknown,
            Course::On,
        ),
        (
            "not_found",
            Outcome::Unknown,
            OrderState::Unknown,
            Course::On,
        ),
        (
            "network",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "not_found",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "rate_limited",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "redirected",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "unauthorized",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "forbidden",
            Outcome::Unknown,
            OrderState::Unknown,
            Course::Stop,
        ),
        (
            "invalid_config",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "aborted",
            Outcome::Unknown,
            OrderState::Unknown,
            Course::Stop,
        ),
        (
            "aborted",
            Outcome::Rejected,
            OrderState::Planned,
            Course::Stop,
        ),
        // Of a valid order that never left: these were answers to a request for a token.
        (
            "bad_request",
            Outcome::NotSent,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "insufficient_funds",
            Outcome::NotSent,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "po_number_conflict",
            Outcome::NotSent,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "invalid_config",
            Outcome::NotSent,
            OrderState::Planned,
            Course::Stop,
        ),
        (
            "validation_failed",
            Outcome::NotSent,
            OrderState::Rejected,
            Course::On,
        ),
    ] {
        let mut campaign = planned(&[1], 1);
        campaign.begin(0);
        assert_eq!(states(&campaign), [OrderState::Sent]);

        let ending = Ending::Failed {
            code,
            issue: None,
            outcome,
            order_id: None,
        };

        assert_eq!(campaign.settle(0, ending), course, "{code} {outcome:?}");
        assert_eq!(states(&campaign), [state], "{code} {outcome:?}");
    }
}

proptest! {
    #[test]
    fn the_tallies_and_what_is_open_follow_every_word(
        words in prop::collection::vec((0..6_usize, 0..9_usize), 0..60),
    ) {
        let mut campaign = planned(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2);
        for (place, word) in words {
            record(&mut campaign, place, OrderState::ALL[word]);

            let expected: Vec<usize> = (0..6)
                .filter(|place| campaign.orders()[*place].state().is_open())
                .collect();
            prop_assert_eq!(open(&campaign), expected);
            for state in OrderState::ALL {
                let mut totals = OrderTotals::default();
                for order in campaign.orders().iter().filter(|order| order.state() == state) {
                    totals.orders += 1;
                    totals.lines += u64::from(order.line_count());
                    totals.face_value = totals.face_value.checked_add(order.face_value()).unwrap();
                }
                prop_assert_eq!(campaign.totals(state), totals);
            }
        }
    }

    #[test]
    fn a_success_is_never_forgotten(words in prop::collection::vec(0..9_usize, 0..20)) {
        let mut campaign = planned(&[1], 1);
        let mut placed = false;
        for word in words {
            record(&mut campaign, 0, OrderState::ALL[word]);
            placed |= OrderState::ALL[word].is_placed();
            prop_assert_eq!(campaign.orders()[0].state().is_placed(), placed);
        }
    }
}

#[test]
fn an_error_that_is_none_of_ours_leaves_the_order_in_doubt_and_one_about_the_call_does_not() {
    let outcome = |code, word| match Ending::of_error(code, word, None, None) {
        Ending::Failed { outcome, .. } => outcome,
        placed @ Ending::Placed { .. } => panic!("{placed:?}"),
    };

    for (code, word, expected) in [
        (None, None, Outcome::Unknown),
        (None, Some("not-sent"), Outcome::Unknown),
        (Some("invalid_config"), None, Outcome::NotSent),
        (Some("server_error"), Some("unknown"), Outcome::Unknown),
        (Some("bad_request"), Some("rejected"), Outcome::Rejected),
        (Some("bad_request"), Some("tomorrow"), Outcome::Unknown),
    ] {
        assert_eq!(outcome(code, word), expected, "{code:?} {word:?}");
    }
}
