//! A products answer, read in one pass: an envelope or a bare array, in any casing.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::Fault;
use super::product::{Kept, Units};
use crate::json::{self, Kind, Reader};
use crate::money::Amount;

/// A product on its way into the index.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) id: Cow<'a, str>,
    /// What stands behind the id.
    pub(super) rest: Vec<u8>,
}

/// Reads the products of an answer, in the order of their ids, each id once.
pub(super) fn read(answer: &[u8]) -> Result<Vec<Draft<'_>>, Fault> {
    let mut reader = Reader::new(answer);
    let mut drafts = Vec::new();
    let elements = list(&mut reader, &mut drafts).map_err(|_| Fault::Foreign)?;
    if elements.is_none_or(|elements| elements > 0 && drafts.is_empty()) {
        return Err(Fault::NoProducts);
    }
    drafts.sort_unstable_by(|a, b| (&a.id, &a.rest).cmp(&(&b.id, &b.rest)));
    drafts.dedup_by(|a, b| a.id == b.id);
    Ok(drafts)
}

/// How many elements the list has; nothing where there is no list.
fn list<'a>(
    reader: &mut Reader<'a>,
    drafts: &mut Vec<Draft<'a>>,
) -> Result<Option<usize>, json::Error> {
    let mut elements = None;
    match reader.peek()? {
        Kind::Array => elements = Some(products(reader, drafts)?),
        Kind::Object => {
            let mut members = reader.object()?;
            while let Some(key) = members.next(reader)? {
                let is_list = one_of(&key.decode(), &["Data", "Items", "Results"]).is_some();
                if is_list && elements.is_none() && reader.peek()? == Kind::Array {
                    elements = Some(products(reader, drafts)?);
                } else {
                    reader.skip()?;
                }
            }
        }
        _ => {
            reader.skip()?;
        }
    }
    reader.end()?;
    Ok(elements)
}

fn products<'a>(
    reader: &mut Reader<'a>,
    drafts: &mut Vec<Draft<'a>>,
) -> Result<usize, json::Error> {
    let mut count = 0_usize;
    let mut elements = reader.array()?;
    while elements.next(reader)? {
        count = count.saturating_add(1);
        if reader.peek()? == Kind::Object {
            drafts.extend(product(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(count)
}

/// Reads a product; nothing where it has no id. Of a key that stands twice the first counts.
fn product<'a>(reader: &mut Reader<'a>) -> Result<Option<Draft<'a>>, json::Error> {
    const TEXTS: [&str; 5] = ["Id", "Name", "Type", "CurrencyCode", "DenominationType"];

    let mut texts: [Option<Cow<'a, str>>; 5] = [const { None }; 5];
    let mut values = Vec::new();
    let mut delivery_types = Vec::new();
    let (mut fee, mut discount, mut carrier) = (None, None, None);
    let mut members = reader.object()?;
    while let Some(key) = members.next(reader)? {
        let key = key.decode();
        let kind = reader.peek()?;
        let slot = one_of(&key, &TEXTS).and_then(|place| texts.get_mut(place));
        if let Some(slot) = slot {
            let text = text(reader)?;
            *slot = slot.take().or(text);
        } else if kind == Kind::Array && one_of(&key, &["Denominations"]).is_some() {
            each(reader, &mut |reader| {
                let value = text(reader)?.and_then(|text| Amount::parse(&text).ok());
                insert(&mut values, value);
                Ok(())
            })?;
        } else if kind == Kind::Array && one_of(&key, &["AvailableDeliveryTypes"]).is_some() {
            each(reader, &mut |reader| {
                insert(&mut delivery_types, text(reader)?);
                Ok(())
            })?;
        } else if kind == Kind::Object && one_of(&key, &["Cost"]).is_some() {
            member(reader, &mut |reader, key| {
                let read = text(reader)?.and_then(|text| Units::parse(&text));
                match one_of(key, &["Fee", "DiscountPercentage"]) {
                    Some(0) => fee = fee.or(read),
                    Some(_) => discount = discount.or(read),
                    None => {}
                }
                Ok(())
            })?;
        } else if kind == Kind::Object && one_of(&key, &["Meta"]).is_some() {
            member(reader, &mut |reader, key| {
                let nested = reader.peek()? == Kind::Object;
                if !nested || one_of(key, &["ShippingConfiguration"]).is_none() {
                    reader.skip()?;
                    return Ok(());
                }
                member(reader, &mut |reader, key| {
                    let value = reader.skip()?;
                    if one_of(key, &["HasRequiredCardCarriers"]).is_some() {
                        carrier = carrier.or(Some(value == b"true"));
                    }
                    Ok(())
                })
            })?;
        } else {
            reader.skip()?;
        }
    }

    let [id, name, product_type, currency, denomination_type] = texts;
    let Some(id) = id.filter(|id| !id.is_empty()) else {
        return Ok(None);
    };
    let delivery_types: Vec<&str> = delivery_types.iter().map(|name| &**name).collect();
    let rest = Kept {
        name: name.as_deref().unwrap_or_default(),
        product_type: product_type.as_deref().unwrap_or_default(),
        currency: currency.as_deref().unwrap_or_default(),
        denomination_type: denomination_type.as_deref().unwrap_or_default(),
        values: &values,
        delivery_types: &delivery_types,
        carrier_required: carrier.unwrap_or_default(),
        fee,
        discount,
    };
    let rest = rest.encode();
    Ok(Some(Draft { id, rest }))
}

/// The place of a key among some names, in any case.
fn one_of(key: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| name.eq_ignore_ascii_case(key))
}

fn each<'a>(
    reader: &mut Reader<'a>,
    read: &mut dyn FnMut(&mut Reader<'a>) -> Result<(), json::Error>,
) -> Result<(), json::Error> {
    let mut elements = reader.array()?;
    while elements.next(reader)? {
        read(reader)?;
    }
    Ok(())
}

fn member<'a>(
    reader: &mut Reader<'a>,
    read: &mut dyn FnMut(&mut Reader<'a>, &str) -> Result<(), json::Error>,
) -> Result<(), json::Error> {
    let mut members = reader.object()?;
    while let Some(key) = members.next(reader)? {
        read(reader, &key.decode())?;
    }
    Ok(())
}

/// A text, or a number as its text: an id may be either, and a number may stand in quotes.
fn text<'a>(reader: &mut Reader<'a>) -> Result<Option<Cow<'a, str>>, json::Error> {
    match reader.peek()? {
        Kind::String => Ok(Some(reader.string()?.decode())),
        Kind::Number => Ok(Some(Cow::Borrowed(reader.number()?))),
        _ => reader.skip().map(|_| None),
    }
}

/// Puts a value into its place, once.
fn insert<T: Ord>(values: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value
        && let Err(place) = values.binary_search(&value)
    {
        values.insert(place, value);
    }
}
