//! A JSON value as both readers must see it: members in their order, duplicates too, numbers as text.

use std::fmt;

use giftcard_partners::json::{Error, Kind, Reader, Writer};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Boolean(bool),
    Number(String),
    String(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads a value with our reader, each kind by its own method.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        Ok(match reader.peek()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Boolean => Self::Boolean(reader.boolean()?),
            Kind::Number => Self::Number(reader.number()?.to_owned()),
            Kind::String => Self::String(reader.string()?.decode().into_owned()),
            Kind::Array => {
                let mut array = Vec::new();
                let mut elements = reader.array()?;
                while elements.next(reader)? {
                    array.push(Self::read(reader)?);
                }
                Self::Array(array)
            }
            Kind::Object => {
                let mut object = Vec::new();
                let mut members = reader.object()?;
                while let Some(key) = members.next(reader)? {
                    object.push((key.decode().into_owned(), Self::read(reader)?));
                }
                Self::Object(object)
            }
        })
    }

    /// Reads a whole text with our reader.
    pub(crate) fn read_all(text: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(text);
        let tree = Self::read(&mut reader)?;
        reader.end()?;
        Ok(tree)
    }

    /// Writes the value with our writer, each kind by its own method.
    pub(crate) fn write(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Boolean(value) => writer.boolean(*value),
            Self::Number(text) => match text.parse::<u64>() {
                Ok(whole) => writer.number(whole),
                Err(_) => writer.raw(text.as_bytes()),
            },
            Self::String(text) => writer.string(text),
            Self::Array(elements) => {
                writer.array();
                for element in elements {
                    element.write(writer);
                }
                writer.close_array();
            }
            Self::Object(members) => {
                writer.object();
                for (key, value) in members {
                    writer.key(key);
                    value.write(writer);
                }
                writer.close_object();
            }
        }
    }

    /// The value as serde_json reads it: it writes every exponent as `e+1` or `e-1`.
    pub(crate) fn with_serde_json_exponents(self) -> Self {
        match self {
            Self::Number(text) => Self::Number(serde_json_exponent(&text)),
            Self::Array(elements) => Self::Array(
                elements
                    .into_iter()
                    .map(Self::with_serde_json_exponents)
                    .collect(),
            ),
            Self::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (key, value.with_serde_json_exponents()))
                    .collect(),
            ),
            other => other,
        }
    }
}

fn serde_json_exponent(number: &str) -> String {
    match number.split_once(['e', 'E']) {
        Some((digits, exponent)) if exponent.starts_with(['+', '-']) => {
            format!("{digits}e{exponent}")
        }
        Some((digits, exponent)) => format!("{digits}e+{exponent}"),
        None => number.to_owned(),
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(text) => {
                serde_json::Number::from_string_unchecked(text.clone()).serialize(serializer)
            }
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => elements.serialize(serializer),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// How serde_json hands out a number that is more than an `i64` or `u64`: as an object of one member, its text.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Boolean(value))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Tree, E> {
                Ok(Tree::Number(number.to_string()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Tree, E> {
                Ok(Tree::Number(number.to_string()))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::String(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Tree, A::Error> {
                let mut array = Vec::new();
                while let Some(element) = elements.next_element()? {
                    array.push(element);
                }
                Ok(Tree::Array(array))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
                let mut object = Vec::new();
                while let Some((key, value)) = members.next_entry::<String, Tree>()? {
                    match value {
                        Tree::String(text) if key == NUMBER => return Ok(Tree::Number(text)),
                        value => object.push((key, value)),
                    }
                }
                Ok(Tree::Object(object))
            }
        }

        deserializer.deserialize_any(Any)
    }
}
