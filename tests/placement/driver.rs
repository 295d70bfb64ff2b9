//! Drives a placement over the simulated server, and keeps a log of what it asked for.

use giftcard_partners::answer::Answer;
use giftcard_partners::error::{Error, Kind};
use giftcard_partners::flow::{Event, Placed, Placement, Policy, Request, Step};
use giftcard_partners::order::{CheckedOrder, OrderLimits};
use unicode_normalization::UnicodeNormalization;

use crate::server::{FINE, Server, Tells, Work};

pub(crate) const PO: &str = "PO-1";
pub(crate) const BODY: &str = r#"{"Type":"DigitalDelivery","PONumber":"PO-1","LineItems":[{"ProductId":"CVS","Value":25.0,"Quantity":1,"DigitalDeliveryAddress":{"Email":"ann@example.com"},"Personalization":{"To":"Ann"}}]}"#;

pub(crate) const POLICY: Policy = Policy {
    timeout_ms: 30_000,
    deadline_ms: Some(120_000),
    max_retries: 3,
};

/// Far above what any run needs: a run that comes here does not end.
const STEPS: usize = 1_000;

/// What came of a placement.
pub(crate) struct Run {
    pub(crate) result: Result<Placed, Box<Error>>,
    /// `POST`, `POST fresh`, `GET …`, `sleep`.
    pub(crate) log: Vec<String>,
    /// The bytes of every order request.
    pub(crate) bodies: Vec<Vec<u8>>,
    pub(crate) ended_ms: u64,
}

impl Run {
    pub(crate) fn error(&self) -> &Error {
        self.result.as_ref().unwrap_err()
    }

    pub(crate) fn posts(&self) -> usize {
        self.bodies.len()
    }

    pub(crate) fn looks(&self) -> usize {
        self.log
            .iter()
            .filter(|entry| entry.starts_with("GET"))
            .count()
    }
}

pub(crate) fn run(server: &mut Server) -> Run {
    run_with(server, POLICY, 7, None)
}

/// `abort_in_sleep` is the number of the sleep, from 0, in which the caller's signal comes.
pub(crate) fn run_with(
    server: &mut Server,
    policy: Policy,
    seed: u64,
    abort_in_sleep: Option<usize>,
) -> Run {
    let order = CheckedOrder::read(BODY.as_bytes(), &OrderLimits::default()).unwrap();
    let mut placement = Placement::new(&order, policy, seed, |text| text.nfc().collect());
    let (mut now, mut sleeps) = (0, 0);
    let (mut log, mut bodies) = (Vec::new(), Vec::new());

    let mut step = placement.start(now);
    for _ in 0..STEPS {
        let event = match step {
            Step::Done(result) => {
                return Run {
                    result,
                    log,
                    bodies,
                    ended_ms: now,
                };
            }
            Step::Sleep(wait) => {
                log.push("sleep".to_owned());
                sleeps += 1;
                if abort_in_sleep == Some(sleeps - 1) {
                    Event::Aborted
                } else {
                    now += wait;
                    Event::Woke
                }
            }
            Step::Send {
                request,
                fresh_token,
                timeout_ms,
            } => {
                let fresh = if fresh_token { " fresh" } else { "" };
                let (entry, tells, truth) = match request {
                    Request::Place => {
                        bodies.push(order.body().to_vec());
                        let (tells, truth) = post(server, order.body());
                        ("POST".to_owned(), tells, truth)
                    }
                    Request::Get(path) => {
                        server.settle();
                        let fate = server.gets.pop_front().unwrap_or(FINE);
                        let truth = server.get(&path);
                        (format!("GET {path}"), fate.tells, truth)
                    }
                };
                log.push(entry + fresh);
                now += if tells == Tells::TimedOut {
                    timeout_ms
                } else {
                    10
                };
                event_of(tells, truth)
            }
        };
        step = placement.on(event, now);
    }
    panic!("no end after {STEPS} steps: {:?}", &log[..40]);
}

fn post(server: &mut Server, body: &[u8]) -> (Tells, (u16, String)) {
    server.settle();
    let fate = server.posts.pop_front().unwrap_or(FINE);
    let body = core::str::from_utf8(body).unwrap();
    let truth = match fate.work {
        Work::Done => server.place(PO, body),
        Work::DoneLater => {
            server.place_later(PO, body);
            (504, String::new())
        }
        Work::Undone => (503, String::new()),
    };
    (fate.tells, truth)
}

fn event_of(tells: Tells, (status, body): (u16, String)) -> Event {
    let answered = |status, body: Option<Vec<u8>>, retry_after_ms| {
        Event::Answered(Answer {
            status,
            body,
            retry_after_ms,
            request_id: Some("REQ".to_owned()),
        })
    };
    match tells {
        Tells::Truth => answered(status, Some(body.into_bytes()), None),
        Tells::Status(status, body, retry_after_ms) => {
            answered(status, Some(body.as_bytes().to_vec()), retry_after_ms)
        }
        Tells::Cut(status) => answered(status, None, None),
        Tells::TimedOut => Event::TimedOut,
        Tells::Disconnected => Event::Disconnected(None),
        Tells::Unreached => Event::Unreached(None),
        Tells::Aborted => Event::Aborted,
        Tells::NotSent(kind) => Event::NotSent(Error::new(kind)),
    }
}

/// What an error says: kind, outcome, attempts.
pub(crate) fn verdict(run: &Run) -> (Kind, &'static str, u32) {
    let error = run.error();
    (
        error.kind,
        error.outcome.unwrap().as_str(),
        error.attempts.unwrap(),
    )
}
