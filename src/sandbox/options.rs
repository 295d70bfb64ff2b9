//! How a sandbox is set up: typed, and read from the JSON that the JavaScript side hands over.

use alloc::vec::Vec;

use serde_json::Value;

use super::casing::Casing;
use super::chance::FaultRate;
use super::clock::ClockMode;
use super::option_values::{OptionsError, money, read_object, whole, word};
use super::page::Lists;
use crate::money::Amount;

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
