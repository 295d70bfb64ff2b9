//! The search, against the plainest filter there is.

use giftcard_partners::catalog::{Query, fold};
use giftcard_partners::money::Amount;
use proptest::prelude::*;
use serde_json::Value;

use super::products::products;
use super::{catalog, shop};

fn ids(query: &Query) -> Vec<String> {
    shop()
        .search(query)
        .iter()
        .map(|product| product.id.to_owned())
        .collect()
}

#[test]
fn all_words_are_looked_for_in_id_and_name_in_any_case() {
    for (text, expected) in [
        ("COFFEE", vec!["COFFEE"]),
        ("books inkW", vec!["BOOKS"]),
        ("books coffee", vec![]),
        ("  ", vec!["BARE", "BOOKS", "COFFEE", "MAPLE", "PLASTIC"]),
        ("maplemaple", vec![]),
        ("maple maplewick", vec!["MAPLE"]),
    ] {
        let query = Query {
            text: Some(fold(text)),
            ..Query::default()
        };
        assert_eq!(ids(&query), expected, "{text}");
    }
}

#[test]
fn what_the_catalog_does_not_know_of_a_product_it_has_not() {
    let amount = Query {
        amount: Amount::parse("25").ok(),
        ..Query::default()
    };
    let currency = Query {
        currency: Some("cad".into()),
        ..Query::default()
    };

    assert_eq!(ids(&amount), ["BOOKS", "COFFEE", "MAPLE"]);
    assert_eq!(ids(&currency), ["MAPLE"]);
}

fn is_found(product: &Value, query: &Query) -> bool {
    let text = |key: &str| product[key].as_str().unwrap_or("").to_owned();
    let cents = |value: &Value| Amount::parse(&value.to_string()).unwrap();
    let mut values: Vec<Amount> = product["Denominations"]
        .as_array()
        .unwrap()
        .iter()
        .map(cents)
        .collect();
    values.sort();
    let offers = |amount: &Amount| match (
        text("DenominationType").to_lowercase().as_str(),
        values.as_slice(),
    ) {
        ("fixed", values) => values.contains(amount),
        ("variable", [least, .., most]) => least <= amount && amount <= most,
        ("variable", [only]) => only == amount,
        _ => false,
    };
    let same = |wanted: &Option<String>, found: &str| {
        wanted
            .as_ref()
            .is_none_or(|wanted| wanted.to_lowercase() == found.to_lowercase())
    };
    let types = product["AvailableDeliveryTypes"].as_array().unwrap();
    query.text.as_ref().is_none_or(|words| {
        words.split_whitespace().all(|word| {
            text("Id").to_lowercase().contains(word) || text("Name").to_lowercase().contains(word)
        })
    }) && query.amount.as_ref().is_none_or(offers)
        && (query.delivery_type.is_none()
            || types
                .iter()
                .any(|name| same(&query.delivery_type, name.as_str().unwrap())))
        && same(&query.currency, &text("CurrencyCode"))
        && same(&query.product_type, &text("Type"))
}

fn query() -> impl Strategy<Value = Query> {
    let text = prop::option::of(prop_oneof![
        "[a-zA-Z]{1,2}",
        "[p0-9]{1,2} ?[a-e]?",
        "[à-üÀ-Ü]"
    ]);
    let amount = prop::option::of(1_u64..20_000);
    let delivery = prop::option::of(prop::sample::select(vec![
        "Links", "links", "Codes", "None",
    ]));
    let currency = prop::option::of(prop::sample::select(vec!["USD", "usd"]));
    let kind = prop::option::of(prop::sample::select(vec!["Digital", "physical"]));
    (
        text,
        amount,
        delivery,
        currency,
        kind,
        prop::option::of(0_usize..5),
    )
        .prop_map(|(text, amount, delivery, currency, kind, limit)| Query {
            text: text.map(|text| fold(&text)),
            amount: amount.map(Amount::from_cents),
            delivery_type: delivery.map(str::to_owned),
            currency: currency.map(str::to_owned),
            product_type: kind.map(str::to_owned),
            limit,
        })
}

proptest! {
    #[test]
    fn a_search_finds_what_a_plain_filter_finds(products in products(), mut query in query(), use_offered: Option<prop::sample::Index>) {
        let offered: Vec<&Value> = products.iter().flat_map(|product| product["Denominations"].as_array().unwrap()).collect();
        if let Some(index) = use_offered.filter(|_| !offered.is_empty()) {
            query.amount = Amount::parse(&index.get(&offered).to_string()).ok();
        }
        let mut expected: Vec<&str> = products.iter().filter(|product| is_found(product, &query)).map(|product| product["Id"].as_str().unwrap()).collect();
        expected.sort_unstable();
        expected.truncate(query.limit.unwrap_or(usize::MAX));

        let catalog = catalog(&products.clone().into());
        let found: Vec<&str> = catalog.search(&query).iter().map(|product| product.id).collect();

        prop_assert_eq!(found, expected);
    }
}
