//! The JSON Schema that the package ships as `order.schema.json`, made from the rule table.
//!
//! It is made here and compared with the file, so that a rule cannot change in one of the two alone. `UPDATE=1 cargo test
//! json_schema` writes the file. `tests/js/order-json-schema.test.js` holds it to the validator and lists what it cannot say.

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
const CONTROL: &str = r"\u0000-\u001F\u007F-\u009F";
const CONTROL_BUT_LINE_ENDS: &str = r"\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F";
/// What Unicode calls white space and is no control character.
const SPACE: &str = r"\u0020\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000";

const LABEL: &str = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/// With the leap second of any minute: that it is the last one of a day in UTC, `format` says and not the pattern.
const DATE_TIME: &str = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$";

#[test]
fn the_schema_that_is_shipped_is_what_the_rule_table_says() {
    let made = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }

    let shipped = std::fs::read_to_string(FILE).unwrap();

    let shipped: Value = serde_json::from_str(&shipped).unwrap();
    assert_eq!(shipped, schema(), "UPDATE=1 cargo test json_schema");
}

fn schema() -> Value {
    let mut schema = object(&ORDER);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "GiftCard Partners order".into();
    schema["description"] = "The body of POST /v1/Orders, as validateOrder of giftcard-partners checks it. It cannot say all of that: a key that stands twice, how many decimals an amount has, sums and sizes are checked by validateOrder alone.".into();
    schema["allOf"] = [OrderType::DigitalDelivery, OrderType::PhysicalShipment]
        .map(for_type)
        .to_vec()
        .into();
    schema
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
                let either = json!([{ "required": ["Email"] }, { "required": ["Sms"] }]);
                let address = json!({ "type": "object", "anyOf": either });
                (field.name.to_owned(), address)
            })
            .collect();
    }
    json!({
        "if": { "properties": { "Type": { "const": order_type.as_str() } }, "required": ["Type"] },
        "then": { "properties": { "LineItems": { "type": "array", "items": line } } },
    })
}

fn object(shape: &Shape) -> Value {
    let having = |need: Need| shape.fields.iter().filter(move |field| field.need == need);
    let properties: Value = shape
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), value(field.rule)))
        .collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "propertyNames": { "not": { "pattern": other_case(shape) } },
    });
    let required = names(having(Need::Always));
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    let of_region = names(having(Need::Region));
    if !of_region.is_empty() {
        schema["if"] = json!({ "properties": { "Country": { "enum": ["US", "CA"] } }, "required": ["Country"] });
        schema["then"] = json!({ "required": of_region });
    }
    schema
}

fn value(rule: Rule) -> Value {
    match rule {
        Rule::OrderType => json!({ "enum": OrderType::ALL.map(OrderType::as_str) }),
        Rule::LineItems => {
            json!({ "type": "array", "minItems": 1, "items": object(&LINE_ITEM) })
        }
        Rule::PoNumber | Rule::ProductId => line(limits::IDENTIFIER),
        Rule::Line(maximum) => line(maximum),
        Rule::Words(maximum) => text(maximum, &["^[^", CONTROL, "]*$"].concat()),
        Rule::Lines(maximum) => text(maximum, &["^[^", CONTROL_BUT_LINE_ENDS, "]*$"].concat()),
        Rule::Amount => {
            let maximum: Value = serde_json::from_str(&Amount::MAX.to_decimal()).unwrap();
            json!({ "type": "number", "exclusiveMinimum": 0, "maximum": maximum })
        }
        Rule::Quantity => json!({ "type": "integer", "minimum": 1, "maximum": limits::QUANTITY }),
        Rule::Email | Rule::RecipientEmail => text(
            limits::EMAIL,
            &[
                "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@",
                LABEL,
                r"(?:\.",
                LABEL,
                ")*$",
            ]
            .concat(),
        ),
        Rule::RecipientPhone => json!({ "type": "string", "pattern": r"^\+[1-9][0-9]{6,14}$" }),
        Rule::Country => json!({ "enum": countries() }),
        Rule::Url => text(limits::URL, &url()),
        Rule::DateTime => json!({ "type": "string", "format": "date-time", "pattern": DATE_TIME }),
        Rule::Object(shape) => object(shape),
    }
}

/// A text on one line with something other than space in it.
fn line(maximum: usize) -> Value {
    let any = ["[^", CONTROL, "]*"].concat();
    let visible = ["[^", CONTROL, SPACE, "]"].concat();
    text(maximum, &["^", &any, &visible, &any, "$"].concat())
}

fn text(maximum: usize, pattern: &str) -> Value {
    json!({ "type": "string", "maxLength": maximum, "pattern": pattern })
}

fn url() -> String {
    let name = [LABEL, r"(?:\.", LABEL, r")*\.?"].concat();
    let address = r"\[(?=[^\]]*:)[0-9A-Fa-f:.]+\]";
    let octet = r"\.(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5])";
    let local = "[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]";
    let loopback = format!(r"(?:(?:{LABEL}\.)*{local}|\[::1\]|127(?:{octet}){{3}})");
    let port = "(?::(?!0+(?![0-9]))(?:[0-9]{1,4}|[0-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";
    let rest = r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?";
    format!(
        "^(?:[Hh][Tt][Tt][Pp][Ss]://(?:{name}|{address})|[Hh][Tt][Tt][Pp]://{loopback}){port}{rest}$"
    )
}

/// Any known name, but in another case.
fn other_case(shape: &Shape) -> String {
    let names: Vec<_> = shape.fields.iter().map(|field| field.name).collect();
    let any_case = |name: &&str| -> String {
        // A digit is its own upper and lower case.
        let letter = |letter: char| {
            let cases = [letter.to_ascii_uppercase(), letter.to_ascii_lowercase()];
            format!("[{}]", cases.iter().collect::<String>())
        };
        name.chars().map(letter).collect()
    };
    let in_any_case: Vec<_> = names.iter().map(any_case).collect();
    format!(
        "^(?!(?:{})$)(?:{})$",
        names.join("|"),
        in_any_case.join("|")
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
