//! CRC-32 as ZIP has it: what tells a damaged amount from a whole one.

use alloc::boxed::Box;

/// The remainders of a byte with none to fifteen zero bytes behind it, so that sixteen bytes are taken at a time (as "slicing-by-8", Intel 2006).
#[derive(Debug)]
pub(in crate::workbook) struct Checksum {
    tables: Box<[Four; 4]>,
    state: u32,
}

/// Tables of four bytes, one behind the other.
type Four = [[u32; 256]; 4];

/// The polynomial, its lowest power first.
const POLYNOMIAL: u32 = 0xEDB8_8320;

impl Checksum {
    /// Of no bytes yet.
    pub(in crate::workbook) fn new() -> Self {
        let mut one = [0; 256];
        for (slot, byte) in one.iter_mut().zip(0_u32..) {
            let mut remainder = byte;
            for _ in 0..8 {
                let carry = (remainder & 1).wrapping_neg() & POLYNOMIAL;
                remainder = remainder >> 1 ^ carry;
            }
            *slot = remainder;
        }
        let mut tables = Box::new([[[0; 256]; 4]; 4]);
        let mut next = one;
        for table in tables.as_flattened_mut() {
            *table = next;
            for remainder in &mut next {
                *remainder = *remainder >> 8 ^ at(&one, *remainder);
            }
        }
        Self {
            tables,
            state: u32::MAX,
        }
    }

    /// Takes more bytes.
    #[inline(never)]
    pub(in crate::workbook) fn add(&mut self, bytes: &[u8]) {
        let [last, third, second, first] = &*self.tables;
        let mut state = self.state;
        let (words, tail) = bytes.as_chunks::<16>();
        for word in words {
            let word = u128::from_le_bytes(*word);
            // Of the four, the first alone waits for the state.
            let behind = of_four(second, low(word >> 32))
                ^ of_four(third, low(word >> 64))
                ^ of_four(last, low(word >> 96));
            state = of_four(first, low(word) ^ state) ^ behind;
        }
        let [one, ..] = last;
        for byte in tail {
            state = state >> 8 ^ at(one, state ^ u32::from(*byte));
        }
        self.state = state;
    }

    /// Of all bytes.
    pub(in crate::workbook) const fn value(&self) -> u32 {
        !self.state
    }
}

#[inline]
fn of_four([one, two, three, four]: &Four, word: u32) -> u32 {
    at(four, word) ^ at(three, word >> 8) ^ at(two, word >> 16) ^ at(one, word >> 24)
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
