//! The texts that cells share, one behind the other.

use alloc::string::String;
use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::limits;
use crate::workbook::look::{Clarity, Look, Runs};
use crate::workbook::usual;
use crate::workbook::xml::scanner::{Scanner, Token};
use crate::workbook::xml::text;
use crate::workbook::zip::directory::Archive;
use crate::workbook::zip::part::Part;

/// The texts of a workbook.
#[derive(Default)]
pub(super) struct SharedStrings {
    text: Buffer,
    ends: Vec<u32>,
    /// The places of those that are not clear in every cell, the first ones first.
    unclear: Vec<(u32, Clarity)>,
}

impl SharedStrings {
    pub(super) fn read(archive: &Archive, name: &[u8]) -> Result<Self> {
        let missing = WorkbookFault::Damaged(Damage::Part);
        let entry = archive.find(name)?.ok_or(missing)?;
        let part = Part::open(archive, entry, (limits::STRINGS, Limit::Strings))?;
        let mut scanner = Scanner::open(part)?;
        let mut strings = Self::default();
        let mut text = String::new();
        loop {
            while scanner.depth() > 0
                && let Some((size, length)) = usual::text(scanner.ahead())
            {
                let from = scanner.ahead().get(usual::BEFORE..).unwrap_or_default();
                strings.text.append_of(from, length);
                strings.end_text();
                scanner.pass(size);
            }
            match scanner.next()? {
                Token::Open {
                    name: b"si",
                    is_empty,
                    ..
                } => {
                    if !is_empty {
                        text.clear();
                        let clarity = read_text(&mut scanner, &mut text)?;
                        strings.text.append(text.as_bytes());
                        strings.note(clarity);
                    }
                    strings.end_text();
                }
                Token::End => return Ok(strings),
                _ => {}
            }
        }
    }

    /// Notes how clear the text is that ends next.
    fn note(&mut self, clarity: Clarity) {
        if !clarity.is_clear() {
            let place = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            self.unclear.push((place, clarity));
        }
    }

    fn end_text(&mut self) {
        let end = u32::try_from(self.text.len());
        self.ends.push(end.unwrap_or(u32::MAX));
    }

    /// The text at a place, as bytes behind which others stand, and how many of them it has.
    #[inline]
    pub(super) fn get(&self, index: u32) -> Option<(&[u8], usize)> {
        let index = usize::try_from(index).ok()?;
        let end = usize::try_from(*self.ends.get(index)?).ok()?;
        let before = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let start = usize::try_from(before.copied().unwrap_or(0)).ok()?;
        Some((self.text.from(start), end.checked_sub(start)?))
    }

    /// How clear the text at a place is.
    #[inline]
    pub(super) fn clarity(&self, index: u32) -> Clarity {
        if self.unclear.is_empty() {
            return Clarity::default();
        }
        let place = self.unclear.binary_search_by_key(&index, |known| known.0);
        let known = place.ok().and_then(|place| self.unclear.get(place));
        known.map_or_else(Clarity::default, |known| known.1)
    }
}

/// Appends the text of the element that was opened last, `si` or `is`: its own and that of its runs, each with its white space whether
/// that is said to be kept or not; returns how clear it is. Phonetic hints beside it are no part of it.
pub(super) fn read_text(scanner: &mut Scanner, out: &mut String) -> Result<Clarity> {
    let outside = scanner.depth().saturating_sub(1);
    let from = out.len();
    let mut is_text = false;
    let mut runs = Runs::default();
    // Of the run, where it has one of its own.
    let mut look: Option<Look> = None;
    while scanner.depth() > outside {
        match scanner.next()? {
            Token::Open {
                name: b"rPh",
                is_empty: false,
                ..
            } => scanner.skip()?,
            Token::Open {
                name,
                attributes,
                is_empty,
            } => {
                is_text = name == b"t" && !is_empty;
                match name {
                    b"r" => look = None,
                    b"rPr" => look = Some(Look::default()),
                    _ => {
                        if let Some(look) = &mut look {
                            look.note(name, attributes)?;
                        }
                    }
                }
            }
            Token::Close(_) => is_text = false,
            token @ (Token::Text(_) | Token::Plain(_)) if is_text => {
                let start = out.len();
                match token {
                    Token::Text(raw) => text::push(raw, out)?,
                    Token::Plain(raw) => text::push_plain(raw, out)?,
                    _ => {}
                }
                runs.add(out.get(start..).unwrap_or_default(), look);
            }
            _ => {}
        }
    }
    text::unescape(out, from);
    Ok(runs.clarity())
}
