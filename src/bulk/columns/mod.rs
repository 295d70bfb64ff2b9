//! Which column of a list holds which field of a line.

pub(in crate::bulk) mod claims;
pub(in crate::bulk) mod fields;
pub(in crate::bulk) mod header;
mod header_reading;
pub(in crate::bulk) mod meaning;
pub(in crate::bulk) mod note;
pub(in crate::bulk) mod settings;
pub(in crate::bulk) mod speech;
pub(in crate::bulk) mod starter_list;
pub(in crate::bulk) mod words;
