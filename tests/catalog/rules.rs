//! The validator with a catalog.

use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::{ValidateOptions, ValidationReport, validate};
use serde_json::{Value, json};

use super::shop;

fn check(order: &str) -> ValidationReport {
    let catalog = shop();
    let options = ValidateOptions {
        catalog: Some(&catalog),
        ..ValidateOptions::default()
    };
    validate(order.as_bytes(), &options)
}

/// An order of such lines: the text of each.
fn order(order_type: &str, lines: &[&str]) -> String {
    let lines = lines.join(",");
    format!(r#"{{"Type":"{order_type}","LineItems":[{lines}],"PONumber":"PO-1"}}"#)
}

/// Each issue as path, code and params.
fn found(order: &str) -> Vec<(String, String, Value)> {
    let report: Value = serde_json::from_slice(&check(order).to_json()).unwrap();
    let place = |path: &Value| {
        let steps: Vec<String> = path
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step.to_string().replace('"', ""))
            .collect();
        steps.join(".")
    };
    let issues = report["issues"].as_array().unwrap().iter();
    issues
        .map(|issue| {
            (
                place(&issue["path"]),
                issue["code"].as_str().unwrap().to_owned(),
                issue["params"].clone(),
            )
        })
        .collect()
}

const BOOKS: &str = r#"{"ProductId":"BOOKS","Value":25,"Quantity":1}"#;

fn is(path: &str, code: &str, params: Value) -> (String, String, Value) {
    (path.to_owned(), code.to_owned(), params)
}

#[test]
fn an_order_of_what_is_offered_is_valid() {
    for line in [
        BOOKS,
        r#"{"ProductId":"COFFEE","Value":5,"Quantity":1}"#,
        r#"{"Value":200.00,"Quantity":1,"ProductId":"COFFEE"}"#,
        r#"{"ProductId":"BARE","Value":3.33,"Quantity":1}"#,
    ] {
        assert_eq!(found(&order("Links", &[line])), [], "{line}");
    }
}

#[test]
fn a_product_that_is_not_in_the_catalog_is_told_with_the_nearest_that_is() {
    for (id, nearest) in [
        ("BOOK", Some("BOOKS")),
        ("books", Some("BOOKS")),
        ("COFFE E", Some("COFFEE")),
        ("NOTHING-LIKE-IT", None),
    ] {
        let line = BOOKS.replace("BOOKS", id);

        let params = nearest.map_or(Value::Null, |nearest| json!({ "nearest": nearest }));
        assert_eq!(
            found(&order("Links", &[&line])),
            [is("LineItems.0.ProductId", "unknown_product", params)]
        );
    }
}

#[test]
fn a_value_that_is_not_offered_is_told_where_it_stands_with_what_is() {
    let fixed = r#"{"Value":26,"Quantity":1,"ProductId":"BOOKS","Colour":1}"#;
    let variable = r#"{"ProductId":"COFFEE","Value":200.01,"Quantity":1}"#;

    let issues = found(&order("Links", &[BOOKS, fixed, variable]));

    assert_eq!(
        issues,
        [
            is(
                "LineItems.1.Value",
                "denomination_not_offered",
                json!({"offered": ["10.00", "25.00", "50.00"]})
            ),
            is("LineItems.1.Colour", "unknown_field", Value::Null),
            is(
                "LineItems.2.Value",
                "denomination_not_offered",
                json!({"minimum": "5.00", "maximum": "200.00"})
            ),
        ]
    );
}

#[test]
fn a_delivery_type_that_is_not_offered_is_told_even_where_type_stands_last() {
    let order = format!(
        r#"{{"LineItems":[{}],"PONumber":"PO-1","Type":"Links"}}"#,
        BOOKS.replace("BOOKS", "PLASTIC").replace("25", "50")
    );

    assert_eq!(
        found(&order),
        [is(
            "LineItems.0.ProductId",
            "delivery_type_not_offered",
            json!({"offered": ["PhysicalShipment"]})
        )]
    );
}

#[test]
fn a_second_currency_is_told_at_each_line_that_has_it() {
    let maple = BOOKS.replace("BOOKS", "MAPLE");
    let bare = BOOKS.replace("BOOKS", "BARE");

    let issues = found(&order("Links", &[&bare, BOOKS, &maple, BOOKS]));

    let params = json!({"expected": "USD", "received": "CAD"});
    assert_eq!(
        issues,
        [is("LineItems.2.ProductId", "mixed_currencies", params)]
    );
}

#[test]
fn a_carrier_is_required_where_the_product_needs_one() {
    let line = |address: &str| {
        format!(
            r#"{{"ProductId":"PLASTIC","Value":50,"Quantity":1,"PhysicalDeliveryAddress":{{{address}"ShippingMethodId":"S","Name":"A","AddressLine1":"1 Main St","City":"Paris","Country":"FR"}}}}"#
        )
    };
    let place = "LineItems.0.PhysicalDeliveryAddress.CarrierId";
    let required = [is(place, "required", Value::Null)];

    assert_eq!(found(&order("PhysicalShipment", &[&line("")])), required);
    assert_eq!(
        found(&order("PhysicalShipment", &[&line(r#""CarrierId":"","#)])),
        required
    );
    assert_eq!(
        found(&order("PhysicalShipment", &[&line(r#""CarrierId":"C","#)])),
        []
    );
    let books = line("").replace("PLASTIC", "BOOKS");
    assert!(
        found(&order("PhysicalShipment", &[&books]))
            .iter()
            .all(|(_, code, _)| code != "required")
    );
}

#[test]
fn without_a_catalog_nothing_of_it_is_checked() {
    let order = order("Links", &[&BOOKS.replace("BOOKS", "NONE")]);

    assert!(validate(order.as_bytes(), &ValidateOptions::default()).is_valid());
}

#[test]
fn a_line_that_cannot_be_read_does_not_get_the_rules_of_the_line_before() {
    let lines = [
        BOOKS,
        r#"{"ProductId":7,"Value":26,"Quantity":1}"#,
        "7",
        r#"{"Value":26,"Quantity":1}"#,
    ];

    let codes: Vec<String> = found(&order("Links", &lines))
        .into_iter()
        .map(|(_, code, _)| code)
        .collect();

    assert_eq!(codes, ["invalid_type", "invalid_type", "required"]);
}

#[test]
fn a_similar_product_is_looked_for_twenty_times_and_not_for_each_line_of_a_wrong_column() {
    let line = BOOKS.replace("BOOKS", "BOOKX");

    let issues = found(&order("Links", &vec![line.as_str(); 500]));

    let unknown = issues
        .iter()
        .filter(|(_, code, _)| code == "unknown_product");
    let told = issues
        .iter()
        .filter(|(.., params)| params["nearest"] == "BOOKS");
    assert_eq!((unknown.count(), told.count()), (500, 20));
}

#[test]
fn a_value_has_at_most_the_decimals_of_its_currency_and_the_face_value_shows_them() {
    let catalog = Catalog::from_answer(
        br#"[{"Denominations":[100,5000],"DenominationType":"Variable","Id":"YEN","CurrencyCode":"JPY"},
            {"Id":"FILS","DenominationType":"Fixed","Denominations":[1.125,2.5],"CurrencyCode":"kwd"},
            {"Id":"DOLLAR","CurrencyCode":"USD"}]"#,
    )
    .unwrap();
    let options = ValidateOptions {
        catalog: Some(&catalog),
        ..ValidateOptions::default()
    };
    let of = |product: &str, value: &str| {
        // In front of more lines than are read at once, and alone.
        let line = format!(r#"{{"ProductId":"{product}","Value":{value},"Quantity":2}}"#);
        let lines = vec![line.as_str(); 100];
        let report = validate(order("Links", &lines).as_bytes(), &options);
        assert_eq!(
            report.is_valid(),
            validate(order("Links", &[&line]).as_bytes(), &options).is_valid()
        );
        let report = validate(order("Links", &[&line]).as_bytes(), &options);
        let shown: Value = serde_json::from_slice(&report.to_json()).unwrap();
        let issue = &shown["issues"][0];
        (
            shown["faceValue"].clone(),
            issue["code"].clone(),
            issue["params"].clone(),
            issue["message"].clone(),
        )
    };
    let fine = |face_value: &str| (json!(face_value), Value::Null, Value::Null, Value::Null);

    assert_eq!(of("YEN", "1500"), fine("3000"));
    assert_eq!(of("YEN", "1500.0"), fine("3000"));
    assert_eq!(
        of("YEN", "1500.5"),
        (
            json!("0"),
            json!("too_many_decimals"),
            json!({"maximum": 0, "currency": "JPY"}),
            json!("LineItems[0].Value must be a whole number: JPY has no decimals.")
        )
    );
    assert_eq!(of("FILS", "1.125"), fine("2.250"));
    assert_eq!(
        of("FILS", "1.1255").2,
        json!({"maximum": 3, "currency": "kwd"})
    );
    assert_eq!(of("FILS", "3").2, json!({"offered": ["1.125", "2.500"]}));
    assert_eq!(of("DOLLAR", "1.1"), fine("2.20"));
    assert_eq!(
        of("DOLLAR", "1.125").2,
        json!({"maximum": 2, "currency": "USD"})
    );
}
