//! The caller's store.
//!
//! One that fails, throws or hangs fails no call: store.js waits for it a quarter of the call's time at most, and tells nothing of it.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub(super) use crate::flow::stored::key;
use crate::wasm::shared::number;

#[wasm_bindgen(module = "/pkg-templates/npm/client/store.js")]
extern "C" {
    #[wasm_bindgen(js_name = look)]
    fn begin_look(store: &JsValue, key: &str, left_ms: f64) -> Promise;
    #[wasm_bindgen(js_name = keep)]
    fn begin_keep(store: &JsValue, key: &str, entry: &str, seconds: f64, left_ms: f64) -> Promise;
}

/// The entry as text, or nothing. `left_ms` is what is left of the call.
pub(super) async fn look(store: &JsValue, key: &str, left_ms: u64) -> Option<String> {
    let found = JsFuture::from(begin_look(store, key, number::to_js(left_ms)));
    found.await.ok()?.as_string()
}

/// Keeps an entry for so many seconds. Nobody waits for it.
pub(super) fn keep(store: &JsValue, key: &str, entry: &str, seconds: u64, left_ms: u64) {
    let _ = begin_keep(
        store,
        key,
        entry,
        number::to_js(seconds),
        number::to_js(left_ms),
    );
}
