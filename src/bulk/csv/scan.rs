//! Looking at bytes, sixteen at a time.

use crate::json::Block;

/// Where the first of three bytes stands, at or after a place.
pub(in crate::bulk) fn find(bytes: &[u8], from: usize, wanted: [u8; 3]) -> Option<usize> {
    let (blocks, tail) = bytes.get(from..)?.as_chunks::<16>();
    let mut at = from;
    for block in blocks {
        let found = Block::from(block).among(wanted);
        if found != 0 {
            return Some(at.wrapping_add(found.trailing_zeros() as usize));
        }
        at = at.wrapping_add(16);
    }
    let [a, b, c] = wanted;
    let is_it = |byte: &u8| *byte == a || *byte == b || *byte == c;
    let place = tail.iter().position(is_it)?;
    Some(at.wrapping_add(place))
}

/// Whether these are UTF-8 without a control character. Of ASCII nothing is looked at.
pub(in crate::bulk) fn is_text(bytes: &[u8]) -> bool {
    let mut at = 0_usize;
    while at < bytes.len() {
        let high = Block::at(bytes, at).high();
        if high == 0 {
            at = at.wrapping_add(16);
            continue;
        }
        at = at.wrapping_add(high.trailing_zeros() as usize);
        // What is not ASCII mostly stands side by side.
        while bytes.get(at).is_some_and(|byte| *byte >= 0x80) {
            let length = match bytes.get(at..).unwrap_or_default() {
                // From U+0080 to U+009F there are control characters.
                [0xC2, 0xA0..=0xBF, ..] | [0xC3..=0xDF, 0x80..=0xBF, ..] => 2,
                [0xE0, 0xA0..=0xBF, 0x80..=0xBF, ..]
                | [0xED, 0x80..=0x9F, 0x80..=0xBF, ..]
                | [0xE1..=0xEC | 0xEE | 0xEF, 0x80..=0xBF, 0x80..=0xBF, ..] => 3,
                [0xF0, 0x90..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..]
                | [0xF1..=0xF3, 0x80..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..]
                | [0xF4, 0x80..=0x8F, 0x80..=0xBF, 0x80..=0xBF, ..] => 4,
                _ => return false,
            };
            at = at.wrapping_add(length);
        }
    }
    true
}

/// Whether there is nothing but printable ASCII that JSON writes as it is.
pub(in crate::bulk) fn is_printable(text: &[u8]) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    text.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_what_the_standard_library_says(bytes in proptest::collection::vec(any::<u8>(), 0..6), text in "\\PC{0,20}|[\\x20-\u{2ff}]{0,20}", at in 0_usize..40) {
            let is_control = |text: &str| text.chars().any(|character| !character.is_ascii() && character.is_control());
            prop_assert_eq!(is_text(text.as_bytes()), !is_control(&text));
            let mut cut = text.into_bytes();
            let at = at.min(cut.len());
            cut.splice(at..at, bytes);
            let expected = core::str::from_utf8(&cut).is_ok_and(|text| !is_control(text));
            prop_assert_eq!(is_text(&cut), expected);
        }

        #[test]
        fn the_first_of_three_bytes_is_found(bytes in proptest::collection::vec(0x20_u8..0x30, 0..80), from in 0_usize..82) {
            let expected = bytes
                .iter()
                .enumerate()
                .position(|(at, byte)| at >= from && b"!,-".contains(byte));

            prop_assert_eq!(find(&bytes, from, *b",!-"), expected);
        }
    }
}
