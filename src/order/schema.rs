//! The rule table: every field of an order, in the reference's order.
//!
//! Sources: the reference's `POST /v1/Orders` and the fact sheet's section 3.4. A field that only answers have (`Theme`) is not
//! here, so a request that has it is warned.

use super::limits;

/// An object of the request.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) fields: &'static [Field],
    /// The fields of each need, a bit for each place in `fields`.
    pub(super) always: u32,
    pub(super) digital: u32,
    pub(super) physical: u32,
    pub(super) region: u32,
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    /// The name as it stands in a text, `"Name":`, and zeros behind it: what the scanner compares, sixteen bytes at a time.
    pub(super) key: [u8; KEY],
    /// A bit for each byte of it.
    pub(super) key_bits: u32,
    pub(super) need: Need,
    pub(super) rule: Rule,
}

/// When a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Always,
    Never,
    /// For `DigitalDelivery`; unused by `PhysicalShipment`.
    Digital,
    /// For `PhysicalShipment`; unused by the others.
    Physical,
    /// Where the country has states and postal codes, or is not known.
    Region,
    /// Where the catalog says so of the product (`HasRequiredCardCarriers`).
    Carrier,
}

/// What a field's value must be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    OrderType,
    LineItems,
    PoNumber,
    ProductId,
    /// A name of something, for programs: at least one character, on one line.
    Identifier,
    /// A text of at least one and at most so many characters, on one line.
    Line(usize),
    /// A postal code, in the form of the address's country.
    PostalCode,
    /// The same, but it may be empty.
    Words(usize),
    /// A text of at most so many characters, which may be empty and may have line feeds.
    Lines(usize),
    Amount,
    Quantity,
    Email,
    /// The e-mail address of who gets the cards.
    RecipientEmail,
    /// The phone number of who gets the cards.
    RecipientPhone,
    Country,
    Url,
    DateTime,
    Object(&'static Shape),
}

/// Bytes of the longest name in its quotes, with room to spare; longer does not compile.
pub(super) const KEY: usize = 32;

#[expect(
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn field(name: &'static str, need: Need, rule: Rule) -> Field {
    let key = key(name.as_bytes());
    Field {
        name,
        key,
        key_bits: (1 << (name.len() + 3)) - 1,
        need,
        rule,
    }
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn key(name: &[u8]) -> [u8; KEY] {
    let mut key = [0; KEY];
    key[0] = b'"';
    let mut at = 0;
    while at < name.len() {
        key[at + 1] = name[at];
        at += 1;
    }
    key[at + 1] = b'"';
    key[at + 2] = b':';
    key
}

const IDENTIFIER: Rule = Rule::Identifier;
const NAME: Rule = Rule::Line(limits::NAME);
const MESSAGE: Rule = Rule::Lines(limits::MESSAGE);

pub(super) static ORDER: Shape = shape(&[
    field("Type", Need::Always, Rule::OrderType),
    field("LineItems", Need::Always, Rule::LineItems),
    field("PONumber", Need::Always, Rule::PoNumber),
    field("Note", Need::Never, MESSAGE),
    field(
        "WebhookSettings",
        Need::Never,
        Rule::Object(&WEBHOOK_SETTINGS),
    ),
]);

pub(super) static LINE_ITEM: Shape = shape(&[
    field("ProductId", Need::Always, Rule::ProductId),
    field("Value", Need::Always, Rule::Amount),
    field("Quantity", Need::Always, Rule::Quantity),
    field(
        "DigitalDeliveryAddress",
        Need::Digital,
        Rule::Object(&DIGITAL_DELIVERY_ADDRESS),
    ),
    field(
        "PhysicalDeliveryAddress",
        Need::Physical,
        Rule::Object(&PHYSICAL_DELIVERY_ADDRESS),
    ),
    field(
        "Personalization",
        Need::Never,
        Rule::Object(&PERSONALIZATION),
    ),
    field("BrandingId", Need::Never, IDENTIFIER),
    field("ExternalId", Need::Never, IDENTIFIER),
    field("Culture", Need::Never, IDENTIFIER),
]);

pub(super) static DIGITAL_DELIVERY_ADDRESS: Shape = shape(&[
    field("Email", Need::Never, Rule::RecipientEmail),
    field("Sms", Need::Never, Rule::RecipientPhone),
]);

pub(super) static PHYSICAL_DELIVERY_ADDRESS: Shape = shape(&[
    field("ShippingMethodId", Need::Always, IDENTIFIER),
    field("CarrierId", Need::Carrier, IDENTIFIER),
    field("Name", Need::Always, NAME),
    field("AddressLine1", Need::Always, NAME),
    field("City", Need::Always, NAME),
    field("State", Need::Region, NAME),
    field("Zip", Need::Region, Rule::PostalCode),
    field("Country", Need::Always, Rule::Country),
]);

/// An object that the reference does not have.
pub(super) static UNDOCUMENTED: Shape = shape(&[]);

pub(super) static PERSONALIZATION: Shape = shape(&[
    field("To", Need::Never, Rule::Words(limits::NAME)),
    field("FromName", Need::Never, Rule::Words(limits::NAME)),
    field("FromEmail", Need::Never, Rule::Email),
    field("Message", Need::Never, MESSAGE),
    field("DeliveryDate", Need::Never, Rule::DateTime),
]);

static WEBHOOK_SETTINGS: Shape = shape(&[field("FulfillmentComplete", Need::Always, Rule::Url)]);

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn shape(fields: &'static [Field]) -> Shape {
    let (mut always, mut digital, mut physical, mut region) = (0, 0, 0, 0);
    let mut place = 0;
    while place < fields.len() {
        let bit = 1 << place;
        match fields[place].need {
            Need::Always => always |= bit,
            Need::Never | Need::Carrier => {}
            Need::Digital => digital |= bit,
            Need::Physical => physical |= bit,
            Need::Region => region |= bit,
        }
        place += 1;
    }
    Shape {
        fields,
        always,
        digital,
        physical,
        region,
    }
}

impl Shape {
    /// The field of that name, letter for letter, and its place.
    pub(super) fn field(&self, name: &str) -> Option<(u32, &'static Field)> {
        (0..).zip(self.fields).find(|(_, field)| field.name == name)
    }
}
