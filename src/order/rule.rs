//! What a rule can say of a field, and the objects that fields stand in.

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
#[derive(Clone, Copy, Debug)]
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
pub(crate) enum Need {
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
pub(super) const fn field(name: &'static str, need: Need, rule: Rule) -> Field {
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

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
pub(super) const fn shape(fields: &'static [Field]) -> Shape {
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
