//! One line of an order to be placed: what the server checks of it, and what it costs.

use alloc::borrow::ToOwned;
use alloc::string::String;
use serde_json::{Map, Number, Value};

use super::address;
use super::catalogue::Catalogue;
use super::fields::{Fields, Problems};
use super::kind::{Kind, MAX_CARDS};
use super::product::Product;
use super::reference::BRANDINGS;
use crate::money::Amount;

/// A line that was read. Only a line of a request without problems is placed.
#[derive(Clone, Debug)]
pub(super) struct NewLine {
    pub(super) product_id: String,
    /// As it was sent: `25.0` is echoed as `25.0`.
    pub(super) value: Number,
    pub(super) quantity: u64,
    /// Nothing where it is more than an amount can hold.
    pub(super) cost: Option<Amount>,
    /// What is echoed under its documented name and has no meaning to the server.
    pub(super) echo: Map<String, Value>,
}

impl NewLine {
    /// Reads a line; nothing where it cannot be placed, and then `problems` says why.
    pub(super) fn read(
        value: &Value,
        path: String,
        kind: Option<Kind>,
        catalogue: &Catalogue,
        problems: &mut Problems,
    ) -> Option<Self> {
        let line = Fields::of(value, path, problems)?;
        let product = read_product(&line, kind, catalogue, problems);
        let value = read_value(&line, product, problems);
        let quantity = read_quantity(&line, problems);
        let echo = read_echo(&line, kind, product, problems);

        let (product, (number, face), quantity) = (product?, value?, quantity?);
        Some(Self {
            product_id: product.id.clone(),
            value: number.clone(),
            quantity,
            cost: product.cost(face, quantity),
            echo,
        })
    }
}

fn read_product<'a>(
    line: &Fields<'_>,
    kind: Option<Kind>,
    catalogue: &'a Catalogue,
    problems: &mut Problems,
) -> Option<&'a Product> {
    let id = line.required_text("ProductId", problems)?;
    let product = catalogue.product(id);
    match (product, kind) {
        (None, _) => problems.add(line.path("ProductId"), "is unknown"),
        (Some(product), Some(kind)) if !product.offers(kind) => problems.add(
            line.path("ProductId"),
            format!("is a product that does not offer {}", kind.name()),
        ),
        _ => {}
    }
    product
}

fn read_value<'a>(
    line: &Fields<'a>,
    product: Option<&Product>,
    problems: &mut Problems,
) -> Option<(&'a Number, Amount)> {
    let mut refuse = |message: &str| problems.add(line.path("Value"), message);

    let Some(value) = line.value("Value") else {
        refuse("is required");
        return None;
    };
    let Some(number) = value.as_number() else {
        refuse("must be a number");
        return None;
    };
    let decimals = product.map(Product::decimals).unwrap_or_default();
    let amount = match Amount::parse_in(decimals, number.as_str()) {
        Ok(amount) if amount > Amount::default() => amount,
        _ => {
            refuse("must be above zero with at most the decimals of the currency");
            return None;
        }
    };
    if product.is_some_and(|product| !product.has_denomination(amount)) {
        refuse("is a denomination that the product does not offer");
    }
    Some((number, amount))
}

/// The documentation's list of required fields omits `Quantity`, and every sample has it: it is required here.
fn read_quantity(line: &Fields<'_>, problems: &mut Problems) -> Option<u64> {
    let value = line.required("Quantity", problems)?;
    let quantity = value
        .as_number()
        .and_then(|number| number.as_str().parse().ok())
        .filter(|quantity| (1..=MAX_CARDS).contains(quantity));
    if quantity.is_none() {
        problems.add(
            line.path("Quantity"),
            format!("must be an integer from 1 to {MAX_CARDS}"),
        );
    }
    quantity
}

fn read_echo(
    line: &Fields<'_>,
    kind: Option<Kind>,
    product: Option<&Product>,
    problems: &mut Problems,
) -> Map<String, Value> {
    let mut echo = line.texts(&["Culture", "BrandingId", "ExternalId"], problems);
    let branding = echo.get("BrandingId").and_then(Value::as_str);
    if branding.is_some_and(|id| !id.is_empty() && !BRANDINGS.has(id)) {
        problems.add(line.path("BrandingId"), "is unknown");
    }
    let digital = kind == Some(Kind::DigitalDelivery);
    let shipped = kind == Some(Kind::PhysicalShipment);
    let carrier = product.is_some_and(|product| product.carrier_required);
    for (name, part) in [
        ("Personalization", address::personalization(line, problems)),
        (
            "DigitalDeliveryAddress",
            address::digital(line, digital, problems),
        ),
        (
            "PhysicalDeliveryAddress",
            address::physical(line, shipped, carrier, problems),
        ),
    ] {
        if let Some(part) = part {
            echo.insert(name.to_owned(), part.into());
        }
    }
    echo
}
