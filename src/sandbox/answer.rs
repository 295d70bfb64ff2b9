//! Answers while they are still values: a status, what is special in the headers, a body.
//!
//! No error body of the API is documented or was ever seen, but for the key `PreviousOrderIds` (fact sheet, section 3.4).
//! These have `Status` and `Message`, and say in `Errors` which fields are wrong; they never repeat a value that was sent.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde_json::Value;

use super::casing::Casing;
use super::clock::http_date;
use super::http::Answer;
use super::json::{object, write};

/// An answer whose body is not yet written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Value,
}

impl Draft {
    pub(super) fn new(status: u16, body: impl Into<Value>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(super) fn ok(body: impl Into<Value>) -> Self {
        Self::new(200, body)
    }

    /// An error that one sentence explains.
    pub(super) fn error(status: u16, message: &str) -> Self {
        Self::new(
            status,
            object(vec![("Status", status.into()), ("Message", message.into())]),
        )
    }

    /// 400, with each field that is wrong and why.
    pub(super) fn invalid(problems: Vec<(String, String)>) -> Self {
        let errors: Value = problems
            .into_iter()
            .map(|(field, message)| {
                Value::from(object(vec![
                    ("Field", field.into()),
                    ("Message", message.into()),
                ]))
            })
            .collect();
        Self::new(
            400,
            object(vec![
                ("Status", 400.into()),
                ("Message", "The request is invalid.".into()),
                ("Errors", errors),
            ]),
        )
    }

    /// 401.
    pub(super) fn unauthorized(message: &str) -> Self {
        Self::error(401, message).with("WWW-Authenticate", "Bearer".to_owned())
    }

    /// 409: the PO number was used by an earlier order.
    pub(super) fn duplicate(previous: Option<&str>) -> Self {
        let mut draft = Self::error(409, "Duplicate order. The PO number must be unique.");
        if let (Some(id), Value::Object(body)) = (previous, &mut draft.body) {
            // The observed key is `previousOrderIds`; this is its Pascal spelling, lowered where the casing is camel.
            body.insert("PreviousOrderIds".into(), vec![id].into());
        }
        draft
    }

    /// The same with one more header.
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Writes the answer.
    pub(super) fn write(self, casing: Casing, request_id: String, now_ms: u64) -> Answer {
        let body = write(&casing.apply(self.body));
        let mut answer = Answer {
            status: self.status,
            headers: self.headers,
            body,
        };
        answer
            .headers
            .extend(common_headers(JSON, request_id, now_ms));
        answer
    }
}

/// An answer of a gateway in front of the API, which knows no JSON.
pub(super) fn gateway_page(status: u16, title: &str, request_id: String, now_ms: u64) -> Answer {
    Answer {
        status,
        headers: common_headers(HTML, request_id, now_ms).into(),
        body: format!(
            "<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1></center>\r\n</body>\r\n</html>\r\n"
        )
        .into_bytes(),
    }
}

const JSON: &str = "application/json";
const HTML: &str = "text/html";

fn common_headers(
    content_type: &str,
    request_id: String,
    now_ms: u64,
) -> [(&'static str, String); 3] {
    [
        ("Content-Type", content_type.to_owned()),
        ("Date", http_date(now_ms)),
        ("X-Request-Id", request_id),
    ]
}
