//! What is asked of the API, each kind of question through one door.
//!
//! The methods that callers know (`accountBalance`, `listOrders`, `findOrder`, …) are JavaScript, in `calls.js` and `lists.js`: a name
//! or a loop costs less there than here. `begun_ms` is when a call of several questions began: they share its deadline.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::client::{GiftCardPartners, identifier};
use super::convert;
use super::driver::Run;
use super::field::{text, whole};
use super::hook;
use super::promise::promised;
use super::question::{Question, Shape};
use crate::api::products::{self, ListProducts};
use crate::api::{
    Verb, account_balance, brandings, carriers, departments, orders, paged, shipping_methods,
    status, tokens,
};
use crate::error::{Error, Result};
use crate::flow::RawRequest;

#[wasm_bindgen(js_class = GiftCardPartners)]
impl GiftCardPartners {
    /// `POST /v1/Tokens`. The client's calls use the new token from now on.
    #[wasm_bindgen(js_name = createToken)]
    pub fn create_token(&self, options: &JsValue) -> Promise {
        let question = Question {
            verb: Verb::Post,
            path: tokens::PATH.to_owned(),
            body: None,
            shape: Shape::Token,
        };
        Question::ask(Ok(question), self.run(options))
    }

    /// An object: the method's name, and the id of one of many.
    #[wasm_bindgen(js_name = __get)]
    pub fn get(
        &self,
        method: &str,
        id: &JsValue,
        options: &JsValue,
        begun_ms: Option<f64>,
    ) -> Promise {
        Question::ask(object(method, id), self.part(options, begun_ms))
    }

    /// A page of a list. Without an index it is the first one, which is not asked for by its number.
    #[wasm_bindgen(js_name = __page)]
    pub fn page(
        &self,
        method: &str,
        params: &JsValue,
        page_index: Option<u32>,
        options: &JsValue,
        begun_ms: Option<f64>,
    ) -> Promise {
        let question = page(method, params, page_index);
        Question::ask(question, self.part(options, begun_ms))
    }

    /// What the API adds tomorrow.
    #[wasm_bindgen(js_name = __request)]
    pub fn request(&self, method: &str, path: &str, body: &JsValue, options: &JsValue) -> Promise {
        // Read now: what the caller does to the bytes afterwards is not sent.
        Question::ask(raw(method, path, body), self.run(options))
    }

    /// The id of the order that a notification names, or `undefined`. The promise is of its bytes, or of nothing where there are
    /// too many.
    #[wasm_bindgen(js_name = __hook)]
    pub fn hook(&self, bytes: Promise, options: &JsValue, begun_ms: Option<f64>) -> Promise {
        let run = self.part(options, begun_ms);
        promised(Box::pin(async move {
            hook::order_id(run?.given(&bytes).await?)
        }))
    }

    fn part(&self, options: &JsValue, begun_ms: Option<f64>) -> Result<Run> {
        self.run(options).map(|run| run.begun_at(begun_ms))
    }
}

fn object(method: &str, id: &JsValue) -> Result<Question> {
    let named = |path_of: fn(&str) -> String| {
        identifier(id, &[method, ": id"].concat()).map(|id| path_of(&id))
    };
    let path = match method {
        "status" => return Ok(Question::get(status::PATH.to_owned(), Shape::Status)),
        "accountBalance" => account_balance::PATH.to_owned(),
        "getProduct" => named(products::path_of)?,
        _ => named(orders::path_of)?,
    };
    Ok(Question::get(path, Shape::Object))
}

fn page(method: &str, params: &JsValue, page_index: Option<u32>) -> Result<Question> {
    let page_size = whole(params, "pageSize")?.map(u32::try_from).transpose();
    let page_size = page_size
        .ok()
        .filter(|size| *size != Some(0))
        .ok_or_else(|| {
            Error::config([method, ": pageSize must be a whole number from 1."].concat())
        })?;
    let index = page_index.unwrap_or(1);
    let path = match method {
        "findOrder" => {
            let po_number = text(params, "poNumber")?.unwrap_or_default();
            let path = orders::history_path(index);
            return Ok(Question::get(path, Shape::Search(index, po_number)));
        }
        "listProducts" => {
            let list = ListProducts {
                page_index,
                page_size,
                product_name: text(params, "productName")?,
                product_description: text(params, "productDescription")?,
                product_type: text(params, "productType")?,
            };
            return Ok(Question::get(list.path(), Shape::Page(index)));
        }
        "listShippingMethods" => shipping_methods::PATH,
        "listCarriers" => carriers::PATH,
        "listBrandings" => brandings::PATH,
        "listDepartments" => departments::PATH,
        _ => orders::PATH,
    };
    Ok(Question::get(
        paged(path, page_index, page_size),
        Shape::Page(index),
    ))
}

fn raw(method: &str, path: &str, body: &JsValue) -> Result<Question> {
    let body = if body.is_undefined() || body.is_null() {
        None
    } else {
        Some(convert::order_bytes(body).map_err(|_| {
            Error::config("request: body cannot be written as JSON, or is larger than 64 MiB.")
        })?)
    };
    let RawRequest {
        verb,
        path,
        body,
        is_order,
    } = RawRequest::new(method, path, body)?;
    Ok(Question {
        verb,
        path,
        body,
        shape: Shape::Raw { is_order },
    })
}
