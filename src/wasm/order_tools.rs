//! The order tools for JavaScript: no network, no credentials.

use wasm_bindgen::prelude::*;
use wasm_bindgen::throw_val;

use super::{catalog, convert, error, field, number};
use crate::error::Kind;
use crate::flow;
use crate::order::quote::{Available, quote};
use crate::order::{ValidateOptions, ValidationReport, limits, validate};

#[wasm_bindgen(module = "/pkg-templates/npm/crossing.js")]
extern "C" {
    #[wasm_bindgen(js_name = plainReport)]
    fn plain_report(line_count: f64, cents: f64) -> JsValue;
}

/// Checks an order: an object, JSON text, or the bytes of it. It never throws for what the order holds.
///
/// # Errors
///
/// `ConfigError` for options that cannot be used.
///
/// They are thrown and not returned: what returns a `Result` hands out a list of three, which is a tenth of the time of a small
/// order. Nothing is owned when one is thrown.
#[wasm_bindgen(js_name = validateOrder, skip_typescript)]
pub fn validate_order(input: &JsValue, options: &JsValue) -> JsValue {
    let max_issues = max_issues(options).unwrap_or_else(|error| throw_val(error));
    let catalog = catalog::option(options).unwrap_or_else(|error| throw_val(error));
    let settings = ValidateOptions {
        catalog: catalog.as_deref(),
        max_issues,
        ..ValidateOptions::default()
    };
    match convert::order_bytes(input) {
        Ok(bytes) => report_object(&validate(&bytes, &settings)),
        Err(report) => report_object(&report),
    }
}

fn max_issues(options: &JsValue) -> Result<usize, JsValue> {
    let Some(given) = field::property(options, "maxIssues") else {
        return Ok(limits::ISSUES);
    };
    let maximum = given.as_f64().and_then(number::whole);
    let maximum = maximum.ok_or_else(|| error::config("maxIssues must be a whole number."))?;
    Ok(usize::try_from(maximum).unwrap_or(usize::MAX))
}

fn report_object(report: &ValidationReport) -> JsValue {
    if report.is_plain() {
        let (lines, cents) = (report.line_count, report.face_value.minor());
        return plain_report(number::to_js(lines), number::to_js(cents));
    }
    // It is JSON, since we wrote it.
    convert::parse(report.to_json()).unwrap_or_default()
}

/// Quotes an order against a catalog, and against a balance where there is one.
///
/// # Errors
///
/// `ValidationError` for an order that cannot be sent; `ConfigError` for no catalog, or a balance without `Available`.
#[wasm_bindgen(js_name = quoteOrder, skip_typescript)]
pub fn quote_order(
    input: &JsValue,
    catalog: &JsValue,
    balance: &JsValue,
) -> Result<JsValue, JsValue> {
    let catalog = catalog::given(catalog)?;
    let available = available(balance)?;
    let bytes = convert::order_bytes(input).map_err(|report| error::validation(&report))?;
    let quoted = quote(&bytes, &catalog).map_err(|fault| match (fault.kind, &fault.report) {
        (Kind::Validation, Some(report)) => error::validation(report),
        _ => error::config(&fault.message),
    })?;
    convert::parse(quoted.to_json(available)).ok_or_else(|| error::config("There is no quote."))
}

/// What a balance has to pay with.
pub(super) fn available(balance: &JsValue) -> Result<Option<Available>, JsValue> {
    if balance.is_undefined() {
        return Ok(None);
    }
    let json = convert::order_bytes(balance).ok();
    match json.and_then(|json| Available::read(&json)) {
        Some(available) => Ok(Some(available)),
        None => Err(error::config(
            "balance must be an account balance whose Available is a number or a decimal text.",
        )),
    }
}

/// The wait before look number `attempt` (from 0) at an order of so many lines, in milliseconds.
///
/// # Errors
///
/// `ConfigError` for what is no whole number from 0.
#[wasm_bindgen(js_name = pollDelayMs, skip_typescript)]
pub fn poll_delay_ms(line_count: f64, attempt: f64, seed: Option<f64>) -> Result<f64, JsValue> {
    let whole = |name: &str, given: f64| {
        number::whole(given).ok_or_else(|| {
            error::config(&["pollDelayMs: ", name, " must be a whole number from 0."].concat())
        })
    };
    let attempt = whole("attempt", attempt)?;
    let wait = flow::poll_delay_ms(
        whole("lineCount", line_count)?,
        u32::try_from(attempt).unwrap_or(u32::MAX),
        whole("seed", seed.unwrap_or_default())?,
    );
    Ok(number::to_js(wait))
}
