//! One HTTP exchange: gloo-net builds the request, the injected `fetch` sends it.
//!
//! gloo-net's own `send` is not used: it takes no `fetch`, and it panics on what a foreign one may return. Every end is an
//! event; none is an exception, and none hangs past the time that it was given.

use std::cell::Cell;

use gloo_net::http::{Headers, Method, RequestBuilder};
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, RequestRedirect};

use super::convert;
use super::field::property;
use super::host::{self, now_ms};
use super::number;
use super::options::Fetch;
use super::watch::{Waited, Watch};
use crate::answer::{Answer, HIDDEN_REDIRECT, NO_ANSWER};
use crate::api::Verb;
use crate::error::{Cause, Error, Kind};
use crate::flow::Event;
use crate::json::MARK;

/// Bytes of an answer that are read: a page of products with all their texts is far below.
const LARGEST_ANSWER: u32 = 33_554_432;
/// Characters of a request id that are kept.
const REQUEST_ID: usize = 128;

/// A request that is ready to go.
pub(super) struct Outgoing<'a> {
    pub(super) verb: Verb,
    pub(super) url: &'a str,
    pub(super) headers: Headers,
    pub(super) body: Option<&'a [u8]>,
    pub(super) timeout_ms: u64,
    pub(super) signal: Option<&'a AbortSignal>,
}

/// A request on its way.
struct Sent {
    controller: AbortController,
    watch: Watch,
    promise: Promise,
}

/// Sends a request and waits for the whole answer. Its headers, which no machine looks at, are put aside.
pub(super) async fn exchange(
    fetch: &Fetch,
    outgoing: Outgoing<'_>,
    headers: &Cell<Option<JsValue>>,
) -> Event {
    let sent = match begin(fetch, outgoing) {
        Ok(sent) => sent,
        Err(event) => return event,
    };
    let response = sent.watch.settled(&sent.promise).await;
    let (answer, body) = match head(response, &sent.controller, headers) {
        Ok(read) => read,
        Err(event) => return event,
    };
    let body = sent.watch.settled(&body).await;
    whole(answer, body, &sent.controller)
}

// What needs no waiting is kept out of the future, which would repeat it at every place where it can be dropped.
#[inline(never)]
fn begin(fetch: &Fetch, outgoing: Outgoing<'_>) -> Result<Sent, Event> {
    let Ok(controller) = AbortController::new() else {
        return Err(not_sent("AbortController is missing here."));
    };
    if matches!(fetch, Fetch::Global) && property(&host::global(), "fetch").is_none() {
        return Err(not_sent(
            "There is no globalThis.fetch here: give the client the option fetch.",
        ));
    }
    let (timeout_ms, signal) = (outgoing.timeout_ms, outgoing.signal);
    let Ok(request) = build(outgoing, &controller.signal()) else {
        return Err(not_sent(
            "The request cannot be built: check baseUrl and headers.",
        ));
    };
    let watch = Watch::new(Some(timeout_ms), signal);
    match send(fetch, &request) {
        Ok(promise) => Ok(Sent {
            controller,
            watch,
            promise,
        }),
        Err(fault) => Err(Event::Disconnected(Some(cause(&fault)))),
    }
}

fn build(
    outgoing: Outgoing<'_>,
    signal: &AbortSignal,
) -> Result<web_sys::Request, gloo_net::Error> {
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
        .abort_signal(Some(signal))
        .headers(outgoing.headers);
    let request = match outgoing.body {
        Some(body) => builder.body(convert::to_bytes(body)),
        None => builder.build(),
    };
    request.map(Into::into)
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

/// The head of an answer and the promise of its body, or how it ended without.
#[inline(never)]
fn head(
    response: Waited,
    controller: &AbortController,
    headers: &Cell<Option<JsValue>>,
) -> Result<(Answer, Promise), Event> {
    let response =
        arrived(response, controller)?.map_err(|fault| Event::Disconnected(Some(cause(&fault))))?;
    headers.set(property(&response, "headers"));
    let answer = read_head(&response);
    if answer.status == NO_ANSWER || answer.status == HIDDEN_REDIRECT {
        return Err(Event::Answered(answer));
    }
    let length = header(&response, "content-length").and_then(|length| length.parse::<u32>().ok());
    if length > Some(LARGEST_ANSWER) {
        controller.abort();
        return Err(Event::Answered(answer));
    }
    match read_body(&response) {
        Some(body) => Ok((answer, body)),
        None => Err(Event::Answered(answer)),
    }
}

#[inline(never)]
fn whole(mut answer: Answer, body: Waited, controller: &AbortController) -> Event {
    match arrived(body, controller) {
        Ok(Ok(buffer)) => {
            answer.body = convert::as_bytes(&buffer)
                .filter(|bytes| bytes.length() <= LARGEST_ANSWER)
                .map(|bytes| without_mark(Uint8Array::to_vec(&bytes)));
            Event::Answered(answer)
        }
        // The body broke off; the status still tells what it tells.
        Ok(Err(_)) => Event::Answered(answer),
        Err(event) => event,
    }
}

/// Without the byte order mark that some servers begin with, and `Response.json()` passes over.
fn without_mark(mut body: Vec<u8>) -> Vec<u8> {
    if body.starts_with(MARK) {
        body.drain(..MARK.len());
    }
    body
}

/// What came in time; what did not is given up.
fn arrived(
    waited: Waited,
    controller: &AbortController,
) -> Result<Result<JsValue, JsValue>, Event> {
    let event = match waited {
        Waited::Settled(settled) => return Ok(settled),
        Waited::TimedOut => Event::TimedOut,
        Waited::Aborted => Event::Aborted,
    };
    controller.abort();
    Err(event)
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
        retry_after_ms: header(response, "retry-after")
            .and_then(|value| retry_after_ms(&value, header(response, "date").as_deref())),
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
    Cause {
        name: word(fault, "name").unwrap_or_else(|| "Error".to_owned()),
        // Node's fetch hides the code one level down.
        code: word(fault, "code").or_else(|| word(&property(fault, "cause")?, "code")),
    }
}

#[cold]
fn not_sent(message: &'static str) -> Event {
    Event::NotSent(Error::new(Kind::Config).with_message(message))
}
