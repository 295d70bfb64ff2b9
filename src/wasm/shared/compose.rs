//! The host's tables of Unicode.

use alloc::string::String;
use js_sys::JsString;

/// Normalises a text to its composed form, as `crate::compose` asks for it.
pub(crate) fn compose(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}
