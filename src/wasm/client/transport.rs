//! One HTTP exchange, from a request to an event.
//!
//! gloo-net builds the request. It does not send it: its own `send` takes no `fetch`, and panics on what a foreign one may return. The exchange
//! is JavaScript's (exchange.js), which hands the request to whatever `fetch` there is, with one promise to wait for. Here what came of it becomes an event. None is an exception, and none hangs past the time that it was given.

use std::cell::Cell;

use gloo_net::http::{Headers, Method, RequestBuilder};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestRedirect};

use super::host::now_ms;
use crate::answer::{Answer, NO_ANSWER};
use crate::api::Verb;
use crate::error::{Cause, Error};
use crate::flow::Event;
use crate::json::MARK;
use crate::wasm::shared::convert;
use crate::wasm::shared::field::property;
use crate::wasm::shared::number;

/// Bytes of an answer that are taken; exchange.js goes by the length that is announced.
const LARGEST_ANSWER: u32 = 33_554_432;
/// Characters of a request id that are kept.
const REQUEST_ID: usize = 128;
/// How far down the causes of an exception are looked at.
const DEEPEST_CAUSE: u8 = 4;

#[wasm_bindgen(module = "/pkg-templates/npm/client/exchange.js")]
extern "C" {
    #[wasm_bindgen(js_name = exchange)]
    fn begin(
        fetch: &JsValue,
        url: &str,
        request: &web_sys::Request,
        body: Option<Uint8Array>,
        controller: &AbortController,
        timeout_ms: f64,
        signal: Option<&AbortSignal>,
    ) -> Promise;
}

/// A request that is ready to go.
pub(super) struct Outgoing<'a> {
    pub(super) verb: Verb,
    pub(super) url: &'a str,
    pub(super) headers: Headers,
    pub(super) body: Option<&'a [u8]>,
    pub(super) timeout_ms: u64,
    pub(super) signal: Option<&'a AbortSignal>,
}

/// Sends a request and waits for the whole answer. Its headers, which no machine looks at, are put aside. `fetch` is the caller's option, if
/// there is one.
pub(super) async fn exchange(
    fetch: &JsValue,
    outgoing: Outgoing<'_>,
    headers: &Cell<Option<JsValue>>,
) -> Event {
    let ended = match sent(fetch, outgoing) {
        Ok(promise) => JsFuture::from(promise),
        Err(_) => {
            return Event::NotSent(Error::config(
                "The request cannot be built: check baseUrl and headers.",
            ));
        }
    };
    match ended.await {
        Ok(end) => event(&end.unchecked_into(), headers),
        Err(fault) => Event::Disconnected(Some(cause(&fault))),
    }
}

// What needs no waiting is kept out of the future, which would repeat it at every place where it can be dropped.
#[inline(never)]
fn sent(fetch: &JsValue, outgoing: Outgoing<'_>) -> Result<Promise, gloo_net::Error> {
    let controller = AbortController::new().map_err(|_| {
        gloo_net::Error::GlooError(String::from("AbortController is missing here."))
    })?;
    let method = match outgoing.verb {
        Verb::Get => Method::GET,
        Verb::Head => Method::HEAD,
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
    };
    // No mode, no credentials, no cache: a Worker's Request throws on them.
    let builder = RequestBuilder::new(outgoing.url)
        .method(method)
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&controller.signal()))
        .headers(outgoing.headers);
    let body = outgoing.body.map(convert::to_bytes);
    let request = match &body {
        Some(body) => builder.body(body)?,
        None => builder.build()?,
    };
    Ok(begin(
        fetch,
        outgoing.url,
        &request.into(),
        body,
        &controller,
        number::to_js(outgoing.timeout_ms),
        outgoing.signal,
    ))
}

/// The numbers are those of exchange.js.
#[inline(never)]
fn event(end: &Array, headers: &Cell<Option<JsValue>>) -> Event {
    match end.get(0).as_f64().map(number::from_js) {
        Some(0) => {
            headers.set(Some(end.get(5)));
            Event::Answered(answer(end))
        }
        Some(1) => Event::TimedOut,
        Some(2) => Event::Aborted,
        Some(3) => {
            let cause = cause(&end.get(1));
            if cause.is_of_no_connection() && !end.get(2).is_truthy() {
                Event::Unreached(Some(cause))
            } else {
                Event::Disconnected(Some(cause))
            }
        }
        Some(4) => Event::Unreached(Some(cause(&end.get(1)))),
        _ => Event::NotSent(Error::config(end.get(1).as_string().unwrap_or_default())),
    }
}

/// The status and what matters of the headers, and the body, if it is whole.
fn answer(end: &Array) -> Answer {
    let text = |index: u32| end.get(index).as_string().filter(|text| !text.is_empty());
    let status = end.get(1).as_f64().map(number::from_js);
    Answer {
        status: status
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or(NO_ANSWER),
        body: convert::as_bytes(&end.get(6))
            .filter(|bytes| bytes.length() <= LARGEST_ANSWER)
            .map(|bytes| without_mark(Uint8Array::to_vec(&bytes))),
        retry_after_ms: text(2).and_then(|value| retry_after_ms(&value, text(3).as_deref())),
        request_id: text(4).filter(|id| id.len() <= REQUEST_ID && super::headers::is_value(id)),
    }
}

/// Without the byte order mark that some servers begin with, and `Response.json()` passes over.
fn without_mark(mut body: Vec<u8>) -> Vec<u8> {
    if body.starts_with(MARK) {
        body.drain(..MARK.len());
    }
    body
}

/// `Retry-After`: seconds, or a date by the clock of who answered.
fn retry_after_ms(value: &str, answered: Option<&str>) -> Option<u64> {
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        // One that is out of range is past every deadline.
        let seconds = value.parse::<u32>().unwrap_or(u32::MAX);
        return Some(u64::from(seconds).saturating_mul(1_000));
    }
    // `Date.parse` takes a number such as `1.5` for a year. NaN is no date, and a date that is over is now.
    let read = |date: &str| {
        Some(js_sys::Date::parse(date)).filter(|ms| !ms.is_nan() && date.contains(':'))
    };
    let now = answered.and_then(read).unwrap_or_else(now_ms);
    read(value).map(|date| number::from_js(date - now))
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
            // `Http2Error` is lost by this, and so is a key or a token in its place.
            .filter(|word| {
                let has = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
                !(has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase))
            })
    };
    let name = word(fault, "name").unwrap_or_else(|| "Error".to_owned());
    // Node's fetch hides the code one level down, and libraries around it further.
    let mut next = Some(fault.clone());
    for _ in 0..DEEPEST_CAUSE {
        let Some(fault) = next else { break };
        if let code @ Some(_) = word(&fault, "code") {
            return Cause { name, code };
        }
        next = property(&fault, "cause");
    }
    Cause { name, code: None }
}
