//! A sandbox with somebody who has a token for it.

use giftcard_partners::money::Amount;
use giftcard_partners::sandbox::{Answer, Clock, ClockMode, Options, Reply, Request, Sandbox};
use serde_json::{Value, json};

pub(crate) const START: u64 = Clock::MANUAL_START_MS;
pub(crate) const FIRST: &str = "INKWHISTLE";

/// A sandbox with somebody who has a token for it.
pub(crate) struct Caller {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Clock,
    pub(crate) token: String,
}

impl Caller {
    pub(crate) fn new(options: Options) -> Self {
        let mut caller = Self {
            sandbox: Sandbox::new(options).unwrap(),
            clock: Clock::new(ClockMode::Manual),
            token: String::new(),
        };
        caller.authenticate();
        caller
    }

    pub(crate) fn authenticate(&mut self) {
        let headers = self.credentials();
        let token = self.send("POST", "/v1/Tokens", &headers, b"");
        self.token = body(&token)
            .as_object()
            .and_then(|token| token.values().next()?.as_str())
            .unwrap()
            .to_owned();
    }

    pub(crate) fn credentials(&self) -> Vec<(String, String)> {
        let credentials = self.sandbox.credentials().clone();
        vec![
            ("email".to_owned(), credentials.email),
            ("accesstoken".to_owned(), credentials.access_token),
        ]
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now(0)
    }

    pub(crate) fn reply(
        &mut self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Reply {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let now = self.now();
        let request = Request {
            method,
            path,
            query,
            headers,
            body,
        };
        self.sandbox.handle(request, now)
    }

    pub(crate) fn send(
        &mut self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Answer {
        answer(self.reply(method, url, headers, body))
    }

    pub(crate) fn bearer(&self) -> Vec<(String, String)> {
        vec![
            ("authorization".to_owned(), format!("Bearer {}", self.token)),
            ("content-type".to_owned(), "application/json".to_owned()),
        ]
    }

    pub(crate) fn get(&mut self, url: &str) -> Answer {
        let headers = self.bearer();
        self.send("GET", url, &headers, b"")
    }

    pub(crate) fn post(&mut self, order: &Value) -> Reply {
        let headers = self.bearer();
        self.reply("POST", "/v1/Orders", &headers, order.to_string().as_bytes())
    }

    pub(crate) fn place(&mut self, order: &Value) -> Answer {
        answer(self.post(order))
    }

    /// The status of an order that is refused with 400, and the fields that it names.
    pub(crate) fn refused(&mut self, order: &Value) -> Vec<String> {
        let answer = self.place(order);
        assert_eq!(answer.status, 400, "{order}");
        body(&answer)["Errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["Field"].as_str().unwrap().to_owned())
            .collect()
    }

    pub(crate) fn available(&mut self) -> u64 {
        let balance = body(&self.get("/v1/AccountBalance"));
        Amount::parse(&balance["Available"].to_string())
            .unwrap()
            .thousandths()
            / 10
    }

    pub(crate) fn orders(&self) -> Value {
        serde_json::from_slice(&self.sandbox.orders(self.now())).unwrap()
    }

    pub(crate) fn requests(&self) -> Value {
        serde_json::from_slice(&self.sandbox.requests()).unwrap()
    }
}

impl Default for Caller {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

pub(crate) fn answer(reply: Reply) -> Answer {
    match reply {
        Reply::Answer(answer) => answer,
        other => panic!("not answered: {other:?}"),
    }
}

pub(crate) fn body(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

pub(crate) fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let found = answer.headers.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| value.as_str())
}

pub(crate) fn links(po_number: &str, quantity: u64) -> Value {
    json!({
        "Type": "Links",
        "LineItems": [{ "ProductId": FIRST, "Value": 25, "Quantity": quantity }],
        "PONumber": po_number,
    })
}

pub(crate) fn one_line(kind: &str, line: Value) -> Value {
    json!({ "Type": kind, "LineItems": [line], "PONumber": "PO-1" })
}

pub(crate) fn options(json: &Value) -> Options {
    Options::from_json(json.to_string().as_bytes()).unwrap()
}
