//! The line of a plain row, written in one go: what nearly every row is.
//!
//! What stands between two cells in a line is the same for all rows that have the same cells filled: it is put together once, and then a
//! line is that and the cells in turn.
//!
//! It only ever says that a line is surely valid, and gives up without a word on anything else; then [`LineBuilder::build`] reads the row
//! from its start. Where it does not give up, both write the same.

#![expect(
    clippy::inline_always,
    reason = "what is inlined here is small or used once; over a call it would go through memory"
)]

use alloc::vec::Vec;

use crate::buffer::{Buffer, FIRST, Pen};
use crate::bulk::columns::fields::{
    EMAIL, Group, PRODUCT, QUANTITY, SMS, VALUE, first_letters, is_name, letter_bit,
};
use crate::bulk::csv::plain_row::PLAIN;
use crate::bulk::csv::row::{Content, Row};
use crate::bulk::import::identity::{identity, short};
use crate::bulk::line::builder::{Source, Written, bit, recipient};
use crate::bulk::line::stray::may_be_sum;
use crate::json::Block;
use crate::money::Amount;
use crate::order::{LineRule, OrderType, limits};

/// Patterns of filled cells that are remembered. A spreadsheet has few.
const REMEMBERED: u64 = 32;

/// The templates of a file.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Templates {
    /// Columns that a field is read from.
    used: u64,
    /// Columns in which nothing may stand.
    nameless: u64,
    /// One to a slot, as its pattern has it.
    slots: Vec<Option<Template>>,
}

impl Templates {
    /// Those of a file with such sources: none at all where a column is too far to the right.
    pub(in crate::bulk) fn new(sources: &[Source], nameless: &[usize]) -> Self {
        let mut templates = Self::default();
        // A plain row has no column further to the right.
        for column in nameless.iter().filter(|column| **column < PLAIN) {
            templates.nameless |= 1 << column;
        }
        for column in sources.iter().filter_map(|source| source.column) {
            if column >= PLAIN {
                return Self::default();
            }
            templates.used |= 1 << column;
        }
        for _ in 0..REMEMBERED {
            templates.slots.push(None);
        }
        templates
    }

    /// The template of a row, made now where there is none.
    pub(in crate::bulk) fn of(
        &mut self,
        row: &Row<'_>,
        sources: &[Source],
        order_type: OrderType,
    ) -> Option<&mut Template> {
        if row.filled & self.nameless != 0 {
            return None;
        }
        let filled = row.filled & self.used;
        // Bits that stand together differ most.
        let slot = (filled ^ filled >> 5 ^ filled >> 10) % REMEMBERED;
        let slot = self.slots.get_mut(usize::try_from(slot).ok()?)?;
        if slot.as_ref().is_none_or(|known| known.filled != filled) {
            *slot = Some(Template::new(filled, sources, order_type));
        }
        slot.as_mut().filter(|template| template.is_usable)
    }
}

/// What lines have in common whose rows have the same cells filled.
#[derive(Debug)]
pub(in crate::bulk) struct Template {
    filled: u64,
    /// Whether there is nothing in it that only the validator can judge.
    is_usable: bool,
    /// Whether a row with these cells filled may be for nobody, and why.
    stray: Stray,
    steps: Vec<Step>,
    parts: Vec<Part>,
    /// The column of a phone number beside an address.
    detail: Option<usize>,
    /// What stands behind the last cell.
    end: Text,
    payment_end: Text,
    /// What a row needs beside its own length.
    room: usize,
    present: u32,
    /// Those that no cell says.
    value: u64,
    quantity: u64,
    product: usize,
}

/// Why a row may be for nobody: see [`crate::bulk::line::stray`].
#[derive(Clone, Copy, Debug)]
enum Stray {
    Nothing,
    /// Its one text may be the name of a sum.
    Sum,
    /// It has no number, so it may be the header once more, in an order of this type.
    Header(OrderType),
}

impl Stray {
    /// What a row may be of which so many cells are filled, and so many of them are texts; nothing where none is: such a row is for
    /// nobody, whatever the defaults are.
    const fn of(texts: usize, filled: usize, order_type: OrderType) -> Option<Self> {
        Some(match (texts, order_type) {
            _ if filled == 0 => return None,
            // Its address would not be one.
            (_, OrderType::DigitalDelivery) => Self::Nothing,
            (1, OrderType::Links) => Self::Sum,
            (2.., _) if texts == filled => Self::Header(order_type),
            _ => Self::Nothing,
        })
    }
}

/// A cell of the line.
#[derive(Debug)]
struct Step {
    column: usize,
    field: usize,
    kind: Kind,
    /// With what letters names of the field begin.
    begins: u32,
    /// What stands before it.
    before: Text,
    /// Bytes that it may have, where that is its rule.
    maximum: usize,
    rule: Option<LineRule>,
    /// What met the rule last; mostly who sends it.
    met: Text,
    /// Whether it belongs to the payment, where it would be folded if it were not ASCII.
    is_payment: bool,
    /// Numbers that were read before, each in the place that its text has: in a spreadsheet are few others.
    numbers: Vec<Number>,
}

/// A cell that belongs to the payment.
#[derive(Debug)]
struct Part {
    column: usize,
    /// Its bit as a field, and what stands before it.
    field: u32,
    before: Text,
}

const NUMBERS: usize = 64;

/// A number that was read before.
#[derive(Clone, Copy, Debug, Default)]
struct Number {
    /// Its cell, of at most eight bytes; 0 where there is none.
    cell: u64,
    minor: u64,
    /// As it is written.
    json: u64,
    length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Its length is all that matters.
    Words,
    /// Everything about it matters.
    Text,
    Value,
    Quantity,
}

/// A text with room behind it, so that it can be read sixteen bytes at a time.
#[derive(Debug, Default)]
struct Text {
    bytes: Vec<u8>,
    length: usize,
}

impl Text {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes.truncate(self.length);
        self.bytes.extend_from_slice(bytes);
        self.length = self.bytes.len();
        self.bytes.extend_from_slice(&[0; FIRST]);
    }

    fn take(&mut self) -> Self {
        core::mem::take(self)
    }
}

impl Template {
    fn new(filled: u64, sources: &[Source], order_type: OrderType) -> Self {
        let mut template = Self {
            filled,
            is_usable: true,
            stray: Stray::Nothing,
            steps: Vec::new(),
            parts: Vec::new(),
            detail: None,
            end: Text::default(),
            payment_end: Text::default(),
            room: 0,
            present: 0,
            value: 0,
            quantity: 0,
            product: 0,
        };
        template.is_usable = template.fill(sources, order_type).is_some();
        template
    }

    fn fill(&mut self, sources: &[Source], order_type: OrderType) -> Option<()> {
        let of_payment = bit(PRODUCT) | recipient(order_type);
        let mut group = Group::Line;
        // Whether what comes next is the first in its object.
        let mut is_first = true;
        let mut texts = 0_usize;
        for source in sources {
            let column = source
                .column
                .filter(|column| self.filled >> column & 1 == 1);
            let default = source.plain_default;
            if column.is_none() && default == Some(0) {
                continue;
            }
            let field = bit(source.field);
            self.present |= field;
            if source.group != group {
                if group != Group::Line {
                    self.end.push(b"}");
                }
                group = source.group;
                if group != Group::Line {
                    self.push_key(source.group_key.bytes(), is_first);
                    is_first = true;
                }
            }
            self.push_key(source.key.bytes(), is_first);
            is_first = false;
            let is_number = matches!(source.field, VALUE | QUANTITY);
            let is_detail = source.field == SMS && self.present & bit(EMAIL) != 0;
            let is_payment = of_payment & field != 0 && !is_detail;
            if let Some(column) = column {
                let maximum = source.rule.and_then(LineRule::maximum);
                let mut numbers = Vec::new();
                if is_number {
                    numbers.resize(NUMBERS, Number::default());
                } else {
                    texts = texts.wrapping_add(1);
                }
                if is_payment {
                    self.parts.push(Part {
                        column,
                        field,
                        before: self.payment_end.take(),
                    });
                }
                if is_detail {
                    self.detail = Some(column);
                }
                self.steps.push(Step {
                    column,
                    field: source.field,
                    kind: match source.field {
                        VALUE => Kind::Value,
                        QUANTITY => Kind::Quantity,
                        _ if maximum.is_some() => Kind::Words,
                        _ => Kind::Text,
                    },
                    begins: first_letters(source.field),
                    before: self.end.take(),
                    maximum: maximum.unwrap_or_default(),
                    rule: source.rule,
                    met: Text::default(),
                    is_payment: of_payment & field != 0,
                    numbers,
                });
            } else {
                if is_detail {
                    return None;
                }
                self.fill_default(source, default?)?;
                if is_payment {
                    self.payment_end
                        .push(source.default.as_bytes().get(..default?)?);
                    self.payment_end.push(&separator(field));
                    if source.field == PRODUCT {
                        self.product = self.payment_end.length;
                    }
                }
            }
            if !is_number {
                self.end.push(b"\"");
            }
        }
        if group != Group::Line {
            self.end.push(b"}");
        }
        let mut room = self.end.length.saturating_add(self.payment_end.length);
        for step in &self.steps {
            room = room.saturating_add(step.before.length).saturating_add(32);
        }
        for part in &self.parts {
            room = room.saturating_add(part.before.length).saturating_add(32);
        }
        self.room = room;
        self.stray = Stray::of(texts, self.steps.len(), order_type)?;
        Some(())
    }

    /// Whether a row may be for nobody.
    #[inline(never)]
    fn may_be_stray(&self, row: &Row<'_>) -> Option<bool> {
        let mut names = 0_u32;
        for step in &self.steps {
            if let Kind::Value | Kind::Quantity = step.kind {
                continue;
            }
            let Piece { from, length } = piece(row, step.column)?;
            let text = from.get(..length)?;
            match self.stray {
                Stray::Nothing => return Some(false),
                Stray::Sum => return Some(may_be_sum(text)),
                Stray::Header(_) if step.begins & letter_bit(*text.first()?) == 0 => {}
                Stray::Header(order_type) => {
                    let text = core::str::from_utf8(text).ok()?;
                    names = names.wrapping_add(is_name(text, step.field, order_type).into());
                }
            }
        }
        Some(names >= 2)
    }

    /// Adds what no cell says.
    fn fill_default(&mut self, source: &Source, length: usize) -> Option<()> {
        let from = source.default.as_bytes();
        if !matches!(source.field, VALUE | QUANTITY) {
            self.end.push(from.get(..length)?);
            return source
                .rule?
                .is_surely_met_by_ascii(from, length)
                .then_some(());
        }
        let mut number = Buffer::default();
        let mut pen = number.blank(from.len());
        let minor = write_number(&mut pen, from, length)?;
        let written = pen.written();
        number.take(written);
        self.end.push(number.bytes());
        if source.field == VALUE {
            self.value = minor;
        } else {
            self.quantity = quantity(minor)?;
        }
        Some(())
    }

    fn push_key(&mut self, key: &[u8], is_first: bool) {
        let key = match key {
            [_, key @ ..] if is_first => {
                self.end.push(b"{");
                key
            }
            key => key,
        };
        self.end.push(key);
    }

    /// Writes what [`LineBuilder::write`](crate::bulk::line::builder::LineBuilder) would.
    #[inline(never)]
    pub(in crate::bulk) fn write(
        &mut self,
        row: &Row<'_>,
        json_buffer: &mut Buffer,
        payment_buffer: &mut Buffer,
    ) -> Option<Written> {
        if !matches!(self.stray, Stray::Nothing) && self.may_be_stray(row)? {
            return None;
        }
        let room = row.bytes.len().wrapping_add(self.room);
        let mut json = json_buffer.pen(room);
        let (mut value, mut quantity) = (self.value, self.quantity);
        for step in &mut self.steps {
            let Piece { from, length } = piece(row, step.column)?;
            json.put_text(&step.before.bytes, step.before.length)?;
            match step.kind {
                Kind::Value => {
                    value = step.number(&mut json, from, length)?;
                    continue;
                }
                Kind::Quantity => {
                    quantity = self::quantity(step.number(&mut json, from, length)?)?;
                    continue;
                }
                Kind::Words | Kind::Text => {}
            }
            json.put_text(from, length)?;
            if row.content != Content::Plain && !is_ascii(from, length)? {
                step.judge(from, length)?;
            } else if step.kind == Kind::Words {
                if length > step.maximum {
                    return None;
                }
            } else if !is_same(&step.met, from, length) {
                step.judge_ascii(from, length)?;
            }
        }
        json.put_text(&self.end.bytes, self.end.length)?;
        let json = json.written();
        json_buffer.take(json);

        let mut written = Written {
            present: self.present,
            value: Amount::from_cents(value),
            quantity,
            product: self.product,
            ..Written::default()
        };
        self.write_payment(row, payment_buffer.blank(room), &mut written)
            .map(|length| payment_buffer.take(length))?;
        Some(written)
    }

    /// Writes what makes the line the same payment as another but for the value; how much that is.
    #[inline(always)]
    fn write_payment(
        &self,
        row: &Row<'_>,
        mut pen: Pen<'_>,
        written: &mut Written,
    ) -> Option<usize> {
        for part in &self.parts {
            if part.before.length > 0 {
                pen.put_text(&part.before.bytes, part.before.length)?;
            }
            let Piece { from, length } = piece(row, part.column)?;
            pen.put_text(from, length)?;
            pen.put_word(u64::from(part.field) << 8, 5)?;
            if part.field == bit(PRODUCT) {
                written.product = pen.written();
            }
        }
        if self.payment_end.length > 0 {
            pen.put_text(&self.payment_end.bytes, self.payment_end.length)?;
        }
        if let Some(column) = self.detail {
            let Piece { from, length } = piece(row, column)?;
            written.phone = short(identity(from.get(..length)?));
        }
        Some(pen.written())
    }
}

impl Step {
    /// Writes a number; how much it is in hundredths.
    #[inline(always)]
    fn number(&mut self, json: &mut Pen<'_>, from: &[u8], length: usize) -> Option<u64> {
        if length > 8 {
            return write_number(json, from, length);
        }
        let cell = u64::from_le_bytes(*from.first_chunk()?);
        let cell = cell & u64::MAX >> (64_usize.wrapping_sub(length.wrapping_mul(8)) & 63);
        let place = cell.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58;
        let number = self.numbers.get_mut(usize::try_from(place).ok()?)?;
        if number.cell == cell {
            json.put_word(number.json, number.length)?;
            return Some(number.minor);
        }
        let start = json.written();
        let minor = write_number(json, from, length)?;
        *number = Number::default();
        if let Some(word) = json.word(start) {
            *number = Number {
                cell,
                minor,
                json: word,
                length: json.written().wrapping_sub(start),
            };
        }
        Some(minor)
    }

    /// Whether a text of ASCII meets its rule, and notes it.
    #[inline(never)]
    fn judge_ascii(&mut self, from: &[u8], length: usize) -> Option<()> {
        if !self.rule?.is_surely_met_by_ascii(from, length) {
            return None;
        }
        // A shorter one would be found by its start.
        self.met.length = 0;
        self.met.push(from.get(..length)?);
        Some(())
    }

    /// Whether a text that is not ASCII meets its rule. In a payment it would be folded.
    #[inline(never)]
    fn judge(&self, from: &[u8], length: usize) -> Option<()> {
        let text = from.get(..length)?;
        let is_ascii = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii);
        // Then it has no space at an end, and control characters it has none.
        let is_met = if is_ascii(text.first()) && is_ascii(text.last()) {
            self.kind == Kind::Words && length <= self.maximum
        } else {
            self.rule?.is_surely_met(core::str::from_utf8(text).ok()?)
        };
        (is_met && !self.is_payment).then_some(())
    }
}

/// A quantity of so many hundredths.
fn quantity(minor: u64) -> Option<u64> {
    let quantity = minor / 100;
    let is_whole = quantity.wrapping_mul(100) == minor;
    (is_whole && quantity <= limits::QUANTITY).then_some(quantity)
}

/// What stands behind a text of the payment.
pub(in crate::bulk) const fn separator(field: u32) -> [u8; 5] {
    let [a, b, c, d] = field.to_le_bytes();
    [0, a, b, c, d]
}

/// A text, from its first byte on, and how many bytes of that it is.
struct Piece<'a> {
    from: &'a [u8],
    length: usize,
}

/// A cell that is not empty, as [`clean`](crate::bulk::csv::row::clean) leaves it.
#[inline(always)]
fn piece<'a>(row: &Row<'a>, column: usize) -> Option<Piece<'a>> {
    let cell = row.cells.get(column)?;
    let from = row.from.get(cell.start..)?;
    let length = cell.end.wrapping_sub(cell.start);
    let (first, last) = (*from.first()?, *from.get(length.wrapping_sub(1))?);
    // What begins with an apostrophe may be a guarded formula, and with a number sign an error of the spreadsheet.
    if matches!(first, b'\'' | b'#') {
        return None;
    }
    if first == b' ' || last == b' ' {
        return trimmed(from, length);
    }
    Some(Piece { from, length })
}

/// A text without the spaces around it. Of printable ASCII only the space is a space.
#[cold]
fn trimmed(mut from: &[u8], mut length: usize) -> Option<Piece<'_>> {
    while let (1.., [b' ', behind @ ..]) = (length, from) {
        (from, length) = (behind, length.wrapping_sub(1));
    }
    while let Some([.., b' ']) = from.get(..length) {
        length = length.wrapping_sub(1);
    }
    (length > 0 && !matches!(from.first()?, b'\'' | b'#')).then_some(Piece { from, length })
}

/// Whether a text is the one that met the rule last.
#[inline(always)]
fn is_same(met: &Text, from: &[u8], length: usize) -> bool {
    if met.length != length {
        return false;
    }
    let count = length.div_ceil(16);
    let blocks = (
        met.bytes.as_chunks().0.get(..count),
        from.as_chunks().0.get(..count),
    );
    let (Some(known), Some(blocks)) = blocks else {
        return false;
    };
    let (mut other, mut last) = (0, 0);
    for (known, block) in known.iter().zip(blocks) {
        other |= last;
        last = Block::from(known).same(Block::from(block)) ^ 0xFFFF;
    }
    let behind = count.wrapping_mul(16).wrapping_sub(length);
    other | last & 0xFFFF_u32 >> behind == 0
}

/// Whether so many bytes at the start of a text are ASCII.
fn is_ascii(from: &[u8], length: usize) -> Option<bool> {
    let count = length.div_ceil(16);
    let (mut high, mut last) = (0, 0);
    for block in from.as_chunks().0.get(..count)? {
        high |= last;
        last = Block::from(block).high();
    }
    let behind = count.wrapping_mul(16).wrapping_sub(length);
    Some(high | last & 0xFFFF_u32 >> behind == 0)
}

/// Writes a number of few digits, perhaps with decimals, as [`LineBuilder::write`](crate::bulk::line::builder::LineBuilder) would; how much it is in
/// hundredths, more than nothing.
#[inline(never)]
fn write_number(json: &mut Pen<'_>, from: &[u8], length: usize) -> Option<u64> {
    let digit = |byte: u8| u32::from(byte & 15);
    let text = from.get(..length)?;
    let (whole, cents) = match text {
        [whole @ .., b'.', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => (
            whole,
            digit(*tens).wrapping_mul(10).wrapping_add(digit(*ones)),
        ),
        [whole @ .., b'.', tens @ b'0'..=b'9'] => (whole, digit(*tens).wrapping_mul(10)),
        whole => (whole, 0),
    };
    // Beginning with a zero it would be written otherwise.
    if !matches!(whole, [b'1'..=b'9', ..] | [b'0']) || whole.len() > 9 {
        return None;
    }
    let mut number = 0_u32;
    for byte in whole {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.wrapping_mul(10).wrapping_add(digit(*byte));
    }
    json.put_text(from, whole.len())?;
    if cents > 0 {
        let ascii = |digit: u32| u64::from(digit | u32::from(b'0'));
        let cents = ascii(cents % 10) << 16 | ascii(cents / 10) << 8;
        json.put_word(cents | u64::from(b'.'), 3)?;
    }
    let minor = u64::from(number)
        .wrapping_mul(100)
        .wrapping_add(u64::from(cents));
    (minor > 0).then_some(minor)
}
