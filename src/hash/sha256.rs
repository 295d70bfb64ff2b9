//! SHA-256 (FIPS 180-4), by which names are derived from content.
//!
//! Written here for its size: 1.8 KB of wasm, where the `sha2` crate's is 9.0 (1.4 and 3.0 after gzip, measured). The tests
//! hold it to that crate. Nothing secret is hashed with it.

/// A hash that is fed piece by piece.
#[derive(Clone, Debug)]
pub struct Sha256 {
    state: [u32; 8],
    block: [u8; BLOCK],
    /// Bytes of the block that are filled; always fewer than [`BLOCK`].
    filled: usize,
    length: u64,
}

const BLOCK: usize = 64;

/// The fractions of the square roots of the first eight primes.
const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The fractions of the cube roots of the first 64 primes.
#[rustfmt::skip]
static ROUNDS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

impl Default for Sha256 {
    fn default() -> Self {
        Self {
            state: START,
            block: [0; BLOCK],
            filled: 0,
            length: 0,
        }
    }
}

impl Sha256 {
    /// Adds bytes.
    pub fn update(&mut self, mut bytes: &[u8]) {
        self.length = self.length.wrapping_add(bytes.len() as u64);
        if self.filled == 0 {
            // Whole blocks are read where they stand.
            let (blocks, rest) = bytes.as_chunks();
            for block in blocks {
                compress(&mut self.state, block);
            }
            bytes = rest;
        }
        while !bytes.is_empty() {
            let room = self.block.get_mut(self.filled..).unwrap_or_default();
            let (now, later) = bytes.split_at_checked(room.len()).unwrap_or((bytes, &[]));
            room.iter_mut().zip(now).for_each(|(to, from)| *to = *from);
            bytes = later;
            self.filled = self.filled.wrapping_add(now.len());
            if self.filled >= BLOCK {
                compress(&mut self.state, &self.block);
                self.filled = 0;
            }
        }
    }

    /// Adds a part so that it cannot run into the next one: its length, then its bytes.
    pub fn part(&mut self, bytes: &[u8]) {
        self.update(&(bytes.len() as u64).to_be_bytes());
        self.update(bytes);
    }

    /// The hash of all that was added.
    pub fn finish(mut self) -> [u8; 32] {
        let bits = self.length.wrapping_mul(8);
        self.update(&[0x80]);
        while self.filled != BLOCK.wrapping_sub(8) {
            self.update(&[0]);
        }
        self.update(&bits.to_be_bytes());

        let mut hash = [0; 32];
        let words = hash.as_chunks_mut::<4>().0;
        for (bytes, word) in words.iter_mut().zip(self.state) {
            *bytes = word.to_be_bytes();
        }
        hash
    }
}

/// The hash of some chunks, one after the other.
///
/// ```
/// use giftcard_partners::hash::sha256::sha256;
///
/// assert_eq!(sha256(&[b"ab", b"c"]), sha256(&[b"abc"]));
/// ```
pub fn sha256(chunks: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::default();
    for chunk in chunks {
        hash.update(chunk);
    }
    hash.finish()
}

#[expect(
    clippy::indexing_slicing,
    reason = "an index into sixteen words is masked by fifteen"
)]
#[expect(
    clippy::many_single_char_names,
    reason = "the standard's own names of the working variables"
)]
fn compress(state: &mut [u32; 8], block: &[u8; BLOCK]) {
    let mut words = [0_u32; 16];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks::<4>().0) {
        *word = u32::from_be_bytes(*bytes);
    }

    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (round, constant) in (0_usize..).zip(&ROUNDS) {
        let back = |places: usize| round.wrapping_sub(places) & 15;
        if round >= 16 {
            let (early, late) = (words[back(15)], words[back(2)]);
            let early = early.rotate_right(7) ^ early.rotate_right(18) ^ early >> 3;
            let late = late.rotate_right(17) ^ late.rotate_right(19) ^ late >> 10;
            words[back(16)] = words[back(16)]
                .wrapping_add(early)
                .wrapping_add(words[back(7)])
                .wrapping_add(late);
        }
        let turned = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let chosen = e & f ^ !e & g;
        let first = h
            .wrapping_add(turned)
            .wrapping_add(chosen)
            .wrapping_add(*constant)
            .wrapping_add(words[back(0)]);
        let turned = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = a & b ^ a & c ^ b & c;
        let second = turned.wrapping_add(majority);
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
    }
    // By reference: a loop over an array by value is one of calls.
    for (word, added) in state.iter_mut().zip(&[a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(*added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sha2::Digest;

    #[test]
    fn every_length_around_a_block_has_the_hash_of_the_sha2_crate() {
        for length in 0..200 {
            let bytes = vec![b'x'; length];

            let expected: [u8; 32] = sha2::Sha256::digest(&bytes).into();

            assert_eq!(sha256(&[&bytes]), expected, "{length}");
        }
    }

    proptest! {
        #[test]
        fn chunks_have_the_hash_of_what_they_are_together(
            chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..150), 0..6),
        ) {
            let expected: [u8; 32] = sha2::Sha256::digest(chunks.concat()).into();

            let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();

            prop_assert_eq!(sha256(&chunks), expected);
        }
    }
}
