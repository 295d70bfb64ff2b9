//! Rows and cells out of bytes: encoding, delimiter, quotes.

pub(in crate::bulk) mod cell;
pub(in crate::bulk) mod delimiter;
pub(in crate::bulk) mod encoding;
pub(in crate::bulk) mod escapes;
pub(in crate::bulk) mod fast_split;
pub(in crate::bulk) mod file_issue;
pub(in crate::bulk) mod row;
pub(in crate::bulk) mod scan;
pub(in crate::bulk) mod splitter;
