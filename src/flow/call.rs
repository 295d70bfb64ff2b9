//! A call that may be repeated without harm: everything but placing an order.

use super::refusal::refusal;
use super::retry::{GiveUp, Verdict};
use super::{Elapsed, Event, Policy, Retry, Step};
use crate::answer::Answer;
use crate::api::Verb;
use crate::error::{Error, Kind, Result};
use alloc::borrow::Cow;
use alloc::boxed::Box;

/// A step of a [`Call`]: the request is always the same one.
pub type CallStep = Step<Redo, Result<Answer>>;

/// The one request of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redo;

/// One call, from its first attempt to its answer.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    verb: Verb,
    path: Cow<'a, str>,
    retry: Retry,
    /// Whether a fresh token was refused too.
    refreshed: bool,
    /// What went wrong last.
    failure: Option<Box<Error>>,
}

impl<'a> Call<'a> {
    /// A call that has not begun.
    pub const fn new(verb: Verb, path: Cow<'a, str>, policy: Policy, seed: u64) -> Self {
        Self {
            verb,
            path,
            retry: Retry::new(policy, seed),
            refreshed: false,
            failure: None,
        }
    }

    /// The path that is asked for.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The first step.
    pub fn start(&mut self, now: Elapsed) -> CallStep {
        self.send(now, false)
    }

    /// The step after an event.
    pub fn on(&mut self, event: Event, now: Elapsed) -> CallStep {
        match event {
            Event::Answered(answer) => self.answered(answer, now),
            Event::TimedOut => self.again(Error::new(Kind::Timeout), now),
            Event::Disconnected(cause) | Event::Unreached(cause) => {
                let mut error = Error::new(Kind::Network);
                error.cause = cause;
                self.again(error, now)
            }
            Event::NotSent(error) => Step::Done(Err(error)),
            Event::Woke => self.send(now, false),
            Event::Aborted => Step::Done(Err(Error::new(Kind::Aborted))),
        }
    }

    fn answered(&mut self, answer: Answer, now: Elapsed) -> CallStep {
        match Verdict::of(answer.status) {
            Verdict::Success if answer.body.is_some() => Step::Done(Ok(answer)),
            Verdict::Success => self.again(Error::new(Kind::Decode), now),
            Verdict::Unauthorized if !self.refreshed => {
                self.refreshed = true;
                self.send(now, true)
            }
            Verdict::Again { .. } => self.again(self.refusal(answer), now),
            Verdict::Unauthorized | Verdict::Final { .. } => {
                let mut error = self.refusal(answer);
                // What these mean in answer to an order, they mean of nothing else.
                if matches!(error.kind, Kind::PoNumberConflict | Kind::InsufficientFunds) {
                    error = error.with_message("The API refused the request (409 or 422). `responseBody(error)` has its answer.");
                }
                Step::Done(Err(error))
            }
        }
    }

    fn refusal(&self, answer: Answer) -> Box<Error> {
        refusal(answer, self.verb, &self.path)
    }

    fn again(&mut self, error: Box<Error>, now: Elapsed) -> CallStep {
        match self.retry.next_wait(now, error.retry_after_ms) {
            Ok(wait) => {
                self.failure = Some(error);
                Step::Sleep(wait)
            }
            Err(GiveUp::OutOfAttempts | GiveUp::OutOfTime) => Step::Done(Err(error)),
        }
    }

    fn send(&mut self, now: Elapsed, fresh_token: bool) -> CallStep {
        match self.retry.policy().attempt_ms(now) {
            Some(timeout_ms) => Step::Send {
                request: Redo,
                fresh_token,
                timeout_ms,
            },
            None => Step::Done(Err(self
                .failure
                .take()
                .unwrap_or_else(|| Error::new(Kind::Timeout)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{HIDDEN_REDIRECT, NO_ANSWER};

    const POLICY: Policy = Policy {
        timeout_ms: 1_000,
        deadline_ms: Some(10_000),
        max_retries: 1,
    };

    fn answer(status: u16) -> Event {
        Event::Answered(Answer {
            status,
            body: Some(b"{}".to_vec()),
            retry_after_ms: None,
            request_id: None,
        })
    }

    fn call() -> Call<'static> {
        Call::new(Verb::Get, "/v1/Products".into(), POLICY, 1)
    }

    fn sends(step: &CallStep, fresh: bool) -> bool {
        matches!(step, Step::Send { fresh_token, .. } if *fresh_token == fresh)
    }

    #[test]
    fn a_refused_token_is_refreshed_once() {
        let mut call = call();

        assert!(sends(&call.start(0), false));
        assert!(sends(&call.on(answer(401), 1), true));

        let Step::Done(Err(error)) = call.on(answer(401), 2) else {
            panic!()
        };
        assert_eq!(error.kind, Kind::Unauthorized);
    }

    #[test]
    fn a_failure_that_may_pass_is_tried_again_and_then_told() {
        for (event, kind) in [
            (answer(503), Kind::Server),
            (answer(504), Kind::Timeout),
            (answer(429), Kind::RateLimited),
            (Event::TimedOut, Kind::Timeout),
            (Event::Disconnected(None), Kind::Network),
            (Event::Unreached(None), Kind::Network),
        ] {
            let mut call = call();
            call.start(0);

            assert!(matches!(call.on(event.clone(), 1), Step::Sleep(_)));
            assert!(sends(&call.on(Event::Woke, 2), false));

            let Step::Done(Err(error)) = call.on(event, 3) else {
                panic!()
            };
            assert_eq!(error.kind, kind);
        }
    }

    #[test]
    fn a_failure_that_will_not_pass_is_told_at_once() {
        for (status, kind) in [
            (400, Kind::BadRequest),
            (403, Kind::Forbidden),
            (404, Kind::NotFound),
            (302, Kind::Redirect),
            (501, Kind::Server),
            (NO_ANSWER, Kind::Decode),
            (HIDDEN_REDIRECT, Kind::Redirect),
            (418, Kind::Status),
        ] {
            let mut call = call();
            call.start(0);

            let Step::Done(Err(error)) = call.on(answer(status), 1) else {
                panic!()
            };
            assert_eq!(error.kind, kind);
        }
    }

    #[test]
    fn the_deadline_ends_a_call_between_its_attempts() {
        let mut call = call();
        call.start(0);
        call.on(Event::Disconnected(None), 1);

        let Step::Done(Err(error)) = call.on(Event::Woke, 10_000) else {
            panic!()
        };

        assert_eq!(error.kind, Kind::Network);
    }
}
