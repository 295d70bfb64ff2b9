//! What the quotes of orders and of campaigns have in common.

use wasm_bindgen::prelude::*;

use super::{convert, error};
use crate::error::{Error, Kind};
use crate::order::quote::Available;

/// Why there is no quote.
pub(super) fn unquoted(fault: &Error) -> JsValue {
    match (fault.kind, &fault.report) {
        (Kind::Validation, Some(report)) => error::validation(report),
        _ => error::config(&fault.message),
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
