//! Values made of JavaScript's own text, and their fields.

use giftcard_partners::wasm::client::GiftCardPartners;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// An order that the API would take.
pub(crate) const ORDER: &str = r#"{"Type":"Links","LineItems":[{"ProductId":"CVS","Value":10,"Quantity":5}],"PONumber":"PO-1"}"#;

/// The value of a JavaScript expression.
pub(crate) fn js(expression: &str) -> JsValue {
    let body = ["return (", expression, ");"].concat();
    Function::new_no_args(&body)
        .call0(&JsValue::UNDEFINED)
        .expect("the expression is JavaScript")
}

/// A property of a value.
pub(crate) fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).expect("it is an object")
}

/// A property that is text; empty where it is not.
pub(crate) fn text(of: &JsValue, name: &str) -> String {
    field(of, name).as_string().unwrap_or_default()
}

/// A property that is a number.
pub(crate) fn number(of: &JsValue, name: &str) -> Option<f64> {
    field(of, name).as_f64()
}

/// Whether a value is what a JavaScript expression of `it` says.
pub(crate) fn holds(of: &JsValue, expression: &str) -> bool {
    let body = ["return (", expression, ");"].concat();
    Function::new_with_args("it", &body)
        .call1(&JsValue::UNDEFINED, of)
        .expect("the expression is JavaScript")
        .is_truthy()
}

/// A client without credentials, whose `fetch` is the JavaScript function body given, with the request as `request`; it does
/// not try again.
pub(crate) fn client(fetch: &str) -> GiftCardPartners {
    client_with(fetch, "maxRetries: 0")
}

/// The same with options of its own.
pub(crate) fn client_with(fetch: &str, options: &str) -> GiftCardPartners {
    let options = [
        "{ baseUrl: 'https://api.example', fetch(request) { ",
        fetch,
        " }, ",
        options,
        " }",
    ]
    .concat();
    let client = GiftCardPartners::new(&js(&options));
    client.expect("the options are good")
}

/// What a promise settles as.
pub(crate) async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// What a promise rejects with.
pub(crate) async fn failure(promise: Promise) -> JsValue {
    settled(promise).await.expect_err("it rejects")
}
