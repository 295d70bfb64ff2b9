//! The search that a list to choose from needs.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Catalog, Product};
use crate::money::Amount;

/// What is looked for; what is left out does not matter.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words that are all in the id or the name, in any case; [`fold`]ed.
    pub text: Option<String>,
    /// A value that a card may have.
    pub amount: Option<Amount>,
    /// One of `AvailableDeliveryTypes`, in any case.
    pub delivery_type: Option<String>,
    /// `CurrencyCode`, in any case.
    pub currency: Option<String>,
    /// `Type`, in any case.
    pub product_type: Option<String>,
    /// Products at most.
    pub limit: Option<usize>,
}

impl Catalog {
    /// The products that have everything, in the order of their ids. What the catalog does not know of a product, it has not.
    pub fn search(&self, query: &Query) -> Vec<Product<'_>> {
        let text = query.text.as_deref().unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let limit = query.limit.unwrap_or(usize::MAX);
        self.products()
            .filter(|product| query.suits(product, &words))
            .take(limit)
            .collect()
    }
}

impl Query {
    fn suits(&self, product: &Product<'_>, words: &[&str]) -> bool {
        let same = |wanted: &Option<String>, found: &str| {
            wanted
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(found))
        };
        same(&self.currency, product.currency)
            && same(&self.product_type, product.product_type)
            && (self.delivery_type.is_none()
                || product
                    .delivery_types()
                    .any(|name| same(&self.delivery_type, name)))
            && self
                .amount
                .is_none_or(|amount| product.offers(amount) == Some(true))
            && has_words(product, words)
    }
}

fn has_words(product: &Product<'_>, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    // A line feed is in no word, so none is found across it.
    let text = fold(&[product.id, "\n", product.name].concat());
    words.iter().all(|word| {
        text.as_bytes()
            .windows(word.len().max(1))
            .any(|window| window == word.as_bytes())
    })
}

/// A text without its case.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
