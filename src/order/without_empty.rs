//! An order without its empty texts, which count as absent: what is sent, compared and handed out says the same as what was checked.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::schema::{self, Rule, Shape};
use crate::json::{self, Block, Kind, Reader};

/// The order without members whose text is empty, and without objects that are empty without them. It must have passed the validator, by
/// which each of them is optional.
pub fn without_empty(order: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !may_have_empty(&order) {
        return order;
    }
    let mut rest = Vec::with_capacity(order.len());
    match copy(&mut Reader::new(&order), &schema::ORDER, &mut rest) {
        Ok(_) => Cow::Owned(rest),
        Err(_) => order,
    }
}

/// Whether two quotes stand side by side, which is an empty text unless the first of them is escaped. Nearly no order has one.
fn may_have_empty(order: &[u8]) -> bool {
    // Of the block before: whether its last byte is a quote, and which of its last two are backslashes.
    let (mut quote, mut backslashes) = (0, 0);
    let mut at = 0_usize;
    while at < order.len() {
        let block = Block::at(order, at);
        let (second, escaping) = (block.equal(b'"'), block.equal(b'\\'));
        let first = second.wrapping_shl(1) | quote;
        if second & first & !(escaping.wrapping_shl(2) | backslashes) != 0 {
            return true;
        }
        (quote, backslashes) = (second >> 15, escaping >> 14);
        at = at.wrapping_add(16);
    }
    false
}

/// Copies an object; whether anything is left of it, or nothing was in it.
fn copy(reader: &mut Reader<'_>, shape: &Shape, out: &mut Vec<u8>) -> Result<bool, json::Error> {
    let start = out.len();
    let (mut left, mut dropped) = (false, false);
    let mut members = reader.object()?;
    out.push(b'{');
    while let Some(key) = members.next(reader)? {
        let before = out.len();
        if left {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(key.raw().as_bytes());
        out.extend_from_slice(b"\":");
        let rule = shape.field(&key.decode()).map(|(_, field)| field.rule);
        if value(reader, rule, out)? {
            left = true;
        } else {
            dropped = true;
            out.truncate(before);
        }
    }
    out.push(b'}');
    if dropped && !left {
        out.truncate(start);
    }
    Ok(left || !dropped)
}

/// Copies what a member holds; whether there is anything.
fn value(
    reader: &mut Reader<'_>,
    rule: Option<Rule>,
    out: &mut Vec<u8>,
) -> Result<bool, json::Error> {
    match (rule, reader.peek()?) {
        (Some(Rule::Object(shape)), Kind::Object) => copy(reader, shape, out),
        (Some(Rule::LineItems), Kind::Array) => {
            let mut separator = b'[';
            let mut elements = reader.array()?;
            while elements.next(reader)? {
                out.push(separator);
                separator = b',';
                copy(reader, &schema::LINE_ITEM, out)?;
            }
            out.push(b']');
            Ok(true)
        }
        _ => {
            let raw = reader.skip()?;
            out.extend_from_slice(raw);
            Ok(rule.is_none() || raw != b"\"\"")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_without(order: &str, expected: &str) {
        let without = without_empty(Cow::Borrowed(order.as_bytes()));

        assert_eq!(core::str::from_utf8(&without).unwrap(), expected);
    }

    #[test]
    fn empty_texts_go_and_nothing_else_does() {
        assert_without(
            r#"{ "Note" : "" , "Type":"Links","LineItems":[ {"ProductId":"A","Culture":"","Value":2.50,"Quantity":1,
                "Personalization":{"To":"","Message":""},"DigitalDeliveryAddress":{"Sms":"", "Email":"a@b.c"}},{"ProductId":"B"}],"PONumber":"\"\"" }"#,
            r#"{"Type":"Links","LineItems":[{"ProductId":"A","Value":2.50,"Quantity":1,"DigitalDeliveryAddress":{"Email":"a@b.c"}},{"ProductId":"B"}],"PONumber":"\"\""}"#,
        );
        for whole in [
            r#"{ "PONumber" : "A" }"#,
            r#"{"PONumber":"A","Foo":"","LineItems":[{"Personalization":{},"Foo":{"To":""}}]}"#,
        ] {
            assert_without(whole, whole);
        }
    }

    #[test]
    fn an_empty_text_is_seen_wherever_it_stands_and_an_escaped_quote_is_none() {
        for before in 1..40 {
            let note = |inside: &str| {
                let order = [
                    r#"{"PONumber":"A","Note":""#,
                    &"x".repeat(before),
                    "\"",
                    inside,
                    "}",
                ]
                .concat();
                may_have_empty(order.as_bytes())
            };

            assert!(note(r#","To":"""#));
            assert!(note(r#","To":"", "Value":1"#));
            assert!(!note(r#","To":"say \"it\"""#));
            assert!(!note(""));
        }
    }
}
