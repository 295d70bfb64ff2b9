//! Which question each method of the client asks.
//!
//! The methods that callers know (`accountBalance`, `listOrders`, `findOrder`, …) are JavaScript, in the folder
//! `client`: a name or a loop costs less there than an export does here.

use wasm_bindgen::prelude::*;

use super::identifier;
use super::question::{Question, Shape};
use crate::api::products::{self, ListProducts};
use crate::api::{
    Profile, Verb, account_balance, brandings, carriers, departments, orders, paged,
    shipping_methods, status, tokens,
};
use crate::error::{Error, Kind, Result};
use crate::flow::RawRequest;
use crate::flow::history::History;
use crate::flow::listing::Listing;
use crate::wasm::shared::convert;
use crate::wasm::shared::field::{option, text, whole};

impl Question {
    /// The question of a method about an id, the parameters of a list, or a request of the caller's own.
    #[inline(never)]
    pub(super) fn of(method: &str, about: &JsValue, profile: Profile) -> Result<Self> {
        let name = [method, ": id"].concat();
        let list = match method {
            "createToken" => {
                return Ok(Self {
                    verb: Verb::Post,
                    ..Self::get(tokens::PATH.to_owned(), Shape::Token)
                });
            }
            "accountBalance" => {
                return Ok(Self::get(account_balance::PATH.to_owned(), Shape::Object));
            }
            "status" => return Ok(Self::get(status::PATH.to_owned(), Shape::Status)),
            "getProduct" => {
                return Ok(Self::get(
                    products::path_of(&identifier(about, &name)?),
                    Shape::Object,
                ));
            }
            "getOrder" => {
                return Ok(Self::get(
                    orders::path_of(&identifier(about, &name)?),
                    Shape::Object,
                ));
            }
            "findOrder" => return search(about, profile),
            "confirmFulfillment" => return confirm(about, profile),
            "request" => return raw(about),
            "listProducts" => products::PATH,
            "listShippingMethods" => shipping_methods::PATH,
            "listCarriers" => carriers::PATH,
            "listBrandings" => brandings::PATH,
            "listDepartments" => departments::PATH,
            // `listOrders`.
            _ => orders::PATH,
        };
        page(method, list, about, profile)
    }
}

/// The order that the history has of a PO number, if any.
fn search(about: &JsValue, profile: Profile) -> Result<Question> {
    let most = counted("findOrder", about, "maxPages")?;
    let po_number = text(about, "poNumber")?.unwrap_or_default();
    let history = Box::new(History::new(&po_number, most));
    Ok(Question::of_history(history, false, profile))
}

/// The order that a notification is about: the one that it names, else the one of the PO number that it must be about, as where the id that
/// it has is no order's. It is fetched whatever the notification says of it: anyone may have sent that.
fn confirm(about: &JsValue, profile: Profile) -> Result<Question> {
    let po_number = text(about, "poNumber")?;
    let Some(id) = text(about, "id")? else {
        return po_number
            .map(|po_number| {
                let history = Box::new(History::new(&po_number, None));
                Question::of_history(history, true, profile)
            })
            .ok_or_else(|| {
                Error::new(Kind::Decode).with_message("The notification names no order.")
            });
    };
    let shape = po_number.map_or(Shape::Object, |po_number| Shape::Confirmed {
        po_number,
        is_listed: false,
    });
    Ok(Question::get(orders::path_of(&id), shape))
}

/// A whole number from 1, where it is given.
fn counted(method: &str, params: &JsValue, name: &str) -> Result<Option<u32>> {
    match whole(params, name)? {
        None => Ok(None),
        Some(number) => u32::try_from(number)
            .ok()
            .filter(|number| *number > 0)
            .map(Some)
            .ok_or_else(|| {
                Error::config([method, ": ", name, " must be a whole number from 1."].concat())
            }),
    }
}

fn page(method: &str, list: &str, params: &JsValue, profile: Profile) -> Result<Question> {
    let number = |name: &str| counted(method, params, name);
    let (first, size) = (number("pageIndex")?, number("pageSize")?);
    // Of our own JavaScript's, behind the first page.
    let mut listing = option(params, "next")?
        .and_then(|next| Listing::from_bytes(&convert::as_bytes(&next)?.to_vec()))
        .unwrap_or_else(|| Listing::from_page(first.unwrap_or(1)));
    let mut index = Some(listing.index());
    let mut size = size;
    if matches!(method, "listProducts" | "listOrders") {
        // The largest pages are the fewest calls.
        size = size.or(profile.page_size);
    } else {
        // Whose paging is not documented: the first page is not asked for by its number.
        index = index.filter(|_| !listing.is_new());
        listing.learns = !profile.from_zero;
    }
    let path = if method == "listProducts" {
        let list = ListProducts {
            page_index: index,
            page_size: size,
            product_name: text(params, "productName")?,
            product_description: text(params, "productDescription")?,
            product_type: text(params, "productType")?,
        };
        list.path()
    } else {
        paged(list, index, size)
    };
    Ok(Question::get(profile.path(&path), Shape::Page(listing)))
}

fn raw(given: &JsValue) -> Result<Question> {
    // Read now: what the caller does to the bytes afterwards is not sent.
    let body = match option(given, "body")?.map(|body| convert::order_bytes(&body)) {
        None => None,
        Some(Ok(body)) => Some(body),
        Some(Err(_)) => {
            return Err(Error::config(
                "request: body cannot be written as JSON, or is larger than 64 MiB.",
            ));
        }
    };
    let word = |name: &str| text(given, name).map(Option::unwrap_or_default);
    let request = RawRequest::new(&word("method")?, &word("path")?, body)?;
    Ok(Question {
        verb: request.verb,
        path: request.path,
        body: request.body,
        shape: Shape::Raw {
            is_order: request.is_order,
        },
    })
}
