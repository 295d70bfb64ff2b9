//! The GiftCard Partners B2B API in memory: what an integration is tried against without an account, a network or money.
//!
//! It is a second, independent reading of the API: a server that reads request keys in any case, holds funds, and refuses
//! what the reference says is refused. It must never borrow the client's validator or reader, for then one misreading would
//! be invisible in both. It is sans-I/O: no clock (each call is told the time), no randomness (everything that looks random
//! comes from the seed), no JavaScript type. Same seed, same requests and same times give the same bytes.
//!
//! Where the reference is silent, the choice made here is said beside it; nothing here is evidence of what the real API does.

mod account;
mod address;
mod answer;
mod casing;
mod catalogue;
mod chance;
mod clock;
mod fault;
mod fields;
mod http;
mod json;
mod kind;
mod line;
mod option_values;
mod options;
mod order;
mod order_request;
mod orders;
mod page;
mod product;
mod record;
mod reference;
mod route;
mod seed;
mod server;
mod token;

pub use account::BalanceError;
pub use casing::Casing;
pub use chance::FaultRate;
pub use clock::{Clock, ClockMode};
pub use fault::{Fault, Injection, UnknownFault};
pub use http::{Answer, BODY_LIMIT, Reply, Request};
pub use kind::MAX_CARDS;
pub use option_values::OptionsError;
pub use options::Options;
pub use page::Lists;
pub use record::{MAX_RECORDED_BYTES, MAX_RECORDS};
pub use server::{Credentials, Sandbox};
