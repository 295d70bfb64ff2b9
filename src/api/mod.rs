//! The wire: paths, bodies and answers, one file per resource of the reference, and what they share.
//!
//! It reads leniently (any casing, unknown fields kept, either list form) and writes what the reference documents. It must
//! never hold a connection, a clock or a secret longer than a call's arguments.

pub mod account_balance;
pub mod base_url;
pub mod brandings;
pub mod carriers;
pub mod casing;
pub mod departments;
pub mod fulfilment;
pub mod named_fields;
pub mod orders;
pub mod page;
pub mod products;
pub mod shipping_methods;
pub mod status;
pub mod tokens;
pub mod webhook;

pub(crate) mod fields;
mod profile;
mod query;
mod verb;

pub use profile::Profile;
pub use query::{is_segment, paged, path_segment};
pub use verb::Verb;
