//! Looking at bytes, sixteen at a time.

use crate::json::Block;

/// Where the first of three bytes stands, at or after a place.
pub(super) fn find(bytes: &[u8], from: usize, wanted: [u8; 3]) -> Option<usize> {
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

/// Whether JSON would write any of these otherwise: a quote, a backslash or a control character.
pub(super) fn has_special(text: &[u8]) -> bool {
    let is_special = |byte: &u8| matches!(byte, 0..0x20 | 0x7F | b'"' | b'\\');
    text.iter().any(is_special)
}

/// Whether there is nothing but printable ASCII that JSON writes as it is.
pub(super) fn is_printable(text: &[u8]) -> bool {
    text.is_ascii() && !has_special(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
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
