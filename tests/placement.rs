//! `giftcard_partners::flow::Placement` against a simulated server: one order, whatever happens on the way.
//!
//! Scripts say what becomes of each request; no clock, no network. The random run is from fixed seeds.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

#[path = "placement/driver.rs"]
mod driver;
#[path = "placement/random.rs"]
mod random;
#[path = "placement/scripts.rs"]
mod scripts;
#[path = "placement/server.rs"]
mod server;
#[path = "placement/taken.rs"]
mod taken;
