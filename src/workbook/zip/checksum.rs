//! CRC-32 as ZIP has it: what tells a damaged amount from a whole one.

use alloc::boxed::Box;

/// The remainders of a byte with none to fifteen zero bytes behind it, so that sixteen bytes are taken at a time (as "slicing-by-8", Intel 2006).
#[derive(Debug)]
pub(in crate::workbook) struct Checksum {
    tables: Box<[[u32; 256]; 16]>,
    state: u32,
}

/// The polynomial, its lowest power first.
const POLYNOMIAL: u32 = 0xEDB8_8320;

impl Checksum {
    /// Of no bytes yet.
    pub(in crate::workbook) fn new() -> Self {
        let mut tables = Box::new([[0; 256]; 16]);
        let [first, rest @ ..] = &mut *tables;
        for (slot, byte) in first.iter_mut().zip(0_u32..) {
            let mut remainder = byte;
            for _ in 0..8 {
                let carry = (remainder & 1).wrapping_neg() & POLYNOMIAL;
                remainder = remainder >> 1 ^ carry;
            }
            *slot = remainder;
        }
        let mut before: &[u32; 256] = first;
        for table in rest {
            for (slot, remainder) in table.iter_mut().zip(before) {
                *slot = *remainder >> 8 ^ at(first, *remainder);
            }
            before = table;
        }
        Self {
            tables,
            state: u32::MAX,
        }
    }

    /// Takes more bytes.
    #[inline(never)]
    pub(in crate::workbook) fn add(&mut self, bytes: &[u8]) {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = &*self.tables;
        let mut state = self.state;
        let (words, tail) = bytes.as_chunks::<16>();
        for word in words {
            let word = u128::from_le_bytes(*word);
            let (first, second) = (low(word) ^ state, low(word >> 32));
            let (third, fourth) = (low(word >> 64), low(word >> 96));
            // Of the four, the first alone waits for the state.
            let behind = at(l, second)
                ^ at(k, second >> 8)
                ^ at(j, second >> 16)
                ^ at(i, second >> 24)
                ^ at(h, third)
                ^ at(g, third >> 8)
                ^ at(f, third >> 16)
                ^ at(e, third >> 24)
                ^ at(d, fourth)
                ^ at(c, fourth >> 8)
                ^ at(b, fourth >> 16)
                ^ at(a, fourth >> 24);
            state =
                at(p, first) ^ at(o, first >> 8) ^ at(n, first >> 16) ^ at(m, first >> 24) ^ behind;
        }
        for byte in tail {
            state = state >> 8 ^ at(a, state ^ u32::from(*byte));
        }
        self.state = state;
    }

    /// Of all bytes.
    pub(in crate::workbook) const fn value(&self) -> u32 {
        !self.state
    }
}

/// By the lowest byte.
#[inline]
fn at(table: &[u32; 256], index: u32) -> u32 {
    let [index, ..] = index.to_le_bytes();
    table.get(usize::from(index)).copied().unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
const fn low(word: u128) -> u32 {
    word as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_the_checksum_of_zip() {
        let mut checksum = Checksum::new();
        checksum.add(b"123456789");
        assert_eq!(checksum.value(), 0xCBF4_3926);
        assert_eq!(Checksum::new().value(), 0);
    }

    proptest! {
        #[test]
        fn sixteen_bytes_at_a_time_are_one_after_the_other(bytes in proptest::collection::vec(any::<u8>(), 0..100), cut in 0_usize..100) {
            let (before, behind) = bytes.split_at(cut.min(bytes.len()));
            let mut at_once = Checksum::new();
            at_once.add(before);
            at_once.add(behind);
            let mut in_turn = Checksum::new();
            for byte in &bytes {
                in_turn.add(&[*byte]);
            }
            prop_assert_eq!(at_once.value(), in_turn.value());
        }
    }
}
