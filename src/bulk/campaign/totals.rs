//! Orders counted together.

use crate::money::Amount;

/// How many orders, with how many lines, of what face value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderTotals {
    /// Orders.
    pub orders: u64,
    /// Elements of their `LineItems`.
    pub lines: u64,
    /// The sum of value times quantity.
    pub face_value: Amount,
}

impl OrderTotals {
    /// Counts more.
    pub fn add(&mut self, other: Self) {
        self.orders = self.orders.saturating_add(other.orders);
        self.lines = self.lines.saturating_add(other.lines);
        self.face_value = self
            .face_value
            .checked_add(other.face_value)
            .unwrap_or(Amount::MAX);
    }

    /// Counts less.
    pub(in crate::bulk) fn remove(&mut self, other: Self) {
        self.orders = self.orders.saturating_sub(other.orders);
        self.lines = self.lines.saturating_sub(other.lines);
        self.face_value = self
            .face_value
            .checked_sub(other.face_value)
            .unwrap_or_default();
    }
}
