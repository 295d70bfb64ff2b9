//! The handle of a campaign, and what is made of it.

use alloc::rc::Rc;
use alloc::vec::Vec;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::prelude::*;

use super::recipient_import::ImportReport;
use super::{catalog, convert, error, field, number, quote};
use crate::bulk::{
    self, Accepted, CampaignFault, ClaimSheet, Course, Ending, OrderState, PlanOptions,
    Reconciliation, Tally,
};
use crate::json::Writer;
use crate::money::Amount;

#[wasm_bindgen(module = "/pkg-templates/npm/planned-orders.js")]
extern "C" {
    #[wasm_bindgen(js_name = plannedOrders)]
    fn planned_orders(campaign: Campaign) -> JsValue;
}

/// The orders of a file, and what is known of each.
#[wasm_bindgen(js_name = Campaign, skip_typescript)]
pub struct Campaign {
    inner: bulk::Campaign,
}

#[wasm_bindgen(js_class = Campaign)]
impl Campaign {
    /// Every order, in the order of the file, as they are now.
    pub fn orders(&self) -> JsValue {
        planned_orders(self.copy())
    }

    /// The orders that are to be sent, at most `limit` of them.
    ///
    /// # Errors
    ///
    /// `ConfigError` for what is no whole number.
    pub fn next(&self, limit: &JsValue) -> Result<Array, JsValue> {
        let whole = || limit.as_f64().and_then(number::whole);
        let limit = if limit.is_undefined() {
            u64::MAX
        } else {
            whole().ok_or_else(|| error::config("next: limit must be a whole number from 0."))?
        };
        let orders = Array::new();
        let mut from = 0;
        while u64::from(orders.length()) < limit
            && let Some(place) = self.inner.next_open(from)
        {
            orders.push(&self.order(place));
            from = place.saturating_add(1);
        }
        Ok(orders)
    }

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
        let order_id = order_id.as_string();
        self.inner
            .record(
                &po_number.as_string().unwrap_or_default(),
                word,
                order_id.as_deref(),
            )
            .map_err(fault)
    }

    /// How far it is.
    pub fn progress(&self) -> Option<JsValue> {
        let mut json = Writer::new();
        json.object();
        let mut groups = [Tally::default(); 4];
        let [all, placed, open, refused] = &mut groups;
        for state in OrderState::ALL {
            let tally = self.inner.tally(state);
            json.key(state.as_str());
            json.number(tally.orders);
            all.add(tally);
            if state.is_placed() {
                placed.add(tally);
            } else if state.is_open() {
                open.add(tally);
            } else {
                refused.add(tally);
            }
        }
        let [all, ..] = groups;
        write_tally(&mut json, all);
        for (key, tally) in ["placed", "remaining", "refused"]
            .into_iter()
            .zip(groups.into_iter().skip(1))
        {
            json.key(key);
            json.object();
            write_tally(&mut json, tally);
            json.close_object();
        }
        json.key("done");
        json.boolean(self.inner.next_open(0).is_none());
        json.close_object();
        convert::parse(json.into_bytes())
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
    /// `ValidationError` for an order that the catalog does not allow; `ConfigError` for no catalog, or a balance without
    /// `Available`.
    pub fn quote(&self, catalog: &JsValue, balance: &JsValue) -> Result<Option<JsValue>, JsValue> {
        let catalog = catalog::given(catalog)?;
        let available = quote::available(balance)?;
        let quotes = self
            .inner
            .quote(&catalog, available)
            .map_err(|fault| quote::unquoted(&fault))?;
        let mut json = Writer::new();
        json.array();
        for quote in quotes {
            quote.write(&mut json, available);
        }
        json.close_array();
        Ok(convert::parse(json.into_bytes()))
    }

    /// All of it.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.inner.to_bytes()
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
    pub fn ledger(&self) -> Vec<u8> {
        self.inner.ledger()
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
        let mut reconciliation = Reconciliation::new(&self.inner);
        each_order(orders, &mut |order| reconciliation.add(order))?;
        Ok(convert::parse(reconciliation.to_json()))
    }

    /// How many orders there are.
    #[wasm_bindgen(getter, js_name = __size)]
    pub fn size(&self) -> usize {
        self.inner.orders().len()
    }

    /// The order at that place, as an object.
    #[wasm_bindgen(js_name = __order)]
    pub fn order(&self, place: usize) -> JsValue {
        let object = Object::new();
        let Some(order) = self.inner.orders().get(place) else {
            return object.into();
        };
        let set = |key: &str, value: JsValue| {
            // A plain object takes any property.
            let _ = Reflect::set(&object, &JsValue::from_str(key), &value);
        };
        set("poNumber", order.po_number().into());
        set("lineCount", order.line_count().into());
        set("faceValue", order.face_value().to_decimal().into());
        if let Some(currency) = self.inner.currency(place) {
            set("currency", currency.into());
        }
        set("state", order.state().as_str().into());
        if let Some(id) = order.order_id() {
            set("orderId", id.into());
        }
        set("body", self.body(place).into());
        object.into()
    }

    /// The body of the order at that place.
    #[wasm_bindgen(js_name = __body)]
    pub fn body(&self, place: usize) -> Uint8Array {
        Uint8Array::from(self.inner.body(place).unwrap_or_default().as_slice())
    }

    /// The place of the next order to send, from that place on.
    #[wasm_bindgen(js_name = __nextOpen)]
    pub fn next_open(&self, from: usize) -> Option<usize> {
        self.inner.next_open(from)
    }

    /// Records that the order at that place is about to be sent.
    #[wasm_bindgen(js_name = __begin)]
    pub fn begin(&mut self, place: usize) {
        self.inner.begin(place);
    }

    /// Records how that went, `word` being the outcome of a placed order or the code of an error; whether the run goes on (0),
    /// pauses (1) or stops (2).
    #[wasm_bindgen(js_name = __settle)]
    pub fn settle(&mut self, place: usize, word: &str, unknown: bool, order_id: &JsValue) -> u8 {
        let order_id = order_id.as_string();
        let order_id = order_id.as_deref();
        let ending = match word {
            "created" | "reconciled" => Ending::Placed {
                reconciled: word == "reconciled",
                order_id,
            },
            code => Ending::Failed {
                code,
                unknown,
                order_id,
            },
        };
        match self.inner.settle(place, ending) {
            Course::On => 0,
            Course::Pause => 1,
            Course::Stop => 2,
        }
    }

    /// Whether the face value of all orders is more than that.
    #[wasm_bindgen(js_name = __exceeds)]
    pub fn exceeds(&self, maximum: &str) -> bool {
        let mut all = Tally::default();
        for state in OrderState::ALL {
            all.add(self.inner.tally(state));
        }
        Amount::parse(maximum).is_ok_and(|maximum| all.face_value > maximum)
    }

    /// Another handle, with what is known now: what becomes of one does nothing to the other.
    #[must_use]
    #[wasm_bindgen(js_name = __copy)]
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
/// `ConfigError` for what is no campaign of this entry or no iterable of orders; what the iterable throws.
#[wasm_bindgen(js_name = claimsCsv, skip_typescript)]
pub fn claims_csv(campaign: &JsValue, orders: &JsValue) -> Result<Vec<u8>, JsValue> {
    let campaign = given(campaign, "campaign")?;
    let mut sheet = ClaimSheet::new(&campaign);
    each_order(orders, &mut |order| sheet.add(order))?;
    Ok(sheet.finish())
}

#[wasm_bindgen]
impl ImportReport {
    /// Makes a campaign of the accepted rows.
    ///
    /// # Errors
    ///
    /// `ConfigError` for options that cannot be used.
    pub fn plan(&self, options: &JsValue) -> Result<Campaign, JsValue> {
        plan(self.report.accepted(), options)
    }
}

fn plan(rows: &Rc<Accepted>, options: &JsValue) -> Result<Campaign, JsValue> {
    let text = |name: &str| field::property(options, name).and_then(|text| text.as_string());
    let name = text("campaign").filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(|| {
        error::config(
            "plan: campaign must be a text: the name by which its orders are known again.",
        )
    })?;
    let salt = text("salt").unwrap_or_default();
    if salt.is_empty() && field::property(options, "salt").is_some_and(|salt| !salt.is_string()) {
        return Err(error::config("plan: salt must be a text."));
    }
    let max_lines = match field::property(options, "maxLinesPerOrder") {
        None => PlanOptions::default().max_lines,
        // Nothing that is no whole number is a number of lines; zero is refused as such.
        Some(given) => given.as_f64().and_then(number::whole).unwrap_or_default(),
    };
    let after = field::property(options, "after")
        .map(|after| given(&after, "after"))
        .transpose()?;
    let options = PlanOptions {
        campaign: &name,
        max_lines,
        salt: &salt,
        after: after.as_ref(),
    };
    bulk::plan(Rc::clone(rows), &options)
        .map(Campaign::new)
        .map_err(fault)
}

/// The campaign that a caller hands in, with what is known now.
fn given(handle: &JsValue, name: &str) -> Result<bulk::Campaign, JsValue> {
    let foreign = || {
        error::config(
            &[
                name,
                " must be a Campaign of this entry that was not freed. One of another entry crosses by Campaign.fromBytes(campaign.toBytes()).",
            ]
            .concat(),
        )
    };
    // Taking a handle consumes it, so a second one is asked for. Another entry's class makes one that is not ours.
    let copy = field::property(handle, "__copy").and_then(|copy| copy.dyn_into().ok());
    let copy: Function = copy.ok_or_else(foreign)?;
    let own = copy.call0(handle).map_err(|_| foreign())?;
    Campaign::try_from_js_value(own)
        .map(|own| own.inner)
        .map_err(|_| foreign())
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
        take(&convert::order_bytes(&order).map_err(|_| none())?);
    }
    Ok(())
}

fn bytes_of(bytes: &JsValue, otherwise: CampaignFault) -> Result<Vec<u8>, JsValue> {
    convert::as_bytes(bytes)
        .map(|bytes| bytes.to_vec())
        .ok_or_else(|| fault(otherwise))
}

fn write_tally(json: &mut Writer, tally: Tally) {
    json.key("orders");
    json.number(tally.orders);
    json.key("lines");
    json.number(tally.lines);
    json.key("faceValue");
    json.string(&tally.face_value.to_decimal());
}

fn fault(fault: CampaignFault) -> JsValue {
    error::config(fault.sentence())
}
