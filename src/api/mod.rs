//! The wire: paths, bodies and answers, one file per resource of the reference, and what they share.
//!
//! It reads leniently (any casing, unknown fields kept, either list form) and writes what the reference documents. It must
//! never hold a connection, a clock or a secret longer than a call's arguments.

pub mod account_balance;
pub mod casing;
pub mod comparison;
pub mod orders;
pub mod page;
pub mod products;
pub mod tokens;

pub(crate) mod fields;
mod query;

pub use query::path_segment;
