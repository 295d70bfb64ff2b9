//! Lines of one order that give the same product to the same person.
//!
//! A line is remembered as 64 bits of what it is about, in a table that looks at a bounded number of places, so 100,000 lines
//! cost 100,000 times what one does, whatever they are. Two different lines with the same bits are made on purpose (among 100,000
//! lines they are there by chance once in billions of orders), and all that comes of it is a warning that is not due.

#![expect(
    clippy::inline_always,
    reason = "each is a few instructions, asked of every line: a call for them takes longer than they do"
)]

use alloc::vec;
use alloc::vec::Vec;

use super::validate::Validator;
use super::{IssueCode, Param, Segment, Severity};
use crate::json::decimal_text;

/// What a line is about: a hash of its product and its recipient.
pub(super) type Key = u64;

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    lines: Vec<(Key, u64)>,
    /// For each slot the number of its line in `lines`, from 1; 0 where it is free. At least half of them are.
    slots: Vec<u32>,
}

/// So few lines are compared one by one: most orders are small, and a table costs more than it saves there.
const FEW: usize = 8;

/// A table grows by this factor: each line is put into the next one, so twice would put each line twice.
const GROWTH: usize = 8;

/// Slots that are looked at. In a table that is half empty, keys that were not made to collide never need so many.
const LOOKS: usize = 256;

impl Duplicates {
    /// The first line of that key; where there is none, this line is remembered as it.
    pub(super) fn first(&mut self, key: Key, line: u64) -> Option<u64> {
        let count = self.lines.len();
        if count < FEW {
            let mut known = self.lines.iter().filter(|(known, _)| *known == key);
            let first = known.next().map(|(_, first)| *first);
            if first.is_none() {
                self.lines.push((key, line));
            }
            return first;
        }
        if count >= self.slots.len() / 2 {
            self.grow();
        }
        let slot = self.find(key);
        let place = *self.slots.get(slot)?;
        if place == 0 {
            self.lines.push((key, line));
            self.fill(slot, self.lines.len());
            return None;
        }
        self.line(place).map(|(_, first)| *first)
    }

    /// The slot of a key, or the free one that it belongs in; none of them where too many were looked at.
    fn find(&self, key: Key) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = usize::try_from(key >> 32).unwrap_or_default();
        for _ in 0..LOOKS {
            // The slots are a power of two: what is masked by the last one is one of them.
            slot &= last;
            let place = self.slots.get(slot).copied().unwrap_or_default();
            if place == 0 || self.line(place).is_some_and(|(known, _)| *known == key) {
                return slot;
            }
            slot = slot.wrapping_add(1);
        }
        usize::MAX
    }

    /// The line of that number, from 1.
    fn line(&self, place: u32) -> Option<&(Key, u64)> {
        self.lines.get(usize::try_from(place).ok()?.checked_sub(1)?)
    }

    #[cold]
    fn grow(&mut self) {
        let slots = self.slots.len().max(FEW).saturating_mul(GROWTH);
        self.slots = vec![0; slots];
        for place in 0..self.lines.len() {
            if let Some((key, _)) = self.lines.get(place) {
                self.fill(self.find(*key), place.saturating_add(1));
            }
        }
    }

    fn fill(&mut self, slot: usize, number: usize) {
        if let (Some(slot), Ok(number)) = (self.slots.get_mut(slot), u32::try_from(number)) {
            *slot = number;
        }
    }
}

impl Validator<'_> {
    /// Notes a line that says again what one before it said.
    #[cold]
    #[inline(never)]
    pub(super) fn repeats(&mut self, index: u64, first: u64) {
        let rest = [
            "gives the same product to the same recipient as LineItems[",
            &decimal_text(first),
            "].",
        ]
        .concat();
        self.path.push(Segment::Index(index));
        self.issue(
            Severity::Warning,
            IssueCode::DuplicateLine,
            &rest,
            &[("firstLine", Param::Number(first))],
        );
        self.path.pop();
    }
}

/// The key of a line, in which case does not count: that is how the comparison after a 409 reads these fields too.
///
/// Sixteen bytes at a time: byte by byte this took as long as checking the line.
pub(super) fn key(product: &[u8], email: &[u8], sms: &[u8]) -> Key {
    let key = mixed_text(mixed_text(0, product), email);
    if sms.is_empty() {
        return key;
    }
    mixed_text(key, sms)
}

/// The length counts as well, so that no text runs into the next one. What is left behind the last sixteen bytes is read with some of those
/// once more: no byte is read by itself.
fn mixed_text(key: Key, text: &[u8]) -> Key {
    let mut key = key ^ (text.len() as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    let (blocks, rest) = text.as_chunks::<16>();
    for block in blocks {
        key = mixed(key, halves(block));
    }
    if rest.is_empty() && !blocks.is_empty() {
        return key;
    }
    mixed(key, ends(text))
}

/// The first and the last bytes of a text, as many as there are, up to sixteen; of a longer one the last sixteen.
fn ends(text: &[u8]) -> (u64, u64) {
    if let Some(last) = text.last_chunk() {
        return halves(last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let word = |bytes| u64::from(u32::from_le_bytes(bytes));
        return (word(*first), word(*last));
    }
    let word = |byte: Option<&u8>| byte.copied().map_or(0, u64::from);
    let middle = word(text.get(1)).wrapping_shl(8);
    (word(text.first()) | middle, word(text.last()))
}

#[inline(always)]
fn halves(block: &[u8; 16]) -> (u64, u64) {
    let block = u128::from_le_bytes(*block);
    #[expect(clippy::cast_possible_truncation, reason = "the half that is meant")]
    (block as u64, (block >> 64) as u64)
}

/// One step for two words: only one of the two multiplications has to wait for the step before.
#[inline(always)]
const fn mixed(hash: u64, (one, two): (u64, u64)) -> u64 {
    // Turned by half, since what is in both words must not cancel out.
    let two = lowercase(two)
        .wrapping_mul(0x8EBC_6AF0_9C88_C6E3)
        .rotate_left(32);
    let product = (hash ^ lowercase(one) ^ two).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product.wrapping_shr(29)
}

/// Eight bytes with their ASCII capitals as small letters.
#[inline(always)]
const fn lowercase(word: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const TO_A: u64 = u64::from_ne_bytes([0x80 - b'A'; 8]);
    const TO_Z: u64 = u64::from_ne_bytes([0x7F - b'Z'; 8]);

    // Of each byte without its highest bit: it becomes set from `A` on, and from behind `Z` on.
    let low = word & !HIGH;
    let from_a = low.wrapping_add(TO_A);
    let behind_z = low.wrapping_add(TO_Z);
    let capitals = (from_a ^ behind_z) & HIGH & !word;
    word | capitals.wrapping_shr(2)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use proptest::prelude::*;

    fn key_of(product: &str, email: &str, sms: &str) -> Key {
        key(product.as_bytes(), email.as_bytes(), sms.as_bytes())
    }

    #[test]
    fn case_does_not_make_another_line_but_where_a_text_ends_does() {
        assert_eq!(
            key_of("CVS", "Ann@Example.com", ""),
            key_of("cvs", "ann@example.COM", "")
        );
        assert_ne!(key_of("CVS", "a@b", ""), key_of("CVSa", "@b", ""));
        assert_ne!(key_of("CVS", "", "+1"), key_of("CVS", "+1", ""));
    }

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        for byte in 0..=u8::MAX {
            let bytes = [byte, b'A', byte, b'Z', b'[', byte, b'@', byte];
            let small = bytes.map(|byte| byte.to_ascii_lowercase());

            assert_eq!(lowercase(u64::from_le_bytes(bytes)).to_le_bytes(), small);
        }
    }

    #[test]
    fn each_byte_of_a_text_counts() {
        let of = |text: &[u8]| key(text, b"", b"");

        for length in 1..40 {
            let text: Vec<u8> = (0..length).collect();
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 0x80;
                assert_ne!(of(&other), of(&text), "{at} of {length}");
                assert_ne!(of(&text[..at]), of(&text));
            }
        }
    }

    #[test]
    fn among_many_lines_each_is_found_again() {
        let of = |person: u64| key_of("CVS", &format!("person{person}@example.com"), "");
        let mut duplicates = Duplicates::default();

        for person in 0..20_000 {
            assert_eq!(duplicates.first(of(person), person), None);
        }

        for person in (0..20_000).rev() {
            assert_eq!(duplicates.first(of(person), 99_999), Some(person));
        }
    }

    #[test]
    fn keys_made_to_collide_cost_no_more_than_the_bound() {
        let mut duplicates = Duplicates::default();

        for low in 0..20_000 {
            duplicates.first(low, low);
        }

        assert!(duplicates.lines.len() <= FEW + LOOKS);
    }

    proptest! {
        #[test]
        fn the_first_line_is_the_one_that_a_map_knows(people in prop::collection::vec(0..300_u64, 0..600)) {
            let mut duplicates = Duplicates::default();
            let mut map = HashMap::new();
            for (line, person) in (0..).zip(people) {
                let expected = map.get(&person).copied();
                map.entry(person).or_insert(line);

                prop_assert_eq!(duplicates.first(key_of("A", "", &person.to_string()), line), expected);
            }
        }
    }
}
