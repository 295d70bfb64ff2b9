//! A list to fill in: the headers of an order's type, and one row of example.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::csv::cell::{BOM, push_row};
use crate::catalog::Catalog;
use crate::order::OrderType;

/// Whom the row of example is for. The import knows it again, and buys nothing for it.
pub(in crate::bulk) const EXAMPLE_NAME: &str = "Ann Example";
pub(in crate::bulk) const EXAMPLE_EMAIL: &str = "ann@example.com";
pub(in crate::bulk) const EXAMPLE_ADDRESS: &str = "123 Main Street";

/// A CSV to fill in, in UTF-8 with a byte order mark. Its product and value are ones that the catalog has for such orders.
pub fn recipient_template(order_type: OrderType, catalog: Option<&Catalog>) -> Vec<u8> {
    let mut products = catalog.iter().flat_map(|catalog| catalog.products());
    let product = products.find(|product| product.delivers(order_type) != Some(false));
    let mut values = product
        .as_ref()
        .map(|product| product.values.clone())
        .into_iter()
        .flatten();
    let decimals = product
        .as_ref()
        .map(crate::catalog::Product::decimals)
        .unwrap_or_default();
    let value = values
        .next()
        .map_or_else(|| String::from("25"), |value| value.to_decimal_in(decimals));
    let product = product.as_ref().map_or("CVS", |product| product.id);
    let (headers, row): (&[&str], &[&str]) = match order_type {
        OrderType::DigitalDelivery => (
            &["Email", "Name", "Product", "Value", "Quantity", "Message"],
            &[
                EXAMPLE_EMAIL,
                EXAMPLE_NAME,
                product,
                &value,
                "1",
                "Thank you!",
            ],
        ),
        OrderType::Links => (
            &["Name", "Product", "Value", "Quantity"],
            &[EXAMPLE_NAME, product, &value, "1"],
        ),
        OrderType::PhysicalShipment => (
            &[
                "Name",
                "Address",
                "City",
                "State",
                "Zip",
                "Country",
                "Shipping Method",
                "Product",
                "Value",
                "Quantity",
            ],
            &[
                EXAMPLE_NAME,
                EXAMPLE_ADDRESS,
                "New York",
                "NY",
                "10001",
                "US",
                "STANDARD",
                product,
                &value,
                "1",
            ],
        ),
    };
    let mut csv = BOM.to_vec();
    push_row(&mut csv, headers);
    push_row(&mut csv, row);
    csv
}
