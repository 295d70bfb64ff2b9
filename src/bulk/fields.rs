//! The fields of a line that a column can hold, and the headers by which they are known.

use crate::order::OrderType;

/// The object of the line that a field stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Line,
    Digital,
    Physical,
    Personal,
}

impl Group {
    /// Its key, behind a comma; the line itself has none.
    pub(super) const fn key(self) -> &'static [u8] {
        match self {
            Self::Line => b"",
            Self::Digital => br#","DigitalDeliveryAddress":"#,
            Self::Physical => br#","PhysicalDeliveryAddress":"#,
            Self::Personal => br#","Personalization":"#,
        }
    }

    /// Whether an order of this type makes anything of it.
    pub(super) fn is_used_by(self, order_type: OrderType) -> bool {
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
pub(super) struct Field {
    pub(super) group: Group,
    /// The way to it from the line, as the API spells it.
    pub(super) path: &'static str,
    /// The headers that mean it, as [`is_spelling`] compares them.
    names: &'static str,
}

const fn field(group: Group, path: &'static str, names: &'static str) -> Field {
    Field { group, path, names }
}

pub(super) const PRODUCT: usize = 0;
pub(super) const VALUE: usize = 1;
pub(super) const QUANTITY: usize = 2;
pub(super) const EMAIL: usize = 3;
pub(super) const SMS: usize = 4;
pub(super) const CARRIER: usize = 6;
const NAME: usize = 7;
const TO: usize = 13;
pub(super) const EXTERNAL_ID: usize = 20;

/// How many there are.
pub(super) const COUNT: usize = 21;

/// In the order of a line, those of an object side by side.
pub(super) static FIELDS: [Field; COUNT] = {
    use Group::{Digital, Line, Personal, Physical};
    [
        field(Line, "ProductId", "product productcode sku"),
        field(Line, "Value", "amount facevalue denomination"),
        field(Line, "Quantity", "qty count"),
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
pub(super) fn named(header: &str, order_type: OrderType) -> Option<usize> {
    let found = FIELDS.iter().position(|field| {
        let mut names = field.names.as_bytes().split(|byte| *byte == b' ');
        is_spelling(header, field.path.as_bytes()) || names.any(|name| is_spelling(header, name))
    })?;
    // A name is what a parcel needs, and how a message begins.
    let is_path = || {
        FIELDS
            .get(found)
            .is_some_and(|field| is_spelling(header, field.path.as_bytes()))
    };
    if found == NAME && order_type != OrderType::PhysicalShipment && !is_path() {
        return Some(TO);
    }
    Some(found)
}

/// The field of this path, letter for letter; its place in [`FIELDS`].
pub(super) fn at_path(path: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.path == path)
}

/// Whether two headers are the same but for case, space and joining characters. An empty one is like none.
pub(super) fn is_spelling(header: &str, name: &[u8]) -> bool {
    let mut letters = letters(header.as_bytes()).peekable();
    letters.peek().is_some() && letters.eq(self::letters(name))
}

fn letters(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b'.' | b' ' | b'\t' | b'\n' | b'\r'))
        .map(u8::to_ascii_lowercase)
}
