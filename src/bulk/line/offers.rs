//! What the catalog says of rows: asked once for each product and value, and remembered.

use alloc::boxed::Box;
use alloc::rc::Rc;

use crate::catalog::Catalog;

/// A code of ISO 4217; zeros where it is not known.
pub(in crate::bulk) type Currency = [u8; 3];

/// No currency.
pub(in crate::bulk) const UNKNOWN: Currency = [0; 3];

/// What a `$` alone is read as, until the catalog says what kind of dollar it is.
pub(in crate::bulk) const DOLLAR: Currency = *b"$  ";

/// What an amount names, as [`crate::bulk::line::amount`] reads it.
pub(in crate::bulk) fn currency_of(named: &str) -> Currency {
    match *named.as_bytes() {
        [] => UNKNOWN,
        [a, b, c] => [a, b, c],
        _ => DOLLAR,
    }
}

/// Combinations that are remembered. A spreadsheet has few.
const REMEMBERED: usize = 256;

/// Products outside the catalog for which a similar name is looked for: each is a look at the whole catalog.
const GUESSES: u8 = 20;

/// The catalog, and what it has taken already.
#[derive(Debug)]
pub(in crate::bulk) struct Offers {
    catalog: Rc<Catalog>,
    taken: Box<[(u128, Currency); REMEMBERED]>,
    guesses: u8,
}

impl Offers {
    pub(in crate::bulk) fn new(catalog: Rc<Catalog>) -> Self {
        Self {
            catalog,
            taken: Box::new([(0, UNKNOWN); REMEMBERED]),
            guesses: GUESSES,
        }
    }

    /// The product's currency, where this combination was taken before.
    pub(in crate::bulk) fn remembered(&self, combination: u128) -> Option<Currency> {
        let (known, currency) = self.taken.get(slot(combination))?;
        (*known == combination).then_some(*currency)
    }

    /// Remembers a combination that the validator took.
    pub(in crate::bulk) fn remember(&mut self, combination: u128, currency: Currency) {
        if let Some(place) = self.taken.get_mut(slot(combination)) {
            *place = (combination, currency);
        }
    }

    /// The currency that a product is sold in.
    pub(in crate::bulk) fn currency(&self, product: &str) -> Currency {
        let product = self.catalog.product(product);
        let code = product.and_then(|product| product.currency.as_bytes().try_into().ok());
        code.unwrap_or(UNKNOWN)
    }

    /// The catalog to check a line with; nothing where its product is one too many to look for a similar one.
    pub(in crate::bulk) fn catalog_for(&mut self, product: &str) -> Option<Rc<Catalog>> {
        if self.catalog.product(product).is_none() {
            self.guesses = self.guesses.checked_sub(1)?;
        }
        Some(self.catalog.clone())
    }
}

const fn slot(combination: u128) -> usize {
    combination as usize & REMEMBERED.wrapping_sub(1)
}

/// What a cell names under a header that names a currency as well; nothing where they cannot mean the same.
pub(in crate::bulk) fn named(cell: Currency, header: Currency) -> Option<Currency> {
    if cell != UNKNOWN && agree(header, cell) {
        return Some(cell);
    }
    agree(cell, header).then_some(header)
}

/// Whether a cell can mean the currency that its product is sold in.
pub(in crate::bulk) fn agree(named: Currency, sold: Currency) -> bool {
    let is_dollar = |code: Currency| {
        code[2] == b'D' && code != *b"JOD" && code != *b"KWD" && code != *b"BHD" || code == *b"MXN"
    };
    named == UNKNOWN || sold == UNKNOWN || named == sold || named == DOLLAR && is_dollar(sold)
}
