//! Which rows are the same payment, by a hash of what they pay to whom.
//!
//! SipHash-1-3 with 128 bits: two different payments of one file meet by chance once in more files than there will ever be.
//! SHA-256 would take longer than the rest of a row's import.

use alloc::vec::Vec;

/// A hash of some bytes, the same in every version of the package.
pub(in crate::bulk) fn identity(bytes: &[u8]) -> u128 {
    let mut state = [
        0x736f_6d65_7073_6575,
        0x646f_7261_6e64_6f6d ^ 0xEE,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        state = absorb(state, u64::from_le_bytes(*word));
    }
    let last = (bytes.len() as u64) << 56 | end(bytes, tail);
    let [a, b, c, d] = absorb(state, last);
    let [a, b, c, d] = rounds([a, b, c ^ 0xEE, d]);
    let low = a ^ b ^ c ^ d;
    let [a, b, c, d] = rounds([a, b ^ 0xDD, c, d]);
    u128::from(a ^ b ^ c ^ d) << 64 | u128::from(low)
}

/// The bytes behind the last whole word, as a word.
#[inline]
fn end(bytes: &[u8], tail: &[u8]) -> u64 {
    match (tail.len(), bytes.last_chunk()) {
        (0, _) => 0,
        // They are the end of the last eight bytes.
        (count, Some(eight)) => {
            let bits = 64_usize.wrapping_sub(count.wrapping_mul(8));
            u64::from_le_bytes(*eight) >> (bits & 63)
        }
        (_, None) => tail
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// A loop would have the state in memory.
#[inline]
fn rounds(state: [u64; 4]) -> [u64; 4] {
    round(round(round(state)))
}

#[inline]
fn absorb([a, b, c, d]: [u64; 4], word: u64) -> [u64; 4] {
    let [a, b, c, d] = round([a, b, c, d ^ word]);
    [a ^ word, b, c, d]
}

#[inline]
fn round([mut a, mut b, mut c, mut d]: [u64; 4]) -> [u64; 4] {
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    [a, b, c, d]
}

/// The name of a payment: the line's `ExternalId`, 96 bits of the identity in hexadecimal digits, eight to a word.
#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
pub(in crate::bulk) fn name(identity: u128) -> [u64; 3] {
    [
        hex(identity as u32),
        hex((identity >> 32) as u32),
        hex((identity >> 64) as u32),
    ]
}

/// The eight digits of a number, the lowest first.
fn hex(number: u32) -> u64 {
    // A digit to each byte.
    let mut digits = u64::from(number);
    digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF;
    digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF;
    digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    // From 10 on they are letters, which begin 39 behind where the numerals end.
    let letters = digits.wrapping_add(0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101;
    digits
        .wrapping_add(0x3030_3030_3030_3030)
        .wrapping_add(letters.wrapping_mul(39))
}

pub(in crate::bulk) const fn high(identity: u128) -> u32 {
    (identity >> 96) as u32
}

/// What hashes many bytes, the same in every version of the package, however they are cut into parts: four hashes of 64 bits side by side,
/// which take every fourth word, and one of all of them. A few instructions for eight bytes: SipHash takes five times as long, for what an
/// order holds twice as long as checking it.
///
/// It is not made against those who look for two texts of one hash. Nothing hangs on that: see [`crate::bulk::campaign::plan`].
#[derive(Debug, Default)]
pub(in crate::bulk) struct Digest {
    lanes: [u64; 5],
    /// What has no block of its own yet; always less than one.
    rest: Vec<u8>,
    length: u64,
}

/// Bytes that are hashed at a time.
const BLOCK: usize = 32;

impl Digest {
    /// Hashes a part.
    pub(in crate::bulk) fn add(&mut self, mut part: &[u8]) {
        self.length = self.length.wrapping_add(part.len() as u64);
        if !self.rest.is_empty() {
            let missing = BLOCK.wrapping_sub(self.rest.len());
            let (first, behind) = part.split_at_checked(missing).unwrap_or((part, &[]));
            self.rest.extend_from_slice(first);
            part = behind;
            if self.rest.len() < BLOCK {
                return;
            }
            self.lanes = mixed(self.lanes, &self.rest);
            self.rest.clear();
        }
        let whole = part.len() & !BLOCK.wrapping_sub(1);
        let (whole, rest) = part.split_at_checked(whole).unwrap_or_default();
        self.lanes = mixed(self.lanes, whole);
        self.rest.extend_from_slice(rest);
    }

    /// The hash of all parts, one behind the other.
    pub(in crate::bulk) fn finish(mut self) -> u128 {
        self.rest.resize(BLOCK, 0);
        let [a, b, c, d, all] = mixed(self.lanes, &self.rest);
        identity(
            [a, b, c, d, all, self.length]
                .map(u64::to_le_bytes)
                .as_flattened(),
        )
    }
}

/// A hash of a line's content, which tells apart lines that pay the same. As [`Digest`], it is made against nobody.
pub(in crate::bulk) fn content(line: &[u8]) -> u32 {
    let (_, rest) = line.as_chunks::<BLOCK>();
    let mut last = [0; BLOCK];
    last.iter_mut()
        .zip(rest)
        .for_each(|(slot, byte)| *slot = *byte);
    let [a, b, c, d, all] = mixed(mixed([line.len() as u64, 0, 0, 0, 0], line), &last);
    let lanes = a ^ b.rotate_left(13) ^ c.rotate_left(26) ^ d.rotate_left(39) ^ all;
    high(u128::from(lanes.wrapping_mul(0x9E37_79B9_7F4A_7C15)) << 64)
}

/// The lanes behind so many whole blocks. What a word makes of a lane it makes of no other word.
#[inline(never)]
fn mixed([mut a, mut b, mut c, mut d, mut all]: [u64; 5], blocks: &[u8]) -> [u64; 5] {
    const fn lane(lane: u64, word: u64) -> u64 {
        (lane ^ word)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(29)
    }
    for block in blocks.as_chunks::<BLOCK>().0 {
        if let [one, two, three, four] = block.as_chunks().0 {
            let (one, two) = (u64::from_le_bytes(*one), u64::from_le_bytes(*two));
            let (three, four) = (u64::from_le_bytes(*three), u64::from_le_bytes(*four));
            (a, b, c, d) = (lane(a, one), lane(b, two), lane(c, three), lane(d, four));
            let both = (one ^ two.rotate_left(16))
                .wrapping_add(three.rotate_left(32) ^ four.rotate_left(48));
            all = (all ^ both)
                .wrapping_mul(0xC2B2_AE3D_27D4_EB4F)
                .rotate_left(31);
        }
    }
    [a, b, c, d, all]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digest(parts: &[&[u8]]) -> u128 {
        let mut digest = Digest::default();
        for part in parts {
            digest.add(part);
        }
        digest.finish()
    }

    proptest! {
        #[test]
        fn a_digest_is_of_the_bytes_however_they_are_cut(bytes in proptest::collection::vec(any::<u8>(), 0..200), cuts in [0_usize..200, 0..200]) {
            let [one, two] = cuts.map(|cut| cut.min(bytes.len()));
            let (one, two) = (one.min(two), one.max(two));

            prop_assert_eq!(digest(&[&bytes[..one], &bytes[one..two], &bytes[two..]]), digest(&[&bytes]));
        }

        #[test]
        fn every_byte_of_a_digest_counts(bytes in proptest::collection::vec(any::<u8>(), 1..200), place in any::<prop::sample::Index>(), bit in 0..8) {
            let mut other = bytes.clone();
            *place.get_mut(&mut other) ^= 1_u8 << bit;
            prop_assert_ne!(digest(&[&other]), digest(&[&bytes]));
            other.push(0);
            prop_assert_ne!(digest(&[&[&bytes[..], &[0]].concat()]), digest(&[&bytes]));
        }

        /// Word by word, as SipHash is written down.
        #[test]
        fn an_identity_is_siphash(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut state = [0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d ^ 0xEE, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573];
            let mut padded = bytes.clone();
            padded.push(0);
            padded.resize(padded.len().next_multiple_of(8), 0);
            *padded.last_mut().unwrap() = bytes.len().to_le_bytes()[0];
            for word in padded.chunks(8) {
                state = absorb(state, u64::from_le_bytes(word.try_into().unwrap()));
            }
            state[2] ^= 0xEE;
            let mut hash = [0; 2];
            for (half, turn) in hash.iter_mut().zip([0, 0xDD]) {
                state[1] ^= turn;
                for _ in 0..3 {
                    state = round(state);
                }
                *half = state.iter().fold(0, |all, word| all ^ word);
            }

            prop_assert_eq!(identity(&bytes), u128::from(hash[1]) << 64 | u128::from(hash[0]));
        }
    }
}
