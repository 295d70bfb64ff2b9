//! What the validator keeps of one line, and what it looks up in an object before it reads it.

use alloc::borrow::Cow;

use super::OrderType;
use super::format::is_country;
use super::line_key::{self, Key};
use crate::json::Reader;
use crate::money::Amount;

/// What is kept of one line until its end: what it adds to the totals, and who gets what.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    pub(super) value: Option<Amount>,
    pub(super) quantity: Option<u64>,
    pub(super) product: Cow<'a, [u8]>,
    pub(super) email: Cow<'a, [u8]>,
    pub(super) phone: Cow<'a, [u8]>,
    /// The postal code and the country of where it is shipped, for the scanner: which of them stands in front is not known.
    pub(super) postal_code: &'a [u8],
    pub(super) country: [u8; 2],
    /// The line from its start on, and what follows it.
    pub(super) text: &'a [u8],
}

impl Line<'_> {
    /// What the line is about. A physical address counts as it is written, all of it: up to its end, or a brace in it.
    pub(super) fn key(&self, order_type: Option<OrderType>) -> Option<Key> {
        let (recipient, phone) = match order_type {
            Some(OrderType::PhysicalShipment) => {
                let from = from_member(Reader::new(self.text), "PhysicalDeliveryAddress")?;
                let address = from.split(|byte| *byte == b'}').next()?;
                (address, [].as_slice())
            }
            _ => (&*self.email, &*self.phone),
        };
        if (recipient.is_empty() && phone.is_empty()) || self.product.is_empty() {
            return None;
        }
        Some(line_key::key(&self.product, recipient, phone))
    }
}

/// The text from the first member of that name on, in the object that comes next.
fn from_member<'a>(mut reader: Reader<'a>, name: &str) -> Option<&'a [u8]> {
    let mut members = reader.object().ok()?;
    while let Some(key) = members.next(&mut reader).ok()? {
        if key.is(name) {
            reader.peek().ok()?;
            return Some(reader.rest());
        }
        reader.skip().ok()?;
    }
    None
}

/// The first member of that name, where it is a text.
pub(super) fn text_member<'a>(reader: Reader<'a>, name: &str) -> Option<Cow<'a, str>> {
    let from = from_member(reader, name)?;
    Some(Reader::new(from).string().ok()?.decode())
}

/// The country of the address that comes next; nothing where it is not known. It is looked for before the address is read: it mostly stands
/// behind what depends on it.
pub(super) fn country_of(reader: Reader<'_>) -> Option<[u8; 2]> {
    let country = text_member(reader, "Country")?;
    is_country(&country)
        .then(|| country.as_bytes().try_into().ok())
        .flatten()
}

/// Returns whether addresses of a country need a state and a postal code.
pub(super) const fn is_regional(country: [u8; 2]) -> bool {
    matches!(&country, b"US" | b"CA")
}
