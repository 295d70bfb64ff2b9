//! What XML writes for characters, and what spreadsheets write besides.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::Block;
use crate::workbook::fault::{Damage, Result, WorkbookFault};

const BROKEN: WorkbookFault = WorkbookFault::Damaged(Damage::Xml);

/// Appends a text as it is meant: entities are characters, and each line ends with a line feed.
#[inline(never)]
pub(in crate::workbook) fn push(raw: &[u8], out: &mut String) -> Result<()> {
    let is_odd = |byte: &u8| matches!(*byte, b'&' | b'\r');
    if raw.iter().any(is_odd) {
        return push_odd(raw, out);
    }
    push_plain(raw, out)
}

/// Returns whether these bytes, a few, stand in others.
#[inline(never)]
pub(super) fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    let ([first, ..], [.., last]) = (wanted, wanted) else {
        return true;
    };
    let behind = wanted.len().saturating_sub(1);
    let mut at = 0_usize;
    while at < bytes.len() {
        let ends = Block::at(bytes, at.saturating_add(behind)).equal(*last);
        let mut places = Block::at(bytes, at).equal(*first) & ends;
        while places != 0 {
            let place = at.saturating_add(places.trailing_zeros() as usize);
            let found = bytes.get(place..).unwrap_or_default();
            if found.starts_with(wanted) {
                return true;
            }
            places &= places.wrapping_sub(1);
        }
        at = at.saturating_add(16);
    }
    false
}

/// Appends what stands in a CDATA section: nothing in it is an entity.
#[inline(never)]
pub(in crate::workbook) fn push_plain(raw: &[u8], out: &mut String) -> Result<()> {
    let text = core::str::from_utf8(raw);
    out.push_str(text.map_err(|_| WorkbookFault::Damaged(Damage::Encoding))?);
    Ok(())
}

#[inline(never)]
fn push_odd(mut raw: &[u8], out: &mut String) -> Result<()> {
    while let Some(at) = raw.iter().position(|byte| matches!(*byte, b'&' | b'\r')) {
        let (before, behind) = raw.split_at_checked(at).ok_or(BROKEN)?;
        push_plain(before, out)?;
        raw = match behind {
            [b'\r', b'\n', rest @ ..] | [b'\r', rest @ ..] => {
                out.push('\n');
                rest
            }
            [_, behind @ ..] => {
                let end = behind.iter().position(|byte| *byte == b';').ok_or(BROKEN)?;
                let (name, rest) = behind.split_at_checked(end).ok_or(BROKEN)?;
                out.push(character(name).ok_or(BROKEN)?);
                rest.get(1..).unwrap_or_default()
            }
            [] => behind,
        };
    }
    push_plain(raw, out)
}

/// The character that an entity names.
fn character(name: &[u8]) -> Option<char> {
    match name {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x', digits @ ..] => digits_to_char(digits, 16),
        [b'#', digits @ ..] => digits_to_char(digits, 10),
        _ => None,
    }
}

fn digits_to_char(digits: &[u8], radix: u32) -> Option<char> {
    if digits.is_empty() {
        return None;
    }
    let mut code = 0_u32;
    for byte in digits {
        let digit = char::from(*byte).to_digit(radix)?;
        code = code.checked_mul(radix)?.checked_add(digit)?;
    }
    char::from_u32(code)
}

/// Puts characters in the place of `_x000D_` and the like, by which spreadsheets write what XML cannot (ECMA-376 part 1, 22.9.2.19), in
/// the text from a place on. A carriage return is the end of a line, or a part of it.
pub(in crate::workbook) fn unescape(text: &mut String, from: usize) {
    let bytes = text.as_bytes().get(from..).unwrap_or_default();
    let has_escape = bytes.windows(2).any(|pair| pair == b"_x");
    if !has_escape {
        return;
    }
    let escaped = text.split_off(from);
    let mut rest = escaped.as_str();
    while let Some(first) = rest.chars().next() {
        let (character, size) = match unit(rest.as_bytes()) {
            None => (first, first.len_utf8()),
            Some(unit) => {
                // Two escapes are one character beyond U+FFFF.
                let behind = rest.as_bytes().get(ESCAPE..).unwrap_or_default();
                match pair(unit, self::unit(behind)) {
                    Some(character) => (character, ESCAPE.saturating_mul(2)),
                    None => (lone(unit), ESCAPE),
                }
            }
        };
        text.push(character);
        rest = rest.get(size..).unwrap_or_default();
    }
    end_lines(text, from);
}

/// Bytes of `_x000D_`.
const ESCAPE: usize = 7;

/// The character that two halves are.
fn pair(high: u16, low: Option<u16>) -> Option<char> {
    let (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) = (high, low) else {
        return None;
    };
    let bits = u32::from(high & 0x3FF) << 10 | u32::from(low & 0x3FF);
    char::from_u32(bits.wrapping_add(0x1_0000))
}

/// The character that a code unit is by itself.
fn lone(unit: u16) -> char {
    char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Ends lines with a line feed alone.
fn end_lines(text: &mut String, from: usize) {
    let tail = text.split_off(from);
    let mut before = '\0';
    for character in tail.chars() {
        if character == '\r' {
            text.push('\n');
        } else if character != '\n' || before != '\r' {
            text.push(character);
        }
        before = character;
    }
}

/// The code unit of the escape that these bytes begin with.
fn unit(bytes: &[u8]) -> Option<u16> {
    let [b'_', b'x', digits @ .., b'_'] = bytes.first_chunk::<7>()? else {
        return None;
    };
    let mut unit = 0_u16;
    for byte in digits {
        let digit = char::from(*byte).to_digit(16)?;
        unit = unit << 4 | u16::try_from(digit).ok()?;
    }
    Some(unit)
}

/// UTF-8 of a part that is UTF-16, with its mark or without; nothing where it is not even that.
pub(in crate::workbook) fn from_utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let is_big = matches!(bytes, [0xFE, 0xFF, ..] | [0, ..]);
    let unit = |pair: &[u8; 2]| {
        if is_big {
            u16::from_be_bytes(*pair)
        } else {
            u16::from_le_bytes(*pair)
        }
    };
    let mut text = String::with_capacity(pairs.len());
    let mut units = pairs.iter().map(unit).peekable();
    while let Some(high) = units.next() {
        let character = match pair(high, units.peek().copied()) {
            Some(character) => {
                units.next();
                character
            }
            None => char::from_u32(high.into())?,
        };
        if character != '\u{FEFF}' || !text.is_empty() {
            text.push(character);
        }
    }
    rest.is_empty().then(|| text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(raw: &str) -> Result<String> {
        let mut out = String::new();
        push(raw.as_bytes(), &mut out)?;
        Ok(out)
    }

    #[test]
    fn entities_are_characters_and_lines_end_with_a_line_feed() {
        let all = "a &amp;&lt;&gt;&quot;&apos; &#233;&#xE9;&#x1F600;\r\nb\rc\n&#13;";
        assert_eq!(text(all).unwrap(), "a &<>\"' éé😀\nb\nc\n\r");
        for broken in [
            "&",
            "&amp",
            "&nbsp;",
            "&#;",
            "&#x;",
            "&#xD800;",
            "&#99999999999;",
            "&#-1;",
        ] {
            assert_eq!(text(broken), Err(BROKEN), "{broken}");
        }
    }

    #[test]
    fn escapes_of_spreadsheets_are_characters() {
        for (escaped, meant) in [
            ("a_x000D__x000A_b", "a\nb"),
            ("a_x000D_\nb", "a\nb"),
            ("a_x000d_b", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_a", "\u{FFFD}a"),
            ("_xDE00_", "\u{FFFD}"),
            ("_xD83D_", "\u{FFFD}"),
            (
                "ann_x@example.com _x12_ _xZZZZ_ é_x00e9_",
                "ann_x@example.com _x12_ _xZZZZ_ éé",
            ),
        ] {
            let mut text = String::from("before ");
            text.push_str(escaped);
            unescape(&mut text, 7);
            assert_eq!(text, ["before ", meant].concat());
        }
    }

    proptest! {
        #[test]
        fn what_stands_in_others_is_found(bytes in "[a-c]{0,60}", wanted in "[a-c]{0,4}") {
            prop_assert_eq!(has(bytes.as_bytes(), wanted.as_bytes()), bytes.contains(&wanted));
        }
    }

    #[test]
    fn utf_16_is_read_in_either_order() {
        let little: Vec<u8> = "\u{FEFF}<é😀/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "<é😀/>".encode_utf16().flat_map(u16::to_be_bytes).collect();

        assert_eq!(from_utf16(&little).unwrap(), "<é😀/>".as_bytes());
        assert_eq!(from_utf16(&big).unwrap(), "<é😀/>".as_bytes());
        assert_eq!(from_utf16(b"<\0/"), None);
        assert_eq!(from_utf16(b"<\0\0\xD8"), None);
    }
}
