//! Lines of one order that give the same product to the same person.
//!
//! A line is remembered as 128 bits of what it is about, in a table that looks at a bounded number of places, so 100,000 lines
//! cost 100,000 times what one does, whatever they are. Two different lines with the same bits would have to be made on
//! purpose, and all that comes of it is a warning that is not due.

use alloc::vec;
use alloc::vec::Vec;

/// What a line is about: two hashes of its product and its recipient.
pub(super) type Key = [u64; 2];

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    lines: Vec<(Key, u64)>,
    /// For each slot the number of its line in `lines`, from 1; 0 where it is free. At least half of them are.
    slots: Vec<u32>,
}

const FEWEST_SLOTS: usize = 64;

/// Slots that are looked at. In a table that is half empty, keys that were not made to collide never need so many.
const LOOKS: usize = 256;

impl Duplicates {
    /// The first line of that key; where there is none, this line is remembered as it.
    pub(super) fn first(&mut self, key: Key, line: u64) -> Option<u64> {
        if self.lines.len() >= self.slots.len() / 2 {
            self.grow();
        }
        let (slot, first) = self.find(key)?;
        if first.is_none() {
            self.lines.push((key, line));
            self.fill(slot, self.lines.len());
        }
        first
    }

    /// The slot of a key, or the one that it belongs in; and the line that is there.
    fn find(&self, key: Key) -> Option<(usize, Option<u64>)> {
        let last = self.slots.len().checked_sub(1)?;
        let [hash, _] = key;
        // The slots are a power of two: what is masked by the last one is one of them.
        let home = usize::try_from(hash >> 32).unwrap_or_default();
        (home..home.saturating_add(LOOKS))
            .map(|slot| slot & last)
            .find_map(|slot| {
                let number = usize::try_from(*self.slots.get(slot)?).ok()?;
                let Some(place) = number.checked_sub(1) else {
                    return Some((slot, None));
                };
                let (known, line) = self.lines.get(place)?;
                (*known == key).then_some((slot, Some(*line)))
            })
    }

    fn grow(&mut self) {
        let slots = self.slots.len().saturating_mul(2).max(FEWEST_SLOTS);
        self.slots = vec![0; slots];
        for place in 0..self.lines.len() {
            let line = self.lines.get(place);
            if let Some((slot, None)) = line.and_then(|(key, _)| self.find(*key)) {
                self.fill(slot, place.saturating_add(1));
            }
        }
    }

    fn fill(&mut self, slot: usize, number: usize) {
        if let (Some(slot), Ok(number)) = (self.slots.get_mut(slot), u32::try_from(number)) {
            *slot = number;
        }
    }
}

/// The key of a line, in which case does not count: that is how the comparison after a 409 reads these fields too.
pub(super) fn key(product: &[u8], email: &[u8], sms: &[u8]) -> Key {
    // FNV-1a's multiplier, and the golden ratio's.
    const MULTIPLIERS: [u64; 2] = [0x0000_0100_0000_01b3, 0x9e37_79b9_7f4a_7c15];

    let mut key = [0xcbf2_9ce4_8422_2325; 2];
    for text in [product, email, sms] {
        // No UTF-8 has this byte, so that a text cannot run into the next one.
        for byte in text.iter().chain(&[0xFF]) {
            let byte = u64::from(byte.to_ascii_lowercase());
            for (hash, multiplier) in key.iter_mut().zip(MULTIPLIERS) {
                *hash = (*hash ^ byte).wrapping_mul(multiplier);
            }
        }
    }
    key
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
            duplicates.first([low, low], low);
        }

        assert!(duplicates.lines.len() <= LOOKS);
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
