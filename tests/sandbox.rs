//! The sandbox, natively: each route, each status, each fault, and the account to the cent.
#![cfg(all(feature = "sandbox", not(target_family = "wasm")))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking, and its figures are small"
)]
#![allow(
    clippy::assigning_clones,
    clippy::large_stack_arrays,
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::too_many_lines,
    reason = "a table of cases is read as one, and `json!` is passed as it stands"
)]

#[path = "sandbox/caller.rs"]
mod caller;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/orders.rs"]
mod orders;
#[path = "sandbox/properties.rs"]
mod properties;
#[path = "sandbox/refusals.rs"]
mod refusals;
#[path = "sandbox/resources.rs"]
mod resources;
