//! The body of a notification, on its way to an order's id.

use wasm_bindgen::prelude::*;

use super::transport;
use crate::api::webhook;
use crate::error::{Error, Kind, Result};
use crate::wasm::shared::convert;

/// The id of the order that a notification names, from what reading its body came to.
#[inline(never)]
pub(super) fn order_id(read: Result<JsValue, JsValue>) -> Result<JsValue> {
    let bytes = read.map_err(|fault| {
        let mut error = Error::new(Kind::Network);
        error.cause = Some(transport::cause(&fault));
        error.with_message("The body of the notification could not be read.")
    })?;
    let payload = convert::as_bytes(&bytes).filter(|bytes| bytes.length() <= webhook::LARGEST);
    let payload = payload.ok_or_else(|| {
        Error::new(Kind::Decode).with_message("The notification is larger than 1 MB.")
    })?;
    let id = webhook::order_id(&payload.to_vec());
    Ok(id.map_or(JsValue::UNDEFINED, JsValue::from))
}
