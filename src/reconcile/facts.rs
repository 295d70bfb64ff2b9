//! What an order says of each field that is compared.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::field::{ABOUT, Compared, LINE, ORDER};
use crate::api::casing::documented_key;
use crate::compose::{Compose, composed};
use crate::json::{Kind, Reader};

/// A field's canonical value, where it is given.
pub(super) type Fact = Option<String>;

/// By field of a table.
pub(super) type Facts = Vec<Fact>;

/// What is compared of an order.
pub(super) struct Content {
    pub(super) facts: Facts,
    /// Nothing where the answer does not list them.
    pub(super) lines: Option<Vec<Facts>>,
}

impl Content {
    pub(super) fn read(reader: &mut Reader<'_>, compose: Compose) -> Option<Self> {
        let mut lines = None;
        let facts = facts(&ORDER, reader, compose, Some(&mut lines))?;
        Some(Self { facts, lines })
    }

    /// What it orders: its own fields, and those of each line.
    pub(super) fn ordered(&self) -> (&[Fact], &[Facts]) {
        (
            self.facts.get(ABOUT..).unwrap_or_default(),
            self.lines.as_deref().unwrap_or_default(),
        )
    }
}

/// Reads an object, and its lines where they are asked for; what it holds in other arrays is not compared.
fn facts(
    fields: &[Compared],
    reader: &mut Reader<'_>,
    compose: Compose,
    lines: Option<&mut Option<Vec<Facts>>>,
) -> Option<Facts> {
    let mut facts = Vec::new();
    for _ in fields {
        facts.push(None);
    }
    read(fields, reader, compose, "", &mut facts, lines)?;
    Some(facts)
}

fn read(
    fields: &[Compared],
    reader: &mut Reader<'_>,
    compose: Compose,
    prefix: &str,
    facts: &mut [Fact],
    mut lines: Option<&mut Option<Vec<Facts>>>,
) -> Option<()> {
    let mut members = reader.object().ok()?;
    while let Some(key) = members.next(reader).ok()? {
        let name = [prefix, &documented_key(&key.decode())].concat();
        let value = match reader.peek().ok()? {
            Kind::Object if prefix.is_empty() => {
                read(fields, reader, compose, &[&name, "."].concat(), facts, None)?;
                continue;
            }
            Kind::Array if name == "LineItems" && lines.is_some() => {
                let mut found = Vec::new();
                let mut elements = reader.array().ok()?;
                while elements.next(reader).ok()? {
                    found.push(self::facts(&LINE, reader, compose, None)?);
                }
                if let Some(lines) = &mut lines {
                    **lines = Some(found);
                }
                continue;
            }
            Kind::String => reader.string().ok()?.decode(),
            Kind::Number => Cow::Borrowed(reader.number().ok()?),
            _ => {
                reader.skip().ok()?;
                continue;
            }
        };
        let known = fields.iter().zip(&mut *facts);
        if let Some((field, fact)) = known.into_iter().find(|(field, _)| field.name == name) {
            *fact = Some(field.by.canonical(&composed(&value, compose)));
        }
    }
    Some(())
}
