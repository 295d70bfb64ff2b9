//! Waiting for a promise, but not for ever: until a time, or until the caller's signal.
//!
//! It waits on one JavaScript promise instead of racing Rust futures: a future over a promise that never settles would never be freed.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use crate::wasm::shared::number;

#[wasm_bindgen(module = "/pkg-templates/npm/shared/wait.js")]
extern "C" {
    /// `[how, value]`, and never a rejection.
    #[wasm_bindgen(catch)]
    fn waited(promise: &JsValue, ms: f64, signal: Option<&AbortSignal>)
    -> Result<Promise, JsValue>;
}

/// How a wait ended.
pub(super) enum Waited {
    /// The promise settled.
    Settled(Result<JsValue, JsValue>),
    /// The time was up.
    TimedOut,
    /// The caller's signal.
    Aborted,
}

/// Waits for a promise, so many milliseconds or the signal. The promise's own end goes first where both have come.
pub(super) async fn settled(promise: &Promise, ms: u64, signal: Option<&AbortSignal>) -> Waited {
    end_of(waited(promise, number::to_js(ms), signal)).await
}

/// Waits so many milliseconds; returns whether the signal came first.
pub(super) async fn is_aborted(ms: u64, signal: Option<&AbortSignal>) -> bool {
    let end = end_of(waited(&JsValue::UNDEFINED, number::to_js(ms), signal));
    matches!(end.await, Waited::Aborted)
}

/// The numbers are those of wait.js.
async fn end_of(wait: Result<Promise, JsValue>) -> Waited {
    let end = match wait {
        Ok(wait) => JsFuture::from(wait).await,
        Err(fault) => Err(fault),
    };
    let end: Array = match end {
        Ok(end) => end.unchecked_into(),
        Err(fault) => return Waited::Settled(Err(fault)),
    };
    match end.get(0).as_f64().map(number::from_js) {
        Some(0) => Waited::Settled(Ok(end.get(1))),
        Some(1) => Waited::Settled(Err(end.get(1))),
        Some(2) => Waited::TimedOut,
        _ => Waited::Aborted,
    }
}
