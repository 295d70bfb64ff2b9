//! Texts: the end of one, and whether there is anything to note about it.

use super::Scanner;
use crate::json::{Block, Reader};
use crate::order::values::is_plain;

impl Scanner<'_> {
    /// A text of at most so many characters.
    #[inline(always)]
    pub(super) fn plain(&mut self, maximum: usize, lines: bool) -> Option<()> {
        self.token(b'"')?;
        let start = self.at;
        self.run();
        let inside = self.text.get(start..self.at)?;
        if self.byte() != Some(b'"') {
            return self.escaped(start.wrapping_sub(1), maximum, lines);
        }
        self.skip(1);
        // It is ASCII without control characters, in which only the space is a space.
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
            return lines.then_some(());
        };
        (inside.len() <= maximum && *first != b' ' && *last != b' ').then_some(())
    }

    /// Skips plain characters up to a quote, a backslash, a control character, or what is not ASCII.
    #[inline(always)]
    fn run(&mut self) {
        loop {
            let end = Block::at(self.text, self.at).not_plain();
            if end != 0 {
                self.skip(end.trailing_zeros() as usize);
                return;
            }
            self.skip(16);
        }
    }

    /// A text with escapes or with more than ASCII, read exactly: a name with an accent is no reason to give up the line.
    #[inline(never)]
    fn escaped(&mut self, start: usize, maximum: usize, lines: bool) -> Option<()> {
        let mut reader = Reader::new(self.text.get(start..)?);
        let text = reader.string().ok()?.decode();
        self.at = start.wrapping_add(reader.offset());
        is_plain(&text, maximum, lines).then_some(())
    }
}
