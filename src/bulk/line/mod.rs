//! The line of an order that a row becomes, or the issues that it has.

mod agreed_currency;
pub(in crate::bulk) mod builder;
pub(in crate::bulk) mod catalog_cache;
pub(in crate::bulk) mod cell_speech;
pub(in crate::bulk) mod cell_text;
mod defaults;
pub(in crate::bulk) mod footer;
pub(in crate::bulk) mod foreign;
pub(in crate::bulk) mod json;
pub(in crate::bulk) mod line_draft;
pub(in crate::bulk) mod line_issue;
pub(in crate::bulk) mod padded;
pub(in crate::bulk) mod record;
mod sheet_error;
pub(in crate::bulk) mod source;
pub(in crate::bulk) mod step;
pub(in crate::bulk) mod stray;
pub(in crate::bulk) mod template;
pub(in crate::bulk) mod unread;
