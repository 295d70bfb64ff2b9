//! How much of an order is delivered: "not `Pending`" alone does not say that each card is there.

use super::fields::{elements, identifier, member, text};
use super::orders::is_final;
use crate::json::{Decimal, Kind, Reader};

/// The lines of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    /// How many there are.
    pub lines: u64,
    /// Those whose cards are there.
    pub fulfilled: u64,
}

impl Fulfilment {
    /// Counts the lines of an order; nothing where it is no order.
    ///
    /// A line is fulfilled where its status, else the order's, is final, and where it shows a claim for each card; only a `Links` order
    /// is sure to show them.
    pub fn of(order: &[u8]) -> Option<Self> {
        if Reader::new(order).peek() != Ok(Kind::Object) {
            return None;
        }
        let lines = member(order, "LineItems").unwrap_or(b"null");
        let lines = match Reader::new(lines).peek() {
            Ok(Kind::Array) => elements(lines),
            Ok(Kind::Null) => elements(b"[]"),
            _ => return None,
        };
        let status = member(order, "Status");
        let is_links = member(order, "Type")
            .and_then(text)
            .is_some_and(|name| name.eq_ignore_ascii_case("Links"));
        let mut fulfilled = 0_u64;
        for line in &lines {
            if is_fulfilled(line, status, is_links) {
                fulfilled = fulfilled.saturating_add(1);
            }
        }
        let lines = lines.len() as u64;
        Some(Self { lines, fulfilled })
    }
}

fn is_fulfilled(line: &[u8], status: Option<&[u8]>, is_links: bool) -> bool {
    if Reader::new(line).peek() != Ok(Kind::Object) {
        return false;
    }
    let given = |name: &str| member(line, name).filter(|value| *value != b"null");
    let status = given("Status").or(status).and_then(text);
    if !status.is_some_and(|status| is_final(&status)) {
        return false;
    }
    let claims = given("ClaimData").map_or(0, |claims| elements(claims).len() as u64);
    let cards = match given("Quantity") {
        None => Some(1),
        Some(quantity) => {
            identifier(quantity).and_then(|quantity| Decimal::parse(&quantity)?.units(0).ok())
        }
    };
    // Where another order shows some of its cards, they count too.
    let is_shown = is_links || claims > 0;
    !is_shown || cards.is_some_and(|cards| claims >= cards)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(order: &str) -> Option<(u64, u64)> {
        let counted = Fulfilment::of(order.as_bytes())?;
        Some((counted.lines, counted.fulfilled))
    }

    #[test]
    fn a_line_is_fulfilled_once_it_is_final_and_each_of_its_cards_is_there() {
        for (order, counted) in [
            (
                r#"{"status":"Completed","lineItems":[{"quantity":2},{"status":"pending"},{"status":" "},7]}"#,
                (4, 1),
            ),
            (
                r#"{"Status":"Completed","Type":"links","LineItems":[{"Quantity":2,"ClaimData":[{},{}]},{"Quantity":2,"ClaimData":[{}]},{}]}"#,
                (3, 1),
            ),
            (
                r#"{"Status":"Pending","LineItems":[{"Status":"Failed"},{"Status":null}]}"#,
                (2, 1),
            ),
            (
                r#"{"Status":"Completed","Type":"DigitalDelivery","LineItems":[{"Quantity":2,"ClaimData":[{}]},{"Quantity":"1","ClaimData":[{}]},{"Quantity":"x","ClaimData":[{}]}]}"#,
                (3, 1),
            ),
            (r#"{"Status":"Completed"}"#, (0, 0)),
            (r#"{"Status":"Completed","LineItems":null}"#, (0, 0)),
            (r#"{"LineItems":[{}]}"#, (1, 0)),
        ] {
            assert_eq!(of(order), Some(counted), "{order}");
        }
    }

    #[test]
    fn what_is_no_order_has_no_lines() {
        for other in [
            "",
            "7",
            "[]",
            "null",
            r#"{"LineItems":7}"#,
            r#"{"LineItems":{}}"#,
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
