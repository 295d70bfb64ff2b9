//! Placing one order exactly once.
//!
//! Every attempt sends the same bytes under the same PO number. A 409 is not taken at its word: the original is fetched and
//! compared. Once an attempt's fate is unknown, no later refusal may deny the order: the history is searched, and what it does
//! not show stays unknown. A result never says more than is known.

use super::call::{Call, CallStep};
use super::refusal::refusal;
use super::retry::{GiveUp, Verdict};
use super::{Elapsed, Event, Policy, Retry, Step};
use crate::answer::Answer;
use crate::api::page::Page;
use crate::api::{Verb, orders};
use crate::compose::Compose;
use crate::error::{Error, Kind, Outcome, Result};
use crate::order::CheckedOrder;
use crate::reconcile::comparison::{Comparison, compare};
use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

/// Pages of the history that are searched, while the deadline lasts. In which order the API lists orders is not documented, so a few
/// pages would not do; and without a bound each order of a campaign would read all of a long history.
const HISTORY_PAGES: u32 = 10;

/// Searches that may be whole ones. After a 409 it is looked again and again, in a history that need not be short.
const SEARCHES: u32 = 3;

/// What to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `POST /v1/Orders`, with the order's bytes.
    Place,
    /// `GET` of that path.
    Get(String),
}

/// An order that exists.
#[derive(Clone, PartialEq, Eq)]
pub struct Placed {
    /// The order as answered.
    pub order: Vec<u8>,
    /// How it came to be.
    pub by: PlacedBy,
    /// Order requests that were answered or lost.
    pub attempts: u32,
    /// The API's name for the request that told.
    pub request_id: Option<String>,
}

/// Shows no order: it may hold claim links.
impl core::fmt::Debug for Placed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Placed")
            .field("by", &self.by)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// How an order came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacedBy {
    /// This request was answered with it.
    Creation,
    /// It was there already, and it is the same; `full` where its recipients could be compared too.
    Reconciliation {
        /// Whether the recipients were compared.
        full: bool,
    },
}

/// A step of a [`Placement`].
pub type PlacementStep = Step<Request, Result<Placed>>;

/// One order on its way.
///
/// What it shows with `Debug`, its errors aside, is all that its next step depends on: a test can tell where it has been.
#[derive(Clone, Debug)]
pub struct Placement<'a> {
    order: &'a CheckedOrder<'a>,
    policy: Policy,
    seed: u64,
    compose: Compose,
    /// The attempts to place it.
    posts: Retry,
    /// The looks for an original that cannot be found yet.
    looks: Retry,
    stage: Stage,
    attempts: u32,
    bearer: Bearer,
    /// Whether a request may have placed the order without our knowing.
    lost: bool,
    /// Whether the PO number is taken, and it is not known by which order.
    taken: bool,
    /// Pages of the history that may still be read.
    pages: u32,
    /// Retries that are left to all that is read: a page of the history that fails is one of many.
    spare: u32,
    /// What went wrong last.
    failure: Option<Box<Error>>,
    /// Orders that a 409 named and that were not looked at, the first one last.
    named: Vec<String>,
    /// The order that the PO number is said to name, and that is not there yet.
    missing: Option<String>,
    /// That one that was named is another one, while there are more to look at.
    conflict: Option<Box<Error>>,
    /// How long the last 409 asked to wait.
    patience_ms: Option<u64>,
}

/// The token that the order is sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bearer {
    /// The one at hand.
    AtHand,
    /// That was refused, with 401, and no order request has left since.
    Refused,
    /// A fresh one. If it is refused too, that is final.
    Fresh,
}

#[derive(Clone, Debug)]
enum Stage {
    /// An order request is out.
    Posting,
    /// Waiting to send it again.
    BackingOff,
    /// Getting the order that the PO number is said to name.
    Fetching {
        id: String,
        /// Whether the history lists it, so that there is nothing more to search for.
        listed: bool,
        call: Call<'static>,
    },
    /// Looking for the PO number in the history.
    Searching {
        page: u32,
        /// The digest of the page before, and the items of all before.
        before: Option<u64>,
        seen: u64,
        call: Call<'static>,
        why: Search,
    },
    /// Waiting to look again.
    Rechecking,
}

/// Why the history is searched.
#[derive(Clone, Debug)]
enum Search {
    /// A 409 did not name an order that can be fetched.
    Taken,
    /// A refusal came after a lost request, which may have placed the order.
    Refused(Box<Error>),
}

impl<'a> Placement<'a> {
    /// A placement that has not begun.
    pub const fn new(
        order: &'a CheckedOrder<'a>,
        policy: Policy,
        seed: u64,
        compose: Compose,
    ) -> Self {
        Self {
            order,
            policy,
            seed,
            compose,
            posts: Retry::new(policy, seed),
            looks: Retry::new(policy, seed.wrapping_add(1)),
            stage: Stage::Posting,
            attempts: 0,
            bearer: Bearer::AtHand,
            lost: false,
            taken: false,
            pages: HISTORY_PAGES.saturating_mul(SEARCHES),
            spare: policy.max_retries,
            failure: None,
            named: Vec::new(),
            missing: None,
            conflict: None,
            patience_ms: None,
        }
    }

    /// The first step.
    pub fn start(&mut self, now: Elapsed) -> PlacementStep {
        self.post(now, false)
    }

    /// The step after an event.
    pub fn on(&mut self, event: Event, now: Elapsed) -> PlacementStep {
        match &mut self.stage {
            Stage::Posting => self.posted(event, now),
            Stage::BackingOff => match event {
                Event::Aborted => self.fail(Error::new(Kind::Aborted)),
                _ => self.post(now, false),
            },
            Stage::Fetching { call, .. } => {
                let step = call.on(event, now);
                match passed(step, call.path()) {
                    Ok(step) => self.reading(step),
                    Err(result) => self.fetched(result, now),
                }
            }
            Stage::Searching { call, .. } => {
                let step = call.on(event, now);
                match passed(step, call.path()) {
                    Ok(step) => self.reading(step),
                    Err(result) => self.searched(result, now),
                }
            }
            Stage::Rechecking if matches!(event, Event::Aborted) => {
                self.unreadable(Error::new(Kind::Aborted))
            }
            Stage::Rechecking => {
                self.named.extend(self.missing.take());
                self.look(now)
            }
        }
    }

    /// A step of what is read: one that waits is a retry.
    fn reading(&mut self, step: PlacementStep) -> PlacementStep {
        if matches!(step, Step::Sleep(_)) {
            self.spare = self.spare.saturating_sub(1);
        }
        step
    }

    fn post(&mut self, now: Elapsed, fresh_token: bool) -> PlacementStep {
        let Some(timeout_ms) = self.policy.attempt_ms(now) else {
            self.leave_refused();
            let failure = self.failure.take();
            return self.fail(failure.unwrap_or_else(|| Error::new(Kind::Timeout)));
        };
        self.stage = Stage::Posting;
        Step::Send {
            request: Request::Place,
            fresh_token,
            timeout_ms,
        }
    }

    fn posted(&mut self, event: Event, now: Elapsed) -> PlacementStep {
        if matches!(event, Event::NotSent(_) | Event::Unreached(_)) {
            self.leave_refused();
        } else if self.bearer == Bearer::Refused {
            self.bearer = Bearer::Fresh;
        }
        match event {
            Event::NotSent(error) if error.kind == Kind::Aborted => self.fail(error),
            Event::NotSent(error) => self.refuse(error, now),
            Event::Answered(answer) => self.answered(answer, now),
            Event::TimedOut => self.lose(Error::new(Kind::Timeout), now),
            Event::Disconnected(cause) => {
                let mut error = Error::new(Kind::Network);
                error.cause = cause;
                self.lose(error, now)
            }
            Event::Unreached(cause) => {
                let mut error = Error::new(Kind::Network);
                error.cause = cause;
                self.again(error, now)
            }
            // Nothing sleeps while a request is out; a driver that wakes the machine has lost the request.
            Event::Woke => self.lose(Error::new(Kind::Network), now),
            Event::Aborted => {
                self.count();
                self.lost = true;
                self.fail(Error::new(Kind::Aborted))
            }
        }
    }

    fn answered(&mut self, answer: Answer, now: Elapsed) -> PlacementStep {
        let verdict = Verdict::of(answer.status);
        if verdict == Verdict::Unauthorized && self.bearer == Bearer::AtHand {
            self.bearer = Bearer::Refused;
            return self.post(now, true);
        }
        if answer.status == 409 {
            self.count();
            return self.taken(answer, now);
        }
        match verdict {
            Verdict::Success => match answer.body {
                Some(order) if orders::order_id(&order).is_some() => {
                    self.count();
                    Step::Done(Ok(Placed {
                        order,
                        by: PlacedBy::Creation,
                        attempts: self.attempts,
                        request_id: answer.request_id,
                    }))
                }
                body => {
                    let mut error = Error::from_answer(Answer { body, ..answer });
                    error.kind = Kind::Decode;
                    self.lose(error.with_message("The API's answer names no order."), now)
                }
            },
            Verdict::Again { lost: true } => {
                self.lose(refusal(answer, Verb::Post, orders::PATH), now)
            }
            Verdict::Again { lost: false } => {
                self.count();
                self.again(refusal(answer, Verb::Post, orders::PATH), now)
            }
            Verdict::Unauthorized | Verdict::Final { .. } => {
                self.count();
                self.lost |= verdict == Verdict::Final { lost: true };
                self.refuse(refusal(answer, Verb::Post, orders::PATH), now)
            }
        }
    }

    /// A 401 that is not made good was an attempt that was answered.
    fn leave_refused(&mut self) {
        if self.bearer == Bearer::Refused {
            self.bearer = Bearer::Fresh;
            self.count();
        }
    }

    /// There is no further attempt. What an earlier one may have placed is looked for.
    fn refuse(&mut self, error: Box<Error>, now: Elapsed) -> PlacementStep {
        if self.lost || self.taken {
            self.search(1, None, 0, Search::Refused(error), now)
        } else {
            self.fail(error)
        }
    }

    /// A request went out and nobody knows what became of it.
    fn lose(&mut self, error: Box<Error>, now: Elapsed) -> PlacementStep {
        self.count();
        self.lost = true;
        self.again(error, now)
    }

    fn again(&mut self, error: Box<Error>, now: Elapsed) -> PlacementStep {
        match self.posts.next_wait(now, error.retry_after_ms) {
            Ok(wait) => {
                self.failure = Some(error);
                self.stage = Stage::BackingOff;
                Step::Sleep(wait)
            }
            Err(GiveUp::OutOfAttempts) => {
                // It has failed so often that one look is enough.
                self.spare = 0;
                self.refuse(error, now)
            }
            // No time is left to look either, or the API asked to be left alone for longer than there is.
            Err(GiveUp::OutOfTime) => self.fail(error),
        }
    }

    /// The PO number is taken: by this order, or by another?
    fn taken(&mut self, answer: Answer, now: Elapsed) -> PlacementStep {
        self.taken = true;
        self.named = orders::original_order_ids(answer.body.as_deref().unwrap_or_default());
        self.named.reverse();
        self.missing = None;
        self.conflict = None;
        self.patience_ms = answer.retry_after_ms;
        let mut failure = Error::from_answer(answer);
        // Not a conflict: that the order is another one is not known.
        failure.kind = Kind::NotFound;
        self.failure = Some(failure.with_message(
            "The PO number is taken (409), and the order that it names could not be read.",
        ));
        self.look(now)
    }

    /// Looks at the next order that was named, and where there is none, into the history, unless one of them was another order.
    fn look(&mut self, now: Elapsed) -> PlacementStep {
        if let Some(id) = self.named.pop() {
            return self.fetch(id, false, now);
        }
        match self.conflict.take_if(|_| self.missing.is_none()) {
            Some(error) => {
                // The PO number names another order, so it names none of this content; unless an attempt was lost, which may have placed
                // that, and the API shows it otherwise than it was sent.
                self.taken = false;
                self.fail(error)
            }
            // What was not to be seen may be ours.
            None => self.search(1, None, 0, Search::Taken, now),
        }
    }

    fn fetch(&mut self, id: String, listed: bool, now: Elapsed) -> PlacementStep {
        let mut call = self.new_call(orders::path_of(&id));
        let step = call.start(now);
        let step = passed(step, call.path());
        self.stage = Stage::Fetching { id, listed, call };
        match step {
            Ok(step) => step,
            Err(result) => self.fetched(result, now),
        }
    }

    fn fetched(&mut self, result: Result<Answer>, now: Elapsed) -> PlacementStep {
        let Stage::Fetching { id, listed, .. } = mem::replace(&mut self.stage, Stage::Posting)
        else {
            return self.fail(Error::new(Kind::Decode));
        };
        let answer = match result {
            Ok(answer) => answer,
            Err(error) => {
                let unknown = matches!(
                    error.kind,
                    Kind::NotFound
                        | Kind::BadRequest
                        | Kind::PoNumberConflict
                        | Kind::InsufficientFunds
                        | Kind::Status
                );
                if error.kind == Kind::NotFound && self.missing.is_none() {
                    self.missing = Some(id.clone());
                }
                return match (unknown, listed) {
                    (true, true) => self.recheck(now),
                    (true, false) => self.look(now),
                    (false, _) => self.unreadable_at(error, id),
                };
            }
        };
        let order = answer.body.unwrap_or_default();
        let is_named = |found: Option<String>, name: &str| {
            found.is_some_and(|found| found.trim().eq_ignore_ascii_case(name))
        };
        // An API may know orders by another name too; but what shows neither that nor our PO number is not what was asked for.
        let found = orders::order_id(&order);
        if found.is_none()
            || !is_named(found, &id)
                && !is_named(orders::po_number(&order), self.order.po_number().as_str())
        {
            return self.unread(id, now);
        }
        match compare(self.order.body(), &order, self.compose) {
            Some(Comparison::Same { full }) => Step::Done(Ok(Placed {
                order,
                by: PlacedBy::Reconciliation { full },
                attempts: self.attempts,
                request_id: answer.request_id,
            })),
            Some(Comparison::Different) => {
                let mut error = Error::new(Kind::PoNumberConflict);
                error.status = Some(409);
                error.request_id = answer.request_id;
                // A 409 can name several orders, of which this one need not be the one that has the PO number; unless the history lists it under
                // that.
                if listed || self.missing.as_ref() == Some(&id) {
                    self.missing = None;
                }
                error.order_id = Some(id);
                self.conflict.get_or_insert(error);
                self.look(now)
            }
            // What was named is not what the PO number names.
            Some(Comparison::Unrelated) if !listed => self.look(now),
            Some(Comparison::Unrelated) | None => self.unread(id, now),
        }
    }

    /// What was named was answered with something else. It is looked at again, like one that is not there yet.
    fn unread(&mut self, id: String, now: Elapsed) -> PlacementStep {
        self.failure = Some(Error::new(Kind::Decode));
        self.missing = Some(id);
        self.recheck(now)
    }

    fn search(
        &mut self,
        page: u32,
        before: Option<u64>,
        seen: u64,
        why: Search,
        now: Elapsed,
    ) -> PlacementStep {
        let Some(pages) = self.pages.checked_sub(1) else {
            return self.not_found(why, now);
        };
        self.pages = pages;
        let mut call = self.new_call(orders::history_path(page));
        let step = call.start(now);
        let step = passed(step, call.path());
        self.stage = Stage::Searching {
            page,
            before,
            seen,
            call,
            why,
        };
        match step {
            Ok(step) => step,
            Err(result) => self.searched(result, now),
        }
    }

    fn searched(&mut self, result: Result<Answer>, now: Elapsed) -> PlacementStep {
        let Stage::Searching {
            page,
            before,
            seen,
            why,
            ..
        } = mem::replace(&mut self.stage, Stage::Posting)
        else {
            return self.fail(Error::new(Kind::Decode));
        };
        let found = result.map(|answer| {
            let body = answer.body.unwrap_or_default();
            let id = orders::find_by_po_number(&body, self.order.po_number().as_str());
            // A server that answers every page with the same one would never end.
            let read = Page::read(&body, page, Some(seen)).ok();
            (
                id,
                read.filter(|page| page.has_next && before != Some(page.digest)),
            )
        });
        match (found, why) {
            (Ok((Some(id), _)), _) => self.fetch(id, true, now),
            (Ok((None, Some(read))), why) if page < HISTORY_PAGES => {
                let seen = seen.saturating_add(read.count);
                self.search(page.saturating_add(1), Some(read.digest), seen, why, now)
            }
            (Err(error), _) if error.kind == Kind::Aborted => self.unreadable(error),
            // There is no such page: the one before was the last.
            (Err(error), why)
                if page > 1 && matches!(error.kind, Kind::NotFound | Kind::BadRequest) =>
            {
                self.not_found(why, now)
            }
            (Err(error), Search::Taken) => self.unreadable(error),
            (_, why) => self.not_found(why, now),
        }
    }

    /// The history does not show it.
    fn not_found(&mut self, why: Search, now: Elapsed) -> PlacementStep {
        match why {
            Search::Refused(error) => self.fail(error),
            Search::Taken => self.recheck(now),
        }
    }

    /// The API says that there is an order and does not show it: the request that made it may still be running.
    ///
    /// Where it named none, that request may fail yet and leave the PO number free: the order is sent again while there are
    /// attempts left, which is harmless if it did not.
    fn recheck(&mut self, now: Elapsed) -> PlacementStep {
        if self.missing.is_none()
            && let Ok(wait) = self.posts.next_wait(now, self.patience_ms)
        {
            self.stage = Stage::BackingOff;
            return Step::Sleep(wait);
        }
        if let Ok(wait) = self.looks.next_wait(now, self.patience_ms) {
            self.stage = Stage::Rechecking;
            return Step::Sleep(wait);
        }
        let failure = self.failure.take();
        self.unreadable(failure.unwrap_or_else(|| Error::new(Kind::NotFound)))
    }

    fn unreadable_at(&mut self, error: Box<Error>, id: String) -> PlacementStep {
        self.missing = Some(id);
        self.unreadable(error)
    }

    fn unreadable(&mut self, mut error: Box<Error>) -> PlacementStep {
        error.order_id = self.missing.take();
        self.fail(error)
    }

    fn fail(&mut self, mut error: Box<Error>) -> PlacementStep {
        let outcome = if self.lost || self.taken {
            Outcome::Unknown
        } else if self.attempts > 0 {
            Outcome::Rejected
        } else {
            Outcome::NotSent
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
        error.po_number = Some(self.order.po_number().clone());
        Step::Done(Err(error))
    }

    fn count(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
    }

    const fn new_call(&self, path: String) -> Call<'static> {
        let policy = Policy {
            max_retries: self.spare,
            ..self.policy
        };
        Call::new(
            Verb::Get,
            Cow::Owned(path),
            policy,
            self.seed.wrapping_add(2),
        )
    }
}

/// A call's step as the placement's own, or its result.
fn passed(step: CallStep, path: &str) -> Result<PlacementStep, Result<Answer>> {
    match step {
        Step::Send {
            fresh_token,
            timeout_ms,
            ..
        } => Ok(Step::Send {
            request: Request::Get(path.to_owned()),
            fresh_token,
            timeout_ms,
        }),
        Step::Sleep(wait) => Ok(Step::Sleep(wait)),
        Step::Done(result) => Err(result),
    }
}
