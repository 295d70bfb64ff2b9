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

/// Whether composing could change a text: all characters below U+0300 are composed already, and their first bytes are below 0xCC.
pub fn may_change(text: &[u8]) -> bool {
    text.iter().any(|byte| *byte >= 0xCC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_no_combining_character_is_not_handed_to_the_host() {
        let host: Compose = |_| String::from("asked");

        assert_eq!(
            composed("Zo\u{eb} M\u{fc}ller", host),
            "Zo\u{eb} M\u{fc}ller"
        );
        assert_eq!(composed("Zoe\u{308}", host), "asked");
    }
}
