//! One fault at a time, and everything that is said of it.

use giftcard_partners::order::{IssueCode, Param, limits};

use crate::{DIGITAL, PHYSICAL, check, found};

/// Base, what is replaced in it, by what, and every issue.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Type
    (DIGITAL, "\"DigitalDelivery\"", "\"Codes\"", &["error Type unknown_order_type"]),
    (DIGITAL, "\"DigitalDelivery\"", "7", &["error Type invalid_type"]),
    (DIGITAL, "\"DigitalDelivery\"", "\" \"", &["error Type required"]),
    (DIGITAL, "\"DigitalDelivery\"", "\"Links\"", &[]),
    (DIGITAL, "\"DigitalDelivery\"", "\"PhysicalShipment\"", &["warning LineItems[0].DigitalDeliveryAddress unused_delivery_address", "error LineItems[0].PhysicalDeliveryAddress missing_delivery_address"]),
    (PHYSICAL, "\"PhysicalShipment\"", "\"Links\"", &["warning LineItems[0].PhysicalDeliveryAddress unused_delivery_address"]),
    (PHYSICAL, "\"PhysicalShipment\"", "\"DigitalDelivery\"", &["warning LineItems[0].PhysicalDeliveryAddress unused_delivery_address", "error LineItems[0].DigitalDeliveryAddress missing_delivery_address"]),
    (DIGITAL, "\"Type\":\"DigitalDelivery\",", "", &["error Type required"]),
    // names
    (DIGITAL, "\"Type\"", "\"type\"", &["error type unknown_field", "error Type required"]),
    (DIGITAL, "\"PONumber\"", "\"poNumber\"", &["error poNumber unknown_field", "error PONumber required"]),
    (DIGITAL, "\"Note\":\"N\"", "\"Note\":\"N\",\"note\":\"N\"", &["error note unknown_field"]),
    (DIGITAL, "\"Note\":\"N\"", "\"Note\":\"N\",\"Note\":\"N\"", &["error Note duplicate_field"]),
    (DIGITAL, "\"Note\":\"N\"", "\"N\\u006fte\":\"N\",\"Note\":\"N\"", &["error Note duplicate_field"]),
    (DIGITAL, "\"Note\":\"N\"", "\"Foo\":1,\"Foo\":2", &["warning Foo unknown_field", "error Foo duplicate_field"]),
    (DIGITAL, "\"Culture\"", "\"Cultur\"", &["warning LineItems[0].Cultur unknown_field"]),
    (DIGITAL, "\"Culture\"", "\"Theme\"", &["warning LineItems[0].Theme unknown_field"]),
    (DIGITAL, "\"Note\":\"N\"", "\"Foo\":{\"a\":1,\"b\":{\"a\":1},\"A\":2}", &["warning Foo unknown_field", "error Foo.A duplicate_field"]),
    (DIGITAL, "\"Note\":\"N\"", "\"Foo\":[{\"a\":1},[{\"a\":1,\"\\u0061\":2}]]", &["warning Foo unknown_field", "error Foo[1][0].a duplicate_field"]),
    // LineItems
    (PHYSICAL, "\"LineItems\":[", "\"LineItems\":[],\"X\":[", &["error LineItems required", "warning X unknown_field"]),
    (DIGITAL, "\"LineItems\":[", "\"LineItems\":{},\"X\":[", &["error LineItems invalid_type", "warning X unknown_field"]),
    (DIGITAL, "\"LineItems\":[", "\"LineItems\":[null,", &["error LineItems[0] invalid_type"]),
    (DIGITAL, "\"LineItems\":[", "\"LineItems\":[{\"Value\":0},", &[
        "error LineItems[0].Value not_positive", "error LineItems[0].ProductId required",
        "error LineItems[0].Quantity required", "error LineItems[0].DigitalDeliveryAddress missing_delivery_address"]),
    (DIGITAL, "\"LineItems\":[", "\"LineItems\":[{\"ProductId\":\"cvs\",\"Value\":1,\"Quantity\":2,\"DigitalDeliveryAddress\":{\"Sms\":\"+15555555555\",\"Email\":\"Ann@Example.com\"}},", &["warning LineItems[1] duplicate_line"]),
    (DIGITAL, "\"LineItems\":[", "\"LineItems\":[{\"ProductId\":\"CVS\",\"Value\":25,\"Quantity\":1,\"DigitalDeliveryAddress\":{\"Email\":\"ann@example.com\"}},", &[]),
    (PHYSICAL, "\"LineItems\":[", "\"LineItems\":[{\"ProductId\":\"cvs\",\"Value\":5,\"Quantity\":2,\"PhysicalDeliveryAddress\": {\"ShippingMethodId\":\"STANDARD\",\"CarrierId\":\"DEFAULT\",\"Name\":\"ann\",\"AddressLine1\":\"1 Main St\",\"City\":\"New York\",\"State\":\"NY\",\"Zip\":\"10001\",\"Country\":\"US\"}},", &["warning LineItems[1] duplicate_line"]),
    (PHYSICAL, "\"LineItems\":[", "\"LineItems\":[{\"ProductId\":\"CVS\",\"Value\":50,\"Quantity\":1,\"PhysicalDeliveryAddress\":{\"ShippingMethodId\":\"STANDARD\",\"CarrierId\":\"DEFAULT\",\"Name\":\"Bo\",\"AddressLine1\":\"1 Main St\",\"City\":\"New York\",\"State\":\"NY\",\"Zip\":\"10001\",\"Country\":\"US\"}},", &[]),
    // amounts
    (DIGITAL, ":25,", ":\"25\",", &["error LineItems[0].Value invalid_type"]),
    (DIGITAL, ":25,", ":null,", &["error LineItems[0].Value invalid_type"]),
    (DIGITAL, ":25,", ":true,", &["error LineItems[0].Value invalid_type"]),
    (DIGITAL, ":25,", ":0,", &["error LineItems[0].Value not_positive"]),
    (DIGITAL, ":25,", ":-0,", &["error LineItems[0].Value not_positive"]),
    (DIGITAL, ":25,", ":-25,", &["error LineItems[0].Value not_positive"]),
    (DIGITAL, ":25,", ":1e400,", &["error LineItems[0].Value out_of_range"]),
    (DIGITAL, ":25,", ":25.001,", &["error LineItems[0].Value too_many_decimals"]),
    (DIGITAL, ":25,", ":25.000,", &[]),
    (DIGITAL, ":25,", ":2.5e1,", &[]),
    // quantities
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":1.0", &[]),
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":1.5", &["error LineItems[0].Quantity not_integer"]),
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":\"1\"", &["error LineItems[0].Quantity invalid_type"]),
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":-0", &["error LineItems[0].Quantity not_positive"]),
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":-1", &["error LineItems[0].Quantity not_positive"]),
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":1000001", &["error LineItems[0].Quantity out_of_range"]),
    (DIGITAL, "\"Quantity\":1", "\"Quantity\":1e400", &["error LineItems[0].Quantity out_of_range"]),
    // texts
    (DIGITAL, "\"CVS\"", "\"\"", &["error LineItems[0].ProductId required"]),
    (DIGITAL, "\"CVS\"", "\" CVS\"", &["warning LineItems[0].ProductId surrounding_space"]),
    (DIGITAL, "\"CVS\"", "\"C\\nS\"", &["error LineItems[0].ProductId control_character"]),
    (DIGITAL, "\"PO-1\"", "\"PO\\n1\"", &["error PONumber control_character"]),
    (DIGITAL, "\"PO-1\"", "\"\"", &["error PONumber required"]),
    (DIGITAL, "\"PO-1\"", "1", &["error PONumber invalid_type"]),
    (DIGITAL, "\"en-US\"", "\"\"", &["error LineItems[0].Culture empty"]),
    (DIGITAL, "\"N\"", "null", &["error Note invalid_type"]),
    (DIGITAL, "\"N\"", "\"one\\ntwo\\r\\nthree\"", &[]),
    (DIGITAL, "\"N\"", "\"a\\u0000b\"", &["error Note control_character"]),
    (DIGITAL, "\"Hi\"", "\"one\\ntwo\"", &[]),
    (DIGITAL, "\"Hi\"", "\"\"", &[]),
    (DIGITAL, "\"Ann\"", "\"\"", &[]),
    (DIGITAL, "\"Ann\"", "\"A\\nn\"", &["error LineItems[0].Personalization.To control_character"]),
    (DIGITAL, "\"Bo\"", "\"B\\no\"", &["error LineItems[0].Personalization.FromName control_character"]),
    (DIGITAL, "\"Hi\"", "\"a\\u007fb\"", &["error LineItems[0].Personalization.Message control_character"]),
    // formats
    (DIGITAL, "ann@example.com", "ann", &["error LineItems[0].DigitalDeliveryAddress.Email invalid_email"]),
    (DIGITAL, "ann@example.com", "", &["error LineItems[0].DigitalDeliveryAddress.Email empty"]),
    (DIGITAL, "bo@example.com", "bo@", &["error LineItems[0].Personalization.FromEmail invalid_email"]),
    (DIGITAL, "+15555555555", "555-5555", &["error LineItems[0].DigitalDeliveryAddress.Sms invalid_phone"]),
    (DIGITAL, "2026-12-01T09:00:00Z", "2026-12-01", &["error LineItems[0].Personalization.DeliveryDate invalid_date_time"]),
    (DIGITAL, "https://example.com/hook", "http://example.com/hook", &["error WebhookSettings.FulfillmentComplete invalid_url"]),
    (DIGITAL, "{\"FulfillmentComplete\":\"https://example.com/hook\"}", "{}", &["error WebhookSettings.FulfillmentComplete required"]),
    (DIGITAL, "2026-12-01T09:00:00Z", "2016-12-31T23:59:60Z", &[]),
    // addresses
    (DIGITAL, "{\"Email\":\"ann@example.com\",\"Sms\":\"+15555555555\"}", "{}", &["error LineItems[0].DigitalDeliveryAddress missing_delivery_address"]),
    (DIGITAL, "{\"Email\":\"ann@example.com\",\"Sms\":\"+15555555555\"}", "{\"Sms\":\"+15555555555\"}", &[]),
    (PHYSICAL, "\"US\"", "\"USA\"", &["error LineItems[0].PhysicalDeliveryAddress.Country invalid_country"]),
    (PHYSICAL, ",\"State\":\"NY\",\"Zip\":\"10001\",\"Country\":\"US\"", ",\"Country\":\"IE\"", &[]),
    (PHYSICAL, ",\"State\":\"NY\",\"Zip\":\"10001\"", "", &["error LineItems[0].PhysicalDeliveryAddress.State required", "error LineItems[0].PhysicalDeliveryAddress.Zip required"]),
    (PHYSICAL, "\"State\":\"NY\",\"Zip\":\"10001\",\"Country\":\"US\"", "\"State\":\"\",\"Zip\":\"\",\"Country\":\"IE\"", &["error LineItems[0].PhysicalDeliveryAddress.State empty", "error LineItems[0].PhysicalDeliveryAddress.Zip empty"]),
    (PHYSICAL, "\"State\":\"NY\",\"Zip\":\"10001\"", "\"State\":\"\",\"Zip\":\" \"", &["error LineItems[0].PhysicalDeliveryAddress.State required", "error LineItems[0].PhysicalDeliveryAddress.Zip required"]),
    (PHYSICAL, "\"CarrierId\":\"DEFAULT\",", "", &[]),
    (PHYSICAL, "\"Name\":\"Ann\",\"AddressLine1\":\"1 Main St\",", "", &["error LineItems[0].PhysicalDeliveryAddress.Name required", "error LineItems[0].PhysicalDeliveryAddress.AddressLine1 required"]),
];

#[test]
fn each_fault_is_told_where_it_is_and_nothing_else_is() {
    for (base, from, to, expected) in ROWS {
        assert_eq!(base.matches(from).count(), 1, "{from} is in the order once");

        let report = check(base.replacen(from, to, 1));

        assert_eq!(found(&report), *expected, "{from} -> {to}");
        let errors = expected.iter().filter(|row| row.starts_with("error"));
        assert_eq!(report.is_valid(), errors.count() == 0);
    }
}

#[test]
fn every_issue_code_is_tested() {
    // Tested by size.rs and unreadable.rs, and too long for a row; those of the catalog by catalog/rules.rs.
    let elsewhere = [
        "unknown_product",
        "denomination_not_offered",
        "delivery_type_not_offered",
        "mixed_currencies",
        "invalid_json",
        "too_long",
        "too_many_lines",
        "too_large",
        "over_limit",
        // Of the import: tests/import.rs.
        "invalid_encoding",
        "unsupported_file",
        "no_rows",
        "unknown_column",
        "too_many_columns",
        "malformed_quotes",
        "unclosed_quote",
        "ambiguous_amount",
    ];
    let in_rows = |code: &str| {
        let mut issues = ROWS.iter().flat_map(|row| row.3);
        issues.any(|issue| issue.ends_with(&format!(" {code}")))
    };

    for code in IssueCode::ALL.iter().map(|code| code.as_str()) {
        assert!(in_rows(code) != elsewhere.contains(&code), "{code}");
    }
}

#[test]
fn the_same_address_is_found_again_in_an_order_of_any_size() {
    let (start, line) = PHYSICAL.split_once('[').unwrap();
    let (line, end) = line.split_once(']').unwrap();
    for count in [2, 40] {
        let mut lines: Vec<_> = (0..count)
            .map(|place| line.replace("\"Ann\"", &format!("\"Ann {place}\"")))
            .collect();
        // Another value and another case, as people write it a second time.
        lines.push(line.replace("\"Ann\"", "\"ANN 1\"").replace(":50,", ":5,"));
        let body = format!("{start}[{}]{end}", lines.join(", "));

        let expected = format!("warning LineItems[{count}] duplicate_line");
        assert_eq!(found(&check(&body)), [expected]);
        assert_eq!(
            check(&body).issues[0].params,
            [("firstLine", Param::Number(1))]
        );
    }
}

#[test]
fn unknown_fields_are_told_apart_however_many_they_are() {
    let fields: Vec<_> = (0..1_000)
        .map(|field| format!("\"Unknown{field}\":1"))
        .collect();
    let fields = fields.join(",");
    let all_different = check(DIGITAL.replacen("\"Note\":\"N\"", &fields, 1));
    let one_twice = [&fields, ",\"unknown999\":1"].concat();

    assert_eq!(all_different.issues.len(), 1_000);
    assert!(all_different.is_valid());
    assert_eq!(
        found(&check(DIGITAL.replacen("\"Note\":\"N\"", &one_twice, 1))).last(),
        Some(&"error unknown999 duplicate_field".to_owned())
    );
}

#[test]
fn a_text_is_too_long_by_its_characters_and_not_by_its_bytes() {
    for (value, maximum, field) in [
        ("\"PO-1\"", limits::IDENTIFIER, "PONumber"),
        ("\"N\"", limits::MESSAGE, "Note"),
        (
            "\"Hi\"",
            limits::MESSAGE,
            "LineItems[0].Personalization.Message",
        ),
        ("\"Ann\"", limits::NAME, "LineItems[0].Personalization.To"),
    ] {
        let of_length = |length| DIGITAL.replacen(value, &format!("\"{}\"", "é".repeat(length)), 1);

        assert_eq!(found(&check(of_length(maximum))), [""; 0]);
        assert_eq!(
            found(&check(of_length(maximum + 1))),
            [format!("error {field} too_long")]
        );
    }
}

#[test]
fn issues_come_in_document_order_and_absent_fields_behind_in_the_order_of_the_reference() {
    let report = check(
        r#"{"Note":7,"LineItems":[{"Quantity":0,"ProductId":""}],"Type":"DigitalDelivery","Foo":1}"#,
    );

    assert_eq!(
        found(&report),
        [
            "error Note invalid_type",
            "error LineItems[0].Quantity not_positive",
            "error LineItems[0].ProductId required",
            "error LineItems[0].Value required",
            "error LineItems[0].DigitalDeliveryAddress missing_delivery_address",
            "warning Foo unknown_field",
            "error PONumber required",
        ]
    );
    assert_eq!(
        found(&check("{}")),
        [
            "error Type required",
            "error LineItems required",
            "error PONumber required"
        ]
    );
    assert_eq!(found(&check("[]")), ["error  invalid_type"]);
}

#[test]
fn a_type_behind_the_lines_gives_the_same_verdict() {
    for order_type in ["DigitalDelivery", "Links", "PhysicalShipment", "Codes"] {
        let lines = r#""LineItems":[{"ProductId":"A","Value":1,"Quantity":1},{"ProductId":"A","Value":1,"Quantity":1,"PhysicalDeliveryAddress":{}}]"#;
        let before = check(format!(
            r#"{{"Type":"{order_type}",{lines},"PONumber":"P"}}"#
        ));
        let behind = check(format!(
            r#"{{{lines},"PONumber":"P","Type":"{order_type}"}}"#
        ));
        let sorted = |mut issues: Vec<String>| {
            issues.sort();
            issues
        };

        assert_eq!(sorted(found(&before)), sorted(found(&behind)));
        assert_eq!(before.order_type, behind.order_type);
    }
}

#[test]
fn an_issue_says_in_its_params_what_a_translation_needs() {
    for (from, to, params) in [
        (
            "\"LineItems\":[",
            r#""LineItems":[{"ProductId":"B","Value":1,"Quantity":1,"DigitalDeliveryAddress":{"Email":"b@x"}},{"ProductId":"b","Value":1,"Quantity":1,"DigitalDeliveryAddress":{"Email":"B@x"}},"#,
            r#""path":["LineItems",1],"message":"LineItems[1] gives the same product to the same recipient as LineItems[0].","params":{"firstLine":0}"#,
        ),
        (
            r#"{"Email":"ann@example.com","Sms":"+15555555555"}"#,
            "{}",
            r#""params":{"orderType":"DigitalDelivery"}"#,
        ),
        (
            "\"DigitalDelivery\"",
            "\"PhysicalShipment\"",
            r#""code":"unused_delivery_address","path":["LineItems",0,"DigitalDeliveryAddress"],"message":"LineItems[0].DigitalDeliveryAddress is not used by an order of this Type. Remove it, or change Type.","params":{"orderType":"PhysicalShipment"}"#,
        ),
        (
            "\"DigitalDelivery\"",
            "\"PhysicalShipment\"",
            r#"is required for PhysicalShipment.","params":{"orderType":"PhysicalShipment"}"#,
        ),
        (
            "\"N\"",
            "oops",
            r#""params":{"reason":"unexpected character","offset":"#,
        ),
        (
            "\"Culture\"",
            "\"Cultur\"",
            r#""params":{"nearest":"Culture"}"#,
        ),
        (
            "\"PONumber\"",
            "\"PoNumber\"",
            r#""params":{"nearest":"PONumber"}"#,
        ),
        (
            ":25,",
            ":\"25\",",
            r#""params":{"expected":"number","received":"string"}"#,
        ),
        (":25,", ":25.001,", r#""params":{"maximum":2}"#),
        (
            "\"Quantity\":1",
            "\"Quantity\":1e9",
            r#""params":{"maximum":1000000}"#,
        ),
        (
            "\"DigitalDelivery\"",
            "\"Codes\"",
            r#""params":{"allowed":["DigitalDelivery","Links","PhysicalShipment"]}"#,
        ),
    ] {
        let report = check(DIGITAL.replacen(from, to, 1));

        let json = String::from_utf8(report.issues_json()).unwrap();
        assert!(json.contains(params), "{json}");
    }
}
