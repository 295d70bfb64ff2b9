//! Everything that looks random in the sandbox: ids, tokens, claim links.
//!
//! A seeded stream (SplitMix64), so that a run can be repeated to the byte. It must never be taken for a secret: who knows
//! the seed knows it all.

use alloc::string::String;

const ID_SYMBOLS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TOKEN_SYMBOLS: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A stream of numbers that its seed determines.
#[derive(Clone, Debug)]
pub(super) struct Seeded(u64);

impl Seeded {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream that belongs to one thing among many, such as one card of one line, whatever was drawn before.
    pub(super) fn of(seed: u64, parts: [u64; 2]) -> Self {
        let mut stream = Self(seed);
        for part in parts {
            stream = Self(stream.next() ^ part);
        }
        Self(stream.next())
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// An opaque id: lower-case letters and digits.
    pub(super) fn id(&mut self, length: usize) -> String {
        self.text(ID_SYMBOLS, length)
    }

    /// A text of the URL-safe Base64 alphabet.
    pub(super) fn token(&mut self, length: usize) -> String {
        self.text(TOKEN_SYMBOLS, length)
    }

    fn text<const N: usize>(&mut self, symbols: &[u8; N], length: usize) -> String {
        let symbols = symbols.as_slice();
        (0..length)
            .filter_map(|_| {
                let draw = usize::try_from(self.next() >> 40).ok()?;
                symbols.get(draw.checked_rem(symbols.len())?)
            })
            .map(|symbol| char::from(*symbol))
            .collect()
    }
}
