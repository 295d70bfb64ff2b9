//! The boundary to JavaScript: the only place that names `wasm_bindgen`, `js_sys` or `web_sys`. A folder for each job.
//!
//! It converts and drives; no rule of the business is decided here. No borrow is held across an await, nothing panics (a panic
//! is a promise that never settles), and nothing runs at import: a Worker's global scope allows neither timers nor fetch.

#[cfg(feature = "bulk")]
pub mod bulk;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "order")]
pub mod order;
#[cfg(feature = "sandbox")]
mod sandbox;
pub mod shared;
#[cfg(feature = "workbook")]
pub mod workbook;
