//! What happens to an order before it is sent: reading, checking, naming.
//!
//! One validator serves the form, the edge and the client. It reads the request's bytes once and never makes an object of them,
//! so what was checked is what is sent. It must never change an order, and no message of it may repeat what the order says of
//! a person: an issue names the place and the rule, never the value.

pub mod format;
pub mod limits;
pub mod po_number;
pub mod quote;

mod catalog_rules;
mod checked;
mod duplicates;
mod issue;
#[cfg(test)]
mod json_schema;
mod line;
pub(crate) mod line_fields;
mod line_key;
#[cfg(feature = "bulk")]
mod line_rule;
mod lines;
mod number_rules;
mod path;
mod path_text;
mod presence_rules;
mod report;
pub(crate) mod rule;
mod scan;
mod schema;
mod size_rules;
pub(crate) mod spelling;
mod text_rules;
mod unknown_rules;
mod validate;
mod without_empty;

pub use checked::{CheckedOrder, PoNumber};
pub use issue::{Issue, IssueCode, Param, Severity};
pub use limits::OrderLimits;
#[cfg(feature = "bulk")]
pub(crate) use line_rule::LineRule;
pub use path::{Path, Segment};
pub use path_text::documented_path;
pub use report::ValidationReport;
pub use validate::{ValidateOptions, validate};
pub use without_empty::without_empty;

pub use crate::order_type::OrderType;
