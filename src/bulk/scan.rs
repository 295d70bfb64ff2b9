//! Finding single bytes, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A byte to look for, in each of eight places.
pub(super) const fn needle(byte: u8) -> u64 {
    (byte as u64).wrapping_mul(ONES)
}

/// The first place at or after `from` where one of three needles stands.
#[inline]
pub(super) fn find(bytes: &[u8], from: usize, needles: [u64; 3]) -> Option<usize> {
    let (words, tail) = bytes.get(from..)?.as_chunks::<8>();
    let mut at = from;
    for word in words {
        let hits = hits(u64::from_le_bytes(*word), needles);
        if hits != 0 {
            return Some(at.wrapping_add((hits.trailing_zeros() >> 3) as usize));
        }
        at = at.wrapping_add(8);
    }
    let hit = tail
        .iter()
        .position(|byte| needles.contains(&needle(*byte)))?;
    Some(at.wrapping_add(hit))
}

/// What a text is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Printable ASCII that JSON writes as it is.
    Plain,
    /// More than ASCII, and still nothing that JSON escapes.
    Unicode,
    /// With a quote, a backslash or a control character.
    Special,
}

/// What the bytes of a text are made of.
#[inline]
pub(super) fn text(bytes: &[u8]) -> Text {
    const QUOTE: u64 = needle(b'"');
    const BACKSLASH: u64 = needle(b'\\');
    const DELETE: u64 = needle(0x7F);
    let (words, tail) = bytes.as_chunks::<8>();
    let (mut high, mut special) = (0, 0);
    let mut add = |word: u64| {
        high |= word;
        // Below a space: taking a space from it borrows.
        special |= word.wrapping_sub(needle(b' ')) & !word;
        special |= hits(word, [QUOTE, BACKSLASH, DELETE]);
    };
    for word in words {
        add(u64::from_le_bytes(*word));
    }
    if !tail.is_empty() {
        let mut last = *b"        ";
        for (slot, byte) in last.iter_mut().zip(tail) {
            *slot = *byte;
        }
        add(u64::from_le_bytes(last));
    }
    match (special & HIGH, high & HIGH) {
        (0, 0) => Text::Plain,
        (0, _) => Text::Unicode,
        _ => Text::Special,
    }
}

/// The high bit of each byte that is one of the needles; above the lowest one there may be others, set for no reason.
#[inline]
fn hits(word: u64, needles: [u64; 3]) -> u64 {
    let [a, b, c] = needles.map(|needle| {
        let zero = word ^ needle;
        zero.wrapping_sub(ONES) & !zero
    });
    (a | b | c) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_three_bytes_is_found(bytes in proptest::collection::vec(0x20_u8..0x30, 0..40), from in 0_usize..42) {
            let expected = bytes
                .iter()
                .enumerate()
                .position(|(at, byte)| at >= from && b"!,-".contains(byte));

            prop_assert_eq!(find(&bytes, from, [needle(b','), needle(b'!'), needle(b'-')]), expected);
        }

        #[test]
        fn a_text_is_what_its_bytes_are(bytes in proptest::collection::vec(any::<u8>(), 0..20), mild in any::<bool>(), high in any::<bool>()) {
            let mild_byte = |byte: &u8| if high && *byte > 0x7F { *byte } else { b' '.wrapping_add(byte % 95) };
            let bytes: Vec<u8> = bytes.iter().map(|byte| if mild { mild_byte(byte) } else { *byte }).collect();
            let special = |byte: &u8| *byte < 0x20 || matches!(byte, 0x7F | b'"' | b'\\');
            let expected = match (bytes.iter().any(special), bytes.is_ascii()) {
                (true, _) => Text::Special,
                (false, true) => Text::Plain,
                (false, false) => Text::Unicode,
            };

            prop_assert_eq!(text(&bytes), expected);
        }
    }
}
