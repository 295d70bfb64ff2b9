//! Orders on their way through a `fetch` of JavaScript: it answers, it never answers, it throws.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    ORDER, client, client_with, failure, field, holds, js, number, settled, text,
};

const CREATED: &str =
    "return new Response(JSON.stringify({ id: '1', poNumber: 'PO-1' }), { status: 201 });";

#[wasm_bindgen_test]
async fn an_order_is_sent_as_it_is_and_answered_in_the_documented_spelling() {
    let fetch = ["globalThis.__request = request.clone(); ", CREATED].concat();
    let spaced = [" ", ORDER, "\n"].concat();

    let placed = client(&fetch).create_order(&JsValue::from_str(&spaced), &JsValue::UNDEFINED);
    let placed = settled(placed).await.expect("it is placed");

    let request = js("globalThis.__request");
    let body: Promise = js("globalThis.__request.text()").into();
    assert_eq!(settled(body).await.unwrap(), spaced.as_str());
    assert_eq!(text(&request, "method"), "POST");
    assert_eq!(text(&request, "url"), "https://api.example/v1/Orders");
    assert_eq!(text(&request, "redirect"), "manual");
    assert!(holds(
        &request,
        "it.headers.get('content-type') === 'application/json'"
    ));
    assert_eq!(text(&placed, "outcome"), "created");
    assert_eq!(number(&placed, "attempts"), Some(1.0));
    assert!(holds(
        &placed,
        "it.order.Id === '1' && it.order.PONumber === 'PO-1'"
    ));
}

#[wasm_bindgen_test]
async fn an_order_that_breaks_a_rule_is_not_sent() {
    let client = client("throw new Error('it was sent');");

    let error = failure(client.create_order(&js("{}"), &JsValue::UNDEFINED)).await;

    assert!(holds(
        &error,
        "it instanceof Error && it.name === 'ValidationError'"
    ));
    assert_eq!(text(&error, "outcome"), "not-sent");
    assert!(holds(&error, "it.issues.length === 3"));
}

#[wasm_bindgen_test]
async fn whatever_fetch_does_the_promise_settles() {
    for (fetch, class, outcome) in [
        ("return new Promise(() => {});", "TimeoutError", "unknown"),
        (
            "return new Response(new ReadableStream(), { status: 201 });",
            "TimeoutError",
            "unknown",
        ),
        // What throws instead of promising sent nothing.
        ("throw new Error('secret');", "NetworkError", "not-sent"),
        ("throw 'secret';", "NetworkError", "not-sent"),
        ("throw undefined;", "NetworkError", "not-sent"),
        (
            "return Promise.reject(undefined);",
            "NetworkError",
            "unknown",
        ),
        (
            "return Promise.reject(new DOMException('secret', 'AbortError'));",
            "NetworkError",
            "unknown",
        ),
        ("return undefined;", "DecodeError", "unknown"),
        ("return 42;", "DecodeError", "unknown"),
        ("return {};", "DecodeError", "unknown"),
        ("return { status: 201 };", "DecodeError", "unknown"),
        (
            "return { status: 201, arrayBuffer() { throw 'secret'; } };",
            "DecodeError",
            "unknown",
        ),
        (
            "return new Response(null, { status: 201 });",
            "DecodeError",
            "unknown",
        ),
        (
            "return new Response('<html>', { status: 504 });",
            "TimeoutError",
            "unknown",
        ),
        (
            "return new Response('{}', { status: 422 });",
            "InsufficientFundsError",
            "rejected",
        ),
        (
            "return new Response('{}', { status: 403 });",
            "AuthenticationError",
            "rejected",
        ),
    ] {
        let client = client_with(fetch, "maxRetries: 0, timeoutMs: 20");

        let error = failure(client.create_order(&js(ORDER), &JsValue::UNDEFINED)).await;

        assert_eq!(text(&error, "name"), class, "{fetch}");
        assert_eq!(text(&error, "outcome"), outcome, "{fetch}");
        assert_eq!(text(&error, "poNumber"), "PO-1", "{fetch}");
        assert!(
            holds(
                &error,
                "![it.message, it.stack, JSON.stringify(it), String(it.cause)].join().includes('secret')"
            ),
            "{fetch}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_is_aborted_sends_nothing_and_one_in_flight_leaves_the_order_unknown() {
    let before = client("throw new Error('it was sent');");
    let flying = client(
        "queueMicrotask(() => globalThis.__controller.abort('x')); return new Promise(() => {});",
    );
    js("globalThis.__controller = new AbortController()");
    let options = js("{ signal: globalThis.__controller.signal }");

    let late = failure(flying.create_order(&js(ORDER), &options)).await;
    let early = failure(before.create_order(&js(ORDER), &options)).await;

    assert_eq!(text(&late, "name"), "AbortedError");
    assert_eq!(text(&late, "outcome"), "unknown");
    assert_eq!(text(&early, "name"), "AbortedError");
    assert_eq!(text(&early, "outcome"), "not-sent");
}

#[wasm_bindgen_test]
async fn calls_at_once_share_a_token() {
    let fetch = "if (request.url.endsWith('/v1/Tokens')) { \
                   globalThis.__tokens = (globalThis.__tokens ?? 0) + 1; \
                   return new Response('{\"Value\":\"t\",\"ExpiresIn\":3600}'); \
                 } \
                 return new Response(JSON.stringify({ Available: request.headers.get('authorization') }));";
    let client = client_with(
        fetch,
        "credentials: { email: 'a@b.c', accessToken: 'x' }, dangerouslyAllowBrowser: true",
    );
    let calls: js_sys::Array = (0..20)
        .map(|_| {
            JsValue::from(client.ask(
                "accountBalance",
                &JsValue::UNDEFINED,
                &JsValue::UNDEFINED,
                None,
            ))
        })
        .collect();

    let answers = settled(Promise::all(&calls)).await.expect("all answer");

    assert!(holds(
        &answers,
        "it.every(({ Available }) => Available === 'Bearer t')"
    ));
    assert_eq!(js("globalThis.__tokens"), 1);
    assert!(!field(&answers, "length").is_undefined());
}
