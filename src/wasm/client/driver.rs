//! Calls that carry the client's token: the machines of `flow`, driven with fetch, timers and the caller's signal.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_net::http::Headers;

use super::host::seed;
use super::options::{CallOptions, Options};
use super::run::{Authorize, Boxed, Run, Send};
use super::token_slot::TokenSlot;
use crate::answer::Answer;
use crate::api::{Verb, orders};
use crate::error::Result;
use crate::flow::{Placed, Placement, Request, Step};
use crate::order::CheckedOrder;
use crate::wasm::shared::compose::compose;

/// What all calls of a client share.
pub(super) struct Shared {
    pub(super) options: Rc<Options>,
    pub(super) token: Rc<TokenSlot>,
}

/// A call that carries the client's token.
pub(super) struct Driver {
    pub(super) run: Run,
    bearer: Bearer,
}

/// The token of a call.
struct Bearer {
    slot: Rc<TokenSlot>,
    /// The one that the last request carried.
    last: RefCell<Option<String>>,
}

impl Driver {
    pub(super) fn new(shared: &Shared, options: CallOptions) -> Self {
        Self {
            run: Run::new(&shared.options, options),
            bearer: Bearer {
                slot: Rc::clone(&shared.token),
                last: RefCell::default(),
            },
        }
    }

    /// The same call as a part of one that began earlier, whose deadline it shares.
    pub(super) fn begun_at(mut self, begun_ms: Option<f64>) -> Self {
        self.run = self.run.begun_at(begun_ms);
        self
    }

    /// The same call, whose request is sent once: nobody knows what a second one would do.
    pub(super) fn without_retries(mut self) -> Self {
        self.run = self.run.without_retries();
        self
    }

    pub(super) fn token_slot(&self) -> &TokenSlot {
        &self.bearer.slot
    }

    /// Gets a resource.
    pub(super) fn get<'a>(&'a self, path: &'a str) -> Boxed<'a, Result<Answer>> {
        self.call(Verb::Get, path, None)
    }

    /// Sends a request until it is answered or there is no point.
    pub(super) fn call<'a>(
        &'a self,
        verb: Verb,
        path: &'a str,
        body: Option<&'a [u8]>,
    ) -> Boxed<'a, Result<Answer>> {
        self.run.call(verb, path, body, &self.bearer)
    }

    /// Places an order, exactly once.
    pub(super) async fn place(self, order: &CheckedOrder<'_>) -> Result<Placed> {
        let run = self.run.of_order(order.po_number().as_str());
        let mut machine = Placement::new(order, run.policy(), seed(), compose);
        let mut step = machine.start(run.elapsed());
        loop {
            let event = match step {
                Step::Done(result) => return result.map_err(|error| run.told(error)),
                Step::Sleep(ms) => run.sleep(Verb::Post, orders::PATH, ms).await,
                Step::Send {
                    request,
                    fresh_token,
                    timeout_ms,
                } => {
                    let page;
                    let (verb, path, body) = match &request {
                        Request::Place => (Verb::Post, orders::PATH, Some(order.body())),
                        Request::Get(path) => {
                            page = run.options().profile.path(path);
                            (Verb::Get, page.as_str(), None)
                        }
                    };
                    let send = Send {
                        verb,
                        path,
                        body,
                        fresh_token,
                        timeout_ms,
                    };
                    run.send(send, &self.bearer).await
                }
            };
            step = machine.on(event, run.elapsed());
        }
    }
}

impl Authorize for Bearer {
    fn authorize<'a>(
        &'a self,
        run: &'a Run,
        send: Send<'a>,
        headers: &'a Headers,
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let refused = if send.fresh_token {
                run.options()
                    .events
                    .refresh(run.about(send.verb, send.path));
                self.last.try_borrow().ok().and_then(|last| last.clone())
            } else {
                None
            };
            let token = self.slot.token(run, refused.as_deref()).await?;
            headers.set("Authorization", &["Bearer ", &token].concat());
            if let Ok(mut last) = self.last.try_borrow_mut() {
                *last = Some(token);
            }
            Ok(())
        })
    }
}
