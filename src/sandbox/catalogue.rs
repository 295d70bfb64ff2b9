//! The products that the sandbox sells, and the search through them.
//!
//! The brands of `products.json` are invented: no name, mark or picture of a real one may ever stand there. The first
//! product is digital, Fixed, offers Links, and the default funds cover it; examples rely on that.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use super::answer::Draft;
use super::http::Request;
use super::json::read;
use super::option_values::OptionsError;
use super::page::Lists;
use super::product::{Product, place};

const INVENTED: &str = include_str!("products.json");

/// Products in the order of their list.
#[derive(Clone, Debug)]
pub(super) struct Catalogue {
    products: Vec<Product>,
    by_id: BTreeMap<String, usize>,
}

impl Catalogue {
    /// A catalogue of these products, or of the invented ones.
    pub(super) fn new(documents: Option<Vec<Value>>) -> Result<Self, OptionsError> {
        let documents = match documents {
            Some(documents) => documents,
            None => match read(INVENTED.as_bytes()) {
                Ok(Value::Array(products)) => products,
                _ => return Err(OptionsError::new("products", "an array of products")),
            },
        };
        let mut catalogue = Self {
            products: Vec::with_capacity(documents.len()),
            by_id: BTreeMap::new(),
        };
        for (index, document) in documents.into_iter().enumerate() {
            let product = Product::read(document, &place(index))?;
            if catalogue.by_id.insert(product.id.clone(), index).is_some() {
                let field = format!("{}.Id", place(index));
                return Err(OptionsError::new(field, "an id that no other product has"));
            }
            catalogue.products.push(product);
        }
        Ok(catalogue)
    }

    pub(super) fn product(&self, id: &str) -> Option<&Product> {
        self.by_id
            .get(id)
            .and_then(|index| self.products.get(*index))
    }

    /// `GET /v1/Products`: names and descriptions match in part and in any case, types as a whole.
    pub(super) fn list(&self, request: &Request<'_>, lists: Lists) -> Draft {
        let name = request.parameter("productName");
        let description = request.parameter("productDescription");
        let kind = request.parameter("productType");
        let found: Vec<&Product> = self
            .products
            .iter()
            .filter(|product| {
                let text = |key| {
                    let value = product.document.get(key).and_then(Value::as_str);
                    value.unwrap_or("")
                };
                let in_description = |part: &String| {
                    holds(text("ShortDescription"), part) || holds(text("LongDescription"), part)
                };
                name.as_ref().is_none_or(|part| holds(text("Name"), part))
                    && description.as_ref().is_none_or(in_description)
                    && kind
                        .as_ref()
                        .is_none_or(|kind| text("Type").eq_ignore_ascii_case(kind))
            })
            .collect();
        lists.answer(request, found.into_iter(), |product| {
            product.document.clone()
        })
    }

    /// `GET /v1/Products/{id}`.
    pub(super) fn show(&self, id: &str) -> Draft {
        match self.product(id) {
            Some(product) => Draft::ok(product.document.clone()),
            None => Draft::error(404, "There is no product with this id."),
        }
    }
}

/// Returns whether a text has a part in it, in any (ASCII) case.
fn holds(text: &str, part: &str) -> bool {
    text.as_bytes()
        .windows(part.len().max(1))
        .any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}
