//! The order tools, and the catalog that every job reads.

pub mod catalog;
// Bulk by itself exports none of these: its wasm would carry them in vain.
#[cfg(any(feature = "client", not(feature = "bulk")))]
mod catalog_questions;
pub(crate) mod quote;
#[cfg(any(feature = "client", not(feature = "bulk")))]
pub mod tools;
