//! The texts that cells share, one behind the other.

use alloc::string::String;
use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::limits;
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
                        read_text(&mut scanner, &mut text)?;
                        strings.text.append(text.as_bytes());
                    }
                    strings.end_text();
                }
                Token::End => return Ok(strings),
                _ => {}
            }
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
}

/// Appends the text of the element that was opened last, `si` or `is`: its own and that of its runs, each with its white space whether
/// that is said to be kept or not. Phonetic hints beside it are no part of it.
pub(super) fn read_text(scanner: &mut Scanner, out: &mut String) -> Result<()> {
    let outside = scanner.depth().saturating_sub(1);
    let from = out.len();
    let mut is_text = false;
    while scanner.depth() > outside {
        match scanner.next()? {
            Token::Open {
                name: b"rPh",
                is_empty: false,
                ..
            } => scanner.skip()?,
            Token::Open { name, is_empty, .. } => is_text = name == b"t" && !is_empty,
            Token::Close(_) => is_text = false,
            Token::Text(raw) if is_text => text::push(raw, out)?,
            Token::Plain(raw) if is_text => text::push_plain(raw, out)?,
            _ => {}
        }
    }
    text::unescape(out, from);
    Ok(())
}
