//! What a result may say.

use core::mem;

use giftcard_partners::error::{Error, Kind, Outcome};
use giftcard_partners::flow::{Event, Placed, PlacedBy};

use crate::faults::{ORIGINAL, PO, Way, body};
use crate::server::{Content, Server, Source};

/// What the run was told so far: kept apart from the machine, to hold its result against.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is so or not, whatever the others are"
)]
pub(crate) struct Facts {
    pub(crate) content: Content,
    /// Whether nobody placed an order of that PO number, or tried to, before the run.
    first: bool,
    /// Order requests that were answered or lost, a refreshed 401 aside.
    attempts: u32,
    refreshed: bool,
    /// Whether the last order request was answered with 401, and its token is being refreshed.
    refused: bool,
    /// Whether an order request was lost.
    lost: bool,
    /// Whether something was heard after which an honest caller cannot deny the order.
    doubt: bool,
    /// The last answer was 201 with the order.
    created: bool,
}

impl Facts {
    pub(crate) fn new(content: Content, server: Server) -> Self {
        Self {
            content,
            first: server == Server::EMPTY,
            attempts: 0,
            refreshed: false,
            refused: false,
            lost: false,
            doubt: false,
            created: false,
        }
    }

    /// `placed`: what was heard is of an order request, and not of a look.
    pub(crate) fn heard(&mut self, way: &Way, placed: bool) {
        self.doubt |= way.doubt;
        self.created = way.created;
        if !placed {
            return;
        }
        let status = match &way.event {
            Event::Answered(answer) => Some(answer.status),
            _ => None,
        };
        self.lost |= way.doubt && status != Some(409);
        let refused = mem::replace(&mut self.refused, status == Some(401) && !self.refreshed);
        self.refreshed |= self.refused;
        // A 401 that could not be refreshed was an attempt.
        let counts = match way.event {
            Event::NotSent(_) | Event::Unreached(_) => refused,
            _ => !self.refused,
        };
        self.attempts += u32::from(counts);
    }
}

pub(crate) fn check(result: &Result<Placed, Box<Error>>, facts: &Facts, server: Server) {
    match result {
        Ok(placed) => {
            let (content, source) = server.order.unwrap();
            assert_eq!(content, facts.content, "another order");
            assert_eq!(placed.attempts, facts.attempts);
            let told = core::str::from_utf8(&placed.order).unwrap();
            assert!(told.contains(&body(content)[1..]) && told.contains(ORIGINAL));
            match placed.by {
                PlacedBy::Creation => {
                    assert!(facts.created, "created without a 201");
                    assert_eq!(source, Source::Run);
                }
                PlacedBy::Reconciliation { full } => {
                    assert!(full && facts.doubt && !facts.created);
                }
            }
        }
        Err(error) => failed(error, facts, server),
    }
}

fn failed(error: &Error, facts: &Facts, server: Server) {
    assert_eq!(error.po_number.as_deref(), Some(PO));
    // It may end with a 401 too, where there is no time left for another.
    let attempts = facts.attempts + u32::from(facts.refused);
    assert_eq!(error.attempts, Some(attempts));
    let outcome = error.outcome.unwrap();
    if error.kind == Kind::PoNumberConflict {
        let expected = if facts.lost {
            Outcome::Unknown
        } else {
            Outcome::Rejected
        };
        assert_eq!(outcome, expected);
        assert_eq!(error.order_id.as_deref(), Some(ORIGINAL));
        let (content, _) = server.order.unwrap();
        assert_ne!(content, facts.content, "a conflict with itself");
        return;
    }
    match outcome {
        Outcome::Unknown => {
            assert!(facts.doubt, "unknown, but nothing is in doubt");
            assert!(error.message.contains("call again with the same PO number"));
        }
        Outcome::Rejected | Outcome::NotSent => {
            assert!(!facts.doubt, "denied, but in doubt");
            let ours = server
                .order
                .is_some_and(|(_, source)| source == Source::Run);
            assert!(!ours, "the run's order was denied");
            assert!(!server.may_still_place(), "the run's order may still come");
            if facts.first {
                assert_eq!(server.order, None);
            }
            assert!(outcome == Outcome::Rejected || attempts == 0);
        }
    }
}
