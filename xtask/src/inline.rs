//! The wasm as text, for the entries that have it with them wherever they run, and the mark by which such an entry knows the file of that very wasm.
//!
//! The text is the mark, then the wasm, packed (`recode.rs`), in the characters of `unlzma`. The mark is a hash of the wasm, 9 bytes as base64, and
//! its size, 7 digits. The file is the wasm with a section behind it that ends with the mark. `shared/unpack.js` reads both.

use anyhow::Result;
use unlzma::{FIRST, LEFT_OUT, SHORT};

use crate::recode::packed;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A module whose default export is the text.
pub fn module(wasm: &[u8]) -> Result<String> {
    let text = mark(wasm) + &text_of(&packed(wasm)?);
    Ok(format!("export default \"{text}\";\n"))
}

/// The same of what unpacks the others.
pub fn module_of_unpacker(wasm: &[u8]) -> String {
    format!("export default \"{}\";\n", base64(wasm))
}

/// The wasm with its mark, as a section that engines skip.
pub fn marked(mut wasm: Vec<u8>) -> Vec<u8> {
    let mark = mark(&wasm);
    wasm.extend([0, 22, 2]);
    wasm.extend(b"id");
    wasm.extend(mark.bytes());
    wasm
}

fn mark(wasm: &[u8]) -> String {
    let mut hash = [0; 9];
    blake3::Hasher::new()
        .update(wasm)
        .finalize_xof()
        .fill(&mut hash);
    format!("{}{:07}", base64(&hash), wasm.len())
}

/// Bytes in the characters of `unlzma`.
fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut bytes = bytes.iter();
    loop {
        while count < 7 {
            let Some(byte) = bytes.next() else {
                break;
            };
            bits = bits << 8 | u32::from(*byte);
            count += 8;
        }
        if count == 0 {
            return text;
        }
        // What is missing of the last character are zeros.
        let seven = bits << 7 >> count & 127;
        let index = if seven >> 1 < u32::from(SHORT) {
            count = count.saturating_sub(6);
            seven >> 1
        } else {
            count = count.saturating_sub(7);
            seven - u32::from(SHORT)
        };
        text.push(character(index));
    }
}

fn character(index: u32) -> char {
    let all = (FIRST..).filter(|character| !LEFT_OUT.contains(character));
    all.map(char::from).nth(index as usize).unwrap_or_default()
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|index| chunk.get(index).copied().unwrap_or(0));
        let group = u32::from_be_bytes([0, a, b, c]);
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place)) & 63;
            let padding = place > chunk.len();
            text.push(if padding {
                '='
            } else {
                char::from(ALPHABET[digit as usize])
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of an alphabet of that many letters, of which some come again.
    fn sample(size: usize, letters: u64, seed: u64) -> Vec<u8> {
        let mut state = seed;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut bytes = Vec::new();
        while bytes.len() < size {
            let back = usize::try_from(next(40_000)).unwrap_or(0);
            if next(3) == 0 && back < bytes.len() {
                let start = bytes.len() - back - 1;
                for index in start..start + usize::try_from(next(300)).unwrap_or(0) {
                    bytes.push(bytes[index]);
                }
            } else {
                bytes.extend((0..next(20)).map(|_| u8::try_from(next(letters)).unwrap_or(0)));
            }
        }
        bytes
    }

    fn is_refused(text: &[u8], size: usize) -> bool {
        !unlzma::unpack(&mut text.to_vec(), &mut vec![0; size])
    }

    /// Bits of a character that has no such bits may be those of another.
    fn is_refused_or_the_same(text: &[u8], bytes: &[u8]) -> bool {
        let mut output = vec![0; bytes.len()];
        !unlzma::unpack(&mut text.to_vec(), &mut output) || output == bytes
    }

    fn packed_text(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(text_of(&packed(bytes)?).into_bytes())
    }

    #[test]
    fn what_is_packed_is_unpacked() -> Result<()> {
        let mut samples = vec![Vec::new(), vec![7], vec![0; 100_000], (0..=255).collect()];
        for seed in 0..40 {
            samples.push(sample(
                30_000,
                [2, 17, 256][usize::try_from(seed % 3)?],
                seed,
            ));
        }
        samples.push(sample(1_500_000, 256, 99));

        for (number, bytes) in samples.iter().enumerate() {
            let mut output = vec![0; bytes.len()];
            assert!(
                unlzma::unpack(&mut packed_text(bytes)?, &mut output),
                "{number}"
            );
            assert!(output == *bytes, "{number}");
        }
        Ok(())
    }

    #[test]
    fn what_is_cut_or_damaged_is_refused() -> Result<()> {
        let bytes = sample(5_000, 256, 1);
        let size = bytes.len();
        let text = packed_text(&bytes)?;

        // The last character may be zeros alone.
        for end in 0..text.len() - 1 {
            assert!(is_refused(&text[..end], size), "cut at {end}");
        }
        for (place, bit) in (0..text.len() - 1).flat_map(|place| [(place, 1), (place, 128)]) {
            let mut damaged = text.clone();
            damaged[place] ^= bit;
            assert!(is_refused_or_the_same(&damaged, &bytes), "{bit} at {place}");
        }
        assert!(is_refused(&text, size - 1));
        assert!(is_refused(&text, size + 1));
        assert!(is_refused(&[&text[..], b"##"].concat(), size));
        Ok(())
    }

    #[test]
    fn a_marked_wasm_ends_with_the_mark_that_its_text_begins_with() -> Result<()> {
        let wasm = sample(1_000, 256, 3);

        let file = marked(wasm.clone());

        assert_eq!(file.len(), wasm.len() + 24);
        let mark = mark(&wasm);
        assert!(mark.ends_with("0001000"), "{mark}");
        assert_eq!(file[file.len() - 19..], *mark.as_bytes());
        assert!(module(&wasm)?.starts_with(&format!("export default \"{mark}")));
        Ok(())
    }

    #[test]
    fn base64_agrees_with_the_rfc() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];

        for (plain, encoded) in cases {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
