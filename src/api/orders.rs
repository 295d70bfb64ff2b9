//! `/v1/Orders`: what an answer says of an order.
//!
//! Fact sheet, sections 3.4 to 3.6.

use super::fields::{identifier, member, text};
use super::query::{is_segment, paged, path_segment};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::json::{Kind, Reader};
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

/// The path to create an order, and of the history.
pub const PATH: &str = "/v1/Orders";

/// Orders on a page of the history, where we ask.
pub const HISTORY_PAGE: u32 = 100;

/// The types of order that the reference documents.
const TYPES: [&str; 3] = ["DigitalDelivery", "Links", "PhysicalShipment"];

/// The path of one order.
pub fn path_of(order_id: &str) -> String {
    [PATH, "/", &path_segment(order_id)].concat()
}

/// The path of a page of the history, from 1.
pub fn history_path(page: u32) -> String {
    paged(PATH, Some(page), Some(HISTORY_PAGE))
}

/// The id of the order that an answer is; nothing where it is cut off or no order.
pub fn order_id(answer: &[u8]) -> Option<String> {
    id(member(answer, "Id")?)
}

/// An id that can be asked for.
fn id(value: &[u8]) -> Option<String> {
    identifier(value).filter(|id| is_segment(id))
}

/// The ids of the original order in the body of a 409: `previousOrderIds` (observed; one or many), else `Id` (documented).
pub fn original_order_ids(body: &[u8]) -> Vec<String> {
    for name in ["PreviousOrderIds", "PreviousOrderId", "OrderId", "Id"] {
        let ids = member(body, name).map(identifiers).unwrap_or_default();
        if !ids.is_empty() {
            return ids;
        }
    }
    Vec::new()
}

/// Returns whether an order is finished. Only `Pending` is documented, so anything else is; an absent status says nothing.
pub fn is_finished(order: &[u8]) -> bool {
    member(order, "Status")
        .and_then(text)
        .is_some_and(|status| is_final(&status))
}

/// Returns whether a status says that an order is finished.
pub(crate) fn is_final(status: &str) -> bool {
    !status.trim().is_empty() && !status.trim().eq_ignore_ascii_case("Pending")
}

/// The PO number that an order echoes.
pub fn po_number(order: &[u8]) -> Option<String> {
    member(order, "PONumber").and_then(identifier)
}

/// Returns whether an API means one order by two names of it, ids or PO numbers. Some do not tell upper from lower case, and hand out what
/// was written first.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Returns whether an answer to an order request is the order that was sent: it has an id, and shows no PO number but that one.
pub fn is_order_of(answer: &[u8], po_number: &str) -> bool {
    order_id(answer).is_some()
        && self::po_number(answer).is_none_or(|shown| is_same_name(&shown, po_number))
}

/// Holds an order that a notification named to the PO number that it must have.
///
/// # Errors
///
/// [`ErrorKind::PoNumberConflict`] where it shows another one, and [`ErrorKind::Decode`] where it shows none.
pub fn confirm(order: &[u8], expected: &str) -> Result<()> {
    let mut error = match po_number(order) {
        Some(shown) if is_same_name(&shown, expected) => return Ok(()),
        Some(_) => Error::new(ErrorKind::PoNumberConflict)
            .with_message("The notification names an order with another PO number."),
        None => Error::new(ErrorKind::Decode).with_message(
            "The order that the notification names shows no PO number to know it by.",
        ),
    };
    error.order_id = order_id(order);
    error.po_number = Some(expected.to_owned());
    Err(error)
}

/// Returns whether a body asks for an order of a type that the reference does not know, such as `Codes`: one `Type`, and it is a name.
///
/// A server reads keys and names without case, takes the last of two, and may read an enum's number or several names at once;
/// so what could still be one of the documented three is not of another type.
pub fn has_undocumented_type(body: &[u8]) -> bool {
    let Some(name) = only_type(body) else {
        return false;
    };
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    is_name && !TYPES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// `Type`, where it stands once in any casing and is a text.
fn only_type(body: &[u8]) -> Option<Cow<'_, str>> {
    let mut reader = Reader::new(body);
    let mut members = reader.object().ok()?;
    let mut found = None;
    while let Some(key) = members.next(&mut reader).ok()? {
        let is_type = key.decode().eq_ignore_ascii_case("Type");
        let value = reader.skip().ok()?;
        if is_type && found.replace(value).is_some() {
            return None;
        }
    }
    reader.end().ok()?;
    text(found?)
}

/// Elements of an order's `LineItems`.
pub fn line_count(order: &[u8]) -> u64 {
    let count = || {
        let mut reader = Reader::new(member(order, "LineItems")?);
        let mut elements = reader.array().ok()?;
        let mut count = 0_u64;
        while elements.next(&mut reader).ok()? {
            reader.skip().ok()?;
            count = count.saturating_add(1);
        }
        Some(count)
    };
    count().unwrap_or_default()
}

/// What a page of the history says of a PO number.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// The id of its order; empty where the page has the order and no id of it.
    pub id: Option<String>,
    /// Whether any order of the page shows a PO number at all; where none does, that one is not found says nothing.
    pub shows_any: bool,
}

/// The id of the order of that PO number on a page of the history.
pub fn find_by_po_number(page: &[u8], po_number: &str) -> Option<String> {
    search(page, po_number).id
}

/// Looks for a PO number on a page of the history.
pub fn search(page: &[u8], po_number: &str) -> Searched {
    let mut searched = Searched::default();
    searched.id = find(page, po_number, &mut searched.shows_any);
    searched
}

fn find(page: &[u8], po_number: &str, shows_any: &mut bool) -> Option<String> {
    let mut reader = Reader::new(page);
    let list = match reader.peek().ok()? {
        Kind::Array => page,
        _ => ["Data", "Items", "Results"]
            .into_iter()
            .find_map(|name| member(page, name).filter(|list| list.starts_with(b"[")))?,
    };
    let mut reader = Reader::new(list);
    let mut elements = reader.array().ok()?;
    let mut nameless = None;
    while elements.next(&mut reader).ok()? {
        let order = reader.skip().ok()?;
        let Some(found) = self::po_number(order) else {
            continue;
        };
        *shows_any = true;
        if found == po_number {
            let id = order_id(order).or_else(|| id(member(order, "OrderId")?));
            if id.is_some() {
                return id;
            }
            nameless = Some(String::new());
        }
    }
    nameless
}

fn identifiers(value: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(value);
    if let Ok(Kind::Array) = reader.peek() {
        let mut found = Vec::new();
        if let Ok(mut elements) = reader.array() {
            while let Ok(true) = elements.next(&mut reader) {
                let Ok(element) = reader.skip() else { break };
                found.extend(id(element));
            }
        }
        found
    } else {
        id(value).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_order_is_named_in_every_shape_that_is_known() {
        for body in [
            r#"{"previousOrderIds":["A"]}"#,
            r#"{"PreviousOrderIds":"A","Id":"B"}"#,
            r#"{"message":"Duplicate","id":"A"}"#,
            r#"{"Id":"A"}"#,
            r#"{"previousOrderIds":[],"orderId":"A"}"#,
        ] {
            assert_eq!(original_order_ids(body.as_bytes()), ["A"], "{body}");
        }
        assert_eq!(original_order_ids(br#"{"id":7}"#), ["7"]);
        for body in [
            "",
            "<html>",
            "[]",
            r#"{"previousOrderIds":[{}]}"#,
            r#"{"previousOrderIds":["..","."],"id":".."}"#,
            r#"{"id":null}"#,
        ] {
            assert!(original_order_ids(body.as_bytes()).is_empty(), "{body}");
        }
    }

    #[test]
    fn the_documented_types_are_those_of_the_validator() {
        assert_eq!(
            TYPES,
            crate::order::OrderType::ALL.map(crate::order::OrderType::as_str)
        );
    }

    #[test]
    fn an_order_is_finished_when_it_has_a_status_that_is_not_pending() {
        for (order, finished) in [
            (r#"{"status":"Pending"}"#, false),
            (r#"{"Status":"PENDING"}"#, false),
            (r#"{"Status":" pending "}"#, false),
            (r#"{"Status":""}"#, false),
            (r#"{"Status":null}"#, false),
            ("{}", false),
            (r#"{"STATUS":"Completed"}"#, true),
        ] {
            assert_eq!(is_finished(order.as_bytes()), finished, "{order}");
        }
    }

    #[test]
    fn an_answer_without_an_id_or_without_its_end_is_no_order() {
        assert_eq!(
            order_id(br#"{"id":"A","lineItems":[]}"#).as_deref(),
            Some("A")
        );
        for answer in [
            "",
            "{}",
            r#"{"id":""}"#,
            r#"{"id":"A","lineItems":["#,
            "<html>",
        ] {
            assert_eq!(order_id(answer.as_bytes()), None, "{answer}");
        }
    }

    #[test]
    fn the_history_is_searched_by_the_po_number_in_either_form() {
        for page in [
            r#"{"data":[{"id":"A","poNumber":"PO-1"},{"id":"B","poNumber":"PO-2"}]}"#,
            r#"[{"PONumber":"PO-1","Id":"A"},{"PONumber":"PO-2","Id":"B"}]"#,
            r#"{"data":null,"items":[{"poNumber":"PO-2"},{"poNumber":"PO-2","id":"B"}]}"#,
        ] {
            assert_eq!(
                find_by_po_number(page.as_bytes(), "PO-2").as_deref(),
                Some("B")
            );
            assert_eq!(find_by_po_number(page.as_bytes(), "po-2"), None);
        }
    }

    #[test]
    fn an_order_is_confirmed_by_its_po_number_in_any_case_and_by_nothing_else() {
        let confirmed = |order: &str| {
            confirm(order.as_bytes(), "PO-1").map_err(|error| (error.kind, error.order_id))
        };

        assert_eq!(confirmed(r#"{"Id":"A","PONumber":"po-1"}"#), Ok(()));
        let id = Some("A".to_owned());
        assert_eq!(
            confirmed(r#"{"Id":"A","PONumber":"PO-2"}"#),
            Err((ErrorKind::PoNumberConflict, id.clone()))
        );
        assert_eq!(confirmed(r#"{"Id":"A"}"#), Err((ErrorKind::Decode, id)));
    }

    #[test]
    fn a_name_is_the_same_in_any_case_of_its_letters() {
        assert!(is_same_name("PO-1", " po-1 ") && is_same_name("77", "77"));
        assert!(!is_same_name("PO-1", "PO-10") && !is_same_name("\u{c9}", "\u{e9}"));
    }

    #[test]
    fn a_po_number_may_be_a_number_and_a_history_may_show_none() {
        let searched = |page: &str| search(page.as_bytes(), "77");

        assert_eq!(
            searched(r#"[{"id":1},{"id":2,"poNumber":77}]"#)
                .id
                .as_deref(),
            Some("2")
        );
        assert!(searched(r#"[{"id":1},{"id":2,"poNumber":"78"}]"#).shows_any);
        for page in [
            "[]",
            "{}",
            r#"[{"id":1},{"id":2,"poNumber":null}]"#,
            r#"[{"poNumber":""}]"#,
        ] {
            assert_eq!(searched(page), Searched::default(), "{page}");
        }
        for (order, id) in [
            (r#"{"poNumber":77,"orderId":7}"#, "7"),
            (r#"{"poNumber":77}"#, ""),
            (r#"{"poNumber":77,"id":".."}"#, ""),
        ] {
            let found = searched(&["[", order, "]"].concat()).id;
            assert_eq!(found.as_deref(), Some(id), "{order}");
        }
    }
}
