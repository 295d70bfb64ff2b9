//! What a placement knows in every state: the order, its patience, and what was learnt that no later answer takes back.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;

use super::{Next, PlacementStep, Request, State};
use crate::answer::Answer;
use crate::api::Verb;
use crate::compose::Compose;
use crate::error::{Error, Kind, Outcome, Result};
use crate::flow::call::{Call, CallStep};
use crate::flow::{Elapsed, Policy, Retry, Step};
use crate::order::CheckedOrder;

/// Pages of the history that a search reads, while the deadline lasts. In which order the API lists orders is not documented, so a few
/// pages would not do; and without a bound each order of a campaign would read all of a long history.
pub(super) const HISTORY_PAGES: u32 = 10;

/// Searches of as many pages that all of a placement's reading is good for. After a 409 it is looked again and again, in a history
/// that need not be short.
const SEARCHES: u32 = 3;

/// Whether there may be an order that this call does not know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// Every request was refused.
    None,
    /// The PO number is taken, and it is not known by which order.
    Taken,
    /// A request may have placed the order without our knowing.
    Lost,
}

/// One placement, whatever its state.
#[derive(Clone, Debug)]
pub(super) struct Run<'a> {
    pub(super) order: &'a CheckedOrder<'a>,
    pub(super) policy: Policy,
    pub(super) compose: Compose,
    seed: u64,
    /// The attempts to place it.
    pub(super) posts: Retry,
    /// The looks for an original that cannot be found yet.
    pub(super) looks: Retry,
    attempts: u32,
    doubt: Doubt,
    /// Whether a token was refused once: if a fresh one is refused too, that is final.
    pub(super) refreshed: bool,
    /// Pages of the history that may still be read.
    pages: u32,
    /// Retries that are left to all that is read: a page of the history that fails is one of many.
    spare: u32,
}

impl<'a> Run<'a> {
    pub(super) const fn new(
        order: &'a CheckedOrder<'a>,
        policy: Policy,
        seed: u64,
        compose: Compose,
    ) -> Self {
        Self {
            order,
            policy,
            compose,
            seed,
            posts: Retry::new(policy, seed),
            looks: Retry::new(policy, seed.wrapping_add(1)),
            attempts: 0,
            doubt: Doubt::None,
            refreshed: false,
            pages: HISTORY_PAGES.saturating_mul(SEARCHES),
            spare: policy.max_retries,
        }
    }

    pub(super) fn po_number(&self) -> &str {
        self.order.po_number().as_str()
    }

    /// Order requests that were answered or lost.
    pub(super) const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// An order request was answered or lost.
    pub(super) fn count(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
    }

    pub(super) fn is_in_doubt(&self) -> bool {
        self.doubt > Doubt::None
    }

    /// A request may have placed the order.
    pub(super) fn lose(&mut self) {
        self.doubt = Doubt::Lost;
    }

    /// The PO number is taken.
    pub(super) fn be_taken(&mut self) {
        self.doubt = self.doubt.max(Doubt::Taken);
    }

    /// One page less; nothing where none is left.
    pub(super) fn take_page(&mut self) -> Option<()> {
        self.pages = self.pages.checked_sub(1)?;
        Some(())
    }

    /// It has failed so often that one look is enough.
    pub(super) fn look_once(&mut self) {
        self.spare = 0;
    }

    /// Begins to read a path.
    pub(super) fn read(&self, path: String, now: Elapsed) -> (Call<'static>, CallStep) {
        let policy = Policy {
            max_retries: self.spare,
            ..self.policy
        };
        let seed = self.seed.wrapping_add(2);
        let mut call = Call::new(Verb::Get, Cow::Owned(path), policy, seed);
        let step = call.start(now);
        (call, step)
    }

    /// What is read as the placement's own step, or its result. A step that waits is a retry.
    pub(super) fn reading(
        &mut self,
        call: &Call<'_>,
        step: CallStep,
    ) -> Result<PlacementStep, Result<Answer>> {
        match step {
            Step::Send {
                fresh_token,
                timeout_ms,
                ..
            } => Ok(Step::Send {
                request: Request::Get(call.path().into()),
                fresh_token,
                timeout_ms,
            }),
            Step::Sleep(wait) => {
                self.spare = self.spare.saturating_sub(1);
                Ok(Step::Sleep(wait))
            }
            Step::Done(result) => Err(result),
        }
    }

    /// It ends, and the error says what is known of the order.
    pub(super) fn fail(&self, mut error: Box<Error>) -> Next {
        let outcome = match self.doubt {
            Doubt::Taken | Doubt::Lost => Outcome::Unknown,
            Doubt::None if self.attempts > 0 => Outcome::Rejected,
            Doubt::None => Outcome::NotSent,
        };
        if outcome == Outcome::Unknown {
            let advice = if error.kind == Kind::PoNumberConflict {
                " An earlier attempt of this call may have placed that one: look at it before anything is ordered again."
            } else {
                " It is not known whether the order was placed: call again with the same PO number and the same order."
            };
            error.message = [&error.message, advice].concat().into();
        }
        error.outcome = Some(outcome);
        error.attempts = Some(self.attempts);
        error.po_number = Some(self.po_number().into());
        Next {
            state: State::Idle,
            step: Step::Done(Err(error)),
        }
    }

    /// It ends: the PO number names another order, so it names none of this content; unless an attempt was lost, which may have
    /// placed that, and the API shows it otherwise than it was sent.
    pub(super) fn conflict(&mut self, error: Box<Error>) -> Next {
        if self.doubt == Doubt::Taken {
            self.doubt = Doubt::None;
        }
        self.fail(error)
    }
}
