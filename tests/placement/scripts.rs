//! Known faults, one after the other.

use giftcard_partners::answer::{HIDDEN_REDIRECT, NO_ANSWER};
use giftcard_partners::error::Kind;
use giftcard_partners::flow::{PlacedBy, Policy};

use crate::driver::{BODY, PO, POLICY, Run, run, run_with, verdict};
use crate::server::{FINE, Server, Tells, lost_after_commit, not_done, status};

const HISTORY: &str = "GET /v1/Orders?pageIndex=1&pageSize=100";
const ORIGINAL: &str = "GET /v1/Orders/ORDER-1";
const FULL: PlacedBy = PlacedBy::Reconciliation { full: true };

const LOSSES: [Tells; 14] = [
    Tells::TimedOut,
    Tells::Disconnected,
    Tells::Status(408, "", None),
    Tells::Status(500, "", None),
    Tells::Status(502, "<html>", None),
    Tells::Status(503, "{}", None),
    Tells::Status(504, "<html>", None),
    Tells::Status(520, "", None),
    Tells::Status(530, "<html>", None),
    Tells::Status(201, "", None),
    Tells::Status(200, "<html>", None),
    Tells::Status(201, "{\"id\":\"ORDER-1\",\"lineItems\":[", None),
    Tells::Status(201, "{\"status\":\"Pending\"}", None),
    Tells::Cut(201),
];

/// No HTTP answer to an order request, or one that does not say whether the request was acted on, and that is not tried again.
const DEAD_ENDS: [u16; 14] = [
    303,
    402,
    410,
    418,
    444,
    460,
    499,
    506,
    511,
    531,
    599,
    999,
    HIDDEN_REDIRECT,
    NO_ANSWER,
];

fn other_content() -> String {
    BODY.replace("25.0", "26.0")
}

#[track_caller]
fn assert_placed(run: &Run, by: PlacedBy, attempts: u32) {
    let placed = run.result.as_ref().unwrap();
    assert_eq!(
        (placed.by, placed.attempts),
        (by, attempts),
        "{:?}",
        run.log
    );
    assert!(run.bodies.iter().all(|body| body == BODY.as_bytes()));
}

#[test]
fn an_order_that_nothing_happens_to_is_created_at_once() {
    let mut server = Server::new(&[]);

    let run = run(&mut server);

    assert_placed(&run, PlacedBy::Creation, 1);
    assert_eq!(run.log, ["POST"]);
    assert_eq!(server.count(PO), 1);
}

#[test]
fn a_request_that_is_lost_before_the_commit_is_sent_again_and_creates_the_order() {
    for loss in LOSSES {
        let mut server = Server::new(&[not_done(loss)]);

        let run = run(&mut server);

        assert_placed(&run, PlacedBy::Creation, 2);
        assert_eq!(run.log, ["POST", "sleep", "POST"], "{loss:?}");
        assert_eq!(server.count(PO), 1);
    }
}

#[test]
fn a_request_that_is_lost_after_the_commit_is_found_by_its_409_and_compared() {
    for loss in LOSSES {
        let mut server = Server::new(&[lost_after_commit(loss)]);

        let run = run(&mut server);

        assert_placed(&run, FULL, 2);
        assert_eq!(run.log, ["POST", "sleep", "POST", ORIGINAL], "{loss:?}");
        assert_eq!(server.count(PO), 1);
    }
}

#[test]
fn a_409_that_names_no_order_is_followed_through_the_history() {
    let mut server = Server::new(&[lost_after_commit(Tells::TimedOut)]);
    server.names_original = false;

    let run = run(&mut server);

    assert_placed(&run, FULL, 2);
    assert_eq!(run.log, ["POST", "sleep", "POST", HISTORY, ORIGINAL]);
}

#[test]
fn the_history_is_searched_page_by_page() {
    let mut server = Server::new(&[]);
    for number in 10..16 {
        server = server.with_order(&format!("PO-{number}"), BODY);
    }
    server = server.with_order(PO, BODY);
    server.names_original = false;
    server.page_size = 3;

    let run = run(&mut server);

    assert_placed(&run, FULL, 1);
    assert_eq!(run.looks(), 4, "{:?}", run.log);
}

#[test]
fn an_order_far_back_in_the_history_is_found_and_one_beyond_its_bound_is_not_denied() {
    for (before, pages, found) in [(9, 10, true), (10, 10, false)] {
        let mut server = Server::new(&[]);
        for number in 100..100 + before {
            server = server.with_order(&format!("PO-{number}"), BODY);
        }
        server = server.with_order(PO, BODY);
        server.page_size = 1;
        server.posts = [not_done(Tells::TimedOut), not_done(status(422))].into();

        let run = run(&mut server);

        let pages_read = run.log.iter().filter(|entry| entry.contains("pageIndex"));
        assert_eq!(pages_read.count(), pages, "{:?}", run.log);
        if found {
            assert_placed(&run, FULL, 2);
        } else {
            assert_eq!(verdict(&run), (Kind::InsufficientFunds, "unknown", 2));
        }
    }
}

#[test]
fn a_history_that_answers_every_page_with_the_same_one_is_not_read_on() {
    let page = r#"{"data":[{"id":"ORDER-2","poNumber":"PO-2"}]}"#;
    let mut server = Server::new(&[not_done(Tells::TimedOut), not_done(status(422))]);
    server.gets = vec![not_done(Tells::Status(200, page, None)); 9].into();

    let run = run(&mut server);

    assert_eq!(verdict(&run), (Kind::InsufficientFunds, "unknown", 2));
    assert_eq!(run.looks(), 2, "{:?}", run.log);
}

#[test]
fn a_409_for_an_order_of_other_content_is_a_conflict_that_names_it() {
    // After a lost attempt the other order may be ours, shown otherwise than it was sent.
    for (loss, outcome, attempts) in [
        (FINE, "rejected", 1),
        (not_done(Tells::TimedOut), "unknown", 2),
    ] {
        let mut server = Server::new(&[loss]).with_order(PO, &other_content());

        let run = run(&mut server);

        assert_eq!(verdict(&run), (Kind::PoNumberConflict, outcome, attempts));
        assert!(!run.error().message.contains("call again"));
        assert_eq!(run.error().order_id.as_deref(), Some("ORDER-1"));
        assert_eq!(run.error().status, Some(409));
        assert_eq!(server.created, 0);
    }
}

#[test]
fn an_original_that_cannot_be_found_yet_is_looked_for_again() {
    for lists in [true, false] {
        let mut server = Server::new(&[lost_after_commit(Tells::TimedOut)]);
        server.hidden_for = 2;
        server.lists = lists;

        let run = run(&mut server);

        assert_placed(&run, FULL, 2);
        assert!(run.log.iter().filter(|entry| *entry == "sleep").count() >= 2);
        assert_eq!(server.count(PO), 1);
    }
}

#[test]
fn an_original_that_is_never_found_leaves_the_outcome_unknown_after_few_looks() {
    for (lists, deadline_ms) in [(true, Some(120_000)), (true, None), (false, None)] {
        let mut server = Server::new(&[lost_after_commit(Tells::TimedOut)]);
        server.hidden_for = u32::MAX;
        server.lists = lists;
        let policy = Policy {
            deadline_ms,
            ..POLICY
        };

        let run = run_with(&mut server, policy, 7, None);

        assert_eq!(verdict(&run).1, "unknown");
        assert!(run.looks() <= 12, "{:?}", run.log);
        assert!(run.error().order_id.is_some());
    }
}

#[test]
fn an_answer_that_names_no_order_is_not_taken_for_the_original() {
    for answer in ["{}", "{\"message\":\"try later\"}", "[]", "<html>"] {
        let mut server = Server::new(&[]).with_order(PO, &other_content());
        server.gets = vec![not_done(Tells::Status(200, answer, None)); 4].into();

        let run = run(&mut server);

        assert_eq!(verdict(&run), (Kind::Decode, "unknown", 1), "{answer}");
        assert!(run.error().order_id.is_some());
    }
}

#[test]
fn an_original_that_is_answered_with_something_else_is_looked_at_again() {
    for answer in ["{}", "<html>", "{\"id\":\"ORDER-1\",\"lineItems\":["] {
        let mut server = Server::new(&[]).with_order(PO, BODY);
        server.gets = [not_done(Tells::Status(200, answer, None))].into();

        let run = run(&mut server);

        assert!(run.result.is_ok(), "{answer}: {:?}", run.log);
        assert_eq!((run.posts(), run.looks()), (1, 2), "{answer}");
    }
}

#[test]
fn a_first_refusal_is_final() {
    for (code, kind) in [
        (400, Kind::BadRequest),
        (403, Kind::Forbidden),
        (404, Kind::NotFound),
        (302, Kind::Redirect),
        (307, Kind::Redirect),
        (405, Kind::Status),
        (413, Kind::Status),
        (415, Kind::Status),
        (422, Kind::InsufficientFunds),
        (428, Kind::Status),
        (501, Kind::Server),
        (505, Kind::Server),
    ] {
        let mut server = Server::new(&[not_done(status(code))]);

        let run = run(&mut server);

        assert_eq!(verdict(&run), (kind, "rejected", 1));
        assert_eq!(run.log, ["POST"]);
        assert_eq!(server.count(PO), 0);
    }
}

#[test]
fn a_refusal_after_a_lost_request_that_made_the_order_is_answered_from_the_history() {
    for code in [400, 403, 422] {
        let fates = [lost_after_commit(Tells::TimedOut), not_done(status(code))];
        let mut server = Server::new(&fates);

        let run = run(&mut server);

        assert_placed(&run, FULL, 2);
        assert_eq!(run.log, ["POST", "sleep", "POST", HISTORY, ORIGINAL]);
    }
}

#[test]
fn a_refusal_after_a_lost_request_that_the_history_does_not_show_denies_nothing() {
    for (code, kind) in [
        (400, Kind::BadRequest),
        (403, Kind::Forbidden),
        (422, Kind::InsufficientFunds),
    ] {
        let mut server = Server::new(&[not_done(Tells::TimedOut), not_done(status(code))]);

        let run = run(&mut server);

        assert_eq!(verdict(&run), (kind, "unknown", 2));
        assert_eq!(run.log, ["POST", "sleep", "POST", HISTORY]);
    }
}

#[test]
fn a_refused_token_is_refreshed_once_and_is_no_attempt() {
    let mut server = Server::new(&[not_done(status(401))]);

    let run = run(&mut server);

    assert_placed(&run, PlacedBy::Creation, 1);
    assert_eq!(run.log, ["POST", "POST fresh"]);
}

#[test]
fn a_token_that_is_refused_twice_ends_the_call() {
    let mut server = Server::new(&[not_done(status(401)), not_done(status(401))]);

    let run = run(&mut server);

    assert_eq!(verdict(&run), (Kind::Unauthorized, "rejected", 1));
    assert_eq!(run.log, ["POST", "POST fresh"]);
}

#[test]
fn a_failed_refresh_after_a_lost_request_denies_nothing() {
    for (first, made) in [
        (lost_after_commit(Tells::TimedOut), true),
        (not_done(Tells::TimedOut), false),
    ] {
        let fates = [
            first,
            not_done(status(401)),
            not_done(Tells::NotSent(Kind::Unauthorized)),
        ];
        let mut server = Server::new(&fates);

        let run = run(&mut server);

        if made {
            assert_placed(&run, FULL, 2);
        } else {
            assert_eq!(verdict(&run), (Kind::Unauthorized, "unknown", 2));
        }
    }
}

#[test]
fn a_server_that_is_not_reached_is_asked_again_and_was_sent_nothing() {
    let mut reached = Server::new(&[not_done(Tells::Unreached), not_done(Tells::Unreached)]);
    let mut never = Server::new(&[not_done(Tells::Unreached); 4]);

    let placed = run(&mut reached);
    let unplaced = run(&mut never);

    assert_eq!((placed.posts(), placed.result.unwrap().attempts), (3, 1));
    assert_eq!(unplaced.posts(), 4);
    assert_eq!(verdict(&unplaced), (Kind::Network, "not-sent", 0));
}

#[test]
fn a_server_that_is_not_reached_any_more_clears_no_request_that_was_lost_before() {
    for (first, made) in [
        (lost_after_commit(Tells::TimedOut), true),
        (not_done(Tells::Disconnected), false),
    ] {
        let unreached = not_done(Tells::Unreached);
        let mut server = Server::new(&[first, unreached, unreached, unreached]);

        let run = run(&mut server);

        if made {
            assert_placed(&run, FULL, 1);
        } else {
            assert_eq!(verdict(&run), (Kind::Network, "unknown", 1));
        }
    }
}

#[test]
fn a_request_that_never_left_is_not_sent() {
    for kind in [Kind::Unauthorized, Kind::Network, Kind::Aborted] {
        let mut server = Server::new(&[not_done(Tells::NotSent(kind))]);

        let run = run(&mut server);

        assert_eq!(verdict(&run), (kind, "not-sent", 0));
    }
}

#[test]
fn an_abort_while_the_request_is_out_leaves_the_outcome_unknown() {
    for fate in [not_done(Tells::Aborted), lost_after_commit(Tells::Aborted)] {
        let mut server = Server::new(&[fate]);

        let run = run(&mut server);

        assert_eq!(verdict(&run), (Kind::Aborted, "unknown", 1));
        assert_eq!(run.log, ["POST"]);
    }
}

#[test]
fn an_abort_between_attempts_says_what_is_known_of_those_before() {
    for (tells, outcome) in [(status(429), "rejected"), (status(503), "unknown")] {
        let mut server = Server::new(&[not_done(tells)]);

        let run = run_with(&mut server, POLICY, 7, Some(0));

        assert_eq!(verdict(&run), (Kind::Aborted, outcome, 1));
        assert_eq!(run.log, ["POST", "sleep"]);
    }
}

#[test]
fn a_server_that_always_fails_is_asked_one_time_more_than_there_are_retries() {
    for max_retries in [0, 1, 3, 6] {
        let mut server = Server::new(&[not_done(status(503)); 9]);
        let policy = Policy {
            max_retries,
            ..POLICY
        };

        let run = run_with(&mut server, policy, 7, None);

        let attempts = max_retries + 1;
        assert_eq!(verdict(&run), (Kind::Server, "unknown", attempts));
        assert_eq!(run.posts(), usize::try_from(attempts).unwrap());
    }
}

#[test]
fn when_the_retries_run_out_the_history_is_searched_for_what_was_lost() {
    for (last, max_retries) in [
        (status(504), 0),
        (status(503), 1),
        (Tells::TimedOut, 1),
        (status(429), 2),
    ] {
        let mut fates = vec![lost_after_commit(status(504))];
        for _ in 0..max_retries {
            fates.push(not_done(last));
        }
        let mut server = Server::new(&fates);
        let policy = Policy {
            max_retries,
            ..POLICY
        };

        let run = run_with(&mut server, policy, 7, None);

        assert_placed(&run, FULL, max_retries + 1);
        assert_eq!(server.count(PO), 1);
    }
}

#[test]
fn an_original_that_is_answered_with_another_order_is_not_taken_for_it() {
    let other = r#"{"Id":"SOMEBODY-ELSE","Status":"Completed"}"#;
    let upper = r#"{"Id":" order-1","Status":"Completed"}"#;
    let named = r#"{"Id":"0001","PONumber":"po-1","Status":"Completed"}"#;
    let partial = PlacedBy::Reconciliation { full: false };
    for (answer, by) in [
        (other, None),
        (upper, Some(partial)),
        (named, Some(partial)),
    ] {
        let mut server = Server::new(&[]).with_order(PO, BODY);
        server.gets = vec![not_done(Tells::Status(200, answer, None)); 9].into();

        let run = run(&mut server);

        match by {
            Some(by) => assert_placed(&run, by, 1),
            None => assert_eq!(verdict(&run).1, "unknown"),
        }
    }
}

#[test]
fn what_is_read_to_place_one_order_has_one_budget() {
    // A 409 names nothing, and the history is so long that what is searched of it does not have the order.
    let mut long = Server::new(&[lost_after_commit(Tells::TimedOut)]);
    long.names_original = false;
    long.page_size = 1;
    for index in 0..40 {
        long = long.with_order(&format!("OTHER-{index}"), BODY);
    }
    let mut failing = long.clone();
    failing.gets = vec![not_done(status(503)); 200].into();

    let [long, failing] = [run(&mut long), run(&mut failing)];

    for run in [&long, &failing] {
        assert_eq!(verdict(run).1, "unknown");
    }
    assert_eq!(long.looks(), 30, "{:?}", long.log);
    assert_eq!(failing.looks(), 4, "{:?}", failing.log);
}

#[test]
fn a_page_that_there_is_none_of_ends_the_history() {
    for code in [400, 404] {
        let mut server = Server::new(&[lost_after_commit(Tells::TimedOut)])
            .with_order("OTHER-1", BODY)
            .with_order("OTHER-2", BODY);
        server.names_original = false;
        server.page_size = 1;
        server.gets = vec![FINE, not_done(status(code))].into();

        let run = run(&mut server);

        // Looked for again, as after a history that does not show it yet.
        assert_placed(&run, FULL, 3);
    }
}

#[test]
fn a_limiter_is_waited_for_within_the_deadline() {
    let limited = Tells::Status(429, "", Some(60_000));
    let mut server = Server::new(&[not_done(limited)]);

    let run = run(&mut server);

    assert_placed(&run, PlacedBy::Creation, 2);
    assert!(run.ended_ms >= 60_000);
}

#[test]
fn a_limiter_that_asks_for_more_than_the_deadline_ends_the_call_at_once() {
    let limited = Tells::Status(429, "", Some(120_001));
    let mut server = Server::new(&[not_done(limited)]);

    let run = run(&mut server);

    assert_eq!(verdict(&run), (Kind::RateLimited, "rejected", 1));
    assert_eq!(run.error().retry_after_ms, Some(120_001));
    assert_eq!(run.log, ["POST"]);
}

#[test]
fn an_answer_that_is_none_of_the_api_is_not_sent_again_and_looked_up() {
    for code in DEAD_ENDS {
        let mut made = Server::new(&[lost_after_commit(status(code))]);
        let mut unmade = Server::new(&[not_done(status(code))]);

        let found = run(&mut made);
        let missing = run(&mut unmade);

        assert_placed(&found, FULL, 1);
        assert_eq!(found.log, ["POST", HISTORY, ORIGINAL], "{code}");
        assert_eq!(verdict(&missing).1, "unknown", "{code}");
        assert_eq!(missing.log, ["POST", HISTORY], "{code}");
    }
}

#[test]
fn the_deadline_ends_a_placement_and_its_last_attempt() {
    let policy = Policy {
        deadline_ms: Some(50_000),
        ..POLICY
    };
    let mut server = Server::new(&[not_done(Tells::TimedOut); 9]);

    let run = run_with(&mut server, policy, 7, None);

    assert_eq!(verdict(&run), (Kind::Timeout, "unknown", 2));
    assert_eq!(run.ended_ms, 50_000);
}

#[test]
fn a_placement_without_time_sends_nothing() {
    let policy = Policy {
        deadline_ms: Some(0),
        ..POLICY
    };
    let mut server = Server::new(&[]);

    let run = run_with(&mut server, policy, 7, None);

    assert_eq!(verdict(&run), (Kind::Timeout, "not-sent", 0));
    assert_eq!(run.posts(), 0);
}
