//! The boundary from Rust's side: what goes in as a `JsValue`, what comes out as one, and that every promise settles.
//!
//! It runs in Node and in Chromium, so the same tests see both platforms' `Request`, `Response`, timers and errors.
#![cfg(all(target_family = "wasm", feature = "client", feature = "bulk"))]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod errors;
mod orders;
mod requests;
mod support;
