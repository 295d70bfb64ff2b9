//! What lines of one order have in common with the line before: nearly all of it.
//!
//! Lines are written by a program, so the next one mostly has the same keys in the same order, and the same space between them, and much of
//! what stands between them is the same too: who sends it, the message, the quantity. So a line is compared with the valid one before it as a
//! whole, byte for byte. Where they part, the value that is another is read, and the comparison goes on behind it. Whatever is the same has
//! been found to be valid, and what was kept of it is kept.

use alloc::vec::Vec;

use super::Scanner;
use crate::json::Block;
use crate::order::schema::Rule;

/// The valid line before, whose values are those of the [`Line`](crate::order::line::Line) that the next one is read into.
#[derive(Default)]
pub(super) struct Pattern<'a> {
    /// From the line's start on.
    text: &'a [u8],
    slots: Vec<Slot>,
    /// Bytes of the line; 0 where there is none to go by.
    length: usize,
    regional: bool,
}

/// A value of the line.
#[derive(Clone, Copy)]
struct Slot {
    /// Bytes between it and the value before it, or the line's start.
    gap: usize,
    length: usize,
    rule: Rule,
}

impl<'a> Pattern<'a> {
    /// There is no line to go by: the last one was not surely valid.
    pub(super) fn forget(&mut self) {
        self.length = 0;
        self.slots.clear();
    }

    /// A value that was found to be valid, and how far behind the one before it.
    pub(super) fn value(&mut self, gap: usize, length: usize, rule: Rule) {
        self.slots.push(Slot { gap, length, rule });
    }

    /// The line at the start of this text was valid as a whole.
    pub(super) fn end(&mut self, text: &'a [u8], length: usize, regional: bool) {
        self.text = text;
        self.length = length;
        self.regional = regional;
    }
}

impl Scanner<'_, '_> {
    /// Reads a line that differs from the valid one before it in nothing but its values.
    ///
    /// A function of its own: inlined into what calls it, its loop has too many neighbours to stay in registers.
    #[inline(never)]
    pub(super) fn again(&mut self) -> Option<()> {
        let start = self.at;
        let regional = self.pattern.regional;
        self.regional = regional;
        let (before, length) = (self.pattern.text, self.pattern.length);
        let mut next = 0_usize;
        // Of the line before: up to where this one is known to be like it, and where the last slot ended.
        let (mut there, mut passed) = (0_usize, 0_usize);
        loop {
            let left = length.wrapping_sub(there);
            let same = common(before.get(there..)?, self.text.get(self.at..)?, left);
            if same >= left {
                self.skip(left);
                break;
            }
            let parting = there.wrapping_add(same);
            let (slot, begin) = loop {
                let slot = *self.pattern.slots.get(next)?;
                next = next.wrapping_add(1);
                let begin = passed.wrapping_add(slot.gap);
                passed = begin.wrapping_add(slot.length);
                // At its end too: `25` and `250` part there.
                if parting <= passed {
                    break (slot, begin);
                }
            };
            if parting < begin {
                return None;
            }
            self.skip(begin.wrapping_sub(there));
            let value = self.at;
            self.scalar(slot.rule)?;
            let read = self.at.wrapping_sub(value);
            self.pattern.slots.get_mut(next.wrapping_sub(1))?.length = read;
            there = passed;
        }
        self.pattern.text = self.text.get(start..)?;
        self.pattern.length = self.at.wrapping_sub(start);
        (self.regional == regional && self.at > start).then_some(())
    }
}

/// How many bytes two texts begin with in common; beyond so many it need not be exact. Behind an end there are zeros, which no line holds.
#[inline(always)]
fn common(one: &[u8], two: &[u8], enough: usize) -> usize {
    let (blocks, others) = (one.as_chunks::<16>().0, two.as_chunks::<16>().0);
    let mut same = 0_usize;
    for (block, other) in blocks.iter().zip(others) {
        let equal = Block::from(block).same(Block::from(other));
        if equal != 0xFFFF {
            return same.wrapping_add((!equal).trailing_zeros() as usize);
        }
        same = same.wrapping_add(16);
        if same >= enough {
            return same;
        }
    }
    let equal = Block::at(one, same).same(Block::at(two, same));
    same.wrapping_add((!equal).trailing_zeros() as usize)
}
