//! What holds for any bytes: no panic, no word of a person, no byte changed.

use giftcard_partners::order::{CheckedOrder, OrderLimits, Param, ValidationReport};
use proptest::prelude::*;
use serde_json::Value;

use crate::{DIGITAL, PHYSICAL, check};

const SECRET: &str = "qzx7secret";

/// Texts that break some rule, around the secret.
fn faulty_value() -> impl Strategy<Value = String> {
    let around = prop::sample::select(vec![
        "",
        " ",
        "\\u0001",
        "\\n",
        "@",
        "@example.com",
        "+1",
        "https://",
        "é",
        "..",
        "\\ud83d\\ude00",
    ]);
    let text = (around.clone(), around, 1..600_usize).prop_map(|(before, behind, times)| {
        format!(
            "\"{before}{}{behind}\"",
            SECRET.repeat(if times > 500 { times } else { 1 })
        )
    });
    prop_oneof![
        6 => text.clone(),
        1 => text.clone().prop_map(|text| format!("[{text}]")),
        1 => text.clone().prop_map(|text| format!("{{\"Email\":{text}}}")),
        1 => text.prop_map(|text| text[..text.len() - 1].to_owned()),
        1 => Just("null".to_owned()),
    ]
}

/// An order whose values, all or some, are faulty ones.
fn faulty_order() -> impl Strategy<Value = String> {
    let values = prop::collection::vec(prop::option::of(faulty_value()), 24);
    (prop::sample::select(vec![DIGITAL, PHYSICAL]), values).prop_map(|(base, values)| {
        let mut values = values.into_iter();
        let mut body = String::new();
        for (place, part) in base.split("\":").enumerate() {
            if place > 0 {
                body.push_str("\":");
            }
            let end = part
                .find([',', '}'])
                .filter(|_| !part.starts_with(['{', '[']));
            match end
                .filter(|_| place > 0)
                .and_then(|end| Some((end, values.next()??)))
            {
                Some((end, value)) => {
                    body.push_str(&value);
                    body.push_str(&part[end..]);
                }
                None => body.push_str(part),
            }
        }
        body
    })
}

fn assert_tells_nobody(report: &ValidationReport) {
    let silent = |text: &str| assert!(!text.contains(SECRET), "{text}");
    silent(&report.summary());
    silent(&String::from_utf8(report.to_json()).unwrap());
    for issue in &report.issues {
        silent(&issue.message);
        for (_, param) in &issue.params {
            match param {
                Param::Text(text) => silent(text),
                Param::Decimal(text) | Param::Word(text) => silent(text),
                Param::Words(words) => words.iter().for_each(|word| silent(word)),
                Param::List(words) => words.iter().for_each(|word| silent(word)),
                Param::Number(_) => {}
            }
        }
    }
}

/// The order without texts that are empty, and without objects that only had such.
fn given(order: &Value) -> Value {
    let Value::Object(fields) = order else {
        return match order {
            Value::Array(lines) => lines.iter().map(given).collect(),
            value => value.clone(),
        };
    };
    let left = fields
        .iter()
        .map(|(name, value)| (name.clone(), given(value)));
    let is_left = |(name, value): &(String, Value)| {
        let had = fields[name]
            .as_object()
            .is_some_and(|fields| !fields.is_empty());
        *value != "" && !(had && value.as_object().is_some_and(serde_json::Map::is_empty))
    };
    left.filter(is_left).collect()
}

/// What is valid is JSON, is sent as it came but for empty texts, and is told of as it is.
fn assert_sent_as_it_came(body: &[u8]) {
    let report = check(body);
    match CheckedOrder::read(body, &OrderLimits::default()) {
        Ok(order) => {
            let value: Value = serde_json::from_slice(body).unwrap();
            assert!(report.is_valid());
            if body.windows(2).any(|pair| pair == b"\"\"") {
                let sent: Value = serde_json::from_slice(order.body()).unwrap();
                assert_eq!(given(&sent), given(&value));
            } else {
                assert_eq!(order.body(), body);
            }
            assert_eq!(value["PONumber"], order.po_number().as_str());
            assert_eq!(value["Type"], order.order_type().as_str());
            assert_eq!(order.face_value(), report.face_value);
        }
        Err(refused) => assert_eq!(refused.is_valid(), report.is_valid()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        assert_sent_as_it_came(&bytes);
    }

    #[test]
    fn an_order_with_bytes_changed_gets_a_verdict_and_is_never_changed_by_us(
        base in prop::sample::select(vec![DIGITAL, PHYSICAL]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, any::<u8>(), "[ \\[\\]{}:,\"\\\\0-9eE.+a-z-]"), 0..4),
    ) {
        let mut body = base.as_bytes().to_vec();
        for (place, how, byte, token) in changes {
            let at = place.index(body.len());
            match how {
                0 => body[at] = byte,
                1 => body.insert(at, token.as_bytes()[0]),
                _ => { body.remove(at); }
            }
        }
        assert_sent_as_it_came(&body);
    }

    #[test]
    fn no_report_repeats_what_an_order_says_of_a_person(body in faulty_order(), cut in any::<prop::sample::Index>()) {
        assert_tells_nobody(&check(&body));
        assert_tells_nobody(&check(&body.as_bytes()[..cut.index(body.len())]));
    }
}
