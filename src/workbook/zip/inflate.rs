//! Inflating (RFC 1951), as fast as wasm does it: bits are taken from a word of 64, a symbol is one look into a table, and copies go by
//! sixteen bytes.
//!
//! All of the compressed bytes are there from the beginning, and what is written may go on a little behind what was asked for: so it stops
//! between two symbols alone, and goes on from there.

use alloc::vec;
use alloc::vec::Vec;

/// Bytes that are written behind those that were asked for, at most, and that must be there.
pub(super) const BEHIND: usize = 320;

/// Bits of a code, at most, and how many sizes codes have, with none.
const LONGEST: u32 = 15;
const SIZES: usize = 16;

/// Bits by which a code is looked up; those behind them are looked up in a second table.
const LITERAL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 10;
const SIZE_BITS: u32 = 7;

/// Entries of a table, with a second one for each two codes that are longer, as many as there can be.
const LITERALS: usize = (1 << LITERAL_BITS) + 143 * (1 << 4);
const DISTANCES: usize = (1 << DISTANCE_BITS) + 15 * (1 << 5);

/// What an entry says beside the bits that it takes: those in all, which are the lowest byte, and from bit 8 on those of its code alone. A
/// literal has its byte from bit 16 on, as a length and a distance have what is added to their extra bits.
const LITERAL: u32 = 1 << 31;
/// It is none of these.
const OTHER: u32 = 1 << 15;
/// It says where a second table begins, from bit 16 on.
const SECOND: u32 = OTHER | 1 << 14;
/// The block is over.
const END: u32 = OTHER | 1 << 13;
/// What no code is, or what has no meaning.
const INVALID: u32 = OTHER;

/// In which order the sizes of the codes of sizes stand.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before a block.
    Before,
    /// In one of so many bytes more, as they are.
    Stored(usize),
    /// In one of codes.
    Coded,
    /// Behind the last one.
    Ended,
}

/// What inflates.
pub(super) struct Inflater {
    bits: Bits,
    state: State,
    is_last: bool,
    literals: Vec<u32>,
    distances: Vec<u32>,
}

/// Bits that were taken out of the compressed bytes, the next one lowest.
#[derive(Clone, Copy, Default)]
struct Bits {
    word: u64,
    /// How many there are, and where the byte behind them stands; behind the last byte there are zeros.
    count: u32,
    at: usize,
}

#[expect(
    clippy::inline_always,
    reason = "a call for each would put the bits into memory"
)]
impl Bits {
    /// Takes in bits until there are 56 at least.
    #[inline(always)]
    fn fill(&mut self, input: &[u8]) {
        let next = input.get(self.at..).and_then(<[u8]>::first_chunk);
        if let Some(next) = next {
            self.word |= u64::from_le_bytes(*next) << (self.count & 63);
            let bytes = 63_u32.wrapping_sub(self.count) >> 3;
            self.at = self.at.wrapping_add(bytes as usize);
            self.count |= 0x38;
        } else {
            self.fill_at_the_end(input);
        }
    }

    #[cold]
    fn fill_at_the_end(&mut self, input: &[u8]) {
        while self.count < 56 {
            let byte = input.get(self.at).copied().unwrap_or_default();
            self.word |= u64::from(byte) << (self.count & 63);
            self.at = self.at.wrapping_add(1);
            self.count = self.count.wrapping_add(8);
        }
    }

    /// The next bits, so many at most; not all are taken.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
    const fn peek(&self, count: u32) -> u32 {
        self.word as u32 & (1_u32 << (count & 31)).wrapping_sub(1)
    }

    #[inline(always)]
    const fn pass(&mut self, count: u32) {
        self.word >>= count & 63;
        self.count = self.count.wrapping_sub(count);
    }

    /// Takes so many bits, which were [filled](Self::fill) before.
    #[inline(always)]
    const fn take(&mut self, count: u32) -> u32 {
        let bits = self.peek(count);
        self.pass(count);
        bits
    }

    /// Gives back whole bytes, and drops what is left of the one before them.
    const fn align(&mut self) {
        self.at = self.at.wrapping_sub((self.count >> 3) as usize);
        (self.word, self.count) = (0, 0);
    }

    /// Whether more were taken than there are.
    const fn is_over(&self, input: &[u8]) -> bool {
        self.at.wrapping_sub((self.count >> 3) as usize) > input.len()
    }
}

impl Inflater {
    pub(super) fn new() -> Self {
        Self {
            bits: Bits::default(),
            state: State::Before,
            is_last: false,
            literals: vec![INVALID; LITERALS],
            distances: vec![INVALID; DISTANCES],
        }
    }

    /// Goes back to the beginning.
    pub(super) fn restart(&mut self) {
        self.bits = Bits::default();
        self.state = State::Before;
        self.is_last = false;
    }

    /// Whether the last byte has been written.
    pub(super) fn has_ended(&self) -> bool {
        self.state == State::Ended
    }

    /// Inflates from a place of `out` on, behind all that was inflated before, or at least its last 32 KiB, until another place and a few bytes
    /// behind it, or until the end; where it has come to. Nothing where the compressed bytes are broken.
    pub(super) fn inflate(
        &mut self,
        input: &[u8],
        out: &mut [u8],
        from: usize,
        until: usize,
    ) -> Option<usize> {
        let mut at = from;
        while at < until {
            match self.state {
                State::Ended => break,
                State::Before if self.is_last => self.state = State::Ended,
                State::Before => self.begin(input)?,
                State::Stored(0) => self.state = State::Before,
                State::Stored(left) => {
                    let start = self.bits.at;
                    let count = left.min(until.wrapping_sub(at));
                    let bytes = input.get(start..start.checked_add(count)?)?;
                    let behind = at.wrapping_add(count);
                    out.get_mut(at..behind)?.copy_from_slice(bytes);
                    at = behind;
                    self.bits.at = start.wrapping_add(count);
                    self.state = State::Stored(left.wrapping_sub(count));
                }
                State::Coded => at = self.codes(input, out, at, until)?,
            }
            if self.bits.is_over(input) {
                return None;
            }
        }
        Some(at)
    }

    /// Begins with a block.
    fn begin(&mut self, input: &[u8]) -> Option<()> {
        self.bits.fill(input);
        self.is_last = self.bits.take(1) == 1;
        match self.bits.take(2) {
            0 => {
                self.bits.align();
                let [a, b, c, d] = *input.get(self.bits.at..)?.first_chunk()?;
                let length = u16::from_le_bytes([a, b]);
                if length != !u16::from_le_bytes([c, d]) {
                    return None;
                }
                self.bits.at = self.bits.at.wrapping_add(4);
                self.state = State::Stored(length.into());
            }
            1 => {
                let mut sizes = [8; 288];
                sizes.get_mut(144..256)?.fill(9);
                sizes.get_mut(256..280)?.fill(7);
                self.put_tables(&sizes, &[5; 32])?;
                self.state = State::Coded;
            }
            2 => {
                self.read_tables(input)?;
                self.state = State::Coded;
            }
            _ => return None,
        }
        Some(())
    }

    /// Reads the codes of a block.
    fn read_tables(&mut self, input: &[u8]) -> Option<()> {
        let literals = self.bits.take(5).wrapping_add(257) as usize;
        let distances = self.bits.take(5).wrapping_add(1) as usize;
        let count = self.bits.take(4).wrapping_add(4) as usize;
        if literals > 286 || distances > 30 {
            return None;
        }
        let mut sizes = [0; 19];
        for place in ORDER.iter().take(count) {
            self.bits.fill(input);
            *sizes.get_mut(*place)? = u8::try_from(self.bits.take(3)).ok()?;
        }
        let mut table = [0; 1 << SIZE_BITS];
        put_codes(&mut table, SIZE_BITS, &sizes, true, |size| size << 16)?;

        let mut sizes = [0; 286 + 30];
        let all = literals.wrapping_add(distances);
        let (mut at, mut last) = (0_usize, 0);
        while at < all {
            self.bits.fill(input);
            let entry = *table.get(self.bits.peek(SIZE_BITS) as usize)?;
            self.bits.pass(entry & 0xFF);
            let (size, count) = match entry >> 16 {
                size @ 0..=15 => (u8::try_from(size).ok()?, 1),
                16 if at == 0 => return None,
                16 => (last, self.bits.take(2).wrapping_add(3)),
                17 => (0, self.bits.take(3).wrapping_add(3)),
                _ => (0, self.bits.take(7).wrapping_add(11)),
            };
            let end = at.wrapping_add(count as usize);
            if end > all {
                return None;
            }
            sizes.get_mut(at..end)?.fill(size);
            (at, last) = (end, size);
        }
        let (literals, distances) = sizes.get(..all)?.split_at_checked(literals)?;
        self.put_tables(literals, distances)
    }

    fn put_tables(&mut self, literals: &[u8], distances: &[u8]) -> Option<()> {
        put_codes(
            self.literals.as_mut_slice(),
            LITERAL_BITS,
            literals,
            false,
            |symbol| match symbol {
                0..256 => LITERAL | symbol << 16,
                256 => END,
                257..265 => symbol.wrapping_sub(254) << 16,
                265..285 => {
                    let place = symbol.wrapping_sub(257);
                    let extra = (place >> 2).wrapping_sub(1);
                    let base = (4 | place & 3) << extra;
                    base.wrapping_add(3) << 16 | extra
                }
                285 => 258 << 16,
                _ => INVALID,
            },
        )?;
        put_codes(
            self.distances.as_mut_slice(),
            DISTANCE_BITS,
            distances,
            false,
            |symbol| match symbol {
                0..4 => symbol.wrapping_add(1) << 16,
                4..30 => {
                    let extra = (symbol >> 1).wrapping_sub(1);
                    let base = (2 | symbol & 1) << extra;
                    base.wrapping_add(1) << 16 | extra
                }
                _ => INVALID,
            },
        )
    }

    /// Inflates a block of codes, until a place of `out` at least or to its end; where that is.
    #[inline(never)]
    fn codes(&mut self, input: &[u8], out: &mut [u8], from: usize, until: usize) -> Option<usize> {
        let mut bits = self.bits;
        let mut at = from;
        let literals = self.literals.first_chunk::<LITERALS>()?;
        let distances = self.distances.first_chunk::<DISTANCES>()?;
        // Room for a literal and what may follow it, and for the longest copy.
        let out = out.get_mut(..until.checked_add(BEHIND)?)?;
        while at < until {
            bits.fill(input);
            let mut entry = look_up(literals, &bits, LITERAL_BITS)?;
            if entry & LITERAL != 0 {
                // Two at most, so that there are bits enough for the code behind them.
                bits.pass(entry & 0xFF);
                *out.get_mut(at)? = byte_of(entry);
                at = at.wrapping_add(1);
                entry = look_up(literals, &bits, LITERAL_BITS)?;
                if entry & LITERAL != 0 {
                    bits.pass(entry & 0xFF);
                    *out.get_mut(at)? = byte_of(entry);
                    at = at.wrapping_add(1);
                    continue;
                }
                bits.fill(input);
            }
            if entry & OTHER != 0 {
                if entry & END != END {
                    return None;
                }
                bits.pass(entry & 0xFF);
                self.state = State::Before;
                break;
            }
            let length = value_of(entry, &bits);
            bits.pass(entry & 0xFF);
            let entry = look_up(distances, &bits, DISTANCE_BITS)?;
            if entry & OTHER != 0 {
                return None;
            }
            let distance = value_of(entry, &bits);
            bits.pass(entry & 0xFF);
            copy(out, at, distance, length)?;
            at = at.wrapping_add(length);
        }
        self.bits = bits;
        Some(at)
    }
}

/// The entry of the next code.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call for each would put the bits into memory"
)]
fn look_up<const N: usize>(table: &[u32; N], bits: &Bits, first: u32) -> Option<u32> {
    let entry = *table.get(bits.peek(first) as usize)?;
    if entry & (LITERAL | SECOND) != SECOND {
        return Some(entry);
    }
    let behind = bits.peek(LONGEST) >> first;
    table
        .get((entry >> 16).wrapping_add(behind) as usize)
        .copied()
}

#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
const fn byte_of(entry: u32) -> u8 {
    (entry >> 16) as u8
}

/// What a length or a distance comes to with its extra bits.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call for each would put the bits into memory"
)]
const fn value_of(entry: u32, bits: &Bits) -> usize {
    let extra = bits.peek(entry & 0xFF) >> (entry >> 8 & 0xF);
    (entry >> 16).wrapping_add(extra) as usize
}

/// Writes so many bytes at a place that stand so far before it, and up to fifteen behind them.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "called in one place, for each code; over a call the bits would go through memory"
)]
fn copy(out: &mut [u8], at: usize, distance: usize, length: usize) -> Option<()> {
    let start = at.checked_sub(distance)?;
    let mut done = 0_usize;
    if distance >= 16 {
        while done < length {
            let chunk: [u8; 16] = *out.get(start.wrapping_add(done)..)?.first_chunk()?;
            *out.get_mut(at.wrapping_add(done)..)?.first_chunk_mut()? = chunk;
            done = done.wrapping_add(16);
        }
    } else {
        while done < length {
            let byte = *out.get(start.wrapping_add(done))?;
            *out.get_mut(at.wrapping_add(done))? = byte;
            done = done.wrapping_add(1);
        }
    }
    Some(())
}

/// Puts the codes of symbols of such sizes into a table; what each says is `entry_of` and its bits. Nothing where they are no codes: more than there
/// can be, or less than all, unless it is one of one bit, or none.
#[inline(never)]
fn put_codes(
    table: &mut [u32],
    first: u32,
    sizes: &[u8],
    is_whole: bool,
    entry_of: impl Fn(u32) -> u32,
) -> Option<()> {
    let mut counts = [0_u32; SIZES];
    for size in sizes {
        let count = counts.get_mut(usize::from(*size))?;
        *count = count.wrapping_add(1);
    }
    let mut next = [0_u32; SIZES];
    let (mut code, mut left, mut longest) = (0_u32, 1_u32, 0);
    for size in 1..SIZES {
        let count = *counts.get(size)?;
        code <<= 1;
        *next.get_mut(size)? = code;
        code = code.wrapping_add(count);
        left = (left << 1).checked_sub(count)?;
        if count > 0 {
            longest = size;
        }
    }
    if left > 0 && (is_whole || longest > 1) {
        return None;
    }
    let (firsts, seconds) = table.split_at_mut_checked(1 << first)?;
    firsts.fill(INVALID);
    let second_bits = LONGEST.wrapping_sub(first);
    // Where the next second table begins.
    let mut free = 0_usize;
    for (symbol, size) in (0_u32..).zip(sizes) {
        let size = u32::from(*size);
        if size == 0 {
            continue;
        }
        let code = next.get_mut(size as usize)?;
        let reversed = code.reverse_bits() >> 32_u32.wrapping_sub(size);
        *code = code.wrapping_add(1);
        let entry = entry_of(symbol);
        let entry = entry.wrapping_add(size << 8 | size);
        if size <= first {
            put(firsts, reversed, size, entry)?;
            continue;
        }
        let slot = firsts.get_mut((reversed & (1_u32 << first).wrapping_sub(1)) as usize)?;
        if *slot == INVALID {
            let begin = u32::try_from(free).ok()?.wrapping_add(1_u32 << first);
            *slot = SECOND | begin << 16;
            free = free.wrapping_add(1_usize << second_bits);
        }
        let begin = (*slot >> 16).wrapping_sub(1_u32 << first) as usize;
        let end = begin.wrapping_add(1_usize << second_bits);
        let second = seconds.get_mut(begin..end)?;
        put(second, reversed >> first, size.wrapping_sub(first), entry)?;
    }
    Some(())
}

/// Puts an entry wherever a code of so many bits is found.
fn put(table: &mut [u32], reversed: u32, size: u32, entry: u32) -> Option<()> {
    for slot in table
        .get_mut(reversed as usize..)?
        .iter_mut()
        .step_by(1_usize << size)
    {
        *slot = entry;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;
    use miniz_oxide::inflate::decompress_to_vec_with_limit;
    use proptest::prelude::*;

    /// More than any test writes.
    const MOST: usize = 200_000;

    /// All that is inflated, in steps of so many bytes.
    fn inflate(compressed: &[u8], step: usize) -> Option<Vec<u8>> {
        let mut inflater = Inflater::new();
        let mut out = Vec::new();
        let mut at = 0_usize;
        while !inflater.has_ended() {
            let until = at.saturating_add(step);
            out.resize(until.saturating_add(BEHIND), 0xAA);
            at = inflater.inflate(compressed, &mut out, at, until)?;
            if at > MOST {
                return None;
            }
        }
        out.truncate(at);
        Some(out)
    }

    /// Bytes as a sheet's XML has them, as noise has them, and the same one over and over.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            "<c r=\"[A-H][0-9]{1,5}\" t=\"s\"><v>[0-9]{1,6}</v></c>".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..300),
            (any::<u8>(), 1_usize..700).prop_map(|(byte, count)| vec![byte; count]),
            "[a-c]{0,40}".prop_map(String::into_bytes),
        ];
        (prop::collection::vec(piece, 0..60), 1_usize..4)
            .prop_map(|(pieces, times)| pieces.concat().repeat(times))
    }

    proptest! {
        #[test]
        fn what_was_compressed_is_inflated(bytes in bytes(), level in 0_u8..=10, step in 1_usize..5_000) {
            let mut compressed = compress_to_vec(&bytes, level);
            prop_assert_eq!(inflate(&compressed, step), Some(bytes.clone()));
            compressed.extend_from_slice(b"behind it");
            prop_assert_eq!(inflate(&compressed, step), Some(bytes));
        }

        #[test]
        fn what_is_broken_is_refused_as_it_is_elsewhere(
            bytes in bytes(),
            level in 0_u8..=10,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            end in any::<prop::sample::Index>(),
            is_cut in any::<bool>(),
        ) {
            let mut compressed = compress_to_vec(&bytes, level);
            for (place, byte) in changes {
                let place = place.index(compressed.len());
                compressed[place] ^= byte;
            }
            if is_cut {
                compressed.truncate(end.index(compressed.len()));
            }
            prop_assert_eq!(inflate(&compressed, 1_000), decompress_to_vec_with_limit(&compressed, MOST).ok());
        }

        #[test]
        fn random_bytes_are_refused_as_they_are_elsewhere(mut compressed in prop::collection::vec(any::<u8>(), 0..400), kind in 0_u8..3) {
            // Stored, or by codes of which the kind is known.
            if let Some(first) = compressed.first_mut() {
                *first = *first & !6 | kind << 1;
            }
            prop_assert_eq!(inflate(&compressed, 100), decompress_to_vec_with_limit(&compressed, MOST).ok());
        }
    }
}
