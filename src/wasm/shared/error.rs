//! Errors on their way to JavaScript.

use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

#[cfg(feature = "client")]
use crate::error::{Error, Kind};
use crate::json::Writer;
#[cfg(feature = "order")]
use crate::order::ValidationReport;

#[wasm_bindgen(module = "/pkg-templates/npm/shared/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeError)]
    fn make_error(json: &str, body: Option<Vec<u8>>) -> JsValue;
}

/// Bytes of the API's answer that are kept for `responseBody`.
#[cfg(feature = "client")]
const BODY: usize = 64 << 10;

/// The JavaScript error.
#[cfg(feature = "client")]
pub(crate) fn to_js(error: Error) -> JsValue {
    let mut json = Writer::new();
    json.object();
    json.key("class");
    json.string(class(error.kind));
    json.key("message");
    json.string(&error.message);
    json.key("code");
    json.string(error.kind.code());
    let numbers = [
        ("status", error.status.map(u64::from)),
        ("retryAfterMs", error.retry_after_ms),
        ("attempts", error.attempts.map(u64::from)),
    ];
    for (key, number) in numbers {
        if let Some(number) = number {
            json.key(key);
            json.number(number);
        }
    }
    let texts = [
        ("requestId", error.request_id.as_deref()),
        ("outcome", error.outcome.map(crate::error::Outcome::as_str)),
        ("poNumber", error.po_number.as_deref()),
        ("orderId", error.order_id.as_deref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            json.key(key);
            json.string(text);
        }
    }
    if let Some(report) = &error.report {
        json.key("issues");
        json.raw(&report.issues_json());
    }
    if let Some(cause) = &error.cause {
        json.key("cause");
        json.object();
        json.key("name");
        json.string(&cause.name);
        if let Some(code) = &cause.code {
            json.key("code");
            json.string(code);
        }
        json.close_object();
    }
    json.close_object();

    let body = error.body.filter(|body| !body.is_empty()).map(|mut body| {
        body.truncate(BODY);
        body
    });
    // The writer writes UTF-8.
    make_error(
        &String::from_utf8(json.into_bytes()).unwrap_or_default(),
        body,
    )
}

/// A `ConfigError`.
pub(crate) fn config(message: &str) -> JsValue {
    plain("ConfigError", message, None)
}

/// A `ValidationError` of an order that was to be checked, not placed.
#[cfg(feature = "order")]
pub(crate) fn validation(report: &ValidationReport) -> JsValue {
    plain(
        "ValidationError",
        &report.summary(),
        Some(&report.issues_json()),
    )
}

/// Written by itself so that the order tools need nothing else of this file.
fn plain(class: &str, message: &str, issues: Option<&[u8]>) -> JsValue {
    let mut json = Writer::new();
    json.object();
    for (key, text) in [("class", class), ("message", message)] {
        json.key(key);
        json.string(text);
    }
    if let Some(issues) = issues {
        json.key("issues");
        json.raw(issues);
    }
    json.close_object();
    make_error(
        &String::from_utf8(json.into_bytes()).unwrap_or_default(),
        None,
    )
}

/// The class in `errors.js`: there is one only where callers branch.
#[cfg(feature = "client")]
const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Validation => "ValidationError",
        Kind::Config => "ConfigError",
        Kind::Unauthorized | Kind::Forbidden => "AuthenticationError",
        Kind::InsufficientFunds => "InsufficientFundsError",
        Kind::PoNumberConflict => "PoNumberConflictError",
        Kind::Timeout => "TimeoutError",
        Kind::Aborted => "AbortedError",
        Kind::Network => "NetworkError",
        Kind::Decode => "DecodeError",
        Kind::BadRequest
        | Kind::NotFound
        | Kind::RateLimited
        | Kind::Server
        | Kind::Redirect
        | Kind::Status => "GiftCardError",
    }
}
