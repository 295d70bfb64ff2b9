//! `giftcard_partners::bulk`: from rows to orders to a ledger, and that nobody is paid twice or forgotten on the way.
//!
//! Rows are made here, not read from a file; the sends are simulated. The random runs are proptest's.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

#[path = "campaign/after.rs"]
mod after;
#[path = "campaign/bytes.rs"]
mod bytes;
#[path = "campaign/claims.rs"]
mod claims;
#[path = "campaign/crashes.rs"]
mod crashes;
#[path = "campaign/earlier.rs"]
mod earlier;
#[path = "campaign/merging.rs"]
mod merging;
#[path = "campaign/planning.rs"]
mod planning;
#[path = "campaign/quoting.rs"]
mod quoting;
#[path = "campaign/reconciling.rs"]
mod reconciling;
#[path = "campaign/recording.rs"]
mod recording;
#[path = "campaign/results.rs"]
mod results;
#[path = "campaign/rows.rs"]
mod rows;
#[path = "campaign/size.rs"]
mod size;
#[path = "campaign/spelling.rs"]
mod spelling;
