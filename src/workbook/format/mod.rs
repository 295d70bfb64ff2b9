//! How a cell shows what it holds: numbers as decimal text, and what a number format makes of them.
//!
//! Nothing here is a binary float. A workbook has `25.100000000000001` where a person typed 25.1.

pub(super) mod date;
pub(super) mod number;
pub(super) mod parse;
pub(super) mod section;
pub(super) mod show;
pub(super) mod symbol;
