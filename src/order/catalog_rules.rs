//! The rules that need a catalog: what can be ordered, at which values, how delivered, in one currency.
//!
//! Where the catalog does not know (no currency, no denominations, a word that we do not know), nothing is reported: the API
//! decides then.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::line::{Line, text_member};
use super::spelling::nearest;
use super::validate::Validator;
use super::{IssueCode, OrderType, Param, Severity};
use crate::catalog::{Catalog, Denominations, Product};
use crate::money::{Amount, Decimals};

/// Unknown products for which a similar one is looked for: it takes a look at every product, and one wrong column of a
/// spreadsheet is a thousand unknown products.
const NEAREST: u8 = 20;
/// Values that a message lists; `params` has them all.
const LISTED: usize = 12;

/// What the rules remember from line to line.
pub(super) struct CatalogRules<'a> {
    catalog: &'a Catalog,
    /// The line's product.
    product: Option<Product<'a>>,
    /// That of the first line whose product has one.
    currency: &'a str,
    nearest_left: u8,
}

impl<'a> CatalogRules<'a> {
    pub(super) const fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            product: None,
            currency: "",
            nearest_left: NEAREST,
        }
    }

    /// The decimals of the order's currency.
    pub(super) fn decimals(&self) -> Decimals {
        Decimals::of(self.currency)
    }

    /// Returns whether there is nothing to note about a line that the scanner has read; if so, it counts as checked.
    pub(super) fn accept(&mut self, line: &Line<'_>, order_type: OrderType) -> bool {
        let id = core::str::from_utf8(&line.product).ok();
        let (Some(product), Some(value)) = (id.and_then(|id| self.catalog.product(id)), line.value)
        else {
            return false;
        };
        let currency = product.currency;
        let mixed = !self.currency.is_empty() && !currency.is_empty() && currency != self.currency;
        let carrier = product.carrier_required && order_type == OrderType::PhysicalShipment;
        if mixed
            || carrier
            || product.delivers(order_type) == Some(false)
            || product.offers(value) == Some(false)
            || !value.fits(product.decimals())
        {
            return false;
        }
        if self.currency.is_empty() {
            self.currency = currency;
        }
        true
    }
}

impl Validator<'_> {
    /// Looks the line's product up before the line is read: its id may stand behind what depends on it.
    pub(super) fn find_product(&mut self) {
        let Some(rules) = &mut self.catalog else {
            return;
        };
        // What is wrong with the line is found when it is read.
        let id = text_member(self.reader.clone(), "ProductId");
        rules.product = id.and_then(|id| rules.catalog.product(&id));
    }

    /// Checks what `ProductId` names.
    pub(super) fn check_product(&mut self, id: &str) {
        let Some(rules) = &mut self.catalog else {
            return;
        };
        let Some(product) = rules.product.clone() else {
            self.unknown_product(id);
            return;
        };
        let currency = rules.currency;
        if currency.is_empty() {
            rules.currency = product.currency;
        } else if !product.currency.is_empty() && product.currency != currency {
            self.issue(
                Severity::Error,
                IssueCode::MixedCurrencies,
                &[
                    "is sold in ",
                    product.currency,
                    ", and the order's first product in ",
                    currency,
                    ". Split the order.",
                ]
                .concat(),
                &[
                    ("expected", Param::Word(currency.to_owned())),
                    ("received", Param::Word(product.currency.to_owned())),
                ],
            );
        }
        if let Some(order_type) = self.report.order_type
            && product.delivers(order_type) == Some(false)
        {
            let mut offered = Vec::new();
            for name in product.delivery_types() {
                offered.push(name.to_owned());
            }
            self.issue(
                Severity::Error,
                IssueCode::DeliveryTypeNotOffered,
                &[
                    "is a product that is not delivered as ",
                    order_type.as_str(),
                    ", but as ",
                    &listed(&offered, " or "),
                    ".",
                ]
                .concat(),
                &[("offered", Param::Words(offered))],
            );
        }
    }

    fn unknown_product(&mut self, id: &str) {
        let Some(rules) = &mut self.catalog else {
            return;
        };
        let catalog = rules.catalog;
        let near = rules.nearest_left.checked_sub(1).and_then(|left| {
            rules.nearest_left = left;
            nearest(id, catalog.products().map(|product| product.id))
        });
        match near {
            Some(near) => self.issue(
                Severity::Error,
                IssueCode::UnknownProduct,
                &["is not in the catalog. Did you mean ", near, "?"].concat(),
                &[("nearest", Param::Word(near.to_owned()))],
            ),
            None => self.error(IssueCode::UnknownProduct, "is not in the catalog."),
        }
    }

    /// The currency of the line's product; empty where it is not known.
    pub(super) fn product_currency(&self) -> &str {
        let rules = self.catalog.as_ref();
        let product = rules.and_then(|rules| rules.product.as_ref());
        product.map_or("", |product| product.currency)
    }

    /// Checks that the line's product has cards of that value.
    pub(super) fn check_denomination(&mut self, value: Amount) {
        let product = self
            .catalog
            .as_ref()
            .and_then(|rules| rules.product.as_ref());
        let Some(product) = product
            .filter(|product| product.offers(value) == Some(false))
            .cloned()
        else {
            return;
        };
        match product.denominations() {
            Denominations::Unknown => {}
            Denominations::Fixed(values) => {
                let mut offered = Vec::new();
                for value in values {
                    offered.push(value.to_decimal_in(product.decimals()));
                }
                let list = match offered.len() {
                    0..=LISTED => [": it has ", &listed(&offered, ", "), "."].concat(),
                    _ => ".".to_owned(),
                };
                self.issue(
                    Severity::Error,
                    IssueCode::DenominationNotOffered,
                    &["is no denomination of the product", &list].concat(),
                    &[("offered", Param::Words(offered))],
                );
            }
            Denominations::Variable(least, most) => {
                let shown = |amount: Amount| amount.to_decimal_in(product.decimals());
                let (least, most) = (shown(least), shown(most));
                self.issue(
                    Severity::Error,
                    IssueCode::DenominationNotOffered,
                    &["must be from ", &least, " to ", &most, " for this product."].concat(),
                    &[
                        ("minimum", Param::Decimal(least)),
                        ("maximum", Param::Decimal(most)),
                    ],
                );
            }
        }
    }

    /// Returns whether the line's product is shipped in a carrier that must be named.
    pub(super) fn needs_carrier(&self) -> bool {
        let product = self
            .catalog
            .as_ref()
            .and_then(|rules| rules.product.as_ref());
        let shipped = self.report.order_type == Some(OrderType::PhysicalShipment);
        shipped && product.is_some_and(|product| product.carrier_required)
    }
}

/// The standard library's `join` would come a second time, for this alone.
fn listed(words: &[String], between: &str) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(word);
    }
    text
}
