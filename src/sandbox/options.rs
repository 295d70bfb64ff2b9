//! How a sandbox is set up: typed, and read from the JSON that the JavaScript side hands over.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde_json::{Map, Value};

use super::casing::Casing;
use super::chance::FaultRate;
use super::clock::ClockMode;
use super::json::read;
use super::page::Lists;
use crate::money::Amount;

/// The largest whole number that JavaScript holds exactly.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// What every id, token and link is made from. Default: 1.
    pub seed: u64,
    /// What the clock follows. The core is told the time and does not look at this.
    pub clock: ClockMode,
    /// How the keys of answers are written.
    pub casing: Casing,
    /// How lists are answered.
    pub lists: Lists,
    /// An order of more cards than this is answered `Pending`. Default: 100.
    pub async_threshold: u64,
    /// After how many milliseconds such an order is `Completed`. Default: 1000.
    pub fulfillment_ms: u64,
    /// The funds that pay for orders. Default: 10000.00.
    pub available: Amount,
    /// The funds that are on their way. Default: 0.00.
    pub pending: Amount,
    /// The catalogue, as documents of the API; a dozen invented brands where it is left out.
    pub products: Option<Vec<Value>>,
    /// What goes wrong by chance. Default: nothing.
    pub faults: Option<FaultRate>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            clock: ClockMode::default(),
            casing: Casing::default(),
            lists: Lists::default(),
            async_threshold: 100,
            fulfillment_ms: 1000,
            available: Amount::from_cents(1_000_000),
            pending: Amount::default(),
            products: None,
            faults: None,
        }
    }
}

impl Options {
    /// Reads options from a JSON object with the names of the JavaScript API.
    ///
    /// # Errors
    ///
    /// [`OptionsError`] for a value that is not what its option takes, and for a name that is no option.
    pub fn from_json(json: &[u8]) -> Result<Self, OptionsError> {
        let mut options = Self::default();
        let mut faults = None;
        for (name, value) in read_object(json, "options")? {
            let wrong = |expected: &str| OptionsError::new(name.as_str(), expected);
            match name.as_str() {
                "seed" => options.seed = whole(&name, &value)?,
                "clock" => options.clock = word(&name, &value, r#""real" or "manual""#)?,
                "casing" => options.casing = word(&name, &value, r#""pascal" or "camel""#)?,
                "lists" => options.lists = word(&name, &value, r#""envelope" or "bare""#)?,
                "asyncThreshold" => options.async_threshold = whole(&name, &value)?,
                "fulfillmentMs" => options.fulfillment_ms = whole(&name, &value)?,
                "available" => options.available = money(&name, value.as_str())?,
                "pending" => options.pending = money(&name, value.as_str())?,
                "faults" => faults = Some(value),
                "products" => match value {
                    Value::Array(products) => options.products = Some(products),
                    _ => return Err(wrong("an array of products")),
                },
                _ => return Err(wrong("left out: there is no such option")),
            }
        }
        // By now the seed is read, which is theirs too unless they have one.
        if let Some(faults) = faults {
            options.faults = Some(FaultRate::read(&faults, options.seed)?);
        }
        Ok(options)
    }
}

/// An option, or a field of one, that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionsError {
    field: String,
    expected: String,
}

impl OptionsError {
    pub(super) fn new(field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            expected: expected.into(),
        }
    }

    /// Which one: `seed`, `products[0].Id`.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must be {}", self.field, self.expected)
    }
}

impl core::error::Error for OptionsError {}

/// Reads an amount of money from decimal text.
pub(super) fn money(name: &str, text: Option<&str>) -> Result<Amount, OptionsError> {
    text.and_then(|text| Amount::parse(text).ok())
        .ok_or_else(|| OptionsError::new(name, r#"a decimal string such as "100.00""#))
}

/// Reads a whole number that JavaScript holds exactly.
pub(super) fn whole(name: &str, value: &Value) -> Result<u64, OptionsError> {
    value
        .as_u64()
        .filter(|number| *number <= MAX_SAFE)
        .ok_or_else(|| OptionsError::new(name, "a whole number of at least 0"))
}

/// Reads an object; `name` is what it is, for the error.
pub(super) fn read_object(json: &[u8], name: &str) -> Result<Map<String, Value>, OptionsError> {
    match read(json) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(OptionsError::new(name, "an object")),
    }
}

fn word<T: FromStr>(name: &str, value: &Value, words: &str) -> Result<T, OptionsError> {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| OptionsError::new(name, words))
}
