//! Values across the boundary: large ones as bytes, objects through the engine's own `JSON`.

use alloc::string::String;
use alloc::vec::Vec;
use js_sys::{ArrayBuffer, JsString, Uint8Array};
use wasm_bindgen::prelude::*;

use super::number;
use crate::json::{self, ErrorKind};
use crate::order::{IssueCode, Param, ValidationReport, limits, unpack};

#[wasm_bindgen(module = "/pkg-templates/npm/crossing.js")]
extern "C" {
    fn utf8(text: &JsString) -> Uint8Array;

    #[wasm_bindgen(js_name = parse, catch)]
    fn parse_utf8(json: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = plainReport)]
    pub(super) fn plain_report(line_count: f64, whole: f64, fraction: f64, decimals: u8)
    -> JsValue;
}

#[wasm_bindgen(module = "/pkg-templates/npm/packer.js")]
extern "C" {
    /// An order of many lines, packed; nothing of anything else.
    fn pack(order: &JsValue) -> Option<Uint8Array>;
}

#[wasm_bindgen(module = "/pkg-templates/npm/input.js")]
extern "C" {
    /// Throws where JSON.stringify does.
    #[wasm_bindgen(js_name = toJson, catch)]
    fn to_json(input: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// Throws for half a surrogate pair.
    #[wasm_bindgen(js_name = encodeURIComponent, catch)]
    fn encode_uri_component(text: &JsString) -> Result<JsString, JsValue>;
}

/// The bytes of an order given as text, as bytes, or as an object.
///
/// # Errors
///
/// A report, where it is none of these or too large to read.
pub(super) fn order_bytes(input: &JsValue) -> Result<Vec<u8>, ValidationReport> {
    // The common case, with as few calls into JavaScript as can be.
    if let Some(bytes) = input.dyn_ref::<Uint8Array>() {
        return match bytes.length() as usize {
            // A detached one throws when it is read.
            0 => Ok(Vec::new()),
            length if length > limits::INPUT => Err(ValidationReport::too_large()),
            _ => Ok(bytes.to_vec()),
        };
    }
    if let Some(view) = as_bytes(input) {
        return if view.length() as usize > limits::INPUT {
            Err(ValidationReport::too_large())
        } else {
            Ok(view.to_vec())
        };
    }
    if let Some(text) = input.dyn_ref::<JsString>() {
        return text_bytes(text);
    }
    if let Some(packed) = pack(input)
        && let Some(bytes) = unpack(&packed.to_vec())
    {
        return Ok(bytes);
    }
    // An object that holds itself, a BigInt, or a `toJSON` or a getter that throws: what it threw may hold data.
    match json(input) {
        Some(text) => text_bytes(&text),
        None => Err(ValidationReport::refusal(
            IssueCode::InvalidJson,
            "cannot be written as JSON: it is no object, holds itself, or holds a BigInt or a function that throws.",
            ("reason", Param::Text("no JSON can be made of it")),
        )),
    }
}

/// The JSON of a value, if any: a text of an object that JSON does not know, such as a Map.
pub(super) fn json(input: &JsValue) -> Option<JsString> {
    to_json(input).ok()?.dyn_into().ok()
}

/// An object of a text that is JSON already.
pub(super) fn parse(json: &[u8]) -> Option<JsValue> {
    parse_utf8(json).ok()
}

/// A copy that JavaScript owns. A `Vec` that is handed out is cut to its length first, and that may copy it once more.
pub(super) fn to_bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

/// A view of any kind, or a buffer, as bytes; none of a detached one, which throws when it is read.
pub(super) fn as_bytes(input: &JsValue) -> Option<Uint8Array> {
    let none = || Some(Uint8Array::new_with_length(0));
    if let Some(bytes) = input.dyn_ref::<Uint8Array>() {
        return match bytes.length() {
            0 => none(),
            _ => Some(bytes.clone()),
        };
    }
    if ArrayBuffer::is_view(input) {
        let field = |name: &str| js_sys::Reflect::get(input, &name.into()).ok();
        let place = |name: &str| u32::try_from(number::from_js(field(name)?.as_f64()?)).ok();
        return Some(Uint8Array::new_with_byte_offset_and_length(
            &field("buffer")?,
            place("byteOffset")?,
            place("byteLength")?,
        ));
    }
    let buffer = input.dyn_ref::<ArrayBuffer>()?;
    match buffer.byte_length() {
        0 => none(),
        _ => Some(Uint8Array::new(buffer)),
    }
}

/// A text that is whole: half a surrogate pair would become what another half becomes too.
pub(super) fn whole_text(value: &JsValue) -> Option<String> {
    let bytes = text_bytes(value.dyn_ref()?).ok()?;
    String::from_utf8(bytes).ok()
}

pub(super) fn text_bytes(text: &JsString) -> Result<Vec<u8>, ValidationReport> {
    if text.length() as usize > limits::INPUT {
        return Err(ValidationReport::too_large());
    }
    let bytes = utf8(text).to_vec();
    // Half a surrogate pair would silently become U+FFFD on its way here.
    if json::has_replacement(&bytes) && encode_uri_component(text).is_err() {
        return Err(ValidationReport::refusal(
            IssueCode::InvalidJson,
            "is not JSON: half of a surrogate pair.",
            ("reason", Param::Text(ErrorKind::LoneSurrogate.as_str())),
        ));
    }
    Ok(bytes)
}
