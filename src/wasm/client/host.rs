//! What the package finds around it.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::wasm::shared::field::property;
use crate::wasm::shared::number;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL_THIS: JsValue;
}

/// The global object. Not `js_sys::global`: that prefers `self` and `window`, which in Node may be somebody's shim, without a
/// `fetch`.
pub(super) fn global() -> JsValue {
    GLOBAL_THIS.with(JsValue::clone)
}

/// Returns whether this is a browser: a page, or a worker of one. A key that is here can be read by whoever opens the developer tools.
pub(super) fn is_browser() -> bool {
    let global = global();
    let page = property(&global, "window").and_then(|window| property(&window, "document"));
    page.is_some() || is_worker_scope(&global) && !is_server(&global)
}

fn is_worker_scope(global: &JsValue) -> bool {
    let class = property(global, "WorkerGlobalScope");
    let scope = property(global, "self");
    match (
        class
            .as_ref()
            .and_then(|class| class.dyn_ref::<js_sys::Function>()),
        scope,
    ) {
        (Some(class), Some(scope)) => class.prototype_chain_of(&scope),
        _ => false,
    }
}

trait HasInstance {
    fn prototype_chain_of(&self, value: &JsValue) -> bool;
}

impl HasInstance for js_sys::Function {
    /// `value instanceof self`.
    fn prototype_chain_of(&self, value: &JsValue) -> bool {
        let Some(prototype) = property(self, "prototype") else {
            return false;
        };
        let mut next = value.clone();
        while next.is_object() || next.is_function() {
            let Ok(parent) = Reflect::get_prototype_of(&next) else {
                return false;
            };
            let parent: JsValue = parent.into();
            if parent == prototype {
                return true;
            }
            next = parent;
        }
        false
    }
}

fn is_server(global: &JsValue) -> bool {
    let node = property(global, "process")
        .and_then(|process| property(&process, "versions"))
        .and_then(|versions| property(&versions, "node"));
    let agent =
        property(global, "navigator").and_then(|navigator| property(&navigator, "userAgent"));
    property(global, "Deno").is_some()
        || property(global, "Bun").is_some()
        || node.is_some()
        || agent.and_then(|agent| agent.as_string()).as_deref() == Some("Cloudflare-Workers")
}

/// The URL of the page, where there is one.
pub(super) fn location() -> Option<String> {
    let location = property(&global(), "location")?;
    property(&location, "href")?.as_string()
}

/// Milliseconds since 1970.
pub(super) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A seed for jitter: nothing secret depends on it.
pub(super) fn seed() -> u64 {
    number::from_js(js_sys::Math::random() * 9_007_199_254_740_992.0)
}
