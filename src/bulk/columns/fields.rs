//! The fields of a line that a column can hold: the one table that header, line, rejected rows and claims read.

use crate::bulk::csv::row::is_unseen;
use crate::catalog::lower;
use crate::order::OrderType;
use crate::order::spelling::letters_off;

/// The object of the line that a field stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Group {
    Line,
    Digital,
    Physical,
    Personal,
}

impl Group {
    /// Its key, behind a comma; the line itself has none.
    pub(in crate::bulk) const fn key(self) -> &'static [u8] {
        match self {
            Self::Line => b"",
            Self::Digital => br#","DigitalDeliveryAddress":"#,
            Self::Physical => br#","PhysicalDeliveryAddress":"#,
            Self::Personal => br#","Personalization":"#,
        }
    }

    /// Whether an order of this type makes anything of it.
    pub(in crate::bulk) const fn is_used_by(self, order_type: OrderType) -> bool {
        let physical = matches!(order_type, OrderType::PhysicalShipment);
        match self {
            Self::Digital => !physical,
            Self::Physical => physical,
            Self::Line | Self::Personal => true,
        }
    }
}

/// What a field's cells are, beside texts of the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Content {
    /// Words for people, in which every character may be meant.
    Words,
    /// The name of a person, which may be a word of programs, too: `Null`.
    Person,
    /// What is compared and looked up: characters that cannot be seen do not belong to it.
    Identifier,
    Number,
    Product,
    Email,
    Phone,
    Date,
}

/// What a field has to do with who is paid what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A line has it, whatever its type is.
    Always,
    /// It says who is paid.
    Recipient,
    /// A line needs it where its group is used.
    Needed,
    Other,
}

/// A field that a column can hold.
#[derive(Debug)]
pub(in crate::bulk) struct Field {
    pub(in crate::bulk) group: Group,
    /// The way to it from the line, as the API spells it.
    pub(in crate::bulk) path: &'static str,
    /// What `columns` and reports call it.
    pub(in crate::bulk) name: &'static str,
    /// What people call it.
    pub(in crate::bulk) label: &'static str,
    pub(in crate::bulk) content: Content,
    role: Role,
}

pub(in crate::bulk) const PRODUCT: usize = 0;
pub(in crate::bulk) const VALUE: usize = 1;
pub(in crate::bulk) const QUANTITY: usize = 2;
pub(in crate::bulk) const EMAIL: usize = 3;
pub(in crate::bulk) const SMS: usize = 4;
pub(in crate::bulk) const SHIPPING_METHOD: usize = 5;
pub(in crate::bulk) const CARRIER: usize = 6;
pub(in crate::bulk) const NAME: usize = 7;
pub(in crate::bulk) const ADDRESS_LINE: usize = 8;
pub(in crate::bulk) const CITY: usize = 9;
pub(in crate::bulk) const STATE: usize = 10;
pub(in crate::bulk) const ZIP: usize = 11;
pub(in crate::bulk) const COUNTRY: usize = 12;
pub(in crate::bulk) const TO: usize = 13;
pub(in crate::bulk) const FROM_NAME: usize = 14;
pub(in crate::bulk) const FROM_EMAIL: usize = 15;
pub(in crate::bulk) const MESSAGE: usize = 16;
pub(in crate::bulk) const DELIVERY_DATE: usize = 17;
pub(in crate::bulk) const BRANDING: usize = 18;
pub(in crate::bulk) const CULTURE: usize = 19;
pub(in crate::bulk) const EXTERNAL_ID: usize = 20;

/// How many there are.
pub(in crate::bulk) const COUNT: usize = 21;

/// In the order of a line, those of an object side by side.
#[rustfmt::skip]
pub(in crate::bulk) static FIELDS: [Field; COUNT] = {
    use Content::{Date, Email, Identifier, Number, Person, Phone, Product, Words};
    use Group::{Digital, Line, Personal, Physical};
    use Role::{Always, Needed, Other, Recipient};

    const fn field(group: Group, path: &'static str, name: &'static str, label: &'static str, content: Content, role: Role) -> Field {
        Field { group, path, name, label, content, role }
    }

    [
        field(Line, "ProductId", "product", "the product", Product, Always),
        field(Line, "Value", "value", "the amount", Number, Always),
        field(Line, "Quantity", "quantity", "the number of cards", Number, Always),
        field(Digital, "DigitalDeliveryAddress.Email", "email", "the recipient's e-mail address", Email, Recipient),
        field(Digital, "DigitalDeliveryAddress.Sms", "sms", "the recipient's phone number", Phone, Recipient),
        field(Physical, "PhysicalDeliveryAddress.ShippingMethodId", "shippingMethodId", "the shipping method", Identifier, Needed),
        field(Physical, "PhysicalDeliveryAddress.CarrierId", "carrierId", "the card carrier", Identifier, Other),
        field(Physical, "PhysicalDeliveryAddress.Name", "name", "the recipient's name", Person, Recipient),
        field(Physical, "PhysicalDeliveryAddress.AddressLine1", "addressLine1", "the street", Words, Recipient),
        field(Physical, "PhysicalDeliveryAddress.City", "city", "the city", Words, Recipient),
        field(Physical, "PhysicalDeliveryAddress.State", "state", "the state", Words, Recipient),
        field(Physical, "PhysicalDeliveryAddress.Zip", "zip", "the postal code", Identifier, Recipient),
        field(Physical, "PhysicalDeliveryAddress.Country", "country", "the country", Identifier, Recipient),
        field(Personal, "Personalization.To", "to", "the recipient's name", Person, Other),
        field(Personal, "Personalization.FromName", "fromName", "the sender's name", Person, Other),
        field(Personal, "Personalization.FromEmail", "fromEmail", "the sender's e-mail address", Email, Other),
        field(Personal, "Personalization.Message", "message", "the message", Words, Other),
        field(Personal, "Personalization.DeliveryDate", "deliveryDate", "the delivery date", Date, Other),
        field(Line, "BrandingId", "brandingId", "the branding", Identifier, Other),
        field(Line, "Culture", "culture", "the language", Identifier, Other),
        field(Line, "ExternalId", "externalId", "an id of your own", Identifier, Other),
    ]
};

/// A field as a bit.
#[expect(clippy::cast_possible_truncation, reason = "there are 21 fields")]
pub(in crate::bulk) const fn bit(field: usize) -> u32 {
    1_u32.wrapping_shl(field as u32)
}

/// The fields that say who is paid.
pub(in crate::bulk) const fn recipient(order_type: OrderType) -> u32 {
    match order_type {
        OrderType::DigitalDelivery => const { recipient_of(OrderType::DigitalDelivery) },
        OrderType::PhysicalShipment => const { recipient_of(OrderType::PhysicalShipment) },
        OrderType::Links => const { recipient_of(OrderType::Links) },
    }
}

const fn recipient_of(order_type: OrderType) -> u32 {
    let mut fields = 0;
    let mut rest = FIELDS.as_slice();
    while let [before @ .., field] = rest {
        if matches!(field.role, Role::Recipient) && field.group.is_used_by(order_type) {
            fields |= bit(before.len());
        }
        rest = before;
    }
    fields
}

/// The fields without which no line is valid. Of a digital recipient there must be one more.
pub(in crate::bulk) const fn required(order_type: OrderType) -> u32 {
    match order_type {
        OrderType::DigitalDelivery => const { required_of(OrderType::DigitalDelivery) },
        OrderType::PhysicalShipment => const { required_of(OrderType::PhysicalShipment) },
        OrderType::Links => const { required_of(OrderType::Links) },
    }
}

const fn required_of(order_type: OrderType) -> u32 {
    let mut fields = 0;
    let mut rest = FIELDS.as_slice();
    while let [before @ .., field] = rest {
        let is_needed = match field.role {
            Role::Always => true,
            Role::Needed | Role::Recipient => {
                matches!(field.group, Group::Physical) && field.group.is_used_by(order_type)
            }
            Role::Other => false,
        };
        if is_needed {
            fields |= bit(before.len());
        }
        rest = before;
    }
    fields
}

/// Where the recipient's name belongs: on a parcel it is what that needs, otherwise how a message begins.
pub(in crate::bulk) const fn recipient_name(order_type: OrderType) -> usize {
    match order_type {
        OrderType::PhysicalShipment => NAME,
        OrderType::DigitalDelivery | OrderType::Links => TO,
    }
}

/// The field of this path or this name, as [`is_spelling`] compares them; its index in [`FIELDS`]. `Name` alone is no name of a field: what it
/// is depends on the order's type.
pub(in crate::bulk) fn at_name(header: &str) -> Option<usize> {
    let is_it = |(field, known): (usize, &Field)| {
        let is_named = field != NAME && is_spelling(header, known.name.as_bytes());
        (is_named || is_spelling(header, known.path.as_bytes())).then_some(field)
    };
    FIELDS.iter().enumerate().find_map(is_it)
}

/// Whether a text is one of some words with spaces between them, as [`is_spelling`] compares them.
#[inline(never)]
pub(in crate::bulk) fn is_one_of(text: &str, words: &[u8]) -> bool {
    let mut words = words.split(|byte| *byte == b' ');
    words.any(|word| is_spelling(text, word))
}

/// Its path and its name, for what is said of it.
pub(in crate::bulk) fn path_and_name(field: usize) -> Option<(&'static str, &'static str)> {
    let known = FIELDS.get(field)?;
    Some((known.path, known.name))
}

/// The field of this path, letter for letter; its index in [`FIELDS`].
pub(in crate::bulk) fn at_path(path: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.path == path)
}

/// The field that a name which is none was probably meant to be.
pub(in crate::bulk) fn near(name: &str) -> Option<&'static Field> {
    let mut best = None;
    for field in &FIELDS {
        for spelling in [field.name, field.path] {
            let Some(letters) = letters_off(name, spelling) else {
                continue;
            };
            if best.is_none_or(|(least, _)| letters < least) {
                best = Some((letters, field));
            }
        }
    }
    best.map(|(_, field)| field)
}

/// Whether a header is that name but for what [`letters`] leaves out. The name is in Latin-1. An empty one is like none.
#[inline(never)]
pub(in crate::bulk) fn is_spelling(header: &str, name: &[u8]) -> bool {
    let mut letters = letters(header).peekable();
    let name = name.iter().map(|byte| char::from(*byte));
    letters.peek().is_some() && letters.eq(name.filter_map(letter))
}

/// What counts of a header: no case, no space, no joining character, and nothing that spreadsheets and web pages leave in it unseen.
pub(in crate::bulk) fn letters(header: &str) -> impl Iterator<Item = char> {
    header.chars().filter_map(letter)
}

#[inline(never)]
pub(in crate::bulk) fn letter(letter: char) -> Option<char> {
    let is_left_out =
        matches!(letter, '_' | '-' | '.' | ':') || is_unseen(letter) || letter.is_whitespace();
    (!is_left_out).then(|| lower(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_paid_is_told_by_the_address_that_the_order_uses() {
        let paths = |mask: u32| -> Vec<&str> {
            let of_mask = |field: &usize| mask & bit(*field) != 0;
            (0..COUNT)
                .filter(of_mask)
                .map(|field| FIELDS[field].name)
                .collect()
        };
        let parcel = ["name", "addressLine1", "city", "state", "zip", "country"];
        assert_eq!(paths(recipient(OrderType::Links)), ["email", "sms"]);
        assert_eq!(paths(recipient(OrderType::PhysicalShipment)), parcel);
        assert_eq!(
            paths(required(OrderType::DigitalDelivery)),
            ["product", "value", "quantity"]
        );
        assert_eq!(
            paths(required(OrderType::PhysicalShipment)),
            [
                &["product", "value", "quantity", "shippingMethodId"][..],
                &parcel
            ]
            .concat()
        );
    }
}
