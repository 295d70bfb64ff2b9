//! The client's one token, shared by all of its calls.
//!
//! Requests of a Worker share data and a JavaScript promise, never a Rust future: a future that belongs to a request which is
//! gone is never polled again, and everyone who waits on it hangs (measured: of 20 requests that
//! shared one, 19 hung). The promise of a request that is gone stays open for ever in workerd up to 1.20261116, and is rejected from
//! 1.20261117 on: whoever waited for it asks anew.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_net::http::Headers;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::host::now_ms;
use super::promise::promised;
use super::run::{Authorize, Boxed, Run, Send};
use super::store;
use super::watch::{self, Waited};
use crate::answer::Answer;
use crate::api::{Verb, tokens};
use crate::error::{Error, Kind, Result};
use crate::flow::Token;
use crate::wasm::shared::number;

#[wasm_bindgen]
extern "C" {
    /// An `AbortController` that may be another request's, which a Worker must not touch: it throws.
    type Controller;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Controller) -> Result<(), JsValue>;
}

/// How long others wait for a request for a token that is not theirs. Whoever began it may be gone.
const SHARED_MS: u64 = 10_000;

/// The token, and the request for one that is under way.
#[derive(Default)]
pub(super) struct TokenSlot {
    token: RefCell<Option<Token>>,
    pending: RefCell<Option<Pending>>,
}

#[derive(Clone)]
struct Pending {
    promise: Promise,
    result: Rc<RefCell<Option<Result<Token>>>>,
    begun_ms: f64,
    /// What an attempt of it may take.
    timeout_ms: u64,
    /// Calls that wait for it. One that is gone without a word counts for ever, so it may be too many.
    waiting: Rc<Cell<u32>>,
    /// Ends it.
    controller: Option<AbortController>,
}

impl Pending {
    fn age_ms(&self) -> u64 {
        number::from_js(now_ms() - self.begun_ms)
    }
}

impl TokenSlot {
    /// A token that is good and is not the refused one; nothing where one must be asked for.
    fn at_hand(&self, refused: Option<&str>) -> Option<String> {
        let token = self.token.try_borrow().ok()?;
        let token = token.as_ref()?;
        let fresh = token.is_fresh(number::from_js(now_ms())) && Some(token.value()) != refused;
        fresh.then(|| token.value().to_owned())
    }

    /// Keeps a token: calls use it from now on.
    pub(super) fn keep(&self, token: Token) {
        if let Ok(mut slot) = self.token.try_borrow_mut() {
            *slot = Some(token);
        }
    }

    /// The request that is under way, unless it has been for too long.
    fn joined(&self) -> Option<Pending> {
        let pending = self.pending.try_borrow().ok()?.clone()?;
        (pending.age_ms() < SHARED_MS).then_some(pending)
    }

    /// A refused token may still stand in the caller's store, or an older one: after one, only a new one will do.
    fn begin(self: &Rc<Self>, run: &Run, was_refused: bool) -> Pending {
        let slot = Rc::clone(self);
        let result = Rc::new(RefCell::new(None));
        let controller = AbortController::new().ok();
        let of = run.for_token(controller.as_ref().map(AbortController::signal));
        let timeout_ms = of.policy().timeout_ms;
        let (told, left_ms) = (
            Rc::clone(&result),
            run.token_ms(timeout_ms).unwrap_or_default(),
        );
        let promise = promised(Box::pin(async move {
            let fetched = obtain(&of, was_refused, left_ms).await;
            if let Ok(token) = &fetched {
                slot.keep(token.clone());
            }
            slot.end(&told);
            if let Ok(mut told) = told.try_borrow_mut() {
                *told = Some(fetched);
            }
            Ok(JsValue::UNDEFINED)
        }));
        let pending = Pending {
            promise,
            result,
            begun_ms: now_ms(),
            timeout_ms,
            waiting: Rc::default(),
            controller,
        };
        if let Ok(mut slot) = self.pending.try_borrow_mut() {
            *slot = Some(pending.clone());
        }
        pending
    }

    fn end(&self, result: &Rc<RefCell<Option<Result<Token>>>>) {
        if let Ok(mut slot) = self.pending.try_borrow_mut()
            && slot
                .as_ref()
                .is_some_and(|pending| Rc::ptr_eq(&pending.result, result))
        {
            *slot = None;
        }
    }

    /// One that waited does so no more. What nobody waits for ends: it would be asked for again and again, and keep a process awake.
    fn leave(&self, pending: &Pending, is_settled: bool) {
        let waiting = pending.waiting.get().saturating_sub(1);
        pending.waiting.set(waiting);
        if waiting == 0 && !is_settled {
            self.end(&pending.result);
            if let Some(controller) = &pending.controller {
                let _ = controller.unchecked_ref::<Controller>().abort();
            }
        }
    }

    /// A token for a call: the one at hand, else one that is asked for, by this call or by another.
    pub(super) async fn token(self: &Rc<Self>, run: &Run, refused: Option<&str>) -> Result<String> {
        loop {
            if let Some(token) = self.at_hand(refused) {
                return Ok(token);
            }
            let (pending, own) = match self.joined() {
                Some(pending) => (pending, false),
                None => (self.begin(run, refused.is_some()), true),
            };
            let left = run
                .token_ms(pending.timeout_ms)
                .ok_or_else(|| Error::new(Kind::Timeout))?;
            let patience = SHARED_MS.saturating_sub(pending.age_ms());
            let gives_up = own || left <= patience;
            let time = if own { left } else { patience.min(left) };
            pending.waiting.set(pending.waiting.get().saturating_add(1));
            let waited = watch::settled(&pending.promise, time, run.signal()).await;
            self.leave(&pending, matches!(waited, Waited::Settled(_)));
            match waited {
                Waited::Settled(_) => {
                    let told = pending
                        .result
                        .try_borrow()
                        .ok()
                        .and_then(|told| told.clone());
                    match told {
                        // Where it is the one that was refused, it is tried once more: the API may hand out one for as long as it is
                        // good, and its next 401 says more than we could.
                        Some(Ok(token)) => return Ok(token.value().to_owned()),
                        Some(Err(error)) => return Err(error),
                        None if own => return Err(unanswered()),
                        // workerd rejects the promise of a request that has ended: nobody has refused anything, and the next request
                        // for a token is one's own.
                        None => self.end(&pending.result),
                    }
                }
                Waited::Aborted => return Err(Error::new(Kind::Aborted)),
                // One's own time is up; another's request is given up, and the next one is one's own.
                Waited::TimedOut if gives_up => {
                    return Err(Error::new(Kind::Timeout));
                }
                Waited::TimedOut => self.end(&pending.result),
            }
        }
    }
}

/// Of a request for a token that ended without a word, whatever ended it.
#[cold]
fn unanswered() -> Box<Error> {
    Error::new(Kind::Network).with_message("The request for a token ended without an answer.")
}

/// A token of the store, else a new one, which is kept there too. `left_ms` is what the caller has left, who may be less patient
/// than the run.
async fn obtain(run: &Run, was_refused: bool, left_ms: u64) -> Result<Token> {
    let store = run.options().cache.store.as_ref();
    let Some(store) = store.filter(|_| run.options().cache.token) else {
        return fetched(run).await;
    };
    // The run keeps them, so that the key and the request speak of one account.
    let key = run.credentials().await?.map(|credentials| {
        let parts = [
            &*run.options().base_url,
            &*credentials.email,
            &*credentials.access_token,
        ];
        store::key("token", &parts)
    });
    let Some(key) = key else {
        return fetched(run).await;
    };
    if !was_refused
        && let Some(entry) = store::look(store, &key, left_ms).await
        && let Some(token) = Token::open(&key, &entry)
        && token.kept_seconds(number::from_js(now_ms())).is_some()
    {
        return Ok(token);
    }
    let token = fetched(run).await?;
    if let Some(seconds) = token.kept_seconds(number::from_js(now_ms())) {
        // Nobody waits for it: the token is at hand.
        let entry = token.seal(&key);
        store::keep(store, &key, &entry, seconds, left_ms);
    }
    Ok(token)
}

async fn fetched(run: &Run) -> Result<Token> {
    let answer = ask(run).await.map_err(tokens::refused)?;
    token_of(run, answer).map(|(token, _)| token)
}

/// Asks the API for a token.
pub(super) fn ask(run: &Run) -> Boxed<'_, Result<Answer>> {
    run.call(Verb::Post, tokens::PATH, None, &ByCredentials)
}

/// The token of an answer, and the answer's body.
pub(super) fn token_of(run: &Run, mut answer: Answer) -> Result<(Token, Vec<u8>)> {
    // Where it holds no token, it may hold half of one: it is kept out of the error.
    let body = answer.body.take().unwrap_or_default();
    if let Some(token) = tokens::TokenAnswer::read(&body) {
        // The clock may have stood still, or the token may have lived since it was asked for: the earlier time counts.
        return Ok((Token::new(token, number::from_js(run.begun_ms())), body));
    }
    let mut error = Error::from_answer(answer);
    error.kind = Kind::Decode;
    Err(error.with_message("The API's answer holds no token."))
}

/// The credentials themselves, for a token.
struct ByCredentials;

impl Authorize for ByCredentials {
    fn authorize<'a>(
        &'a self,
        run: &'a Run,
        _: Send<'a>,
        headers: &'a Headers,
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            if let Some(credentials) = run.credentials().await? {
                headers.set(tokens::EMAIL_HEADER, &credentials.email);
                headers.set(tokens::ACCESS_TOKEN_HEADER, &credentials.access_token);
            }
            Ok(())
        })
    }
}
