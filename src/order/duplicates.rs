//! Lines of one order that give the same product to the same person.
//!
//! A line is remembered as 64 bits of what it is about, in a table that looks at a bounded number of places, so 100,000 lines
//! cost 100,000 times what one does, whatever they are. Two different lines with the same bits are made on purpose (among 100,000
//! lines they are there by chance once in billions of orders), and all that comes of it is a warning that is not due.

use alloc::vec;
use alloc::vec::Vec;

use super::line_key::Key;
use super::validate::Validator;
use super::{IssueCode, Param, Segment, Severity};
use crate::json::decimal_text;

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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::order::line_key::key;
    use proptest::prelude::*;

    fn key_of(product: &str, email: &str, sms: &str) -> Key {
        key(product.as_bytes(), email.as_bytes(), sms.as_bytes())
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
