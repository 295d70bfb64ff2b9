//! What the index keeps of a product.

use alloc::vec::Vec;

use super::bytes::{Cursor, put_number, put_text};
use super::lists::{Texts, Values};
use super::units::Units;
use crate::json::Writer;
use crate::money::{Amount, Decimals};
use crate::order_type::OrderType;

/// `DenominationType`: an open enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DenominationType<'a> {
    /// The answer had none.
    Unknown,
    /// The values on offer.
    Fixed,
    /// The least and the most.
    Variable,
    /// A word that we do not know.
    Other(&'a str),
}

impl<'a> DenominationType<'a> {
    /// The type of that name, in any case.
    pub fn of(name: &'a str) -> Self {
        match name {
            "" => Self::Unknown,
            _ if name.eq_ignore_ascii_case("Fixed") => Self::Fixed,
            _ if name.eq_ignore_ascii_case("Variable") => Self::Variable,
            _ => Self::Other(name),
        }
    }

    /// The name on the wire; empty where there is none.
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Unknown => "",
            Self::Fixed => "Fixed",
            Self::Variable => "Variable",
            Self::Other(name) => name,
        }
    }

    const fn bits(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Fixed => 1,
            Self::Variable => 2,
            Self::Other(_) => 3,
        }
    }
}

/// What values a card may have.
#[derive(Clone, Debug)]
pub enum Denominations<'a> {
    /// Nobody knows: the answer has none, or a type that we do not know.
    Unknown,
    /// One of these, from the least to the most.
    Fixed(Values<'a>),
    /// Anything between the two, them included.
    Variable(Amount, Amount),
}

/// A product, as far as it is kept. A text that the answer lacks is empty.
#[derive(Clone, Debug)]
pub struct Product<'a> {
    /// `Id`.
    pub id: &'a str,
    /// `Name`.
    pub name: &'a str,
    /// `Type`, such as `Digital`.
    pub product_type: &'a str,
    /// `CurrencyCode`.
    pub currency: &'a str,
    /// `DenominationType`.
    pub denomination_type: DenominationType<'a>,
    /// `Denominations`, from the least to the most.
    pub values: Values<'a>,
    /// Whether a shipped card needs a carrier.
    pub carrier_required: bool,
    /// `Cost.Fee`, for each card.
    pub fee: Option<Units>,
    /// `Cost.DiscountPercentage`, at most 100.
    pub discount: Option<Units>,
    flags: u8,
    /// Delivery types beyond the three that orders have.
    others: Texts<'a>,
}

const CARRIER: u8 = 1 << 2;
const OTHERS: u8 = 1 << 6;
const KNOWN: u8 = 0x7f;

/// The bit of a delivery type.
const fn bit(delivery_type: OrderType) -> u8 {
    match delivery_type {
        OrderType::DigitalDelivery => 1 << 3,
        OrderType::Links => 1 << 4,
        OrderType::PhysicalShipment => 1 << 5,
    }
}

impl<'a> Product<'a> {
    /// Reads a product of the index; nothing where it is not as it must be.
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Option<Self> {
        let (id, name) = (cursor.text()?, cursor.text()?);
        let flags = cursor.byte()?;
        let (product_type, currency) = (cursor.text()?, cursor.text()?);
        let denomination_type = match flags & 3 {
            0 => DenominationType::Unknown,
            1 => DenominationType::Fixed,
            2 => DenominationType::Variable,
            _ => DenominationType::Other(cursor.text()?),
        };
        let values = Values::read(cursor, Decimals::of(currency))?;
        let others = match flags & OTHERS {
            0 => Texts::NONE,
            _ => Texts::read(cursor)?,
        };
        let mut units = || cursor.number().map(|plus_one| plus_one.checked_sub(1));
        let (fee, discount) = (units()?.map(Units), units()?.map(Units));
        let sound =
            flags & !KNOWN == 0 && discount.is_none_or(|discount| discount <= Units::HUNDRED);
        sound.then_some(Self {
            id,
            name,
            product_type,
            currency,
            denomination_type,
            values,
            carrier_required: flags & CARRIER != 0,
            fee,
            discount,
            flags,
            others,
        })
    }

    /// Returns how many decimals its values have: those of its currency.
    pub fn decimals(&self) -> Decimals {
        Decimals::of(self.currency)
    }

    /// Returns whether orders of that type can have it; nothing where the answer does not say.
    pub fn delivers(&self, order_type: OrderType) -> Option<bool> {
        if self.delivery_types().is_empty() {
            return None;
        }
        Some(self.flags & bit(order_type) != 0)
    }

    /// `AvailableDeliveryTypes`: the three that orders have first.
    pub fn delivery_types(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for known in OrderType::ALL {
            if self.flags & bit(known) != 0 {
                names.push(known.as_str());
            }
        }
        names.extend(self.others.clone());
        names
    }

    /// The values that a card may have.
    pub fn denominations(&self) -> Denominations<'a> {
        let mut values = self.values.clone();
        let Some(least) = values.next() else {
            return Denominations::Unknown;
        };
        match self.denomination_type {
            DenominationType::Fixed => Denominations::Fixed(self.values.clone()),
            DenominationType::Variable => {
                Denominations::Variable(least, values.last().unwrap_or(least))
            }
            _ => Denominations::Unknown,
        }
    }

    /// Returns whether a card may have that value; nothing where nobody knows.
    pub fn offers(&self, value: Amount) -> Option<bool> {
        match self.denominations() {
            Denominations::Unknown => None,
            Denominations::Fixed(mut values) => Some(values.any(|offered| offered == value)),
            Denominations::Variable(least, most) => Some((least..=most).contains(&value)),
        }
    }

    /// Writes it in the shape of the API's product, of which it is a part.
    pub fn write(&self, json: &mut Writer) {
        json.object();
        for (key, text) in [
            ("Id", self.id),
            ("Name", self.name),
            ("Type", self.product_type),
            ("CurrencyCode", self.currency),
            ("DenominationType", self.denomination_type.as_str()),
        ] {
            if !text.is_empty() {
                json.key(key);
                json.string(text);
            }
        }
        json.key("Denominations");
        json.array();
        for value in self.values.clone() {
            json.raw(value.to_decimal_in(self.decimals()).as_bytes());
        }
        json.close_array();
        json.key("AvailableDeliveryTypes");
        json.array();
        for name in self.delivery_types() {
            json.string(name);
        }
        json.close_array();
        json.key("Cost");
        json.object();
        for (key, units) in [("Fee", self.fee), ("DiscountPercentage", self.discount)] {
            if let Some(units) = units {
                json.key(key);
                json.raw(units.to_decimal().as_bytes());
            }
        }
        json.close_object();
        json.key("Meta");
        json.object();
        json.key("ShippingConfiguration");
        json.object();
        json.key("HasRequiredCardCarriers");
        json.boolean(self.carrier_required);
        json.close_object();
        json.close_object();
        json.close_object();
    }
}

/// What an answer says of a product, on its way into the index.
#[derive(Debug, Default)]
pub(super) struct Kept<'a> {
    pub(super) name: &'a str,
    pub(super) product_type: &'a str,
    pub(super) currency: &'a str,
    pub(super) denomination_type: &'a str,
    /// From the least to the most, each once, with no more decimals than the currency has.
    pub(super) values: &'a [Amount],
    /// In order, each once.
    pub(super) delivery_types: &'a [&'a str],
    pub(super) carrier_required: bool,
    pub(super) fee: Option<Units>,
    pub(super) discount: Option<Units>,
}

impl Kept<'_> {
    /// What stands behind the id.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        let denomination_type = DenominationType::of(self.denomination_type);
        let mut flags = denomination_type.bits();
        if self.carrier_required {
            flags |= CARRIER;
        }
        let mut others = Vec::new();
        for name in self.delivery_types {
            match OrderType::ALL
                .into_iter()
                .find(|known| known.as_str().eq_ignore_ascii_case(name))
            {
                Some(known) => flags |= bit(known),
                None => others.push(*name),
            }
        }
        if !others.is_empty() {
            flags |= OTHERS;
        }

        put_text(&mut out, self.name);
        out.push(flags);
        put_text(&mut out, self.product_type);
        put_text(&mut out, self.currency);
        if let DenominationType::Other(name) = denomination_type {
            put_text(&mut out, name);
        }
        put_number(&mut out, self.values.len() as u64);
        let mut before = 0;
        let smallest = Decimals::of(self.currency).smallest();
        for value in self.values {
            let units = value
                .thousandths()
                .checked_div(smallest)
                .unwrap_or_default();
            put_number(&mut out, units.saturating_sub(before));
            before = units;
        }
        if !others.is_empty() {
            put_number(&mut out, others.len() as u64);
            for name in others {
                put_text(&mut out, name);
            }
        }
        let discount = self.discount.filter(|discount| *discount <= Units::HUNDRED);
        for units in [self.fee, discount] {
            put_number(&mut out, units.map_or(0, |units| units.0.saturating_add(1)));
        }
        out
    }
}
