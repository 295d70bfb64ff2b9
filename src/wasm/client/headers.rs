//! Headers that the caller gives: checked before they reach the platform, whose own complaint would quote them.

use gloo_net::http::Headers;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::error::{Error, Result};

#[wasm_bindgen(module = "/pkg-templates/npm/client/header-pairs.js")]
extern "C" {
    /// Throws for what holds no pairs, and what a getter of it throws.
    #[wasm_bindgen(js_name = pairsOf, catch)]
    fn pairs_of(given: &JsValue) -> core::result::Result<Array, JsValue>;
}

/// Reads names and values, of an object or as pairs: each is checked.
pub(super) fn read(given: &JsValue) -> Result<Array> {
    let invalid =
        || Error::config("headers must be an object of texts, Headers, or pairs of texts.");
    let entries = pairs_of(given).map_err(|_| invalid())?;
    for index in 0..entries.length() {
        let (Some(name), Some(value)) = pair(&entries, index) else {
            return Err(invalid());
        };
        if !is_name(&name) || !is_value(&value) {
            return Err(Error::config(
                "headers has a name or a value that is no HTTP header: line breaks and letters outside ASCII are not allowed.",
            ));
        }
    }
    Ok(entries)
}

/// Sets each of them: of two of one name the last one counts.
pub(super) fn add(entries: &Array, headers: &Headers) {
    for index in 0..entries.length() {
        if let (Some(name), Some(value)) = pair(entries, index) {
            headers.set(&name, &value);
        }
    }
}

fn pair(entries: &Array, index: u32) -> (Option<String>, Option<String>) {
    let entry: Array = entries.get(index).unchecked_into();
    (entry.get(0).as_string(), entry.get(1).as_string())
}

/// Returns whether a text is a token of RFC 9110.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~'))
}

/// Returns whether a text can be a header's value in every runtime.
pub(super) fn is_value(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() || byte == b' ')
}
