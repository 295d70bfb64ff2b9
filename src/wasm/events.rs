//! What the client does, for whoever watches: never a header, a body, a query's value or a person.

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::number;

/// Where events go.
pub(super) struct Events {
    listener: Option<Function>,
}

/// The request that an event is about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) method: &'static str,
    /// With its query, which is left out of the event.
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
        self.emit(Event::new("request", about));
    }

    /// An answer came, or none: then there is no status.
    pub(super) fn response(&self, about: About<'_>, status: Option<u16>, duration_ms: u64) {
        let duration_ms = Some(number::to_js(duration_ms));
        self.emit(Event {
            status,
            duration_ms,
            ..Event::new("response", about)
        });
    }

    /// The request will be sent again.
    pub(super) fn retry(&self, about: About<'_>, wait_ms: u64) {
        let wait_ms = Some(number::to_js(wait_ms));
        self.emit(Event {
            wait_ms,
            ..Event::new("retry", about)
        });
    }

    /// A refused token is replaced.
    pub(super) fn refresh(&self, about: About<'_>) {
        self.emit(Event::new("refresh", about));
    }

    fn emit(&self, event: Event<'_>) {
        if let Some(listener) = &self.listener
            && let Ok(event) = serde_wasm_bindgen::to_value(&event)
        {
            // A listener that throws is its own affair.
            let _ = listener.call1(&JsValue::UNDEFINED, &event);
        }
    }
}

/// `ClientEvent`.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    r#type: &'static str,
    method: &'static str,
    path: &'a str,
    attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    po_number: Option<&'a str>,
}

impl<'a> Event<'a> {
    fn new(kind: &'static str, about: About<'a>) -> Self {
        Self {
            r#type: kind,
            method: about.method,
            path: about.path.split('?').next().unwrap_or_default(),
            attempt: about.attempt,
            status: None,
            duration_ms: None,
            wait_ms: None,
            po_number: about.po_number,
        }
    }
}
