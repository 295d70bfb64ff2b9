//! Values across the boundary: large ones as bytes, objects through the engine's own `JSON`.

use alloc::string::String;
use alloc::vec::Vec;
use js_sys::{JsString, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::json::ErrorKind;
use crate::order::{IssueCode, Param, ValidationReport, limits};

#[wasm_bindgen(module = "/pkg-templates/npm/shared/bytes-and-json.js")]
extern "C" {
    /// The bytes of a text, of a view or a buffer, or of the JSON of an object; one of the numbers below where there are none.
    #[wasm_bindgen(js_name = bytesOf)]
    fn bytes_of(input: &JsValue) -> JsValue;
    /// A view or a buffer as bytes; nothing of anything else.
    #[wasm_bindgen(js_name = viewOf)]
    pub(crate) fn as_bytes(input: &JsValue) -> Option<Uint8Array>;

    #[wasm_bindgen(js_name = parse, catch)]
    fn parse_utf8(json: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = cleanReport)]
    pub(crate) fn clean_report(line_count: f64, whole: f64, fraction: f64, decimals: u8)
    -> JsValue;
}

#[cfg(feature = "bulk")]
#[wasm_bindgen(module = "/pkg-templates/npm/shared/input.js")]
extern "C" {
    /// Throws where JSON.stringify does.
    #[wasm_bindgen(js_name = toJson, catch)]
    fn to_json(input: &JsValue) -> Result<JsValue, JsValue>;
}

/// `bytesOf` of a text with half a surrogate pair, which would become what another half becomes too.
const HALF_A_PAIR: f64 = 1.0;
/// `bytesOf` of an object that JSON does not know, such as a Map.
const NO_DATA: f64 = 2.0;

/// The bytes of an order given as text, as bytes, or as an object.
///
/// # Errors
///
/// A report, where it is none of these or too large to read.
pub(crate) fn order_bytes(input: &JsValue) -> Result<Vec<u8>, ValidationReport> {
    let made = bytes_of(input);
    match made.as_f64() {
        None => {
            let bytes: &Uint8Array = made.unchecked_ref();
            if bytes.length() as usize > limits::INPUT {
                return Err(ValidationReport::too_large());
            }
            Ok(bytes.to_vec())
        }
        Some(HALF_A_PAIR) => Err(ValidationReport::refusal(
            IssueCode::InvalidJson,
            "is not JSON: half of a surrogate pair.",
            &[("reason", Param::Text(ErrorKind::LoneSurrogate.as_str()))],
        )),
        Some(NO_DATA) => Err(ValidationReport::refusal(
            IssueCode::InvalidType,
            "must be an object with fields of its own, not one that JSON knows nothing of, such as a Map or a promise.",
            &[
                ("expected", Param::Text("object")),
                ("received", Param::Text("object")),
            ],
        )),
        Some(_) if input.is_undefined() => Err(ValidationReport::missing()),
        // An object that holds itself, a BigInt, or a `toJSON` or a getter that throws: what it threw may hold data.
        Some(_) => Err(ValidationReport::refusal(
            IssueCode::InvalidJson,
            "cannot be written as JSON: it is no object, holds itself, or holds a BigInt or a function that throws.",
            &[("reason", Param::Text("no JSON can be made of it"))],
        )),
    }
}

/// The JSON of a value, if any: a text of an object that JSON does not know, such as a Map.
#[cfg(feature = "bulk")]
pub(crate) fn json(input: &JsValue) -> Option<JsString> {
    to_json(input).ok()?.dyn_into().ok()
}

/// An object of a text that is JSON already.
pub(crate) fn parse(json: &[u8]) -> Option<JsValue> {
    parse_utf8(json).ok()
}

/// A copy that JavaScript owns. A `Vec` that is handed out is cut to its length first, and that may copy it once more.
pub(crate) fn to_bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

/// A text that is whole: half a surrogate pair would become what another half becomes too.
pub(crate) fn whole_text(value: &JsValue) -> Option<String> {
    let bytes = text_bytes(value.dyn_ref()?).ok()?;
    String::from_utf8(bytes).ok()
}

pub(crate) fn text_bytes(text: &JsString) -> Result<Vec<u8>, ValidationReport> {
    order_bytes(text)
}
