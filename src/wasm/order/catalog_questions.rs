//! What programs ask a catalog.

use alloc::string::String;

use js_sys::{JSON, Uint8Array};
use wasm_bindgen::prelude::*;

use super::catalog::Catalog;
use crate::catalog::{Query, fold};
use crate::json::Writer;
use crate::money::{Amount, AmountError, Decimals};
use crate::wasm::shared::{convert, error, field, number};

#[wasm_bindgen(js_class = Catalog)]
impl Catalog {
    /// The index.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Uint8Array {
        Uint8Array::from(self.shared.as_bytes())
    }

    /// The hash of what is kept.
    #[wasm_bindgen(getter)]
    pub fn hash(&self) -> String {
        self.shared.hash()
    }

    /// Returns how many products there are.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.shared.len()
    }

    /// The product of that id.
    pub fn product(&self, id: &JsValue) -> JsValue {
        let found = id.as_string().and_then(|id| {
            let mut json = Writer::new();
            self.shared.product(&id)?.write(&mut json);
            convert::parse(&json.into_bytes())
        });
        found.unwrap_or_default()
    }

    /// The products that a query asks for.
    ///
    /// # Errors
    ///
    /// `ConfigError` for a query that cannot be used.
    pub fn search(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        let query = read_query(query)?;
        let mut json = Writer::new();
        json.array();
        for product in self.shared.search(&query) {
            product.write(&mut json);
        }
        json.close_array();
        convert::parse(&json.into_bytes()).ok_or_else(|| error::config("search: no result."))
    }
}

fn read_query(given: &JsValue) -> Result<Query, JsValue> {
    let wrong = |name: &str, wanted: &str| error::config(&["search: ", name, wanted].concat());
    if given.is_undefined() {
        return Ok(Query::default());
    }
    if !given.is_object() {
        return Err(wrong("the query", " must be an object."));
    }
    let text = |name: &str| match field::option(given, name)? {
        None => Ok(None),
        Some(value) => match value.as_string() {
            Some(text) => Ok(Some(text)),
            None => Err(wrong(name, " must be a text.")),
        },
    };
    let mut query = Query {
        text: text("text")?.map(|text| fold(&text)),
        amount: None,
        delivery_type: text("deliveryType")?,
        currency: text("currency")?,
        product_type: text("type")?,
        limit: None,
    };
    if let Some(limit) = field::option(given, "limit")? {
        let limit = limit.as_f64().and_then(number::whole);
        let limit = limit.ok_or_else(|| wrong("limit", " must be a whole number from 0."))?;
        query.limit = usize::try_from(limit).ok();
    }
    if let Some(amount) = field::option(given, "amount")? {
        match Amount::parse_in(Decimals::Three, decimal(&amount).trim()) {
            Ok(amount) => query.amount = Some(amount),
            Err(AmountError::NotANumber) => {
                return Err(wrong(
                    "amount",
                    " must be a number, or a decimal text such as \"25.00\".",
                ));
            }
            // It is a number, and no card has it.
            Err(_) => query.limit = Some(0),
        }
    }
    Ok(query)
}

/// A text as it is, a number as its shortest text.
fn decimal(value: &JsValue) -> String {
    match value.as_string() {
        Some(text) => text,
        None if value.as_f64().is_some() => {
            JSON::stringify(value).map(String::from).unwrap_or_default()
        }
        None => String::new(),
    }
}
