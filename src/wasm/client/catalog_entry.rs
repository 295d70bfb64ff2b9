//! The catalog as an entry of the caller's store, for catalog-cache.js.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::catalog;
use crate::flow::catalog_copy::CatalogCopy;
use crate::flow::stored::{self, Age};
use crate::hash::base_text::{base64, from_base64};
use crate::wasm::order::catalog::Catalog;
use crate::wasm::shared::number;

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

    /// What may be done with a copy that was stored then and lacks so many products: 0 where it is fresh, 1: stale, 2: over.
    pub fn age(&self, stored_ms: f64, missing: f64, now_ms: f64, ttl_ms: f64) -> u8 {
        let [now, ttl] = [now_ms, ttl_ms].map(number::from_js);
        match self.copy(stored_ms, missing).age(now, ttl) {
            Age::Fresh => 0,
            Age::Stale => 1,
            Age::Over => 2,
        }
    }

    /// Returns whether that copy takes the place of another one: when that was stored, what it lacks, and its products.
    pub fn replaces(
        &self,
        stored_ms: f64,
        missing: f64,
        kept: Option<Box<[f64]>>,
        now_ms: f64,
        ttl_ms: f64,
    ) -> bool {
        let kept = kept.and_then(|kept| match *kept {
            [stored_ms, missing, products] => Some(copy(stored_ms, missing, products)),
            _ => None,
        });
        let [now, ttl] = [now_ms, ttl_ms].map(number::from_js);
        self.copy(stored_ms, missing).replaces(kept, now, ttl)
    }

    /// For how many seconds that copy goes into the caller's store; nothing where it does not.
    #[wasm_bindgen(js_name = staySeconds)]
    pub fn stay_seconds(&self, missing: f64, ttl_ms: f64) -> Option<f64> {
        let seconds = self
            .copy(0.0, missing)
            .stay_seconds(number::from_js(ttl_ms));
        seconds.map(number::to_js)
    }

    fn copy(&self, stored_ms: f64, missing: f64) -> CatalogCopy {
        copy(stored_ms, missing, number::to_js(self.shared.len() as u64))
    }
}

fn copy(stored_ms: f64, missing: f64, products: f64) -> CatalogCopy {
    let [stored_ms, missing, products] = [stored_ms, missing, products].map(number::from_js);
    CatalogCopy {
        stored_ms,
        products,
        missing,
    }
}
