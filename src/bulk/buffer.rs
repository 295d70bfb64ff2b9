//! Where a line is written: short texts, one after the other, eight bytes at a time.
//!
//! For as few bytes as a cell has, `memory.copy` takes longer than all else that is done to the cell, and so do the checks of
//! `Vec::push`. So the memory is there beforehand, and what is written may leave zeros behind it that the next text covers.

use alloc::vec::Vec;

use super::scan::{MadeOf, Text, needle};

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
            None => {
                self.append(&[byte]);
            }
        }
    }

    /// Writes a text, and says what it is made of.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Text {
        let start = self.length;
        self.length = start.saturating_add(bytes.len());
        if self.room.len() < self.length.saturating_add(8) {
            self.grow();
        }
        let room = self.room.get_mut(start..).unwrap_or_default();
        let (slots, _) = room.as_chunks_mut::<8>();
        let mut slots = slots.iter_mut();
        let (words, tail) = bytes.as_chunks::<8>();
        let mut made_of = MadeOf::default();
        for (word, slot) in words.iter().zip(&mut slots) {
            made_of.add(u64::from_le_bytes(*word));
            *slot = *word;
        }
        if !tail.is_empty() {
            let bits = tail.len().wrapping_mul(8) as u32;
            let last = if let Some(last) = bytes.last_chunk::<8>() {
                u64::from_le_bytes(*last).wrapping_shr(64_u32.wrapping_sub(bits))
            } else {
                let bytes = tail.iter().rev();
                bytes.fold(0, |last, byte| last << 8 | u64::from(*byte))
            };
            made_of.add(last | needle(b' ').wrapping_shl(bits));
            if let Some(slot) = slots.next() {
                *slot = last.to_le_bytes();
            }
        }
        made_of.verdict()
    }

    #[cold]
    fn grow(&mut self) {
        let room = self.length.saturating_mul(2).saturating_add(SLACK);
        self.room.resize(room, 0);
    }

    /// Makes small letters of the capitals behind a place.
    pub(super) fn make_lowercase(&mut self, from: usize) {
        if let Some(written) = self.room.get_mut(from..self.length) {
            written.make_ascii_lowercase();
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

                prop_assert_eq!(buffer.append(&bytes), expected);
                buffer.put(b'|');
                written.extend_from_slice(&bytes);
                written.push(b'|');
                prop_assert_eq!(buffer.bytes(), &written);
            }
        }
    }
}
