//! What each step of `placeCampaign` does to the ledger: the loop itself is JavaScript's, its decisions are here.
//!
//! Before an order is sent, that it will be is recorded and saved. So whatever is cut off in between, the next run knows that the
//! order may exist, and sends it again under the same PO number, never under another.

use crate::bulk::campaign::reason::Reason;
use crate::bulk::{Campaign, OrderState};
use crate::error::Outcome;

/// How a call of `createOrder` ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending<'a> {
    /// The order exists.
    Placed {
        /// Whether it was there already.
        reconciled: bool,
        /// The API's id of it.
        order_id: Option<&'a str>,
    },
    /// The error's `code`, and what its `outcome` says of the order.
    Failed {
        /// Such as `insufficient_funds`.
        code: &'a str,
        /// The code of the issue that makes the order invalid, such as `over_limit`.
        issue: Option<&'a str>,
        /// What the error says of the order by this call.
        outcome: Outcome,
        /// The order that the PO number names.
        order_id: Option<&'a str>,
    },
}

impl<'a> Ending<'a> {
    /// The ending by an error as it is shown. One without a code is none of ours: nobody knows how far the order got. One of ours that says
    /// nothing of the order is about the call, which sent none.
    pub fn of_error(
        code: Option<&'a str>,
        outcome: Option<&str>,
        issue: Option<&'a str>,
        order_id: Option<&'a str>,
    ) -> Self {
        let outcome = match (code, outcome) {
            (None, _) => Outcome::Unknown,
            (Some(_), None) => Outcome::NotSent,
            (Some(_), Some(word)) => Outcome::from_word(word),
        };
        Self::Failed {
            code: code.unwrap_or_default(),
            issue,
            outcome,
            order_id,
        }
    }
}

/// What a run does after an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Goes on: the other orders are no worse for it.
    On,
    /// Starts nothing more and ends: the account is short of funds.
    Pause,
    /// Starts nothing more and fails with the error: the others would fail by it too.
    Stop,
}

impl Campaign {
    /// Records that the order at that index is about to be sent. The ledger is to be saved before it is.
    ///
    /// An order in doubt is marked as that: nothing that the API says of this attempt alone can clear the earlier one.
    pub fn begin(&mut self, index: usize) {
        self.tell(index, OrderState::Sent, None, None);
    }

    /// Records how that went.
    pub fn settle(&mut self, index: usize, ending: Ending<'_>) -> Course {
        let (word, order_id, reason, course) = match ending {
            Ending::Placed {
                reconciled,
                order_id,
            } => {
                let word = if reconciled {
                    OrderState::Reconciled
                } else {
                    OrderState::Created
                };
                (word, order_id, None, Course::On)
            }
            Ending::Failed {
                code,
                issue,
                outcome,
                order_id,
            } => {
                // Where the order is in doubt, a refusal now says nothing of the earlier attempt: the order may have been placed by
                // it, and have taken the funds that this one lacks. Only that the PO number names another order settles it.
                let (word, course) = judge(code, outcome);
                let reason = issue.and_then(Reason::from_code);
                let reason = reason.or_else(|| Reason::from_code(code));
                (word, order_id, reason, course)
            }
        };
        self.tell(index, word, order_id, reason);
        course
    }
}

/// What an error says of the order that was not sent before, and of the ones to come.
fn judge(code: &str, outcome: Outcome) -> (OrderState, Course) {
    let unknown = outcome == Outcome::Unknown;
    let (certain, course) = match code {
        // What keeps a valid order from being sent is none of its own, such as what the API said to a request for a token.
        code if outcome == Outcome::NotSent && code != "validation_failed" => {
            (OrderState::Planned, Course::Stop)
        }
        "po_number_conflict" => (OrderState::Conflict, Course::On),
        "insufficient_funds" => (OrderState::Short, Course::Pause),
        // These are of this order alone.
        "bad_request" | "validation_failed" => (OrderState::Rejected, Course::On),
        // No answer: another order may get one.
        "network" | "timeout" | "server_error" | "invalid_answer" | "not_found"
        | "unexpected_status"
            if unknown =>
        {
            (OrderState::Unknown, Course::On)
        }
        // The caller's signal, the credentials, the address, the API's limit: none will do better. Nothing is held against
        // the order.
        _ => (OrderState::Planned, Course::Stop),
    };
    match certain {
        _ if !unknown => (certain, course),
        OrderState::Conflict => (OrderState::Disputed, course),
        _ => (OrderState::Unknown, course),
    }
}
