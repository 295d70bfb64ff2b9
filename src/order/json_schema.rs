//! The JSON Schema that the package ships as `order.schema.json`, made from the rule table.
//!
//! It is made here and compared with the file, so that a rule cannot change in one of the two alone. `UPDATE=1 cargo test
//! json_schema` writes the file. `tests/js/order-json-schema.test.js` holds it to the validator and lists what it cannot say.
//!
//! It must load everywhere. So it keeps to keywords that zod and OpenAPI know as well (no `if`, `not`, `const`, `propertyNames`), and its
//! patterns to what ECMAScript, Python and RE2 have in common: no look-around, no `\u`, and a `$` in a set is escaped, since fastjsonschema
//! takes each other one for the end.

use serde_json::{Value, json};

use super::format::is_country;
use super::schema::{Field, LINE_ITEM, Need, ORDER, Rule, Shape};
use super::{OrderType, limits};
use crate::money::Amount;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/pkg-templates/npm/order.schema.json"
);

/// Control characters, as inside a character class.
const CONTROL: &str = r"\x00-\x1F\x7F-\x9F";
const CONTROL_BUT_LINE_ENDS: &str = r"\x00-\x09\x0B\x0C\x0E-\x1F\x7F-\x9F";
/// What Unicode calls white space and is no control character.
const SPACE: &str = "\\x20\\xA0\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}";

const LABEL: &str = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/// With the leap second of any minute: that it is the last one of a day in UTC, `format` says and not the pattern.
const DATE_TIME: &str = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";

#[test]
fn the_schema_that_is_shipped_is_what_the_rule_table_says() {
    let made = in_ascii(&serde_json::to_string_pretty(&schema()).unwrap()) + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }

    let shipped = std::fs::read_to_string(FILE).unwrap();

    assert!(shipped == made, "UPDATE=1 cargo test json_schema");
}

/// The text with what is not ASCII as escapes: nobody sees the difference of one space and the next.
fn in_ascii(json: &str) -> String {
    let escaped = |character: char| match character {
        '\0'..='\u{7f}' => character.to_string(),
        _ => format!("\\u{:04X}", u32::from(character)),
    };
    json.chars().map(escaped).collect()
}

fn schema() -> Value {
    let mut schema = object(&ORDER);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "GiftCard Partners order".into();
    schema["description"] = "The body of POST /v1/Orders, as validateOrder of giftcard-partners checks it. Not said here, and checked by validateOrder alone: a key that stands twice or in another case, how many decimals an amount has, the form of a postal code, sums and sizes, and days that a month does not have where format is not checked. Each line of a DigitalDelivery needs a DigitalDeliveryAddress with Email or Sms, each line of a PhysicalShipment a PhysicalDeliveryAddress.".into();
    let digital = for_type(OrderType::DigitalDelivery);
    let physical = for_type(OrderType::PhysicalShipment);
    schema["allOf"] = json!([digital, physical, on_one_line(&ORDER)]);
    schema
}

/// That no text but a message has a line feed. Python's `$` is there in front of a last one as well, so that no pattern of all three languages can
/// say it; and `not` is not known everywhere: exactly one of two it is.
fn on_one_line(shape: &Shape) -> Value {
    let mut properties = serde_json::Map::new();
    for field in shape.fields {
        let said = match field.rule {
            Rule::OrderType | Rule::Country | Rule::Lines(_) | Rule::Amount | Rule::Quantity => {
                continue;
            }
            Rule::Object(inner) => on_one_line(inner),
            Rule::LineItems => json!({ "type": "array", "items": on_one_line(&LINE_ITEM) }),
            _ => json!({ "oneOf": [{ "type": "string" }, { "type": "string", "pattern": "\\n" }] }),
        };
        properties.insert(field.name.to_owned(), said);
    }
    json!({ "type": "object", "properties": properties })
}

/// What an order's type asks of each of its lines.
fn for_type(order_type: OrderType) -> Value {
    let needed = |field: &&Field| match order_type {
        OrderType::DigitalDelivery => field.need == Need::Digital,
        OrderType::PhysicalShipment => field.need == Need::Physical,
        OrderType::Links => false,
    };
    let fields = || LINE_ITEM.fields.iter().filter(needed);
    let mut line = json!({ "type": "object", "required": names(fields()) });
    if order_type == OrderType::DigitalDelivery {
        line["properties"] = fields()
            .map(|field| {
                let either = ["Email", "Sms"].map(|name| given(&[name])).to_vec();
                let address = json!({ "type": "object", "anyOf": either });
                (field.name.to_owned(), address)
            })
            .collect();
    }
    let others: Vec<_> = OrderType::ALL
        .into_iter()
        .filter(|other| *other != order_type)
        .map(OrderType::as_str)
        .collect();
    either(
        &json!({ "type": "object", "properties": { "Type": { "type": "string", "enum": others } } }),
        &json!({ "type": "object", "properties": { "LineItems": { "type": "array", "items": line } } }),
    )
}

/// A condition without `if`, which not every reader of schemas knows.
fn either(otherwise: &Value, then: &Value) -> Value {
    json!({ "anyOf": [otherwise, then] })
}

/// Texts that are there and not empty.
fn given(names: &[&str]) -> Value {
    let text = |name: &&str| {
        (
            (*name).to_owned(),
            json!({ "type": "string", "minLength": 1 }),
        )
    };
    let properties: Value = names.iter().map(text).collect();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn object(shape: &Shape) -> Value {
    let having = |need: Need| shape.fields.iter().filter(move |field| field.need == need);
    let properties: Value = shape
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), value(field)))
        .collect();
    let mut schema = json!({ "type": "object", "properties": properties });
    let required = names(having(Need::Always));
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    let of_region = names(having(Need::Region));
    if !of_region.is_empty() {
        let elsewhere = json!({ "type": "string", "pattern": "^(?:[^UC].|U[^S]|C[^A])$" });
        let elsewhere = json!({ "type": "object", "properties": { "Country": elsewhere } });
        let condition = either(&elsewhere, &given(&of_region));
        schema["anyOf"] = condition["anyOf"].clone();
    }
    schema
}

fn value(field: &Field) -> Value {
    let optional = field.need != Need::Always;
    match field.rule {
        Rule::OrderType => {
            json!({ "type": "string", "enum": OrderType::ALL.map(OrderType::as_str) })
        }
        Rule::LineItems => {
            json!({ "type": "array", "minItems": 1, "items": object(&LINE_ITEM) })
        }
        Rule::PoNumber | Rule::ProductId | Rule::Identifier => line(limits::IDENTIFIER, optional),
        Rule::Line(maximum) => line(maximum, optional),
        Rule::PostalCode => line(limits::NAME, optional),
        Rule::Words(maximum) => text(maximum, &["[^", CONTROL, "]*"].concat(), false),
        Rule::Lines(maximum) => text(
            maximum,
            &["[^", CONTROL_BUT_LINE_ENDS, "]*"].concat(),
            false,
        ),
        Rule::Amount => {
            let maximum: Value = serde_json::from_str(&Amount::MAX.to_decimal()).unwrap();
            json!({ "type": "number", "exclusiveMinimum": 0, "maximum": maximum })
        }
        Rule::Quantity => json!({ "type": "integer", "minimum": 1, "maximum": limits::QUANTITY }),
        Rule::Email | Rule::RecipientEmail => text(
            limits::EMAIL,
            &[
                r"[A-Za-z0-9.!#\$%&'*+/=?^_`{|}~-]+@",
                LABEL,
                r"(?:\.",
                LABEL,
                ")*",
            ]
            .concat(),
            optional,
        ),
        Rule::RecipientPhone => text(16, r"\+[1-9][0-9]{6,14}", optional),
        Rule::Country => json!({ "type": "string", "enum": countries() }),
        Rule::Url => text(limits::URL, &url(), optional),
        Rule::DateTime => {
            let pattern = ["^", DATE_TIME, "$"].concat();
            let date = json!({ "type": "string", "format": "date-time", "pattern": pattern });
            either(&json!({ "type": "string", "maxLength": 0 }), &date)
        }
        Rule::Object(shape) => object(shape),
    }
}

/// A text on one line with something other than space in it.
fn line(maximum: usize, optional: bool) -> Value {
    let any = ["[^", CONTROL, "]*"].concat();
    let visible = ["[^", CONTROL, SPACE, "]"].concat();
    text(maximum, &[&*any, &visible, &any].concat(), optional)
}

/// A text in a pattern; an optional one may be empty.
fn text(maximum: usize, pattern: &str, optional: bool) -> Value {
    let pattern = if optional {
        format!("^(?:{pattern})?$")
    } else {
        format!("^{pattern}$")
    };
    json!({ "type": "string", "maxLength": maximum, "pattern": pattern })
}

fn url() -> String {
    let name = [LABEL, r"(?:\.", LABEL, r")*\.?"].concat();
    let address = r"\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]";
    let octet = r"\.(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5])";
    let local = "[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]";
    let loopback = format!(r"(?:(?:{LABEL}\.)*{local}|\[::1\]|127(?:{octet}){{3}})");
    // From 1 to 65535 in at most five digits.
    let port = "(?::(?:0{0,4}[1-9]|0{0,3}[1-9][0-9]|0{0,2}[1-9][0-9]{2}|0?[1-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";
    let rest = r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?";
    format!(
        "(?:[Hh][Tt][Tt][Pp][Ss]://(?:{name}|{address})|[Hh][Tt][Tt][Pp]://{loopback}){port}{rest}"
    )
}

fn countries() -> Vec<String> {
    let letters = || 'A'..='Z';
    letters()
        .flat_map(|first| letters().map(move |second| [first, second].iter().collect()))
        .filter(|code: &String| is_country(code))
        .collect()
}

fn names<'a>(fields: impl Iterator<Item = &'a Field>) -> Vec<&'a str> {
    fields.map(|field| field.name).collect()
}
