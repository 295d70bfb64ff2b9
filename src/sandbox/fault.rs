//! What can go wrong on purpose: lost connections, gateways' errors, answers that cannot be read.
//!
//! The faults are those in which an integration orders twice or loses an order. Each waits in a queue for the next request
//! that it applies to. Whether the request was carried out is part of a fault's meaning and never left to chance.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde_json::Value;

use super::option_values::{OptionsError, read_object, whole};

/// A way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is lost before the request is processed.
    DropRequest,
    /// The request is processed; the connection is lost before the answer.
    DropResponse,
    /// The request is not processed, and no answer ever comes.
    Timeout,
    /// The request is processed, and no answer ever comes.
    TimeoutAfter,
    /// The request is processed; the second half of the answer's body takes its time.
    SlowBody,
    /// 500; not processed.
    InternalError,
    /// 503; not processed.
    Unavailable,
    /// 504 with an HTML page; not processed.
    GatewayTimeout,
    /// 504 with an HTML page; processed.
    GatewayTimeoutAfter,
    /// 429 with `Retry-After` in seconds; not processed.
    TooManyRequests,
    /// 429 with `Retry-After` as a date; not processed.
    TooManyRequestsDate,
    /// Every token that was issued is no longer good; at once.
    ExpireToken,
    /// 409 that does not say which order has the PO number; not processed.
    ConflictWithoutId,
    /// The request is processed; the answer has its status and a body that is not JSON.
    MalformedJson,
    /// The request is processed; the answer's body ends half way.
    TruncatedBody,
}

const NAMES: [(&str, Fault); 15] = [
    ("drop-request", Fault::DropRequest),
    ("drop-response", Fault::DropResponse),
    ("timeout", Fault::Timeout),
    ("timeout-after", Fault::TimeoutAfter),
    ("slow-body", Fault::SlowBody),
    ("500", Fault::InternalError),
    ("503", Fault::Unavailable),
    ("504-html", Fault::GatewayTimeout),
    ("504-html-after", Fault::GatewayTimeoutAfter),
    ("429", Fault::TooManyRequests),
    ("429-date", Fault::TooManyRequestsDate),
    ("expire-token", Fault::ExpireToken),
    ("409-without-id", Fault::ConflictWithoutId),
    ("malformed-json", Fault::MalformedJson),
    ("truncated-body", Fault::TruncatedBody),
];

impl Fault {
    /// Its name in the JavaScript API: `drop-response`.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(_, fault)| *fault == self)
            .map_or("", |(name, _)| name)
    }

    /// Every fault.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(_, fault)| *fault)
    }

    /// Returns whether the request that it strikes is processed all the same.
    pub fn commits(self) -> bool {
        matches!(
            self,
            Self::DropResponse
                | Self::TimeoutAfter
                | Self::SlowBody
                | Self::GatewayTimeoutAfter
                | Self::MalformedJson
                | Self::TruncatedBody
        )
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        NAMES
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, fault)| *fault)
            .ok_or(UnknownFault)
    }
}

/// A name that no fault has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFault;

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of")?;
        for (index, (name, _)) in NAMES.iter().enumerate() {
            write!(f, "{} \"{name}\"", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownFault {}

/// A fault and when it strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injection {
    /// What happens.
    pub fault: Fault,
    /// Which requests it applies to: a path, after a method and a space or for every method; a `*` at its end stands for
    /// anything. Nothing is `POST /v1/Orders`.
    pub path: Option<String>,
    /// How many requests it strikes. Default: 1.
    pub times: u64,
    /// How many requests that it applies to it lets by first. Default: 0.
    pub after: u64,
    /// For `slow-body`: how long the second half of the body takes. Default: 5000.
    pub delay_ms: u64,
    /// For `429` and `429-date`: what `Retry-After` says. Default: 2.
    pub retry_after_seconds: u64,
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            path: None,
            times: 1,
            after: 0,
            delay_ms: 5000,
            retry_after_seconds: 2,
        }
    }
}

impl Injection {
    /// Reads `{ fault, path?, times?, after?, delayMs?, retryAfterSeconds? }`.
    ///
    /// # Errors
    ///
    /// [`OptionsError`] for a fault that does not exist, a value that is not what its field takes, a field that is none, and
    /// for `expire-token` with anything beside it, since it acts at once.
    pub fn from_json(json: &[u8]) -> Result<Self, OptionsError> {
        let fields = read_object(json, "the fault")?;
        let fault = fields.get("fault").and_then(Value::as_str).unwrap_or("");
        let fault: Fault = fault
            .parse()
            .map_err(|unknown: UnknownFault| OptionsError::new("fault", unknown.to_string()))?;
        let mut injection = Self::from(fault);
        for (name, value) in &fields {
            let wrong = |expected: &str| OptionsError::new(name.as_str(), expected);
            match name.as_str() {
                "fault" => {}
                _ if fault == Fault::ExpireToken => {
                    return Err(wrong("left out: expire-token acts at once"));
                }
                "path" => {
                    let path = value.as_str().filter(|path| is_target(path));
                    injection.path = Some(path.ok_or_else(|| wrong(TARGET))?.to_owned());
                }
                "times" => {
                    injection.times = whole(name, value)?;
                    if injection.times == 0 {
                        return Err(wrong("a whole number of at least 1"));
                    }
                }
                "after" => injection.after = whole(name, value)?,
                "delayMs" => injection.delay_ms = whole(name, value)?,
                "retryAfterSeconds" => injection.retry_after_seconds = whole(name, value)?,
                _ => return Err(wrong("left out: there is no such field")),
            }
        }
        Ok(injection)
    }

    fn applies(&self, method: &str, path: &str) -> bool {
        let target = self.path.as_deref().unwrap_or("POST /v1/Orders");
        let (wanted_method, wanted_path) = match target.split_once(' ') {
            Some((method, path)) => (Some(method), path),
            None => (None, target),
        };
        wanted_method.is_none_or(|wanted| wanted == method)
            && match wanted_path.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => path == wanted_path,
            }
    }
}

const TARGET: &str = r#"a path such as "/v1/Products", "GET /v1/Orders/*" or "*""#;

fn is_target(text: &str) -> bool {
    let path = text.split_once(' ').map_or(text, |(_, path)| path);
    path == "*" || (path.starts_with('/') && !path.contains(' '))
}

/// The faults that wait, first in, first out.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Vec<Injection>);

impl Faults {
    pub(super) fn push(&mut self, injection: Injection) {
        self.0.push(injection);
    }

    /// The fault that strikes this request: the first of those that apply and have let enough requests by.
    pub(super) fn take(&mut self, method: &str, path: &str) -> Option<Injection> {
        let mut struck = None;
        for (index, injection) in self.0.iter_mut().enumerate() {
            if !injection.applies(method, path) {
                continue;
            }
            if injection.after > 0 {
                injection.after = injection.after.saturating_sub(1);
            } else if struck.is_none() {
                struck = Some(index);
            }
        }
        let index = struck?;
        let injection = self.0.get_mut(index)?;
        injection.times = injection.times.saturating_sub(1);
        if injection.times == 0 {
            Some(self.0.remove(index))
        } else {
            Some(injection.clone())
        }
    }
}
