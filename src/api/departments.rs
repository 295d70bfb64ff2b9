//! `GET /v1/Departments`: the departments of the account. How an order names one is documented nowhere.
//!
//! The reference has the heading alone; the method is inferred (fact sheet, section 3.7).

/// The path of the list.
pub const PATH: &str = "/v1/Departments";
