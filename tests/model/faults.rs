//! Everything that can happen to a request, and what the machine is told of it.
//!
//! One status stands for its class; that the machine knows all of them by their classes is shown in `classes.rs`.

use giftcard_partners::answer::Answer;
use giftcard_partners::error::{Error, Kind};
use giftcard_partners::flow::Event;

use crate::server::{Content, Server};

pub(crate) const PO: &str = "PO-1";
/// The order, and one that names nothing; the machine is sent to both.
pub(crate) const ORIGINAL: &str = "ORDER-1";
const UNRELATED: &str = "ORDER-2";
const MISSING: &str = "ORDER-3";

/// Past every deadline.
const LONG_MS: u64 = 600_000;

pub(crate) fn body(content: Content) -> &'static str {
    match content {
        Content::Ours => {
            r#"{"Type":"Links","PONumber":"PO-1","LineItems":[{"ProductId":"A","Value":5,"Quantity":1}]}"#
        }
        Content::Other => {
            r#"{"Type":"Links","PONumber":"PO-1","LineItems":[{"ProductId":"A","Value":6,"Quantity":1}]}"#
        }
    }
}

fn order(content: Content) -> String {
    format!("{{\"id\":\"{ORIGINAL}\",{}", &body(content)[1..])
}

/// Something that can happen.
pub(crate) struct Way {
    /// What became of the request, for people.
    pub(crate) name: &'static str,
    pub(crate) event: Event,
    /// The server after it.
    pub(crate) server: Server,
    /// Whether the machine can not know from it whether there is an order.
    pub(crate) doubt: bool,
    /// The answer was 201 with the order, which the request made.
    pub(crate) created: bool,
}

impl Way {
    fn new(name: &'static str, event: Event, server: Server) -> Self {
        Self {
            name,
            event,
            server,
            doubt: false,
            created: false,
        }
    }
}

fn answered(status: u16, body: &str) -> Event {
    limited(status, body, None)
}

fn limited(status: u16, body: &str, retry_after_ms: Option<u64>) -> Event {
    Event::Answered(Answer {
        status,
        body: Some(body.as_bytes().to_vec()),
        retry_after_ms,
        request_id: None,
    })
}

/// An answer whose body broke off.
fn cut(status: u16) -> Event {
    Event::Answered(Answer {
        status,
        body: None,
        retry_after_ms: None,
        request_id: None,
    })
}

fn not_sent(kind: Kind) -> Event {
    Event::NotSent(Error::new(kind))
}

/// What can happen to `POST /v1/Orders`.
pub(crate) fn posts(server: Server, content: Content) -> Vec<Way> {
    let mut ways = Vec::new();
    processed(server, content, &mut ways);
    // What becomes of the request is one thing, what is heard of it another.
    let (mut made, mut running) = (server, server);
    made.place(content);
    running.place_later(content);
    let mut fates = vec![
        ("lost before", server),
        ("lost after", made),
        ("slow", running),
    ];
    fates.dedup_by_key(|(_, after)| *after);
    for (name, after) in fates {
        for event in [
            Event::TimedOut,
            Event::Disconnected(None),
            Event::Aborted,
            answered(503, ""),
            answered(520, "<html>"),
            limited(504, "<html>", Some(LONG_MS)),
            cut(201),
            answered(303, ""),
            answered(499, ""),
        ] {
            let way = Way::new(name, event, after);
            ways.push(Way { doubt: true, ..way });
        }
    }
    for event in [
        answered(400, ""),
        answered(401, ""),
        answered(403, ""),
        answered(405, ""),
        answered(422, ""),
        answered(501, ""),
        answered(429, ""),
        limited(429, "", Some(1_000)),
        limited(429, "", Some(LONG_MS)),
        not_sent(Kind::Unauthorized),
        not_sent(Kind::Aborted),
        not_sent(Kind::Timeout),
        Event::Unreached(None),
    ] {
        ways.push(Way::new("refused", event, server));
    }
    ways
}

/// The request is carried out, and its answer arrives.
fn processed(server: Server, content: Content, ways: &mut Vec<Way>) {
    let mut after = server;
    let created = after.place(content);
    if created {
        let way = Way::new("created", answered(201, &order(content)), after);
        ways.push(Way { created, ..way });
    }
    let mut duplicate = |name, body: &str| {
        let way = Way::new(name, answered(409, body), server);
        ways.push(Way { doubt: true, ..way });
    };
    // A PO number that a running request has taken is refused as well, whatever that request comes to.
    if !created || server.is_busy() {
        duplicate("409, unnamed", "{\"message\":\"Duplicate\"}");
        duplicate("409, named", "{\"previousOrderIds\":[\"ORDER-1\"]}");
        duplicate(
            "409, several",
            "{\"PreviousOrderIds\":[\"ORDER-2\",\"ORDER-1\"]}",
        );
        duplicate("409, another id", "{\"Id\":\"ORDER-3\"}");
        duplicate("409, another order", "{\"Id\":\"ORDER-2\"}");
        let event = limited(409, "{\"Id\":\"ORDER-1\"}", Some(LONG_MS));
        let way = Way::new("409, for long", event, server);
        ways.push(Way { doubt: true, ..way });
    }
}

/// What can happen to a sleep.
pub(crate) fn sleeps(server: Server) -> [Way; 2] {
    [Event::Woke, Event::Aborted].map(|event| Way::new("sleep", event, server))
}

/// What can happen to a `GET` of an order or of a page of the history.
pub(crate) fn gets(server: Server, path: &str) -> Vec<Way> {
    let mut events = vec![
        Event::TimedOut,
        Event::Disconnected(None),
        Event::Unreached(None),
        Event::Aborted,
        answered(503, ""),
        limited(429, "", Some(LONG_MS)),
        answered(400, ""),
        answered(401, ""),
        answered(403, ""),
        answered(303, ""),
        cut(200),
        answered(200, "<html>"),
        answered(200, "{}"),
        not_sent(Kind::Unauthorized),
        not_sent(Kind::Aborted),
    ];
    let found = server.order.map(|(content, _)| order(content));
    if path.contains('?') {
        // What was made a moment ago may not be listed yet, or on a page further on.
        events.push(answered(200, "{\"data\":[]}"));
        let other = format!("{{\"id\":\"{path}\",\"poNumber\":\"PO-2\"}}");
        let page = format!("{{\"data\":[{other}],\"pageSize\":1,\"totalCount\":5}}");
        events.push(answered(200, &page));
        if let Some(order) = found {
            events.push(answered(200, &format!("[{order}]")));
        }
    } else if path.ends_with(UNRELATED) {
        events.push(answered(200, "{\"id\":\"ORDER-2\",\"poNumber\":\"PO-2\"}"));
    } else {
        assert!(
            path.ends_with(ORIGINAL) || path.ends_with(MISSING),
            "{path}"
        );
        events.push(answered(404, ""));
        if let Some(order) = found.filter(|_| path.ends_with(ORIGINAL)) {
            events.push(answered(200, &order));
            // The list knew more than the resource does.
            events.push(answered(200, "{\"id\":\"ORDER-2\",\"poNumber\":\"PO-2\"}"));
        }
    }
    let ways = events.into_iter();
    ways.map(|event| Way::new("look", event, server)).collect()
}
