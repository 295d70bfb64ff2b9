//! What was asked of the sandbox, for a test to look at.
//!
//! Secrets of a request (its credentials and its token) are never kept. Orders hold persons, and their bodies are kept as
//! they came: the sandbox is for invented people.

use alloc::borrow::ToOwned;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::fault::Fault;
use super::http::Request;
use super::json::object;

/// How many requests are kept; older ones are forgotten.
pub const MAX_RECORDS: usize = 10_000;

/// How many bytes of bodies are kept: 64 MB. The oldest requests are forgotten to make room; the last one is always kept.
pub const MAX_RECORDED_BYTES: usize = 64 * 1024 * 1024;

const SECRETS: [&str; 5] = [
    "authorization",
    "accesstoken",
    "email",
    "cookie",
    "proxy-authorization",
];

/// The last requests, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    records: VecDeque<Record>,
    bytes: usize,
}

impl Log {
    /// Keeps a request; `status` is what the caller saw, so nothing where the answer was lost.
    pub(super) fn push(
        &mut self,
        request: &Request<'_>,
        status: Option<u16>,
        fault: Option<Fault>,
    ) {
        let record = Record {
            method: request.method.to_owned(),
            path: request.path.to_owned(),
            query: request.query.to_owned(),
            status,
            fault,
            headers: request.headers.iter().map(redacted).collect(),
            body: String::from_utf8_lossy(request.body).into_owned(),
        };
        self.bytes = self.bytes.saturating_add(record.body.len());
        self.records.push_back(record);
        while self.records.len() > MAX_RECORDS
            || (self.bytes > MAX_RECORDED_BYTES && self.records.len() > 1)
        {
            let Some(oldest) = self.records.pop_front() else {
                break;
            };
            self.bytes = self.bytes.saturating_sub(oldest.body.len());
        }
    }

    /// The requests as JSON.
    pub(super) fn document(&self) -> Value {
        self.records.iter().map(Record::document).collect()
    }
}

#[derive(Clone, Debug)]
struct Record {
    method: String,
    path: String,
    query: String,
    status: Option<u16>,
    fault: Option<Fault>,
    headers: Vec<(String, String)>,
    body: String,
}

impl Record {
    fn document(&self) -> Value {
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.as_str().into());
        }
        let mut document = object(vec![
            ("method", self.method.as_str().into()),
            ("path", self.path.as_str().into()),
            ("query", self.query.as_str().into()),
            ("fault", self.fault.map(Fault::name).into()),
            ("headers", headers.into()),
            ("body", self.body.as_str().into()),
        ]);
        document.insert("status".to_owned(), self.status.into());
        document.into()
    }
}

/// A header as it is kept: names in lower case, and no secret's value.
fn redacted((name, value): &(String, String)) -> (String, String) {
    let name = name.to_ascii_lowercase();
    let value = if SECRETS.contains(&name.as_str()) {
        "[redacted]".to_owned()
    } else {
        value.clone()
    };
    (name, value)
}
