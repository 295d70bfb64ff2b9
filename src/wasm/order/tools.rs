//! The order tools for JavaScript: no network, no credentials.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::throw_val;

use super::catalog::Catalog;
use super::quote::{available, unquoted};
use crate::amount;
use crate::amount::currency::UNKNOWN;
use crate::api::fulfilment::Fulfilment;
use crate::flow;
use crate::json::Writer;
use crate::order::po_number::{self, derive_po_number};
use crate::order::quote::quote;
use crate::order::{ValidateOptions, ValidationReport, limits, validate, without_empty};
use crate::reconcile::fingerprint::fingerprint;
use crate::wasm::shared::clock::now;
use crate::wasm::shared::compose::compose;
use crate::wasm::shared::{convert, error, field, number};

/// Checks an order: an object, JSON text, or the bytes of it. It never throws for what the order holds.
///
/// # Errors
///
/// `ConfigError` for options that cannot be used.
///
/// They are thrown and not returned: what returns a `Result` hands out a list of three, which is a tenth of the time of a small
/// order. Nothing is owned when one is thrown.
#[wasm_bindgen(js_name = validateOrder, skip_typescript)]
pub fn validate_order(input: &JsValue, options: &JsValue, catalog: Option<Catalog>) -> JsValue {
    let settings = match settings(options, catalog.as_ref()) {
        Ok(settings) => settings,
        Err(error) => {
            drop(catalog);
            throw_val(error)
        }
    };
    match convert::order_bytes(input) {
        Ok(bytes) => report_object(&validate(&bytes, &settings)),
        Err(report) => report_object(&report),
    }
}

fn max_issues(options: &JsValue) -> Result<usize, JsValue> {
    let Some(given) = field::option(options, "maxIssues")? else {
        return Ok(limits::ISSUES);
    };
    let maximum = given.as_f64().and_then(number::whole);
    let maximum = maximum.ok_or_else(|| error::config("maxIssues must be a whole number."))?;
    Ok(usize::try_from(maximum).unwrap_or(usize::MAX))
}

fn report_object(report: &ValidationReport) -> JsValue {
    if report.is_clean() {
        let smallest = report.decimals.smallest();
        let per_unit = 1_000_u64.checked_div(smallest).unwrap_or(1);
        let units = report.face_value.thousandths().checked_div(smallest);
        let units = units.unwrap_or_default();
        return convert::clean_report(
            number::to_js(report.line_count),
            number::to_js(units.checked_div(per_unit).unwrap_or_default()),
            number::to_js(units.checked_rem(per_unit).unwrap_or_default()),
            report.decimals.count(),
        );
    }
    // It is JSON, since we wrote it.
    convert::parse(&report.to_json()).unwrap_or_default()
}

/// The order as an object of its own.
///
/// # Errors
///
/// `ValidationError` with the issues; `ConfigError` for options that cannot be used.
#[wasm_bindgen(js_name = parseOrder, skip_typescript)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen hands an optional handle out as a whole"
)]
pub fn parse_order(
    input: &JsValue,
    options: &JsValue,
    catalog: Option<Catalog>,
) -> Result<JsValue, JsValue> {
    let settings = settings(options, catalog.as_ref())?;
    let bytes = read(input)?;
    convert::parse(&checked(&bytes, &settings)?)
        .ok_or_else(|| error::config("The order could not be read."))
}

/// What is sent of the bytes that `OrderBuilder` has put together; nothing where it is all of them.
///
/// # Errors
///
/// `ValidationError` with the issues.
#[wasm_bindgen(js_name = checkedOrder, skip_typescript)]
pub fn checked_order(order: &JsValue) -> Result<Option<Uint8Array>, JsValue> {
    let bytes = read(order)?;
    let sent = checked(&bytes, &ValidateOptions::default())?;
    Ok((sent.len() < bytes.len()).then(|| convert::to_bytes(&sent)))
}

/// The order's content as one short text.
///
/// # Errors
///
/// `ValidationError` with the issues; a PO number that is absent or wrong is none, since it does not count.
#[wasm_bindgen(js_name = fingerprintOrder, skip_typescript)]
pub fn fingerprint_order(input: &JsValue) -> Result<String, JsValue> {
    let bytes = read(input)?;
    let report = validate(&bytes, &ValidateOptions::default());
    fingerprint(&bytes, compose)
        .filter(|_| report.is_valid_but_for_po_number())
        .ok_or_else(|| error::validation(&report))
}

/// The decimal text of an amount that a person has typed, as far as it can be read in one way.
#[wasm_bindgen(js_name = parseAmount, skip_typescript)]
pub fn parse_amount(text: &JsValue, currency: &JsValue, mark: &JsValue) -> Option<String> {
    let currency = currency.as_string().unwrap_or_default();
    let mark = mark.as_string().unwrap_or_default();
    let mark = match mark.as_bytes() {
        [mark @ (b'.' | b',')] => Some(*mark),
        _ => None,
    };
    let currency = currency.as_bytes().try_into().unwrap_or(UNKNOWN);
    amount::parse_amount(&text.as_string()?, currency, mark)
}

/// Quotes an order against a catalog, and against a balance where there is one.
///
/// # Errors
///
/// `ValidationError` for an order that cannot be sent; `ConfigError` for a balance without `Available`.
#[wasm_bindgen(js_name = quoteOrder, skip_typescript)]
pub fn quote_order(
    input: &JsValue,
    catalog: &Catalog,
    balance: &JsValue,
) -> Result<JsValue, JsValue> {
    let available = available(balance)?;
    let bytes = read(input)?;
    let quoted = quote(&bytes, &catalog.shared).map_err(|fault| unquoted(&fault))?;
    convert::parse(&quoted.to_json(available)).ok_or_else(|| error::config("There is no quote."))
}

/// Returns how much of an order is delivered.
///
/// # Errors
///
/// `ConfigError` for what is no order as answered.
#[wasm_bindgen(js_name = orderSummary, skip_typescript)]
pub fn order_summary(order: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = convert::order_bytes(order).ok();
    let summary = bytes.and_then(|bytes| {
        let Fulfilment { lines, fulfilled } = Fulfilment::of(&bytes)?;
        let mut json = Writer::new();
        json.object();
        for (key, count) in [
            ("lines", lines),
            ("fulfilled", fulfilled),
            ("missing", lines.saturating_sub(fulfilled)),
        ] {
            json.key(key);
            json.number(count);
        }
        json.close_object();
        convert::parse(&json.into_bytes())
    });
    summary.ok_or_else(|| error::config("orderSummary: order must be an order as answered."))
}

/// A PO number from parts.
///
/// # Errors
///
/// `ConfigError` for what is no list of texts, for a prefix of other characters, and for a length that cannot hold 80 bits.
#[wasm_bindgen(js_name = derivePoNumber, skip_typescript)]
pub fn derive(parts: &JsValue, options: &JsValue) -> Result<String, JsValue> {
    let refuse = || {
        error::config(
            "derivePoNumber: parts must be texts, at least one, and without half a surrogate pair.",
        )
    };
    if parts.is_undefined() {
        return Err(error::config("derivePoNumber: parts are missing."));
    }
    let parts = parts.dyn_ref::<Array>().ok_or_else(refuse)?;
    let mut texts = Vec::new();
    for part in parts.iter() {
        if part.is_undefined() {
            return Err(error::config(
                "derivePoNumber: one of the parts is missing.",
            ));
        }
        texts.push(convert::whole_text(&part).ok_or_else(refuse)?);
    }
    if texts.is_empty() {
        return Err(refuse());
    }
    let prefix = match field::option(options, "prefix")? {
        None => Some(String::new()),
        Some(prefix) => prefix.as_string(),
    };
    let longest = match field::option(options, "maxLength")? {
        None => Some(po_number::LENGTH),
        Some(given) => given
            .as_f64()
            .and_then(number::whole)
            .map(|given| usize::try_from(given).unwrap_or(usize::MAX)),
    };
    let mut parts = Vec::new();
    for text in &texts {
        parts.push(text.as_str());
    }
    if let (Some(prefix), Some(longest)) = (prefix, longest)
        && let Some(name) = derive_po_number(&parts, &prefix, longest, compose)
    {
        return Ok(name);
    }
    Err(error::config(
        "A PO number's prefix has A-Z, 0-9 and - only, and its maxLength leaves 16 characters behind the prefix and a hyphen.",
    ))
}

/// The wait before look number `attempt` (from 0) at an order of so many lines, in milliseconds.
///
/// # Errors
///
/// `ConfigError` for what is no whole number from 0.
#[wasm_bindgen(js_name = pollDelayMs, skip_typescript)]
pub fn poll_delay_ms(
    line_count: &JsValue,
    attempt: &JsValue,
    seed: &JsValue,
) -> Result<f64, JsValue> {
    let whole = |name: &str, given: &JsValue| {
        if given.is_undefined() {
            return Err(error::config(
                &["pollDelayMs: ", name, " is missing."].concat(),
            ));
        }
        given.as_f64().and_then(number::whole).ok_or_else(|| {
            error::config(&["pollDelayMs: ", name, " must be a whole number from 0."].concat())
        })
    };
    let seed = if seed.is_undefined() || seed.is_null() {
        0
    } else {
        whole("seed", seed)?
    };
    let attempt = whole("attempt", attempt)?;
    let wait = flow::poll_delay_ms(
        whole("lineCount", line_count)?,
        u32::try_from(attempt).unwrap_or(u32::MAX),
        seed,
    );
    Ok(number::to_js(wait))
}

fn settings<'a>(
    options: &JsValue,
    catalog: Option<&'a Catalog>,
) -> Result<ValidateOptions<'a>, JsValue> {
    Ok(ValidateOptions {
        catalog: catalog.map(|catalog| &*catalog.shared),
        max_issues: max_issues(options)?,
        now: now(),
        ..ValidateOptions::default()
    })
}

/// The bytes of an order.
fn read(order: &JsValue) -> Result<Vec<u8>, JsValue> {
    convert::order_bytes(order).map_err(|report| error::validation(&report))
}

/// What is sent of an order.
fn checked<'a>(bytes: &'a [u8], settings: &ValidateOptions<'a>) -> Result<Cow<'a, [u8]>, JsValue> {
    let report = validate(bytes, settings);
    if report.is_valid() {
        Ok(without_empty(Cow::Borrowed(bytes)))
    } else {
        Err(error::validation(&report))
    }
}
