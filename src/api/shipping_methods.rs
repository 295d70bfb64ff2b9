//! `GET /v1/ShippingMethods`: how plastic cards can be shipped. An order names one in `ShippingMethodId`.
//!
//! Method and path are documented; neither paging nor body is (fact sheet, section 3.7).

/// The path of the list.
pub const PATH: &str = "/v1/ShippingMethods";
