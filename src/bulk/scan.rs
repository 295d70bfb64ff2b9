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
        .position(|byte| needles.iter().any(|needle| *needle as u8 == *byte))?;
    Some(at.wrapping_add(hit))
}

/// Whether every byte is printable ASCII that JSON writes as it is: no control character, quote or backslash.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    const QUOTE: u64 = needle(b'"');
    const BACKSLASH: u64 = needle(b'\\');
    const DELETE: u64 = needle(0x7F);
    let (words, tail) = bytes.as_chunks::<8>();
    let mut odd = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // Below a space: taking a space from it borrows. Any byte over 0x7F is odd already.
        odd |= word | word.wrapping_sub(needle(b' ')) & !word;
        odd |= hits(word, [QUOTE, BACKSLASH, DELETE]);
    }
    odd & HIGH == 0
        && tail
            .iter()
            .all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'))
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
        fn a_text_is_plain_where_json_writes_it_as_it_is(bytes in proptest::collection::vec(any::<u8>(), 0..20), odd in any::<bool>()) {
            let bytes: Vec<u8> = bytes.iter().map(|byte| if odd { *byte } else { b' ' + byte % 95 }).collect();
            let expected = bytes.iter().all(|byte| (0x20..0x7F).contains(byte) && *byte != b'"' && *byte != b'\\');

            prop_assert_eq!(is_plain(&bytes), expected);
        }
    }
}
