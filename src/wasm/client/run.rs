//! One call of the client, from its start to its deadline, and how a request of it is sent.
//!
//! Whose a request is, the headers say, and those come from above: by credentials in token_slot.rs, by a token in driver.rs.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::events::About;
use super::headers;
use super::host::{now_ms, seed};
use super::options::{CallOptions, CredentialSource, Credentials, HeaderSource, Options};
use super::transport::{self, Outgoing};
use super::watch::{self, Waited};
use crate::answer::Answer;
use crate::api::{Verb, base_url};
use crate::error::{Error, Kind, Result};
use crate::flow::{Call, Event, Policy, Step};
use crate::wasm::shared::number;

/// One call, from its start to its deadline.
pub(super) struct Run {
    options: Rc<Options>,
    policy: Policy,
    signal: Option<AbortSignal>,
    begun_ms: f64,
    /// What the caller's function answered: it is asked once a token.
    credentials: RefCell<Option<Credentials>>,
    attempt: Cell<u32>,
    /// Of the last answer, as `fetch` gave them.
    pub(super) answered: Cell<Option<JsValue>>,
    po_number: Option<String>,
}

/// A future that is boxed: it is compiled once, and not again into each that waits for it.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A request of a call.
#[derive(Clone, Copy)]
pub(super) struct Send<'a> {
    pub(super) verb: Verb,
    pub(super) path: &'a str,
    pub(super) body: Option<&'a [u8]>,
    /// Whether the token of the request before was refused.
    pub(super) fresh_token: bool,
    pub(super) timeout_ms: u64,
}

/// What says whose a request is.
pub(super) trait Authorize {
    /// Adds its headers to those of a request.
    fn authorize<'a>(
        &'a self,
        run: &'a Run,
        send: Send<'a>,
        headers: &'a Headers,
    ) -> Boxed<'a, Result<()>>;
}

impl Run {
    pub(super) fn new(options: &Rc<Options>, call: CallOptions) -> Self {
        Self {
            options: Rc::clone(options),
            policy: call.policy,
            signal: call.signal,
            begun_ms: now_ms(),
            credentials: RefCell::default(),
            attempt: Cell::new(0),
            answered: Cell::default(),
            po_number: None,
        }
    }

    /// The same call as a part of one that began earlier, whose deadline it shares.
    pub(super) fn begun_at(mut self, begun_ms: Option<f64>) -> Self {
        self.begun_ms = begun_ms.unwrap_or(self.begun_ms);
        self
    }

    /// What is asked next is another request: its attempts are counted anew.
    pub(super) fn begin_anew(&self) {
        self.attempt.set(0);
    }

    /// The same call, whose request is sent once: nobody knows what a second one would do.
    pub(super) fn without_retries(mut self) -> Self {
        self.policy.max_retries = 0;
        self
    }

    /// The same call, which places the order of that PO number.
    pub(super) fn of_order(mut self, po_number: &str) -> Self {
        self.po_number = Some(po_number.to_owned());
        self
    }

    /// A call of its own that gets a token for this one and others, so it ends with neither's signal.
    pub(super) fn for_token(&self, signal: Option<AbortSignal>) -> Self {
        let policy = self.policy.for_token(self.options.policy);
        Self::new(&self.options, CallOptions { policy, signal })
    }

    /// Returns how long this call waits for a token; nothing where its time is over.
    pub(super) fn token_ms(&self, timeout_ms: u64) -> Option<u64> {
        let client = self.options.policy;
        let left_ms = self.left_ms()?;
        Some(self.policy.token_ms(client, timeout_ms, left_ms))
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    pub(super) const fn policy(&self) -> Policy {
        self.policy
    }

    pub(super) const fn signal(&self) -> Option<&AbortSignal> {
        self.signal.as_ref()
    }

    pub(super) const fn begun_ms(&self) -> f64 {
        self.begun_ms
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

    pub(super) fn elapsed(&self) -> u64 {
        // A clock that was set back makes no time pass.
        number::from_js(now_ms() - self.begun_ms)
    }

    /// Sends a request until it is answered or there is no point.
    pub(super) fn call<'a>(
        &'a self,
        verb: Verb,
        path: &'a str,
        body: Option<&'a [u8]>,
        by: &'a dyn Authorize,
    ) -> Boxed<'a, Result<Answer>> {
        Box::pin(async move {
            let mut machine = Call::new(verb, path.into(), self.policy, seed());
            let mut step = machine.start(self.elapsed());
            loop {
                let event = match step {
                    Step::Done(result) => return result.map_err(|error| self.told(error)),
                    Step::Sleep(ms) => self.sleep(verb, path, ms).await,
                    Step::Send {
                        fresh_token,
                        timeout_ms,
                        ..
                    } => {
                        let send = Send {
                            verb,
                            path,
                            body,
                            fresh_token,
                            timeout_ms,
                        };
                        self.send(send, by).await
                    }
                };
                step = machine.on(event, self.elapsed());
            }
        })
    }

    /// Waits until so much later, the deadline or the signal; the deadline is an error.
    pub(super) async fn pause(&self, ms: u64) -> Result<()> {
        let left = self.left_ms().ok_or_else(|| Error::new(Kind::Timeout))?;
        if watch::is_aborted(ms.min(left), self.signal()).await {
            Err(Error::new(Kind::Aborted))
        } else if left <= ms {
            Err(Error::new(Kind::Timeout))
        } else {
            Ok(())
        }
    }

    /// Waits before a request is sent again.
    pub(super) async fn sleep(&self, verb: Verb, path: &str, ms: u64) -> Event {
        self.options.events.retry(self.about(verb, path), ms);
        if watch::is_aborted(ms, self.signal()).await {
            Event::Aborted
        } else {
            Event::Woke
        }
    }

    /// Sends a request once.
    pub(super) async fn send(&self, send: Send<'_>, by: &dyn Authorize) -> Event {
        if self.signal.as_ref().is_some_and(AbortSignal::aborted) {
            return Event::NotSent(Error::new(Kind::Aborted));
        }
        let headers = match self.headers(send, by).await {
            Ok(headers) => headers,
            Err(error) => return Event::NotSent(error),
        };
        // A token or the caller's headers may have taken their time, which is the call's too.
        let Some(left_ms) = self.left_ms() else {
            return Event::NotSent(Error::new(Kind::Timeout));
        };
        self.attempt.set(self.attempt.get().saturating_add(1));
        let about = self.about(send.verb, send.path);
        let events = &self.options.events;
        events.request(about);

        let url = [&self.options.base_url, send.path].concat();
        let begun = now_ms();
        let event = transport::exchange(
            &self.options.fetch,
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

    /// The caller's headers, and ours, which win.
    async fn headers(&self, send: Send<'_>, by: &dyn Authorize) -> Result<Headers> {
        let headers = Headers::new();
        match &self.options.headers {
            HeaderSource::Fixed(fixed) => headers::add(fixed, &headers),
            HeaderSource::Function(function) => {
                let given = headers::read(&self.ask(function, "headers").await?)?;
                headers::add(&given, &headers);
            }
        }
        headers.set("Accept", "application/json");
        if send.body.is_some() {
            headers.set("Content-Type", "application/json");
        }
        if self.has_credentials() {
            by.authorize(self, send, &headers).await?;
        }
        Ok(headers)
    }

    /// Returns whether the client has any: behind a proxy it has none.
    fn has_credentials(&self) -> bool {
        !matches!(self.options.credentials, CredentialSource::None)
    }

    /// The credentials of this moment; nothing behind a proxy.
    pub(super) async fn credentials(&self) -> Result<Option<Credentials>> {
        match &self.options.credentials {
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
        match watch::settled(promise, timeout, self.signal()).await {
            Waited::Settled(settled) => Ok(settled),
            Waited::TimedOut => Err(Error::new(Kind::Timeout)
                .with_message([what, name, " did not answer in time."].concat())),
            Waited::Aborted => Err(Error::new(Kind::Aborted)),
        }
    }

    /// The error of a call, which says where it was, and of a client without credentials that it has none: none were refused.
    pub(super) fn told(&self, mut error: Box<Error>) -> Box<Error> {
        if !self.has_credentials()
            && let Some(rest) = error.message.strip_prefix(Kind::Unauthorized.sentence())
        {
            error.message = [NO_CREDENTIALS, rest].concat().into();
        }
        base_url::located(&self.options.base_url, error)
    }

    pub(super) fn about<'a>(&'a self, verb: Verb, path: &'a str) -> About<'a> {
        About {
            method: verb.as_str(),
            path,
            attempt: self.attempt.get(),
            po_number: self.po_number.as_deref(),
        }
    }
}

const NO_CREDENTIALS: &str = "The API asks for credentials (401), and this client has none: give it the option credentials, or have the proxy \
     at baseUrl add them.";

#[cold]
#[inline(never)]
fn failed(name: &str, fault: &JsValue) -> Box<Error> {
    let mut error = Error::config(["The function ", name, " failed."].concat());
    error.cause = Some(transport::cause(fault));
    error
}
