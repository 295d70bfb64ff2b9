//! The wait for an order until it is not `Pending` any more.
//!
//! It has no end of its own: who waits has a deadline or a signal. An order that was there is given some time to be seen again, since
//! an API that has just placed it may show it a moment later.

use alloc::string::String;
use alloc::vec::Vec;

use super::poll_delay_ms;
use crate::answer::Answer;
use crate::api::{casing, orders};
use crate::error::{Error, Kind, Result};

/// Looks in a row at an order that was there, and is not, before the wait ends.
const MISSES: u32 = 3;

/// A wait.
#[derive(Clone, Debug)]
pub struct Waiting {
    path: String,
    /// The order as it was seen last.
    known: Option<Vec<u8>>,
    seed: u64,
    waits: u32,
    misses: u32,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait<'a> {
    /// Wait so many milliseconds, then get the order.
    LookAfter(u64),
    /// It is finished.
    Done(&'a [u8]),
}

impl Waiting {
    /// A wait for the order of that id, and what is known of it. The seed decides the jitter of its pauses.
    pub fn new(id: &str, known: Option<Vec<u8>>, seed: u64) -> Self {
        Self {
            path: orders::path_of(id),
            known,
            seed,
            waits: 0,
            misses: 0,
        }
    }

    /// The path of the order.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What to do now. What is not known at all is looked at at once.
    pub fn wait(&mut self) -> Wait<'_> {
        let Some(known) = &self.known else {
            return Wait::LookAfter(0);
        };
        if orders::is_finished(known) {
            return Wait::Done(known);
        }
        let delay = poll_delay_ms(orders::line_count(known), self.waits, self.seed);
        self.waits = self.waits.saturating_add(1);
        Wait::LookAfter(delay)
    }

    /// Takes what came of a look: the order as it is now, with the documented keys, or nothing where it is not to be seen for once.
    ///
    /// # Errors
    ///
    /// What ends the wait.
    pub fn looked(&mut self, answered: Result<Answer>) -> Result<Option<&[u8]>> {
        let seen = answered.and_then(|answer| {
            let object = answer.body.as_deref().and_then(casing::documented_object);
            object.ok_or_else(|| Error::unreadable(answer))
        });
        match seen {
            Ok(seen) => {
                self.misses = 0;
                Ok(Some(self.known.insert(seen)))
            }
            Err(error)
                if self.known.is_some()
                    && self.misses < MISSES
                    && matches!(error.kind, Kind::NotFound | Kind::Decode) =>
            {
                self.misses = self.misses.saturating_add(1);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
