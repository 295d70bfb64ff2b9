//! The handle of a campaign, and what is made of it; the class that callers see is `bulk/campaign.js`.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::recipient_import::ImportReport;
use crate::api::fields::member;
use crate::bulk::{
    self, Accepted, CampaignFault, ClaimSheet, Course, Ending, OrderState, PlanOptions, Reason,
    Reconciliation, ResultSheet,
};
use crate::json::{Decimal, Writer};
use crate::money::{Amount, Decimals};
use crate::wasm::order::catalog::Catalog;
use crate::wasm::order::quote;
use crate::wasm::shared::compose::compose;
use crate::wasm::shared::{convert, error, field, number};

/// The orders of a file, and what is known of each.
#[wasm_bindgen(js_name = Campaign, skip_typescript)]
pub struct Campaign {
    inner: bulk::Campaign,
}

#[wasm_bindgen(js_class = Campaign)]
impl Campaign {
    /// Records what became of an order.
    ///
    /// # Errors
    ///
    /// `ConfigError` for a PO number that no order has, or a word that is no outcome.
    pub fn record(
        &mut self,
        po_number: &JsValue,
        outcome: &JsValue,
        order_id: &JsValue,
    ) -> Result<(), JsValue> {
        let word = outcome
            .as_string()
            .and_then(|word| OrderState::from_word(&word))
            .filter(|word| *word != OrderState::Planned)
            .ok_or_else(|| fault(CampaignFault::UnknownOutcome))?;
        let is_given = !order_id.is_undefined() && !order_id.is_null();
        let order_id = convert::whole_text(order_id);
        if is_given && order_id.is_none() {
            return Err(error::config("record: orderId must be a text."));
        }
        self.inner
            .record(
                &po_number.as_string().unwrap_or_default(),
                word,
                order_id.as_deref(),
            )
            .map_err(fault)
    }

    /// Returns how far it is.
    pub fn progress(&self) -> Option<JsValue> {
        convert::parse(&self.inner.progress_json())
    }

    /// Rows that were left out, because an earlier campaign has paid them or may have.
    #[wasm_bindgen(getter, js_name = alreadyPlanned)]
    pub fn already_planned(&self) -> f64 {
        number::to_js(self.inner.already_planned())
    }

    /// What the orders that are to be sent will cost.
    ///
    /// # Errors
    ///
    /// `ValidationError` for an order that the catalog does not allow; `ConfigError` for a balance without `Available`.
    pub fn quote(&self, catalog: &Catalog, balance: &JsValue) -> Result<Option<JsValue>, JsValue> {
        let available = quote::available(balance)?;
        let quotes = self
            .inner
            .quote(&catalog.shared, available)
            .map_err(|fault| quote::unquoted(&fault))?;
        let mut json = Writer::new();
        json.array();
        for quote in quotes {
            quote.write(&mut json, available);
        }
        json.close_array();
        Ok(convert::parse(&json.into_bytes()))
    }

    /// All of it.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Uint8Array {
        convert::to_bytes(&self.inner.to_bytes())
    }

    /// The campaign that `toBytes` wrote.
    ///
    /// # Errors
    ///
    /// `ConfigError` for other bytes, and for those that are cut or altered.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(bytes: &JsValue) -> Result<Campaign, JsValue> {
        let bytes = bytes_of(bytes, CampaignFault::NoCampaign)?;
        bulk::Campaign::from_bytes(&bytes)
            .map(Self::new)
            .map_err(fault)
    }

    /// What is known of each order, and nothing else.
    pub fn ledger(&self) -> Uint8Array {
        convert::to_bytes(&self.inner.ledger())
    }

    /// Merges a ledger of this campaign.
    ///
    /// # Errors
    ///
    /// `ConfigError` for other bytes, for those that are cut or altered, and for the ledger of another plan.
    #[wasm_bindgen(js_name = applyLedger)]
    pub fn apply_ledger(&mut self, bytes: &JsValue) -> Result<(), JsValue> {
        let bytes = bytes_of(bytes, CampaignFault::NoLedger)?;
        self.inner.apply_ledger(&bytes).map_err(fault)
    }

    /// The ledger held against orders of the history.
    ///
    /// # Errors
    ///
    /// `ConfigError` for what is no iterable of orders; what the iterable throws.
    pub fn reconcile(&self, orders: &JsValue) -> Result<Option<JsValue>, JsValue> {
        let mut reconciliation = Reconciliation::new(&self.inner, compose);
        each_order(orders, &mut |order| reconciliation.add(order))?;
        Ok(convert::parse(&reconciliation.to_json()))
    }

    /// Returns how many orders of its own there are.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.inner.orders().len()
    }

    /// The index of the next order of an earlier campaign that may have paid, from that index on; those of its own stand before them.
    #[wasm_bindgen(js_name = nextEarlier)]
    pub fn next_earlier(&self, from: usize) -> Option<usize> {
        self.inner.next_earlier(from)
    }

    /// The index of the order with that PO number.
    pub fn find(&self, po_number: &str) -> Option<usize> {
        self.inner.find(po_number)
    }

    /// What the lines of its own orders pay, then those of the earlier ones that may have paid.
    pub fn payments(&self, key: &Uint8Array) -> Uint8Array {
        let mut secret = [0; 16];
        key.copy_to(&mut secret);
        let mut payments = Vec::new();
        for index in 0..self.size() {
            self.inner.pay(index, secret, &mut payments);
        }
        let mut from = 0;
        while let Some(index) = self.inner.next_earlier(from) {
            self.inner.pay(index, secret, &mut payments);
            from = index.saturating_add(1);
        }
        convert::to_bytes(&payments)
    }

    /// The order at that index but for its body.
    pub fn order(&self, index: usize) -> Option<JsValue> {
        let order = self.inner.order(index)?;
        let currency = self.inner.currency(index);
        let decimals = Decimals::of(currency.unwrap_or_default());
        let face_value = order.face_value().to_decimal_in(decimals);
        let mut json = Writer::new();
        json.object();
        json.key("lineCount");
        json.number(u64::from(order.line_count()));
        for (key, text) in [
            ("poNumber", Some(order.po_number())),
            ("faceValue", Some(face_value.as_str())),
            ("currency", currency),
            ("state", Some(order.state().as_str())),
            ("orderId", order.order_id()),
            ("reason", order.reason().map(Reason::as_str)),
        ] {
            if let Some(text) = text {
                json.key(key);
                json.string(text);
            }
        }
        json.close_object();
        convert::parse(&json.into_bytes())
    }

    /// The body of the order at that index.
    pub fn body(&self, index: usize) -> Uint8Array {
        convert::to_bytes(&self.inner.body(index).unwrap_or_default())
    }

    /// The index of the next order to send, from that index on.
    #[wasm_bindgen(js_name = nextOpen)]
    pub fn next_open(&self, from: usize) -> Option<usize> {
        self.inner.next_open(from)
    }

    /// Records that the order at that index is about to be sent.
    pub fn begin(&mut self, index: usize) {
        self.inner.begin(index);
    }

    /// Records how that went: `word` is the outcome of a placed order or the code of an error of ours, `outcome` the error's, and `issue` the
    /// code of the first issue of an invalid order. Whether the run goes on (0), pauses (1) or stops (2).
    pub fn settle(
        &mut self,
        index: usize,
        word: &JsValue,
        outcome: &JsValue,
        issue: &JsValue,
        order_id: &JsValue,
    ) -> u8 {
        let texts = [word, outcome, issue, order_id].map(JsValue::as_string);
        let [word, outcome, issue, order_id] = texts.each_ref().map(Option::as_deref);
        let ending = match word {
            Some("created" | "reconciled") => Ending::Placed {
                reconciled: word == Some("reconciled"),
                order_id,
            },
            code => Ending::of_error(code, outcome, issue, order_id),
        };
        match self.inner.settle(index, ending) {
            Course::On => 0,
            Course::Pause => 1,
            Course::Stop => 2,
        }
    }

    /// Returns whether the face value of all orders of its own is more than that.
    pub fn exceeds(&self, maximum: &str) -> bool {
        let all = self.inner.progress().all;
        Amount::parse(maximum).is_ok_and(|maximum| all.face_value > maximum)
    }

    /// Another handle, with what is known now: what becomes of one does nothing to the other.
    #[must_use]
    pub fn copy(&self) -> Campaign {
        Self::new(self.inner.clone())
    }

    pub(super) fn new(inner: bulk::Campaign) -> Self {
        Self { inner }
    }
}

/// Claim links, joined to the rows of the spreadsheet.
///
/// # Errors
///
/// `ConfigError` for what is no iterable of orders; what the iterable throws.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a copy of the caller's: what runs in the iterable may record more, and a borrow would refuse it"
)]
#[wasm_bindgen(js_name = claimsCsv, skip_typescript)]
pub fn claims_csv(campaign: Campaign, orders: &JsValue) -> Result<Uint8Array, JsValue> {
    let mut sheet = ClaimSheet::new(&campaign.inner, compose);
    each_order(orders, &mut |order| sheet.add(order))?;
    Ok(convert::to_bytes(&sheet.finish()))
}

/// What became of each recipient.
///
/// # Errors
///
/// Those of [`claims_csv`].
#[expect(clippy::needless_pass_by_value, reason = "as of the claim links")]
#[wasm_bindgen(js_name = resultsCsv, skip_typescript)]
pub fn results_csv(campaign: Campaign, orders: &JsValue) -> Result<Uint8Array, JsValue> {
    let mut sheet = ResultSheet::new(&campaign.inner, compose);
    if !orders.is_undefined() && !orders.is_null() {
        each_order(orders, &mut |order| sheet.add(order))?;
    }
    Ok(convert::to_bytes(&sheet.finish()))
}

#[wasm_bindgen]
impl ImportReport {
    /// Makes a campaign of the accepted rows.
    ///
    /// # Errors
    ///
    /// `ConfigError` for options that cannot be used.
    pub fn plan(&self, options: &JsValue, after: Option<Campaign>) -> Result<Campaign, JsValue> {
        plan(self.report.accepted(), options, after)
    }
}

fn plan(
    rows: &Rc<Accepted>,
    options: &JsValue,
    after: Option<Campaign>,
) -> Result<Campaign, JsValue> {
    const MISSING: &str =
        "plan: campaign is missing: the name by which its orders are known again.";

    let name = field::option(options, "campaign")?.ok_or_else(|| error::config(MISSING))?;
    let name = convert::whole_text(&name);
    let name = name.filter(|name| !name.trim().is_empty()).ok_or_else(|| {
        error::config(
            "plan: campaign must be a text: the name by which its orders are known again.",
        )
    })?;
    let text = |option| match field::option(options, option)? {
        None => Ok(String::new()),
        Some(given) => convert::whole_text(&given)
            .ok_or_else(|| error::config(&["plan: ", option, " must be a text."].concat())),
    };
    let (salt, po_prefix) = (text("salt")?, text("poPrefix")?);
    let max_lines = match field::option(options, "maxLinesPerOrder")? {
        None => PlanOptions::default().max_lines,
        // Nothing that is no whole number is a number of lines; zero is refused as such.
        Some(given) => given.as_f64().and_then(number::whole).unwrap_or_default(),
    };
    let after = after.map(|after| after.inner);
    let options = PlanOptions {
        campaign: &name,
        max_lines,
        po_prefix: &po_prefix,
        salt: &salt,
        after: after.as_ref(),
        compose,
    };
    bulk::plan(Rc::clone(rows), &options)
        .map(Campaign::new)
        .map_err(fault)
}

/// Hands the orders of an iterable on, each as JSON: there may be more of them than fit in memory at once.
fn each_order(orders: &JsValue, take: &mut dyn FnMut(&[u8])) -> Result<(), JsValue> {
    let none =
        || error::config("orders must be an array, or another iterable, of orders as answered.");
    // Asking what is no object for its iterator throws.
    if !orders.is_object() {
        return Err(none());
    }
    let orders = js_sys::try_iter(orders)?.ok_or_else(none)?;
    for order in orders {
        let order = order?;
        if !order.is_object() {
            return Err(none());
        }
        let mut bytes = convert::order_bytes(&order).map_err(|_| none())?;
        if convert::as_bytes(&order).is_none() {
            forget_rounded_id(&mut bytes);
        }
        take(&bytes);
    }
    Ok(())
}

/// Makes null of an id that JavaScript held as a number beyond its exact ones: rounded, it is another order's. One in bytes has all its digits.
fn forget_rounded_id(order: &mut [u8]) {
    const LAST_EXACT: u64 = (1 << 53) - 1;

    let Some(id) = member(order, "Id") else {
        return;
    };
    let is_number = id
        .first()
        .is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'-'));
    let number = core::str::from_utf8(id).ok().and_then(Decimal::parse);
    let is_exact =
        number.is_some_and(|number| number.units(0).is_ok_and(|units| units <= LAST_EXACT));
    if !is_number || is_exact {
        return;
    }
    let start = id.as_ptr().addr().wrapping_sub(order.as_ptr().addr());
    let length = id.len();
    if let Some(place) = order.get_mut(start..start.saturating_add(length)) {
        place.fill(b' ');
        if let Some(null) = place.first_chunk_mut() {
            *null = *b"null";
        }
    }
}

fn bytes_of(bytes: &JsValue, otherwise: CampaignFault) -> Result<Vec<u8>, JsValue> {
    convert::as_bytes(bytes)
        .map(|bytes| bytes.to_vec())
        .ok_or_else(|| fault(otherwise))
}

fn fault(fault: CampaignFault) -> JsValue {
    error::config(fault.sentence())
}
