//! What goes wrong on purpose.

use giftcard_partners::sandbox::{Fault, Injection, Options, Reply, Sandbox};
use serde_json::{Value, json};

use crate::caller::{Caller, answer, body, header, links};

/// After these the order is there, whatever the caller was told.
const PROCESSED: [&str; 6] = [
    "drop-response",
    "timeout-after",
    "slow-body",
    "504-html-after",
    "malformed-json",
    "truncated-body",
];

#[test]
fn each_fault_does_what_its_name_says_and_tells_whether_the_order_was_placed() {
    for fault in Fault::all().filter(|fault| *fault != Fault::ExpireToken) {
        let mut caller = Caller::default();
        caller.sandbox.inject(fault.into());

        let reply = caller.post(&links("PO-1", 1));
        let placed = caller.orders().as_array().unwrap().len();
        let left = caller.available();

        let processed = PROCESSED.contains(&fault.name());
        assert_eq!(placed == 1, processed, "{}", fault.name());
        assert_eq!(left, if placed == 1 { 997_500 } else { 1_000_000 });
        match fault {
            Fault::DropRequest | Fault::DropResponse => assert_eq!(reply, Reply::Dropped),
            Fault::Timeout | Fault::TimeoutAfter => assert_eq!(reply, Reply::Never),
            Fault::SlowBody => {
                let Reply::SlowBody { answer, delay_ms } = reply else {
                    panic!("{reply:?}")
                };
                assert_eq!((answer.status, delay_ms), (201, 5000));
            }
            Fault::InternalError => assert_eq!(answer(reply).status, 500),
            Fault::Unavailable => assert_eq!(answer(reply).status, 503),
            Fault::GatewayTimeout | Fault::GatewayTimeoutAfter => {
                let answer = answer(reply);
                assert_eq!(answer.status, 504);
                assert_eq!(header(&answer, "Content-Type"), Some("text/html"));
                assert!(answer.body.starts_with(b"<html>"));
            }
            Fault::TooManyRequests => assert_eq!(header(&answer(reply), "Retry-After"), Some("2")),
            Fault::TooManyRequestsDate => {
                assert_eq!(
                    header(&answer(reply), "Retry-After"),
                    Some("Thu, 01 Jan 2026 00:00:02 GMT")
                );
            }
            Fault::ConflictWithoutId => {
                let answer = answer(reply);
                assert_eq!(answer.status, 409);
                assert!(body(&answer).get("PreviousOrderIds").is_none());
            }
            Fault::MalformedJson | Fault::TruncatedBody => {
                let answer = answer(reply);
                assert_eq!(answer.status, 201);
                assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
            }
            Fault::ExpireToken => {}
        }
        let again = caller.place(&links("PO-1", 1));
        assert_eq!(
            again.status,
            if placed == 1 { 409 } else { 201 },
            "the fault is used up"
        );
    }
}

#[test]
fn expired_tokens_are_refused_at_once_and_new_ones_are_good() {
    let mut caller = Caller::default();

    caller.sandbox.inject(Fault::ExpireToken.into());
    let refused = caller.get("/v1/Status");
    caller.authenticate();

    assert_eq!(refused.status, 401);
    assert_eq!(header(&refused, "WWW-Authenticate"), Some("Bearer"));
    assert_eq!(caller.get("/v1/Status").status, 200);
}

#[test]
fn faults_wait_for_the_requests_that_they_are_meant_for() {
    let mut caller = Caller::default();
    let inject = |json: &str| Injection::from_json(json.as_bytes()).unwrap();

    caller.sandbox.inject(inject(
        r#"{"fault":"500","path":"GET /v1/Orders/*","times":2}"#,
    ));
    caller
        .sandbox
        .inject(inject(r#"{"fault":"503","after":1}"#));
    caller.sandbox.inject(inject(
        r#"{"fault":"429","path":"/v1/Status","retryAfterSeconds":9}"#,
    ));

    assert_eq!(caller.get("/v1/Orders").status, 200);
    assert_eq!(caller.place(&links("PO-1", 1)).status, 201);
    assert_eq!(caller.place(&links("PO-2", 1)).status, 503);
    assert_eq!(caller.place(&links("PO-2", 1)).status, 201);
    assert_eq!(
        [500, 500, 404],
        [1, 2, 3].map(|_| caller.get("/v1/Orders/x").status)
    );
    assert_eq!(header(&caller.get("/v1/Status"), "Retry-After"), Some("9"));
    caller.sandbox.inject(Fault::InternalError.into());
    caller.sandbox.inject(Fault::Unavailable.into());
    assert_eq!(
        [500, 503, 201],
        [1, 2, 3].map(|_| caller.place(&links("PO-3", 1)).status),
        "first in, first out"
    );
}

#[test]
fn an_unknown_fault_is_an_error_that_names_the_known_ones() {
    let error = |json: &str| {
        Injection::from_json(json.as_bytes())
            .unwrap_err()
            .to_string()
    };

    assert!(error(r#"{"fault":"drop"}"#).contains("\"drop-response\""));
    assert!(error("{}").starts_with("fault must be one of"));
    assert_eq!(
        error(r#"{"fault":"500","times":0}"#),
        "times must be a whole number of at least 1"
    );
    assert!(error(r#"{"fault":"500","path":"Orders"}"#).starts_with("path must be a path"));
    assert!(error(r#"{"fault":"expire-token","after":1}"#).starts_with("after must be left out"));
    assert!(error(r#"{"fault":"500","time":1}"#).starts_with("time must be left out"));
}

#[test]
fn faults_by_chance_strike_as_often_as_asked_for_and_again_with_the_same_seed() {
    let struck = |options: Value| -> Vec<Option<String>> {
        // Without a token: asking for one may be struck too.
        let mut caller = Caller {
            sandbox: Sandbox::new(crate::caller::options(&options)).unwrap(),
            ..Caller::default()
        };
        for number in 0..1_000 {
            caller.post(&links(&format!("PO-{number}"), 1));
        }
        let requests: Value = serde_json::from_slice(&caller.sandbox.requests()).unwrap();
        let posts = requests.as_array().unwrap().iter();
        let posts = posts.filter(|request| request["path"] == "/v1/Orders");
        let fault = |request: &Value| request["fault"].as_str().map(str::to_owned);
        posts.map(fault).collect()
    };

    let one = struck(json!({ "faults": { "rate": 0.3, "seed": 5 } }));
    let same = struck(json!({ "seed": 5, "faults": { "rate": 0.3 } }));
    let other = struck(json!({ "faults": { "rate": 0.3 } }));
    let none = struck(json!({ "faults": { "rate": 0 } }));

    assert_eq!(one, same);
    assert_ne!(one, other);
    let count = one.iter().flatten().count();
    assert!((250..350).contains(&count), "{count}");
    for fault in Fault::all() {
        let name = Some(fault.name().to_owned());
        assert!(one.contains(&name), "{name:?}");
    }
    assert!(none.iter().all(Option::is_none));
}

#[test]
fn a_rate_of_faults_that_is_none_is_refused() {
    for faults in [
        json!(0.3),
        json!({}),
        json!({ "rate": 1.01 }),
        json!({ "rate": 0.301 }),
        json!({ "rate": "0.3" }),
        json!({ "rate": -0.1 }),
        json!({ "rate": 0.3, "seed": 0.5 }),
        json!({ "rate": 0.3, "sead": 1 }),
    ] {
        let options = json!({ "faults": faults });
        let refused = Options::from_json(options.to_string().as_bytes());
        assert!(
            refused.unwrap_err().field().starts_with("faults"),
            "{options}"
        );
    }
}
