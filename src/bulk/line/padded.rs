//! A text that is compared sixteen bytes at a time.

use alloc::vec::Vec;

use crate::buffer::FIRST;
use crate::json::Block;

/// A text with room behind it, so that it can be read sixteen bytes at a time.
#[derive(Clone, Debug, Default)]
pub(in crate::bulk) struct Text {
    pub(in crate::bulk) bytes: Vec<u8>,
    pub(in crate::bulk) length: usize,
}

impl Text {
    pub(in crate::bulk) fn of(bytes: &[u8]) -> Self {
        let mut text = Self::default();
        text.push(bytes);
        text
    }

    pub(in crate::bulk) fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    pub(in crate::bulk) fn push(&mut self, bytes: &[u8]) {
        self.bytes.truncate(self.length);
        self.bytes.extend_from_slice(bytes);
        self.length = self.bytes.len();
        self.bytes.extend_from_slice(&[0; FIRST]);
    }

    pub(in crate::bulk) fn take(&mut self) -> Self {
        core::mem::take(self)
    }
}

/// Whether so many bytes are that text.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "asked of every cell; over a call it would go through memory"
)]
pub(in crate::bulk) fn is_same(text: &Text, from: &[u8], length: usize) -> bool {
    if text.length != length {
        return false;
    }
    let count = length.div_ceil(16);
    let blocks = (
        text.bytes.as_chunks().0.get(..count),
        from.as_chunks().0.get(..count),
    );
    let (Some(known), Some(blocks)) = blocks else {
        return false;
    };
    let (mut other, mut last) = (0, 0);
    for (known, block) in known.iter().zip(blocks) {
        other |= last;
        last = Block::from(known).same(Block::from(block)) ^ 0xFFFF;
    }
    let behind = count.wrapping_mul(16).wrapping_sub(length);
    other | last & 0xFFFF_u32 >> behind == 0
}
