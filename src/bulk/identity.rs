//! Which rows are the same payment, by a hash of what they pay to whom.
//!
//! SipHash-1-3 with 128 bits: two different payments of one file meet by chance once in more files than there will ever be.
//! SHA-256 would take longer than the rest of a row's import.

use alloc::vec::Vec;

/// A hash of some bytes, the same in every version of the package.
pub(super) fn identity(bytes: &[u8]) -> u128 {
    let mut state = [
        0x736f_6d65_7073_6575,
        0x646f_7261_6e64_6f6d ^ 0xEE,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        absorb(&mut state, u64::from_le_bytes(*word));
    }
    let mut last = (bytes.len() as u64) << 56;
    for (byte, shift) in tail.iter().zip([0, 8, 16, 24, 32, 40, 48]) {
        last |= u64::from(*byte) << shift;
    }
    absorb(&mut state, last);
    let mut half = |mark: u64, lane: usize| {
        if let Some(word) = state.get_mut(lane) {
            *word ^= mark;
        }
        (0..3).for_each(|_| round(&mut state));
        state.iter().fold(0, |all, word| all ^ word)
    };
    let low = half(0xEE, 2);
    let high = half(0xDD, 1);
    u128::from(high) << 64 | u128::from(low)
}

#[inline]
fn absorb(state: &mut [u64; 4], word: u64) {
    state[3] ^= word;
    round(state);
    state[0] ^= word;
}

#[inline]
fn round(state: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *state;
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
    *state = [a, b, c, d];
}

/// The name of a payment among those of its file: the line's `ExternalId`, in 24 hexadecimal digits.
pub(super) fn name(identity: u128) -> [u8; 24] {
    let mut digits = [0; 24];
    let mut rest = identity;
    for digit in &mut digits {
        *digit = match (rest & 15) as u8 {
            low @ 0..10 => b'0'.wrapping_add(low),
            high => b'a'.wrapping_sub(10).wrapping_add(high),
        };
        rest >>= 4;
    }
    digits
}

/// The last row of each identity.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Half of the identity, and the row's index plus one; 0 where there is none. The length is a power of two.
    slots: Vec<(u32, u32)>,
    used: usize,
}

impl Seen {
    /// Notes a row; the row before it with the same identity, where there is one. `is_same` tells for a row that is like it.
    pub(super) fn insert(
        &mut self,
        identity: u128,
        row: u32,
        is_same: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        if self.used >= self.slots.len() / 2 {
            self.grow();
        }
        let half = identity as u32;
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = half as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.1 == 0 {
                *slot = (half, row.wrapping_add(1));
                self.used = self.used.wrapping_add(1);
                return None;
            }
            let known = slot.1.wrapping_sub(1);
            if slot.0 == half && is_same(known) {
                slot.1 = row.wrapping_add(1);
                return Some(known);
            }
            at = at.wrapping_add(1) & mask;
        }
        None
    }

    fn grow(&mut self) {
        let size = self.slots.len().saturating_mul(2).max(1024);
        let old = core::mem::replace(&mut self.slots, alloc::vec![(0, 0); size]);
        let mask = size.wrapping_sub(1);
        for slot in old.into_iter().filter(|slot| slot.1 != 0) {
            let mut at = slot.0 as usize & mask;
            while let Some(place) = self.slots.get_mut(at) {
                if place.1 == 0 {
                    *place = slot;
                    break;
                }
                at = at.wrapping_add(1) & mask;
            }
        }
    }
}
