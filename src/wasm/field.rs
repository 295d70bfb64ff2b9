//! Single fields of the objects that callers hand in, each read with an error that names it.

#[cfg(feature = "client")]
use alloc::boxed::Box;
#[cfg(feature = "client")]
use alloc::string::String;

#[cfg(feature = "client")]
use js_sys::Function;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[cfg(feature = "client")]
use super::number;
#[cfg(feature = "client")]
use crate::error::{Error, Result};

/// A property of a value; nothing where there is none or where reading it throws.
pub(super) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    if of.is_null() || of.is_undefined() {
        return None;
    }
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// A time above zero; `Infinity` is as long as there is.
#[cfg(feature = "client")]
pub(super) fn milliseconds(options: &JsValue, name: &str) -> Result<Option<u64>> {
    let Some(given) = property(options, name) else {
        return Ok(None);
    };
    match given.as_f64() {
        Some(given) if given > 0.0 => Ok(Some(number::from_js(given).max(1))),
        _ => Err(config(name, " must be a number of milliseconds above 0.")),
    }
}

/// A whole number from 0 among some options.
#[cfg(feature = "client")]
pub(super) fn whole(options: &JsValue, name: &str) -> Result<Option<u64>> {
    let Some(given) = property(options, name) else {
        return Ok(None);
    };
    match given.as_f64().and_then(number::whole) {
        Some(given) => Ok(Some(given)),
        None => Err(config(name, " must be a whole number.")),
    }
}

/// A text among some options.
#[cfg(feature = "client")]
pub(super) fn text(options: &JsValue, name: &str) -> Result<Option<String>> {
    match property(options, name) {
        None => Ok(None),
        Some(given) => given
            .as_string()
            .map(Some)
            .ok_or_else(|| config(name, " must be a text.")),
    }
}

/// A function among some options.
#[cfg(feature = "client")]
pub(super) fn function(options: &JsValue, name: &str) -> Result<Option<Function>> {
    match property(options, name) {
        None => Ok(None),
        Some(given) => given
            .dyn_into()
            .map(Some)
            .map_err(|_| config(name, " must be a function.")),
    }
}

#[cfg(feature = "client")]
#[cold]
#[inline(never)]
fn config(name: &str, wanted: &str) -> Box<Error> {
    Error::config([name, wanted].concat())
}
