//! Quotes for JavaScript.

use wasm_bindgen::prelude::*;

use super::{catalog, convert, error};
use crate::order::quote::{Available, Unquoted, quote};

/// Quotes an order against a catalog, and against a balance where there is one.
///
/// # Errors
///
/// `ValidationError` for an order that cannot be sent; `ConfigError` for no catalog, or a balance without `Available`.
#[wasm_bindgen(js_name = quoteOrder, skip_typescript)]
pub fn quote_order(
    input: &JsValue,
    catalog: &JsValue,
    balance: &JsValue,
) -> Result<JsValue, JsValue> {
    let catalog = catalog::given(catalog)?;
    let available = available(balance)?;
    let bytes = convert::order_bytes(input).map_err(|report| error::validation(&report))?;
    let quoted = quote(&bytes, &catalog).map_err(|fault| unquoted(&fault))?;
    convert::parse(&quoted.to_json(available)).ok_or_else(|| error::config("There is no quote."))
}

/// Why there is no quote.
pub(super) fn unquoted(fault: &Unquoted) -> JsValue {
    match fault {
        Unquoted::Invalid(report) => error::validation(report),
        Unquoted::OutOfRange => {
            error::config("The sums are out of range: more money than can be counted.")
        }
    }
}

/// What a balance has to pay with.
pub(super) fn available(balance: &JsValue) -> Result<Option<Available>, JsValue> {
    if balance.is_undefined() || balance.is_null() {
        return Ok(None);
    }
    let json = convert::order_bytes(balance).ok();
    match json.and_then(|json| Available::read(&json)) {
        Some(available) => Ok(Some(available)),
        None => Err(error::config(
            "balance must be an account balance whose Available is a number or a decimal text.",
        )),
    }
}
