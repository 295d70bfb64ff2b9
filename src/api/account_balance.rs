//! `GET /v1/AccountBalance`: what is Pending and what is Available in the deposit account.
//!
//! The reference has the heading and the model (Pending, Available), not the body; it is handed out as it comes, keys raised.

/// The path of the request.
pub const PATH: &str = "/v1/AccountBalance";
