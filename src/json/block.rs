//! Sixteen bytes at a time: questions about all of them at once, answered with a bit each.
//!
//! In wasm these are single instructions (`simd128`, which every engine of the last years has); elsewhere loops say the same,
//! and `tests/js/scanner.test.js` holds the shipped wasm to it.
//!
//! There is one `unsafe` in it, the load: sixteen bytes are read from a reference to sixteen bytes, and any bytes are a vector. Put
//! together from two words, which needs none, it was three instructions and a detour over the stack.

#![expect(
    clippy::inline_always,
    reason = "each is one instruction or a few, and the profile's \"s\" would call them: six times slower, and larger"
)]

/// Sixteen bytes of a text; behind its end they are zero.
#[derive(Clone, Copy)]
pub(crate) struct Block(imp::Bytes);

/// A set of ASCII characters: for each low half of a character, the high halves (a bit each) that go with it.
#[derive(Clone, Copy)]
pub(crate) struct Class([u8; 16]);

impl Class {
    /// The set of these characters.
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "computed by the compiler, which stops where this would"
    )]
    pub(crate) const fn of(characters: &[u8]) -> Self {
        let mut halves = [0; 16];
        let mut at = 0;
        while at < characters.len() {
            halves[(characters[at] & 15) as usize] |= 1 << (characters[at] >> 4);
            at += 1;
        }
        Self(halves)
    }
}

impl Block {
    /// The bytes from a place of a text on.
    #[inline(always)]
    pub(crate) fn at(text: &[u8], at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let end;
        // The bytes are chosen and then loaded: a vector that a call hands out goes over the stack, in every case.
        let bytes = if let Some(bytes) = rest.first_chunk::<16>() {
            bytes
        } else {
            end = padded(rest);
            &end
        };
        Self::from(bytes)
    }

    #[inline(always)]
    pub(crate) fn from(bytes: &[u8; 16]) -> Self {
        Self(imp::load(bytes))
    }

    /// Where this byte stands.
    #[inline(always)]
    pub(crate) fn equal(self, byte: u8) -> u32 {
        imp::equal(self.0, byte)
    }

    /// Where any of these bytes stands.
    #[inline(always)]
    pub(crate) fn among(self, bytes: [u8; 3]) -> u32 {
        imp::among(self.0, bytes)
    }

    /// Where one of these has the same byte.
    #[cfg(feature = "bulk")]
    #[inline(always)]
    pub(crate) fn same_as_any(self, a: Self, b: Self, c: Self) -> u32 {
        imp::same_as_any(self.0, a.0, b.0, c.0)
    }

    /// Where there is no ASCII, a character before that of `first`, or one of these.
    #[cfg(feature = "bulk")]
    #[inline(always)]
    pub(crate) fn outside(self, first: Self, a: Self, b: Self) -> u32 {
        imp::outside(self.0, first.0, a.0, b.0)
    }

    /// Where there is no ASCII.
    #[cfg(feature = "bulk")]
    #[inline(always)]
    pub(crate) fn high(self) -> u32 {
        imp::high(self.0)
    }

    /// Where there is this byte or a higher one.
    #[inline(always)]
    pub(crate) fn at_least(self, byte: u8) -> u32 {
        imp::at_least(self.0, byte)
    }

    /// Where the two have the same byte.
    #[inline(always)]
    pub(crate) fn same(self, other: Self) -> u32 {
        imp::same(self.0, other.0)
    }

    /// Where a run that JSON writes as it is ends: a quote, a backslash, a control character, or what is not ASCII.
    #[inline(always)]
    pub(crate) fn special(self) -> u32 {
        imp::special(self.0)
    }

    /// Where there is none of JSON's spaces.
    #[inline(always)]
    pub(crate) fn not_space(self) -> u32 {
        imp::not_space(self.0)
    }

    /// Where there is a character of the set.
    #[inline(always)]
    pub(crate) fn within(self, class: &Class) -> u32 {
        imp::within(self.0, &class.0)
    }
}

#[cold]
#[inline(never)]
fn padded(rest: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(rest)
        .for_each(|(slot, byte)| *slot = *byte);
    bytes
}

/// How many bytes stand before the first of these, or in all where there is none.
pub(super) fn distance(text: &[u8], byte: u8) -> usize {
    let mut at = 0_usize;
    while at < text.len() {
        let found = Block::at(text, at).equal(byte);
        if found != 0 {
            return at.wrapping_add(found.trailing_zeros() as usize);
        }
        at = at.wrapping_add(16);
    }
    text.len()
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use core::arch::wasm32::{
        i8x16_lt, i8x16_splat, u8x16, u8x16_bitmask, u8x16_eq, u8x16_ge, u8x16_ne, u8x16_shr,
        u8x16_splat, u8x16_swizzle, v128, v128_and, v128_load, v128_not, v128_or,
    };

    pub(super) type Bytes = v128;

    #[inline(always)]
    #[expect(
        unsafe_code,
        reason = "the reference is to sixteen bytes, which is what is read; v128_load asks for no alignment"
    )]
    pub(super) fn load(bytes: &[u8; 16]) -> Bytes {
        // SAFETY: see the reason above.
        unsafe { v128_load(bytes.as_ptr().cast()) }
    }

    #[inline(always)]
    fn bits(truth: v128) -> u32 {
        u32::from(u8x16_bitmask(truth))
    }

    #[inline(always)]
    fn is(bytes: Bytes, byte: u8) -> v128 {
        u8x16_eq(bytes, u8x16_splat(byte))
    }

    #[inline(always)]
    pub(super) fn equal(bytes: Bytes, byte: u8) -> u32 {
        bits(is(bytes, byte))
    }

    #[inline(always)]
    pub(super) fn among(bytes: Bytes, [a, b, c]: [u8; 3]) -> u32 {
        bits(v128_or(v128_or(is(bytes, a), is(bytes, b)), is(bytes, c)))
    }

    #[cfg(feature = "bulk")]
    #[inline(always)]
    pub(super) fn high(bytes: Bytes) -> u32 {
        bits(bytes)
    }

    #[inline(always)]
    pub(super) fn at_least(bytes: Bytes, byte: u8) -> u32 {
        bits(u8x16_ge(bytes, u8x16_splat(byte)))
    }

    #[inline(always)]
    pub(super) fn same(bytes: Bytes, other: Bytes) -> u32 {
        bits(u8x16_eq(bytes, other))
    }

    #[cfg(feature = "bulk")]
    #[inline(always)]
    pub(super) fn same_as_any(bytes: Bytes, a: Bytes, b: Bytes, c: Bytes) -> u32 {
        let either = v128_or(u8x16_eq(bytes, a), u8x16_eq(bytes, b));
        bits(v128_or(either, u8x16_eq(bytes, c)))
    }

    #[cfg(feature = "bulk")]
    #[inline(always)]
    pub(super) fn outside(bytes: Bytes, first: Bytes, a: Bytes, b: Bytes) -> u32 {
        let either = v128_or(u8x16_eq(bytes, a), u8x16_eq(bytes, b));
        // As signed numbers, what is not ASCII is below zero.
        bits(v128_or(i8x16_lt(bytes, first), either))
    }

    #[inline(always)]
    pub(super) fn special(bytes: Bytes) -> u32 {
        let special = v128_or(is(bytes, b'"'), is(bytes, b'\\'));
        // As signed numbers, what is not ASCII is below zero.
        let outside = v128_or(i8x16_lt(bytes, i8x16_splat(0x20)), is(bytes, 0x7F));
        bits(v128_or(special, outside))
    }

    #[inline(always)]
    pub(super) fn not_space(bytes: Bytes) -> u32 {
        let spaces = v128_or(is(bytes, b' '), is(bytes, b'\n'));
        let others = v128_or(is(bytes, b'\r'), is(bytes, b'\t'));
        bits(v128_not(v128_or(spaces, others)))
    }

    #[inline(always)]
    pub(super) fn within(bytes: Bytes, class: &[u8; 16]) -> u32 {
        // The bit of each high half; none from 0x80 on.
        let bit = u8x16(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
        let high = u8x16_swizzle(bit, u8x16_shr(bytes, 4));
        let low = u8x16_swizzle(load(class), v128_and(bytes, u8x16_splat(15)));
        bits(u8x16_ne(v128_and(high, low), u8x16_splat(0)))
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod imp {
    pub(super) type Bytes = [u8; 16];

    pub(super) const fn load(bytes: &[u8; 16]) -> Bytes {
        *bytes
    }

    fn bits(bytes: Bytes, holds: impl Fn(u8) -> bool) -> u32 {
        bytes.iter().rev().fold(0, |bits, byte| {
            bits.wrapping_shl(1) | u32::from(holds(*byte))
        })
    }

    pub(super) fn equal(bytes: Bytes, byte: u8) -> u32 {
        bits(bytes, |other| other == byte)
    }

    pub(super) fn at_least(bytes: Bytes, byte: u8) -> u32 {
        bits(bytes, |other| other >= byte)
    }

    pub(super) fn same(bytes: Bytes, other: Bytes) -> u32 {
        bytes.iter().zip(&other).rev().fold(0, |bits, (one, two)| {
            bits.wrapping_shl(1) | u32::from(one == two)
        })
    }

    pub(super) fn among(bytes: Bytes, wanted: [u8; 3]) -> u32 {
        bits(bytes, |byte| wanted.contains(&byte))
    }

    #[cfg(feature = "bulk")]
    pub(super) fn high(bytes: Bytes) -> u32 {
        bits(bytes, |byte| byte >= 0x80)
    }

    #[cfg(feature = "bulk")]
    pub(super) fn same_as_any(bytes: Bytes, a: Bytes, b: Bytes, c: Bytes) -> u32 {
        same(bytes, a) | same(bytes, b) | same(bytes, c)
    }

    #[cfg(feature = "bulk")]
    pub(super) fn outside(bytes: Bytes, first: Bytes, a: Bytes, b: Bytes) -> u32 {
        let [least, ..] = first;
        let beyond = bits(bytes, |byte| byte >= 0x80 || byte < least);
        beyond | same(bytes, a) | same(bytes, b)
    }

    pub(super) fn special(bytes: Bytes) -> u32 {
        bits(
            bytes,
            |byte| matches!(byte, b'"' | b'\\' | 0..0x20 | 0x7F..),
        )
    }

    pub(super) fn not_space(bytes: Bytes) -> u32 {
        bits(bytes, |byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
    }

    pub(super) fn within(bytes: Bytes, class: &[u8; 16]) -> u32 {
        bits(bytes, |byte| {
            let highs = class.get(usize::from(byte & 15)).copied().unwrap_or(0);
            byte < 0x80 && highs.wrapping_shr(u32::from(byte >> 4)) & 1 == 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_in_the_sets_that_it_belongs_to_and_in_no_other() {
        let class = Class::of(b"az09.@");
        for byte in 0..=u8::MAX {
            let block = Block::from(&[byte; 16]);
            let all = |holds: bool| if holds { 0xFFFF } else { 0 };

            assert_eq!(block.within(&class), all(b"az09.@".contains(&byte)));
            assert_eq!(block.equal(b'"'), all(byte == b'"'));
            assert_eq!(block.not_space(), all(!b" \n\r\t".contains(&byte)));
            let is_copied = (0x20..0x7F).contains(&byte) && byte != b'"' && byte != b'\\';
            assert_eq!(block.special(), all(!is_copied), "{byte}");
            let of = |byte: u8| Block::from(&[byte; 16]);
            let outside = block.outside(of(b' '), of(b'\\'), of(0x7F));
            assert_eq!(outside, all(!is_copied && byte != b'"'), "{byte}");
            let any = block.same_as_any(of(b'a'), of(b'9'), of(b'@'));
            assert_eq!(any, all(b"a9@".contains(&byte)), "{byte}");
            assert_eq!(block.high(), all(!byte.is_ascii()), "{byte}");
            assert_eq!(block.at_least(0xCC), all(byte >= 0xCC), "{byte}");
            assert_eq!(block.among(*b"a9@"), all(b"a9@".contains(&byte)), "{byte}");
        }
    }

    #[test]
    fn the_first_byte_is_the_lowest_bit_and_behind_the_end_there_is_nothing() {
        let block = Block::at(b"..\"a", 1);

        assert_eq!(block.equal(b'"'), 0b10);
        assert_eq!(block.equal(0), 0xFFF8);
        assert_eq!(block.same(Block::at(b".\"b", 0)), 0b1111_1111_1111_1011);
    }
}
