//! One question to the API and what is made of its answer.
//!
//! Every call but the placing of an order and the wait for one is a question, so that there is one future for all of them: each
//! type of future costs kilobytes.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

use super::convert;
use super::driver::Driver;
use super::number;
use super::promise::promised;
use super::token_slot;
use crate::answer::Answer;
use crate::api::page::Page;
use crate::api::{Verb, casing, orders, status, tokens};
use crate::error::{Error, Kind, Result};
use crate::json::{Writer, decimal_text};

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
    /// `[page, hasNext, digest, count]`, for page.js.
    Page(Place),
    /// `[id, hasNext, digest, count, total]`: a page of the history, searched for a PO number. Without it the id is null, and undefined
    /// where no order shows a PO number.
    Search(Place, String),
    /// `[answer, bytes, headers]`: the bytes of a body that is not JSON.
    Raw { is_order: bool },
}

/// Which page of a list is asked for, and how many items there were before it, if that is known.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) index: u32,
    pub(super) seen: Option<u64>,
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

    /// Sends it. What may have an effect is sent once, but for a token that was refused.
    #[inline(never)]
    pub(super) fn ask(question: Result<Self>, call: Result<Driver>) -> Promise {
        promised(Box::pin(async move {
            let (question, mut call) = (question?, call?);
            if !question.verb.only_reads() && !matches!(question.shape, Shape::Token) {
                call = call.without_retries();
            }
            let body = question.body.as_deref();
            let answered = match question.shape {
                Shape::Token => token_slot::ask(&call.run).await,
                _ => call.call(question.verb, &question.path, body).await,
            };
            question.shape.made(answered, &call)
        }))
    }
}

impl Shape {
    #[inline(never)]
    fn made(self, answered: Result<Answer>, call: &Driver) -> Result<JsValue> {
        let answer = match (answered, &self) {
            (Ok(answer), _) => answer,
            (Err(error), Self::Raw { is_order }) => return Err(reworded(error, *is_order)),
            (Err(error), Self::Token) => return Err(tokens::refused(error)),
            (Err(error), _) => return Err(error),
        };
        if matches!(self, Self::Token) {
            let (token, body) = token_slot::token_of(&call.run, answer)?;
            call.token_slot().keep(token);
            return object(&documented(&body).unwrap_or_default());
        }
        let body = answer.body.as_deref().unwrap_or_default();
        let read = match self {
            Self::Raw { .. } => return raw(&answer, call.run.answered.take()),
            Self::Token | Self::Object => documented(body),
            Self::Status => status::read(body),
            Self::Page(place) => {
                return page(body, place, None).ok_or_else(|| decode(answer));
            }
            Self::Search(place, po_number) => {
                return page(body, place, Some(&po_number)).ok_or_else(|| decode(answer));
            }
        };
        object(&read.ok_or_else(|| decode(answer))?)
    }
}

fn page(body: &[u8], place: Place, searched: Option<&str>) -> Option<JsValue> {
    let page = Page::read(body, place.index, place.seen).ok()?;
    let first = match searched {
        None => convert::parse(&page.json)?,
        Some(po_number) => found(&orders::search(body, po_number)),
    };
    let digest = JsValue::from_str(&decimal_text(page.digest));
    let count = number::to_js(page.count).into();
    let answer = Array::of4(&first, &page.has_next.into(), &digest, &count);
    answer.push(
        &page
            .total
            .map_or(JsValue::UNDEFINED, |total| number::to_js(total).into()),
    );
    Some(answer.into())
}

fn found(searched: &orders::Searched) -> JsValue {
    match &searched.id {
        Some(id) => JsValue::from_str(id),
        None if searched.shows_any => JsValue::NULL,
        None => JsValue::UNDEFINED,
    }
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

/// To an order 409 and 422 mean what the reference says. But what a 409 names was not compared here.
#[cold]
fn reworded(mut error: Box<Error>, is_order: bool) -> Box<Error> {
    match error.status {
        Some(409) if is_order => {
            let body = error.body.as_deref().unwrap_or_default();
            error.order_id = orders::original_order_ids(body).into_iter().next();
            error.with_message(
                "The PO number is taken (409). Whether by the same order was not looked at.",
            )
        }
        Some(422) if is_order => error.with_message(Kind::InsufficientFunds.sentence()),
        _ => error,
    }
}

/// The object that a JSON text is.
pub(super) fn object(json: &[u8]) -> Result<JsValue> {
    convert::parse(json).ok_or_else(|| Error::new(Kind::Decode))
}

/// An object with the documented keys.
pub(super) fn documented(answer: &[u8]) -> Option<Vec<u8>> {
    let json = casing::documented(answer).ok()?;
    json.starts_with(b"{").then_some(json)
}

/// What an answer of another kind is.
#[cold]
#[inline(never)]
pub(super) fn decode(answer: Answer) -> Box<Error> {
    let mut error = Error::from_answer(answer);
    error.kind = Kind::Decode;
    error.with_message(
        "The API's answer is not what it should be: no JSON, or JSON of another kind.",
    )
}
