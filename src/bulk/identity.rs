//! Which rows are the same payment, by a hash of what they pay to whom.
//!
//! SipHash-1-3 with 128 bits: two different payments of one file meet by chance once in more files than there will ever be.
//! SHA-256 would take longer than the rest of a row's import.
#![expect(
    clippy::inline_always,
    reason = "built for size, the state would be in memory between the rounds, and the import a quarter slower"
)]

use crate::compose::{Compose, may_change};

/// A hash of some bytes, the same in every version of the package.
pub(in crate::bulk) fn identity(bytes: &[u8]) -> u128 {
    siphash([0; 16], bytes)
}

/// A hash of some bytes, which tells nothing to whoever has not the key.
#[inline(never)]
#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
pub(in crate::bulk) fn siphash(key: [u8; 16], bytes: &[u8]) -> u128 {
    let key = u128::from_le_bytes(key);
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mut state = [
        low ^ 0x736f_6d65_7073_6575,
        high ^ 0x646f_7261_6e64_6f6d ^ 0xEE,
        low ^ 0x6c79_6765_6e65_7261,
        high ^ 0x7465_6462_7974_6573,
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
#[inline(always)]
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
#[inline(always)]
fn rounds(state: [u64; 4]) -> [u64; 4] {
    round(round(round(state)))
}

#[inline(always)]
fn absorb([a, b, c, d]: [u64; 4], word: u64) -> [u64; 4] {
    let [a, b, c, d] = round([a, b, c, d ^ word]);
    [a ^ word, b, c, d]
}

#[inline(always)]
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

/// Eight bits of an identity that are never zero, and not those by which a table is indexed.
pub(in crate::bulk) const fn tag(identity: u128) -> u8 {
    (identity >> 120) as u8 | 1
}

/// Sixteen bits of an identity that are never zero, for what only tells apart what is nearly the same.
pub(in crate::bulk) const fn short(identity: u128) -> u16 {
    (identity >> 112) as u16 | 1
}

/// What stands before a field's text in what a line says, which is all its fields in their order, as JSON writes them: no text has such a byte.
#[expect(clippy::cast_possible_truncation, reason = "fields are few")]
pub(in crate::bulk) const fn tag_of(field: usize) -> u8 {
    field as u8
}

/// A hash of all that a line says, the same in whatever spelling its letters are. What `is_ascii` can be spelled in one way only.
#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
pub(in crate::bulk) fn content(said: &[u8], is_ascii: bool, compose: Compose) -> u64 {
    if is_ascii || !may_change(said) {
        return identity(said) as u64;
    }
    let text = core::str::from_utf8(said).unwrap_or_default();
    identity(compose(text).as_bytes()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Word by word, as SipHash is written down.
        #[test]
        fn an_identity_is_siphash(bytes in proptest::collection::vec(any::<u8>(), 0..60), first: u64, second: u64) {
            let mut state = [
                first ^ 0x736f_6d65_7073_6575,
                second ^ 0x646f_7261_6e64_6f6d ^ 0xEE,
                first ^ 0x6c79_6765_6e65_7261,
                second ^ 0x7465_6462_7974_6573,
            ];
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

            let key = (u128::from(second) << 64 | u128::from(first)).to_le_bytes();
            prop_assert_eq!(siphash(key, &bytes), u128::from(hash[1]) << 64 | u128::from(hash[0]));
            prop_assert_eq!(identity(&bytes), siphash([0; 16], &bytes));
        }
    }
}
