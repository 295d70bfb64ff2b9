//! What happens when a request is sent: machines without I/O, clock or randomness.
//!
//! A machine is told what happened ([`Event`]) and how much time has passed, and says what to do next ([`Step`]). `fetch` drives
//! it in the client, a simulator in the tests, a workflow at the edge. So every crash point can be visited by a test.

use alloc::boxed::Box;

mod call;
pub mod catalog_copy;
pub mod history;
pub mod listing;
mod placement;
mod poll;
pub mod raw_request;
mod refusal;
mod retry;
pub mod stored;
mod token;
pub mod waiting;

pub use call::{Call, CallStep, Redo};
pub use placement::{Placed, PlacedBy, Placement, PlacementStep, Request};
pub use poll::poll_delay_ms;
pub use raw_request::RawRequest;
pub(crate) use refusal::is_of_the_id;
pub use retry::{GiveUp, Policy, Retry};
pub use token::Token;

use crate::answer::Answer;
use crate::error::{Cause, Error};

/// Milliseconds since the call began.
pub type Elapsed = u64;

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// An answer came.
    Answered(Answer),
    /// None came in time.
    TimedOut,
    /// The connection failed; nobody knows how far the request got.
    Disconnected(Option<Cause>),
    /// No connection was made: nothing of the request left.
    Unreached(Option<Cause>),
    /// The request was not sent: no token could be had, or the caller's signal came before.
    NotSent(Box<Error>),
    /// The sleep is over.
    Woke,
    /// The caller's signal.
    Aborted,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<R, T> {
    /// Send a request and tell how it went.
    Send {
        /// Which one.
        request: R,
        /// Whether the token at hand was refused: get another.
        fresh_token: bool,
        /// How long to wait for the whole answer.
        timeout_ms: u64,
    },
    /// Wait so many milliseconds.
    Sleep(u64),
    /// It is over.
    Done(T),
}
