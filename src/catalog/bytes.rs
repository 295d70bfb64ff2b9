//! Numbers and texts in the index: short ones are short, and nothing is read past the end.

use alloc::vec::Vec;

/// Writes a number, seven bits a byte, the lowest first (LEB128).
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Writes a text behind its length.
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// A place in the index. It is a plain value: a copy looks ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub(super) const fn left(self) -> usize {
        self.0.len()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// A number in its one shortest form: two spellings would be two hashes.
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        let mut shift = 0_u32;
        loop {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            let shifted = bits.checked_shl(shift)?;
            if shifted >> shift != bits || (byte == 0 && shift > 0) {
                return None;
            }
            number |= shifted;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift = shift.checked_add(7)?;
        }
    }

    /// The bytes behind a length.
    pub(super) fn slice(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (slice, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(slice)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        core::str::from_utf8(self.slice()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_comes_back_and_has_one_spelling(number: u64) {
            let mut out = Vec::new();
            put_number(&mut out, number);
            prop_assert_eq!(Cursor::new(&out).number(), Some(number));

            let last = out.last_mut().unwrap();
            *last |= 0x80;
            out.push(0);
            prop_assert_eq!(Cursor::new(&out).number(), None);
        }
    }

    #[test]
    fn a_length_past_the_end_is_no_text() {
        assert_eq!(Cursor::new(&[3, b'a', b'b']).text(), None);
        assert_eq!(Cursor::new(&[0xff; 12]).number(), None);
        assert_eq!(Cursor::new(&[2, 0xc3, 0x28]).text(), None);
    }
}
