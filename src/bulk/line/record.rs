//! An accepted line as it is kept: what tells it from the others of its shape, in less than half of its JSON's bytes.
//!
//! Rows with the same cells filled make lines of one shape: the same keys and defaults stand around their cells, and many cells say what
//! they say in the first such row, as who sends it. A record is the number of the shape and the cells; the line is written out of it
//! whenever an order is asked for.
//!
//! Its first two bytes are the number of the shape, times two, and one more where the line has an `ExternalId` of the caller's. For each cell
//! follow two bytes with its length and the cell as JSON writes it, or [`USUAL`] alone.

use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::bulk::identity::name;
use crate::bulk::line::padded::Text;

/// Stands for a shape where the line is there as it is.
const WHOLE: u16 = 0;
/// The same, but for its name and the bracket that closes it.
const OPEN: u16 = 1;
/// The number of the first shape.
const FIRST: u16 = 2;

/// Shapes of a file, at most: lines of one more are kept as they are.
const SHAPES: usize = 1_000;

/// Stands for a cell that says what it says in the first line of its shape.
pub(in crate::bulk) const USUAL: u16 = u16::MAX;

/// Bytes of a line's name, with its key.
const NAME: usize = 40;

/// Bytes that must be there behind a record, whatever they are, so that it can be read sixteen at a time.
pub(in crate::bulk) const BEHIND: usize = 64;

/// What lines have in common.
#[derive(Clone, Debug)]
struct Shape {
    /// What stands before each cell, and behind the last.
    texts: Vec<Text>,
    /// The cells of the first line.
    usual: Vec<Text>,
    /// Room that the texts and the usual cells need.
    room: usize,
}

/// The shapes of a file's lines.
#[derive(Clone, Debug, Default)]
pub(in crate::bulk) struct Shapes(Vec<Shape>);

impl Shapes {
    /// The number of the shape with these texts around its cells, of which these become the usual ones where it is new; nothing where there are
    /// too many shapes.
    #[inline(never)]
    pub(in crate::bulk) fn number<'a>(
        &mut self,
        texts: &[Text],
        cells: impl Iterator<Item = &'a [u8]>,
    ) -> Option<u16> {
        let has_texts = |shape: &Shape| {
            let mut pairs = shape.texts.iter().zip(texts);
            shape.texts.len() == texts.len() && pairs.all(|(one, other)| one.text() == other.text())
        };
        let index = match self.0.iter().position(has_texts) {
            Some(index) => index,
            None if self.0.len() >= SHAPES => return None,
            None => {
                // An empty one has to have room behind it too.
                let texts = texts.iter().map(|text| Text::of(text.text()));
                self.add(texts.collect(), cells.map(Text::of).collect());
                self.0.len().wrapping_sub(1)
            }
        };
        u16::try_from(index).ok()?.checked_add(FIRST)
    }

    /// The usual cells of the shape with that number.
    pub(in crate::bulk) fn usual(&self, number: u16) -> &[Text] {
        self.get(number).map_or(&[], |shape| &shape.usual)
    }

    /// What stands around the cells of each shape, and its usual cells.
    pub(in crate::bulk) fn each(&self) -> impl ExactSizeIterator<Item = [&[Text]; 2]> {
        let shapes = self.0.iter();
        shapes.map(|shape| [shape.texts.as_slice(), shape.usual.as_slice()])
    }

    /// Adds a shape, whose number is the next one.
    pub(in crate::bulk) fn add(&mut self, texts: Vec<Text>, usual: Vec<Text>) {
        let lengths = texts.iter().chain(&usual).map(|text| text.length);
        self.0.push(Shape {
            room: lengths.fold(NAME, usize::saturating_add),
            texts,
            usual,
        });
    }

    /// Bytes by which no line is longer than its record, and a few more.
    pub(in crate::bulk) fn room(&self) -> usize {
        let rooms = self.0.iter().map(|shape| shape.room);
        rooms.max().unwrap_or(NAME)
    }

    fn get(&self, number: u16) -> Option<&Shape> {
        self.0.get(usize::from(number.checked_sub(FIRST)?))
    }

    /// Writes the line of a record that so many bytes of `from` are, of a row with that identity.
    #[inline(never)]
    pub(in crate::bulk) fn write_line(
        &self,
        from: &[u8],
        length: usize,
        identity: u128,
        out: &mut Buffer,
    ) -> Option<()> {
        let (head, mut rest) = from.split_first_chunk()?;
        let head = u16::from_le_bytes(*head);
        let (number, is_named) = (head >> 1, head & 1 == 1);
        if let Some(shape) = self.get(number) {
            let mut pen = out.pen(shape.room.wrapping_add(length));
            let mut cells = shape.usual.iter();
            for text in &shape.texts {
                pen.put_text(&text.bytes, text.length)?;
                let Some(usual) = cells.next() else {
                    break;
                };
                let (length, behind) = rest.split_first_chunk()?;
                let length = u16::from_le_bytes(*length);
                rest = behind;
                let (mut cell, mut size) = (rest, usize::from(length));
                if length == USUAL {
                    (cell, size) = (&usual.bytes, usual.length);
                } else {
                    rest = rest.get(size..)?;
                }
                pen.put_text(cell, size)?;
            }
            let written = pen.written();
            out.take(written);
        } else {
            out.append(rest.get(..length.checked_sub(2)?)?);
        }
        if !is_named {
            write_name(out, identity);
        }
        if number != WHOLE {
            out.put(b'}');
        }
        Some(())
    }
}

/// The first bytes of the record of a line of the shape with that number.
pub(in crate::bulk) const fn head(number: u16, is_named: bool) -> u16 {
    number << 1 | is_named as u16
}

/// Writes the record of a line that has no shape: its JSON, which is not closed and has a name only where that is the caller's.
pub(in crate::bulk) fn write_open(json: &Buffer, is_named: bool, record: &mut Buffer) {
    record.clear();
    record.put_word(head(OPEN, is_named).into(), 2);
    record.append(json.bytes());
}

/// The first bytes of the record of a line that is kept whole.
pub(in crate::bulk) const fn head_of_whole() -> [u8; 2] {
    head(WHOLE, true).to_le_bytes()
}

/// Adds the line's name. It says neither where the row stands nor which of several it is, so that no other row renames it.
fn write_name(json: &mut Buffer, identity: u128) {
    let mut pen = json.pen(NAME);
    pen.put_word(u64::from_le_bytes(*b",\"Extern"), 8);
    pen.put_word(u64::from_le_bytes(*b"alId\":\"\0"), 7);
    // A loop over an array by value is one of calls.
    let [first, second, third] = name(identity);
    pen.put_word(first, 8);
    pen.put_word(second, 8);
    pen.put_word(third, 8);
    pen.put_word(u64::from(b'"'), 1);
    let length = pen.written();
    json.take(length);
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "of numbers that the test made"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The record of a line of these cells, and its JSON.
    fn record(shapes: &mut Shapes, texts: &[Text], cells: &[String]) -> (Buffer, Vec<u8>) {
        let number = shapes.number(texts, cells.iter().map(String::as_bytes));
        let (mut record, mut json) = (Buffer::default(), Vec::new());
        record.put_word(head(number.unwrap(), false).into(), 2);
        for ((text, cell), usual) in texts.iter().zip(cells).zip(shapes.usual(number.unwrap())) {
            json.extend_from_slice(text.text());
            json.extend_from_slice(cell.as_bytes());
            if usual.text() == cell.as_bytes() {
                record.put_word(USUAL.into(), 2);
            } else {
                record.put_word(cell.len().try_into().unwrap(), 2);
                record.append(cell.as_bytes());
            }
        }
        json.extend_from_slice(texts[cells.len()].text());
        (record, json)
    }

    /// What is written out of a record, which is read where others stand behind it.
    fn written(shapes: &Shapes, record: &Buffer) -> Vec<u8> {
        let length = record.len();
        let from = [record.bytes(), &[b'x'; BEHIND]].concat();
        let mut out = Buffer::default();
        shapes.write_line(&from, length, 0xABC, &mut out).unwrap();
        assert!(out.len() < length + shapes.room());
        out.into_bytes()
    }

    fn closed(json: &[u8], is_named: bool) -> Vec<u8> {
        let mut line = Buffer::default();
        line.append(json);
        if !is_named {
            write_name(&mut line, 0xABC);
        }
        line.put(b'}');
        line.into_bytes()
    }

    proptest! {
        #[test]
        fn a_line_comes_out_of_its_record_as_it_went_in(
            texts in proptest::collection::vec("[a-z\\{\":,]{0,40}", 1..8),
            rows in proptest::collection::vec((proptest::collection::vec("|Acme|[a-zé]{0,70}", 7), any::<bool>()), 1..6),
        ) {
            let texts: Vec<Text> = texts.iter().map(|text| Text::of(text.as_bytes())).collect();
            let mut shapes = Shapes::default();
            for (cells, is_named) in &rows {
                let (mut record, json) = record(&mut shapes, &texts, &cells[..texts.len() - 1]);
                record.put_count(0, head(FIRST, *is_named));
                prop_assert_eq!(written(&shapes, &record), closed(&json, *is_named));
                let mut open = Buffer::default();
                open.append(&json);
                write_open(&open, *is_named, &mut record);
                prop_assert_eq!(written(&shapes, &record), closed(&json, *is_named));
            }
            prop_assert_eq!(shapes.each().len(), 1);
        }
    }

    #[test]
    fn a_shape_too_many_has_no_number() {
        let mut shapes = Shapes::default();
        for index in 0..=SHAPES {
            let text = Text::of(index.to_string().as_bytes());
            let number = shapes.number(&[text], core::iter::empty());
            assert_eq!(number.is_some(), index < SHAPES);
        }
    }
}
