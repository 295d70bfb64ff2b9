//! Texts: the end of one, and whether there is anything to note about it.

use super::Scanner;
use super::words::end_of_words;
use crate::json::{Block, Reader};
use crate::order::text_rules::{TextKind, is_sound};

impl<'a> Scanner<'a, '_> {
    /// A text that is kept, of at least one and at most so many characters: ASCII without an escape, as an identifier is.
    ///
    /// It is handed out as a slice, in two registers: a `Cow` went over the stack, and took as long as finding the text's end.
    #[inline(always)]
    pub(super) fn identifier(&mut self, maximum: usize) -> Option<&'a [u8]> {
        let inside = self.until_quote()?;
        is_fine(inside, maximum, false).then_some(inside)
    }

    /// A text of at most so many characters, that may or may not be empty or have line feeds.
    #[inline(always)]
    pub(super) fn text(&mut self, maximum: usize, empty: bool, kind: TextKind) -> Option<()> {
        let start = self.at;
        if kind == TextKind::Identifier {
            let fine = match self.until_quote() {
                Some(inside) => is_fine(inside, maximum, empty),
                None => self.escaped(start, maximum, kind)?,
            };
            return fine.then_some(());
        }
        self.token(b'"')?;
        let end = end_of_words(self.text, self.at, maximum, kind == TextKind::Lines);
        if end == 0 {
            return self.escaped(start, maximum, kind)?.then_some(());
        }
        let is_fine = empty || end > self.at;
        self.at = end.wrapping_add(1);
        is_fine.then_some(())
    }

    /// What stands between the quotes, and the place behind them, where it is all printable ASCII without a backslash.
    #[inline(always)]
    fn until_quote(&mut self) -> Option<&'a [u8]> {
        self.token(b'"')?;
        let start = self.at;
        self.at = end_of_run(self.text, start);
        let inside = self.text.get(start..self.at)?;
        self.token(b'"')?;
        Some(inside)
    }

    /// A text with escapes or with more than ASCII, read exactly: a name with an accent is no reason to give up the line.
    #[inline(never)]
    fn escaped(&mut self, start: usize, maximum: usize, kind: TextKind) -> Option<bool> {
        let mut reader = Reader::new(self.text.get(start..)?);
        let text = reader.string().ok()?.decode();
        self.at = start.wrapping_add(reader.offset());
        Some(is_sound(&text, maximum, kind))
    }
}

/// The place of the first quote, backslash, control character, or of what is not ASCII.
#[inline(never)]
fn end_of_run(text: &[u8], mut at: usize) -> usize {
    loop {
        let end = Block::at(text, at).special();
        if end != 0 {
            return at.wrapping_add(end.trailing_zeros() as usize);
        }
        at = at.wrapping_add(16);
    }
}

/// Of ASCII without control characters, in which only the space is a space.
#[inline(always)]
fn is_fine(text: &[u8], maximum: usize, empty: bool) -> bool {
    match (text.first(), text.last()) {
        (Some(first), Some(last)) => text.len() <= maximum && *first != b' ' && *last != b' ',
        _ => empty,
    }
}
