//! A JSON string as it stands between its quotes.

use alloc::borrow::Cow;
use alloc::string::String;

use super::block::distance;
use super::{Error, ErrorKind};

/// The inside of a JSON string: valid UTF-8, escapes checked but not yet decoded.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    raw: &'a str,
    escaped: bool,
}

impl<'a> Text<'a> {
    /// Checks the bytes between two quotes. `offset` is where they begin, for the error.
    pub(super) fn check(raw: &'a [u8], escaped: bool, offset: usize) -> Result<Self, Error> {
        let raw = core::str::from_utf8(raw).map_err(|fault| {
            Error::new(
                ErrorKind::InvalidUtf8,
                offset.saturating_add(fault.valid_up_to()),
            )
        })?;
        let text = Self { raw, escaped };
        if escaped {
            let mut pieces = Pieces { rest: raw };
            while let Some(piece) = pieces.next() {
                if let Err(kind) = piece {
                    let read = raw.len().saturating_sub(pieces.rest.len());
                    return Err(Error::new(kind, offset.saturating_add(read)));
                }
            }
        }
        Ok(text)
    }

    /// The text, escapes decoded.
    pub fn decode(self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut decoded = String::with_capacity(self.raw.len());
        for piece in (Pieces { rest: self.raw }) {
            match piece {
                Ok(Piece::Plain(plain)) => decoded.push_str(plain),
                Ok(Piece::Character(character)) => decoded.push(character),
                // Checked when the text was made.
                Err(_) => {}
            }
        }
        Cow::Owned(decoded)
    }

    /// The bytes between the quotes, as they stand.
    pub const fn raw(self) -> &'a str {
        self.raw
    }

    /// Whether the decoded text is `other`.
    pub fn is(self, other: &str) -> bool {
        if self.escaped {
            self.decode() == other
        } else {
            self.raw == other
        }
    }
}

enum Piece<'a> {
    Plain(&'a str),
    Character(char),
}

/// A raw text as runs of plain characters and decoded escapes.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, ErrorKind>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(escape) = self.rest.strip_prefix("\\") {
            return Some(match unescape(escape) {
                Ok((character, rest)) => {
                    self.rest = rest;
                    Ok(Piece::Character(character))
                }
                Err(kind) => Err(kind),
            });
        }
        let end = distance(self.rest.as_bytes(), b'\\');
        let (plain, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(Ok(Piece::Plain(plain)))
    }
}

/// The character that an escape (after its backslash) stands for, and what follows.
fn unescape(escape: &str) -> Result<(char, &str), ErrorKind> {
    let mut characters = escape.chars();
    let character = match characters.next() {
        Some(same @ ('"' | '\\' | '/')) => same,
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return unescape_unicode(characters.as_str()),
        _ => return Err(ErrorKind::InvalidEscape),
    };
    Ok((character, characters.as_str()))
}

fn unescape_unicode(digits: &str) -> Result<(char, &str), ErrorKind> {
    let (unit, rest) = hex4(digits).ok_or(ErrorKind::InvalidEscape)?;
    if let Some(character) = char::from_u32(u32::from(unit)) {
        return Ok((character, rest));
    }
    let (second, rest) = rest
        .strip_prefix("\\u")
        .and_then(hex4)
        .ok_or(ErrorKind::LoneSurrogate)?;
    pair(unit, second)
        .map(|character| (character, rest))
        .ok_or(ErrorKind::LoneSurrogate)
}

/// The character that a pair of surrogates stands for.
fn pair(high: u16, low: u16) -> Option<char> {
    let high = u32::from(high)
        .checked_sub(0xD800)
        .filter(|high| *high < 0x400)?;
    let low = u32::from(low)
        .checked_sub(0xDC00)
        .filter(|low| *low < 0x400)?;
    char::from_u32((high << 10 | low).wrapping_add(0x1_0000))
}

fn hex4(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let unit = digits.bytes().try_fold(0_u16, |unit, digit| {
        let digit = char::from(digit).to_digit(16)?;
        unit.checked_mul(16)?
            .checked_add(u16::try_from(digit).ok()?)
    })?;
    Some((unit, rest))
}
