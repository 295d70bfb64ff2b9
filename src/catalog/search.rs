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
        let words = query.text.as_deref().unwrap_or_default().as_bytes();
        let limit = query.limit.unwrap_or(usize::MAX);
        let mut found = Vec::new();
        for product in self.products() {
            if found.len() >= limit {
                break;
            }
            if query.suits(&product, words) {
                found.push(product);
            }
        }
        found
    }
}

impl Query {
    fn suits(&self, product: &Product<'_>, words: &[u8]) -> bool {
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
                    .iter()
                    .any(|name| same(&self.delivery_type, name)))
            && self.amount.is_none_or(|amount| {
                amount.fits(product.decimals()) && product.offers(amount) == Some(true)
            })
            && has_words(product, words)
    }
}

/// Returns whether the id or the name has each of the words.
fn has_words(product: &Product<'_>, words: &[u8]) -> bool {
    if words.is_empty() {
        return true;
    }
    // A line feed is in no word, so none is found across it.
    let text = fold(&[product.id, "\n", product.name].concat());
    let mut words = words.split(u8::is_ascii_whitespace);
    words.all(|word| {
        let mut windows = text.as_bytes().windows(word.len().max(1));
        word.is_empty() || windows.any(|window| window == word)
    })
}

/// A text without its case: that of Latin, Greek and Cyrillic letters. The table for all of Unicode is 14 KB of wasm.
pub fn fold(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// A letter without its case, as [`fold`] has it.
pub fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let lower = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => {
            code.wrapping_add(0x20)
        }
        0x400..=0x40f => code.wrapping_add(0x50),
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 => code | 1,
        // Pairs that begin with an odd one.
        0x139..=0x148 | 0x179..=0x17e => code.wrapping_add(code & 1),
        _ => return letter,
    };
    char::from_u32(lower).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_case_as_in_the_standard_library() {
        for letter in ('\0'..'\u{178}')
            .chain('\u{179}'..'\u{17f}')
            .chain('\u{390}'..'\u{3d8}')
            .chain('\u{400}'..'\u{460}')
        {
            if letter == '\u{130}' || letter == '\u{3cf}' {
                continue;
            }
            let plain: String = letter.to_lowercase().collect();

            assert_eq!(fold(&letter.to_string()), plain, "{letter}");
        }
    }
}
