//! What the quotes of orders and of campaigns have in common.

use wasm_bindgen::prelude::*;

use crate::order::quote::{Available, Unquoted};
use crate::wasm::shared::{convert, error};

/// Returns why there is no quote.
pub(crate) fn unquoted(fault: &Unquoted) -> JsValue {
    match fault {
        Unquoted::Invalid(report) => error::validation(report),
        Unquoted::OutOfRange => {
            error::config("The sums are out of range: more money than can be counted.")
        }
    }
}

/// What a balance has to pay with.
pub(crate) fn available(balance: &JsValue) -> Result<Option<Available>, JsValue> {
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
