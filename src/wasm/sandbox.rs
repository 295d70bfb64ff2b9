//! The sandbox for JavaScript: a handle that is told the real time and answers with plain values.
//!
//! Private to the package: `sandbox-core.js` makes `fetch` of it. No rule of the API may stand here, only what turns one
//! side's values into the other's.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::money::Amount;
use crate::sandbox::{Answer, BODY_LIMIT, Clock, Injection, Options, Reply, Request, Sandbox};
use crate::wasm::shared::error;

/// A sandbox and its clock.
#[wasm_bindgen]
#[derive(Debug)]
pub struct SandboxCore {
    sandbox: Sandbox,
    clock: Clock,
}

#[wasm_bindgen]
impl SandboxCore {
    /// Takes the options as JSON; throws a `ConfigError`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Self, JsValue> {
        let options = Options::from_json(options.as_bytes()).map_err(|reason| refused(&reason))?;
        Ok(Self {
            clock: Clock::new(options.clock),
            sandbox: Sandbox::new(options).map_err(|reason| refused(&reason))?,
        })
    }

    /// The largest body that is read, in bytes.
    #[wasm_bindgen(js_name = bodyLimit)]
    pub fn body_limit() -> usize {
        BODY_LIMIT
    }

    /// The `Email` header that is good here.
    #[wasm_bindgen(getter)]
    pub fn email(&self) -> String {
        self.sandbox.credentials().email.clone()
    }

    /// The `AccessToken` header that is good here.
    #[wasm_bindgen(getter, js_name = accessToken)]
    pub fn access_token(&self) -> String {
        self.sandbox.credentials().access_token.clone()
    }

    /// The sandbox's time, given the real one, both in milliseconds since 1970.
    pub fn now(&self, real_ms: f64) -> f64 {
        to_f64(self.time(real_ms))
    }

    /// Processes a request; `headers` are names and values in turn. The answer is
    /// `{ kind: "answer" | "slow" | "dropped" | "never", status?, headers?, body?, delayMs? }`.
    pub fn handle(
        &mut self,
        method: &str,
        path: &str,
        query: &str,
        headers: Vec<String>,
        body: &[u8],
        real_ms: f64,
    ) -> Result<Object, JsValue> {
        let mut texts = headers.into_iter();
        let mut pairs = Vec::new();
        while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
            pairs.push((name, value));
        }
        let request = Request {
            method,
            path,
            query,
            headers: &pairs,
            body,
        };
        let now_ms = self.time(real_ms);
        reply_object(self.sandbox.handle(request, now_ms))
    }

    /// Takes a fault as JSON; throws a `ConfigError`.
    pub fn inject(&mut self, fault: &str) -> Result<(), JsValue> {
        let injection =
            Injection::from_json(fault.as_bytes()).map_err(|reason| refused(&reason))?;
        self.sandbox.inject(injection);
        Ok(())
    }

    /// Moves the clock forward; throws a `ConfigError`.
    pub fn advance(&mut self, ms: f64) -> Result<(), JsValue> {
        let ms = whole(ms).ok_or_else(|| refused(&"ms must be a whole number of at least 0"))?;
        self.clock.advance(ms);
        Ok(())
    }

    /// Raises the pending balance; throws a `ConfigError`.
    pub fn fund(&mut self, amount: &str) -> Result<(), JsValue> {
        self.sandbox
            .fund(money(amount)?)
            .map_err(|reason| refused(&reason))
    }

    /// Moves funds from pending to available; throws a `ConfigError`.
    pub fn settle(&mut self, amount: &str) -> Result<(), JsValue> {
        self.sandbox
            .settle(money(amount)?)
            .map_err(|reason| refused(&reason))
    }

    /// Every order, as JSON.
    pub fn orders(&self, real_ms: f64) -> Vec<u8> {
        self.sandbox.orders(self.time(real_ms))
    }

    /// The recorded requests, as JSON.
    pub fn requests(&self) -> Vec<u8> {
        self.sandbox.requests()
    }

    /// The notifications that are due, as JSON.
    pub fn webhooks(&mut self, real_ms: f64) -> Vec<u8> {
        let now_ms = self.time(real_ms);
        self.sandbox.take_webhooks(now_ms)
    }
}

impl SandboxCore {
    fn time(&self, real_ms: f64) -> u64 {
        self.clock.now(whole(real_ms.floor()).unwrap_or(0))
    }
}

fn reply_object(reply: Reply) -> Result<Object, JsValue> {
    let object = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&object, &name.into(), &value);
    let set_answer = |answer: &Answer| -> Result<(), JsValue> {
        let headers: Array = answer
            .headers
            .iter()
            .map(|(name, value)| Array::of2(&(*name).into(), &value.as_str().into()))
            .collect();
        set("status", answer.status.into())?;
        set("headers", headers.into())?;
        set("body", Uint8Array::from(answer.body.as_slice()).into())?;
        Ok(())
    };
    let kind = match reply {
        Reply::Answer(answer) => {
            set_answer(&answer)?;
            "answer"
        }
        Reply::SlowBody { answer, delay_ms } => {
            set_answer(&answer)?;
            set("delayMs", JsValue::from_f64(to_f64(delay_ms)))?;
            "slow"
        }
        Reply::Dropped => "dropped",
        Reply::Never => "never",
    };
    set("kind", kind.into())?;
    Ok(object)
}

fn money(text: &str) -> Result<Amount, JsValue> {
    Amount::parse(text)
        .map_err(|_| refused(&r#"the amount must be a decimal string such as "100.00""#))
}

/// A whole number that a double holds exactly.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only whole numbers from 0 to 2^53 get to the cast"
)]
fn whole(number: f64) -> Option<u64> {
    (number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&number))
        .then_some(number as u64)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times and delays: far below 2^53, where a double holds every whole number"
)]
fn to_f64(number: u64) -> f64 {
    number as f64
}

fn refused(reason: &dyn Display) -> JsValue {
    error::config(&format!("sandbox: {reason}"))
}
