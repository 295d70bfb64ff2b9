//! A PO number that is taken: which order it names, and what if that order is not to be seen.

use giftcard_partners::error::Kind;
use giftcard_partners::flow::{PlacedBy, Policy};

use crate::driver::{BODY, PO, POLICY, run, run_with, verdict};
use crate::server::{FINE, Server, Tells, lost_after_commit, not_done, status};

const HISTORY: &str = "GET /v1/Orders?pageIndex=1&pageSize=100";
const FULL: PlacedBy = PlacedBy::Reconciliation { full: true };
const UNNAMED: Tells = Tells::Status(409, "{\"message\":\"Duplicate\"}", None);

#[test]
fn a_409_without_an_order_is_sent_again_for_the_request_that_took_the_number_may_fail() {
    let mut server = Server::new(&[not_done(UNNAMED), not_done(UNNAMED)]);

    let run = run(&mut server);

    let placed = run.result.as_ref().unwrap();
    assert_eq!((placed.by, placed.attempts), (PlacedBy::Creation, 3));
    let round = ["POST", HISTORY, "sleep"];
    assert_eq!(
        run.log,
        [round, round]
            .concat()
            .into_iter()
            .chain(["POST"])
            .collect::<Vec<_>>()
    );
    assert_eq!(server.count(PO), 1);
}

#[test]
fn a_409_without_an_order_for_ever_is_looked_for_with_what_retries_there_are_and_unknown() {
    let mut server = Server::new(&[not_done(UNNAMED); 99]);

    let run = run(&mut server);

    assert_eq!(verdict(&run), (Kind::NotFound, "unknown", 4));
    assert_eq!((run.posts(), run.looks()), (4, 7));
}

#[test]
fn a_409_is_waited_for_as_long_as_it_asks_and_not_past_the_deadline() {
    let busy = |ms| not_done(Tells::Status(409, "{}", Some(ms)));
    let mut soon = Server::new(&[busy(60_000)]);
    let mut late = Server::new(&[busy(120_001)]);

    let waited = run(&mut soon);
    let ended = run(&mut late);

    assert!(waited.result.is_ok() && waited.ended_ms >= 60_000);
    assert_eq!(verdict(&ended), (Kind::NotFound, "unknown", 1));
    assert_eq!(ended.error().retry_after_ms, Some(120_001));
    assert_eq!(ended.log, ["POST", HISTORY]);
}

#[test]
fn each_order_that_a_409_names_is_looked_at_until_one_has_the_po_number() {
    let named = Tells::Status(
        409,
        "{\"previousOrderIds\":[\"ORDER-1\",\"GONE\",\"ORDER-2\"]}",
        None,
    );
    let mut server = Server::new(&[not_done(named)])
        .with_order("PO-10", BODY)
        .with_order(PO, BODY);

    let run = run(&mut server);

    let placed = run.result.as_ref().unwrap();
    assert_eq!(placed.by, FULL);
    let gets = ["ORDER-1", "GONE", "ORDER-2"].map(|id| format!("GET /v1/Orders/{id}"));
    assert_eq!(run.log[1..], gets);
}

#[test]
fn an_order_of_another_po_number_is_neither_ours_nor_a_conflict() {
    let named = Tells::Status(409, "{\"Id\":\"ORDER-1\"}", None);
    let other = BODY.replace("25.0", "26.0");
    let mut server = Server::new(&[not_done(named); 9]).with_order("PO-10", &other);

    let run = run(&mut server);

    assert_eq!(verdict(&run).1, "unknown");
    assert_eq!(run.error().order_id, None);
}

#[test]
fn of_several_that_a_409_names_another_order_is_a_conflict_where_none_is_ours() {
    let named = Tells::Status(
        409,
        "{\"previousOrderIds\":[\"ORDER-1\",\"ORDER-2\"]}",
        None,
    );
    // It shows no PO number to know it by.
    let other = BODY.replace("25.0", "26.0").replace("PONumber", "Number");
    let server = || Server::new(&[not_done(named)]).with_order("PO-10", &other);

    let mut ours = server().with_order(PO, BODY);
    let run_of = run(&mut ours);
    assert_eq!(run_of.result.as_ref().unwrap().by, FULL);

    let mut neither = server().with_order("PO-11", &other);
    let run_of = run(&mut neither);
    assert_eq!(verdict(&run_of), (Kind::PoNumberConflict, "rejected", 1));
    assert_eq!(run_of.error().order_id.as_deref(), Some("ORDER-1"));

    // The one that is not to be seen may be ours.
    let run_of = run(&mut server());
    assert_eq!(verdict(&run_of), (Kind::NotFound, "unknown", 1));
    assert_eq!(run_of.error().order_id.as_deref(), Some("ORDER-2"));
}

#[test]
fn an_id_that_the_api_does_not_take_leads_to_the_history() {
    for code in [400, 404, 405, 409, 410, 422] {
        let mut server = Server::new(&[]).with_order(PO, BODY);
        server.gets = [not_done(status(code))].into();

        let run = run(&mut server);

        assert_eq!(run.result.as_ref().unwrap().by, FULL, "{code}");
        let original = "GET /v1/Orders/ORDER-1";
        assert_eq!(run.log, ["POST", original, HISTORY, original], "{code}");
    }
}

#[test]
fn an_abort_while_the_order_is_looked_for_is_an_abort_and_unknown() {
    for (first, second) in [
        (lost_after_commit(Tells::TimedOut), FINE),
        (not_done(Tells::TimedOut), not_done(status(422))),
    ] {
        let mut server = Server::new(&[first, second]);
        server.gets = [not_done(Tells::Aborted)].into();

        let run = run(&mut server);

        assert_eq!(verdict(&run), (Kind::Aborted, "unknown", 2));
        assert_eq!(run.looks(), 1);
    }
}

#[test]
fn without_retries_a_409_without_an_order_is_looked_for_once() {
    let policy = Policy {
        max_retries: 0,
        ..POLICY
    };
    let mut server = Server::new(&[not_done(UNNAMED)]);

    let run = run_with(&mut server, policy, 7, None);

    assert_eq!(verdict(&run), (Kind::NotFound, "unknown", 1));
    assert_eq!(run.log, ["POST", HISTORY]);
}
