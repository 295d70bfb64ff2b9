//! The fast path of the validator: one pass over the bytes of a line, sixteen at a time where that pays.
//!
//! It only ever says that a line is surely valid: every field of it a known one, once, in its own spelling, and nothing to note about any
//! of them. Whatever else it meets, be it an error or a blank where `JSON.stringify` puts none, it gives up without a word, and the
//! exact reader reads the line from its start. So it may give up on anything, but never be wrong: `agreement.rs` holds reports with it
//! to reports without it.
//!
//! It walks the same rule table as the exact reader. The keys of a line come in the order of the table nearly always, so the field
//! behind the last one is tried first, as one comparison with its name as it stands in the text.
//!
//! By the line and not by the order: a line that it gives up on costs itself twice, and not the thousand around it.

#![expect(
    clippy::inline_always,
    reason = "what is inlined here is small or used once; a call for each would make the scanner half as fast"
)]

#[cfg(test)]
mod agreement;
mod email;
mod pattern;
mod text;
mod words;

#[cfg(feature = "bulk")]
pub(super) use self::email::address;
use self::pattern::Pattern;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::format::{instant, is_callback_url, is_country, is_phone, postal_code_fault};
use super::line::{Line, is_regional};
use super::schema::{self, Field, KEY, Rule, Shape};
use super::text_rules::{TextKind, bytes, doubt_about_date};
use super::{OrderType, limits};
use crate::json::{Block, Reader};
use crate::money::Amount;

/// An order that is surely valid, read as a whole.
#[derive(Default)]
pub(super) struct ScannedOrder<'a> {
    pub(super) po_number: &'a [u8],
    pub(super) lines: Vec<Line<'a>>,
}

/// Reads a whole order, where it is surely valid.
pub(super) fn order(text: &[u8], now: Option<i64>) -> Option<(OrderType, ScannedOrder<'_>)> {
    let mut order = ScannedOrder::default();
    let mut line = Line::default();
    let mut scanner = Scanner::new(text, None, Some(&mut order), &mut line);
    scanner.now = now;
    scanner.space();
    scanner.object(&schema::ORDER)?;
    scanner.space();
    let (end, order_type) = (scanner.at, scanner.order_type?);
    (end == text.len()).then_some((order_type, order))
}

pub(super) struct Scanner<'a, 'o> {
    text: &'a [u8],
    pub(super) at: usize,
    order_type: Option<OrderType>,
    /// Where it is an order that is read, and not a line of one.
    order: Option<&'o mut ScannedOrder<'a>>,
    pub(super) line: &'o mut Line<'a>,
    /// The line before that was surely valid, for an order of the same type.
    pattern: Pattern<'a>,
    /// Whether what is read becomes the pattern: a line, whose like may follow.
    records: bool,
    /// Where the last value ended.
    valued: usize,
    /// Whether the physical address's country has states and postal codes.
    regional: bool,
    /// The present, in seconds since 1970, where it is known.
    pub(super) now: Option<i64>,
}

impl<'a, 'o> Scanner<'a, 'o> {
    #[inline(always)]
    pub(super) fn new(
        text: &'a [u8],
        order_type: Option<OrderType>,
        order: Option<&'o mut ScannedOrder<'a>>,
        line: &'o mut Line<'a>,
    ) -> Self {
        Self {
            text,
            at: 0,
            order_type,
            order,
            line,
            pattern: Pattern::default(),
            records: false,
            valued: 0,
            regional: true,
            now: None,
        }
    }

    /// Reads the line that comes next, where it is surely valid, into what the line before was read into.
    #[inline(always)]
    pub(super) fn line(&mut self) -> Option<()> {
        self.space();
        let start = self.at;
        if self.again().is_none() {
            self.anew(start)?;
        }
        self.line.text = self.text.get(start..)?;
        self.arrives().then_some(())
    }

    /// Reads a line that is not like the one before.
    #[inline(never)]
    fn anew(&mut self, start: usize) -> Option<()> {
        *self.line = Line::default();
        self.at = start;
        self.regional = true;
        self.valued = start;
        self.pattern.forget();
        self.records = true;
        self.object(&schema::LINE_ITEM)?;
        let length = self.at.wrapping_sub(start);
        self.pattern
            .end(self.text.get(start..)?, length, self.regional);
        Some(())
    }

    /// Goes on to the next line, where one follows.
    #[inline(always)]
    pub(super) fn another(&mut self) -> bool {
        self.space();
        self.token(b',').is_some()
    }

    /// Whether the line's postal code may be one of its country.
    #[inline(always)]
    fn arrives(&self) -> bool {
        self.line.postal_code.is_empty() || self.has_postal_code()
    }

    #[inline(never)]
    fn has_postal_code(&self) -> bool {
        core::str::from_utf8(self.line.postal_code)
            .is_ok_and(|code| postal_code_fault(code, Some(self.line.country)).is_none())
    }

    fn object(&mut self, shape: &'static Shape) -> Option<()> {
        let mut seen = 0_u32;
        let mut next = 0;
        self.token(b'{')?;
        loop {
            // An object without a field has none here either, so it is left to the exact reader.
            self.space();
            let (place, field) = self.key(shape, next)?;
            let bit = 1_u32.wrapping_shl(place);
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            next = place.wrapping_add(1);
            self.space();
            self.value(field)?;
            self.space();
            match self.byte()? {
                b',' => self.skip(1),
                b'}' => {
                    self.skip(1);
                    return self.complete(shape, seen);
                }
                _ => return None,
            }
        }
    }

    /// Whether nothing is absent that must be there, and nothing there that the order's type makes nothing of.
    #[inline(always)]
    fn complete(&self, shape: &'static Shape, seen: u32) -> Option<()> {
        let (used, unused) = match self.order_type? {
            OrderType::DigitalDelivery => (shape.digital, shape.physical),
            OrderType::Links => (0, shape.physical),
            OrderType::PhysicalShipment => (shape.physical, shape.digital),
        };
        let region = if self.regional { shape.region } else { 0 };
        let needed = shape.always | used | region;
        (seen & needed == needed && seen & unused == 0).then_some(())
    }

    /// The field whose key stands here, looked for from a place of the table on, and its place.
    #[inline(always)]
    fn key(&mut self, shape: &'static Shape, from: u32) -> Option<(u32, &'static Field)> {
        let front = Block::at(self.text, self.at);
        let mut place = from;
        for _ in 0..=shape.fields.len() {
            match shape.fields.get(place as usize) {
                Some(field) if self.is_key(front, field) => {
                    self.skip(field.name.len().wrapping_add(3));
                    return Some((place, field));
                }
                Some(_) => place = place.wrapping_add(1),
                None => place = 0,
            }
        }
        None
    }

    #[inline(always)]
    fn is_key(&self, front: Block, field: &Field) -> bool {
        const HALF: usize = KEY / 2;

        let mut same = front.same(Block::at(&field.key, 0));
        if field.key_bits > 0xFFFF && same == 0xFFFF {
            let back = Block::at(self.text, self.at.wrapping_add(HALF));
            same |= back.same(Block::at(&field.key, HALF)).wrapping_shl(16);
        }
        same & field.key_bits == field.key_bits
    }

    #[inline(always)]
    fn value(&mut self, field: &'static Field) -> Option<()> {
        if let Rule::Object(shape) = field.rule {
            return self.object(shape);
        }
        let start = self.at;
        self.scalar(field.rule)?;
        if self.records {
            let gap = start.wrapping_sub(self.valued);
            self.pattern
                .value(gap, self.at.wrapping_sub(start), field.rule);
            self.valued = self.at;
        }
        Some(())
    }

    /// A value that is no object.
    fn scalar(&mut self, rule: Rule) -> Option<()> {
        match rule {
            Rule::Amount => self.line.value = Some(self.amount()?),
            Rule::Quantity => {
                let thousandths = self.amount()?.thousandths();
                let quantity = thousandths / 1_000;
                if thousandths % 1_000 != 0 || quantity > limits::QUANTITY {
                    return None;
                }
                self.line.quantity = Some(quantity);
            }
            Rule::ProductId => {
                let product = self.identifier(limits::IDENTIFIER)?;
                put(&mut self.line.product, product);
            }
            Rule::Identifier => self.text(limits::IDENTIFIER, false, TextKind::Identifier)?,
            Rule::Line(maximum) => self.text(maximum, false, TextKind::Words)?,
            Rule::Words(maximum) => self.text(maximum, true, TextKind::Words)?,
            Rule::Lines(maximum) => self.text(maximum, true, TextKind::Lines)?,
            Rule::PostalCode => self.line.postal_code = self.identifier(limits::NAME)?,
            Rule::Email | Rule::RecipientEmail => {
                let address = self.email()?;
                if matches!(rule, Rule::RecipientEmail) {
                    put(&mut self.line.email, address);
                }
            }
            Rule::RecipientPhone => self.line.phone = bytes(self.other(is_phone)?),
            Rule::DateTime => {
                let instant = instant(&self.other(|_| true)?)?;
                if doubt_about_date(instant, self.now).is_some() {
                    return None;
                }
            }
            Rule::Country => {
                let country = self.other(is_country)?;
                self.line.country = country.as_bytes().try_into().ok()?;
                self.regional = is_regional(self.line.country);
            }
            rule => self.order_value(rule)?,
        }
        Some(())
    }

    /// What stands in an order and not in a line.
    #[cold]
    #[inline(never)]
    fn order_value(&mut self, rule: Rule) -> Option<()> {
        match rule {
            Rule::OrderType => self.order_type = OrderType::from_name(&self.other(|_| true)?),
            Rule::PoNumber => {
                let po_number = self.identifier(limits::IDENTIFIER)?;
                self.order.as_mut()?.po_number = po_number;
            }
            Rule::Url => {
                self.other(|text| is_callback_url(text) && text.len() <= limits::URL)?;
            }
            _ => self.lines()?,
        }
        Some(())
    }

    /// The lines of an order whose type is known; where it is not, the first of them is not complete.
    fn lines(&mut self) -> Option<()> {
        self.token(b'[')?;
        loop {
            self.space();
            self.regional = true;
            let start = self.at;
            self.object(&schema::LINE_ITEM)?;
            if !self.arrives() {
                return None;
            }
            let mut line = core::mem::take(self.line);
            line.text = self.text.get(start..)?;
            self.order.as_mut()?.lines.push(line);
            self.space();
            if self.byte()? == b']' {
                self.skip(1);
                return Some(());
            }
            self.token(b',')?;
        }
    }

    /// A number above zero with at most two decimals, as nearly everyone writes it: no exponent, and not so large that it could
    /// be out of range.
    fn amount(&mut self) -> Option<Amount> {
        const LONGEST: usize = 9;

        let text = self.text.get(self.at..).unwrap_or_default();
        let (mut length, mut cents) = (0, 0);
        digits(text, &mut length, &mut cents);
        if length > LONGEST || length == 0 || length > 1 && matches!(text.first(), Some(b'0')) {
            return None;
        }
        let mut decimals = 0;
        if matches!(text.get(length), Some(b'.')) {
            length = length.wrapping_add(1);
            let point = length;
            digits(text, &mut length, &mut cents);
            decimals = length.wrapping_sub(point);
            if !matches!(decimals, 1 | 2) {
                return None;
            }
        }
        for _ in decimals..2 {
            cents = cents.wrapping_mul(10);
        }
        self.skip(length);
        (cents > 0).then_some(Amount::from_cents(cents))
    }

    /// A text that is short or rare: read exactly, and asked whether it is fine.
    fn other(&mut self, is_fine: fn(&str) -> bool) -> Option<Cow<'a, str>> {
        let mut reader = Reader::new(self.text.get(self.at..)?);
        let text = reader.string().ok()?.decode();
        self.skip(reader.offset());
        is_fine(&text).then_some(text)
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    #[inline(always)]
    fn skip(&mut self, bytes: usize) {
        self.at = self.at.wrapping_add(bytes);
    }

    #[inline(always)]
    fn token(&mut self, byte: u8) -> Option<()> {
        (self.byte()? == byte).then(|| self.skip(1))
    }

    /// Skips the space that stands here: none in a compact text, a line's end and an indentation in a pretty one.
    #[inline(always)]
    fn space(&mut self) {
        if self.byte().is_some_and(|byte| byte <= b' ') {
            self.at = behind_space(self.text, self.at);
        }
    }
}

/// Goes on behind the digits of a text, and a number with them; what wraps around is too long to be used.
#[inline(always)]
fn digits(text: &[u8], at: &mut usize, number: &mut u64) {
    while let Some(digit @ b'0'..=b'9') = text.get(*at) {
        *number = number
            .wrapping_mul(10)
            .wrapping_add(u64::from(digit.wrapping_sub(b'0')));
        *at = at.wrapping_add(1);
    }
}

/// The place behind the space that stands at a place.
#[inline(never)]
fn behind_space(text: &[u8], mut at: usize) -> usize {
    loop {
        let other = Block::at(text, at).not_space();
        at = at.wrapping_add((other | 0x1_0000).trailing_zeros() as usize);
        if other != 0 {
            return at;
        }
    }
}

/// Puts a text in the place of another, which is borrowed too, nearly always: then there is nothing to be freed.
#[inline(always)]
fn put<'a>(place: &mut Cow<'a, [u8]>, text: &'a [u8]) {
    if let Cow::Borrowed(old) = place {
        *old = text;
    } else {
        *place = Cow::Borrowed(text);
    }
}
