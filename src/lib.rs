//! The GiftCard Partners B2B API for browsers and the edge.
pub mod api;
pub mod error;
pub mod flow;
pub mod json;
pub mod money;
pub mod order;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(target_family = "wasm")]
pub mod wasm;
