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
use crate::api::page::Page;
use crate::api::{Profile, Verb, casing, orders, status, tokens};
use crate::error::{Error, Kind, Result};
use crate::flow::history::{History, Looked};
use crate::json::{Writer, decimal_text};
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
    /// `[page, hasNext, digest, count]`, for page.js.
    Page(Place),
    /// The order of a PO number: a page of the history is read, then the next one or the order. Nothing where there is none, unless it is
    /// to be confirmed.
    Search {
        history: Box<History>,
        is_confirmed: bool,
    },
    /// The order that a notification named, which must have that PO number.
    Confirmed(String),
    /// `[answer, bytes, headers]`: the bytes of a body that is not JSON.
    Raw { is_order: bool },
}

/// What is made of an answer.
enum Made {
    Value(JsValue),
    /// There is more to ask.
    Ask(Question),
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
        let answer = match (answered, &self) {
            (Ok(answer), _) => answer,
            (Err(error), Self::Raw { is_order }) => return Err(reworded(error, *is_order)),
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
            Self::Page(place) => {
                let page = page(body, place).ok_or_else(|| Error::unreadable(answer));
                return page.map(Made::Value);
            }
            Self::Confirmed(po_number) => {
                let order = casing::documented_object(body);
                if order.is_some() {
                    orders::confirm(body, &po_number)?;
                }
                order
            }
            Self::Token | Self::Object | Self::Search { .. } => casing::documented_object(body),
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
    let looked = history.read(answered);
    let mut error = match looked {
        Looked::Found(id) => {
            let shape = if is_confirmed {
                Shape::Confirmed(history.po_number().to_owned())
            } else {
                Shape::Object
            };
            return Ok(Made::Ask(Question::get(orders::path_of(&id), shape)));
        }
        Looked::Further => {
            let next = Question::of_history(history, is_confirmed, profile);
            return Ok(Made::Ask(next));
        }
        Looked::Absent if !is_confirmed => return Ok(Made::Value(JsValue::UNDEFINED)),
        Looked::Absent => Error::new(Kind::NotFound).with_message(
            "The notification names no order, and the history has none of that PO number.",
        ),
        Looked::Untold(reason) => Error::new(Kind::Decode)
            .with_message([reason, ": whether it has the order cannot be told."].concat()),
        Looked::Failed(error) => return Err(error),
    };
    error.po_number = Some(history.po_number().to_owned());
    Err(error)
}

fn page(body: &[u8], place: Place) -> Option<JsValue> {
    let page = Page::read(body, place.index, place.seen).ok()?;
    let digest = JsValue::from_str(&decimal_text(page.digest));
    let count = number::to_js(page.count).into();
    let answer = Array::of4(
        &convert::parse(&page.json)?,
        &page.has_next.into(),
        &digest,
        &count,
    );
    answer.push(
        &page
            .total
            .map_or(JsValue::UNDEFINED, |total| number::to_js(total).into()),
    );
    Some(answer.into())
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
