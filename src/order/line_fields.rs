//! The fields of a line: the one place where each is written down.
//!
//! It is no table at run time. The compiler makes of it what each room needs: the validator its shapes (`order/schema.rs`), the comparison
//! after a 409 its fields (`reconcile/field.rs`), the import its columns (`bulk/columns/fields.rs`), answers the spelling of their keys
//! (`api/casing.rs`). So a wasm carries what its rooms read, and nothing of the rest. The sandbox has its own on purpose.

use super::limits;
use super::rule::{Need, Rule};

/// A field of a line.
#[derive(Clone, Copy)]
pub(crate) struct LineField {
    /// The object that it stands in.
    pub(crate) group: Group,
    /// The way to it from the line, as the API spells it.
    pub(crate) path: &'static str,
    pub(crate) need: Need,
    pub(crate) is: Is,
}

/// The object of a line that a field stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// The line itself.
    Line,
    Digital,
    Physical,
    Personal,
}

#[derive(Clone, Copy)]
pub(crate) enum Is {
    /// An object, with the fields of a group.
    Object(Group),
    Value(Value),
}

/// A field that is no object.
#[derive(Clone, Copy)]
pub(crate) struct Value {
    pub(super) rule: Rule,
    pub(crate) compared: Compared,
    #[cfg_attr(
        not(feature = "bulk"),
        expect(dead_code, reason = "only lists have columns")
    )]
    pub(crate) column: Column,
}

/// How a field is compared after a 409.
#[derive(Clone, Copy)]
pub(crate) struct Compared {
    /// Its place in the fingerprint, which never changes; a new field gets the next number.
    pub(crate) place: usize,
    pub(crate) by: By,
    /// Whether a server may fill it in where the request leaves it out.
    pub(crate) filled_in: bool,
    /// Whether it says who gets the card.
    pub(crate) recipient: bool,
}

/// In what two values of a field may differ that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Letter for letter, but for space around it and the kind of line ends.
    Text,
    /// Ignoring case too: identifiers, e-mail addresses, codes, and what a post office writes in capitals.
    Name,
    /// Digits alone: telephone numbers, however they are set.
    Phone,
    /// By value: `25` is `25.0`.
    Number,
    /// By instant, where both are given in UTC.
    Instant,
}

/// A field as a column of a list.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "bulk"),
    expect(dead_code, reason = "only lists have columns")
)]
pub(crate) struct Column {
    /// What `columns` and reports call it.
    pub(crate) name: &'static str,
    /// What people call it.
    pub(crate) label: &'static str,
    pub(crate) content: Content,
}

/// What a field's cells are, beside texts of the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
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

/// In the reference's order.
#[rustfmt::skip]
pub(crate) const LINE_FIELDS: [LineField; 24] = {
    use By::{Instant, Name, Number, Phone, Text};
    use Content::{Identifier, Person, Words};
    use Group::{Digital, Line, Personal, Physical};
    use Need::{Always, Carrier, Never, Region};

    const IDENTIFIER: Rule = Rule::Identifier;
    const NAME: Rule = Rule::Line(limits::NAME);
    const MESSAGE: Rule = Rule::Lines(limits::MESSAGE);

    [
        value(Line, "ProductId", Always, Rule::ProductId, same(0, Name), column("product", "the product", Content::Product)),
        value(Line, "Value", Always, Rule::Amount, same(1, Number), column("value", "the amount", Content::Number)),
        value(Line, "Quantity", Always, Rule::Quantity, same(2, Number), column("quantity", "the number of cards", Content::Number)),

        object("DigitalDeliveryAddress", Need::Digital, Digital),
        value(Digital, "DigitalDeliveryAddress.Email", Never, Rule::RecipientEmail, recipient(6, Name), column("email", "the recipient's e-mail address", Content::Email)),
        value(Digital, "DigitalDeliveryAddress.Sms", Never, Rule::RecipientPhone, recipient(7, Phone), column("sms", "the recipient's phone number", Content::Phone)),

        object("PhysicalDeliveryAddress", Need::Physical, Physical),
        value(Physical, "PhysicalDeliveryAddress.ShippingMethodId", Always, IDENTIFIER, same(14, Name), column("shippingMethodId", "the shipping method", Identifier)),
        value(Physical, "PhysicalDeliveryAddress.CarrierId", Carrier, IDENTIFIER, filled_in(15, Name), column("carrierId", "the card carrier", Identifier)),
        value(Physical, "PhysicalDeliveryAddress.Name", Always, NAME, recipient(8, Name), column("name", "the recipient's name", Person)),
        value(Physical, "PhysicalDeliveryAddress.AddressLine1", Always, NAME, recipient(9, Name), column("addressLine1", "the street", Words)),
        value(Physical, "PhysicalDeliveryAddress.City", Always, NAME, recipient(10, Name), column("city", "the city", Words)),
        value(Physical, "PhysicalDeliveryAddress.State", Region, NAME, recipient(11, Name), column("state", "the state", Words)),
        value(Physical, "PhysicalDeliveryAddress.Zip", Region, Rule::PostalCode, recipient(12, Name), column("zip", "the postal code", Identifier)),
        value(Physical, "PhysicalDeliveryAddress.Country", Always, Rule::Country, recipient(13, Name), column("country", "the country", Identifier)),

        object("Personalization", Never, Personal),
        value(Personal, "Personalization.To", Never, Rule::Words(limits::NAME), same(16, Text), column("to", "the recipient's name", Person)),
        value(Personal, "Personalization.FromName", Never, Rule::Words(limits::NAME), filled_in(17, Text), column("fromName", "the sender's name", Person)),
        value(Personal, "Personalization.FromEmail", Never, Rule::Email, filled_in(18, Name), column("fromEmail", "the sender's e-mail address", Content::Email)),
        value(Personal, "Personalization.Message", Never, MESSAGE, same(19, Text), column("message", "the message", Words)),
        value(Personal, "Personalization.DeliveryDate", Never, Rule::DateTime, filled_in(20, Instant), column("deliveryDate", "the delivery date", Content::Date)),

        value(Line, "BrandingId", Never, IDENTIFIER, filled_in(4, Name), column("brandingId", "the branding", Identifier)),
        value(Line, "ExternalId", Never, IDENTIFIER, same(3, Text), column("externalId", "an id of your own", Identifier)),
        value(Line, "Culture", Never, IDENTIFIER, filled_in(5, Name), column("culture", "the language", Identifier)),
    ]
};

/// Those that are no objects.
pub(crate) const VALUES: usize = {
    let (mut values, mut rest) = (0_usize, LINE_FIELDS.as_slice());
    while let [field, behind @ ..] = rest {
        if matches!(field.is, Is::Value(_)) {
            values = values.saturating_add(1);
        }
        rest = behind;
    }
    values
};

impl LineField {
    /// Its key.
    pub(crate) const fn name(&self) -> &'static str {
        let mut rest = self.path.as_bytes();
        while let [.., last] = rest
            && *last != b'.'
        {
            (_, rest) = (last, rest.split_at(rest.len().saturating_sub(1)).0);
        }
        self.path.split_at(rest.len()).1
    }
}

const fn object(path: &'static str, need: Need, group: Group) -> LineField {
    LineField {
        group: Group::Line,
        path,
        need,
        is: Is::Object(group),
    }
}

const fn value(
    group: Group,
    path: &'static str,
    need: Need,
    rule: Rule,
    compared: Compared,
    column: Column,
) -> LineField {
    LineField {
        group,
        path,
        need,
        is: Is::Value(Value {
            rule,
            compared,
            column,
        }),
    }
}

/// A field whose values must be the same.
const fn same(place: usize, by: By) -> Compared {
    Compared {
        place,
        by,
        filled_in: false,
        recipient: false,
    }
}

const fn filled_in(place: usize, by: By) -> Compared {
    Compared {
        filled_in: true,
        ..same(place, by)
    }
}

const fn recipient(place: usize, by: By) -> Compared {
    Compared {
        recipient: true,
        ..same(place, by)
    }
}

const fn column(name: &'static str, label: &'static str, content: Content) -> Column {
    Column {
        name,
        label,
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::documented_path;

    #[test]
    fn the_validator_has_a_rule_for_each_field() {
        for field in &LINE_FIELDS {
            let text = ["LineItems[0].", field.path].concat();
            assert_eq!(documented_path(&text), Some(text));
        }
    }

    #[test]
    fn a_field_stands_in_the_object_that_its_path_begins_with() {
        for field in &LINE_FIELDS {
            let outer = field.path.rsplit_once('.').map(|(outer, _)| outer);
            let opens =
                |known: &&LineField| matches!(known.is, Is::Object(group) if group == field.group);
            let object = LINE_FIELDS.iter().find(opens).map(|known| known.path);

            assert_eq!(outer, object, "{}", field.path);
            assert_eq!(field.name(), field.path.rsplit('.').next().unwrap());
        }
    }
}
