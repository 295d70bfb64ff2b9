//! Quotes, against arithmetic with numbers of any size.

use giftcard_partners::order::quote::{Available, Quote, Unquoted, quote};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{catalog, shop};

fn order(lines: &[(&str, &str, u64)]) -> String {
    let line = |(id, value, quantity): &(&str, &str, u64)| {
        format!(r#"{{"ProductId":"{id}","Value":{value},"Quantity":{quantity}}}"#)
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!(
        r#"{{"Type":"Links","LineItems":[{}],"PONumber":"PO-1"}}"#,
        lines.join(",")
    )
}

fn quoted(lines: &[(&str, &str, u64)]) -> Quote {
    quote(order(lines).as_bytes(), &shop()).unwrap()
}

fn shown(quote: &Quote, balance: Option<&str>) -> Value {
    let available = balance.map(|balance| Available::read(balance.as_bytes()).unwrap());
    let mut value: Value = serde_json::from_slice(&quote.to_json(available)).unwrap();
    let codes: Vec<Value> = value["assumptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|assumption| assumption["code"].clone())
        .collect();
    value["assumptions"] = codes.into();
    value
}

#[test]
fn a_quote_says_what_it_adds_up_and_what_it_assumes() {
    let quote = quoted(&[("BOOKS", "25.0", 3), ("COFFEE", "5.10", 1)]);

    assert_eq!(
        shown(&quote, None),
        json!({"currency": "USD", "faceValue": "80.10", "discount": "3.79", "fees": "0.75", "total": "77.06",
            "assumptions": ["fee_per_card", "discount_of_face_value", "rounded_per_line"]})
    );
}

#[test]
fn a_quote_has_the_decimals_of_its_currency() {
    let of = |currency: &str, value: &str, fee: &str, discount: &str| {
        let products = json!([{ "Id": "A", "CurrencyCode": currency,
            "Cost": { "Fee": fee.parse::<f64>().unwrap(), "DiscountPercentage": discount.parse::<f64>().unwrap() } }]);
        let quote = quote(order(&[("A", value, 3)]).as_bytes(), &catalog(&products)).unwrap();
        let mut shown = shown(&quote, Some(r#"{"Available":10.1239}"#));
        shown.as_object_mut().unwrap().remove("assumptions");
        shown
    };

    assert_eq!(
        of("JPY", "500", "0.25", "3.5"),
        json!({"currency": "JPY", "faceValue": "1500", "discount": "53", "fees": "1", "total": "1448", "available": "10", "short": "1438"})
    );
    assert_eq!(
        of("KWD", "1.125", "0.0005", "3.5"),
        json!({"currency": "KWD", "faceValue": "3.375", "discount": "0.118", "fees": "0.002", "total": "3.259", "available": "10.123"})
    );
    assert_eq!(
        of("USD", "5", "0.25", "3.5"),
        json!({"currency": "USD", "faceValue": "15.00", "discount": "0.53", "fees": "0.75", "total": "15.22", "available": "10.12", "short": "5.10"})
    );
}

#[test]
fn half_a_cent_of_discount_is_a_cent_on_each_line() {
    // 5.00 at 4.55 % would be 22.75 cents; 5.40 at 7.5 % is 40.5 cents.
    let one = quoted(&[("COFFEE", "5.40", 1)]);
    let two = quoted(&[("COFFEE", "5.40", 1), ("COFFEE", "5.40", 1)]);
    let together = quoted(&[("COFFEE", "5.40", 2)]);

    assert_eq!(
        [one, two, together].map(|quote| quote.discount.to_decimal()),
        ["0.41", "0.82", "0.81"]
    );
}

#[test]
fn only_available_counts_in_any_casing_as_number_or_text() {
    let quote = quoted(&[("MAPLE", "25", 1)]);
    for (balance, available, short) in [
        (r#"{"Available":25,"Pending":0}"#, "25.00", None),
        (
            r#"{"pending":1000,"available":"24.99"}"#,
            "24.99",
            Some("0.01"),
        ),
        (r#"{"AVAILABLE":24.999999999999996}"#, "24.99", Some("0.01")),
        (r#"{"Available":0}"#, "0.00", Some("25.00")),
        (r#"{"Available":-5.5}"#, "-5.50", Some("30.50")),
        (r#"{"Available":" 30.00 "}"#, "30.00", None),
    ] {
        let shown = shown(&quote, Some(balance));

        assert_eq!(shown["available"], available, "{balance}");
        assert_eq!(
            shown.get("short"),
            short.map(Value::from).as_ref(),
            "{balance}"
        );
        assert!(
            shown["assumptions"]
                .as_array()
                .unwrap()
                .contains(&"balance_in_order_currency".into())
        );
    }
    for balance in [
        "{}",
        r#"{"Pending":5}"#,
        r#"{"Available":null}"#,
        r#"{"Available":"lots"}"#,
        r#"{"Available":5"#,
        "null",
        "30",
        r#""30.00""#,
        r#"{"Available":1e30}"#,
    ] {
        assert_eq!(Available::read(balance.as_bytes()), None, "{balance}");
    }
}

#[test]
fn what_is_not_known_of_a_product_is_zero_and_said() {
    let shown = shown(&quoted(&[("BARE", "25", 2)]), None);

    assert_eq!(shown["total"], "50.00");
    assert_eq!(shown.get("currency"), None);
    assert_eq!(
        shown["assumptions"],
        json!([
            "fee_per_card",
            "discount_of_face_value",
            "rounded_per_line",
            "unknown_cost_is_zero",
            "currency_unknown"
        ])
    );
}

#[test]
fn an_order_that_breaks_a_rule_of_the_catalog_is_not_quoted() {
    for (lines, code) in [
        (order(&[("NONE", "25", 1)]), "unknown_product"),
        (order(&[("BOOKS", "26", 1)]), "denomination_not_offered"),
        (
            order(&[("BOOKS", "25", 1), ("MAPLE", "25", 1)]),
            "mixed_currencies",
        ),
        ("{".to_owned(), "invalid_json"),
    ] {
        let Err(Unquoted::Invalid(report)) = quote(lines.as_bytes(), &shop()) else {
            panic!("{code}")
        };
        assert_eq!(report.issues[0].code.as_str(), code);
    }
}

#[test]
fn sums_that_cannot_be_counted_are_refused() {
    let dear =
        catalog(&json!([{"Id": "A", "Cost": {"Fee": 9_999_999_999_u64, "DiscountPercentage": 0}}]));

    let fault = quote(order(&[("A", "1", 1_000_000)]).as_bytes(), &dear).unwrap_err();

    assert_eq!(fault, Unquoted::OutOfRange);
}

#[test]
fn quotes_of_orders_in_one_currency_are_added() {
    let mut sum = quoted(&[("BOOKS", "25", 1)]);

    assert_eq!(sum.add(&quoted(&[("MAPLE", "25", 1)])), None);
    assert_eq!(sum.add(&quoted(&[("COFFEE", "5.40", 1)])), Some(()));
    assert_eq!(sum, quoted(&[("BOOKS", "25", 1), ("COFFEE", "5.40", 1)]));
}

proptest! {
    #[test]
    fn a_quote_is_what_big_numbers_make_of_it(
        costs in prop::collection::vec((0_u128..10_000_000_000, 0_u128..=10_000_000_000), 1..4),
        lines in prop::collection::vec((any::<prop::sample::Index>(), 1_u128..1_000_000_000, 1_u64..1_000_000), 1..8),
    ) {
        // Units of 10^-8; face values, discounts and fees in 10^-10 cents, all exact.
        let decimal = |units: u128| format!("{}.{:08}", units / 100_000_000, units % 100_000_000);
        let products: Vec<Value> = costs.iter().enumerate().map(|(index, (fee, discount))| {
            let text = format!(r#"{{"Id":"P{index}","Cost":{{"Fee":{},"DiscountPercentage":{}}}}}"#, decimal(*fee), decimal(*discount));
            serde_json::from_str(&text).unwrap()
        }).collect();
        let round = |exact: u128, unit: u128| (exact + unit / 2) / unit;
        let (mut face, mut discounts, mut fees) = (0, 0, 0);
        let mut body = Vec::new();
        for (index, cents, quantity) in &lines {
            let index = index.index(costs.len());
            let (fee, discount) = costs[index];
            let line = cents * u128::from(*quantity);
            face += line;
            discounts += round(line * discount, 100 * 100_000_000);
            fees += round(u128::from(*quantity) * fee * 100, 100_000_000);
            body.push((format!("P{index}"), format!("{}.{:02}", cents / 100, cents % 100), *quantity));
        }
        let body: Vec<(&str, &str, u64)> = body.iter().map(|(id, value, quantity)| (id.as_str(), value.as_str(), *quantity)).collect();

        let quoted = quote(order(&body).as_bytes(), &catalog(&products.into()));

        let largest = (1_u128 << 53) - 1;
        if face > largest {
            prop_assert!(matches!(quoted, Err(Unquoted::Invalid(_))));
        } else if fees > largest || face - discounts + fees > largest {
            prop_assert_eq!(quoted, Err(Unquoted::OutOfRange));
        } else {
            let quoted = quoted.unwrap();
            let sums = [quoted.face_value, quoted.discount, quoted.fees, quoted.total()].map(|amount| u128::from(amount.thousandths() / 10));
            prop_assert_eq!(sums, [face, discounts, fees, face - discounts + fees]);
        }
    }
}
