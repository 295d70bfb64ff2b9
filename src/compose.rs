//! Texts in one spelling: `é` as one character or as `e` and an accent is the same name.
//!
//! Tables of Unicode would be a third of the order tools, and every host has them. So the host's own function is handed in, and is
//! asked only for a text that holds something that could be composed. This module must never be used on what is sent: what identifies
//! is compared composed, and goes out as it was written.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::json::Block;

/// Normalises a text to its composed form (NFC): `String.prototype.normalize` in a browser.
pub type Compose = fn(&str) -> String;

/// Leaves a text as it is, for hosts without tables of Unicode.
pub fn as_written(text: &str) -> String {
    String::from(text)
}

/// Returns the text composed.
pub fn composed(text: &str, compose: Compose) -> Cow<'_, str> {
    if may_change(text.as_bytes()) {
        Cow::Owned(compose(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether composing could change a text in UTF-8; false is sure. Latin, Greek, Cyrillic, Hebrew and Arabic letters, kana, Hangul syllables,
/// Chinese characters, punctuation, signs of currencies and emoji stay as they are unless a character beside them combines.
pub fn may_change(text: &[u8]) -> bool {
    let mut start = 0_usize;
    while start < text.len() {
        // Below U+0300 all characters are composed, and their first bytes are below 0xCC, as all bytes but the first are.
        let mut firsts = Block::at(text, start).at_least(0xCC);
        while firsts != 0 {
            let at = start.wrapping_add(firsts.trailing_zeros() as usize);
            firsts &= firsts.wrapping_sub(1);
            let character = text.get(at..).unwrap_or_default();
            if !is_of_composed_ones(character) && !decode(character).is_some_and(is_composed) {
                return true;
            }
        }
        start = start.wrapping_add(16);
    }
    false
}

/// Characters whose last six bits alone differ are beside each other: a bit for each such row below U+10000 in which all are composed.
static COMPOSED: [u32; 32] = composed_rows();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn composed_rows() -> [u32; 32] {
    let mut rows = [u32::MAX; 32];
    let mut code = 0;
    while code < 0x1_0000 {
        let is_composed = match char::from_u32(code) {
            Some(character) => is_composed(character),
            None => false,
        };
        if !is_composed {
            rows[code as usize >> 11] &= !(1 << (code >> 6 & 31));
        }
        code += 1;
    }
    rows
}

/// Whether a text begins with a character of a row in which all are composed: all bytes of it but the last say which.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "asked of each character, a call would be as long again"
)]
fn is_of_composed_ones(text: &[u8]) -> bool {
    let row = match *text {
        [a @ 0xC0..=0xDF, ..] => u32::from(a & 0x1F),
        [a @ 0xE0..=0xEF, b, ..] => u32::from(a & 0x0F) << 6 | u32::from(b & 0x3F),
        _ => return false,
    };
    let rows = COMPOSED.get(row as usize >> 5).copied().unwrap_or_default();
    rows.wrapping_shr(row) & 1 == 1
}

/// The character of two bytes or more that a text begins with.
fn decode(text: &[u8]) -> Option<char> {
    let bits = |byte: u8| u32::from(byte & 0x3F);
    let code = match *text {
        [a @ 0xC0..=0xDF, b, ..] => u32::from(a & 0x1F) << 6 | bits(b),
        [a @ 0xE0..=0xEF, b, c, ..] => u32::from(a & 0x0F) << 12 | bits(b) << 6 | bits(c),
        [a @ 0xF0..=0xFF, b, c, d, ..] => {
            u32::from(a & 0x07) << 18 | bits(b) << 12 | bits(c) << 6 | bits(d)
        }
        _ => return None,
    };
    char::from_u32(code)
}

/// Whether a character is what it is composed to, and combines with none before it.
const fn is_composed(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{2FF}'
            | '\u{370}'..='\u{373}'
            | '\u{375}'..='\u{37D}'
            | '\u{37F}'..='\u{386}'
            | '\u{388}'..='\u{482}'
            | '\u{48A}'..='\u{58F}'
            | '\u{5D0}'..='\u{5F4}'
            | '\u{620}'..='\u{64A}'
            | '\u{1E00}'..='\u{1EFF}'
            | '\u{2002}'..='\u{20CF}'
            | '\u{2190}'..='\u{2328}'
            | '\u{2500}'..='\u{2AAF}'
            | '\u{3000}'..='\u{3029}'
            | '\u{3030}'..='\u{3098}'
            | '\u{309B}'..='\u{30FF}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{FF00}'..='\u{FFEF}'
            | '\u{1F000}'..='\u{1FAFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn what_holds_no_combining_character_is_not_handed_to_the_host() {
        let host: Compose = |_| String::from("asked");

        for text in [
            "Zo\u{eb} M\u{fc}ller",
            "Ιωάννης",
            "Анна Ёлкина",
            "山田 蓮",
            "김민준",
            "ひらがな",
            "Ann 🎉",
        ] {
            assert_eq!(composed(text, host), text);
        }
        assert_eq!(composed("Zoe\u{308}", host), "asked");
    }

    #[test]
    fn a_character_that_combines_is_found_wherever_it_stands() {
        for mark in ['\u{308}', '\u{94D}', '\u{1D165}'] {
            for before in 0..40 {
                for filler in ["a", "\u{eb}", "\u{5c71}"] {
                    let text = [&*filler.repeat(before), &*String::from(mark), filler].concat();
                    assert!(may_change(text.as_bytes()), "{text:?}");
                    assert!(!may_change(filler.repeat(before).as_bytes()));
                }
            }
        }
    }

    #[test]
    fn every_character_is_told_as_it_is_by_itself() {
        for character in '\u{80}'..=char::MAX {
            let text = ["Ann ", &*String::from(character)].concat();

            assert_eq!(
                may_change(text.as_bytes()),
                !is_composed(character),
                "{character:?}"
            );
            if !may_change(text.as_bytes()) {
                assert!(text.nfc().eq(text.chars()), "{character:?}");
            }
        }
    }

    #[test]
    fn what_is_not_handed_to_the_host_is_composed() {
        let is_same = |text: &str| text.nfc().eq(text.chars());
        for character in (char::MIN..=char::MAX).filter(|character| is_composed(*character)) {
            assert!(is_same(&String::from(character)), "{character:?}");
            for before in [
                'a', 'E', '\u{e9}', 'α', 'и', 'か', '가', '가', 'ا', '\u{1100}',
            ] {
                let both = String::from_iter([before, character]);
                let is_both = is_same(&both) || !is_same(&String::from(before));
                assert!(is_both, "{both:?}");
            }
        }
    }
}
