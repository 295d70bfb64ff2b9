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
    for start in (0..text.len()).step_by(16) {
        // A bit for each byte that is not ASCII.
        let mut high = Block::at(text, start).high();
        while high != 0 {
            let at = start.wrapping_add(high.trailing_zeros() as usize);
            high &= high.wrapping_sub(1);
            let character = text.get(at..).unwrap_or_default();
            // Below U+0300 all characters are composed, and their first bytes are below 0xCC, as all bytes but the first are.
            let is_first = character.first().is_some_and(|byte| *byte >= 0xCC);
            if is_first && !decode(character).is_some_and(is_composed) {
                return true;
            }
        }
    }
    false
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
