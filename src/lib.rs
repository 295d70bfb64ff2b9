//! The GiftCard Partners B2B API for browsers and the edge: the Rust inside the npm package `giftcard-partners`.
//!
//! Data goes one way: bytes, objects and options come in through `wasm`; [`order`] reads and checks what is to be sent;
//! [`flow`] decides what happens when it is sent; [`api`] knows the wire. Everything but `wasm` is pure: no I/O, no clock, no
//! randomness, no JavaScript. It takes data and returns data, and `cargo test` tests it natively.
//!
//! Not affiliated with GiftCard Partners. What is known of their API, and how surely, is in the project's fact sheet.

// Without std a panic cannot drag formatting into the order tools' wasm: 5 KB. The client needs std, and the sandbox has no need
// to be so small.
#![cfg_attr(
    all(
        target_family = "wasm",
        not(feature = "client"),
        not(feature = "sandbox")
    ),
    no_std
)]

extern crate alloc;

pub mod amount;
pub mod answer;
pub mod api;
#[cfg(any(feature = "bulk", feature = "workbook"))]
#[cfg_attr(
    not(feature = "bulk"),
    expect(dead_code, reason = "rows of a sheet need less of it than lines")
)]
mod buffer;
#[cfg(feature = "bulk")]
pub mod bulk;
pub mod catalog;
pub mod compose;
pub mod error;
pub mod flow;
pub mod hash;
pub mod json;
pub mod money;
pub mod order;
pub mod order_type;
pub mod reconcile;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(any(feature = "bulk", feature = "workbook"))]
pub mod sheet_rows;
mod sorted;
#[cfg(target_family = "wasm")]
pub mod wasm;
#[cfg(feature = "workbook")]
pub mod workbook;
