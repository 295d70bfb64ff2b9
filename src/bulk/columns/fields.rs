//! The fields of a line as columns, of which header, line, rejected rows and claims read: what `order/line_fields.rs` says of each.

use crate::bulk::csv::row::is_unseen;
use crate::catalog::lower;
use crate::order::OrderType;
pub(in crate::bulk) use crate::order::line_fields::{Content, Group};
use crate::order::line_fields::{Is, LINE_FIELDS, VALUES};
use crate::order::rule::Need;
use crate::order::spelling::letters_off;

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

    /// Returns whether an order of this type makes anything of it.
    pub(in crate::bulk) const fn is_used_by(self, order_type: OrderType) -> bool {
        let physical = matches!(order_type, OrderType::PhysicalShipment);
        match self {
            Self::Digital => !physical,
            Self::Physical => physical,
            Self::Line | Self::Personal => true,
        }
    }
}

/// A field that a column can hold.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Field {
    pub(in crate::bulk) group: Group,
    /// The way to it from the line, as the API spells it.
    pub(in crate::bulk) path: &'static str,
    /// What `columns` and reports call it.
    pub(in crate::bulk) name: &'static str,
    /// What people call it.
    pub(in crate::bulk) label: &'static str,
    pub(in crate::bulk) content: Content,
    need: Need,
    /// Whether it says who is paid.
    recipient: bool,
}

pub(in crate::bulk) const PRODUCT: usize = index_of("ProductId");
pub(in crate::bulk) const VALUE: usize = index_of("Value");
pub(in crate::bulk) const QUANTITY: usize = index_of("Quantity");
pub(in crate::bulk) const EMAIL: usize = index_of("DigitalDeliveryAddress.Email");
pub(in crate::bulk) const SMS: usize = index_of("DigitalDeliveryAddress.Sms");
pub(in crate::bulk) const SHIPPING_METHOD: usize =
    index_of("PhysicalDeliveryAddress.ShippingMethodId");
pub(in crate::bulk) const CARRIER: usize = index_of("PhysicalDeliveryAddress.CarrierId");
pub(in crate::bulk) const NAME: usize = index_of("PhysicalDeliveryAddress.Name");
pub(in crate::bulk) const ADDRESS_LINE: usize = index_of("PhysicalDeliveryAddress.AddressLine1");
pub(in crate::bulk) const CITY: usize = index_of("PhysicalDeliveryAddress.City");
pub(in crate::bulk) const STATE: usize = index_of("PhysicalDeliveryAddress.State");
pub(in crate::bulk) const ZIP: usize = index_of("PhysicalDeliveryAddress.Zip");
pub(in crate::bulk) const COUNTRY: usize = index_of("PhysicalDeliveryAddress.Country");
pub(in crate::bulk) const TO: usize = index_of("Personalization.To");
pub(in crate::bulk) const FROM_NAME: usize = index_of("Personalization.FromName");
pub(in crate::bulk) const FROM_EMAIL: usize = index_of("Personalization.FromEmail");
pub(in crate::bulk) const MESSAGE: usize = index_of("Personalization.Message");
pub(in crate::bulk) const DELIVERY_DATE: usize = index_of("Personalization.DeliveryDate");
pub(in crate::bulk) const BRANDING: usize = index_of("BrandingId");
pub(in crate::bulk) const CULTURE: usize = index_of("Culture");
pub(in crate::bulk) const EXTERNAL_ID: usize = index_of("ExternalId");

/// How many there are.
pub(in crate::bulk) const COUNT: usize = VALUES;

/// In the order of a line, those of an object side by side.
pub(in crate::bulk) static FIELDS: [Field; COUNT] = columns();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn columns() -> [Field; COUNT] {
    let mut fields = [Field {
        group: Group::Line,
        path: "",
        name: "",
        label: "",
        content: Content::Words,
        need: Need::Never,
        recipient: false,
    }; COUNT];
    let (mut at, mut next) = (0, 0);
    while at < LINE_FIELDS.len() {
        let known = LINE_FIELDS[at];
        if let Is::Value(value) = known.is {
            fields[next] = Field {
                group: known.group,
                path: known.path,
                name: value.column.name,
                label: value.column.label,
                content: value.column.content,
                need: known.need,
                recipient: value.compared.recipient,
            };
            next += 1;
        }
        at += 1;
    }
    // Our lines have these two the other way round, and PO numbers follow from what lines hold.
    let (external_id, culture) = (
        place_of("ExternalId", &fields),
        place_of("Culture", &fields),
    );
    let kept = fields[culture];
    fields[culture] = fields[external_id];
    fields[external_id] = kept;
    fields
}

/// The index of the field of that path.
const fn index_of(path: &str) -> usize {
    place_of(path, &columns())
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn place_of(path: &str, fields: &[Field]) -> usize {
    let path = path.as_bytes();
    let mut place = 0;
    loop {
        let known = fields[place].path.as_bytes();
        let mut same = 0;
        while same < path.len() && same < known.len() && path[same] == known[same] {
            same += 1;
        }
        if same == path.len() && same == known.len() {
            return place;
        }
        place += 1;
    }
}

/// A field as a bit.
#[expect(
    clippy::cast_possible_truncation,
    reason = "there are fewer fields than bits, which a test holds"
)]
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
        if field.recipient && field.group.is_used_by(order_type) {
            fields |= bit(before.len());
        }
        rest = before;
    }
    fields
}

/// The fields that tell one payment from another, beside how much it is.
pub(in crate::bulk) const fn of_payment(order_type: OrderType) -> u32 {
    bit(PRODUCT) | recipient(order_type)
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
        let is_always = matches!(field.need, Need::Always);
        let is_needed = match field.group {
            Group::Line => is_always,
            Group::Physical => (is_always || field.recipient) && field.group.is_used_by(order_type),
            Group::Digital | Group::Personal => false,
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

/// Returns whether a text is one of some words with spaces between them, as [`is_spelling`] compares them.
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

/// Returns whether a header is that name but for what [`letters`] leaves out. The name is in Latin-1. An empty one is like none.
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

    /// Masks and lines say which field it is by its place, PO numbers follow from the order of a line, and callers know a column by its name.
    #[test]
    fn each_field_of_a_line_is_a_column_with_a_name_and_a_bit_of_its_own() {
        let mut names = FIELDS.map(|field| field.name);
        let mut masks = 0;
        for (place, field) in FIELDS.iter().enumerate() {
            assert!(!field.label.is_empty() && at_path(field.path) == Some(place));
            assert_eq!(masks & bit(place), 0, "{}", field.path);
            masks |= bit(place);
        }

        assert_eq!(
            names.join(" "),
            "product value quantity email sms shippingMethodId carrierId name addressLine1 city state zip country \
             to fromName fromEmail message deliveryDate brandingId culture externalId"
        );
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

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
