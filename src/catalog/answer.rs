//! A products answer, read in one pass: an envelope or a bare array, in any casing.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::product::Kept;
use super::{Fault, Units};
use crate::json::{self, Kind, Reader};
use crate::money::{Amount, Decimals};
use crate::sorted::distinct;

/// A product on its way into the index.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) id: Cow<'a, str>,
    /// What stands behind the id.
    pub(super) rest: Vec<u8>,
}

/// Reads the products of an answer.
pub(super) fn read(answer: &[u8]) -> Result<Vec<Draft<'_>>, Fault> {
    let mut reader = Reader::new(answer);
    let mut drafts = Vec::new();
    let elements = list(&mut reader, &mut drafts).map_err(|_| Fault::Foreign)?;
    if elements.is_none_or(|elements| elements > 0 && drafts.is_empty()) {
        return Err(Fault::NoProducts);
    }
    Ok(drafts)
}

/// Returns how many elements the list has; nothing where there is no list.
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
                let key = key.decode();
                let names = ["Data", "Items", "Results"];
                let is_list = names.iter().any(|name| name.eq_ignore_ascii_case(&key));
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
            let mut found = Found::NOTHING;
            found.object(reader, Part::Product)?;
            if let Some(draft) = found.draft() {
                drafts.push(draft);
            }
        } else {
            reader.skip()?;
        }
    }
    Ok(count)
}

/// Where in a product a field stands.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Product,
    Cost,
    Meta,
    Shipping,
}

/// What is done with a field.
#[derive(Clone, Copy)]
enum Keep {
    Text(usize),
    Denominations,
    DeliveryTypes,
    Fee,
    Discount,
    Carrier,
    Inside(Part),
}

static FIELDS: [(Part, &str, Keep); 13] = [
    (Part::Product, "Id", Keep::Text(0)),
    (Part::Product, "Name", Keep::Text(1)),
    (Part::Product, "Type", Keep::Text(2)),
    (Part::Product, "CurrencyCode", Keep::Text(3)),
    (Part::Product, "DenominationType", Keep::Text(4)),
    (Part::Product, "Denominations", Keep::Denominations),
    (Part::Product, "AvailableDeliveryTypes", Keep::DeliveryTypes),
    (Part::Product, "Cost", Keep::Inside(Part::Cost)),
    (Part::Cost, "Fee", Keep::Fee),
    (Part::Cost, "DiscountPercentage", Keep::Discount),
    (Part::Product, "Meta", Keep::Inside(Part::Meta)),
    (
        Part::Meta,
        "ShippingConfiguration",
        Keep::Inside(Part::Shipping),
    ),
    (Part::Shipping, "HasRequiredCardCarriers", Keep::Carrier),
];

/// A product as far as it was read.
struct Found<'a> {
    /// The fields that were read, by their place in the table: of a key that stands twice the first counts.
    seen: u32,
    texts: [Cow<'a, str>; 5],
    values: Vec<Amount>,
    delivery_types: Vec<Cow<'a, str>>,
    fee: Option<Units>,
    discount: Option<Units>,
    carrier_required: bool,
}

impl<'a> Found<'a> {
    const NOTHING: Self = Self {
        seen: 0,
        texts: [const { Cow::Borrowed("") }; 5],
        values: Vec::new(),
        delivery_types: Vec::new(),
        fee: None,
        discount: None,
        carrier_required: false,
    };

    fn object(&mut self, reader: &mut Reader<'a>, part: Part) -> Result<(), json::Error> {
        let mut members = reader.object()?;
        while let Some(key) = members.next(reader)? {
            let key = key.decode();
            let mut bit = 1_u32;
            let field = FIELDS.iter().find(|(of, name, _)| {
                bit = bit.wrapping_shl(1);
                *of == part && name.eq_ignore_ascii_case(&key)
            });
            match field {
                Some((.., keep)) if self.seen & bit == 0 => {
                    self.seen |= bit;
                    self.field(reader, *keep)?;
                }
                _ => {
                    reader.skip()?;
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, reader: &mut Reader<'a>, keep: Keep) -> Result<(), json::Error> {
        match (keep, reader.peek()?) {
            (Keep::Inside(part), Kind::Object) => self.object(reader, part),
            (Keep::Denominations | Keep::DeliveryTypes, Kind::Array) => {
                let mut elements = reader.array()?;
                while elements.next(reader)? {
                    self.value(reader, keep)?;
                }
                Ok(())
            }
            (Keep::Inside(_) | Keep::Denominations | Keep::DeliveryTypes, _) => {
                reader.skip().map(drop)
            }
            _ => self.value(reader, keep),
        }
    }

    /// An id may be a number, and a number may stand in quotes.
    fn value(&mut self, reader: &mut Reader<'a>, keep: Keep) -> Result<(), json::Error> {
        let text = match reader.peek()? {
            Kind::String => reader.string()?.decode(),
            Kind::Number => Cow::Borrowed(reader.number()?),
            _ => {
                let is_true = reader.skip()? == b"true";
                self.carrier_required |= is_true && matches!(keep, Keep::Carrier);
                return Ok(());
            }
        };
        match keep {
            Keep::Text(place) => {
                if let Some(slot) = self.texts.get_mut(place) {
                    *slot = text;
                }
            }
            Keep::Denominations => {
                // Which decimals it may have is known with the currency, which may stand behind it.
                if let Ok(value) = Amount::parse_in(Decimals::Three, &text) {
                    self.values.push(value);
                }
            }
            Keep::DeliveryTypes => self.delivery_types.push(text),
            Keep::Fee => self.fee = Units::parse(&text),
            Keep::Discount => self.discount = Units::parse(&text),
            Keep::Carrier | Keep::Inside(_) => {}
        }
        Ok(())
    }

    /// What goes into the index; nothing where there is no id.
    fn draft(self) -> Option<Draft<'a>> {
        let [id, name, product_type, currency, denomination_type] = self.texts;
        let mut delivery_types = Vec::new();
        let at = |place: u32| self.delivery_types.get(usize::try_from(place).ok()?);
        for place in distinct(self.delivery_types.len(), &|a, b| at(a).cmp(&at(b))) {
            delivery_types.push(at(place).map_or("", |name| &**name));
        }
        let decimals = Decimals::of(&currency);
        let mut values = Vec::new();
        let at = |place: u32| self.values.get(usize::try_from(place).ok()?).copied();
        for place in distinct(self.values.len(), &|a, b| at(a).cmp(&at(b))) {
            let value = at(place).unwrap_or_default();
            if value.fits(decimals) {
                values.push(value);
            }
        }
        let kept = Kept {
            name: &name,
            product_type: &product_type,
            currency: &currency,
            denomination_type: &denomination_type,
            values: &values,
            delivery_types: &delivery_types,
            carrier_required: self.carrier_required,
            fee: self.fee,
            discount: self.discount,
        };
        let rest = kept.encode();
        (!id.is_empty()).then_some(Draft { id, rest })
    }
}
