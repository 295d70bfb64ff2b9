//! Headers that the caller gives: checked before they reach the platform, whose own complaint would quote them.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use crate::error::{Error, Result};

/// Names and values of headers.
pub(super) type Headers = Vec<(String, String)>;

/// Reads an object of names and values.
pub(super) fn read(given: &JsValue) -> Result<Headers> {
    let invalid = || Box::new(Error::config("headers must be an object of texts."));
    let Some(object) = given.dyn_ref::<Object>().filter(|_| given.is_object()) else {
        return Err(invalid());
    };
    Object::entries(object)
        .iter()
        .map(|entry| {
            let pair: Array = entry.dyn_into().map_err(|_| invalid())?;
            let name = pair.get(0).as_string().ok_or_else(invalid)?;
            let value = pair.get(1).as_string().ok_or_else(invalid)?;
            if !is_name(&name) || !is_value(&value) {
                return Err(Box::new(Error::config(
                    "headers has a name or a value that is no HTTP header: line breaks and letters outside ASCII are not allowed.",
                )));
            }
            Ok((name, value))
        })
        .collect()
}

/// Whether a text is a token of RFC 9110.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Whether a text can be a header's value in every runtime.
pub(super) fn is_value(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() || byte == b' ')
}
