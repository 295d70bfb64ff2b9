//! Looking at bytes, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
pub(super) const HIGH: u64 = 0x8080_8080_8080_8080;

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

/// What a text is made of, as far as it was seen.
#[derive(Default)]
pub(super) struct MadeOf {
    high: u64,
    special: u64,
}

impl MadeOf {
    /// Looks at eight bytes.
    #[inline]
    pub(super) fn add(&mut self, word: u64) {
        const QUOTE: u64 = needle(b'"');
        const BACKSLASH: u64 = needle(b'\\');
        const DELETE: u64 = needle(0x7F);
        self.high |= word;
        // Below a space: taking a space from it borrows.
        self.special |= word.wrapping_sub(needle(b' ')) & !word;
        self.special |= hits(word, [QUOTE, BACKSLASH, DELETE]);
    }

    pub(super) const fn verdict(&self) -> Text {
        match (self.special & HIGH, self.high & HIGH) {
            (0, 0) => Text::Plain,
            (0, _) => Text::Unicode,
            _ => Text::Special,
        }
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
    }
}
