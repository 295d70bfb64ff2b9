//! What a campaign costs.

use std::rc::Rc;

use giftcard_partners::bulk::{Accepted, Campaign, OrderState};
use giftcard_partners::catalog::Catalog;
use giftcard_partners::json::Writer;
use giftcard_partners::money::Amount;
use giftcard_partners::order::OrderType;
use giftcard_partners::order::quote::{Available, Unquoted};
use serde_json::{Value, json};

use crate::rows::{planned, planned_after, record};

const PRODUCTS: &str = r#"[
    {"Id":"A","CurrencyCode":"USD","Cost":{"Fee":0.25,"DiscountPercentage":10}},
    {"Id":"B","CurrencyCode":"CAD","Cost":{"Fee":0,"DiscountPercentage":0}}
]"#;

fn quotes(campaign: &Campaign, balance: Option<&str>) -> Value {
    let catalog = Catalog::from_answer(PRODUCTS.as_bytes()).unwrap();
    let available = balance.map(|balance| {
        Available::read(format!(r#"{{"Available":{balance}}}"#).as_bytes()).unwrap()
    });
    let mut json = Writer::new();
    json.array();
    for quote in campaign.quote(&catalog, available).unwrap() {
        quote.write(&mut json, available);
    }
    json.close_array();
    let mut quotes: Value = serde_json::from_slice(&json.into_bytes()).unwrap();
    for quote in quotes.as_array_mut().unwrap() {
        quote
            .as_object_mut()
            .unwrap()
            .remove("assumptions")
            .unwrap();
    }
    quotes
}

#[test]
fn the_balance_covers_the_first_orders_of_the_file() {
    // Each order: twice 5.00, less 10 %, and twice 0.25: 9.50.
    let campaign = planned(&[1, 2, 3, 4, 5, 6], 2);

    assert_eq!(
        quotes(&campaign, Some("28.49")),
        json!([{
            "orders": 3, "lines": 6, "covered": 2, "currency": "USD",
            "faceValue": "30.00", "discount": "3.00", "fees": "1.50", "total": "28.50",
            "available": "28.49", "short": "0.01",
        }])
    );
    assert_eq!(quotes(&campaign, Some("28.50"))[0]["covered"], 3);
    assert_eq!(quotes(&campaign, Some("0"))[0]["covered"], 0);
    assert_eq!(quotes(&campaign, None)[0]["covered"], Value::Null);
}

#[test]
fn what_is_placed_or_refused_already_is_not_quoted() {
    let mut campaign = planned(&[1, 2, 3, 4], 1);
    record(&mut campaign, 0, OrderState::Created);
    record(&mut campaign, 1, OrderState::Rejected);

    assert_eq!(quotes(&campaign, None)[0]["orders"], 2);
    record(&mut campaign, 2, OrderState::Reconciled);
    record(&mut campaign, 3, OrderState::Conflict);
    assert_eq!(quotes(&campaign, None), json!([]));
}

#[test]
fn each_currency_has_a_quote() {
    let mut rows = Accepted::new(OrderType::Links);
    for (place, product) in (0..).zip(["A", "B", "A"]) {
        let currency = rows.currency(product);
        let line = format!(r#"{{"ProductId":"{product}","Value":5,"Quantity":1}}"#);
        rows.push(
            line.as_bytes(),
            place,
            Amount::from_cents(500),
            currency,
            u128::from(place).into(),
            0,
        );
    }
    let campaign = planned_after(Rc::new(rows), 1, None);

    let quotes = quotes(&campaign, Some("5"));

    let of = |name: &str| [&quotes[0][name], &quotes[1][name]].map(Clone::clone);
    assert_eq!(of("currency"), ["USD", "CAD"].map(Value::from));
    assert_eq!(of("orders"), [2, 1].map(Value::from));
    assert_eq!(of("covered"), [1, 1].map(Value::from));
}

#[test]
fn an_order_that_the_catalog_does_not_allow_has_no_quote() {
    let catalog = Catalog::from_answer(br#"[{"Id":"B"}]"#).unwrap();

    let refused = planned(&[1], 1).quote(&catalog, None);

    assert!(matches!(refused, Err(Unquoted::Invalid(_))));
}
