//! One cell of a template's line: where it stands, what stands before it, and whether it surely meets its rule.

#![expect(
    clippy::inline_always,
    reason = "what is inlined here is small or used once; over a call it would go through memory"
)]

use alloc::vec::Vec;

use crate::buffer::Pen;
use crate::bulk::csv::escapes;
use crate::bulk::csv::row::{Cell, CellKind, Row};
use crate::bulk::line::foreign::may_be_foreign;
use crate::bulk::line::padded::Text;
use crate::json::Block;
use crate::order::{LineRule, limits};

/// A cell of the line.
#[derive(Debug)]
pub(in crate::bulk) struct Step {
    pub(in crate::bulk) column: usize,
    pub(in crate::bulk) field: usize,
    pub(in crate::bulk) kind: Kind,
    /// What is said before it.
    pub(in crate::bulk) before: Text,
    /// What it says in the first line of its shape, as JSON writes it.
    pub(in crate::bulk) usual: Text,
    /// Bytes that it may have, where that is its rule.
    pub(in crate::bulk) maximum: usize,
    pub(in crate::bulk) rule: Option<LineRule>,
    /// Whether what is not ASCII is words: an id is read step by step then, and a payment is compared without its accents' spelling.
    pub(in crate::bulk) may_have_accents: bool,
    /// Whether it is somebody's name.
    pub(in crate::bulk) is_person: bool,
    /// Numbers that were read before, each in the place that its text has: in a spreadsheet are few others.
    pub(in crate::bulk) numbers: Vec<Number>,
    /// Where it stands in what the line on hand says.
    pub(in crate::bulk) span: Span,
}

/// Where a cell stands.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::bulk) struct Span {
    pub(in crate::bulk) start: usize,
    pub(in crate::bulk) end: usize,
}

/// A cell that belongs to the payment.
#[derive(Debug)]
pub(in crate::bulk) struct Part {
    /// The index of its step.
    pub(in crate::bulk) step: usize,
    /// Its bit as a field, and what stands before it.
    pub(in crate::bulk) field: u32,
    pub(in crate::bulk) before: Text,
}

pub(in crate::bulk) const NUMBERS: usize = 64;

/// A number that was read before.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::bulk) struct Number {
    /// Its cell, of at most eight bytes; 0 where there is none.
    pub(in crate::bulk) cell: u64,
    pub(in crate::bulk) minor: u64,
    /// As it is written.
    pub(in crate::bulk) json: u64,
    pub(in crate::bulk) length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Kind {
    /// Its length is all that matters.
    Words,
    /// Everything about it matters.
    Text,
    Value,
    Quantity,
}

impl Step {
    /// Writes a number; how much it is in hundredths.
    #[inline(always)]
    pub(in crate::bulk) fn number(
        &mut self,
        json: &mut Pen<'_>,
        from: &[u8],
        length: usize,
    ) -> Option<u64> {
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

    /// Writes a cell with escapes, where it is words; line breaks only where the rule has lines.
    #[inline(never)]
    pub(in crate::bulk) fn write_escaped(
        &self,
        json: &mut Pen<'_>,
        from: &[u8],
        length: usize,
    ) -> Option<()> {
        let text = from.get(..length)?;
        let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let has_breaks = text.iter().any(is_break);
        let is_at_an_end = text.first().is_some_and(is_break) || text.last().is_some_and(is_break);
        if is_at_an_end || has_breaks && !self.rule?.may_have_breaks() {
            return None;
        }
        let length_in_text = escapes::write(json, from, length)?;
        if !is_ascii(from, length)? {
            return self.judge(from, length);
        }
        let is_words = self.kind == Kind::Words && self.may_have_accents;
        (is_words && length_in_text <= self.maximum).then_some(())
    }

    /// Whether a text that is not ASCII meets its rule.
    #[inline(never)]
    pub(in crate::bulk) fn judge(&self, from: &[u8], length: usize) -> Option<()> {
        let text = from.get(..length)?;
        // What there is to look at, the validator says.
        if may_be_odd(text) && !self.rule?.is_surely_met(core::str::from_utf8(text).ok()?) {
            return None;
        }
        // Control characters it has none.
        let is_met =
            self.kind == Kind::Words && length <= self.maximum && !has_space_at_an_end(text);
        (is_met && self.may_have_accents).then_some(())
    }
}

/// Whether a character that is not ASCII at an end of a text is a space, or one that nobody sees: [`clean`](crate::bulk::csv::row::clean) takes
/// it off.
fn has_space_at_an_end(text: &[u8]) -> bool {
    let is_first = |byte: &u8| !matches!(byte, 0x80..=0xBF);
    let last = text.iter().rposition(is_first).unwrap_or_default();
    begins_with_space(text) || text.get(last..).is_some_and(begins_with_space)
}

/// Whether a text begins with such a character.
const fn begins_with_space(text: &[u8]) -> bool {
    matches!(
        text,
        [0xC2, 0x85 | 0xA0 | 0xAD, ..]
            | [0xE1, 0x9A, 0x80, ..]
            | [0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF, ..]
            | [0xE2, 0x81, 0x9F..=0xA9, ..]
            | [0xE3, 0x80, 0x80, ..]
            | [0xEF, 0xBB, 0xBF, ..]
    )
}

/// Whether a text may be garbled or have something in it that nobody sees; false is sure. People rarely write any of it: a letter from U+00C2 to
/// U+00F4 in front of another one that is not ASCII, and signs that are neither letters nor punctuation.
fn may_be_odd(text: &[u8]) -> bool {
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        rest = behind;
        // Most of it is ASCII, and of a letter only its first byte says anything.
        if *first < 0xC2 {
            continue;
        }
        let is_odd = matches!(
            (first, behind),
            (0xC3, [0x82..=0xB4, 0x80..=0xFF, ..])
                | (0xC2, [0xAD, ..])
                | (0xE1, [0xA0, ..])
                | (
                    0xE2,
                    [0x81 | 0x88 | 0x94, ..] | [0x80, 0x8B | 0xAA..=0xAE, ..]
                )
                | (0xEF, [0xBB | 0xBF, ..])
        );
        if is_odd {
            return true;
        }
    }
    false
}

/// A quantity of so many hundredths.
pub(in crate::bulk) fn quantity(minor: u64) -> Option<u64> {
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
pub(in crate::bulk) struct Piece<'a> {
    pub(in crate::bulk) from: &'a [u8],
    pub(in crate::bulk) length: usize,
    /// Whether JSON writes it otherwise.
    pub(in crate::bulk) is_escaped: bool,
}

/// A cell that is not empty, as [`clean`](crate::bulk::csv::row::clean) leaves it. Of a number its reader says whether it is one.
#[inline(always)]
pub(in crate::bulk) fn piece<'a>(row: &Row<'a>, cell: &Cell, is_number: bool) -> Option<Piece<'a>> {
    let from = row.from.get(cell.start..)?;
    let length = cell.end.wrapping_sub(cell.start);
    let (first, last) = (*from.first()?, *from.get(length.wrapping_sub(1))?);
    let is_escaped = cell.kind != CellKind::Text;
    if first == b' ' || last == b' ' {
        return trimmed(from, length, is_escaped);
    }
    (is_number || !is_odd(from, length)).then_some(Piece {
        from,
        length,
        is_escaped,
    })
}

/// A text without the spaces around it. Of printable ASCII only the space is a space.
#[cold]
fn trimmed(mut from: &[u8], mut length: usize, is_escaped: bool) -> Option<Piece<'_>> {
    while let (1.., [b' ', behind @ ..]) = (length, from) {
        (from, length) = (behind, length.wrapping_sub(1));
    }
    while let Some([.., b' ']) = from.get(..length) {
        length = length.wrapping_sub(1);
    }
    (length > 0 && !is_odd(from, length)).then_some(Piece {
        from,
        length,
        is_escaped,
    })
}

/// Whether a cell may be a guarded text, or one that no person wrote.
#[inline(always)]
fn is_odd(from: &[u8], length: usize) -> bool {
    matches!(from.first(), Some(b'\'' | b'=' | b'-' | b'/')) || may_be_foreign(from, length)
}

/// Whether so many bytes at the start of a text are ASCII.
pub(in crate::bulk) fn is_ascii(from: &[u8], length: usize) -> Option<bool> {
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
pub(in crate::bulk) fn write_number(json: &mut Pen<'_>, from: &[u8], length: usize) -> Option<u64> {
    let ShortNumber {
        whole,
        number,
        cents,
    } = ShortNumber::read(from.get(..length)?)?;
    json.put_text(from, whole)?;
    if cents > 0 {
        let ascii = |digit: u32| u64::from(digit | u32::from(b'0'));
        let cents = ascii(cents % 10) << 16 | ascii(cents / 10) << 8;
        json.put_word(cents | u64::from(b'.'), 3)?;
    }
    let minor = minor(number, cents);
    (minor > 0).then_some(minor)
}

/// A number of few digits, perhaps with decimals.
struct ShortNumber {
    /// Digits before the decimals.
    whole: usize,
    number: u32,
    cents: u32,
}

impl ShortNumber {
    fn read(text: &[u8]) -> Option<Self> {
        let digit = |byte: u8| u32::from(byte & 15);
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
        let whole = whole.len();
        Some(Self {
            whole,
            number,
            cents,
        })
    }
}

fn minor(number: u32, cents: u32) -> u64 {
    u64::from(number)
        .wrapping_mul(100)
        .wrapping_add(u64::from(cents))
}

/// What a number of few digits is in thousandths: there is one way to read it, whatever it is in.
pub(in crate::bulk) fn short_thousandths(text: &[u8]) -> Option<u64> {
    let ShortNumber { number, cents, .. } = ShortNumber::read(text)?;
    Some(minor(number, cents).wrapping_mul(10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::csv::row::clean;

    #[test]
    fn a_space_at_an_end_is_what_is_taken_off_a_cell() {
        for character in '\u{80}'..=char::MAX {
            let text = String::from(character);
            for text in [[&text, "a"].concat(), ["a", &text].concat(), text] {
                let is_trimmed = clean(&text).len() < text.len();
                assert_eq!(has_space_at_an_end(text.as_bytes()), is_trimmed, "{text:?}");
            }
        }
    }
}
