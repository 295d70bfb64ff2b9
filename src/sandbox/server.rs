//! The server itself: a request and the time go in, what became of it comes out.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use serde_json::Value;

use super::account::{Account, BalanceError};
use super::answer::{Draft, gateway_page};
use super::casing::Casing;
use super::catalogue::Catalogue;
use super::chance::Chance;
use super::clock::http_date;
use super::fault::{Fault, Faults, Injection};
use super::http::{Answer, BODY_LIMIT, Reply, Request};
use super::json::{number, object, write};
use super::option_values::OptionsError;
use super::options::Options;
use super::order::Order;
use super::order_request::NewOrder;
use super::orders::Orders;
use super::page::Lists;
use super::record::Log;
use super::route::Route;
use super::seed::Seeded;
use super::token::{EXPIRES_IN_SECONDS, Tokens};
use crate::money::Amount;

/// What `POST /v1/Tokens` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The `Email` header.
    pub email: String,
    /// The `AccessToken` header.
    pub access_token: String,
}

/// The API in memory.
#[derive(Clone, Debug)]
pub struct Sandbox {
    casing: Casing,
    lists: Lists,
    async_threshold: u64,
    fulfillment_ms: u64,
    credentials: Credentials,
    catalogue: Catalogue,
    account: Account,
    tokens: Tokens,
    orders: Orders,
    faults: Faults,
    chance: Option<Chance>,
    log: Log,
    seed: u64,
    seeded: Seeded,
    /// The latest time that was seen. A clock that is set back does not make a completed order pending again.
    latest_ms: u64,
}

impl Sandbox {
    /// A sandbox in which nothing has happened yet.
    ///
    /// # Errors
    ///
    /// [`OptionsError`] where a product of [`Options::products`] is not one.
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        let mut seeded = Seeded::new(options.seed);
        let credentials = Credentials {
            email: "sandbox@giftcard-partners.invalid".to_owned(),
            access_token: format!("sandbox-{}", seeded.id(32)),
        };
        Ok(Self {
            casing: options.casing,
            lists: options.lists,
            async_threshold: options.async_threshold,
            fulfillment_ms: options.fulfillment_ms,
            credentials,
            catalogue: Catalogue::new(options.products)?,
            account: Account {
                pending: options.pending,
                available: options.available,
            },
            tokens: Tokens::default(),
            orders: Orders::default(),
            faults: Faults::default(),
            chance: options.faults.map(Chance::new),
            log: Log::default(),
            seed: options.seed,
            seeded,
            latest_ms: 0,
        })
    }

    /// The credentials that are good here. They follow from the seed, and open nothing else.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Processes a request that arrives at a time, in milliseconds since 1970.
    pub fn handle(&mut self, request: Request<'_>, now_ms: u64) -> Reply {
        self.latest_ms = self.latest_ms.max(now_ms);
        let now_ms = self.latest_ms;
        let request_id = self.seeded.id(20);
        let (method, path) = (request.method, request.path);
        let named = self.faults.take(method, path);
        let by_chance = || self.chance.as_mut()?.draw(method, path);
        let mut injection = named.or_else(by_chance);
        let fault = injection.as_ref().map(|injection| injection.fault);
        if fault == Some(Fault::ExpireToken) {
            self.tokens.expire_all();
            injection = None;
        }

        let is_carried_out = injection
            .as_ref()
            .is_none_or(|injection| injection.fault.commits());
        let processed = is_carried_out.then(|| {
            let draft = self.process(&request, now_ms);
            draft.write(self.casing, request_id.clone(), now_ms)
        });
        let reply = match injection {
            Some(injection) => self.strike(&injection, processed, request_id, now_ms),
            None => processed.map_or(Reply::Dropped, Reply::Answer),
        };

        let status = match &reply {
            Reply::Answer(answer) | Reply::SlowBody { answer, .. } => Some(answer.status),
            Reply::Dropped | Reply::Never => None,
        };
        self.log.push(&request, status, fault);
        reply
    }

    /// Lets something go wrong: at once for `expire-token`, else with the next request that it applies to.
    pub fn inject(&mut self, injection: Injection) {
        if injection.fault == Fault::ExpireToken {
            self.tokens.expire_all();
        } else {
            self.faults.push(injection);
        }
    }

    /// Raises the pending balance, as a funding request does.
    pub fn fund(&mut self, amount: Amount) -> Result<(), BalanceError> {
        self.account.fund(amount)
    }

    /// Moves funds from pending to available.
    ///
    /// # Errors
    ///
    /// [`BalanceError::MoreThanPending`], and nothing moves.
    pub fn settle(&mut self, amount: Amount) -> Result<(), BalanceError> {
        self.account.settle(amount)
    }

    /// Every order as the API answers it, with the documented keys, oldest first: a JSON array.
    pub fn orders(&self, now_ms: u64) -> Vec<u8> {
        write(&self.orders.document(self.latest_ms.max(now_ms)))
    }

    /// The last requests, oldest first: a JSON array; see [`MAX_RECORDS`](super::MAX_RECORDS).
    pub fn requests(&self) -> Vec<u8> {
        write(&self.log.document())
    }

    /// The `FulfillmentComplete` notifications that are due, each handed out once: a JSON array of `{ url, body }`.
    ///
    /// The payload is documented nowhere: `{ Id, PONumber, Status }` names the order and its status, and a receiver should
    /// take it as no more than a hint to fetch the order (fact sheet, section 5).
    pub fn take_webhooks(&mut self, now_ms: u64) -> Vec<u8> {
        let due = self.orders.take_webhooks(self.latest_ms.max(now_ms));
        let due: Value = due
            .into_iter()
            .map(|(url, body)| {
                let body = self.casing.apply(body);
                Value::from(object(vec![("url", url.into()), ("body", body)]))
            })
            .collect();
        write(&due)
    }

    fn process(&mut self, request: &Request<'_>, now_ms: u64) -> Draft {
        let Some(route) = Route::of(request.path) else {
            return Draft::error(404, "There is no such resource.");
        };
        if !route.methods().contains(&request.method) {
            return Draft::error(405, "The resource does not have this method.")
                .with("Allow", route.methods().join(", "));
        }
        if request.body.len() > BODY_LIMIT {
            return Draft::error(413, "The body is larger than 32 MB.");
        }
        if matches!(route, Route::Tokens) {
            return self.issue_token(request, now_ms);
        }
        if !self.tokens.admit(request.header("Authorization"), now_ms) {
            return Draft::unauthorized("The bearer token is missing, unknown or expired.");
        }
        match route {
            Route::Orders if request.method == "POST" => self.place(request, now_ms),
            Route::Orders => self.orders.list(request, self.lists, now_ms),
            Route::Order(id) => self.orders.show(&id, now_ms),
            Route::Products => self.catalogue.list(request, self.lists),
            Route::Product(id) => self.catalogue.show(&id),
            Route::Reference(list) => list.list(request, self.lists),
            Route::AccountBalance => Draft::ok(object(vec![
                ("Pending", number(self.account.pending)),
                ("Available", number(self.account.available)),
            ])),
            Route::Status | Route::Tokens => Draft::ok(object(vec![
                ("Status", "Operational".into()),
                ("Version", "v1".into()),
            ])),
        }
    }

    fn issue_token(&mut self, request: &Request<'_>, now_ms: u64) -> Draft {
        let known = request.header("Email") == Some(&self.credentials.email)
            && request.header("AccessToken") == Some(&self.credentials.access_token);
        if !known {
            return Draft::unauthorized("Email or AccessToken is missing or wrong.");
        }
        let token = self.tokens.issue(&mut self.seeded, now_ms);
        Draft::ok(object(vec![
            ("Value", token.into()),
            ("ExpiresIn", EXPIRES_IN_SECONDS.into()),
        ]))
    }

    /// Places an order, or says why not: what is wrong with it, then whether its PO number was used, then its funds.
    fn place(&mut self, request: &Request<'_>, now_ms: u64) -> Draft {
        if !request.header("Content-Type").is_some_and(is_json) {
            return Draft::error(415, "The Content-Type must be application/json.");
        }
        let new = match NewOrder::read(request.body, &self.catalogue) {
            Ok(new) => new,
            Err(refusal) => return refusal,
        };
        if let Some(previous) = self.orders.with_po_number(&new.po_number) {
            return Draft::duplicate(Some(&previous.id));
        }
        let Some(cost) = new.cost().filter(|cost| self.account.debit(*cost)) else {
            return Draft::error(422, "The available funds do not cover the order.");
        };

        let ready_ms = if new.cards() > self.async_threshold {
            now_ms.saturating_add(self.fulfillment_ms)
        } else {
            now_ms
        };
        // By its place alone: the same orders placed again have the same ids, whatever else was asked for between them.
        let mut seeded = Seeded::of(self.seed, [self.orders.count(), 0]);
        let order = Order {
            id: seeded.id(20),
            seed: seeded.next(),
            created_ms: now_ms,
            ready_ms,
            cost,
            po_number: new.po_number,
            kind: new.kind,
            note: new.note,
            webhook: new.webhook,
            lines: new.lines,
        };
        let draft = Draft::new(201, order.document(now_ms))
            .with("Location", format!("/v1/Orders/{}", order.id));
        self.orders.add(order);
        draft
    }

    /// What a fault makes of a request; `processed` is its answer where the fault let it be carried out.
    fn strike(
        &self,
        injection: &Injection,
        processed: Option<Answer>,
        request_id: String,
        now_ms: u64,
    ) -> Reply {
        let sent = |draft: Draft, id| Reply::Answer(draft.write(self.casing, id, now_ms));
        match (injection.fault, processed) {
            (Fault::Timeout | Fault::TimeoutAfter, _) => Reply::Never,
            (Fault::GatewayTimeout | Fault::GatewayTimeoutAfter, _) => {
                Reply::Answer(gateway_page(504, "Gateway Time-out", request_id, now_ms))
            }
            (Fault::InternalError, _) => {
                sent(Draft::error(500, "Something went wrong."), request_id)
            }
            (Fault::Unavailable, _) => {
                sent(Draft::error(503, "The service is unavailable."), request_id)
            }
            (Fault::TooManyRequests | Fault::TooManyRequestsDate, _) => {
                let seconds = injection.retry_after_seconds;
                let retry_after = if injection.fault == Fault::TooManyRequests {
                    seconds.to_string()
                } else {
                    http_date(now_ms.saturating_add(seconds.saturating_mul(1000)))
                };
                let draft =
                    Draft::error(429, "Too many requests.").with("Retry-After", retry_after);
                sent(draft, request_id)
            }
            (Fault::ConflictWithoutId, _) => sent(Draft::duplicate(None), request_id),
            (Fault::SlowBody, Some(answer)) => Reply::SlowBody {
                answer,
                delay_ms: injection.delay_ms,
            },
            (Fault::MalformedJson, Some(mut answer)) => {
                answer.body = b"{\"Status\": Completed, }".to_vec();
                Reply::Answer(answer)
            }
            (Fault::TruncatedBody, Some(mut answer)) => {
                let half = answer.body.len() / 2;
                answer.body.truncate(half);
                Reply::Answer(answer)
            }
            (Fault::DropRequest | Fault::DropResponse | Fault::ExpireToken, _) | (_, None) => {
                Reply::Dropped
            }
        }
    }
}

/// `application/json`, with or without parameters.
fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or("");
    kind.trim().eq_ignore_ascii_case("application/json")
}
