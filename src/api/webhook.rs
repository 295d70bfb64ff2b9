//! The `FulfillmentComplete` notification: which order it is about.
//!
//! Nothing is documented of its body, nor is there a signature (fact sheet, section 5). So it is a hint and no more: an id is
//! read from wherever it may stand, and the order is fetched.

use super::fields::{identifier, member};
use super::query::is_segment;
use crate::json::{MARK, Reader};
use alloc::string::String;

/// Bytes of a notification that are read.
pub const LARGEST: u32 = 1_000_000;

/// Bytes of an order's id that are believed.
const ID: usize = 255;

/// The id of the order that a notification names, at the top or one level down, in any casing.
///
/// Where several stand there, the one that says that it is an order's goes first: `OrderId`, then the `Id` of an `Order`. A
/// plain `Id` may be the notification's own.
pub fn order_id(payload: &[u8]) -> Option<String> {
    // Some servers begin with a byte order mark.
    let payload = payload.strip_prefix(MARK).unwrap_or(payload);
    let found = member(payload, "OrderId")
        .and_then(identifier)
        .or_else(|| below(payload, "", "OrderId"))
        .or_else(|| below(payload, "Order", "Id"))
        .or_else(|| identifier(member(payload, "Id")?))
        .or_else(|| below(payload, "", "Id"))?;
    (found.len() <= ID && is_segment(&found)).then_some(found)
}

/// An identifier in one of the objects that the payload holds: of that name, or of any.
fn below(payload: &[u8], object: &str, name: &str) -> Option<String> {
    let mut reader = Reader::new(payload);
    let mut members = reader.object().ok()?;
    while let Some(key) = members.next(&mut reader).ok()? {
        let asked = object.is_empty() || key.decode().eq_ignore_ascii_case(object);
        let value = reader.skip().ok()?;
        if asked && let Some(found) = member(value, name).and_then(identifier) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_named_in_any_casing_at_the_top_or_one_level_down() {
        for payload in [
            r#"{"Id":"A"}"#,
            r#"{"id":"A","status":"Completed"}"#,
            r#"{"ORDERID":"A"}"#,
            "\u{feff}{\"Id\":\"A\"}",
            r#"{"data":{"id":"A"}}"#,
            r#"{"Event":"FulfillmentComplete","Payload":{"orderId":"A"}}"#,
            r#"{"Id":"event-1","OrderId":"A"}"#,
            r#"{"Id":"event-1","Order":{"Id":"A","PONumber":"PO-1"}}"#,
            r#"{"Id":"event-1","Data":{"Id":"B","OrderId":"A"}}"#,
        ] {
            assert_eq!(
                order_id(payload.as_bytes()).as_deref(),
                Some("A"),
                "{payload}"
            );
        }
        assert_eq!(order_id(br#"{"id":17}"#).as_deref(), Some("17"));
    }

    #[test]
    fn what_names_no_order_or_could_name_another_path_has_no_id() {
        let long = [r#"{"Id":""#, &"a".repeat(256), r#""}"#].concat();
        for payload in [
            "",
            "hello",
            "[]",
            "{}",
            r#"{"Id":null}"#,
            r#"{"Id":""}"#,
            r#"{"Id":" "}"#,
            r#"{"Id":".."}"#,
            r#"{"Id":{"Id":[]}}"#,
            r#"{"a":{"b":{"Id":"A"}}}"#,
            r#"{"Id":"A""#,
            &long,
        ] {
            assert_eq!(order_id(payload.as_bytes()), None, "{payload}");
        }
    }
}
