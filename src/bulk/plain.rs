//! The line of a plain row, written in one go: what nearly every row is.
//!
//! It only ever says that a line is surely valid, and gives up without a word on anything else; then [`LineBuilder::build`] reads the row
//! from its start. Where it does not give up, both write the same.

use super::csv::{Content, Row};
use super::fields::{EMAIL, Group, PRODUCT, QUANTITY, SMS, VALUE};
use super::identity::{high, identity};
use super::line::{LineBuilder, Source, Written, bit, recipient};
use crate::buffer::Pen;
use crate::json::Block;
use crate::money::Amount;
use crate::order::limits;

impl LineBuilder {
    /// Writes what [`LineBuilder::write`] would.
    #[inline(never)]
    pub(super) fn write_plain(&mut self, row: &Row<'_>) -> Option<Written> {
        let of_payment = bit(PRODUCT) | recipient(self.order_type);
        let room = row.bytes.len().wrapping_add(self.room);
        let mut json = self.json.blank(room);
        let mut payment = self.payment.blank(room);
        let (mut present, mut value, mut quantity) = (0, 0, 0);
        let (mut product, mut detail) = (0, 0);
        let mut group = Group::Line;
        let mut is_first = true;
        for source in &self.sources {
            let Piece { from, length } = piece(row, source)?;
            if length == 0 {
                continue;
            }
            let field = bit(source.field);
            present |= field;
            if source.group != group {
                if group != Group::Line {
                    json.put(b'}')?;
                }
                group = source.group;
                if group != Group::Line {
                    json.put_key(&source.group_key, is_first)?;
                    is_first = true;
                }
            }
            json.put_key(&source.key, is_first)?;
            is_first = false;
            if let VALUE | QUANTITY = source.field {
                let minor = write_number(&mut json, from, length)?;
                if source.field == VALUE {
                    value = minor;
                } else {
                    quantity = minor / 100;
                    if minor % 100 != 0 || quantity > limits::QUANTITY {
                        return None;
                    }
                }
                continue;
            }
            json.put_text(from, length)?;
            json.put(b'"')?;
            let rule = source.rule?;
            let is_met = if row.content == Content::Plain || is_ascii(from, length)? {
                rule.is_surely_met_by_ascii(from, length)
            } else {
                // Of a payment it would be folded.
                let text = core::str::from_utf8(from.get(..length)?).ok()?;
                of_payment & field == 0 && rule.is_surely_met(text)
            };
            if !is_met {
                return None;
            }
            if source.field == SMS && present & bit(EMAIL) != 0 {
                detail = high(identity(from.get(..length)?));
            } else if of_payment & field != 0 {
                payment.put_text(from, length)?;
                payment.put_word(u64::from(field) << 8, 5)?;
                if source.field == PRODUCT {
                    product = payment.written();
                }
            }
        }
        if group != Group::Line {
            json.put(b'}')?;
        }
        if is_first {
            return None;
        }
        let (json, payment) = (json.written(), payment.written());
        self.json.take(json);
        self.payment.take(payment);
        Some(Written {
            present,
            value: Amount::from_minor(value),
            quantity,
            product,
            detail,
            ..Written::default()
        })
    }
}

/// A text, from its first byte on, and how many bytes of that it is.
struct Piece<'a> {
    from: &'a [u8],
    length: usize,
}

/// The text of a field, as [`clean`](super::line::clean) leaves it.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "handed out of a call, it would go over the stack"
)]
fn piece<'a>(row: &Row<'a>, source: &'a Source) -> Option<Piece<'a>> {
    if let Some(cell) = source.column.and_then(|column| row.cells.get(column)) {
        let (mut start, mut end) = (cell.start, cell.end);
        // Of ASCII that is printable only the space is a space, and what begins with another character than these is no guarded formula.
        while start < end && row.bytes.get(start) == Some(&b' ') {
            start = start.wrapping_add(1);
        }
        while start < end && row.bytes.get(end.wrapping_sub(1)) == Some(&b' ') {
            end = end.wrapping_sub(1);
        }
        if start < end {
            let from = row.from.get(start..)?;
            return (*from.first()? != b'\'').then_some(Piece {
                from,
                length: end.wrapping_sub(start),
            });
        }
    }
    Some(Piece {
        from: source.default.as_bytes(),
        length: source.plain_default?,
    })
}

/// Whether so many bytes at the start of a text are ASCII.
fn is_ascii(from: &[u8], length: usize) -> Option<bool> {
    let count = length.div_ceil(16);
    let mut last = 0;
    let mut high = 0;
    for block in from.as_chunks().0.get(..count)? {
        high |= last;
        last = Block::from(block).high();
    }
    let behind = count.wrapping_mul(16).wrapping_sub(length);
    Some(high | last & 0xFFFF_u32 >> behind == 0)
}

/// Writes a number of few digits, perhaps with decimals, as [`LineBuilder::write`] would; how much it is in hundredths, more than nothing.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the pen stays in registers")]
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
