//! What crosses the sandbox's edge: a request, and what became of it.
//!
//! Nothing of HTTP is done here but to read it: names of headers and of query parameters in any case, percent-encoding.

use alloc::string::String;
use alloc::vec::Vec;

/// The largest body that is read: 32 MB. A larger one is answered with 413.
pub const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// A request as it arrives.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path, still percent-encoded: `/v1/Orders`.
    pub path: &'a str,
    /// The query without its question mark; empty where there is none.
    pub query: &'a str,
    /// Names and values.
    pub headers: &'a [(String, String)],
    /// The body; empty where there is none.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The value of a header, its name in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// A parameter of the query, its name in any case; nothing where it is empty.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| decode_parameter(key).eq_ignore_ascii_case(name))
            .map(|(_, value)| decode_parameter(value))
            .filter(|value| !value.is_empty())
    }
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Answer(Answer),
    /// An answer whose body stops half way for so many milliseconds.
    SlowBody {
        /// The answer, whole.
        answer: Answer,
        /// How long the second half takes, in milliseconds of the sandbox's clock.
        delay_ms: u64,
    },
    /// The connection is lost.
    Dropped,
    /// Nothing ever comes.
    Never,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Percent-decoding of a part of a path; what is no valid escape stays as it is.
pub(super) fn decode(text: &str) -> String {
    decode_bytes(text.as_bytes())
}

/// Percent-decoding of a part of a query, where a plus sign is a space.
fn decode_parameter(text: &str) -> String {
    let spaced = text
        .bytes()
        .map(|byte| if byte == b'+' { b' ' } else { byte });
    decode_bytes(&spaced.collect::<Vec<u8>>())
}

fn decode_bytes(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, tail @ ..] => escape(*high, *low).map(|byte| (byte, tail)),
            _ => None,
        };
        let (byte, tail) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escape(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}
