//! What is kept in the caller's store: the token here, the catalog through catalog-cache.js.
//!
//! A store that fails, throws or hangs fails no call: store.js waits for it a second at most and tells nothing of it.

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
use crate::base_text::{base64, from_base64};
use crate::catalog;
use crate::error::Result;
use crate::flow::Token;
use crate::flow::stored::{self, Age};

/// KV refuses to keep anything for less.
const SHORTEST_MS: u64 = 60_000;

#[wasm_bindgen(module = "/pkg-templates/npm/store.js")]
extern "C" {
    /// The entry as text, or nothing.
    fn look(store: &JsValue, key: &str) -> Promise;
    fn keep(store: &JsValue, key: &str, entry: &str, ttl_seconds: f64) -> Promise;
}

/// A token of the store, else a new one, which is kept there too.
pub(super) async fn token(run: &Run, was_refused: bool) -> Result<Token> {
    let store = run.options().cache.store.as_ref();
    let Some(store) = store.filter(|_| run.options().cache.token) else {
        return run.fetch_token().await;
    };
    // Without credentials there is no key; asking for the token will say why.
    let credentials = run.credentials().await.ok().flatten();
    let key = credentials.map(|credentials| {
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
        && let Ok(entry) = JsFuture::from(look(store, &key)).await
        && let Some(token) = entry
            .as_string()
            .and_then(|entry| Token::open(&key, &entry))
        && token.left_ms(number::from_js(now_ms())) >= SHORTEST_MS
    {
        return Ok(token);
    }
    let token = run.fetch_token().await?;
    let left_ms = token.left_ms(number::from_js(now_ms()));
    if left_ms >= SHORTEST_MS {
        // Nobody waits for it: the token is at hand.
        let _ = keep(
            store,
            &key,
            &token.seal(&key),
            number::to_js(left_ms / 1_000),
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
    #[wasm_bindgen(js_name = __cache)]
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
    #[wasm_bindgen(js_name = __catalogKey)]
    pub fn catalog_key(&self, email: Option<String>) -> String {
        let parts = [&*self.shared.options.base_url, &*email.unwrap_or_default()];
        stored::key("catalog", &parts)
    }
}

#[wasm_bindgen(js_class = Catalog)]
impl Catalog {
    /// The catalog as an entry of the caller's store.
    #[wasm_bindgen(js_name = __seal)]
    pub fn seal(&self, key: &str, stored_ms: f64) -> String {
        let payload = base64(self.shared.as_bytes());
        stored::seal(key, number::from_js(stored_ms), &payload)
    }

    /// `[catalog, storedAt]` of an entry; nothing where it cannot be trusted.
    #[wasm_bindgen(js_name = __open)]
    pub fn open(key: &str, entry: &str) -> Option<Array> {
        let (stored_ms, payload) = stored::open(key, entry)?;
        let catalog = catalog::Catalog::read(from_base64(payload)?).ok()?;
        let handle = JsValue::from(Self::new(catalog));
        Some(Array::of2(&handle, &number::to_js(stored_ms).into()))
    }

    /// 0: fresh, 1: stale, 2: over.
    #[wasm_bindgen(js_name = __age)]
    pub fn age(stored_ms: f64, now_ms: f64, ttl_ms: f64) -> u8 {
        let [stored, now, ttl] = [stored_ms, now_ms, ttl_ms].map(number::from_js);
        match Age::of(stored, now, ttl) {
            Age::Fresh => 0,
            Age::Stale => 1,
            Age::Over => 2,
        }
    }
}
