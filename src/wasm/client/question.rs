//! One question to the API and what is made of its answer.
//!
//! Every call but the placing of an order and the wait for one is a question, so that there is one future for all of them: each
//! type of future costs kilobytes.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

use super::driver::Driver;
use super::promise::promised;
use super::token_slot;
use crate::answer::Answer;
use crate::api::{Profile, Verb, casing, orders, status, tokens};
use crate::error::{Error, Kind, Result};
use crate::flow::history::{Found, History};
use crate::flow::is_of_the_id;
use crate::flow::listing::{Listing, Turned};
use crate::flow::raw_request;
use crate::json::Writer;
use crate::wasm::shared::convert;
use crate::wasm::shared::number;

/// What is sent, and what is made of the answer.
pub(super) struct Question {
    pub(super) verb: Verb,
    pub(super) path: String,
    pub(super) body: Option<Vec<u8>>,
    pub(super) shape: Shape,
}

/// What an answer becomes.
pub(super) enum Shape {
    /// The token that the client uses from now on.
    Token,
    /// An object.
    Object,
    /// An object, or the word of a health check.
    Status,
    /// `[page, next, missing]`, for page.js: what goes on behind it, as bytes, and how many items are not listed yet. No page is there behind
    /// the last one, and where one came twice.
    Page(Listing),
    /// The order of a PO number: a page of the history is read, then the next one or the order. Nothing where there is none, unless it is
    /// to be confirmed.
    Search {
        history: Box<History>,
        is_confirmed: bool,
    },
    /// The order that a notification is about, which must have that PO number; `is_listed`: the history has it, so that there is nothing
    /// more to search for.
    Confirmed { po_number: String, is_listed: bool },
    /// `[answer, bytes, headers]`: the bytes of a body that is not JSON.
    Raw { is_order: bool },
}

/// What is made of an answer.
enum Made {
    Value(JsValue),
    /// There is more to ask.
    Ask(Question),
}

impl Question {
    /// A reading one.
    pub(super) const fn get(path: String, shape: Shape) -> Self {
        Self {
            verb: Verb::Get,
            path,
            body: None,
            shape,
        }
    }

    /// The next page of the history.
    pub(super) fn of_history(history: Box<History>, is_confirmed: bool, profile: Profile) -> Self {
        let path = profile.path(&history.path());
        let shape = Shape::Search {
            history,
            is_confirmed,
        };
        Self::get(path, shape)
    }

    /// Sends it. What may have an effect is sent once, but for a token that was refused.
    #[inline(never)]
    pub(super) fn ask(question: Result<Self>, call: Result<Driver>) -> Promise {
        promised(Box::pin(async move {
            let (mut question, mut call) = (question?, call?);
            if !question.verb.only_reads() && !matches!(question.shape, Shape::Token) {
                call = call.without_retries();
            }
            loop {
                let body = question.body.as_deref();
                let answered = match question.shape {
                    Shape::Token => token_slot::ask(&call.run).await,
                    _ => call.call(question.verb, &question.path, body).await,
                };
                match question.shape.made(answered, &call)? {
                    Made::Value(value) => return Ok(value),
                    Made::Ask(next) => question = next,
                }
                call.run.begin_anew();
            }
        }))
    }
}

impl Shape {
    #[inline(never)]
    fn made(self, answered: Result<Answer>, call: &Driver) -> Result<Made> {
        if let Self::Search {
            history,
            is_confirmed,
        } = self
        {
            return searched(history, answered, is_confirmed, call.run.options().profile);
        }
        if let Self::Page(listing) = self {
            return page(listing, answered).map(Made::Value);
        }
        let answer = match (answered, &self) {
            (Ok(answer), _) => answer,
            // A notification's id may be its own.
            (
                Err(error),
                Self::Confirmed {
                    po_number,
                    is_listed: false,
                },
            ) if is_of_the_id(error.kind) => {
                let history = Box::new(History::new(po_number, None));
                let profile = call.run.options().profile;
                return Ok(Made::Ask(Question::of_history(history, true, profile)));
            }
            (Err(error), Self::Raw { is_order }) => {
                return Err(raw_request::refused(error, *is_order));
            }
            (Err(error), Self::Token) => return Err(tokens::refused(error)),
            (Err(error), _) => return Err(error),
        };
        if matches!(self, Self::Token) {
            let (token, body) = token_slot::token_of(&call.run, answer)?;
            call.token_slot().keep(token);
            let token = casing::documented_object(&body);
            return object(&token.unwrap_or_default()).map(Made::Value);
        }
        let body = answer.body.as_deref().unwrap_or_default();
        let read = match self {
            Self::Raw { .. } => return raw(&answer, call.run.answered.take()).map(Made::Value),
            Self::Status => status::read(body),
            Self::Confirmed { po_number, .. } => {
                let order = casing::documented_object(body);
                if order.is_some() {
                    orders::confirm(body, &po_number)?;
                }
                order
            }
            Self::Token | Self::Object | Self::Page(_) | Self::Search { .. } => {
                casing::documented_object(body)
            }
        };
        object(&read.ok_or_else(|| Error::unreadable(answer))?).map(Made::Value)
    }
}

/// What a page of the history leads to.
fn searched(
    mut history: Box<History>,
    answered: Result<Answer>,
    is_confirmed: bool,
    profile: Profile,
) -> Result<Made> {
    Ok(match history.find(answered, is_confirmed)? {
        Found::Order(id) => {
            let shape = if is_confirmed {
                Shape::Confirmed {
                    po_number: history.po_number().to_owned(),
                    is_listed: true,
                }
            } else {
                Shape::Object
            };
            Made::Ask(Question::get(orders::path_of(&id), shape))
        }
        Found::Further => Made::Ask(Question::of_history(history, is_confirmed, profile)),
        Found::Nothing => Made::Value(JsValue::UNDEFINED),
    })
}

fn page(mut listing: Listing, answered: Result<Answer>) -> Result<JsValue> {
    let (page, is_last) = match listing.read(answered)? {
        Turned::Page { page, is_last } => (object(&page.json)?, is_last),
        Turned::Again => (JsValue::UNDEFINED, false),
        Turned::Ended => (JsValue::UNDEFINED, true),
    };
    let next = if is_last {
        JsValue::UNDEFINED
    } else {
        convert::to_bytes(&listing.to_bytes()).into()
    };
    let missing = number::to_js(listing.missing()).into();
    Ok(Array::of3(&page, &next, &missing).into())
}

fn raw(answer: &Answer, headers: Option<JsValue>) -> Result<JsValue> {
    let body = answer.body.as_deref().unwrap_or_default();
    let documented = casing::documented(body).ok();
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
    let bytes = if documented.is_none() && !body.is_empty() {
        convert::to_bytes(body).into()
    } else {
        JsValue::UNDEFINED
    };
    let answer = object(&json.into_bytes())?;
    Ok(Array::of3(&answer, &bytes, &headers.into()).into())
}

/// The object that a JSON text is.
pub(super) fn object(json: &[u8]) -> Result<JsValue> {
    convert::parse(json).ok_or_else(|| Error::new(Kind::Decode))
}
