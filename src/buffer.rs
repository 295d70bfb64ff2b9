//! Where JSON is written out of short texts, one after the other, sixteen bytes at a time.
//!
//! For as few bytes as a cell has, `memory.copy` takes longer than all else that is done to the cell, and so do the checks of
//! `Vec::push`. So the memory is there beforehand, and what is read and written may go on behind a text: the next one covers it.

use alloc::vec::Vec;

use crate::json::Block;

/// Eight of a byte.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

const HIGH: u64 = eight(0x80);

/// Room that is there behind any text.
pub(crate) const SLACK: usize = 64;

/// Bytes of a key.
const KEY: usize = 32;

/// A key of an object, `,"Value":`, with the quote of a text behind it.
#[derive(Debug)]
pub(crate) struct Key {
    bytes: [u8; KEY],
    length: usize,
}

impl Key {
    /// Of more than 32 bytes only the first are kept; none has so many.
    pub(crate) fn new(parts: &[&[u8]]) -> Self {
        let (mut bytes, mut length) = ([0; KEY], 0_usize);
        for (slot, byte) in bytes.iter_mut().zip(parts.iter().copied().flatten()) {
            *slot = *byte;
            length = length.wrapping_add(1);
        }
        Self { bytes, length }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Buffer {
    /// More than is written.
    room: Vec<u8>,
    length: usize,
}

impl Buffer {
    pub(crate) fn clear(&mut self) {
        self.length = 0;
    }

    /// Room for so many bytes and more, to be written from its start on; what was written before is gone.
    pub(crate) fn blank(&mut self, bytes: usize) -> Pen<'_> {
        self.length = 0;
        self.pen(bytes)
    }

    /// Room for so many bytes and more, behind what was written.
    pub(crate) fn pen(&mut self, bytes: usize) -> Pen<'_> {
        let at = self.length;
        self.room_for(bytes);
        self.length = at;
        Pen {
            room: &mut self.room,
            at,
        }
    }

    /// Makes room for so many bytes in all.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        if self.room.len() < bytes {
            self.move_to(bytes.saturating_add(SLACK));
        }
    }

    /// Takes what a pen has written, up to so many bytes.
    pub(crate) fn take(&mut self, length: usize) {
        self.length = length.min(self.room.len());
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    /// Takes back what was written behind a length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.room.get(..self.length).unwrap_or_default()
    }

    /// What was written from a place on, and the room behind it.
    pub(crate) fn from(&self, start: usize) -> &[u8] {
        self.room.get(start..).unwrap_or_default()
    }

    /// What was written from a place on.
    pub(crate) fn written_from(&self, start: usize) -> &[u8] {
        self.bytes().get(start..).unwrap_or_default()
    }

    /// What was written, and nothing else.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.room.truncate(self.length);
        self.room
    }

    #[inline]
    pub(crate) fn put(&mut self, byte: u8) {
        self.put_word(u64::from(byte), 1);
    }

    /// Writes up to eight bytes, the lowest first.
    #[inline]
    pub(crate) fn put_word(&mut self, word: u64, bytes: usize) {
        if let Some(slot) = self.room_for(bytes).first_chunk_mut() {
            *slot = word.to_le_bytes();
        }
    }

    /// Writes bytes that nothing is known to stand behind.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        let room = self.room_for(bytes.len());
        let (blocks, tail) = bytes.as_chunks::<16>();
        let whole = bytes.len().wrapping_sub(tail.len());
        let (slots, behind) = room.split_at_mut_checked(whole).unwrap_or_default();
        for (slot, block) in slots.as_chunks_mut::<16>().0.iter_mut().zip(blocks) {
            *slot = *block;
        }
        behind
            .iter_mut()
            .zip(tail)
            .for_each(|(slot, byte)| *slot = *byte);
    }

    /// Writes so many bytes of a text, of which nothing is known to stand behind them.
    #[inline]
    pub(crate) fn append_of(&mut self, from: &[u8], length: usize) {
        let mut pen = self.pen(length);
        if pen.put_text(from, length).is_some() {
            let length = pen.written();
            self.take(length);
        } else {
            self.append(from.get(..length).unwrap_or(from));
        }
    }

    /// Writes a number over what stands at a place, its lowest byte first.
    pub(crate) fn put_count(&mut self, at: usize, count: u16) {
        let slot = self.room.get_mut(at..).unwrap_or_default();
        if let Some(slot) = slot.first_chunk_mut() {
            *slot = count.to_le_bytes();
        }
    }

    /// Writes what another buffer holds.
    pub(crate) fn append_all(&mut self, other: &Self) {
        let mut pen = self.pen(other.length);
        if pen.put_text(&other.room, other.length).is_some() {
            let length = pen.written();
            self.take(length);
        } else {
            self.append(other.bytes());
        }
    }

    /// Writes a key, behind a comma or, where it is the first of its object, behind what opens that.
    #[inline]
    pub(crate) fn append_key(&mut self, key: &Key, is_first: bool) {
        if let Some(slot) = self.room_for(key.length).first_chunk_mut() {
            *slot = key.bytes;
            if is_first {
                slot[0] = b'{';
            }
        }
    }

    /// Where so many bytes are to be written, and room behind them.
    #[inline]
    fn room_for(&mut self, bytes: usize) -> &mut [u8] {
        let start = self.length;
        self.length = start.saturating_add(bytes);
        if self.room.len() < self.length.saturating_add(SLACK) {
            self.grow();
        }
        self.room.get_mut(start..).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self) {
        self.move_to(self.length.saturating_add(SLACK).saturating_mul(2));
    }

    /// Makes room of that size. `Vec::resize` would write its zeros one by one.
    fn move_to(&mut self, size: usize) {
        let mut room = alloc::vec![0; size];
        if let Some(start) = room.get_mut(..self.room.len()) {
            start.copy_from_slice(&self.room);
        }
        self.room = room;
    }

    /// Drops every byte that is this one.
    pub(crate) fn drop_all(&mut self, byte: u8) {
        let first = self.place_of(byte);
        let written = self.room.get_mut(..self.length).unwrap_or_default();
        let mut end = first;
        for at in first..written.len() {
            let Some(other) = written.get(at).copied().filter(|other| *other != byte) else {
                continue;
            };
            if let Some(slot) = written.get_mut(end) {
                *slot = other;
            }
            end = end.wrapping_add(1);
        }
        self.length = end;
    }

    /// Where a byte stands first; the length where there is none.
    fn place_of(&self, byte: u8) -> usize {
        let mut at = 0_usize;
        for block in self.room.as_chunks().0 {
            if at >= self.length {
                break;
            }
            let found = Block::from(block).equal(byte);
            if found != 0 {
                at = at.wrapping_add(found.trailing_zeros() as usize);
                break;
            }
            at = at.wrapping_add(16);
        }
        at.min(self.length)
    }

    /// Makes small letters of the capitals behind a place.
    pub(crate) fn make_lowercase(&mut self, from: usize) {
        let count = self.length.saturating_sub(from).div_ceil(8);
        let written = self.room.get_mut(from..).unwrap_or_default();
        for word in written.as_chunks_mut::<8>().0.iter_mut().take(count) {
            let bytes = u64::from_le_bytes(*word);
            let seven_bits = bytes & !HIGH;
            // The high bit of each byte that is an `A` or more, and of each that is more than a `Z`.
            let letter = seven_bits.wrapping_add(eight(0x80 - b'A'));
            let behind = seven_bits.wrapping_add(eight(0x7F - b'Z'));
            let capitals = (letter ^ behind) & !bytes & HIGH;
            *word = (bytes | capitals >> 2).to_le_bytes();
        }
    }
}

/// What writes into room that was made for all that comes, so that nothing has to be looked up between two texts: where it stands is in a
/// register. Nothing is written where there is no room after all.
pub(crate) struct Pen<'a> {
    room: &'a mut [u8],
    at: usize,
}

#[expect(
    clippy::inline_always,
    reason = "a call for each would put the place into memory"
)]
impl Pen<'_> {
    /// Bytes that are written by now.
    #[inline(always)]
    pub(crate) const fn written(&self) -> usize {
        self.at
    }

    /// What was written from a place on, and the room behind it.
    #[inline(always)]
    pub(crate) fn from(&self, start: usize) -> &[u8] {
        self.room.get(start..).unwrap_or_default()
    }

    /// What was written from a place on, where it is no more than a word, and what was there before behind it.
    pub(crate) fn word(&self, from: usize) -> Option<u64> {
        let word = self.room.get(from..)?.first_chunk()?;
        (self.at.wrapping_sub(from) <= word.len()).then_some(u64::from_le_bytes(*word))
    }

    /// As [`Buffer::put_word`].
    #[inline(always)]
    pub(crate) fn put_word(&mut self, word: u64, bytes: usize) -> Option<()> {
        *self.room.get_mut(self.at..)?.first_chunk_mut()? = word.to_le_bytes();
        self.at = self.at.wrapping_add(bytes);
        Some(())
    }

    /// Writes so many bytes of a text that goes on behind them, by 32 at least.
    #[inline(always)]
    pub(crate) fn put_text(&mut self, from: &[u8], length: usize) -> Option<()> {
        let room = self.room.get_mut(self.at..)?;
        // Whatever the length is, there is nothing to decide: most texts are no longer.
        let (first, behind) = from.split_first_chunk::<FIRST>()?;
        let (slot, room) = room.split_first_chunk_mut()?;
        *slot = *first;
        if length > FIRST {
            let count = length.wrapping_sub(FIRST).div_ceil(16);
            let blocks = behind.as_chunks::<16>().0.get(..count)?;
            let slots = room.as_chunks_mut().0.get_mut(..count)?;
            for (block, slot) in blocks.iter().zip(slots) {
                *slot = *block;
            }
        }
        self.at = self.at.wrapping_add(length);
        Some(())
    }
}

/// Bytes that a [`Pen`] writes at once.
pub(crate) const FIRST: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_stand_one_behind_the_other(
            texts in proptest::collection::vec(("[ -~]{0,40}|\\PC{0,20}|[a-z]{0,30}[\"\\\\\n\u{7f}é]?[a-z]{0,3}", 0_usize..40, any::<bool>()), 0..12),
        ) {
            let key = Key::new(&[b",\"", b"Email", b"\":\""]);
            let mut buffer = Buffer::default();
            let mut written = Vec::new();
            for (text, behind, is_first) in &texts {
                buffer.append_key(&key, *is_first);
                buffer.append(text.as_bytes());
                buffer.put(b'|');
                buffer.put_word(u64::from_le_bytes(*b"abcdefgh"), behind % 9);
                buffer.append(text.as_bytes());
                written.extend_from_slice(if *is_first { b"{\"Email\":\"" } else { b",\"Email\":\"" });
                written.extend_from_slice(text.as_bytes());
                written.push(b'|');
                written.extend(b"abcdefgh".iter().take(behind % 9));
                written.extend_from_slice(text.as_bytes());
                prop_assert_eq!(buffer.bytes(), &written);
            }
        }

        #[test]
        fn every_byte_of_a_kind_is_dropped(text in "[ a]{0,40}") {
            let mut buffer = Buffer::default();
            buffer.append(text.as_bytes());
            buffer.drop_all(b' ');
            let expected = text.replace(' ', "");
            prop_assert_eq!(buffer.bytes(), expected.as_bytes());
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
