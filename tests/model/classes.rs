//! Every status, and every way in which an answer can fail to name an order, does as the class that `faults.rs` has in its place.

use giftcard_partners::answer::Answer;
use giftcard_partners::compose::as_written;
use giftcard_partners::error::Outcome;
use giftcard_partners::flow::{Event, Placement, PlacementStep, Policy, Request, Step};

use crate::server::Content;
use crate::world::order;

const POLICY: Policy = Policy {
    timeout_ms: 30_000,
    deadline_ms: Some(120_000),
    max_retries: 3,
};

/// What the machine does about an answer to an order request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Ends(Outcome),
    Creates,
    Refreshes,
    /// Waits and sends again; an abort in the wait ends with that outcome.
    Waits(Outcome),
    LooksIntoTheHistory,
}

/// A machine whose order request is out; `lost`: the second one, after one that was lost.
fn posting(lost: bool) -> Placement<'static> {
    let mut machine = Placement::new(order(Content::Ours), POLICY, 7, as_written);
    machine.start(0);
    if lost {
        machine.on(Event::Disconnected(None), 0);
        machine.on(Event::Woke, 0);
    }
    machine
}

fn does(mut machine: Placement<'static>, event: Event) -> Does {
    match machine.on(event, 0) {
        Step::Done(Ok(_)) => Does::Creates,
        Step::Done(Err(error)) => Does::Ends(error.outcome.unwrap()),
        Step::Sleep(_) => Does::Waits(outcome(machine.on(Event::Aborted, 0))),
        Step::Send {
            request: Request::Place,
            fresh_token,
            ..
        } => {
            assert!(fresh_token);
            Does::Refreshes
        }
        Step::Send {
            request: Request::Get(path),
            ..
        } => {
            assert!(path.contains('?'), "{path}");
            Does::LooksIntoTheHistory
        }
    }
}

fn outcome(step: PlacementStep) -> Outcome {
    match step {
        Step::Done(Err(error)) => error.outcome.unwrap(),
        step => panic!("{step:?}"),
    }
}

fn answer(status: u16, body: Option<&str>) -> Event {
    Event::Answered(Answer {
        status,
        body: body.map(|body| body.as_bytes().to_vec()),
        retry_after_ms: None,
        request_id: None,
    })
}

/// The statuses by which the reference or HTTP says that a request was not acted on, those aside that are more than that.
const REFUSALS: [u16; 16] = [
    400, 403, 404, 405, 406, 411, 413, 414, 415, 421, 422, 426, 428, 431, 501, 505,
];

#[test]
fn every_status_is_of_its_class() {
    for status in 0..=999 {
        let [first, later] = match status {
            401 => [Does::Refreshes; 2],
            // None of these bodies names an order.
            200..=299 | 408 | 500 | 502 | 503 | 504 | 520..=530 => {
                [Does::Waits(Outcome::Unknown); 2]
            }
            409 => [Does::LooksIntoTheHistory; 2],
            429 => [
                Does::Waits(Outcome::Rejected),
                Does::Waits(Outcome::Unknown),
            ],
            // 303 is where the result of a deed is found.
            300..=302 | 304..=399 => [Does::Ends(Outcome::Rejected), Does::LooksIntoTheHistory],
            status if REFUSALS.contains(&status) => {
                [Does::Ends(Outcome::Rejected), Does::LooksIntoTheHistory]
            }
            // Whatever else there is or comes tomorrow.
            _ => [Does::LooksIntoTheHistory; 2],
        };
        for body in [None, Some(""), Some("{}"), Some("<html>")] {
            let event = || answer(status, body);
            assert_eq!(does(posting(false), event()), first, "{status}");
            assert_eq!(does(posting(true), event()), later, "{status}");
        }
    }
}

#[test]
fn an_answer_of_2xx_makes_an_order_only_where_it_names_one_and_is_whole() {
    for status in [200, 201, 202, 204, 299] {
        for lost in [false, true] {
            let does = |body| does(posting(lost), answer(status, body));
            for body in [
                None,
                Some(""),
                Some("null"),
                Some("[]"),
                Some("\"ORDER-1\""),
                Some("<html>"),
                Some("{\"id\":\"\"}"),
                Some("{\"id\":null}"),
                Some("{\"status\":\"Pending\"}"),
                Some("{\"id\":\"ORDER-1\",\"lineItems\":["),
                // Another order's.
                Some("{\"id\":\"ORDER-2\",\"poNumber\":\"PO-2\"}"),
                Some("{\"Id\":\"ORDER-1\",\"PONumber\":\"PO-10\"}"),
                Some("{\"Id\":\"ORDER-1\",\"PONumber\":1}"),
            ] {
                assert_eq!(
                    does(body),
                    Does::Waits(Outcome::Unknown),
                    "{status} {body:?}"
                );
            }
            for body in [
                "{\"Id\":\"ORDER-1\"}",
                "{\"ID\":7}",
                "{\"id\":\"ORDER-1\",\"lineItems\":[]}",
                "{\"Id\":\"ORDER-1\",\"PONumber\":\"po-1\"}",
                "{\"Id\":\"ORDER-1\",\"PONumber\":null}",
            ] {
                assert_eq!(does(Some(body)), Does::Creates, "{status} {body}");
            }
        }
    }
}

#[test]
fn a_request_that_is_given_up_may_have_made_its_order() {
    for event in [Event::TimedOut, Event::Disconnected(None), Event::Woke] {
        assert_eq!(does(posting(false), event), Does::Waits(Outcome::Unknown));
    }
    assert_eq!(
        does(posting(false), Event::Aborted),
        Does::Ends(Outcome::Unknown)
    );
}
