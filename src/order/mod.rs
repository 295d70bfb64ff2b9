//! What happens to an order before it is sent: reading, checking, naming.
//!
//! One validator serves the form, the edge and the client. It reads the request's bytes once and never makes an object of them,
//! so what was checked is what is sent. It must never change an order, and no message of it may repeat what the order says of
//! a person: an issue names the place and the rule, never the value.

pub mod format;
pub mod limits;
pub mod po_number;
pub mod quote;
pub mod sha256;

mod catalog_rules;
mod checked;
mod duplicates;
mod issue;
#[cfg(test)]
mod json_schema;
mod line;
#[cfg(feature = "bulk")]
mod line_rule;
#[cfg(any(feature = "client", feature = "bulk"))]
mod packed;
mod path;
mod report;
mod scan;
mod schema;
mod spelling;
mod validate;
mod values;

pub use checked::{CheckedOrder, OrderLimits, PoNumber};
pub use issue::{Issue, IssueCode, Param, Severity};
#[cfg(feature = "bulk")]
pub(crate) use line_rule::LineRule;
#[cfg(any(feature = "client", feature = "bulk"))]
pub use packed::unpack;
pub use path::{Path, Segment};
pub use report::ValidationReport;
pub use validate::{ValidateOptions, validate};

/// How the cards of an order reach people: `Type` of the [reference](https://developers.giftcardpartners.com/docs/orders).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderType {
    /// One e-mail or text message a line, sent by the API.
    DigitalDelivery,
    /// Claim links, handed to the caller.
    Links,
    /// Plastic, shipped.
    PhysicalShipment,
}

impl OrderType {
    /// Every type, in the reference's order.
    pub const ALL: [Self; 3] = [Self::DigitalDelivery, Self::Links, Self::PhysicalShipment];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DigitalDelivery => "DigitalDelivery",
            Self::Links => "Links",
            Self::PhysicalShipment => "PhysicalShipment",
        }
    }

    /// The type of that name, letter for letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }
}
