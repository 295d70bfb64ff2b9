//! What we hold an order to where the API publishes no limit (fact sheet, section 7, row 9).
//!
//! The first two are the working size of an order and can be raised by the caller; the rest only keep nonsense out: each is
//! far above anything seen in use, so no order that the API takes is refused by them.

use crate::money::Amount;

/// Lines of one order, unless the client's `limits.maxLines` says otherwise.
pub const LINES: u64 = 1_000;

/// Bytes of one order's body.
pub const BODY: usize = 4_000_000;

/// Bytes that the validator reads at all.
pub const INPUT: usize = 64 << 20;

/// Cards of one line.
pub const QUANTITY: u64 = 1_000_000;

/// Characters of a PO number, a product id and every other identifier.
pub const IDENTIFIER: usize = 255;

/// Characters of a name or an address line.
pub const NAME: usize = 500;

/// Characters of `Message` and `Note`.
pub const MESSAGE: usize = 10_000;

/// Characters of a URL.
pub const URL: usize = 2_048;

/// Characters of an e-mail address (RFC 5321).
pub const EMAIL: usize = 254;

/// Issues that a report lists, unless the caller says otherwise.
pub const ISSUES: usize = 1_000;

/// What the caller holds every order to, beside the rules of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderLimits {
    /// Lines of an order.
    pub lines: u64,
    /// Face value of an order.
    pub value: Option<Amount>,
}

impl Default for OrderLimits {
    fn default() -> Self {
        Self {
            lines: LINES,
            value: None,
        }
    }
}
