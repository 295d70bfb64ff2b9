//! The fields of a line that a column can hold, and the headers by which they are known.

use crate::catalog::lower;
use crate::order::OrderType;

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
    pub(in crate::bulk) fn is_used_by(self, order_type: OrderType) -> bool {
        let physical = order_type == OrderType::PhysicalShipment;
        match self {
            Self::Digital => !physical,
            Self::Physical => physical,
            Self::Line | Self::Personal => true,
        }
    }
}

/// A field that a column can hold.
#[derive(Debug)]
pub(in crate::bulk) struct Field {
    pub(in crate::bulk) group: Group,
    /// The way to it from the line, as the API spells it.
    pub(in crate::bulk) path: &'static str,
    /// The headers that mean it, as [`is_spelling`] compares them.
    names: &'static str,
}

const fn field(group: Group, path: &'static str, names: &'static str) -> Field {
    Field { group, path, names }
}

pub(in crate::bulk) const PRODUCT: usize = 0;
pub(in crate::bulk) const VALUE: usize = 1;
pub(in crate::bulk) const QUANTITY: usize = 2;
pub(in crate::bulk) const EMAIL: usize = 3;
pub(in crate::bulk) const SMS: usize = 4;
pub(in crate::bulk) const CARRIER: usize = 6;
const NAME: usize = 7;
const TO: usize = 13;
pub(in crate::bulk) const EXTERNAL_ID: usize = 20;

/// How many there are.
pub(in crate::bulk) const COUNT: usize = 21;

/// In the order of a line, those of an object side by side.
pub(in crate::bulk) static FIELDS: [Field; COUNT] = {
    use Group::{Digital, Line, Personal, Physical};
    [
        field(Line, "ProductId", "product productcode sku"),
        field(Line, "Value", "amount facevalue denomination"),
        // `Count` heads the numbers of rows as often as those of cards.
        field(Line, "Quantity", "qty numberofcards"),
        field(
            Digital,
            "DigitalDeliveryAddress.Email",
            "email emailaddress recipientemail recipientemailaddress",
        ),
        field(
            Digital,
            "DigitalDeliveryAddress.Sms",
            "sms phone phonenumber mobile mobilephone recipientphone",
        ),
        field(
            Physical,
            "PhysicalDeliveryAddress.ShippingMethodId",
            "shippingmethod shippingmethodid",
        ),
        field(
            Physical,
            "PhysicalDeliveryAddress.CarrierId",
            "carrier carrierid",
        ),
        field(
            Physical,
            "PhysicalDeliveryAddress.Name",
            "name recipientname fullname",
        ),
        field(
            Physical,
            "PhysicalDeliveryAddress.AddressLine1",
            "address addressline addressline1 address1 street",
        ),
        field(Physical, "PhysicalDeliveryAddress.City", "city"),
        field(Physical, "PhysicalDeliveryAddress.State", "state province"),
        field(
            Physical,
            "PhysicalDeliveryAddress.Zip",
            "zip zipcode postalcode postcode",
        ),
        field(
            Physical,
            "PhysicalDeliveryAddress.Country",
            "country countrycode",
        ),
        field(Personal, "Personalization.To", "to"),
        field(
            Personal,
            "Personalization.FromName",
            "fromname from sender sendername",
        ),
        field(
            Personal,
            "Personalization.FromEmail",
            "fromemail senderemail",
        ),
        field(Personal, "Personalization.Message", "message giftmessage"),
        field(Personal, "Personalization.DeliveryDate", "deliverydate"),
        field(Line, "BrandingId", "branding"),
        field(Line, "Culture", "language"),
        field(Line, "ExternalId", ""),
    ]
};

/// The field that a header names, in an order of this type; its place in [`FIELDS`]. Case, space and joining characters do not
/// count.
pub(in crate::bulk) fn named(header: &str, order_type: OrderType) -> Option<usize> {
    (0..COUNT).find(|field| is_name(header, *field, order_type))
}

/// Whether a header names this field, in an order of this type.
#[inline(never)]
pub(in crate::bulk) fn is_name(header: &str, field: usize, order_type: OrderType) -> bool {
    let is_alias = |field: usize| {
        let known = FIELDS.get(field);
        known.is_some_and(|known| is_one_of(header, known.names.as_bytes()))
    };
    let is_path = FIELDS
        .get(field)
        .is_some_and(|known| is_spelling(header, known.path.as_bytes()));
    // A name is what a parcel needs, and how a message begins.
    let is_letter = order_type != OrderType::PhysicalShipment;
    is_path
        || (field != NAME || !is_letter) && is_alias(field)
        || field == TO && is_letter && is_alias(NAME)
}

/// With what letters names of this field begin, as bits from `a`; those of a recipient's name too.
pub(in crate::bulk) fn first_letters(field: usize) -> u32 {
    let mut letters = 0;
    for known in [field, NAME] {
        let Some(known) = FIELDS.get(known) else {
            continue;
        };
        for words in [known.names, known.path] {
            let mut is_first = true;
            for byte in words.bytes() {
                if is_first {
                    letters |= letter_bit(byte);
                }
                is_first = byte == b' ';
            }
        }
    }
    letters
}

/// The bit of a letter; of what no name begins with none, and all where [`letter`] may leave it out.
pub(in crate::bulk) const fn letter_bit(first: u8) -> u32 {
    match first | 0x20 {
        letter @ b'a'..=b'z' => 1 << (letter & 31),
        _ if first.is_ascii_digit() => 0,
        _ => u32::MAX,
    }
}

/// Whether a text is one of some words with spaces between them, as [`is_spelling`] compares them.
#[inline(never)]
pub(in crate::bulk) fn is_one_of(text: &str, words: &[u8]) -> bool {
    let mut words = words.split(|byte| *byte == b' ');
    words.any(|word| is_spelling(text, word))
}

/// The field of this path, letter for letter; its place in [`FIELDS`].
pub(in crate::bulk) fn at_path(path: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.path == path)
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
    let is_left_out = matches!(
        letter,
        '_' | '-' | '.' | ':' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    ) || letter.is_whitespace();
    (!is_left_out).then(|| lower(letter))
}
