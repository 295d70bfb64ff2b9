//! What is known of the line on hand, whichever way it was written.

use crate::amount::currency::{Currency, UNKNOWN};
use crate::bulk::columns::fields::{recipient, required};
use crate::bulk::payment::Payment;
use crate::money::Amount;
use crate::order::OrderType;

/// A line that is valid.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Line {
    /// Value times quantity.
    pub(in crate::bulk) face_value: Amount,
    /// That of the product, or the one that the cell names.
    pub(in crate::bulk) currency: Currency,
    pub(in crate::bulk) payment: Payment,
    /// Of a row with an address and a phone number: the identity that it would have by the number alone.
    pub(in crate::bulk) by_phone: Option<u128>,
    /// Whether the row says who gets the cards.
    pub(in crate::bulk) has_recipient: bool,
    /// Whether all of it is known to be ASCII.
    pub(in crate::bulk) is_ascii: bool,
}

/// How far the line on hand is known to be valid.
#[derive(Debug)]
pub(in crate::bulk) struct LineDraft {
    pub(in crate::bulk) surely_valid: bool,
    /// Whether all of it is known to be ASCII.
    pub(in crate::bulk) is_ascii: bool,
    /// The fields that it has, each as its [`bit`].
    pub(in crate::bulk) present: u32,
    pub(in crate::bulk) value: Amount,
    pub(in crate::bulk) quantity: u64,
    pub(in crate::bulk) currency: Currency,
    /// Bytes of the product at the start of the payment.
    pub(in crate::bulk) product_length: usize,
    /// A hash of the phone number beside an address; 0 for none.
    pub(in crate::bulk) phone: u16,
    /// Fields of whose cell all is said.
    pub(in crate::bulk) errors: u32,
}

impl Default for LineDraft {
    fn default() -> Self {
        Self {
            surely_valid: true,
            is_ascii: false,
            present: 0,
            value: Amount::ZERO,
            quantity: 0,
            currency: UNKNOWN,
            product_length: 0,
            phone: 0,
            errors: 0,
        }
    }
}

impl LineDraft {
    pub(in crate::bulk) const fn has(&self, fields: u32) -> bool {
        self.present & fields != 0
    }

    /// Whether each cell meets its rule, and no field is missing.
    pub(in crate::bulk) fn is_sure(&self, order_type: OrderType) -> bool {
        let required = required(order_type);
        let is_addressed =
            order_type != OrderType::DigitalDelivery || self.has(recipient(order_type));
        self.surely_valid && self.present & required == required && is_addressed
    }

    /// The line of so much money, whose payment has that identity.
    pub(in crate::bulk) fn line(
        &self,
        order_type: OrderType,
        identity: u128,
        by_phone: Option<u128>,
        face_value: Amount,
        currency: Currency,
    ) -> Line {
        Line {
            face_value,
            currency,
            payment: Payment {
                identity,
                phone: self.phone,
                ..Payment::default()
            },
            by_phone,
            has_recipient: self.has(recipient(order_type)),
            is_ascii: self.is_ascii,
        }
    }
}
