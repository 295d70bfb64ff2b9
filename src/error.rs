//! The crate's one error: what failed, what is known of the order, and what may be done next.
//!
//! It never holds a header, a person or a claim link in anything that is shown. The API's own answer is kept beside it, for
//! the caller who asks for it by name.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::answer::{Answer, HIDDEN_REDIRECT, NO_ANSWER};

use crate::order::ValidationReport;

/// The result of everything that can fail.
///
/// The error is boxed: it says a lot, and results are passed by value.
pub type Result<T, E = Box<Error>> = core::result::Result<T, E>;

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The order breaks the API's rules: nothing was sent.
    Validation,
    /// An option or an argument cannot be used.
    Config,
    /// 401 after a fresh token, or the credentials themselves are refused.
    Unauthorized,
    /// 403: API access is disabled for the credentials.
    Forbidden,
    /// 422: the deposit account does not cover the order.
    InsufficientFunds,
    /// 409, and the PO number belongs to an order with other content.
    PoNumberConflict,
    /// No answer in time, or the API said so (408, 504).
    Timeout,
    /// The caller's signal.
    Aborted,
    /// The connection failed.
    Network,
    /// An answer that cannot be read.
    Decode,
    /// 400.
    BadRequest,
    /// 404.
    NotFound,
    /// 429.
    RateLimited,
    /// 5xx.
    Server,
    /// 3xx: redirects are not followed, since credentials would travel along.
    Redirect,
    /// Another status.
    Status,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Validation,
        Self::Config,
        Self::Unauthorized,
        Self::Forbidden,
        Self::InsufficientFunds,
        Self::PoNumberConflict,
        Self::Timeout,
        Self::Aborted,
        Self::Network,
        Self::Decode,
        Self::BadRequest,
        Self::NotFound,
        Self::RateLimited,
        Self::Server,
        Self::Redirect,
        Self::Status,
    ];

    /// The word by which programs tell errors apart.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Validation => "validation_failed",
            Self::Config => "invalid_config",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::InsufficientFunds => "insufficient_funds",
            Self::PoNumberConflict => "po_number_conflict",
            Self::Timeout => "timeout",
            Self::Aborted => "aborted",
            Self::Network => "network",
            Self::Decode => "invalid_answer",
            Self::BadRequest => "bad_request",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Server => "server_error",
            Self::Redirect => "redirected",
            Self::Status => "unexpected_status",
        }
    }

    /// The kind that a status means.
    const fn of_status(status: u16) -> Self {
        match status {
            400 => Self::BadRequest,
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            408 | 504 => Self::Timeout,
            409 => Self::PoNumberConflict,
            422 => Self::InsufficientFunds,
            429 => Self::RateLimited,
            300..400 | HIDDEN_REDIRECT => Self::Redirect,
            NO_ANSWER => Self::Decode,
            500..600 => Self::Server,
            _ => Self::Status,
        }
    }

    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Validation => "The order is not valid.",
            Self::Config => "An option cannot be used.",
            Self::Unauthorized => "The API refused the credentials (401).",
            Self::Forbidden => "API access is disabled for these credentials (403).",
            Self::InsufficientFunds => {
                "The deposit account does not cover the order (422). Fund it in the portal, then place the order again with the same PO number."
            }
            Self::PoNumberConflict => "The PO number belongs to another order (409).",
            Self::Timeout => "The API did not answer in time.",
            Self::Aborted => "The call was aborted.",
            Self::Network => "The connection to the API failed.",
            Self::Decode => "The API's answer cannot be read.",
            Self::BadRequest => {
                "The API refused the request (400). `responseBody(error)` has its answer."
            }
            Self::NotFound => "The API knows nothing by that name (404).",
            Self::RateLimited => "The API is limiting requests (429).",
            Self::Server => "The API failed.",
            Self::Redirect => {
                "The API answered with a redirect, which is never followed. Check baseUrl."
            }
            Self::Status => "The API answered with an unexpected status.",
        }
    }
}

/// What is known of an order that was to be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No request left.
    NotSent,
    /// The API refused it: there is no order by this call.
    Rejected,
    /// It may exist or not. Only the same PO number may be used to find out.
    Unknown,
}

impl Outcome {
    /// The outcome of that word; of any other nothing is known.
    pub fn from_word(word: &str) -> Self {
        [Self::NotSent, Self::Rejected]
            .into_iter()
            .find(|outcome| outcome.as_str() == word)
            .unwrap_or(Self::Unknown)
    }

    /// The word on the JavaScript error.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not-sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// A JavaScript error behind ours, reduced to what cannot hold a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its class, such as `TypeError`.
    pub name: String,
    /// Its code, such as `ECONNREFUSED`.
    pub code: Option<String>,
}

impl Cause {
    /// Returns whether it says that no connection was made, so that nothing of a request has left: neither the address nor the server's certificate was
    /// good. Of a connection that broke or was silent nobody knows how far the request got, and in a browser every failure looks like one.
    pub fn is_of_no_connection(&self) -> bool {
        let Some(code) = self.code.as_deref() else {
            return false;
        };
        let begins = |start: &[u8]| code.as_bytes().starts_with(start);
        // Names that cannot be resolved; certificates, which OpenSSL judges before a byte of the request is written.
        begins(b"EAI_")
            || begins(b"CERT_")
            || begins(b"UNABLE_TO_")
            || matches!(
                code,
                // Node; Bun; undici.
                "ECONNREFUSED"
                    | "ENOTFOUND"
                    | "EADDRNOTAVAIL"
                    | "ConnectionRefused"
                    | "FailedToOpenSocket"
                    | "UND_ERR_CONNECT_TIMEOUT"
                    | "DEPTH_ZERO_SELF_SIGNED_CERT"
                    | "SELF_SIGNED_CERT_IN_CHAIN"
                    | "HOSTNAME_MISMATCH"
                    | "INVALID_CA"
                    | "INVALID_PURPOSE"
                    | "PATH_LENGTH_EXCEEDED"
                    | "ERR_TLS_CERT_ALTNAME_INVALID"
                    | "ERR_TLS_CERT_ALTNAME_FORMAT"
                    | "ERR_TLS_HANDSHAKE_TIMEOUT"
                    | "ERR_INVALID_URL"
                    | "ERR_INVALID_PROTOCOL"
                    | "ERR_UNESCAPED_CHARACTERS"
                    | "ERR_INVALID_CHAR"
            )
    }
}

/// What went wrong.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// What failed.
    pub kind: Kind,
    /// A sentence for people.
    pub message: Cow<'static, str>,
    /// The status of the API's answer.
    pub status: Option<u16>,
    /// The API's name for the request.
    pub request_id: Option<String>,
    /// How long the API asked to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Order requests that were answered or lost.
    pub attempts: Option<u32>,
    /// What is known of the order; only where one was to be placed.
    pub outcome: Option<Outcome>,
    /// The PO number of that order.
    pub po_number: Option<String>,
    /// The order that the PO number names.
    pub order_id: Option<String>,
    /// What is wrong with the order.
    pub report: Option<ValidationReport>,
    /// The JavaScript error behind it.
    pub cause: Option<Cause>,
    /// The API's answer: shown to nobody who does not ask.
    pub body: Option<Vec<u8>>,
}

impl Error {
    /// An error with the usual sentence of its kind.
    #[cold]
    #[inline(never)]
    pub fn new(kind: Kind) -> Box<Self> {
        Box::new(Self {
            kind,
            message: Cow::Borrowed(kind.sentence()),
            status: None,
            request_id: None,
            retry_after_ms: None,
            attempts: None,
            outcome: None,
            po_number: None,
            order_id: None,
            report: None,
            cause: None,
            body: None,
        })
    }

    /// An option or an argument that cannot be used.
    pub fn config(message: impl Into<Cow<'static, str>>) -> Box<Self> {
        Self::new(Kind::Config).with_message(message)
    }

    /// An order that breaks the rules.
    pub fn validation(report: ValidationReport) -> Box<Self> {
        let mut error = Self::new(Kind::Validation).with_message(report.summary());
        error.report = Some(report);
        error
    }

    /// What an answer other than 2xx means.
    #[cold]
    #[inline(never)]
    pub fn from_answer(answer: Answer) -> Box<Self> {
        let mut error = Self::new(Kind::of_status(answer.status));
        error.status = Some(answer.status).filter(|status| *status >= 100);
        error.request_id = answer.request_id;
        error.retry_after_ms = answer.retry_after_ms;
        error.body = answer.body;
        error
    }

    /// What an answer means that is not what it should be.
    #[cold]
    #[inline(never)]
    pub fn unreadable(answer: Answer) -> Box<Self> {
        let mut error = Self::from_answer(answer);
        error.kind = Kind::Decode;
        error.with_message(
            "The API's answer is not what it should be: no JSON, or JSON of another kind.",
        )
    }

    /// The same error with another sentence.
    #[must_use]
    pub fn with_message(mut self: Box<Self>, message: impl Into<Cow<'static, str>>) -> Box<Self> {
        self.message = message.into();
        self
    }

    /// Returns whether the same call may work later.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.kind,
            Kind::Timeout | Kind::Network | Kind::RateLimited | Kind::Server
        )
    }

    /// Returns whether the order may exist.
    pub fn is_outcome_unknown(&self) -> bool {
        self.outcome == Some(Outcome::Unknown)
    }
}

/// Shows everything but the API's answer, which may hold claim links.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;

    #[test]
    fn only_what_comes_before_a_connection_says_that_there_was_none() {
        let says = |code: Option<&str>| {
            Cause {
                name: "TypeError".to_owned(),
                code: code.map(ToOwned::to_owned),
            }
            .is_of_no_connection()
        };

        for code in [
            "ECONNREFUSED",
            "ENOTFOUND",
            "EAI_AGAIN",
            "EAI_FAIL",
            "ConnectionRefused",
            "CERT_HAS_EXPIRED",
            "CERT_NOT_YET_VALID",
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "DEPTH_ZERO_SELF_SIGNED_CERT",
            "SELF_SIGNED_CERT_IN_CHAIN",
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "ERR_INVALID_URL",
        ] {
            assert!(says(Some(code)), "{code}");
        }
        for code in [
            "ECONNRESET",
            "EPIPE",
            "ETIMEDOUT",
            "EHOSTUNREACH",
            "EPROTO",
            "UND_ERR_SOCKET",
            "UND_ERR_HEADERS_TIMEOUT",
            "ERR_STREAM_PREMATURE_CLOSE",
            "",
        ] {
            assert!(!says(Some(code)), "{code}");
        }
        assert!(!says(None));
    }
}
