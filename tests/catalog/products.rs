//! Products of all kinds, for the property tests.

use proptest::prelude::*;
use serde_json::{Value, json};

/// A product as an answer has it, with a number for its id.
pub(super) fn product() -> impl Strategy<Value = Value> {
    let name = prop_oneof!["[A-Za-z ]{0,12}", "[à-üÀ-Üа-я ]{1,8}"];
    let delivery = prop::sample::subsequence(
        vec!["DigitalDelivery", "Links", "PhysicalShipment", "Codes"],
        0..=4,
    );
    let kind = prop::sample::select(vec!["Fixed", "Variable", "fixed", "Tiered", ""]);
    let denominations = prop::collection::vec(1_u32..20_000, 0..6);
    let currency = prop::sample::select(vec!["USD", "CAD", ""]);
    let cost = (0_u32..1_000, 0_u32..=10_000);
    (0_u32..60, name, kind, denominations, delivery, currency, cost, any::<bool>()).prop_map(
        |(id, name, kind, denominations, delivery, currency, (fee, discount), carrier)| {
            let money = |cents: &u32| serde_json::from_str::<Value>(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap();
            json!({
                "Id": format!("P{id}"), "Name": name, "Type": if carrier { "Physical" } else { "Digital" },
                "LongDescription": "<p>left \"out\"</p>", "DenominationType": kind,
                "Denominations": denominations.iter().map(money).collect::<Vec<_>>(),
                "AvailableDeliveryTypes": delivery, "CurrencyCode": currency,
                "Cost": {"Fee": money(&fee), "DiscountPercentage": money(&discount), "Other": [1]},
                "Meta": {"ShippingConfiguration": {"FulfillmentGroup": "x", "HasRequiredCardCarriers": carrier}, "Website": null},
                "Media": {"Faceplates": [{"Name": "a", "Path": "b"}]}, "Translations": [], "Terms": null
            })
        },
    )
}

/// A list of them, each id once.
pub(super) fn products() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(product(), 0..30).prop_map(|mut products| {
        products.sort_by_key(|product| product["Id"].to_string());
        products.dedup_by_key(|product| product["Id"].to_string());
        products
    })
}

/// The same with every key in camelCase.
pub(super) fn camel(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key[..1].to_lowercase() + &key[1..], camel(value)))
            .collect(),
        Value::Array(items) => items.iter().map(camel).collect(),
        other => other.clone(),
    }
}
