//! The few ways in which the sandbox uses serde_json, each in one place.
//!
//! serde_json is generic over where bytes come from and go to, and each use would be compiled anew: two readers or two
//! writers are 10 KB of the artifact. So nothing else in `sandbox` may parse, print, or build objects by `json!`.
//!
//! Values are read by a visitor of our own, which can say no more than "not JSON": serde_json's would bring the printing of
//! floats into the artifact for an error message that nobody sees.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Error, Map, Number, Value};

use crate::money::Amount;

/// Reads a JSON text; the error says where it ends to be one.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = AnyValue.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Writes a JSON text.
pub(super) fn write(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// An object of these pairs, in their order; what is null is left out.
pub(super) fn object(pairs: Vec<(&str, Value)>) -> Map<String, Value> {
    let mut object = Map::new();
    for (key, value) in pairs {
        if !value.is_null() {
            object.insert(key.to_owned(), value);
        }
    }
    object
}

/// An amount as a JSON number with two decimals, or three where the third counts.
pub(super) fn number(amount: Amount) -> Value {
    read(amount.to_decimal().as_bytes()).unwrap_or_default()
}

/// The key under which serde_json hands over a number as its text, with `arbitrary_precision`.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// Reads any value.
struct AnyValue;

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    // With `arbitrary_precision` no number comes as one of these.
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            array.push(item);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(Value::String(key)) = members.next_key_seed(Self)? {
            let value = members.next_value_seed(Self)?;
            object.insert(key, value);
        }
        match object.get(NUMBER_KEY) {
            // A request may have an object that only looks like this; then the text is no number, and it stays an object.
            Some(Value::String(text)) if object.len() == 1 => Ok(text
                .parse::<Number>()
                .map_or(Value::Object(object), Value::Number)),
            _ => Ok(object.into()),
        }
    }
}
