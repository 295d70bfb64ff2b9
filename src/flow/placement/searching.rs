//! The search of the history for the order's PO number.

use alloc::boxed::Box;

use super::inquiry::Inquiry;
use super::run::{HISTORY_PAGES, Run};
use super::{Next, State};
use crate::answer::Answer;
use crate::error::{Error, Kind, Result};
use crate::flow::call::{Call, CallStep};
use crate::flow::history::{History, Looked};
use crate::flow::{Elapsed, Event};

/// A page of the history is asked for.
#[derive(Clone, Debug)]
pub(super) struct Searching {
    history: History,
    call: Call<'static>,
    why: Why,
}

/// Why the history is searched.
#[derive(Clone, Debug)]
enum Why {
    /// A 409 did not name an order that can be fetched.
    Duplicate(Inquiry),
    /// A refusal came after a lost request, which may have placed the order.
    Refusal(Box<Error>),
}

impl Searching {
    pub(super) fn after_duplicate(inquiry: Inquiry, now: Elapsed, run: &mut Run<'_>) -> Next {
        Self::begin(Why::Duplicate(inquiry), now, run)
    }

    pub(super) fn after_refusal(error: Box<Error>, now: Elapsed, run: &mut Run<'_>) -> Next {
        Self::begin(Why::Refusal(error), now, run)
    }

    fn begin(why: Why, now: Elapsed, run: &mut Run<'_>) -> Next {
        let history = History::new(run.po_number(), Some(HISTORY_PAGES));
        Self::turn(history, why, now, run)
    }

    /// Asks for the next page.
    fn turn(history: History, why: Why, now: Elapsed, run: &mut Run<'_>) -> Next {
        if run.take_page().is_none() {
            return why.not_found(now, run);
        }
        let (call, step) = run.read(history.path(), now);
        Self { history, call, why }.go_on(step, now, run)
    }

    pub(super) fn handle(mut self, event: Event, now: Elapsed, run: &mut Run<'_>) -> Next {
        let step = self.call.on(event, now);
        self.go_on(step, now, run)
    }

    fn go_on(self, step: CallStep, now: Elapsed, run: &mut Run<'_>) -> Next {
        match run.reading(&self.call, step) {
            Ok(step) => Next {
                state: State::Searching(self),
                step,
            },
            Err(result) => self.read(result, now, run),
        }
    }

    fn read(mut self, result: Result<Answer>, now: Elapsed, run: &mut Run<'_>) -> Next {
        match (self.history.read(result), self.why) {
            (Looked::Found(id), why) => why.inquiry().fetch(id, true, now, run),
            (Looked::Further, why) => Self::turn(self.history, why, now, run),
            (Looked::Failed(error), why) if error.kind == Kind::Aborted => {
                why.inquiry().end(error, run)
            }
            // A page for people may be another one in a moment.
            (Looked::Failed(error), Why::Duplicate(inquiry)) if error.kind != Kind::Decode => {
                inquiry.end(error, run)
            }
            (_, why) => why.not_found(now, run),
        }
    }
}

impl Why {
    fn inquiry(self) -> Inquiry {
        match self {
            Self::Duplicate(inquiry) => inquiry,
            Self::Refusal(error) => Inquiry::of_refusal(error),
        }
    }

    /// The history does not show it.
    fn not_found(self, now: Elapsed, run: &mut Run<'_>) -> Next {
        match self {
            Self::Duplicate(inquiry) => inquiry.recheck(now, run),
            Self::Refusal(error) => run.fail(error),
        }
    }
}
