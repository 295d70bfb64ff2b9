//! What is no JSON, or none that can be an order.

use crate::{DIGITAL, check, found};

#[test]
fn what_is_not_json_is_told_with_its_line_and_column() {
    for (body, place) in [
        (&b""[..], r#""offset":0,"line":1,"column":1}"#),
        (b"\xEF\xBB\xBF{}", r#""offset":0,"line":1,"column":1}"#),
        (
            b"{\n  \"Note\": \"\xC3\xA9\" x}",
            r#""offset":17,"line":2,"column":15}"#,
        ),
        (b"{\"Foo\":1,}", r#""offset":9,"line":1,"column":10}"#),
        (b"{} {}", r#""offset":3,"line":1,"column":4}"#),
        (b"<html>", r#""offset":0,"line":1,"column":1}"#),
    ] {
        let report = check(body);

        let json = String::from_utf8(report.to_json()).unwrap();
        assert_eq!(found(&report).last().unwrap(), "error  invalid_json");
        assert!(json.contains(place), "{json}");
        assert!(!report.is_valid());
    }
}

#[test]
fn bytes_that_are_not_utf_8_make_no_order() {
    for bytes in [&b"\xFF"[..], b"\xC3", b"\xED\xA0\x80"] {
        let mut body = DIGITAL.replacen("\"N\"", "\"?\"", 1).into_bytes();
        let at = body.iter().position(|byte| *byte == b'?').unwrap();
        body.splice(at..=at, bytes.iter().copied());

        assert_eq!(found(&check(body)), ["error  invalid_json"]);
    }
}

#[test]
fn nesting_without_end_is_refused_without_harm() {
    for open in ["[", "{\"a\":"] {
        let alone = check(open.repeat(100_000));
        let inside = check(format!("{{\"Foo\":{}", open.repeat(100_000)));

        assert!(!alone.is_valid() && !inside.is_valid());
        assert_eq!(found(&alone).last().unwrap(), "error  invalid_json");
        assert_eq!(found(&inside).last().unwrap(), "error  invalid_json");
    }
}

#[test]
fn an_order_that_is_cut_off_anywhere_is_no_order() {
    for length in 0..DIGITAL.len() {
        assert!(!check(&DIGITAL[..length]).is_valid(), "{length}");
    }
    assert!(check(DIGITAL).is_valid());
}
