//! The wasm as text, for the entries that have it with them wherever they run: deflated, so that base64 makes what is downloaded a
//! hundredth larger and not a third. `shared/inflate.js` is the other half.

use anyhow::Result;
use zopfli::{Format, Options};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A module whose default export is the text.
pub fn module(wasm: &[u8]) -> Result<String> {
    // 3 to 4 % less than zlib's best, once, here.
    let mut deflated = Vec::new();
    zopfli::compress(Options::default(), Format::Deflate, wasm, &mut deflated)?;
    Ok(format!("export default \"{}\";\n", base64(&deflated)))
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
