//! What lines of one order have in common: the bytes between their values.
//!
//! Lines are written by a program, so the next one mostly has the same keys in the same order, and the same space between them. Where
//! the bytes between the values are those of a plain line, no key has to be looked for, and nothing can be absent or stand twice. And
//! what everybody gets from the same sender, with the same message, is compared and not checked again.

use alloc::vec::Vec;

use super::Scanner;
use crate::json::Block;
use crate::order::schema::Rule;

/// The last plain line: where its values stood, and what each must be.
#[derive(Default)]
pub(in crate::order) struct Pattern<'a> {
    text: &'a [u8],
    slots: Vec<Slot>,
    /// What stands behind the last value; of no length where there is no line to go by.
    end: Span,
    regional: bool,
}

/// Bytes of the line.
#[derive(Clone, Copy, Default)]
struct Span {
    start: usize,
    length: usize,
}

struct Slot {
    before: Span,
    value: Span,
    rule: Rule,
    /// Whether lines had the same value so far. Only of one that nothing is kept of.
    is_same: bool,
}

impl<'a> Pattern<'a> {
    /// Forgets the line before; the next one starts at a place of this text.
    pub(super) fn begin(&mut self, text: &'a [u8], start: usize) {
        self.text = text;
        self.slots.clear();
        self.end = Span { start, length: 0 };
    }

    /// A value that was found to be plain, and where it stood.
    pub(super) fn value(&mut self, start: usize, end: usize, rule: Rule) {
        let before = self.up_to(start);
        let value = Span {
            start,
            length: end.saturating_sub(start),
        };
        self.slots.push(Slot {
            before,
            value,
            rule,
            is_same: is_not_kept(rule),
        });
        self.end = Span {
            start: end,
            length: 0,
        };
    }

    /// The line was plain as a whole.
    pub(super) fn end(&mut self, end: usize, regional: bool) {
        self.end = self.up_to(end);
        self.regional = regional;
    }

    /// Whether it was learned from this text.
    #[cfg(test)]
    pub(super) fn is_of(&self, text: &[u8]) -> bool {
        core::ptr::eq(self.text, text)
    }

    fn up_to(&self, end: usize) -> Span {
        let Span { start, .. } = self.end;
        Span {
            start,
            length: end.saturating_sub(start),
        }
    }
}

/// Whether a value is checked and then forgotten.
const fn is_not_kept(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Line(_) | Rule::Words(_) | Rule::Lines(_) | Rule::Email | Rule::DateTime
    )
}

impl<'a> Scanner<'a, '_> {
    /// Reads a line that differs from the last plain one in nothing but its values.
    pub(super) fn again(&mut self, pattern: &mut Pattern<'a>) -> Option<()> {
        if pattern.end.length == 0 {
            return None;
        }
        for slot in &mut pattern.slots {
            self.same(pattern.text, slot.before)?;
            slot.is_same = slot.is_same && self.same(pattern.text, slot.value).is_some();
            if !slot.is_same {
                self.scalar(slot.rule)?;
            }
        }
        self.same(pattern.text, pattern.end)?;
        (self.regional == pattern.regional).then_some(())
    }

    #[inline(always)]
    fn same(&mut self, text: &[u8], span: Span) -> Option<()> {
        let mut done = 0_usize;
        while done < span.length {
            let one = Block::at(self.text, self.at.wrapping_add(done));
            let two = Block::at(text, span.start.wrapping_add(done));
            // Where the first difference is, which may stand behind the span.
            let same = (!one.same(two)).trailing_zeros() as usize;
            let left = span.length.wrapping_sub(done);
            if same < left.min(16) {
                return None;
            }
            done = done.wrapping_add(16);
        }
        self.skip(span.length);
        Some(())
    }
}
