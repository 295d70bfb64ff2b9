//! `GET /v1/Brandings`: the templates of the account's deliveries. A line of an order names one in `BrandingId`.
//!
//! Method and path are documented; neither paging nor body is (fact sheet, section 3.7).

/// The path of the list.
pub const PATH: &str = "/v1/Brandings";
