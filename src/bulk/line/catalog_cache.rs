//! What the catalog says of rows: the product that a cell means, and which combinations were taken before.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::{Currency, UNKNOWN};
use crate::bulk::identity::identity;
use crate::catalog::{Catalog, fold};
use crate::sorted::sorted;

/// Combinations that are remembered. A spreadsheet has few.
const REMEMBERED: usize = 256;

/// Products outside the catalog for which a similar name is looked for: each is a look at the whole catalog.
const GUESSES: u8 = 20;

/// The catalog, and what it has taken already.
#[derive(Debug)]
pub(in crate::bulk) struct CatalogCache {
    catalog: Rc<Catalog>,
    taken: Box<[(u128, Currency); REMEMBERED]>,
    guesses: u8,
    /// Hashes of ids and names without case, sorted, each with its id; made when a cell is no id.
    names: Option<Vec<(u128, String)>>,
}

impl CatalogCache {
    pub(in crate::bulk) fn new(catalog: Rc<Catalog>) -> Self {
        Self {
            catalog,
            taken: Box::new([(0, UNKNOWN); REMEMBERED]),
            guesses: GUESSES,
            names: None,
        }
    }

    /// The id that a cell means: itself, or the one product of that id or name in another case.
    pub(in crate::bulk) fn product<'a>(&mut self, cell: Cow<'a, str>) -> Cow<'a, str> {
        if self.catalog.product(&cell).is_some() {
            return cell;
        }
        let names = self.names.get_or_insert_with(|| names(&self.catalog));
        let wanted = identity(fold(&cell).as_bytes());
        let from = names.partition_point(|(name, _)| *name < wanted);
        let mut found = names
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(name, _)| *name == wanted);
        match found.next() {
            Some((_, id)) if found.all(|(_, other)| other == id) => Cow::Owned(id.clone()),
            _ => cell,
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

fn names(catalog: &Catalog) -> Vec<(u128, String)> {
    let mut unsorted = Vec::new();
    for product in catalog.products() {
        for name in [product.id, product.name] {
            unsorted.push((identity(fold(name.trim()).as_bytes()), product.id));
        }
    }
    let at = |index: u32| unsorted.get(usize::try_from(index).ok()?);
    let in_order = sorted(unsorted.len(), &|a, b| at(a).cmp(&at(b)));
    in_order
        .into_iter()
        .filter_map(at)
        .map(|(name, id)| (*name, String::from(*id)))
        .collect()
}

const fn slot(combination: u128) -> usize {
    combination as usize & REMEMBERED.wrapping_sub(1)
}
