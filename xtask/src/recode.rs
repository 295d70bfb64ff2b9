//! What `unlzma` reads: the matches that LZMA's encoder finds, written with the contexts of [`unlzma::Places`], which that encoder does not know.
//!
//! Reading and writing go the same way ([`Codec`]): who reads is told no step that is true, and who writes is answered with the step it gave.

use std::io::Write;

use anyhow::{Result, ensure};
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use unlzma::{
    DISTANCE_ALIGN, DISTANCE_SLOT, DISTANCE_SPECIAL, FIRST_AFTER_MATCH, IS_MATCH, IS_REP,
    IS_REP_LONG, IS_REP_OLDER, IS_REP_THIRD, LENGTH, LITERAL, LITERALS, PROBABILITIES, Places,
    REP_LENGTH, STATES, context_of,
};

/// Lengths of matches beyond which the encoder looks for no better one, and bits of the byte before that it goes by: which of them packs best
/// depends on the bytes.
const NICE_LENGTHS: [u32; 4] = [48, 64, 96, 128];
const CONTEXT_BITS: [u32; 2] = [3, 4];

/// The smallest of what unlzma makes these bytes of.
pub fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut smallest: Option<Vec<u8>> = None;
    for nice_len in NICE_LENGTHS {
        for context_bits in CONTEXT_BITS {
            let packed = written(bytes, &steps(bytes, nice_len, context_bits)?);
            if smallest
                .as_ref()
                .is_none_or(|smallest| packed.len() < smallest.len())
            {
                smallest = Some(packed);
            }
        }
    }
    Ok(smallest.unwrap_or_default())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Literal,
    Match {
        length: usize,
        distance: usize,
    },
    /// One byte at the last distance.
    ShortRep,
    /// At one of the four last distances.
    Rep {
        which: usize,
        length: usize,
    },
}

/// How LZMA's encoder goes through the bytes.
fn steps(bytes: &[u8], nice_len: u32, context_bits: u32) -> Result<Vec<Step>> {
    let options = LzmaOptions {
        dict_size: 1 << 24,
        lc: context_bits,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len,
        mf: MfType::Bt4,
        depth_limit: 0,
        preset_dict: None,
    };
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    writer.write_all(bytes)?;
    let packed = writer.finish()?;

    let mut codec = Codec::new(bytes, Contexts::OfLzma(context_bits), Reader::new(&packed)?);
    let mut steps = Vec::new();
    while codec.at < bytes.len() {
        steps.push(codec.step(Step::Literal));
    }
    Ok(steps)
}

fn written(bytes: &[u8], steps: &[Step]) -> Vec<u8> {
    let mut codec = Codec::new(bytes, Contexts::OfPlaces, Writer::default());
    for &step in steps {
        codec.step(step);
    }
    codec.bits.finish()
}

/// Reads bits, or writes those that it is given.
trait Bits {
    /// How likely a zero is, in 2048ths.
    fn bit(&mut self, probability: u16, wanted: usize) -> usize;
    /// One that is as likely a zero.
    fn direct(&mut self, wanted: usize) -> usize;
}

#[derive(Clone, Copy)]
enum Contexts {
    OfLzma(u32),
    OfPlaces,
}

struct Codec<'a, B> {
    bytes: &'a [u8],
    contexts: Contexts,
    bits: B,
    probabilities: Vec<u16>,
    at: usize,
    state: usize,
    places: Places,
    place: usize,
    distances: [usize; 4],
}

impl<'a, B: Bits> Codec<'a, B> {
    fn new(bytes: &'a [u8], contexts: Contexts, bits: B) -> Self {
        Self {
            bytes,
            contexts,
            bits,
            probabilities: vec![1024; PROBABILITIES],
            at: 0,
            state: 0,
            places: Places::new(),
            place: 0,
            distances: [1; 4],
        }
    }

    fn step(&mut self, wanted: Step) -> Step {
        let state = self.state;
        let was_literal = state < FIRST_AFTER_MATCH;
        let (of_match, of_literal) = match self.contexts {
            Contexts::OfLzma(bits) => {
                let before = self.at.checked_sub(1).map_or(0, |at| self.bytes[at]);
                (0, usize::from(before) >> (8 - bits))
            }
            Contexts::OfPlaces => (context_of(self.place), context_of(self.place)),
        };
        let is_literal = wanted == Step::Literal;
        if self.bit(IS_MATCH + STATES * of_match + state, !is_literal) == 0 {
            self.literal(LITERAL + LITERALS * of_literal, was_literal);
            self.pass(1);
            self.state = match state {
                0..4 => 0,
                4..10 => state - 3,
                _ => state - 6,
            };
            return Step::Literal;
        }
        let is_rep = matches!(wanted, Step::ShortRep | Step::Rep { .. });
        if self.bit(IS_REP + state, is_rep) == 0 {
            let (length, distance) = match wanted {
                Step::Match { length, distance } => (length, distance),
                _ => (2, 1),
            };
            let length = self.length(LENGTH, length);
            let distance = self.distance(length, distance);
            let [last, second, third, _] = self.distances;
            self.distances = [distance, last, second, third];
            self.state = if was_literal { 7 } else { 10 };
            self.pass(length);
            return Step::Match { length, distance };
        }
        let (which, length) = match wanted {
            Step::Rep { which, length } => (which, length),
            _ => (0, 2),
        };
        let which = if self.bit(IS_REP_OLDER + state, which > 0) == 0 {
            if self.bit(IS_REP_LONG + state, wanted != Step::ShortRep) == 0 {
                self.state = if was_literal { 9 } else { 11 };
                self.pass(1);
                return Step::ShortRep;
            }
            0
        } else if self.bit(IS_REP_THIRD + state, which > 1) == 0 {
            1
        } else {
            2 + self.bit(IS_REP_THIRD + STATES + state, which > 2)
        };
        self.distances[..=which].rotate_right(1);
        let length = self.length(REP_LENGTH, length);
        self.state = if was_literal { 8 } else { 11 };
        self.pass(length);
        Step::Rep { which, length }
    }

    fn pass(&mut self, length: usize) {
        for &byte in &self.bytes[self.at..self.at + length] {
            self.place = self.places.after(self.place, byte);
        }
        self.at += length;
    }

    fn bit(&mut self, index: usize, wanted: impl Into<bool>) -> usize {
        let probability = &mut self.probabilities[index];
        let bit = self.bits.bit(*probability, usize::from(wanted.into()));
        if bit == 1 {
            *probability -= *probability >> 5;
        } else {
            *probability += (2048 - *probability) >> 5;
        }
        bit
    }

    fn tree(&mut self, table: usize, leaves: usize, wanted: usize) -> usize {
        let mut node = 1;
        let mut place = leaves.ilog2();
        while node < leaves {
            place -= 1;
            node = node << 1 | self.bit(table + node, wanted >> place & 1 == 1);
        }
        node - leaves
    }

    fn reverse_tree(&mut self, table: usize, bits: usize, wanted: usize) -> usize {
        let (mut node, mut value) = (1, 0);
        for place in 0..bits {
            let bit = self.bit(table + node, wanted >> place & 1 == 1);
            node = node << 1 | bit;
            value |= bit << place;
        }
        value
    }

    fn literal(&mut self, table: usize, was_literal: bool) {
        let wanted = usize::from(self.bytes[self.at]);
        let (mut expected, mut mask) = (0, 0);
        if !was_literal {
            (expected, mask) = (usize::from(self.bytes[self.at - self.distances[0]]), 256);
        }
        let mut node = 1;
        for place in (0..8).rev() {
            expected <<= 1;
            let likely = expected & mask;
            let bit = self.bit(table + mask + likely + node, wanted >> place & 1 == 1);
            node = node << 1 | bit;
            mask &= if bit == 1 { likely } else { !likely };
        }
    }

    fn length(&mut self, table: usize, wanted: usize) -> usize {
        if self.bit(table, wanted >= 10) == 0 {
            2 + self.tree(table + 2, 8, wanted.wrapping_sub(2))
        } else if self.bit(table + 1, wanted >= 18) == 0 {
            10 + self.tree(table + 10, 8, wanted.wrapping_sub(10))
        } else {
            18 + self.tree(table + 18, 256, wanted.wrapping_sub(18))
        }
    }

    fn distance(&mut self, length: usize, wanted: usize) -> usize {
        let wanted = wanted - 1;
        let slot = if wanted < 4 {
            wanted
        } else {
            let highest = wanted.ilog2() as usize;
            highest << 1 | wanted >> (highest - 1) & 1
        };
        let slot = self.tree(DISTANCE_SLOT + 64 * (length - 2).min(3), 64, slot);
        if slot < 4 {
            return slot + 1;
        }
        let bits = (slot >> 1) - 1;
        let base = (2 | slot & 1) << bits;
        let rest = wanted.wrapping_sub(base);
        if slot < 14 {
            return base + self.reverse_tree(DISTANCE_SPECIAL + base - slot, bits, rest) + 1;
        }
        let mut direct = 0;
        for place in (4..bits).rev() {
            direct = direct << 1 | self.bits.direct(rest >> place & 1);
        }
        base + (direct << 4) + self.reverse_tree(DISTANCE_ALIGN, 4, rest & 15) + 1
    }
}

/// The range decoder.
struct Reader<'a> {
    input: &'a [u8],
    range: u32,
    code: u32,
}

impl<'a> Reader<'a> {
    fn new(packed: &'a [u8]) -> Result<Self> {
        let mut reader = Self {
            input: packed,
            range: u32::MAX,
            code: 0,
        };
        ensure!(reader.next() == 0, "LZMA begins with a zero");
        for _ in 0..4 {
            reader.code = reader.code << 8 | reader.next();
        }
        Ok(reader)
    }

    fn next(&mut self) -> u32 {
        self.input
            .split_off_first()
            .map_or(0, |&byte| u32::from(byte))
    }

    fn normalize(&mut self) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            self.code = self.code << 8 | self.next();
        }
    }
}

impl Bits for Reader<'_> {
    fn bit(&mut self, probability: u16, _: usize) -> usize {
        let bound = (self.range >> 11) * u32::from(probability);
        let bit = self.code >= bound;
        if bit {
            self.range -= bound;
            self.code -= bound;
        } else {
            self.range = bound;
        }
        self.normalize();
        usize::from(bit)
    }

    fn direct(&mut self, _: usize) -> usize {
        self.range >>= 1;
        let bit = self.code >= self.range;
        if bit {
            self.code -= self.range;
        }
        self.normalize();
        usize::from(bit)
    }
}

/// The range encoder.
struct Writer {
    output: Vec<u8>,
    low: u64,
    range: u32,
    /// The last byte, and how many of 255 come behind it: a carry may still change them.
    last: u8,
    pending: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            output: Vec::new(),
            low: 0,
            range: u32::MAX,
            last: 0,
            pending: 0,
        }
    }
}

impl Writer {
    fn normalize(&mut self) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    fn shift(&mut self) {
        let [low @ .., highest, carry, _, _, _] = self.low.to_le_bytes();
        if highest < 255 || carry == 1 {
            self.output.push(self.last.wrapping_add(carry));
            let filler = 255_u8.wrapping_add(carry);
            self.output
                .extend(std::iter::repeat_n(filler, self.pending));
            self.pending = 0;
            self.last = highest;
        } else {
            self.pending += 1;
        }
        let [a, b, c] = low;
        self.low = u64::from(u32::from_le_bytes([0, a, b, c]));
    }

    fn finish(mut self) -> Vec<u8> {
        for _ in 0..5 {
            self.shift();
        }
        self.output
    }
}

impl Bits for Writer {
    fn bit(&mut self, probability: u16, wanted: usize) -> usize {
        let bound = (self.range >> 11) * u32::from(probability);
        if wanted == 1 {
            self.low += u64::from(bound);
            self.range -= bound;
        } else {
            self.range = bound;
        }
        self.normalize();
        wanted
    }

    fn direct(&mut self, wanted: usize) -> usize {
        self.range >>= 1;
        if wanted == 1 {
            self.low += u64::from(self.range);
        }
        self.normalize();
        wanted
    }
}
