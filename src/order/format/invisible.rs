//! Characters that nobody sees, which come along when a text is copied: two texts that look the same are not.

/// The first character of an identifier, a phone number or an e-mail address that cannot be seen, or looks like a space and is none.
/// Space around the text does not count: that is told as such.
///
/// ```
/// use giftcard_partners::order::format::invisible_in_identifier;
///
/// assert_eq!(invisible_in_identifier("PO\u{200b}-1"), Some('\u{200b}'));
/// assert_eq!(invisible_in_identifier("PO 1"), None);
/// ```
pub fn invisible_in_identifier(text: &str) -> Option<char> {
    let is_odd_space =
        |character: char| character.is_whitespace() && character != ' ' && !character.is_control();
    first(text.trim(), |character| {
        is_invisible(character) || joins(character) || is_odd_space(character)
    })
}

/// The first character of a name, an address or a message that cannot be seen and has no use there. What joins letters or emoji, or turns
/// the direction of a script, has one.
pub fn invisible_in_words(text: &str) -> Option<char> {
    first(text, is_invisible)
}

fn first(text: &str, is_it: impl Fn(char) -> bool) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    text.chars().find(|character| is_it(*character))
}

const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// Joiners, marks of direction, selectors and fillers.
const fn joins(character: char) -> bool {
    matches!(
        character,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{200c}'..='\u{200f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_found_and_what_a_script_needs_is_none_in_words() {
        for hidden in ['\u{200b}', '\u{feff}', '\u{ad}', '\u{202e}', '\u{2060}'] {
            let text = format!("a{hidden}b");
            assert_eq!(invisible_in_identifier(&text), Some(hidden));
            assert_eq!(invisible_in_words(&text), Some(hidden));
        }
        for needed in ['\u{200c}', '\u{200d}', '\u{200e}', '\u{fe0f}', '\u{a0}'] {
            let text = format!("a{needed}b");
            assert_eq!(invisible_in_identifier(&text), Some(needed));
            assert_eq!(invisible_in_words(&text), None);
        }
        for fine in ["", "PO 1", "Zoë", "\u{a0}x ", "日本", "👍"] {
            assert_eq!(invisible_in_identifier(fine), None, "{fine}");
            assert_eq!(invisible_in_words(fine), None, "{fine}");
        }
    }
}
