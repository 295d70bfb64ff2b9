//! The attributes of a tag, one after the other.

use alloc::string::String;

use crate::workbook::fault::{Damage, Result, WorkbookFault};
use crate::workbook::xml::text;

const BROKEN: WorkbookFault = WorkbookFault::Damaged(Damage::Xml);

/// What stands in a tag behind its name.
#[derive(Clone, Copy, Debug)]
pub(in crate::workbook) struct Attributes<'t> {
    rest: &'t [u8],
}

impl<'t> Attributes<'t> {
    pub(in crate::workbook) const fn new(rest: &'t [u8]) -> Self {
        Self { rest }
    }

    /// The next name, its prefix included, and its value as it is written.
    #[inline(never)]
    pub(in crate::workbook) fn next(&mut self) -> Result<Option<(&'t [u8], &'t [u8])>> {
        let mut rest = self.rest;
        while let [byte, behind @ ..] = rest
            && is_space(*byte)
        {
            rest = behind;
        }
        if rest.is_empty() {
            return Ok(None);
        }
        let equals = rest.iter().position(|byte| *byte == b'=').ok_or(BROKEN)?;
        let (name, behind) = rest.split_at_checked(equals).ok_or(BROKEN)?;
        let name = name.trim_ascii_end();
        let mut behind = behind.get(1..).unwrap_or_default();
        while let [byte, next @ ..] = behind
            && is_space(*byte)
        {
            behind = next;
        }
        let (quote, behind) = behind.split_first().ok_or(BROKEN)?;
        if name.is_empty() || !matches!(*quote, b'"' | b'\'') {
            return Err(BROKEN);
        }
        let end = behind.iter().position(|byte| byte == quote).ok_or(BROKEN)?;
        let (value, behind) = behind.split_at_checked(end).ok_or(BROKEN)?;
        self.rest = behind.get(1..).unwrap_or_default();
        Ok(Some((name, value)))
    }

    /// The value of the attribute of that name, as text.
    pub(in crate::workbook) fn text(mut self, wanted: &[u8]) -> Result<Option<String>> {
        while let Some((name, value)) = self.next()? {
            if name == wanted {
                let mut out = String::new();
                text::push(value, &mut out)?;
                return Ok(Some(out));
            }
        }
        Ok(None)
    }
}

/// Returns whether an attribute says yes.
pub(in crate::workbook) fn is_true(value: &[u8]) -> bool {
    matches!(value, b"1" | b"true" | b"on")
}

/// The number that an attribute is, of digits alone.
pub(in crate::workbook) fn number(value: &[u8]) -> Option<u32> {
    if value.is_empty() {
        return None;
    }
    let mut number = 0_u32;
    for byte in value {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    Some(number)
}

/// White space of XML.
pub(in crate::workbook) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
