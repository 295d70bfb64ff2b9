//! Unpacks the wasm that an entry holds as text, where its file cannot be read: LZMA that knows wasm. `shared/unpack.js` drives it.
//!
//! LZMA, since it makes the wasm 10 % smaller than zopfli's deflate, as much as Brotli does, and no browser hands out a Brotli that answers at
//! once. In wasm, since an engine runs wasm well from the first call on: 7 to 11 ms for the client's, where the same in JavaScript took 20 to 28,
//! and fflate's inflate 14. It is 1.7 KB of a page, and with `reorder.rs` saves 8 KB of a form and 35 of everything: 3 and 14 ms at 20 Mbit/s.
//!
//! The format is raw LZMA without an end mark, as `.lzma` has it behind its header, with `lp` = 0 and `pb` = 0, since wasm is not aligned, and with
//! another context: where LZMA goes by the highest bits of the byte before, this goes by the place within an instruction ([`Places`]), for literals and for
//! whether a match comes. That is 2.5 % less. The names are those of the LZMA specification, but for the tables, which it calls probability models.
//!
//! Its bytes stand as text, in [`CHARACTERS`]: each of the first [`SHORT`] is six bits, each other one seven. As many bits are what gzip writes for
//! them, so that a download has nothing more for being text, where base64 is half a percent, and 5 % more unpacked.

#![cfg_attr(target_arch = "wasm32", allow(unsafe_code))]

use std::slice::Iter;

/// Characters of the text, from [`FIRST`] on but for the two of [`LEFT_OUT`]: nothing that is escaped in a string, and no beginning or end of a
/// comment in HTML, which minifiers escape.
pub const CHARACTERS: u8 = 90;
pub const FIRST: u8 = b'#';
pub const LEFT_OUT: [u8; 2] = [b'>', b'\\'];
/// Characters that stand for six bits: so many that together they are all that seven bits can be.
pub const SHORT: u8 = 128 - CHARACTERS;

/// The states, of what came last: literals (up to 6), or a match.
pub const STATES: usize = 12;
pub const FIRST_AFTER_MATCH: usize = 7;

/// Where each table begins among the probabilities. Those of a length are two bits, then trees of 8, 8 and 256 leaves.
pub const IS_REP: usize = 0;
pub const IS_REP_OLDER: usize = IS_REP + STATES;
pub const IS_REP_THIRD: usize = IS_REP_OLDER + STATES;
pub const IS_REP_FOURTH: usize = IS_REP_THIRD + STATES;
pub const IS_REP_LONG: usize = IS_REP_FOURTH + STATES;
pub const DISTANCE_SLOT: usize = IS_REP_LONG + STATES;
pub const DISTANCE_SPECIAL: usize = DISTANCE_SLOT + 4 * 64;
pub const DISTANCE_ALIGN: usize = DISTANCE_SPECIAL + 115;
pub const LENGTH: usize = DISTANCE_ALIGN + 16;
pub const REP_LENGTH: usize = LENGTH + 2 + 8 + 8 + 256;
/// For each context: whether a match comes, and the literals.
pub const IS_MATCH: usize = REP_LENGTH + 2 + 8 + 8 + 256;
pub const LITERAL: usize = IS_MATCH + STATES * CONTEXTS;
/// Probabilities of the literals of a context.
pub const LITERALS: usize = 768;
/// A power of two, so that the remainder of an index by it costs nothing and no index is outside.
pub const PROBABILITIES: usize = 32768;

/// What the opcode before was, where one comes: those behind which others are likely.
const LOCAL_GET: u8 = 0;
const LOCAL_SET: u8 = 1;
const LOAD: u8 = 2;
const STORE: u8 = 3;
const CONSTANT: u8 = 4;
const CALL: u8 = 5;
const BRANCH: u8 = 6;
const ARITHMETIC: u8 = 7;
const COMPARISON: u8 = 8;
const OTHER: u8 = 9;
/// Where an operand comes: two places for each, its first byte and one behind another.
const OPERANDS: u8 = 10;
/// The places from here on have the context of the place twelve before: an operand of a local is like that of another, one of a store like a load's.
const LIKE_OTHERS: u8 = 22;
const CONTEXTS: usize = LIKE_OTHERS as usize;
const PLACES: usize = LIKE_OTHERS as usize + 6;
/// Where the operand of the first classes comes.
const OPERAND_OF: [u8; ARITHMETIC as usize] = [10, 22, 12, 24, 16, 18, 20];
/// What comes behind each operand: the opcode that it was of is the one before, or that of a load or a store has an offset behind its alignment.
const BEHIND: [u8; (PLACES - OPERANDS as usize) / 2] = [
    LOCAL_GET, 14, LOAD, CONSTANT, CALL, BRANCH, LOCAL_SET, 26, STORE,
];

/// Where the next byte stands, if the bytes were instructions from the first one on: the place of each, by the one before and its byte. What is no
/// instruction is read as if it were, and costs a little.
pub struct Places([u8; PLACES * 256]);

impl Places {
    #[must_use]
    pub fn new() -> Self {
        let mut next = [0; PLACES * 256];
        for (index, next) in next.iter_mut().enumerate() {
            let [byte, place, ..] = index.to_le_bytes();
            *next = place_after(place, byte);
        }
        Self(next)
    }

    #[must_use]
    pub fn after(&self, place: usize, byte: u8) -> usize {
        usize::from(self.0[(place << 8 | usize::from(byte)) % self.0.len()])
    }
}

impl Default for Places {
    fn default() -> Self {
        Self::new()
    }
}

fn place_after(place: u8, byte: u8) -> u8 {
    if place >= OPERANDS {
        return if byte >= 128 {
            place | 1
        } else {
            BEHIND[usize::from((place - OPERANDS) >> 1)]
        };
    }
    let class = match byte {
        0x20 => LOCAL_GET,
        0x21..=0x22 => LOCAL_SET,
        0x28..=0x35 => LOAD,
        0x36..=0x3e => STORE,
        0x41..=0x42 => CONSTANT,
        0x10..=0x11 => CALL,
        0x02..=0x04 | 0x0c..=0x0d | 0x23..=0x26 | 0x3f..=0x40 | 0xd0 | 0xd2 | 0xfc..=0xfd => BRANCH,
        0x6a..=0x78 => ARITHMETIC,
        0x45..=0x69 => COMPARISON,
        _ => OTHER,
    };
    OPERAND_OF.get(usize::from(class)).copied().unwrap_or(class)
}

/// The context of a place.
#[must_use]
pub fn context_of(place: usize) -> usize {
    if place >= CONTEXTS { place - 12 } else { place }
}

struct Decoder<'a> {
    input: Iter<'a, u8>,
    range: u32,
    code: u32,
    is_cut: bool,
    probabilities: [u16; PROBABILITIES],
}

impl Decoder<'_> {
    /// Functions are kept apart: an engine optimises small ones soonest.
    #[inline(never)]
    fn bit(&mut self, index: usize) -> usize {
        let probability = &mut self.probabilities[index % PROBABILITIES];
        let bound = (self.range >> 11) * u32::from(*probability);
        let bit = self.code >= bound;
        if bit {
            self.range -= bound;
            self.code -= bound;
            *probability -= *probability >> 5;
        } else {
            self.range = bound;
            *probability += (2048 - *probability) >> 5;
        }
        self.normalize();
        usize::from(bit)
    }

    fn normalize(&mut self) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            self.is_cut |= self.input.len() == 0;
            self.code = self.code << 8 | u32::from(self.input.next().copied().unwrap_or(0));
        }
    }

    #[inline(never)]
    fn tree(&mut self, table: usize, leaves: usize) -> usize {
        let mut node = 1;
        while node < leaves {
            node = node << 1 | self.bit(table + node);
        }
        node - leaves
    }

    /// The same, with the lowest bit first.
    #[inline(never)]
    fn reverse_tree(&mut self, table: usize, bits: usize) -> usize {
        let (mut node, mut value) = (1, 0);
        for place in 0..bits {
            let bit = self.bit(table + node);
            node = node << 1 | bit;
            value |= bit << place;
        }
        value
    }

    /// After a match the byte that would have gone on with it says what is likely, up to the first bit that is another.
    #[inline(never)]
    fn literal(&mut self, table: usize, expected: Option<u8>) -> u8 {
        let mut expected_bits = usize::from(expected.unwrap_or(0));
        let mut mask = if expected.is_some() { 256 } else { 0 };
        let mut node = 1;
        while node < 256 {
            expected_bits <<= 1;
            let likely = expected_bits & mask;
            let bit = self.bit(table + mask + likely + node);
            node = node << 1 | bit;
            mask &= if bit == 1 { likely } else { !likely };
        }
        node.to_le_bytes()[0]
    }

    #[inline(never)]
    fn length(&mut self, table: usize) -> usize {
        if self.bit(table) == 0 {
            2 + self.tree(table + 2, 8)
        } else if self.bit(table + 1) == 0 {
            10 + self.tree(table + 10, 8)
        } else {
            18 + self.tree(table + 18, 256)
        }
    }

    #[inline(never)]
    fn distance(&mut self, length: usize) -> usize {
        let slot = self.tree(DISTANCE_SLOT + 64 * (length - 2).min(3), 64);
        if slot < 4 {
            return slot + 1;
        }
        let bits = (slot >> 1) - 1;
        let base = (2 | slot & 1) << bits;
        if slot < 14 {
            return base + self.reverse_tree(DISTANCE_SPECIAL + base - slot, bits) + 1;
        }
        let mut direct = 0;
        for _ in 4..bits {
            self.range >>= 1;
            let bit = self.code >= self.range;
            if bit {
                self.code -= self.range;
            }
            direct = direct << 1 | usize::from(bit);
            self.normalize();
        }
        let low = self.reverse_tree(DISTANCE_ALIGN, 4);
        base.wrapping_add(direct << 4).wrapping_add(low + 1)
    }
}

/// Fills `output` with what was packed; says whether it was that much and the whole text, which is overwritten.
#[must_use]
pub fn unpack(text: &mut [u8], output: &mut [u8]) -> bool {
    let length = bytes_of(text);
    unpacked(&text[..length], output).is_some()
}

/// Puts the bytes that a text stands for in its place; how many these are.
fn bytes_of(text: &mut [u8]) -> usize {
    let (mut length, mut bits, mut count) = (0, 0_u32, 0);
    for at in 0..text.len() {
        let character = text[at];
        let [first, second] = LEFT_OUT.map(|left_out| u8::from(character > left_out));
        let index = character.wrapping_sub(FIRST + first + second);
        let (value, width) = if index < SHORT {
            (index, 6)
        } else {
            (index.wrapping_add(SHORT), 7)
        };
        bits = (bits << width).wrapping_add(u32::from(value));
        count += width;
        if count >= 8 {
            count -= 8;
            text[length] = (bits >> count).to_le_bytes()[0];
            length += 1;
        }
    }
    length
}

#[expect(
    clippy::large_stack_arrays,
    reason = "the stack of this wasm has a megabyte, and nothing else is on it"
)]
fn unpacked(input: &[u8], output: &mut [u8]) -> Option<()> {
    let ([0, code @ ..], rest) = input.split_first_chunk::<5>()? else {
        return None;
    };
    let mut decoder = Decoder {
        input: rest.iter(),
        range: u32::MAX,
        code: u32::from_be_bytes(*code),
        is_cut: false,
        probabilities: [1024; PROBABILITIES],
    };
    let mut at = 0;
    let mut state = 0;
    let places = Places::new();
    let mut place = 0;
    let mut distances = [1; 4];
    while at < output.len() {
        let was_literal = state < FIRST_AFTER_MATCH;
        let [last, second, third, fourth] = distances;
        let copied = |output: &[u8], at: usize| output.get(at.wrapping_sub(last)).copied();
        if decoder.bit(IS_MATCH + STATES * context_of(place) + state) == 0 {
            let expected = if was_literal {
                None
            } else {
                Some(copied(output, at)?)
            };
            output[at] = decoder.literal(LITERAL + LITERALS * context_of(place), expected);
            place = places.after(place, output[at]);
            at += 1;
            state = match state {
                0..4 => 0,
                4..10 => state - 3,
                _ => state - 6,
            };
            continue;
        }
        let length;
        if decoder.bit(IS_REP + state) == 0 {
            length = decoder.length(LENGTH);
            distances = [decoder.distance(length), last, second, third];
            state = if was_literal { 7 } else { 10 };
        } else {
            if decoder.bit(IS_REP_OLDER + state) == 0 {
                if decoder.bit(IS_REP_LONG + state) == 0 {
                    output[at] = copied(output, at)?;
                    place = places.after(place, output[at]);
                    at += 1;
                    state = if was_literal { 9 } else { 11 };
                    continue;
                }
            } else if decoder.bit(IS_REP_THIRD + state) == 0 {
                distances = [second, last, third, fourth];
            } else if decoder.bit(IS_REP_FOURTH + state) == 0 {
                distances = [third, last, second, fourth];
            } else {
                distances = [fourth, last, second, third];
            }
            length = decoder.length(REP_LENGTH);
            state = if was_literal { 8 } else { 11 };
        }
        for _ in 0..length {
            let byte = *output.get(at.wrapping_sub(distances[0]))?;
            *output.get_mut(at)? = byte;
            place = places.after(place, byte);
            at += 1;
        }
    }
    (decoder.code == 0 && !decoder.is_cut && decoder.input.len() == 0).then_some(())
}

/// [`unpack`], of parts of the memory.
///
/// # Safety
///
/// Both parts lie in the memory, apart from each other and from what the module itself has there.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlzma(
    text: *mut u8,
    length: usize,
    output: *mut u8,
    size: usize,
) -> bool {
    // SAFETY: that is the caller's to see to.
    let (text, output) = unsafe {
        (
            std::slice::from_raw_parts_mut(text, length),
            std::slice::from_raw_parts_mut(output, size),
        )
    };
    unpack(text, output)
}
