//! Whether two orders are the same one: the comparison after a 409, and the fingerprint that goes by the same table.

pub mod comparison;
pub mod fingerprint;

mod facts;
mod field;
mod matching;
