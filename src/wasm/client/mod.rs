//! The client, for the class of `client/client.js`.
//!
//! Every method takes what it needs at once and returns a promise that owns it: no borrow of the handle outlives the call, so
//! `free()` is safe at any time.

mod catalog_entry;
mod driver;
mod events;
mod headers;
mod hook;
mod host;
mod options;
mod promise;
mod question;
mod resources;
mod run;
mod store;
mod token_slot;
mod transport;
mod watch;

use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

use crate::api::{Verb, casing, is_segment, orders, products, webhook};
use crate::error::{Error, Kind, Outcome, Result};
use crate::flow::waiting::{Wait, Waiting};
use crate::flow::{Placed, PlacedBy, Policy};
use crate::json::{Writer, decimal_text};
use crate::money::Amount;
use crate::order::CheckedOrder;
use crate::wasm::shared::convert;
use crate::wasm::shared::field::{self, function, property};
use crate::wasm::shared::number;
use driver::{Driver, Shared};
use events::tell;
use host::seed;
use options::{CallOptions, CredentialSource, Options};
use promise::{promised, thrown};
use question::{Question, object};

/// The GiftCard Partners B2B API.
#[wasm_bindgen(js_name = GiftCardPartners, skip_typescript)]
pub struct GiftCardPartners {
    shared: Shared,
}

#[wasm_bindgen(js_class = GiftCardPartners)]
impl GiftCardPartners {
    /// A client. Nothing is sent until a method is called.
    ///
    /// # Errors
    ///
    /// `ConfigError`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let options = Options::read(options).map_err(thrown)?;
        let shared = Shared {
            options: Rc::new(options),
            token: Rc::default(),
        };
        Ok(Self { shared })
    }

    /// Where the API is.
    #[wasm_bindgen(getter, js_name = baseUrl)]
    pub fn base_url(&self) -> String {
        (*self.shared.options.base_url).to_owned()
    }

    /// `POST /v1/Orders`, exactly once.
    #[wasm_bindgen(js_name = createOrder)]
    pub fn create_order(&self, order: &JsValue, options: &JsValue) -> Promise {
        let call = self.call(options);
        // Read now: what the caller does to the bytes afterwards is not sent.
        let order = self.check(order);
        promised(Box::pin(async move {
            let (call, order) = match (call, order) {
                (Ok(call), Ok(order)) => (call, order),
                (Err(mut error), _) | (_, Err(mut error)) => {
                    error.outcome = Some(Outcome::NotSent);
                    error.attempts = Some(0);
                    return Err(error);
                }
            };
            let placed = call.place(&order).await?;
            object(&placed_json(&placed).ok_or_else(unreadable)?)
        }))
    }

    /// Polls `GET /v1/Orders/{id}` until the order is not `Pending`.
    #[wasm_bindgen(js_name = waitForOrder)]
    pub fn wait_for_order(&self, order: &JsValue, options: &JsValue) -> Promise {
        let endless = Policy {
            deadline_ms: None,
            ..self.shared.options.policy
        };
        let call =
            CallOptions::read(options, endless).map(|options| Driver::new(&self.shared, options));
        let on_update = function(options, "onUpdate");
        let order = known_order(order);
        promised(Box::pin(async move {
            let (call, on_update, (id, known)) = (call?, on_update?, order?);
            let mut waiting = Waiting::new(&id, known, seed());
            loop {
                let pause_ms = match waiting.wait() {
                    Wait::Done(order) => return object(order),
                    Wait::LookAfter(ms) => ms,
                };
                if pause_ms > 0 {
                    call.run.pause(pause_ms).await?;
                }
                let answered = call.get(waiting.path()).await;
                if let Some(seen) = waiting.looked(answered)?
                    && let Some(on_update) = &on_update
                    && let Some(update) = convert::parse(seen)
                {
                    tell(on_update, &update);
                }
            }
        }))
    }

    /// What `createOrder` would send: nothing is sent.
    ///
    /// # Errors
    ///
    /// `ValidationError`.
    #[wasm_bindgen(js_name = prepareOrder)]
    pub fn prepare_order(&self, order: &JsValue) -> Result<JsValue, JsValue> {
        let order = self.check(order).map_err(thrown)?;
        let prepared = object(&prepared_json(&order)).map_err(thrown)?;
        Reflect::set(&prepared, &"body".into(), &convert::to_bytes(order.body()))?;
        Ok(prepared)
    }

    /// `limits.maxCampaignValue` as decimal text, for `placeCampaign`.
    #[wasm_bindgen(js_name = maxCampaignValue)]
    pub fn max_campaign_value(&self) -> Option<String> {
        let value = self.shared.options.max_campaign_value;
        value.map(Amount::to_decimal)
    }

    /// What a question is answered, for `client/ask.js`: `Question::of` has the methods. `begun_ms` is when a call of
    /// several questions began; they share its deadline.
    pub fn ask(
        &self,
        method: &str,
        about: &JsValue,
        options: &JsValue,
        begun_ms: Option<f64>,
    ) -> Promise {
        let call = self.call(options).map(|call| call.begun_at(begun_ms));
        let profile = self.shared.options.profile;
        Question::ask(Question::of(method, about, profile), call)
    }

    /// The id of the order that a notification names, or `undefined`. `read` promises its bytes, or nothing where there are too
    /// many; it is called once the options are known to be good, since a body can be read but once, and told how many bytes are taken.
    pub fn hook(&self, read: Function, options: &JsValue) -> Promise {
        let call = self.call(options);
        promised(Box::pin(async move {
            let run = call?.run;
            let bytes = match read.call1(&JsValue::UNDEFINED, &webhook::LARGEST.into()) {
                Ok(bytes) => Promise::resolve(&bytes),
                Err(fault) => Promise::reject(&fault),
            };
            hook::order_id(
                run.given(&bytes, "The body of the notification", "")
                    .await?,
            )
        }))
    }

    /// For catalog-cache.js: `[store, ttlMs, timeoutMs, deadlineMs, pageSize, email]`; the last is a function where credentials are.
    ///
    /// # Errors
    ///
    /// `ConfigError` for options that cannot be used.
    pub fn cache(&self, options: &JsValue) -> Result<Array, JsValue> {
        let shared = &self.shared.options;
        // Read in JavaScript: what a getter of it throws may tell anything.
        field::boolean(options, "refresh").map_err(thrown)?;
        let policy = CallOptions::read(options, shared.policy)
            .map_err(thrown)?
            .policy;
        let deadline_ms = policy.deadline_ms.map_or(f64::INFINITY, number::to_js);
        let email = match &shared.credentials {
            CredentialSource::None => JsValue::UNDEFINED,
            CredentialSource::Fixed(credentials) => JsValue::from_str(&credentials.email),
            CredentialSource::Function(function) => function.into(),
        };
        Ok([
            shared.cache.store.clone().unwrap_or_default(),
            number::to_js(shared.cache.catalog_ttl_ms).into(),
            number::to_js(policy.timeout_ms).into(),
            deadline_ms.into(),
            products::LARGEST_PAGE.into(),
            email,
        ]
        .into_iter()
        .collect())
    }

    /// The key of the catalog for one base URL and one account.
    #[wasm_bindgen(js_name = catalogKey)]
    pub fn catalog_key(&self, email: Option<String>) -> String {
        let parts = [&*self.shared.options.base_url, &*email.unwrap_or_default()];
        store::key("catalog", &parts)
    }

    fn call(&self, options: &JsValue) -> Result<Driver> {
        let options = CallOptions::read(options, self.shared.options.policy)?;
        Ok(Driver::new(&self.shared, options))
    }

    fn check(&self, order: &JsValue) -> Result<CheckedOrder<'static>> {
        convert::order_bytes(order)
            .and_then(|bytes| CheckedOrder::read(bytes, &self.shared.options.limits))
            .map_err(Error::validation)
    }
}

/// The id of an order that is waited for, and what is known of it: an order, or its id.
fn known_order(order: &JsValue) -> Result<(String, Option<Vec<u8>>)> {
    if !order.is_object() {
        return Ok((identifier(order, "waitForOrder: order")?, None));
    }
    let invalid = || Error::config("waitForOrder: order must be an order with an Id, or its id.");
    let known = convert::order_bytes(order).map_err(|_| invalid())?;
    let id = orders::order_id(&known).ok_or_else(invalid)?;
    // What an object held as a number has been through a float.
    if let Some(held) = property(order, "Id").filter(|id| id.as_f64().is_some()) {
        identifier(&held, "waitForOrder: order.Id")?;
    }
    Ok((id, Some(known)))
}

fn unreadable() -> Box<Error> {
    Error::new(Kind::Decode)
}

fn placed_json(placed: &Placed) -> Option<Vec<u8>> {
    let order = casing::documented(&placed.order).ok()?;
    let mut json = Writer::with_capacity(order.len());
    json.object();
    json.key("order");
    json.raw(&order);
    json.key("outcome");
    match placed.by {
        PlacedBy::Creation => json.string("created"),
        PlacedBy::Reconciliation { full } => {
            json.string("reconciled");
            json.key("compared");
            json.string(if full { "full" } else { "partial" });
        }
    }
    json.key("attempts");
    json.number(u64::from(placed.attempts));
    if let Some(request_id) = &placed.request_id {
        json.key("requestId");
        json.string(request_id);
    }
    json.close_object();
    Some(json.into_bytes())
}

/// What there is to say of an order that could be sent, but for its bytes.
fn prepared_json(order: &CheckedOrder<'_>) -> Vec<u8> {
    let mut json = Writer::new();
    json.object();
    for (key, text) in [
        ("poNumber", order.po_number().as_str()),
        ("orderType", order.order_type().as_str()),
        ("faceValue", &order.face_value().to_decimal()),
        ("method", Verb::Post.as_str()),
        ("path", orders::PATH),
        ("contentType", "application/json"),
    ] {
        json.key(key);
        json.string(text);
    }
    json.key("lineCount");
    json.number(order.line_count());
    json.close_object();
    json.into_bytes()
}

/// An identifier that can be a segment of a path. A number is its own digits, up to where
/// JavaScript still has all of them: beyond it would name another order.
pub(super) fn identifier(value: &JsValue, name: &str) -> Result<String> {
    if let Some(number) = value.as_f64() {
        return number::whole(number).map(decimal_text).ok_or_else(|| {
            Error::config(
                [
                    name,
                    " must be a text: JavaScript does not hold every digit of such a number.",
                ]
                .concat(),
            )
        });
    }
    if value.is_undefined() || value.is_null() {
        return Err(Error::config([name, " is missing."].concat()));
    }
    value
        .as_string()
        .filter(|id| is_segment(id))
        .ok_or_else(|| Error::config([name, " must be a text, neither empty nor . or .."].concat()))
}
