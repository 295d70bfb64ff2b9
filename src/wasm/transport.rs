//! One HTTP exchange: gloo-net builds the request, the injected `fetch` sends it.
//!
//! gloo-net's own `send` is not used: it takes no `fetch`, and it panics on what a foreign one may return. Every end is an
//! event; none is an exception, and none hangs past the time that it was given.

use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, RequestRedirect};

use super::convert;
use super::field::property;
use super::headers::Headers;
use super::host::{self, now_ms};
use super::number;
use super::options::Fetch;
use super::watch::{Waited, Watch};
use crate::error::{Cause, Error, Kind};
use crate::flow::{Answer, Event, HIDDEN_REDIRECT, NO_ANSWER};

/// Bytes of an answer that are read: a page of products with all their texts is far below.
const LARGEST_ANSWER: u32 = 33_554_432;
/// Characters of a request id that are kept.
const REQUEST_ID: usize = 128;

/// A request that is ready to go.
pub(super) struct Outgoing<'a> {
    pub(super) method: Method,
    pub(super) url: &'a str,
    pub(super) headers: Headers,
    pub(super) body: Option<&'a [u8]>,
    pub(super) timeout_ms: u64,
    pub(super) signal: Option<&'a AbortSignal>,
}

/// Sends a request and waits for the whole answer.
pub(super) async fn exchange(fetch: &Fetch, outgoing: Outgoing<'_>) -> Event {
    let Ok(controller) = AbortController::new() else {
        return not_sent("AbortController is missing here.");
    };
    let Ok(request) = build(&outgoing, &controller.signal()) else {
        return not_sent("The request cannot be built: check baseUrl and headers.");
    };
    let watch = Watch::new(Some(outgoing.timeout_ms), outgoing.signal);
    let event = match send(fetch, &request) {
        Ok(promise) => receive(&watch, &promise, &controller).await,
        Err(fault) => Event::Disconnected(Some(cause(&fault))),
    };
    if matches!(event, Event::TimedOut | Event::Aborted) {
        controller.abort();
    }
    event
}

fn build(
    outgoing: &Outgoing<'_>,
    signal: &AbortSignal,
) -> Result<web_sys::Request, gloo_net::Error> {
    // No mode, no credentials, no cache: a Worker's Request throws on them.
    let mut builder = RequestBuilder::new(outgoing.url)
        .method(outgoing.method.clone())
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(signal));
    for (name, value) in &outgoing.headers {
        builder = builder.header(name, value);
    }
    let request = match outgoing.body {
        Some(body) => builder.body(convert::to_bytes(body))?,
        None => builder.build()?,
    };
    Ok(request.into())
}

fn send(fetch: &Fetch, request: &web_sys::Request) -> Result<Promise, JsValue> {
    let missing = || JsValue::from(js_sys::TypeError::new("no fetch"));
    let method = |of: &JsValue| -> Result<Function, JsValue> {
        property(of, "fetch")
            .ok_or_else(missing)?
            .dyn_into()
            .map_err(|_| missing())
    };
    let returned = match fetch {
        Fetch::Global => method(&host::global())?.call1(&JsValue::UNDEFINED, request),
        Fetch::Function(function) => function.call1(&JsValue::UNDEFINED, request),
        Fetch::Object(object) => method(object)?.call1(object, request),
    }?;
    Ok(Promise::resolve(&returned))
}

async fn receive(watch: &Watch, promise: &Promise, controller: &AbortController) -> Event {
    let response = match watch.settled(promise).await {
        Waited::Settled(Ok(response)) => response,
        Waited::Settled(Err(fault)) => return Event::Disconnected(Some(cause(&fault))),
        Waited::TimedOut => return Event::TimedOut,
        Waited::Aborted => return Event::Aborted,
    };
    let mut answer = read_head(&response);
    if answer.status == NO_ANSWER || answer.status == HIDDEN_REDIRECT {
        return Event::Answered(answer);
    }
    if header(&response, "content-length").and_then(|length| length.parse::<u32>().ok())
        > Some(LARGEST_ANSWER)
    {
        controller.abort();
        return Event::Answered(answer);
    }
    let Some(body) = read_body(&response) else {
        return Event::Answered(answer);
    };
    match watch.settled(&body).await {
        Waited::Settled(Ok(buffer)) => {
            answer.body = convert::as_bytes(&buffer)
                .filter(|bytes| bytes.length() <= LARGEST_ANSWER)
                .map(|bytes| Uint8Array::to_vec(&bytes));
            Event::Answered(answer)
        }
        // The body broke off; the status still tells what it tells.
        Waited::Settled(Err(_)) => Event::Answered(answer),
        Waited::TimedOut => Event::TimedOut,
        Waited::Aborted => Event::Aborted,
    }
}

/// The status and the headers that matter, of whatever `fetch` returned.
fn read_head(response: &JsValue) -> Answer {
    let status = property(response, "status").and_then(|status| status.as_f64());
    let kind = property(response, "type").and_then(|kind| kind.as_string());
    let status = match status {
        Some(_) if kind.as_deref() == Some("opaqueredirect") => HIDDEN_REDIRECT,
        Some(status) if (100.0..1_000.0).contains(&status) && status.fract() == 0.0 => {
            u16::try_from(number::from_js(status)).unwrap_or(NO_ANSWER)
        }
        _ => NO_ANSWER,
    };
    Answer {
        status,
        body: None,
        retry_after_ms: header(response, "retry-after").and_then(|value| retry_after_ms(&value)),
        request_id: ["x-request-id", "request-id", "x-correlation-id"]
            .into_iter()
            .find_map(|name| header(response, name))
            .filter(|id| id.len() <= REQUEST_ID && super::headers::is_value(id)),
    }
}

fn read_body(response: &JsValue) -> Option<Promise> {
    let method: Function = property(response, "arrayBuffer")?.dyn_into().ok()?;
    match method.call0(response) {
        Ok(promise) => Some(Promise::resolve(&promise)),
        Err(fault) => Some(Promise::reject(&fault)),
    }
}

fn header(response: &JsValue, name: &str) -> Option<String> {
    let headers = property(response, "headers")?;
    let get: Function = property(&headers, "get")?.dyn_into().ok()?;
    get.call1(&headers, &name.into())
        .ok()?
        .as_string()
        .filter(|value| !value.is_empty())
}

/// `Retry-After`: seconds, or a date.
fn retry_after_ms(value: &str) -> Option<u64> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(u64::from(seconds).saturating_mul(1_000));
    }
    let date = js_sys::Date::parse(value);
    // NaN is no date, and a date that is over is now.
    (!date.is_nan()).then(|| number::from_js(date - now_ms()))
}

/// What may be said of an exception: its class and its code. Its message may hold anything.
pub(super) fn cause(fault: &JsValue) -> Cause {
    let word = |of: &JsValue, name: &str| {
        property(of, name)
            .and_then(|value| value.as_string())
            .filter(|word| (1..=40).contains(&word.len()))
            .filter(|word| {
                word.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
    };
    Cause {
        name: word(fault, "name").unwrap_or_else(|| "Error".to_owned()),
        // Node's fetch hides the code one level down.
        code: word(fault, "code").or_else(|| word(&property(fault, "cause")?, "code")),
    }
}

fn not_sent(message: &'static str) -> Event {
    Event::NotSent(Box::new(Error::new(Kind::Config).with_message(message)))
}
