//! One call of the client: the machines of `flow`, driven with fetch, timers and the caller's signal.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::compose::compose;
use super::events::About;
use super::headers;
use super::host::{now_ms, seed};
use super::number;
use super::options::{CallOptions, CredentialSource, Credentials, HeaderSource, Options};
use super::token_slot::TokenSlot;
use super::transport::{self, Outgoing};
use super::watch::{Waited, Watch};
use crate::answer::Answer;
use crate::api::{Verb, orders, tokens};
use crate::error::{Error, Kind, Result};
use crate::flow::{Call, Event, Placed, Placement, Policy, Request, Step, Token};
use crate::order::CheckedOrder;

/// What all calls of a client share.
pub(super) struct Shared {
    pub(super) options: Options,
    pub(super) token: TokenSlot,
}

/// One call, from its start to its deadline.
pub(super) struct Run {
    shared: Rc<Shared>,
    policy: Policy,
    signal: Option<AbortSignal>,
    begun_ms: f64,
    /// The token that the last request carried.
    token: RefCell<Option<String>>,
    /// What the caller's function answered: it is asked once a token.
    credentials: RefCell<Option<Credentials>>,
    attempt: Cell<u32>,
    /// Of the last answer, as `fetch` gave them.
    pub(super) answered: Cell<Option<JsValue>>,
    po_number: Option<String>,
}

/// A future that is boxed: it is compiled once, and not again into each that waits for it.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A request of a call.
struct Send<'a> {
    verb: Verb,
    path: &'a str,
    body: Option<&'a [u8]>,
    /// Whether it carries a bearer token.
    authorized: bool,
    fresh_token: bool,
    timeout_ms: u64,
}

impl Run {
    pub(super) fn new(shared: &Rc<Shared>, options: CallOptions) -> Self {
        Self {
            shared: Rc::clone(shared),
            policy: options.policy,
            signal: options.signal,
            begun_ms: now_ms(),
            token: RefCell::default(),
            credentials: RefCell::default(),
            attempt: Cell::new(0),
            answered: Cell::default(),
            po_number: None,
        }
    }

    /// A call of its own that gets a token for this one and others, so it ends with neither's signal, and is as patient as the more
    /// patient of this call and the client: each who waits for it has its own patience.
    pub(super) fn for_token(&self, signal: Option<AbortSignal>) -> Self {
        let mut policy = self.shared.options.policy;
        policy.timeout_ms = policy.timeout_ms.max(self.policy.timeout_ms);
        policy.deadline_ms = policy.deadline_ms.max(self.policy.deadline_ms);
        Self::new(&self.shared, CallOptions { policy, signal })
    }

    /// How long this call waits for a token; nothing where its time is over. One that allows its attempts less time than the request
    /// for the token takes for its own waits for as long as its attempts would take.
    pub(super) fn token_ms(&self, timeout_ms: u64) -> Option<u64> {
        let left = self.left_ms()?;
        if self.policy.timeout_ms >= timeout_ms {
            return Some(left);
        }
        let attempts = u64::from(self.options().policy.max_retries).saturating_add(1);
        Some(left.min(self.policy.timeout_ms.saturating_mul(attempts)))
    }

    pub(super) const fn timeout_ms(&self) -> u64 {
        self.policy.timeout_ms
    }

    pub(super) fn options(&self) -> &Options {
        &self.shared.options
    }

    pub(super) fn token_slot(&self) -> &TokenSlot {
        &self.shared.token
    }

    pub(super) const fn signal(&self) -> Option<&AbortSignal> {
        self.signal.as_ref()
    }

    /// Milliseconds until the deadline; nothing where it is over.
    pub(super) fn left_ms(&self) -> Option<u64> {
        match self.policy.deadline_ms {
            None => Some(u64::MAX),
            Some(deadline) => {
                Some(deadline.saturating_sub(self.elapsed())).filter(|left| *left > 0)
            }
        }
    }

    fn elapsed(&self) -> u64 {
        // A clock that was set back makes no time pass.
        number::from_js(now_ms() - self.begun_ms)
    }

    /// The same call as a part of one that began earlier, whose deadline it shares.
    pub(super) fn begun_at(mut self, begun_ms: Option<f64>) -> Self {
        self.begun_ms = begun_ms.unwrap_or(self.begun_ms);
        self
    }

    /// The same call, whose request is sent once: nobody knows what a second one would do.
    pub(super) fn without_retries(mut self) -> Self {
        self.policy.max_retries = 0;
        self
    }

    /// Gets a resource.
    pub(super) fn get<'a>(&'a self, path: &'a str) -> Boxed<'a, Result<Answer>> {
        self.call(Verb::Get, path, None, true)
    }

    /// Asks for a token.
    pub(super) async fn fetch_token(&self) -> Result<Token> {
        match self.call(Verb::Post, tokens::PATH, None, false).await {
            Ok(answer) => self.token_of(answer).map(|(token, _)| token),
            Err(error) => Err(tokens::refused(error)),
        }
    }

    /// Makes the token of an answer the one that the client uses from now on, and hands the answer's body back.
    pub(super) fn keep_token(&self, answer: Answer) -> Result<Vec<u8>> {
        let (token, body) = self.token_of(answer)?;
        self.shared.token.keep(token);
        Ok(body)
    }

    fn token_of(&self, mut answer: Answer) -> Result<(Token, Vec<u8>)> {
        // Where it holds no token, it may hold half of one: it is kept out of the error.
        let body = answer.body.take().unwrap_or_default();
        if let Some(token) = tokens::TokenAnswer::read(&body) {
            // The clock may have stood still, or the token may have lived since it was asked for: the earlier time counts.
            return Ok((Token::new(token, number::from_js(self.begun_ms)), body));
        }
        let mut error = Error::from_answer(answer);
        error.kind = Kind::Decode;
        Err(error.with_message("The API's answer holds no token."))
    }

    /// Sends a request until it is answered or there is no point.
    pub(super) fn call<'a>(
        &'a self,
        verb: Verb,
        path: &'a str,
        body: Option<&'a [u8]>,
        authorized: bool,
    ) -> Boxed<'a, Result<Answer>> {
        Box::pin(async move {
            let mut machine = Call::new(verb, path.into(), self.policy, seed());
            let mut step = machine.start(self.elapsed());
            loop {
                let event = match step {
                    Step::Done(result) => return result,
                    Step::Sleep(ms) => self.sleep(verb, path, ms).await,
                    Step::Send {
                        fresh_token,
                        timeout_ms,
                        ..
                    } => {
                        self.send(Send {
                            verb,
                            path,
                            body,
                            authorized,
                            fresh_token,
                            timeout_ms,
                        })
                        .await
                    }
                };
                step = machine.on(event, self.elapsed());
            }
        })
    }

    /// Places an order, exactly once.
    pub(super) async fn place(mut self, order: &CheckedOrder<'_>) -> Result<Placed> {
        self.po_number = Some(order.po_number().as_str().to_owned());
        let mut machine = Placement::new(order, self.policy, seed(), compose);
        let mut step = machine.start(self.elapsed());
        loop {
            let event = match step {
                Step::Done(result) => return result,
                Step::Sleep(ms) => self.sleep(Verb::Post, orders::PATH, ms).await,
                Step::Send {
                    request,
                    fresh_token,
                    timeout_ms,
                } => {
                    let page;
                    let (verb, path, body) = match &request {
                        Request::Place => (Verb::Post, orders::PATH, Some(order.body())),
                        Request::Get(path) => {
                            page = self.shared.options.profile.path(path);
                            (Verb::Get, page.as_str(), None)
                        }
                    };
                    self.send(Send {
                        verb,
                        path,
                        body,
                        authorized: true,
                        fresh_token,
                        timeout_ms,
                    })
                    .await
                }
            };
            step = machine.on(event, self.elapsed());
        }
    }

    /// Waits until so much later, the deadline or the signal; the deadline is an error.
    pub(super) async fn pause(&self, ms: u64) -> Result<()> {
        let left = self.left_ms().ok_or_else(|| Error::new(Kind::Timeout))?;
        let watch = Watch::new(Some(ms.min(left)), self.signal());
        if watch.is_aborted().await {
            Err(Error::new(Kind::Aborted))
        } else if left <= ms {
            Err(Error::new(Kind::Timeout))
        } else {
            Ok(())
        }
    }

    async fn sleep(&self, verb: Verb, path: &str, ms: u64) -> Event {
        self.shared.options.events.retry(self.about(verb, path), ms);
        let watch = Watch::new(Some(ms), self.signal());
        if watch.is_aborted().await {
            Event::Aborted
        } else {
            Event::Woke
        }
    }

    async fn send(&self, send: Send<'_>) -> Event {
        if self.signal.as_ref().is_some_and(AbortSignal::aborted) {
            return Event::NotSent(Error::new(Kind::Aborted));
        }
        let headers = match self.headers(&send).await {
            Ok(headers) => headers,
            Err(error) => return Event::NotSent(error),
        };
        // A token or the caller's headers may have taken their time, which is the call's too.
        let Some(left_ms) = self.left_ms() else {
            return Event::NotSent(Error::new(Kind::Timeout));
        };
        self.attempt.set(self.attempt.get().saturating_add(1));
        let about = self.about(send.verb, send.path);
        let events = &self.shared.options.events;
        events.request(about);

        let url = [&self.shared.options.base_url, send.path].concat();
        let begun = now_ms();
        let event = transport::exchange(
            &self.shared.options.fetch,
            Outgoing {
                verb: send.verb,
                url: &url,
                headers,
                body: send.body,
                timeout_ms: send.timeout_ms.min(left_ms),
                signal: self.signal(),
            },
            &self.answered,
        )
        .await;

        let status = match &event {
            Event::Answered(answer) => Some(answer.status).filter(|status| *status >= 100),
            _ => None,
        };
        events.response(about, status, number::from_js(now_ms() - begun));
        event
    }

    /// The caller's headers and ours, ours last: they win.
    async fn headers(&self, send: &Send<'_>) -> Result<Headers> {
        let headers = Headers::new();
        match &self.shared.options.headers {
            HeaderSource::Fixed(fixed) => headers::set_all(&headers, fixed),
            HeaderSource::Function(function) => {
                let given = self.ask(function, "headers").await?;
                headers::set_all(&headers, &headers::read(&given)?);
            }
        }
        headers.set("Accept", "application/json");
        if send.body.is_some() {
            headers.set("Content-Type", "application/json");
        }
        if matches!(self.shared.options.credentials, CredentialSource::None) {
            return Ok(headers);
        }
        if send.authorized {
            let token = self.bearer(send).await?;
            headers.set("Authorization", &["Bearer ", &token].concat());
            return Ok(headers);
        }
        if let Some(credentials) = self.credentials().await? {
            headers.set(tokens::EMAIL_HEADER, &credentials.email);
            headers.set(tokens::ACCESS_TOKEN_HEADER, &credentials.access_token);
        }
        Ok(headers)
    }

    /// The credentials of this moment; nothing behind a proxy.
    pub(super) async fn credentials(&self) -> Result<Option<Credentials>> {
        match &self.shared.options.credentials {
            CredentialSource::None => Ok(None),
            CredentialSource::Fixed(credentials) => Ok(Some(credentials.clone())),
            CredentialSource::Function(function) => {
                let known = self.credentials.try_borrow().ok();
                if let Some(known) = known.and_then(|known| known.clone()) {
                    return Ok(Some(known));
                }
                let given = self.ask(function, "credentials").await?;
                let given = Credentials::read(&given)?;
                if let Ok(mut known) = self.credentials.try_borrow_mut() {
                    *known = Some(given.clone());
                }
                Ok(Some(given))
            }
        }
    }

    async fn bearer(&self, send: &Send<'_>) -> Result<String> {
        let refused = if send.fresh_token {
            self.shared
                .options
                .events
                .refresh(self.about(send.verb, send.path));
            self.token.try_borrow().ok().and_then(|token| token.clone())
        } else {
            None
        };
        let token = self.shared.token.token(self, refused.as_deref()).await?;
        if let Ok(mut last) = self.token.try_borrow_mut() {
            *last = Some(token.clone());
        }
        Ok(token)
    }

    /// What a function of the caller's returns, now or later, within the time of an attempt.
    async fn ask(&self, function: &Function, name: &str) -> Result<JsValue> {
        let returned = match function.call0(&JsValue::UNDEFINED) {
            Ok(returned) => Promise::resolve(&returned),
            Err(fault) => return Err(failed(name, &fault)),
        };
        self.given(&returned, "The function ", name)
            .await?
            .map_err(|fault| failed(name, &fault))
    }

    /// What a promise of the caller's settles as, within the time of an attempt. `what` and `name` say whose it is.
    pub(super) async fn given(
        &self,
        promise: &Promise,
        what: &str,
        name: &str,
    ) -> Result<Result<JsValue, JsValue>> {
        let timeout = self.policy.attempt_ms(self.elapsed()).unwrap_or_default();
        let watch = Watch::new(Some(timeout), self.signal());
        match watch.settled(promise).await {
            Waited::Settled(settled) => Ok(settled),
            Waited::TimedOut => Err(Error::new(Kind::Timeout)
                .with_message([what, name, " did not answer in time."].concat())),
            Waited::Aborted => Err(Error::new(Kind::Aborted)),
        }
    }

    fn about<'a>(&'a self, verb: Verb, path: &'a str) -> About<'a> {
        About {
            method: verb.as_str(),
            path,
            attempt: self.attempt.get(),
            po_number: self.po_number.as_deref(),
        }
    }
}

#[cold]
#[inline(never)]
fn failed(name: &str, fault: &JsValue) -> Box<Error> {
    let mut error = Error::config(["The function ", name, " failed."].concat());
    error.cause = Some(transport::cause(fault));
    error
}
