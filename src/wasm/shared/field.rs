//! Single fields of the objects that callers hand in, each read with an error that names it.

#[cfg(feature = "client")]
use alloc::boxed::Box;
#[cfg(feature = "client")]
use alloc::string::String;

#[cfg(feature = "client")]
use js_sys::Function;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::error;
#[cfg(feature = "client")]
use super::number;
#[cfg(feature = "client")]
use crate::error::{Error, Result};

/// The name of an option that cannot be read: its getter throws, or it is asked of what is no object. Taken for absent, a limit or a
/// signal would be none. What was thrown may hold anything, and is dropped.
pub(crate) struct Unreadable<'a>(&'a str);

const UNREADABLE: &str =
    " cannot be read: options belong into an object, and no getter of it may throw.";

impl From<Unreadable<'_>> for JsValue {
    #[cold]
    #[inline(never)]
    fn from(Unreadable(name): Unreadable<'_>) -> Self {
        error::config(&[name, UNREADABLE].concat())
    }
}

#[cfg(feature = "client")]
impl From<Unreadable<'_>> for Box<Error> {
    fn from(Unreadable(name): Unreadable<'_>) -> Self {
        config(name, UNREADABLE)
    }
}

/// One of the options of a caller; nothing where it is undefined or null, or there are no options: what is false (`condition && { … }`)
/// and a number (the index that `orders.map(validateOrder)` gives) are none.
#[inline(never)]
pub(crate) fn option<'a>(
    options: &JsValue,
    name: &'a str,
) -> core::result::Result<Option<JsValue>, Unreadable<'a>> {
    if options.is_falsy() || options.as_f64().is_some() {
        return Ok(None);
    }
    match Reflect::get(options, &JsValue::from_str(name)) {
        Ok(value) => Ok(Some(value).filter(|value| !is_absent(value))),
        Err(_) => Err(Unreadable(name)),
    }
}

/// The same of what is no option: nothing also where reading it throws.
#[cfg(feature = "client")]
pub(crate) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    option(of, name).ok().flatten()
}

fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// A yes or a no; without one it is no. A text such as `"false"` is neither.
#[cfg(feature = "client")]
pub(crate) fn boolean(options: &JsValue, name: &str) -> Result<bool> {
    match option(options, name)? {
        None => Ok(false),
        Some(given) => given
            .as_bool()
            .ok_or_else(|| config(name, " must be true or false.")),
    }
}

/// A time above zero; `Infinity` is as long as there is.
#[cfg(feature = "client")]
pub(crate) fn milliseconds(options: &JsValue, name: &str) -> Result<Option<u64>> {
    let Some(given) = option(options, name)? else {
        return Ok(None);
    };
    match given.as_f64() {
        Some(given) if given > 0.0 => Ok(Some(number::from_js(given).max(1))),
        _ => Err(config(name, " must be a number of milliseconds above 0.")),
    }
}

/// A whole number from 0 among some options.
#[cfg(feature = "client")]
pub(crate) fn whole(options: &JsValue, name: &str) -> Result<Option<u64>> {
    let Some(given) = option(options, name)? else {
        return Ok(None);
    };
    match given.as_f64().and_then(number::whole) {
        Some(given) => Ok(Some(given)),
        None => Err(config(name, " must be a whole number.")),
    }
}

/// A text among some options.
#[cfg(feature = "client")]
pub(crate) fn text(options: &JsValue, name: &str) -> Result<Option<String>> {
    match option(options, name)? {
        None => Ok(None),
        Some(given) => given
            .as_string()
            .map(Some)
            .ok_or_else(|| config(name, " must be a text.")),
    }
}

/// A function among some options.
#[cfg(feature = "client")]
pub(crate) fn function(options: &JsValue, name: &str) -> Result<Option<Function>> {
    match option(options, name)? {
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
