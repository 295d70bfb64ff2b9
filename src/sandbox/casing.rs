//! How the keys of an answer are written.
//!
//! The API's pages write PascalCase; clients of the same platform saw camelCase (fact sheet, section 3.0). A client must
//! read both, so the sandbox can answer in both. Only keys change: a value is never touched.

use alloc::string::String;
use core::str::FromStr;

use serde_json::{Map, Value};

/// How the keys of an answer are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Casing {
    /// As documented: `PONumber`, `LineItems`.
    #[default]
    Pascal,
    /// As observed: `poNumber`, `lineItems`.
    Camel,
}

impl FromStr for Casing {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "pascal" => Ok(Self::Pascal),
            "camel" => Ok(Self::Camel),
            _ => Err(()),
        }
    }
}

impl Casing {
    /// The same value with its keys in this casing.
    pub(super) fn apply(self, value: Value) -> Value {
        match self {
            Self::Pascal => value,
            Self::Camel => camel_value(value),
        }
    }
}

fn camel_value(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut camel_map = Map::new();
            for (key, value) in map {
                camel_map.insert(camel(&key), camel_value(value));
            }
            camel_map.into()
        }
        Value::Array(items) => Value::Array(items.into_iter().map(camel_value).collect()),
        plain => plain,
    }
}

/// As .NET does it, on which the platform seems to run: a leading run of capitals is lowered but for the one that begins
/// the next word.
fn camel(key: &str) -> String {
    let capitals = key.chars().take_while(char::is_ascii_uppercase).count();
    let lowered = if capitals < key.len() {
        capitals.saturating_sub(1).max(1)
    } else {
        capitals
    };
    key.chars()
        .enumerate()
        .map(|(index, c)| {
            if index < lowered {
                c.to_ascii_lowercase()
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_a_key_is_lowered_as_a_whole() {
        for (pascal, expected) in [
            ("Id", "id"),
            ("PONumber", "poNumber"),
            ("LineItems", "lineItems"),
            ("SMS", "sms"),
            ("already", "already"),
            ("", ""),
        ] {
            assert_eq!(camel(pascal), expected);
        }
    }
}
