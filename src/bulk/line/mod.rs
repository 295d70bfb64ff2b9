//! The line of an order that a row becomes, or the issues that it has.

pub(in crate::bulk) mod amount;
pub(in crate::bulk) mod builder;
pub(in crate::bulk) mod line_issue;
pub(in crate::bulk) mod offers;
pub(in crate::bulk) mod stray;
pub(in crate::bulk) mod template;
