//! Finding single bytes and copying cells, eight bytes at a time.

use alloc::vec::Vec;

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

/// Appends a text of a cell's length, and says what it is made of.
///
/// It goes eight bytes at a time: to copy as few bytes as a cell has, memory.copy takes longer than all else that is done to the
/// cell.
pub(super) fn append(out: &mut Vec<u8>, bytes: &[u8]) -> Text {
    let (words, tail) = bytes.as_chunks::<8>();
    let mut made_of = MadeOf::default();
    out.reserve(bytes.len());
    for word in words {
        made_of.add(u64::from_le_bytes(*word));
        out.extend_from_slice(word);
    }
    if let (Some(last), [_, ..]) = (bytes.last_chunk::<8>(), tail) {
        // The last eight again, some of which are there.
        made_of.add(u64::from_le_bytes(*last));
        let end = out.len().saturating_add(tail.len());
        out.truncate(end.saturating_sub(8));
        out.extend_from_slice(last);
    } else {
        let mut last = needle(b' ');
        for byte in tail {
            last = last << 8 | u64::from(*byte);
            out.push(*byte);
        }
        made_of.add(last);
    }
    made_of.verdict()
}

#[derive(Default)]
struct MadeOf {
    high: u64,
    special: u64,
}

impl MadeOf {
    #[inline]
    fn add(&mut self, word: u64) {
        const QUOTE: u64 = needle(b'"');
        const BACKSLASH: u64 = needle(b'\\');
        const DELETE: u64 = needle(0x7F);
        self.high |= word;
        // Below a space: taking a space from it borrows.
        self.special |= word.wrapping_sub(needle(b' ')) & !word;
        self.special |= hits(word, [QUOTE, BACKSLASH, DELETE]);
    }

    const fn verdict(&self) -> Text {
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

            let mut out = Vec::from(*b"[");

            prop_assert_eq!(append(&mut out, &bytes), expected);
            prop_assert_eq!(out.strip_prefix(b"["), Some(bytes.as_slice()));
        }
    }
}
