//! From a spreadsheet to orders: rows are read and checked as they stream, and kept as the lines of requests.
//!
//! Nothing is skipped silently: each row of the file is accepted or rejected, and the counts add up. What is kept is bounded by
//! the rows: an accepted one as its line's JSON and 48 bytes, a rejected one as it came, with what is wrong with it.

mod accepted;

pub use accepted::{Accepted, Row};
