//! Dates and phone numbers as people and spreadsheets write them, made what the API takes.

pub(in crate::bulk) mod date;
pub(in crate::bulk) mod phone;
