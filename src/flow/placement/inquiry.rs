//! By which order a PO number is taken: by this one, or by another?

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::posting::BackingOff;
use super::run::Run;
use super::searching::Searching;
use super::{Next, Placed, PlacedBy, State};
use crate::answer::Answer;
use crate::api::orders::{self, is_same_name};
use crate::error::{Error, Kind, Result};
use crate::flow::call::{Call, CallStep};
use crate::flow::{Elapsed, Event, Step, is_of_the_id};
use crate::reconcile::comparison::{Comparison, compare};

/// What is known of the orders that a PO number may name, until one of them is it.
#[derive(Clone, Debug)]
pub(super) struct Inquiry {
    /// Orders that a 409 named and that were not looked at, the first one last.
    named: Vec<String>,
    /// The order that the PO number is said to name, and that is not there yet.
    missing: Option<String>,
    /// That one that was named is another one, while there are more to look at.
    conflict: Option<Box<Error>>,
    /// How long the 409 asked to wait.
    patience_ms: Option<u64>,
    /// What the placement ends with where nothing is found.
    failure: Box<Error>,
}

/// The order that the PO number is said to name is asked for.
#[derive(Clone, Debug)]
pub(super) struct Fetching {
    id: String,
    /// Whether the history lists it, so that there is nothing more to search for.
    is_listed: bool,
    call: Call<'static>,
    inquiry: Inquiry,
}

/// The time to look again is waited for.
#[derive(Clone, Debug)]
pub(super) struct Rechecking {
    inquiry: Inquiry,
}

impl Inquiry {
    /// Of a 409.
    pub(super) fn of_duplicate(answer: Answer) -> Self {
        let mut named = orders::original_order_ids(answer.body.as_deref().unwrap_or_default());
        named.reverse();
        let patience_ms = answer.retry_after_ms;
        let mut failure = Error::from_answer(answer);
        // Not a conflict: that the order is another one is not known.
        failure.kind = Kind::NotFound;
        let failure = failure.with_message(
            "The PO number is taken (409), and the order that it names could not be read.",
        );
        Self {
            named,
            missing: None,
            conflict: None,
            patience_ms,
            failure,
        }
    }

    /// Of a refusal that came after a lost request.
    pub(super) const fn of_refusal(failure: Box<Error>) -> Self {
        Self {
            named: Vec::new(),
            missing: None,
            conflict: None,
            patience_ms: None,
            failure,
        }
    }

    /// Looks at the next order that was named, and where there is none, into the history, unless one of them was another order.
    pub(super) fn look(mut self, now: Elapsed, run: &mut Run<'_>) -> Next {
        if let Some(id) = self.named.pop() {
            return self.fetch(id, false, now, run);
        }
        // What was not to be seen may be ours.
        match self.conflict.take_if(|_| self.missing.is_none()) {
            Some(error) => run.conflict(error),
            None => Searching::after_duplicate(self, now, run),
        }
    }

    pub(super) fn fetch(
        self,
        id: String,
        is_listed: bool,
        now: Elapsed,
        run: &mut Run<'_>,
    ) -> Next {
        let (call, step) = run.read(orders::path_of(&id), now);
        let fetching = Fetching {
            id,
            is_listed,
            call,
            inquiry: self,
        };
        fetching.go_on(step, now, run)
    }

    /// What was named was answered with something else. It is looked at again, like one that is not there yet.
    fn unread(mut self, id: String, now: Elapsed, run: &mut Run<'_>) -> Next {
        self.failure = Error::new(Kind::Decode);
        self.missing = Some(id);
        self.recheck(now, run)
    }

    /// The API says that there is an order and does not show it: the request that made it may still be running.
    ///
    /// Where it named none, that request may fail yet and leave the PO number free: the order is sent again while there are
    /// attempts left, which is harmless if it did not.
    pub(super) fn recheck(self, now: Elapsed, run: &mut Run<'_>) -> Next {
        if self.missing.is_none()
            && let Ok(wait) = run.posts.next_wait(now, self.patience_ms)
        {
            return BackingOff::begin(self.failure, wait);
        }
        if let Ok(wait) = run.looks.next_wait(now, self.patience_ms) {
            return Next {
                state: State::Rechecking(Rechecking { inquiry: self }),
                step: Step::Sleep(wait),
            };
        }
        unreadable(self.failure, self.missing, run)
    }

    /// It ends without the order that was named.
    pub(super) fn end(self, error: Box<Error>, run: &Run<'_>) -> Next {
        unreadable(error, self.missing, run)
    }
}

impl Fetching {
    pub(super) fn handle(mut self, event: Event, now: Elapsed, run: &mut Run<'_>) -> Next {
        let step = self.call.on(event, now);
        self.go_on(step, now, run)
    }

    fn go_on(self, step: CallStep, now: Elapsed, run: &mut Run<'_>) -> Next {
        match run.reading(&self.call, step) {
            Ok(step) => Next {
                state: State::Fetching(self),
                step,
            },
            Err(result) => self.fetched(result, now, run),
        }
    }

    fn fetched(self, result: Result<Answer>, now: Elapsed, run: &mut Run<'_>) -> Next {
        let Self {
            id,
            is_listed,
            mut inquiry,
            ..
        } = self;
        let answer = match result {
            Ok(answer) => answer,
            Err(error) => {
                if error.kind == Kind::NotFound && inquiry.missing.is_none() {
                    inquiry.missing = Some(id.clone());
                }
                return match (is_of_the_id(error.kind), is_listed) {
                    (true, true) => inquiry.recheck(now, run),
                    (true, false) => inquiry.look(now, run),
                    (false, _) => unreadable(error, Some(id), run),
                };
            }
        };
        let order = answer.body.unwrap_or_default();
        // An API may know orders by another name too; but what shows neither that nor our PO number is not what was asked for.
        let Some(found) = orders::order_id(&order) else {
            return inquiry.unread(id, now, run);
        };
        let shows_number =
            || orders::po_number(&order).is_some_and(|shown| is_same_name(&shown, run.po_number()));
        if !is_same_name(&found, &id) && !shows_number() {
            return inquiry.unread(id, now, run);
        }
        match compare(run.order.body(), &order, run.compose) {
            Some(Comparison::Same { full }) => Next::done(Ok(Placed {
                order,
                by: PlacedBy::Reconciliation { full },
                attempts: run.attempts(),
                request_id: answer.request_id,
            })),
            Some(Comparison::Different) => {
                let mut error = Error::new(Kind::PoNumberConflict);
                error.status = Some(409);
                error.request_id = answer.request_id;
                // A 409 can name several orders, of which this one need not be the one that has the PO number; unless the history lists it under
                // that.
                if is_listed || inquiry.missing.as_ref() == Some(&id) {
                    inquiry.missing = None;
                }
                error.order_id = Some(id);
                inquiry.conflict.get_or_insert(error);
                inquiry.look(now, run)
            }
            // What was named is not what the PO number names.
            Some(Comparison::Unrelated) if !is_listed => inquiry.look(now, run),
            Some(Comparison::Unrelated) | None => inquiry.unread(id, now, run),
        }
    }
}

impl Rechecking {
    pub(super) fn handle(mut self, event: &Event, now: Elapsed, run: &mut Run<'_>) -> Next {
        if matches!(event, Event::Aborted) {
            return self.inquiry.end(Error::new(Kind::Aborted), run);
        }
        self.inquiry.named.extend(self.inquiry.missing.take());
        self.inquiry.look(now, run)
    }
}

fn unreadable(mut error: Box<Error>, order_id: Option<String>, run: &Run<'_>) -> Next {
    error.order_id = order_id;
    run.fail(error)
}
