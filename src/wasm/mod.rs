//! The boundary to JavaScript: the only place that names `wasm_bindgen`, `js_sys` or `web_sys`.
//!
//! It converts and drives; no rule of the business is decided here. No borrow is held across an await, nothing panics (a panic
//! is a promise that never settles), and nothing runs at import: a Worker's global scope allows neither timers nor fetch.

mod allocator;
pub(crate) mod error;

#[cfg(feature = "client")]
mod cache;
#[cfg(feature = "bulk")]
pub mod campaign;
#[cfg(feature = "bulk")]
pub mod catalog;
#[cfg(feature = "client")]
pub mod client;
#[cfg(any(feature = "client", feature = "bulk"))]
mod compose;
#[cfg(any(feature = "client", feature = "bulk"))]
mod convert;
#[cfg(feature = "client")]
mod driver;
#[cfg(feature = "client")]
mod events;
#[cfg(any(feature = "client", feature = "bulk"))]
mod field;
#[cfg(feature = "client")]
mod headers;
#[cfg(feature = "client")]
mod hook;
#[cfg(feature = "client")]
mod host;
#[cfg(any(feature = "client", feature = "bulk"))]
mod number;
#[cfg(feature = "client")]
mod options;
#[cfg(feature = "bulk")]
pub mod order_tools;
#[cfg(feature = "client")]
mod promise;
#[cfg(feature = "client")]
mod question;
#[cfg(feature = "bulk")]
pub mod quote;
#[cfg(feature = "bulk")]
pub mod recipient_import;
#[cfg(feature = "client")]
mod resources;
#[cfg(feature = "sandbox")]
mod sandbox;
#[cfg(feature = "client")]
mod token_slot;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "client")]
mod watch;
