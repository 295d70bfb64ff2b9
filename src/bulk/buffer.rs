//! Where a line is written: short texts, one after the other, eight bytes at a time.
//!
//! For as few bytes as a cell has, `memory.copy` takes longer than all else that is done to the cell, and so do the checks of
//! `Vec::push`. So the memory is there beforehand, and what is written may leave zeros behind it that the next text covers.

use alloc::vec::Vec;

use super::scan::{HIGH, MadeOf, Text, needle};

/// Room that is there behind any text.
const SLACK: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Buffer {
    /// More than is written.
    room: Vec<u8>,
    length: usize,
}

impl Buffer {
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    pub(super) const fn len(&self) -> usize {
        self.length
    }

    /// Takes back what was written behind a length.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.room.get(..self.length).unwrap_or_default()
    }

    pub(super) fn put(&mut self, byte: u8) {
        match self.room.get_mut(self.length) {
            Some(slot) => {
                *slot = byte;
                self.length = self.length.wrapping_add(1);
            }
            None => self.append(&[byte]),
        }
    }

    /// Writes a text.
    pub(super) fn append(&mut self, bytes: &[u8]) {
        copy(self.room_for(bytes.len()), bytes, &mut |_| {});
    }

    /// Writes a key and its text, and says what the text is made of.
    pub(super) fn append_text(&mut self, key: &[u8], text: &[u8]) -> Text {
        let room = self.room_for(key.len().saturating_add(text.len()));
        copy(room, key, &mut |_| {});
        let mut made_of = MadeOf::default();
        let room = room.get_mut(key.len()..).unwrap_or_default();
        copy(room, text, &mut |word| made_of.add(word));
        made_of.verdict()
    }

    /// Where so many bytes are to be written, and room behind them.
    fn room_for(&mut self, bytes: usize) -> &mut [u8] {
        let start = self.length;
        self.length = start.saturating_add(bytes);
        if self.room.len() < self.length.saturating_add(8) {
            self.grow();
        }
        self.room.get_mut(start..).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self) {
        let room = self.length.saturating_mul(2).saturating_add(SLACK);
        self.room.resize(room, 0);
    }

    /// Makes small letters of the capitals behind a place.
    pub(super) fn make_lowercase(&mut self, from: usize) {
        let count = self.length.saturating_sub(from).div_ceil(8);
        let written = self.room.get_mut(from..).unwrap_or_default();
        for word in written.as_chunks_mut::<8>().0.iter_mut().take(count) {
            let bytes = u64::from_le_bytes(*word);
            let seven_bits = bytes & !HIGH;
            // The high bit of each byte that is an `A` or more, and of each that is more than a `Z`.
            let letter = seven_bits.wrapping_add(needle(0x80 - b'A'));
            let behind = seven_bits.wrapping_add(needle(0x7F - b'Z'));
            let capitals = (letter ^ behind) & !bytes & HIGH;
            *word = (bytes | capitals >> 2).to_le_bytes();
        }
    }
}

/// Copies bytes and zeros behind them, and hands out each eight; the last with spaces behind them.
#[inline]
fn copy(room: &mut [u8], bytes: &[u8], each: &mut impl FnMut(u64)) {
    let (words, tail) = bytes.as_chunks::<8>();
    let mut slots = room.as_chunks_mut::<8>().0.iter_mut();
    for (word, slot) in words.iter().zip(&mut slots) {
        each(u64::from_le_bytes(*word));
        *slot = *word;
    }
    if !tail.is_empty() {
        let (mut last, mut bits) = (0, 0);
        for byte in tail {
            last |= u64::from(*byte).wrapping_shl(bits);
            bits = bits.wrapping_add(8);
        }
        each(last | needle(b' ').wrapping_shl(bits));
        if let Some(slot) = slots.next() {
            *slot = last.to_le_bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_stand_one_behind_the_other_and_are_what_their_bytes_are(
            texts in proptest::collection::vec((proptest::collection::vec(any::<u8>(), 0..40), any::<bool>(), any::<bool>()), 0..12),
        ) {
            let mut buffer = Buffer::default();
            let mut written = Vec::new();
            for (bytes, mild, high) in texts {
                let mild_byte = |byte: &u8| if high && *byte > 0x7F { *byte } else { b' '.wrapping_add(byte % 95) };
                let bytes: Vec<u8> = bytes.iter().map(|byte| if mild { mild_byte(byte) } else { *byte }).collect();
                let special = |byte: &u8| *byte < 0x20 || matches!(byte, 0x7F | b'"' | b'\\');
                let expected = match (bytes.iter().any(special), bytes.is_ascii()) {
                    (true, _) => Text::Special,
                    (false, true) => Text::Plain,
                    (false, false) => Text::Unicode,
                };

                prop_assert_eq!(buffer.append_text(b"key:", &bytes), expected);
                buffer.put(b'|');
                written.extend_from_slice(b"key:");
                written.extend_from_slice(&bytes);
                written.push(b'|');
                prop_assert_eq!(buffer.bytes(), &written);
            }
        }

        #[test]
        fn capitals_behind_a_place_become_small(bytes in proptest::collection::vec(any::<u8>(), 0..40), from in 0_usize..40) {
            let mut buffer = Buffer::default();
            buffer.append(&bytes);
            buffer.make_lowercase(from);
            buffer.put(b'A');
            let mut expected = bytes;
            expected.iter_mut().skip(from).for_each(u8::make_ascii_lowercase);
            expected.push(b'A');

            prop_assert_eq!(buffer.bytes(), &expected);
        }
    }
}
