//! The catalog as an entry of the caller's store, for catalog-cache.js.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::catalog::Catalog;
use super::number;
use crate::catalog;
use crate::flow::stored::{self, Age};
use crate::hash::base_text::{base64, from_base64};

#[wasm_bindgen(js_class = Catalog)]
impl Catalog {
    /// The catalog as an entry of the caller's store.
    pub fn seal(&self, key: &str, stored_ms: f64) -> String {
        let payload = base64(self.shared.as_bytes());
        stored::seal(key, number::from_js(stored_ms), &payload)
    }

    /// `[catalog, storedAt]` of an entry; nothing where it cannot be trusted.
    pub fn open(key: &str, entry: &str) -> Option<Array> {
        let (stored_ms, payload) = stored::open(key, entry)?;
        let catalog = catalog::Catalog::read(from_base64(payload)?).ok()?;
        let handle = JsValue::from(Self::new(catalog));
        Some(Array::of2(&handle, &number::to_js(stored_ms).into()))
    }

    /// 0: fresh, 1: stale, 2: over.
    pub fn age(stored_ms: f64, now_ms: f64, ttl_ms: f64) -> u8 {
        let [stored, now, ttl] = [stored_ms, now_ms, ttl_ms].map(number::from_js);
        match Age::of(stored, now, ttl) {
            Age::Fresh => 0,
            Age::Stale => 1,
            Age::Over => 2,
        }
    }
}
