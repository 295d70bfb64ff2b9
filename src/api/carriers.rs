//! `GET /v1/Carriers`: the paper holders that plastic cards come in. An order names one in `CarrierId`.
//!
//! The reference has the heading alone; the method, and that these are card carriers and no couriers, is inferred (fact sheet,
//! section 3.7).

/// The path of the list.
pub const PATH: &str = "/v1/Carriers";
