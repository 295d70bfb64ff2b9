//! `request()`: what the API adds tomorrow.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

use super::client::{GiftCardPartners, object};
use super::convert;
use super::promise::promised;
use crate::api::{casing, orders};
use crate::error::{Error, Result};
use crate::flow::{Answer, RawRequest};
use crate::json::Writer;

#[wasm_bindgen(js_class = GiftCardPartners)]
impl GiftCardPartners {
    /// One request, for `calls.js`: `[answer]`, or `[answer, bytes]` where the body is not JSON.
    #[wasm_bindgen(js_name = __request)]
    pub fn request(&self, method: &str, path: &str, body: &JsValue, options: &JsValue) -> Promise {
        let run = self.run(options);
        // Read now: what the caller does to the bytes afterwards is not sent.
        let request = read_body(body).and_then(|body| RawRequest::new(method, path, body));
        promised(Box::pin(async move {
            let (mut run, request) = (run?, request?);
            if !request.verb.only_reads() {
                run = run.without_retries();
            }
            let answered = run
                .call(request.verb, &request.path, request.body.as_deref(), true)
                .await;
            answer(answered.map_err(|error| reworded(error, request.is_order))?)
        }))
    }
}

fn read_body(body: &JsValue) -> Result<Option<Vec<u8>>> {
    if body.is_undefined() || body.is_null() {
        return Ok(None);
    }
    convert::order_bytes(body).map(Some).map_err(|_| {
        Error::config("request: body cannot be written as JSON, or is larger than 64 MiB.")
    })
}

fn answer(answer: Answer) -> Result<JsValue> {
    let body = answer.body.unwrap_or_default();
    let documented = casing::documented(&body).ok();
    let mut json = Writer::new();
    json.object();
    json.key("status");
    json.number(u64::from(answer.status));
    if let Some(request_id) = &answer.request_id {
        json.key("requestId");
        json.string(request_id);
    }
    if let Some(documented) = &documented {
        json.key("body");
        json.raw(documented);
    }
    json.close_object();
    let answer = Array::of1(&object(json.into_bytes())?);
    if documented.is_none() && !body.is_empty() {
        answer.push(&convert::to_bytes(&body));
    }
    Ok(answer.into())
}

/// 409 and 422 mean what the reference says of orders; of anything else that is not known. And what a 409 to an order names was
/// not compared here.
fn reworded(mut error: Box<Error>, is_order: bool) -> Box<Error> {
    let status = error.status;
    if is_order && status == Some(409) {
        error.order_id = error
            .body
            .as_deref()
            .and_then(|body| orders::original_order_ids(body).into_iter().next());
        error.with_message(
            "The PO number is taken (409). Whether by the same order was not looked at.",
        )
    } else if matches!(status, Some(409 | 422)) && !is_order {
        error.with_message(
            "The API refused the request (409 or 422). `responseBody(error)` has its answer.",
        )
    } else {
        error
    }
}
