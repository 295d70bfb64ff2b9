//! The content of an order as one short text: what the comparison after a 409 looks at, and nothing else.
//!
//! Two bodies with the same fingerprint compare as the same, whichever of them was placed. The other way round it is finer: a
//! field that a server may fill in (`Culture`), or that an answer need not echo, counts here where it is given.

use alloc::string::String;
use alloc::vec::Vec;

use super::facts::Content;
use crate::compose::Compose;
use crate::hash::base_text::push_base32;
use crate::hash::sha256::Sha256;
use crate::json::Reader;
use crate::sorted::sorted;

/// The characters of 256 bits, five each.
const LENGTH: usize = 52;

/// The fingerprint of a body that the validator has nothing against, its PO number aside; nothing where it cannot be read. It
/// does not depend on the PO number, on the order of keys and of lines, or on how a number or a letter with an accent is written.
///
/// ```
/// use giftcard_partners::compose::as_written;
/// use giftcard_partners::reconcile::fingerprint::fingerprint;
///
/// let one = br#"{"PONumber":"A","Type":"Links","LineItems":[{"ProductId":"CVS","Value":25.0,"Quantity":1}]}"#;
/// let two = br#"{"LineItems":[{"Quantity":1,"Value":25,"ProductId":"CVS"}],"Type":"Links"}"#;
/// let [one, two] = [&one[..], two].map(|order| fingerprint(order, as_written));
///
/// assert!(one.is_some() && one == two);
/// ```
pub fn fingerprint(order: &[u8], compose: Compose) -> Option<String> {
    let mut reader = Reader::new(order);
    let content = Content::read(&mut reader, compose)?;
    reader.end().ok()?;

    let (order, lines) = content.ordered();
    let mut hashes = Vec::new();
    for line in lines {
        hashes.push(hash_of(line));
    }
    let mut hash = Sha256::default();
    hash.update(&hash_of(order));
    let at = |place: u32| hashes.get(usize::try_from(place).ok()?);
    for place in sorted(hashes.len(), &|a, b| at(a).cmp(&at(b))) {
        hash.update(at(place)?);
    }
    let mut text = String::new();
    push_base32(&mut text, &hash.finish(), LENGTH);
    Some(text)
}

/// The hash of an object's fields in the table's order, one that is blank as one that is not there.
fn hash_of(facts: &[Option<String>]) -> [u8; 32] {
    let mut hash = Sha256::default();
    for fact in facts {
        hash.part(fact.as_deref().unwrap_or_default().as_bytes());
    }
    hash.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::comparison::{Comparison, compare};
    use crate::reconcile::field::LINE;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    const LINK: &str = r#"{"ProductId":"A","Value":25,"Quantity":1}"#;

    fn of(order: &str) -> String {
        fingerprint(order.as_bytes(), composed).unwrap()
    }

    fn of_line(line: &str) -> String {
        of(&[r#"{"Type":"Links","LineItems":["#, line, "]}"].concat())
    }

    /// PO numbers may be derived from it, and the starter Worker keeps it: another one would be another order.
    #[test]
    fn a_fingerprint_stays_what_it_is() {
        assert_eq!(
            of_line(LINK),
            "V5KYGQRZVZQKJJPPP9T6C0Q60VHXVQH2E3PN8F9SP7VGQRNG1VA0"
        );
    }

    #[test]
    fn a_fingerprint_of_every_field_stays_what_it_is() {
        let line = r#"{"ProductId":"A","Value":25,"Quantity":2,"ExternalId":"r1","BrandingId":"b","Culture":"en-US","DigitalDeliveryAddress":
            {"Email":"a@b.co","Sms":"+15555550100"},"PhysicalDeliveryAddress":{"ShippingMethodId":"s","CarrierId":"c","Name":"Ann","AddressLine1":"1 Oak",
            "City":"Reno","State":"NV","Zip":"89501","Country":"US"},"Personalization":{"To":"Ann","FromName":"Bob","FromEmail":"b@b.co",
            "Message":"Hi","DeliveryDate":"2027-06-01T09:00:00Z"}}"#;

        assert_eq!(
            of_line(line),
            "21XCKBSK1DRX6T5W4N3FW0JEHXJREW4GEYE1JEQ5JPN9YP81YN90"
        );
    }

    #[test]
    fn how_an_order_is_written_does_not_count() {
        for same in [
            r#"{"Quantity":1,"Value":25.00,"ProductId":"A"}"#,
            r#"{"ProductId":"a ","Value":2.5e1,"Quantity":1.0}"#,
            r#"{"ProductId":"A","Value":25,"Quantity":1,"LineItems":[{"ProductId":"B"}],"X":{"ProductId":"B"}}"#,
            r#"{"ProductId":"\u0041","Value":25,"Quantity":1,"ExternalId":" ","Personalization":{"Message":""}}"#,
        ] {
            assert_eq!(of_line(same), of_line(LINK), "{same}");
        }
    }

    #[test]
    fn every_compared_field_counts() {
        let mut seen = vec![of_line(LINK)];
        for field in &LINE {
            let written = match field.name.split_once('.') {
                _ if LINK.contains(&format!("\"{}\"", field.name)) => continue,
                Some((outer, inner)) => format!(r#","{outer}":{{"{inner}":"x7"}}}}"#),
                None => format!(r#","{}":"x7"}}"#, field.name),
            };
            seen.push(of_line(&LINK.replace('}', &written)));
        }
        seen.push(of_line(&LINK.replace("25", "25.01")));
        seen.push(of_line(&LINK.replace(":1", ":2")));
        seen.push(of_line(&LINK.replace("\"A\"", "\"B\"")));
        seen.push(of(r#"{"Type":"Links","LineItems":[]}"#));
        seen.push(of(r#"{"Type":"Links","Note":"n","LineItems":[]}"#));
        seen.push(of(r#"{"Type":"DigitalDelivery","LineItems":[]}"#));
        let count = seen.len();

        seen.sort();
        seen.dedup();

        assert_eq!((seen.len(), count), (count, LINE.len() + 4));
    }

    #[test]
    fn a_line_that_stands_twice_is_not_the_line_once() {
        assert_ne!(of_line(LINK), of_line(&[LINK, ",", LINK].concat()));
    }

    #[test]
    fn what_is_no_object_has_no_fingerprint() {
        for other in ["", "[]", "null", "{", r#"{"LineItems":[7]}"#] {
            assert_eq!(fingerprint(other.as_bytes(), composed), None, "{other}");
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let value = prop::sample::select(vec!["25", "25.0", "2.5e1", "10"]);
        let product = prop::sample::select(vec!["A", "a", "B", " A"]);
        let more = prop::sample::select(vec![
            "",
            r#","Culture":"en-US""#,
            r#","ExternalId":"e""#,
            r#","ExternalId":" e ""#,
            r#","Personalization":{"Message":"a\nb"}"#,
            r#","Personalization":{"Message":"a \r\nb"}"#,
            r#","Personalization":{"To":"Zo\u00eb"}"#,
            r#","Personalization":{"To":"Zoe\u0308"}"#,
            r#","Personalization":{"To":"Zoe"}"#,
            r#","Personalization":{"DeliveryDate":"2026-12-01T00:00:00Z"}"#,
            r#","Personalization":{"DeliveryDate":"2026-12-01T00:00:00.000+00:00"}"#,
            r#","DigitalDeliveryAddress":{"Email":"a@x"}"#,
            r#","DigitalDeliveryAddress":{"Email":"A@X"}"#,
        ]);
        (product, value, more).prop_map(|(product, value, more)| {
            format!(r#"{{"ProductId":"{product}","Value":{value},"Quantity":1{more}}}"#)
        })
    }

    fn order() -> impl Strategy<Value = String> {
        prop::collection::vec(line(), 0..3)
            .prop_map(|lines| format!(r#"{{"Type":"Links","LineItems":[{}]}}"#, lines.join(",")))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_same_fingerprint_is_what_compares_as_the_same_in_full(a in order(), b in order()) {
            let same = Some(Comparison::Same { full: true });
            let both = compare(a.as_bytes(), b.as_bytes(), composed) == same && compare(b.as_bytes(), a.as_bytes(), composed) == same;

            if of(&a) == of(&b) {
                prop_assert!(both, "{} {}", a, b);
            }
            let (a, b) = (a.replace(r#","Culture":"en-US""#, ""), b.replace(r#","Culture":"en-US""#, ""));
            let filled_in = a.contains("DeliveryDate") || b.contains("DeliveryDate");
            if both && !filled_in {
                prop_assert_eq!(of(&a), of(&b));
            }
        }

        #[test]
        fn the_order_of_lines_does_not_count(mut lines in prop::collection::vec(line(), 0..5)) {
            let forwards = of_line(&lines.join(","));
            lines.reverse();

            prop_assert_eq!(of_line(&lines.join(",")), forwards);
        }
    }
}
