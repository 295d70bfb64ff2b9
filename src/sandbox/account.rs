//! The deposit account: funds that are on their way, and funds that pay for orders.
//!
//! A funding request raises Pending; applied funds move to Available; an order takes from Available alone (reference,
//! "Deposit Account Balance"). The sum of what was put in is never changed by anything but an order.

use core::fmt;

use crate::money::Amount;

/// The two parts of the balance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    pub(super) pending: Amount,
    pub(super) available: Amount,
}

impl Account {
    /// A funding request was received.
    pub(super) fn fund(&mut self, amount: Amount) -> Result<(), BalanceError> {
        self.pending = self
            .pending
            .checked_add(amount)
            .ok_or(BalanceError::TooMuch)?;
        Ok(())
    }

    /// Funds were applied.
    pub(super) fn settle(&mut self, amount: Amount) -> Result<(), BalanceError> {
        let pending = self
            .pending
            .checked_sub(amount)
            .ok_or(BalanceError::MoreThanPending(self.pending))?;
        self.available = self
            .available
            .checked_add(amount)
            .ok_or(BalanceError::TooMuch)?;
        self.pending = pending;
        Ok(())
    }

    /// Takes what an order costs; false, and nothing taken, where it is not there.
    pub(super) fn debit(&mut self, cost: Amount) -> bool {
        match self.available.checked_sub(cost) {
            Some(left) => {
                self.available = left;
                true
            }
            None => false,
        }
    }
}

/// Why funds did not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BalanceError {
    /// More was to be settled than is pending.
    MoreThanPending(Amount),
    /// The balance would be larger than the sandbox can count.
    TooMuch,
}

impl fmt::Display for BalanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreThanPending(pending) => {
                write!(f, "only {} is pending", pending.to_decimal())
            }
            Self::TooMuch => f.write_str("the balance would be larger than the sandbox can count"),
        }
    }
}

impl core::error::Error for BalanceError {}
