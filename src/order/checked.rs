//! An order that passed the validator: the only kind that the client sends.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::limits::OrderLimits;
use super::{OrderType, ValidateOptions, ValidationReport, validate, without_empty};
use crate::money::Amount;

/// The caller's own name of an order: the only thing by which the API tells a repeated order from a new one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PoNumber(String);

impl PoNumber {
    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An order without errors, and the bytes that it was read from.
#[derive(Clone)]
pub struct CheckedOrder<'a> {
    body: Cow<'a, [u8]>,
    po_number: PoNumber,
    order_type: OrderType,
    line_count: u64,
    face_value: Amount,
}

/// Shows no body: there are people in it.
impl fmt::Debug for CheckedOrder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedOrder")
            .field("po_number", &self.po_number)
            .finish_non_exhaustive()
    }
}

impl<'a> CheckedOrder<'a> {
    /// Reads an order and keeps it where it can be sent.
    ///
    /// # Errors
    ///
    /// The report, where the order breaks a rule of the API or a limit. What [`validate`] only warns of, an order over
    /// [`limits::BODY`](super::limits::BODY) or over the limit of lines, is an error here.
    pub fn read(
        body: impl Into<Cow<'a, [u8]>>,
        limits: &OrderLimits,
    ) -> Result<Self, ValidationReport> {
        let body = body.into();
        let options = ValidateOptions {
            limits: Some(*limits),
            ..ValidateOptions::default()
        };
        let mut report = validate(&body, &options);
        if !report.is_valid() {
            return Err(report);
        }
        let (Some(po_number), Some(order_type)) = (report.po_number.take(), report.order_type)
        else {
            return Err(report);
        };
        Ok(Self {
            po_number: PoNumber(po_number),
            order_type,
            line_count: report.line_count,
            face_value: report.face_value,
            body: without_empty(body),
        })
    }

    /// What is sent: the bytes as they came, but for texts that are empty, which count as absent.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// `PONumber`.
    pub const fn po_number(&self) -> &PoNumber {
        &self.po_number
    }

    /// `Type`.
    pub const fn order_type(&self) -> OrderType {
        self.order_type
    }

    /// Elements of `LineItems`.
    pub const fn line_count(&self) -> u64 {
        self.line_count
    }

    /// The sum of value times quantity.
    pub const fn face_value(&self) -> Amount {
        self.face_value
    }
}
