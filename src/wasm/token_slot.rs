//! The client's one token, shared by all of its calls.
//!
//! Requests of a Worker share data and a JavaScript promise, never a Rust future: a future that belongs to a request which is
//! gone is never polled again, and everyone who waits on it hangs (measured: of 20 requests that
//! shared one, 19 hung). The promise of a request that is gone stays open for ever in workerd up to 1.20261116, and is rejected from
//! 1.20261117 on: whoever waited for it asks anew.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::cache;
use super::driver::Run;
use super::host::now_ms;
use super::number;
use super::promise::promised;
use super::watch::{self, Waited};
use crate::error::{Error, Kind, Result};
use crate::flow::Token;

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
    fn begin(&self, run: &Run, was_refused: bool) -> Pending {
        let result = Rc::new(RefCell::new(None));
        let controller = AbortController::new().ok();
        let of = run.for_token(controller.as_ref().map(AbortController::signal));
        let timeout_ms = of.timeout_ms();
        let (told, left_ms) = (
            Rc::clone(&result),
            run.token_ms(timeout_ms).unwrap_or_default(),
        );
        let promise = promised(Box::pin(async move {
            let fetched = cache::token(&of, was_refused, left_ms).await;
            let slot = of.token_slot();
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
    fn leave(&self, pending: &Pending) {
        let waiting = pending.waiting.get().saturating_sub(1);
        pending.waiting.set(waiting);
        if waiting == 0 {
            self.end(&pending.result);
            if let Some(controller) = &pending.controller {
                let _ = controller.unchecked_ref::<Controller>().abort();
            }
        }
    }

    /// A token for a call: the one at hand, else one that is asked for, by this call or by another.
    pub(super) async fn token(&self, run: &Run, refused: Option<&str>) -> Result<String> {
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
            self.leave(&pending);
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
