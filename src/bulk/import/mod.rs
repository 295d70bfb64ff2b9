//! The stream from chunks of a file to what is kept of it, and the report.

pub(in crate::bulk) mod acceptance;
pub(in crate::bulk) mod accepted;
pub(in crate::bulk) mod blank;
pub(in crate::bulk) mod header_search;
pub(in crate::bulk) mod payment_table;
pub(in crate::bulk) mod progress;
pub(in crate::bulk) mod rejected;
pub(in crate::bulk) mod report;
pub(in crate::bulk) mod row_intake;
mod row_message;
pub(in crate::bulk) mod samples;
pub(in crate::bulk) mod sheet;
pub(in crate::bulk) mod stream;
