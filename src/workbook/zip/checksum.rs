//! CRC-32 as ZIP has it: what tells a damaged amount from a whole one.

use alloc::boxed::Box;

/// The remainders of a byte with none to seven zero bytes behind it, so that eight bytes are taken at a time ("slicing-by-8", Intel 2006).
#[derive(Debug)]
pub(in crate::workbook) struct Checksum {
    tables: Box<[[u32; 256]; 8]>,
    state: u32,
}

/// The polynomial, its lowest power first.
const POLYNOMIAL: u32 = 0xEDB8_8320;

impl Checksum {
    /// Of no bytes yet.
    pub(in crate::workbook) fn new() -> Self {
        let mut tables = Box::new([[0; 256]; 8]);
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
    pub(in crate::workbook) fn add(&mut self, bytes: &[u8]) {
        let [one, two, three, four, five, six, seven, eight] = &*self.tables;
        let mut state = self.state;
        let (words, tail) = bytes.as_chunks::<8>();
        for word in words {
            let word = u64::from_le_bytes(*word) ^ u64::from(state);
            let (low, high) = (low(word), low(word >> 32));
            state = at(eight, low)
                ^ at(seven, low >> 8)
                ^ at(six, low >> 16)
                ^ at(five, low >> 24)
                ^ at(four, high)
                ^ at(three, high >> 8)
                ^ at(two, high >> 16)
                ^ at(one, high >> 24);
        }
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

/// By the lowest byte.
#[inline]
fn at(table: &[u32; 256], index: u32) -> u32 {
    let [index, ..] = index.to_le_bytes();
    table.get(usize::from(index)).copied().unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
const fn low(word: u64) -> u32 {
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
        fn eight_bytes_at_a_time_are_one_after_the_other(bytes in proptest::collection::vec(any::<u8>(), 0..100), cut in 0_usize..100) {
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
