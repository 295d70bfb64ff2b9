//! What a row pays: the import makes it, and a campaign tells by it who has been paid.

use crate::money::Amount;

/// What a row pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payment {
    /// A hash of recipient, product and value: rows with the same are the same payment. What follows does not make another payment, but of
    /// two that are the same it tells which one was made.
    pub identity: u128,
    /// Value times quantity. The value is in the identity, so that this tells the quantity.
    pub face_value: Amount,
    /// A hash of a phone number beside an e-mail address; 0 for none.
    pub phone: u16,
    /// A hash of all that the row says.
    pub content: u64,
}

impl From<u128> for Payment {
    fn from(identity: u128) -> Self {
        Self {
            identity,
            ..Self::default()
        }
    }
}
