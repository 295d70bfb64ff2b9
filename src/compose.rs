//! Texts in one spelling: `é` as one character or as `e` and an accent is the same name.
//!
//! Tables of Unicode would be a third of the order tools, and every host has them. So the host's own function is handed in, and is
//! asked only for a text that holds something that could be composed. This module must never be used on what is sent: what identifies
//! is compared composed, and goes out as it was written.

use alloc::borrow::Cow;
use alloc::string::String;

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

/// Whether composing could change a text; false is sure. Latin, Greek, Cyrillic, Hebrew and Arabic letters, kana, Hangul syllables, Chinese
/// characters, punctuation, signs of currencies and emoji stay as they are unless a character beside them combines.
pub fn may_change(text: &[u8]) -> bool {
    // Below U+0300 all characters are composed, and their first bytes are below 0xCC. ASCII is told many bytes at a time.
    if text.is_ascii() || text.iter().all(|byte| *byte < 0xCC) {
        return false;
    }
    match core::str::from_utf8(text) {
        Ok(text) => !text.chars().all(is_composed),
        Err(_) => true,
    }
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
