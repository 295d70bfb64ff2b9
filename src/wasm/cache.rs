//! What is kept in the caller's store: the token here, the catalog through catalog-cache.js.
//!
//! A store that fails, throws or hangs fails no call: store.js waits for it a quarter of the call's time at most, and tells nothing
//! of it.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::catalog::Catalog;
use super::client::GiftCardPartners;
use super::driver::Run;
use super::field;
use super::host::now_ms;
use super::number;
use super::options::{CallOptions, CredentialSource};
use super::promise::thrown;
use crate::catalog;
use crate::error::Result;
use crate::flow::Token;
use crate::flow::stored::{self, Age};
use crate::hash::base_text::{base64, from_base64};

#[wasm_bindgen(module = "/pkg-templates/npm/client/store.js")]
extern "C" {
    /// The entry as text, or nothing. `left_ms` is what is left of the call.
    fn look(store: &JsValue, key: &str, left_ms: f64) -> Promise;
    fn keep(store: &JsValue, key: &str, entry: &str, ttl_seconds: f64, left_ms: f64) -> Promise;
}

/// A token of the store, else a new one, which is kept there too. `left_ms` is what the caller has left, who may be less patient
/// than the run.
pub(super) async fn token(run: &Run, was_refused: bool, left_ms: u64) -> Result<Token> {
    let store = run.options().cache.store.as_ref();
    let Some(store) = store.filter(|_| run.options().cache.token) else {
        return run.fetch_token().await;
    };
    // The run keeps them, so that the key and the request speak of one account.
    let key = run.credentials().await?.map(|credentials| {
        let parts = [
            &*run.options().base_url,
            &*credentials.email,
            &*credentials.access_token,
        ];
        stored::key("token", &parts)
    });
    let Some(key) = key else {
        return run.fetch_token().await;
    };
    if !was_refused
        && let Ok(entry) = JsFuture::from(look(store, &key, number::to_js(left_ms))).await
        && let Some(token) = entry
            .as_string()
            .and_then(|entry| Token::open(&key, &entry))
        && token.kept_seconds(number::from_js(now_ms())).is_some()
    {
        return Ok(token);
    }
    let token = run.fetch_token().await?;
    if let Some(seconds) = token.kept_seconds(number::from_js(now_ms())) {
        // Nobody waits for it: the token is at hand.
        let entry = token.seal(&key);
        let _ = keep(
            store,
            &key,
            &entry,
            number::to_js(seconds),
            number::to_js(left_ms),
        );
    }
    Ok(token)
}

#[wasm_bindgen(js_class = GiftCardPartners)]
impl GiftCardPartners {
    /// For catalog-cache.js: `[store, ttlMs, timeoutMs, deadlineMs, email]`; the last is a function where credentials are.
    ///
    /// # Errors
    ///
    /// `ConfigError` for options that cannot be used.
    pub fn cache(&self, options: &JsValue) -> Result<Array, JsValue> {
        let shared = &self.shared.options;
        // Read in JavaScript: what a getter of it throws may tell anything.
        field::option(options, "refresh")?;
        let policy = CallOptions::read(options, shared.policy)
            .map_err(thrown)?
            .policy;
        let deadline_ms = policy.deadline_ms.map_or(f64::INFINITY, number::to_js);
        let email = match &shared.credentials {
            CredentialSource::None => JsValue::UNDEFINED,
            CredentialSource::Fixed(credentials) => JsValue::from_str(&credentials.email),
            CredentialSource::Function(function) => function.into(),
        };
        Ok([
            shared.cache.store.clone().unwrap_or_default(),
            number::to_js(shared.cache.catalog_ttl_ms).into(),
            number::to_js(policy.timeout_ms).into(),
            deadline_ms.into(),
            email,
        ]
        .into_iter()
        .collect())
    }

    /// The key of the catalog for one base URL and one account.
    #[wasm_bindgen(js_name = catalogKey)]
    pub fn catalog_key(&self, email: Option<String>) -> String {
        let parts = [&*self.shared.options.base_url, &*email.unwrap_or_default()];
        stored::key("catalog", &parts)
    }
}

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
