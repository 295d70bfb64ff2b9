//! The rule table: every field of an order, in the reference's order.
//!
//! Sources: the reference's `POST /v1/Orders` and the fact sheet's section 3.4. A field that only answers have (`Theme`) is not
//! here, so a request that has it is warned.

use super::limits;

/// An object of the request.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
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
    /// A text of at least one and at most so many characters, on one line.
    Line(usize),
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

const fn field(name: &'static str, need: Need, rule: Rule) -> Field {
    Field { name, need, rule }
}

const IDENTIFIER: Rule = Rule::Line(limits::IDENTIFIER);
const NAME: Rule = Rule::Line(limits::NAME);
const MESSAGE: Rule = Rule::Lines(limits::MESSAGE);

pub(super) static ORDER: Shape = Shape {
    fields: &[
        field("Type", Need::Always, Rule::OrderType),
        field("LineItems", Need::Always, Rule::LineItems),
        field("PONumber", Need::Always, Rule::PoNumber),
        field("Note", Need::Never, MESSAGE),
        field(
            "WebhookSettings",
            Need::Never,
            Rule::Object(&WEBHOOK_SETTINGS),
        ),
    ],
};

pub(super) static LINE_ITEM: Shape = Shape {
    fields: &[
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
    ],
};

pub(super) static DIGITAL_DELIVERY_ADDRESS: Shape = Shape {
    fields: &[
        field("Email", Need::Never, Rule::RecipientEmail),
        field("Sms", Need::Never, Rule::RecipientPhone),
    ],
};

static PHYSICAL_DELIVERY_ADDRESS: Shape = Shape {
    fields: &[
        field("ShippingMethodId", Need::Always, IDENTIFIER),
        field("CarrierId", Need::Carrier, IDENTIFIER),
        field("Name", Need::Always, NAME),
        field("AddressLine1", Need::Always, NAME),
        field("City", Need::Always, NAME),
        field("State", Need::Region, NAME),
        field("Zip", Need::Region, NAME),
        field("Country", Need::Always, Rule::Country),
    ],
};

static PERSONALIZATION: Shape = Shape {
    fields: &[
        field("To", Need::Never, Rule::Words(limits::NAME)),
        field("FromName", Need::Never, Rule::Words(limits::NAME)),
        field("FromEmail", Need::Never, Rule::Email),
        field("Message", Need::Never, MESSAGE),
        field("DeliveryDate", Need::Never, Rule::DateTime),
    ],
};

static WEBHOOK_SETTINGS: Shape = Shape {
    fields: &[field("FulfillmentComplete", Need::Always, Rule::Url)],
};

impl Shape {
    /// The field of that name, letter for letter, and its place.
    pub(super) fn field(&self, name: &str) -> Option<(u32, &'static Field)> {
        (0..).zip(self.fields).find(|(_, field)| field.name == name)
    }
}
