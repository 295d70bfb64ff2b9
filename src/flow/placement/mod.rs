//! Placing one order exactly once.
//!
//! Every attempt sends the same bytes under the same PO number. A 409 is not taken at its word: the original is fetched and
//! compared. Once an attempt's fate is unknown, no later refusal may deny the order: the history is searched, and what it does
//! not show stays unknown. A result never says more than is known.
//!
//! A state is a type with its own fields, in the file of its name, and `handle` gives the next one. What outlives a state is in
//! [`Run`]. If you add a state, add to the model check (`tests/model`) what can happen in it.

mod inquiry;
mod posting;
mod run;
mod searching;

use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

use super::{Elapsed, Event, Policy, Step};
use crate::compose::Compose;
use crate::error::{Error, Kind, Result};
use crate::order::CheckedOrder;

use inquiry::{Fetching, Rechecking};
use posting::{BackingOff, Posting};
use run::Run;
use searching::Searching;

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
    run: Run<'a>,
    state: State,
}

/// What the placement waits for.
#[derive(Clone, Debug)]
enum State {
    /// Nothing: it has not begun, or it is over.
    Idle,
    /// An order request is out.
    Posting(Posting),
    /// The time to send it again.
    BackingOff(BackingOff),
    /// The order that the PO number is said to name.
    Fetching(Fetching),
    /// The time to look for that again.
    Rechecking(Rechecking),
    /// A page of the history.
    Searching(Searching),
}

/// The state after an event, and what to do in it.
struct Next {
    state: State,
    step: PlacementStep,
}

impl Next {
    fn done(result: Result<Placed>) -> Self {
        Self {
            state: State::Idle,
            step: Step::Done(result),
        }
    }
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
            run: Run::new(order, policy, seed, compose),
            state: State::Idle,
        }
    }

    /// The first step.
    pub fn start(&mut self, now: Elapsed) -> PlacementStep {
        let next = Posting::begin(&mut self.run, now, None);
        self.enter(next)
    }

    /// The step after an event.
    pub fn on(&mut self, event: Event, now: Elapsed) -> PlacementStep {
        let run = &mut self.run;
        let next = match mem::replace(&mut self.state, State::Idle) {
            State::Idle => {
                // Whoever goes on after the end is told nothing that could deny the order.
                run.lose();
                run.fail(Error::new(Kind::Aborted))
            }
            State::Posting(state) => state.handle(event, now, run),
            State::BackingOff(state) => state.handle(&event, now, run),
            State::Fetching(state) => state.handle(event, now, run),
            State::Rechecking(state) => state.handle(&event, now, run),
            State::Searching(state) => state.handle(event, now, run),
        };
        self.enter(next)
    }

    fn enter(&mut self, next: Next) -> PlacementStep {
        self.state = next.state;
        next.step
    }
}
