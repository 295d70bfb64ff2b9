//! An order of many lines as JavaScript packs it, back to JSON: of each line what it has otherwise than the line before.
//!
//! The other half is `pkg-templates/npm/packer.js`, which says why. Numbers of 32 bits first, the least significant byte in front: how many
//! follow, how long the text before the lines is and the one behind them, then for each line how many of its values are others than in the
//! line before, and for each of these its place among the line's values (8 bits) and its length (24 bits). [`WHOLE`] in the place of a count
//! is followed by the length of the line's whole JSON. Behind the numbers stand all these texts, one after the other. Lengths are those of
//! JavaScript, in UTF-16 units.

use alloc::vec::Vec;
use core::ops::Range;

use super::limits;
use crate::buffer::Buffer;
use crate::json::{Kind, Reader, Writer};

/// Stands where a line is given as a whole.
const WHOLE: u32 = 255;

/// A change of no value: a line has not so many.
const NONE: u32 = u32::MAX;

/// The order's JSON; nothing where it is larger than an order that is read, or where this is no packed order.
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let (words, _) = packed.as_chunks::<4>();
    let mut numbers = words.iter().map(|word| u32::from_le_bytes(*word));
    let count = usize::try_from(numbers.next()?).ok()?;
    let mut numbers = numbers.take(count);
    let mut texts = Texts(packed.get(count.checked_add(1)?.checked_mul(4)?..)?);

    let head = texts.take(numbers.next()?)?;
    let tail = texts.take(numbers.next()?)?;
    let mut json = Buffer::with_room(packed.len().saturating_mul(4));
    json.append(head);
    // The last line that was given as a whole, with all that stands behind it, and its values.
    let (mut whole, mut length) = (texts.0, 0);
    let mut values = Vec::new();
    while let Some(changes) = numbers.next() {
        if length > 0 {
            json.put(b',');
        }
        if changes == WHOLE {
            whole = texts.0;
            length = texts.take(numbers.next()?)?.len();
            json.append_text(whole, length);
            values.clear();
        } else {
            if values.is_empty() {
                read_values(&mut Reader::new(whole.get(..length)?), &mut values)?;
            }
            // What the lines have in common is copied from that one. It stands in the line before as well, but a processor waits where it
            // reads bytes in other pieces than it has just written them in.
            let mut copied = 0;
            let mut left = changes;
            let mut next = if left > 0 { numbers.next()? } else { NONE };
            for (value, place) in values.iter_mut().zip(0..) {
                let is_other = next >> 24 == place;
                if !is_other && value.written.is_none() {
                    continue;
                }
                json.append_text(whole.get(copied..)?, value.start.wrapping_sub(copied));
                copied = value.end;
                if is_other {
                    value.written =
                        Some(texts.write(next & 0x00FF_FFFF, value.is_text, &mut json)?);
                    left = left.wrapping_sub(1);
                    next = if left > 0 { numbers.next()? } else { NONE };
                } else if let Some(written) = &value.written {
                    json.repeat(written.clone());
                }
            }
            if left > 0 {
                return None;
            }
            json.append_text(whole.get(copied..)?, length.wrapping_sub(copied));
        }
        if json.len() > limits::INPUT {
            return None;
        }
    }
    json.append(tail);
    Some(json.into_bytes())
}

/// A value of the lines. Of a text it is what stands between the quotes.
struct Value {
    /// Where it stands in the line that was given as a whole.
    start: usize,
    end: usize,
    is_text: bool,
    /// Where it was written last, once it was another.
    written: Option<Range<usize>>,
}

/// The values of an object that are no objects themselves, in the order of its text.
fn read_values(reader: &mut Reader<'_>, values: &mut Vec<Value>) -> Option<()> {
    let mut members = reader.object().ok()?;
    while members.next(reader).ok()?.is_some() {
        let kind = reader.peek().ok()?;
        if kind == Kind::Object {
            read_values(reader, values)?;
            continue;
        }
        let start = reader.offset();
        reader.skip().ok()?;
        let is_text = kind == Kind::String;
        values.push(Value {
            start: start.wrapping_add(usize::from(is_text)),
            end: reader.offset().wrapping_sub(usize::from(is_text)),
            is_text,
            written: None,
        });
    }
    Some(())
}

/// The texts that have not been taken.
struct Texts<'a>(&'a [u8]);

impl<'a> Texts<'a> {
    /// The next so many UTF-16 units.
    fn take(&mut self, units: u32) -> Option<&'a [u8]> {
        let bytes = self.bytes(usize::try_from(units).ok()?)?;
        let (text, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(text)
    }

    /// Writes the next value as `JSON.stringify` does, the text of a number or what stands in quotes; where that is.
    fn write(&mut self, units: u32, is_text: bool, json: &mut Buffer) -> Option<Range<usize>> {
        let start = json.len();
        let bytes = usize::try_from(units).ok()?;
        if json.append_text(self.0, bytes) || !is_text {
            self.0 = self.0.get(bytes..)?;
        } else {
            json.truncate(start);
            let text = self.take(units)?;
            let mut writer = Writer::new();
            writer.string(core::str::from_utf8(text).ok()?);
            let quoted = writer.into_bytes();
            json.append(quoted.get(1..quoted.len().wrapping_sub(1))?);
        }
        Some(start..json.len())
    }

    /// How many bytes so many UTF-16 units are.
    fn bytes(&self, units: usize) -> Option<usize> {
        let mut left = units;
        for (place, byte) in self.0.iter().enumerate() {
            let width = match byte {
                0x80..0xC0 => continue,
                0xF0.. => 2,
                _ => 1,
            };
            if left == 0 {
                return Some(place);
            }
            left = left.checked_sub(width)?;
        }
        (left == 0).then_some(self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE_LINE: &str = r#"{"A":1,"B":{"C":"x","D":null},"E":"y"}"#;

    fn packed(numbers: &[u32], texts: &str) -> Vec<u8> {
        let count = u32::try_from(numbers.len()).unwrap();
        let numbers = [&[count], numbers].concat();
        let mut packed: Vec<u8> = numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        packed.extend_from_slice(texts.as_bytes());
        packed
    }

    fn text(numbers: &[u32], texts: &str) -> Option<String> {
        unpack(&packed(numbers, texts)).map(|json| String::from_utf8(json).unwrap())
    }

    fn place(place: u32, length: u32) -> u32 {
        place << 24 | length
    }

    #[test]
    fn a_line_is_the_one_before_but_for_what_it_says() {
        let whole = u32::try_from(WHOLE_LINE.len()).unwrap();
        let numbers = [
            2,
            2,
            WHOLE,
            whole,
            0,
            2,
            place(0, 3),
            place(1, 4),
            1,
            place(3, 1),
            WHOLE,
            4,
            WHOLE,
            whole,
            1,
            place(1, 5),
        ];

        assert_eq!(
            text(
                &numbers,
                &[
                    "<[]>",
                    WHOLE_LINE,
                    "2.5",
                    "\"é\u{1f381}",
                    "z",
                    "null",
                    WHOLE_LINE,
                    "longe"
                ]
                .concat()
            )
            .unwrap(),
            [
                "<[",
                WHOLE_LINE,
                ",",
                WHOLE_LINE,
                r#",{"A":2.5,"B":{"C":"\"é🎁","D":null},"E":"y"}"#,
                r#",{"A":2.5,"B":{"C":"\"é🎁","D":null},"E":"z"}"#,
                ",null,",
                WHOLE_LINE,
                r#",{"A":1,"B":{"C":"longe","D":null},"E":"y"}"#,
                "]>",
            ]
            .concat()
        );
    }

    proptest! {
        #[test]
        fn what_is_no_packed_order_is_none(numbers in prop::collection::vec(prop_oneof![0..4_u32, Just(WHOLE), Just(place(1, 1)), any::<u32>()], 0..9), texts in "\\PC{0,30}") {
            let texts = [WHOLE_LINE, &texts].concat();
            let json = text(&numbers, &texts);

            prop_assert!(json.is_none_or(|json| json.len() < 10_000));
            prop_assert_eq!(unpack(texts.as_bytes()), None);
        }
    }
}
