//! The stream from chunks of a file to what is kept of it, and the report.

pub(in crate::bulk) mod accepted;
pub(in crate::bulk) mod blank;
pub(in crate::bulk) mod held;
pub(in crate::bulk) mod kept;
pub(in crate::bulk) mod progress;
pub(in crate::bulk) mod rejected;
pub(in crate::bulk) mod report;
mod said;
pub(in crate::bulk) mod samples;
pub(in crate::bulk) mod seen;
pub(in crate::bulk) mod sheet;
pub(in crate::bulk) mod stream;
pub(in crate::bulk) mod table;
