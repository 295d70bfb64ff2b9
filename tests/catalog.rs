//! `giftcard_partners::catalog`: what the index keeps, what it refuses, what it finds; the rules and the quotes that rest on it.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

use giftcard_partners::catalog::Catalog;
use serde_json::{Value, json};

#[path = "catalog/index.rs"]
mod index;
#[path = "catalog/products.rs"]
mod products;
#[path = "catalog/quotes.rs"]
mod quotes;
#[path = "catalog/rules.rs"]
mod rules;
#[path = "catalog/search.rs"]
mod search;

/// A catalog of some products.
fn catalog(products: &Value) -> Catalog {
    Catalog::from_answer(products.to_string().as_bytes()).unwrap()
}

/// The sandbox's kinds of product: Fixed and Variable, digital and shipped, two currencies, and one of which little is known.
fn shop() -> Catalog {
    catalog(&json!([
        {"Id": "BOOKS", "Name": "Inkwhistle Books", "Type": "Digital", "DenominationType": "Fixed", "Denominations": [10, 25, 50],
         "AvailableDeliveryTypes": ["DigitalDelivery", "Links"], "CurrencyCode": "USD", "Cost": {"Fee": 0.25, "DiscountPercentage": 4.55}},
        {"Id": "COFFEE", "Name": "Quillfeather Coffee", "Type": "Digital", "DenominationType": "Variable", "Denominations": [5, 200],
         "AvailableDeliveryTypes": ["Links"], "CurrencyCode": "USD", "Cost": {"Fee": 0, "DiscountPercentage": 7.5}},
        {"Id": "MAPLE", "Name": "Maplewick", "Type": "Digital", "DenominationType": "Fixed", "Denominations": [25],
         "AvailableDeliveryTypes": ["Links"], "CurrencyCode": "CAD", "Cost": {"Fee": 0, "DiscountPercentage": 0}},
        {"Id": "PLASTIC", "Name": "Lampenvale", "Type": "Physical", "DenominationType": "Fixed", "Denominations": [50],
         "AvailableDeliveryTypes": ["PhysicalShipment"], "CurrencyCode": "USD",
         "Meta": {"ShippingConfiguration": {"HasRequiredCardCarriers": true}}},
        {"Id": "BARE"}
    ]))
}
