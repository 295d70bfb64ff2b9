//! The values of options, and what is said of one that cannot be used.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde_json::{Map, Value};

use super::json::read;
use crate::money::Amount;

/// The largest whole number that JavaScript holds exactly.
const MAX_SAFE: u64 = (1 << 53) - 1;

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

/// Reads one of some words, which `words` tells for the error.
pub(super) fn word<T: FromStr>(name: &str, value: &Value, words: &str) -> Result<T, OptionsError> {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| OptionsError::new(name, words))
}
