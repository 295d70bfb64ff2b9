//! Orders that are found by their PO number, and by what a notification says of them.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::client::{GiftCardPartners, decode, object, readable};
use super::convert;
use super::driver::Run;
use super::field::{text, whole};
use super::promise::promised;
use super::transport;
use crate::api::page::Page;
use crate::api::{orders, webhook};
use crate::error::{Error, Kind, Result};
use crate::order::limits;

#[wasm_bindgen(js_class = GiftCardPartners)]
impl GiftCardPartners {
    /// The order of a PO number, in full; `undefined` where the history has none.
    #[wasm_bindgen(js_name = findOrder)]
    pub fn find_order(&self, po_number: &JsValue, options: &JsValue) -> Promise {
        let run = self.run(options);
        let po_number = po_number_of(Some(po_number.clone()), "findOrder: poNumber");
        let most = whole(options, "maxPages");
        promised(Box::pin(async move {
            let most = most?.unwrap_or(u64::MAX);
            if most == 0 {
                return Err(Error::config("maxPages must be a whole number from 1."));
            }
            match find(&run?, &po_number?, most).await? {
                Some(order) => object(order),
                None => Ok(JsValue::UNDEFINED),
            }
        }))
    }

    /// The order that a notification is about, for `calls.js`: always fetched, whatever the notification says. The promise
    /// is of its bytes, or of nothing where there are too many.
    #[wasm_bindgen(js_name = __confirm)]
    pub fn confirm(&self, hook: Promise, options: &JsValue) -> Promise {
        let run = self.run(options);
        let po_number = match text(options, "poNumber") {
            Ok(None) => Ok(None),
            Ok(Some(text)) => {
                po_number_of(Some(text.into()), "confirmFulfillment: poNumber").map(Some)
            }
            Err(error) => Err(error),
        };
        promised(Box::pin(async move {
            let (run, po_number) = (run?, po_number?);
            let payload = payload(run.given(&hook).await?)?;
            let order = match (webhook::order_id(&payload), &po_number) {
                (Some(id), _) => readable(run.get(&orders::path_of(&id)).await?)?,
                (None, Some(po_number)) => find(&run, po_number, u64::MAX)
                    .await?
                    .ok_or_else(|| unknown("The history has no order of that PO number."))?,
                (None, None) => return Err(refused("The notification names no order.")),
            };
            if let Some(po_number) = &po_number {
                check(&order, po_number)?;
            }
            object(order)
        }))
    }
}

/// Walks the history for a PO number and fetches the order in full.
async fn find(run: &Run, po_number: &str, most: u64) -> Result<Option<Vec<u8>>> {
    let mut before = None;
    let mut page = 1_u32;
    while u64::from(page) <= most {
        let answer = run.get(&orders::history_path(page)).await?;
        let body = answer.body.as_deref().unwrap_or_default();
        if let Some(id) = orders::find_by_po_number(body, po_number) {
            return readable(run.get(&orders::path_of(&id)).await?).map(Some);
        }
        let Ok(read) = Page::read(body, page) else {
            return Err(decode(answer));
        };
        // A server that answers every page with the same one would never end.
        if !read.has_next || before == Some(read.digest) {
            break;
        }
        before = Some(read.digest);
        page = page.saturating_add(1);
    }
    Ok(None)
}

fn po_number_of(given: Option<JsValue>, name: &str) -> Result<String> {
    given
        .and_then(|given| given.as_string())
        .filter(|text| !text.trim().is_empty() && text.len() <= limits::IDENTIFIER * 4)
        .ok_or_else(|| Error::config([name, " must be a text that is not empty."].concat()))
}

/// The bytes of a notification, as `hook.js` read them.
fn payload(read: Result<JsValue, JsValue>) -> Result<Vec<u8>> {
    match read {
        Ok(bytes) => convert::as_bytes(&bytes)
            .filter(|bytes| bytes.length() <= webhook::LARGEST)
            .map(|bytes| bytes.to_vec())
            .ok_or_else(|| refused("The notification is larger than 1 MB.")),
        Err(fault) => {
            let mut error = Error::new(Kind::Network)
                .with_message("The body of the notification could not be read.");
            error.cause = Some(transport::cause(&fault));
            Err(error)
        }
    }
}

/// That the order is the one whose notification was expected.
fn check(order: &[u8], po_number: &str) -> Result<()> {
    match orders::po_number(order) {
        Some(found) if found == po_number => Ok(()),
        Some(_) => {
            let mut error = Error::new(Kind::PoNumberConflict)
                .with_message("The notification names an order with another PO number.");
            error.order_id = orders::order_id(order);
            Err(error)
        }
        None => Err(refused(
            "The order that the notification names shows no PO number to know it by.",
        )),
    }
}

fn refused(message: &'static str) -> Box<Error> {
    Error::new(Kind::Decode).with_message(message)
}

fn unknown(message: &'static str) -> Box<Error> {
    Error::new(Kind::NotFound).with_message(message)
}
