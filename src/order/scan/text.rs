//! Texts: the end of one, and whether there is anything to note about it.

use alloc::borrow::Cow;

use super::Scanner;
use crate::json::{Block, Reader};
use crate::order::values::{bytes, is_plain};

impl<'a> Scanner<'a, '_> {
    /// A text of at most so many characters, that may or may not be empty or have line feeds.
    #[inline(always)]
    pub(super) fn plain(
        &mut self,
        maximum: usize,
        empty: bool,
        lines: bool,
    ) -> Option<Cow<'a, [u8]>> {
        self.token(b'"')?;
        let start = self.at;
        self.run();
        let inside = self.text.get(start..self.at)?;
        if self.byte() != Some(b'"') {
            return self.escaped(start.wrapping_sub(1), maximum, lines);
        }
        self.skip(1);
        // It is ASCII without control characters, in which only the space is a space.
        let fine = match (inside.first(), inside.last()) {
            (Some(first), Some(last)) => inside.len() <= maximum && *first != b' ' && *last != b' ',
            _ => empty,
        };
        fine.then_some(Cow::Borrowed(inside))
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
    fn escaped(&mut self, start: usize, maximum: usize, lines: bool) -> Option<Cow<'a, [u8]>> {
        let mut reader = Reader::new(self.text.get(start..)?);
        let text = reader.string().ok()?.decode();
        self.at = start.wrapping_add(reader.offset());
        is_plain(&text, maximum, lines).then(|| bytes(text))
    }
}
