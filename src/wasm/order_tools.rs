//! The order tools for JavaScript: no network, no credentials.

use wasm_bindgen::prelude::*;

use super::{convert, error, field, number};
use crate::flow;
use crate::order::{ValidateOptions, validate};

/// Checks an order: an object, JSON text, or the bytes of it. It never throws for what the order holds.
///
/// # Errors
///
/// `ConfigError` for options that cannot be used.
#[wasm_bindgen(js_name = validateOrder, skip_typescript)]
pub fn validate_order(input: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let mut settings = ValidateOptions::default();
    if let Some(given) = field::property(options, "maxIssues") {
        let maximum = given.as_f64().and_then(number::whole);
        let maximum = maximum.ok_or_else(|| error::config("maxIssues must be a whole number."))?;
        settings.max_issues = usize::try_from(maximum).unwrap_or(usize::MAX);
    }
    let report = match convert::order_bytes(input) {
        Ok(bytes) => validate(&bytes, &settings),
        Err(report) => report,
    };
    convert::parse(report.to_json()).ok_or_else(|| error::config("The report could not be read."))
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
