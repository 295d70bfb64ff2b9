//! Which fields of an order the body of a 400 names.
//!
//! No error body is documented (fact sheet, section 7), so it is read as frameworks write theirs: ASP.NET's `errors` and
//! `ModelState`, RFC 9457, JSON Schema validators, FastAPI. Nothing of it but paths that are ours may be shown: its words can
//! repeat what the order says of a person.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Kind, Reader};
use crate::order::documented_path;

/// How many are told.
const MOST: usize = 3;

/// Keys whose value names fields.
const NAMING: [&str; 17] = [
    "DataPath",
    "Field",
    "FieldName",
    "InstancePath",
    "Key",
    "Loc",
    "Location",
    "Member",
    "MemberNames",
    "Name",
    "Param",
    "Parameter",
    "Path",
    "Pointer",
    "Property",
    "PropertyName",
    "Target",
];

/// Keys of the objects whose own keys are names of fields.
const KEYED: [&str; 5] = [
    "Errors",
    "FieldErrors",
    "ModelState",
    "ValidationErrors",
    "Violations",
];

/// What the key of a value says of the texts in it.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// A text is the name of a field.
    Names,
    /// A key is the name of a field.
    Keys,
    Anything,
}

/// The first fields that are named, each once, in their documented spelling.
pub fn named_fields(body: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    // What is read before the place where a body breaks off was said.
    let _ = look(body, Holds::Anything, &mut found);
    found
}

fn look(value: &[u8], holds: Holds, found: &mut Vec<String>) -> Option<()> {
    let mut reader = Reader::new(value);
    match reader.peek().ok()? {
        Kind::Object => {
            let mut members = reader.object().ok()?;
            while let Some(key) = members.next(&mut reader).ok()? {
                let key = key.decode();
                let inside = reader.skip().ok()?;
                // A list of messages is no field.
                let is_message = key.eq_ignore_ascii_case("Message");
                if !is_message && (holds == Holds::Keys || is_list_of_texts(inside)) {
                    add(&key, found);
                }
                let is_one_of =
                    |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(&key));
                let holds = if is_one_of(&NAMING) {
                    Holds::Names
                } else if is_one_of(&KEYED) {
                    Holds::Keys
                } else {
                    Holds::Anything
                };
                look(inside, holds, found)?;
            }
        }
        Kind::Array => {
            if holds == Holds::Names && add(&steps(value)?, found) {
                return Some(());
            }
            let inside = match holds {
                Holds::Names => Holds::Names,
                Holds::Keys | Holds::Anything => Holds::Anything,
            };
            let mut elements = reader.array().ok()?;
            while elements.next(&mut reader).ok()? {
                look(reader.skip().ok()?, inside, found)?;
            }
        }
        Kind::String if holds == Holds::Names => {
            add(&reader.string().ok()?.decode(), found);
        }
        _ => {}
    }
    Some(())
}

/// Adds the path that a text is, if it is one.
fn add(text: &str, found: &mut Vec<String>) -> bool {
    let path = documented_path(text);
    let is_path = path.is_some();
    found.extend(path.filter(|path| found.len() < MOST && !found.contains(path)));
    is_path
}

/// Returns whether a value is an array of texts: what is said of a field, and never what an order holds.
fn is_list_of_texts(value: &[u8]) -> bool {
    let mut reader = Reader::new(value);
    let mut first = || {
        let mut elements = reader.array().ok()?;
        elements.next(&mut reader).ok()?;
        reader.peek().ok()
    };
    first() == Some(Kind::String)
}

/// The elements of an array as the steps of one path, which is how FastAPI names a field.
fn steps(value: &[u8]) -> Option<String> {
    let mut reader = Reader::new(value);
    let mut elements = reader.array().ok()?;
    let mut path = String::new();
    while elements.next(&mut reader).ok()? {
        let text = match reader.peek().ok()? {
            Kind::String => reader.string().ok()?.decode(),
            Kind::Number => reader.number().ok()?.into(),
            _ => return Some(String::new()),
        };
        path.push('.');
        path.push_str(&text);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_where_frameworks_name_them() {
        for (body, fields) in [
            (
                r#"{"errors":{"LineItems[0].DigitalDeliveryAddress.Email":["ann@example.com is no address"],"$.poNumber":["taken"]}}"#,
                &["LineItems[0].DigitalDeliveryAddress.Email", "PONumber"][..],
            ),
            (
                r#"{"Message":"The request is invalid.","ModelState":{"order.LineItems[1].Value":["Too much for Ann."]}}"#,
                &["LineItems[1].Value"],
            ),
            (
                r#"{"PONumber":["The PONumber field is required."]}"#,
                &["PONumber"],
            ),
            (
                r#"{"type":"https://example.com/problem","title":"Bad","status":400,"invalid-params":[{"name":"lineItems[0].quantity","reason":"Ann"}]}"#,
                &["LineItems[0].Quantity"],
            ),
            (
                r#"{"errors":[{"field":"LineItems[2].ProductId","message":"unknown"},{"field":"LineItems[2].ProductId"},{"propertyName":"Note"}]}"#,
                &["LineItems[2].ProductId", "Note"],
            ),
            (
                r#"{"errors":[{"source":{"pointer":"/lineItems/0/value"}}]}"#,
                &["LineItems[0].Value"],
            ),
            (
                r#"{"detail":[{"loc":["body","LineItems",0,"Value"],"msg":"Ann"}]}"#,
                &["LineItems[0].Value"],
            ),
            (
                r#"[{"memberNames":["Quantity","Value"],"errorMessage":"Ann"}]"#,
                &["Quantity", "Value"],
            ),
            (
                r#"{"errors":{"Type":"a","Note":"b","PONumber":"c","LineItems":"d"}}"#,
                &["Type", "Note", "PONumber"],
            ),
            (r#"{"errors":{"PONumber":["a"],"LineIt"#, &[]),
        ] {
            assert_eq!(named_fields(body.as_bytes()), fields, "{body}");
        }
    }

    #[test]
    fn an_echo_of_the_order_and_words_for_people_name_none() {
        for body in [
            "",
            "Bad Request",
            "<html>Value</html>",
            "null",
            r#"{"type":"about:blank","title":"Value","detail":"The field PONumber of Ann is wrong.","path":"/v1/Orders"}"#,
            r#"{"message":"Value","order":{"Type":"Links","PONumber":"P","Note":"Type","LineItems":[{"ProductId":"A","Value":25,"Personalization":{"To":"Note"}}]}}"#,
            r#"{"errors":["PONumber is wrong"],"message":["Value is wrong"]}"#,
            r#"{"errors":[{"field":"Ann"},{"field":7},{"field":null},{"loc":[{}]}]}"#,
        ] {
            assert!(named_fields(body.as_bytes()).is_empty(), "{body}");
        }
    }
}
