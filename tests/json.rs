//! `giftcard_partners::json`, held to JSONTestSuite and to serde_json.
//!
//! What is accepted, what it says and where it stands must be what serde_json makes of the same bytes. The policy has one
//! exception, depth: ours ends at `MAX_DEPTH`, 100, serde_json's at 127. Where RFC 8259 leaves the choice, both choose alike:
//! half a surrogate pair, bytes that are not UTF-8 (UTF-16 among them) and a byte order mark are refused; a number of any size
//! is accepted, because it stays its text (serde_json runs with `arbitrary_precision`).
//!
//! The mutations run from a fixed seed; `JSON_SEED` and `JSON_COUNT` set another and how many.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

#[path = "json/agreement.rs"]
mod agreement;
#[path = "json/cases.rs"]
mod cases;
#[path = "json/mutation.rs"]
mod mutation;
#[path = "json/random.rs"]
mod random;
#[path = "json/reading.rs"]
mod reading;
#[path = "json/spelling.rs"]
mod spelling;
#[path = "json/suite.rs"]
mod suite;
#[path = "json/tree.rs"]
mod tree;
#[path = "json/writing.rs"]
mod writing;
