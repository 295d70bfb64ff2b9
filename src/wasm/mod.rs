//! The boundary to JavaScript: the only place that names `wasm_bindgen`, `js_sys` or `web_sys`.
//!
//! It converts and drives; no rule of the business is decided here. No borrow is held across an await, nothing panics (a panic
//! is a promise that never settles), and nothing runs at import: a Worker's global scope allows neither timers nor fetch.

mod allocator;
#[cfg(any(feature = "order", feature = "sandbox"))]
pub(crate) mod error;

#[cfg(feature = "bulk")]
pub mod campaign;
#[cfg(feature = "order")]
pub mod catalog;
#[cfg(feature = "client")]
mod catalog_entry;
// As the order tools.
#[cfg(all(feature = "order", any(feature = "client", not(feature = "bulk"))))]
mod catalog_questions;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "order")]
mod clock;
#[cfg(feature = "order")]
mod compose;
#[cfg(feature = "order")]
mod convert;
#[cfg(feature = "client")]
mod driver;
#[cfg(feature = "client")]
mod events;
#[cfg(feature = "order")]
mod field;
#[cfg(feature = "client")]
mod headers;
#[cfg(feature = "client")]
mod hook;
#[cfg(feature = "client")]
mod host;
#[cfg(feature = "order")]
mod number;
#[cfg(feature = "client")]
mod options;
// Bulk by itself exports none of them: its wasm would carry them in vain.
#[cfg(all(feature = "order", any(feature = "client", not(feature = "bulk"))))]
pub mod order_tools;
#[cfg(feature = "client")]
mod promise;
#[cfg(feature = "client")]
mod question;
#[cfg(feature = "order")]
mod quote;
#[cfg(feature = "bulk")]
pub mod recipient_import;
#[cfg(feature = "client")]
mod resources;
#[cfg(feature = "client")]
mod run;
#[cfg(feature = "sandbox")]
mod sandbox;
#[cfg(feature = "bulk")]
pub mod sheet_import;
pub mod stop;
#[cfg(feature = "client")]
mod store;
#[cfg(feature = "client")]
mod token_slot;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "client")]
mod watch;
#[cfg(feature = "workbook")]
pub mod workbook;
