//! What is read of the API: single objects and pages of lists, each kind through one door.
//!
//! The methods that callers know (`accountBalance`, `listOrders`, …) are JavaScript, in `calls.js` and `lists.js`: a name costs less
//! there than an export here.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::client::{GiftCardPartners, decode, documented, identifier, object};
use super::field::{text, whole};
use super::promise::promised;
use crate::api::page::Page;
use crate::api::products::{self, ListProducts};
use crate::api::{
    account_balance, brandings, carriers, departments, orders, paged, shipping_methods, status,
};
use crate::error::{Error, Result};
use crate::json::{Writer, decimal_text};

#[wasm_bindgen(js_class = GiftCardPartners)]
impl GiftCardPartners {
    /// `POST /v1/Tokens`. The client's calls use the new token from now on.
    #[wasm_bindgen(js_name = createToken)]
    pub fn create_token(&self, options: &JsValue) -> Promise {
        let run = self.run(options);
        promised(Box::pin(async move {
            let run = run?;
            let (token, answer) = run.fetch_token().await?;
            run.token_slot().keep(token);
            object(documented(&answer).unwrap_or_default())
        }))
    }

    /// An object, for `calls.js`: the method's name and what it needs to name one of many.
    #[wasm_bindgen(js_name = __get)]
    pub fn get(&self, method: &str, id: &JsValue, options: &JsValue) -> Promise {
        let run = self.run(options);
        let path = object_path(method, id);
        let read = if method == "status" {
            status::read
        } else {
            documented
        };
        promised(Box::pin(async move {
            let answer = run?.get(&path?).await?;
            let found = answer.body.as_deref().and_then(read);
            object(found.ok_or_else(|| decode(answer))?)
        }))
    }

    /// A page of a list, for `page.js`: `[page, hasNext, digest]`. Without an index it is the first one, which is not asked for by
    /// its number.
    #[wasm_bindgen(js_name = __page)]
    pub fn page(
        &self,
        method: &str,
        params: &JsValue,
        page_index: Option<u32>,
        options: &JsValue,
    ) -> Promise {
        let run = self.run(options);
        let path = list_path(method, params, page_index);
        promised(Box::pin(async move {
            let answer = run?.get(&path?).await?;
            let page = answer
                .body
                .as_deref()
                .and_then(|body| Page::read(body, page_index.unwrap_or(1)).ok());
            let page = page.ok_or_else(|| decode(answer))?;
            let mut json = Writer::with_capacity(page.json.len());
            json.array();
            json.raw(&page.json);
            json.boolean(page.has_next);
            json.string(&decimal_text(page.digest));
            json.close_array();
            object(json.into_bytes())
        }))
    }
}

fn object_path(method: &str, id: &JsValue) -> Result<String> {
    let path_of = match method {
        "accountBalance" => return Ok(account_balance::PATH.to_owned()),
        "status" => return Ok(status::PATH.to_owned()),
        "getProduct" => products::path_of,
        _ => orders::path_of,
    };
    identifier(id, &[method, ": id"].concat()).map(|id| path_of(&id))
}

fn list_path(method: &str, params: &JsValue, page_index: Option<u32>) -> Result<String> {
    let page_size = whole(params, "pageSize")?.map(u32::try_from).transpose();
    let page_size = page_size
        .ok()
        .filter(|size| *size != Some(0))
        .ok_or_else(|| {
            Error::config([method, ": pageSize must be a whole number from 1."].concat())
        })?;
    let path = match method {
        "listProducts" => {
            let list = ListProducts {
                page_index,
                page_size,
                product_name: text(params, "productName")?,
                product_description: text(params, "productDescription")?,
                product_type: text(params, "productType")?,
            };
            return Ok(list.path());
        }
        "listShippingMethods" => shipping_methods::PATH,
        "listCarriers" => carriers::PATH,
        "listBrandings" => brandings::PATH,
        "listDepartments" => departments::PATH,
        _ => orders::PATH,
    };
    Ok(paged(path, page_index, page_size))
}
