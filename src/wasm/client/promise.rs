//! Promises that the package hands out.

use core::future::Future;
use core::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::error::{Error, Result};
use crate::wasm::shared::error;

#[wasm_bindgen(module = "/pkg-templates/npm/shared/trap.js")]
extern "C" {
    /// A trap would leave the promise waiting for ever. `catch`, so that wasm-bindgen's JavaScript calls it and not the wasm
    /// itself, which imports from one module alone.
    #[wasm_bindgen(js_name = untilStopped, catch)]
    fn until_stopped(promise: &Promise) -> core::result::Result<Promise, JsValue>;
}

/// A promise of what a future ends with. The future is boxed: each type of its own would cost a kilobyte of glue.
pub(super) fn promised(future: Pin<Box<dyn Future<Output = Result<JsValue>>>>) -> Promise {
    let promise = future_to_promise(async move { future.await.map_err(thrown) });
    until_stopped(&promise).unwrap_or(promise)
}

/// The exception that an error is.
#[cold]
#[inline(never)]
#[expect(
    clippy::boxed_local,
    reason = "errors travel boxed; unboxed here, once, instead of at each caller"
)]
pub(super) fn thrown(fault: Box<Error>) -> JsValue {
    error::to_js(*fault)
}
