//! The order request, and the wait before it is sent again.

use alloc::boxed::Box;

use super::inquiry::Inquiry;
use super::run::Run;
use super::searching::Searching;
use super::{Next, Placed, PlacedBy, Request, State};
use crate::answer::Answer;
use crate::api::{Verb, orders};
use crate::error::{Error, Kind};
use crate::flow::refusal::refusal;
use crate::flow::retry::{GiveUp, Verdict};
use crate::flow::{Elapsed, Event, Step};

/// An order request is out.
#[derive(Clone, Debug)]
pub(super) struct Posting {
    /// Whether it is the one before it with a fresh token, in answer to a 401 that has not counted as an attempt.
    is_refresh: bool,
}

/// The time to send it again is waited for.
#[derive(Clone, Debug)]
pub(super) struct BackingOff {
    /// What went wrong.
    failure: Box<Error>,
}

impl Posting {
    /// Sends it; where the time is over, the placement ends with what went wrong before.
    pub(super) fn begin(run: &mut Run<'_>, now: Elapsed, failure: Option<Box<Error>>) -> Next {
        Self { is_refresh: false }.send(run, now, failure)
    }

    fn send(self, run: &mut Run<'_>, now: Elapsed, failure: Option<Box<Error>>) -> Next {
        let Some(timeout_ms) = run.policy.attempt_ms(now) else {
            self.leave(run);
            return run.fail(failure.unwrap_or_else(|| Error::new(Kind::Timeout)));
        };
        let step = Step::Send {
            request: Request::Place,
            fresh_token: self.is_refresh,
            timeout_ms,
        };
        let state = State::Posting(self);
        Next { state, step }
    }

    /// It never left. A 401 that is not made good was an attempt that was answered.
    fn leave(&self, run: &mut Run<'_>) {
        if self.is_refresh {
            run.count();
        }
    }

    pub(super) fn handle(self, event: Event, now: Elapsed, run: &mut Run<'_>) -> Next {
        match event {
            Event::NotSent(error) => {
                self.leave(run);
                if error.kind == Kind::Aborted {
                    run.fail(error)
                } else {
                    refused(error, now, run)
                }
            }
            Event::Answered(answer) => answered(answer, now, run),
            Event::TimedOut => lost(Error::new(Kind::Timeout), now, run),
            Event::Disconnected(cause) => {
                let mut error = Error::new(Kind::Network);
                error.cause = cause;
                lost(error, now, run)
            }
            Event::Unreached(cause) => {
                self.leave(run);
                let mut error = Error::new(Kind::Network);
                error.cause = cause;
                again(error, now, run)
            }
            // Nothing sleeps while a request is out; a driver that wakes the machine has lost the request.
            Event::Woke => lost(Error::new(Kind::Network), now, run),
            Event::Aborted => {
                run.count();
                run.lose();
                run.fail(Error::new(Kind::Aborted))
            }
        }
    }
}

impl BackingOff {
    /// Waits so long.
    pub(super) fn begin(failure: Box<Error>, wait: u64) -> Next {
        Next {
            state: State::BackingOff(Self { failure }),
            step: Step::Sleep(wait),
        }
    }

    pub(super) fn handle(self, event: &Event, now: Elapsed, run: &mut Run<'_>) -> Next {
        match event {
            Event::Aborted => run.fail(Error::new(Kind::Aborted)),
            _ => Posting::begin(run, now, Some(self.failure)),
        }
    }
}

fn answered(answer: Answer, now: Elapsed, run: &mut Run<'_>) -> Next {
    let verdict = Verdict::of(answer.status);
    if verdict == Verdict::Unauthorized && !run.refreshed {
        run.refreshed = true;
        return Posting { is_refresh: true }.send(run, now, None);
    }
    run.count();
    if answer.status == 409 {
        run.be_taken();
        return Inquiry::of_duplicate(answer).look(now, run);
    }
    match verdict {
        Verdict::Success => match answer.body {
            Some(order) if orders::is_order_of(&order, run.po_number()) => Next::done(Ok(Placed {
                order,
                by: PlacedBy::Creation,
                attempts: run.attempts(),
                request_id: answer.request_id,
            })),
            body => {
                let mut error = Error::from_answer(Answer { body, ..answer });
                error.kind = Kind::Decode;
                run.lose();
                again(
                    error.with_message("The API's answer does not name the order."),
                    now,
                    run,
                )
            }
        },
        Verdict::Again { lost } => {
            if lost {
                run.lose();
            }
            again(refusal(answer, Verb::Post, orders::PATH), now, run)
        }
        Verdict::Unauthorized | Verdict::Final { .. } => {
            if verdict == (Verdict::Final { lost: true }) {
                run.lose();
            }
            refused(refusal(answer, Verb::Post, orders::PATH), now, run)
        }
    }
}

/// The request went out and nobody knows what became of it.
fn lost(error: Box<Error>, now: Elapsed, run: &mut Run<'_>) -> Next {
    run.count();
    run.lose();
    again(error, now, run)
}

fn again(error: Box<Error>, now: Elapsed, run: &mut Run<'_>) -> Next {
    match run.posts.next_wait(now, error.retry_after_ms) {
        Ok(wait) => BackingOff::begin(error, wait),
        Err(GiveUp::OutOfAttempts) => {
            run.look_once();
            refused(error, now, run)
        }
        // No time is left to look either, or the API asked to be left alone for longer than there is.
        Err(GiveUp::OutOfTime) => run.fail(error),
    }
}

/// There is no further attempt. What an earlier one may have placed is looked for.
fn refused(error: Box<Error>, now: Elapsed, run: &mut Run<'_>) -> Next {
    if run.is_in_doubt() {
        Searching::after_refusal(error, now, run)
    } else {
        run.fail(error)
    }
}
