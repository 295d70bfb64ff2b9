//! A product: what may be ordered of it, and what that costs.
//!
//! The document is what the API answers, word for word; beside it stands what the server has to know, read once.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;

use serde_json::Value;

use super::kind::Kind;
use super::option_values::OptionsError;
use crate::money::{Amount, Decimals};

/// A product as the catalogue holds it.
#[derive(Clone, Debug)]
pub(super) struct Product {
    pub(super) id: String,
    pub(super) document: Value,
    pub(super) carrier_required: bool,
    delivery_types: Vec<String>,
    denominations: Denominations,
    fee: Amount,
    /// Of the product's currency.
    decimals: Decimals,
    /// Hundredths of a percent: 455 is 4.55 %.
    discount: u64,
}

#[derive(Clone, Debug)]
enum Denominations {
    Fixed(Vec<Amount>),
    Variable {
        least: Amount,
        most: Amount,
    },
    /// What the real API may answer tomorrow: nobody knows what is on offer.
    Any,
}

impl Product {
    /// Reads a product from its document; `at` says which one it is, for the error.
    pub(super) fn read(document: Value, at: &str) -> Result<Self, OptionsError> {
        let wrong =
            |field: &str, expected: &str| OptionsError::new(format!("{at}.{field}"), expected);
        let text = |name: &str| document.get(name).and_then(Value::as_str);

        let id = text("Id")
            .filter(|id| !id.is_empty())
            .ok_or_else(|| wrong("Id", "a string that is not empty"))?;
        let delivery_types = document
            .get("AvailableDeliveryTypes")
            .and_then(Value::as_array)
            .and_then(|types| {
                types
                    .iter()
                    .map(|name| name.as_str().map(str::to_owned))
                    .collect::<Option<Vec<_>>>()
            })
            .ok_or_else(|| wrong("AvailableDeliveryTypes", "an array of strings"))?;
        let decimals = Decimals::of(text("CurrencyCode").unwrap_or_default());
        let amounts = document
            .get("Denominations")
            .and_then(Value::as_array)
            .and_then(|values| {
                let amounts = values.iter().map(|value| amount(value, decimals));
                amounts.collect::<Option<Vec<_>>>()
            })
            .ok_or_else(|| {
                wrong(
                    "Denominations",
                    "an array of amounts with at most the decimals of the currency",
                )
            })?;
        let denominations = match (text("DenominationType"), amounts.as_slice()) {
            (Some("Fixed"), _) => Denominations::Fixed(amounts),
            (Some("Variable"), [least, most]) if least <= most => Denominations::Variable {
                least: *least,
                most: *most,
            },
            (Some("Variable"), _) => {
                return Err(wrong(
                    "Denominations",
                    "the least and the most, two numbers",
                ));
            }
            _ => Denominations::Any,
        };
        let fee = optional_amount(document.pointer("/Cost/Fee"))
            .ok_or_else(|| wrong("Cost.Fee", "an amount with at most two decimals"))?;
        let discount = optional_amount(document.pointer("/Cost/DiscountPercentage"))
            .map(|percent| percent.thousandths() / 10)
            .filter(|hundredths| *hundredths <= 10_000)
            .ok_or_else(|| {
                wrong(
                    "Cost.DiscountPercentage",
                    "0 to 100 with at most two decimals",
                )
            })?;
        let carrier_required = document
            .pointer("/Meta/ShippingConfiguration/HasRequiredCardCarriers")
            .and_then(Value::as_bool)
            .unwrap_or(false);

        Ok(Self {
            id: id.to_owned(),
            carrier_required,
            delivery_types,
            denominations,
            fee,
            decimals,
            discount,
            document,
        })
    }

    pub(super) fn offers(&self, kind: Kind) -> bool {
        self.delivery_types.iter().any(|name| name == kind.name())
    }

    pub(super) fn has_denomination(&self, value: Amount) -> bool {
        match &self.denominations {
            Denominations::Fixed(values) => values.contains(&value),
            Denominations::Variable { least, most } => (*least..=*most).contains(&value),
            Denominations::Any => true,
        }
    }

    /// The decimals that a value of the product may have.
    pub(super) const fn decimals(&self) -> Decimals {
        self.decimals
    }

    /// What so many cards of a value cost: their face value less the discount on it, and a fee for each card, both rounded to the
    /// currency's smallest unit half away from zero. Nothing where that is more than an [`Amount`] can hold.
    pub(super) fn cost(&self, value: Amount, quantity: u64) -> Option<Amount> {
        let face = value.checked_mul(quantity)?;
        let discount = u128::from(face.thousandths()).checked_mul(u128::from(self.discount))?;
        let discount = rounded(discount, 10_000, self.decimals)?;
        let fees = self.fee.checked_mul(quantity)?;
        let fees = rounded(u128::from(fees.thousandths()), 1, self.decimals)?;
        face.checked_sub(discount)?.checked_add(fees)
    }
}

/// So many thousandths over a divisor, rounded to the smallest unit of a currency.
fn rounded(scaled: u128, divisor: u128, decimals: Decimals) -> Option<Amount> {
    let smallest = u128::from(decimals.smallest());
    let unit = divisor.checked_mul(smallest)?;
    let units = scaled.checked_add(unit / 2)?.checked_div(unit)?;
    let thousandths = u64::try_from(units.checked_mul(smallest)?).ok()?;
    Some(Amount::from_thousandths(thousandths))
}

fn amount(value: &Value, decimals: Decimals) -> Option<Amount> {
    Amount::parse_in(decimals, value.as_number()?.as_str()).ok()
}

/// Nothing is zero.
fn optional_amount(value: Option<&Value>) -> Option<Amount> {
    match value {
        None | Some(Value::Null) => Some(Amount::default()),
        Some(value) => amount(value, Decimals::Two),
    }
}

/// The field of an item of `products`, as an error names it.
pub(super) fn place(index: impl Display) -> String {
    format!("products[{index}]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn product(fee: &str, discount: &str) -> Product {
        let text = format!(
            r#"{{"Id":"A","DenominationType":"Variable","Denominations":[0.01,500],"AvailableDeliveryTypes":["Links"],"Cost":{{"Fee":{fee},"DiscountPercentage":{discount}}}}}"#
        );
        Product::read(serde_json::from_str(&text).unwrap(), "products[0]").unwrap()
    }

    #[test]
    fn a_cost_is_the_face_value_less_discount_plus_fees() {
        let cost = |fee, discount, value, quantity| {
            product(fee, discount)
                .cost(Amount::from_cents(value), quantity)
                .map(|cost| cost.thousandths() / 10)
        };

        assert_eq!(cost("0", "0", 2500, 3), Some(7500));
        assert_eq!(cost("0.25", "4.55", 2500, 1), Some(2500 - 114 + 25));
        assert_eq!(
            cost("0", "5", 10, 1),
            Some(9),
            "half a cent of discount is a cent"
        );
        assert_eq!(cost("0", "4.99", 10, 1), Some(10));
        assert_eq!(cost("0", "100", 2500, 4), Some(0));
        assert_eq!(cost("0", "0", 2500, u64::MAX), None);
    }

    #[test]
    fn where_the_type_of_denominations_is_not_known_any_value_is_sold() {
        for kind in [json!(null), json!("Tiered")] {
            let document = json!({"Id": "A", "AvailableDeliveryTypes": [], "Denominations": [5], "DenominationType": kind});

            let product = Product::read(document, "products[0]").unwrap();

            assert!(product.has_denomination(Amount::from_cents(1_234)));
        }
    }

    #[test]
    fn a_product_that_cannot_be_sold_says_which_field_is_wrong() {
        for (document, field) in [
            (json!({}), "products[3].Id"),
            (json!({"Id": "A"}), "products[3].AvailableDeliveryTypes"),
            (
                json!({"Id": "A", "AvailableDeliveryTypes": [], "Denominations": [-1]}),
                "products[3].Denominations",
            ),
            (
                json!({"Id": "A", "AvailableDeliveryTypes": [], "Denominations": [2, 1], "DenominationType": "Variable"}),
                "products[3].Denominations",
            ),
            (
                json!({"Id": "A", "AvailableDeliveryTypes": [], "Denominations": [2], "DenominationType": "Fixed", "Cost": {"DiscountPercentage": 100.01}}),
                "products[3].Cost.DiscountPercentage",
            ),
        ] {
            let error = Product::read(document, "products[3]").unwrap_err();

            assert_eq!(error.field(), field);
        }
    }
}
