//! What an order will cost: its face value, less the discount, plus the fees.
//!
//! The API documents neither how a fee nor how a discount is applied (fact sheet, 3.3), so a quote says how it read them. All of
//! it is integer arithmetic; nothing is rounded but a line's discount and its fees, once each.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{ValidateOptions, ValidationReport, validate};
use crate::catalog::{Catalog, Units};
use crate::json::{self, Decimal, Kind, Reader, Writer};
use crate::money::{Amount, Decimals};

/// A quote for an order, or for several in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// Empty where the catalog knows none.
    pub currency: String,
    /// Value times quantity.
    pub face_value: Amount,
    /// What is taken off.
    pub discount: Amount,
    /// What is put on.
    pub fees: Amount,
    /// Whether a product's fee or discount is not known and was taken for zero.
    pub cost_unknown: bool,
}

/// Quotes an order: checks it against the rules and the catalog, then adds its lines up.
///
/// # Errors
///
/// Why there is none.
///
/// ```
/// use giftcard_partners::catalog::Catalog;
/// use giftcard_partners::order::quote::quote;
///
/// let catalog = Catalog::from_answer(br#"[{"Id":"CVS","CurrencyCode":"USD","Cost":{"Fee":0.25,"DiscountPercentage":4.55}}]"#)?;
/// let body = br#"{"Type":"Links","LineItems":[{"ProductId":"CVS","Value":25,"Quantity":1}],"PONumber":"PO-1"}"#;
///
/// let quote = quote(body, &catalog).expect("the catalog has the product");
///
/// assert_eq!(quote.discount.to_decimal(), "1.14");
/// assert_eq!(quote.total().to_decimal(), "24.11");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quote(body: &[u8], catalog: &Catalog) -> Result<Quote, Unquoted> {
    let options = ValidateOptions {
        catalog: Some(catalog),
        ..ValidateOptions::default()
    };
    let report = validate(body, &options);
    if !report.is_valid() {
        return Err(Unquoted::Invalid(report));
    }
    let mut quote = Quote::default();
    match lines(body, &mut |line| quote.add_line(catalog, line)) {
        Ok(()) => Ok(quote),
        Err(Fault::OutOfRange) => Err(Unquoted::OutOfRange),
        // It was read a moment ago.
        Err(Fault::Unreadable) => Err(Unquoted::Invalid(report)),
    }
}

/// Why there is no quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unquoted {
    /// The order breaks a rule.
    Invalid(ValidationReport),
    /// It is more money than can be counted.
    OutOfRange,
}

impl Quote {
    /// What is paid. A discount is at most the face value.
    pub fn total(&self) -> Amount {
        let total = self
            .face_value
            .thousandths()
            .saturating_sub(self.discount.thousandths());
        Amount::from_thousandths(total.saturating_add(self.fees.thousandths()))
    }

    /// Adds the quote of another order in the same currency; nothing, and nothing added, where it is in another one or the sum
    /// is out of range.
    pub fn add(&mut self, other: &Self) -> Option<()> {
        if self.currency != other.currency {
            return None;
        }
        self.add_sums(other.face_value, other.discount, other.fees)?;
        self.cost_unknown |= other.cost_unknown;
        Some(())
    }

    fn add_line(&mut self, catalog: &Catalog, line: &Line<'_>) -> Option<()> {
        let product = catalog.product(&line.product_id)?;
        let face_value = line.value.checked_mul(line.quantity)?;
        let decimals = product.decimals();
        // A percentage is hundredths, and a fee is thousandths of its thousandths.
        let discount = product.discount.unwrap_or(Units(0));
        let discount = rounded(face_value.thousandths(), discount, 100, decimals)?;
        let fee = product.fee.unwrap_or(Units(0));
        let fees = rounded(line.quantity.checked_mul(1_000)?, fee, 1, decimals)?;
        self.add_sums(face_value, discount, fees)?;
        if self.currency.is_empty() {
            self.currency.push_str(product.currency);
        }
        self.cost_unknown |= product.fee.is_none() || product.discount.is_none();
        Some(())
    }

    fn add_sums(&mut self, face_value: Amount, discount: Amount, fees: Amount) -> Option<()> {
        let face_value = self.face_value.checked_add(face_value)?;
        let discount = self.discount.checked_add(discount)?;
        let fees = self.fees.checked_add(fees)?;
        face_value.checked_sub(discount)?.checked_add(fees)?;
        (self.face_value, self.discount, self.fees) = (face_value, discount, fees);
        Some(())
    }

    /// The quote as the JSON that JavaScript makes its object of; `available` is what there is to pay with.
    pub fn to_json(&self, available: Option<Available>) -> Vec<u8> {
        let mut json = Writer::with_capacity(512);
        json.object();
        self.write_members(&mut json, available);
        json.close_object();
        json.into_bytes()
    }

    /// Writes the members of that object.
    pub fn write_members(&self, json: &mut Writer, available: Option<Available>) {
        if !self.currency.is_empty() {
            json.key("currency");
            json.string(&self.currency);
        }
        let decimals = Decimals::of(&self.currency);
        let total = self.total();
        for (key, amount) in [
            ("faceValue", self.face_value),
            ("discount", self.discount),
            ("fees", self.fees),
            ("total", total),
        ] {
            json.key(key);
            json.string(&amount.to_decimal_in(decimals));
        }
        if let Some(available) = available {
            let available = available.in_whole_units(decimals);
            json.key("available");
            json.string(&available.to_decimal_in(decimals));
            if let Some(short) = available.short_of(total) {
                json.key("short");
                json.string(&short.to_decimal_in(decimals));
            }
        }
        json.key("assumptions");
        self.write_assumptions(json, available.is_some());
    }

    /// Writes which readings of undocumented fields the quote rests on.
    pub fn write_assumptions(&self, json: &mut Writer, compared: bool) {
        let assumptions = [
            (true, "fee_per_card", "Cost.Fee is charged for each card."),
            (
                true,
                "discount_of_face_value",
                "Cost.DiscountPercentage is taken off the face value of each line.",
            ),
            (
                true,
                "rounded_per_line",
                "Each line's discount and fees are rounded to the currency's smallest unit, half away from zero.",
            ),
            (
                self.cost_unknown,
                "unknown_cost_is_zero",
                "The catalog has no fee or no discount for some products; it was taken for zero.",
            ),
            (
                self.currency.is_empty(),
                "currency_unknown",
                "The catalog names no currency; all lines were taken to be in one.",
            ),
            (
                compared,
                "balance_in_order_currency",
                "The balance was taken to be in the order's currency; what is Pending pays for nothing.",
            ),
        ];
        json.array();
        for (_, code, message) in assumptions.iter().filter(|(holds, ..)| *holds) {
            json.object();
            json.key("code");
            json.string(code);
            json.key("message");
            json.string(message);
            json.close_object();
        }
        json.close_array();
    }
}

/// What the deposit account can pay with: never what is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Available {
    /// What is less than a thousandth does not count.
    size: Amount,
    /// Whether the account owes it.
    owed: bool,
}

impl Available {
    /// Reads it from a balance as answered, in any casing, as a number or as decimal text.
    pub fn read(balance: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(balance);
        let found = member(&mut reader).ok()??;
        reader.end().ok()?;
        let mut value = Reader::new(found);
        match value.peek().ok()? {
            Kind::Number => Self::parse(value.number().ok()?),
            Kind::String => Self::parse(value.string().ok()?.decode().trim()),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (owed, size) = match text.strip_prefix("-") {
            Some(size) => (true, size),
            None => (false, text),
        };
        // A balance may be a sum of floats: what stands behind the thousandths is cut off, not refused.
        let size = Amount::from_thousandths(Decimal::parse(size)?.units_at_most(3).ok()?);
        (size <= Amount::MAX).then_some(Self { size, owed })
    }

    /// What is missing; nothing where it is enough.
    pub fn short_of(self, total: Amount) -> Option<Amount> {
        let (total, size) = (total.thousandths(), self.size.thousandths());
        let short = if self.owed {
            total.saturating_add(size)
        } else {
            total.saturating_sub(size)
        };
        (short > 0).then(|| Amount::from_thousandths(short))
    }

    /// Without what is less than a currency's smallest unit: it pays for nothing.
    fn in_whole_units(self, decimals: Decimals) -> Self {
        let size = self.size.thousandths();
        let rest = size.checked_rem(decimals.smallest()).unwrap_or_default();
        Self {
            size: Amount::from_thousandths(size.saturating_sub(rest)),
            ..self
        }
    }

    fn to_decimal_in(self, decimals: Decimals) -> String {
        let sign = if self.owed && !self.size.is_zero() {
            "-"
        } else {
            ""
        };
        [sign, &self.size.to_decimal_in(decimals)].concat()
    }
}

/// The value of `Available`.
fn member<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a [u8]>, json::Error> {
    let mut found = None;
    let mut members = reader.object()?;
    while let Some(key) = members.next(reader)? {
        let is_it = key.decode().eq_ignore_ascii_case("Available");
        let value = reader.skip()?;
        if is_it && found.is_none() {
            found = Some(value);
        }
    }
    Ok(found)
}

/// So many times units of 10^-8, over a divisor, in thousandths: rounded to the smallest unit of the currency, half away from zero.
fn rounded(times: u64, units: Units, divisor: u128, decimals: Decimals) -> Option<Amount> {
    let smallest = decimals.smallest();
    let whole = 100_000_000_u128
        .checked_mul(divisor)?
        .checked_mul(smallest.into())?;
    let scaled = u128::from(times).checked_mul(u128::from(units.0))?;
    let count = quotient(scaled.checked_add(whole / 2)?, whole)?;
    let amount = Amount::from_thousandths(count.checked_mul(smallest)?);
    (amount <= Amount::MAX).then_some(amount)
}

/// Bit by bit: the division of numbers of this width is a kilobyte of wasm.
fn quotient(mut number: u128, divisor: u128) -> Option<u64> {
    let mut quotient = 0_u64;
    for shift in (0..u64::BITS).rev() {
        let part = divisor.checked_shl(shift)?;
        quotient = quotient.wrapping_shl(1);
        // Where bits were lost the part is larger than any number.
        if part.checked_shr(shift)? == divisor && number >= part {
            number = number.wrapping_sub(part);
            quotient |= 1;
        }
    }
    (number < divisor).then_some(quotient)
}

/// What a line says of money.
struct Line<'a> {
    product_id: Cow<'a, str>,
    value: Amount,
    quantity: u64,
}

enum Fault {
    Unreadable,
    OutOfRange,
}

impl From<json::Error> for Fault {
    fn from(_: json::Error) -> Self {
        Self::Unreadable
    }
}

/// Reads the lines of an order that passed the validator: each known field stands once, in its one spelling.
fn lines<'a>(body: &'a [u8], each: &mut dyn FnMut(&Line<'a>) -> Option<()>) -> Result<(), Fault> {
    let mut reader = Reader::new(body);
    let mut members = reader.object()?;
    while let Some(key) = members.next(&mut reader)? {
        if !key.is("LineItems") {
            reader.skip()?;
            continue;
        }
        let mut elements = reader.array()?;
        while elements.next(&mut reader)? {
            let line = line(&mut reader)?.ok_or(Fault::Unreadable)?;
            each(&line).ok_or(Fault::OutOfRange)?;
        }
    }
    Ok(())
}

fn line<'a>(reader: &mut Reader<'a>) -> Result<Option<Line<'a>>, json::Error> {
    let (mut product_id, mut value, mut quantity) = (None, None, None);
    let mut members = reader.object()?;
    while let Some(key) = members.next(reader)? {
        if key.is("ProductId") {
            product_id = Some(reader.string()?.decode());
        } else if key.is("Value") {
            // How many decimals it may have was checked.
            value = Amount::parse_in(Decimals::Three, reader.number()?).ok();
        } else if key.is("Quantity") {
            let number = Decimal::parse(reader.number()?);
            quantity = number.and_then(|number| number.units(0).ok());
        } else {
            reader.skip()?;
        }
    }
    Ok(product_id
        .zip(value)
        .zip(quantity)
        .map(|((product_id, value), quantity)| Line {
            product_id,
            value,
            quantity,
        }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quotient_is_that_of_the_numbers(
            number in any::<u128>(), number_bits in 0..128_u32, divisor in 1..=u128::MAX, divisor_bits in 0..128_u32,
        ) {
            let (number, divisor) = (number >> number_bits, (divisor >> divisor_bits).max(1));

            let expected = number.checked_div(divisor).and_then(|quotient| u64::try_from(quotient).ok());
            prop_assert_eq!(quotient(number, divisor), expected);
        }
    }
}
