//! What the client does, for whoever watches: never a header, a body, a query's value or a person.

use js_sys::{Function, Object, Reflect};
use serde_wasm_bindgen::to_value;
use wasm_bindgen::prelude::*;

use crate::api::base_url::shown;
use crate::wasm::shared::number;

#[wasm_bindgen(module = "/pkg-templates/npm/shared/listener.js")]
extern "C" {
    /// Calls what only listens: nothing that becomes of that is thrown.
    pub(super) fn tell(listener: &Function, value: &JsValue);
}

/// Where events go.
pub(super) struct Events {
    listener: Option<Function>,
}

/// The request that an event is about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) method: &'static str,
    /// With its query and whatever a segment holds: an event shows it as an error does.
    pub(super) path: &'a str,
    /// From 1.
    pub(super) attempt: u32,
    pub(super) po_number: Option<&'a str>,
}

impl Events {
    pub(super) const fn new(listener: Option<Function>) -> Self {
        Self { listener }
    }

    /// A request is about to be sent.
    pub(super) fn request(&self, about: About<'_>) {
        self.emit("request", about, None, None);
    }

    /// An answer came, or none: then there is no status.
    pub(super) fn response(&self, about: About<'_>, status: Option<u16>, duration_ms: u64) {
        self.emit("response", about, status, Some(("durationMs", duration_ms)));
    }

    /// The request will be sent again.
    pub(super) fn retry(&self, about: About<'_>, wait_ms: u64) {
        self.emit("retry", about, None, Some(("waitMs", wait_ms)));
    }

    /// A refused token is replaced.
    pub(super) fn refresh(&self, about: About<'_>) {
        self.emit("refresh", about, None, None);
    }

    #[inline(never)]
    fn emit(&self, kind: &str, about: About<'_>, status: Option<u16>, time: Option<(&str, u64)>) {
        let Some(listener) = &self.listener else {
            return;
        };
        let (time, ms) = time.unwrap_or_default();
        let event = Object::new();
        // Value by value: for a whole struct, serde-wasm-bindgen keeps a cache of its fields' names, 2 KB of code.
        for (name, value) in [
            ("type", to_value(kind)),
            ("method", to_value(about.method)),
            ("path", to_value(&shown(about.path))),
            ("attempt", to_value(&about.attempt)),
            ("status", to_value(&status)),
            (time, to_value(&number::to_js(ms))),
            ("poNumber", to_value(&about.po_number)),
        ] {
            if let Ok(value) = value
                && !name.is_empty()
                && !value.is_undefined()
            {
                let _ = Reflect::set(&event, &JsValue::from_str(name), &value);
            }
        }
        tell(listener, &event);
    }
}
