//! The wasm as a JavaScript module: for the entries that initialise themselves synchronously wherever they run.

use std::fmt::Write;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A module whose default export is a `Uint8Array` of these bytes, and which makes another of its part that is loaded later.
pub fn module(name: &str, wasm: &[u8], bulk: Option<&[u8]>) -> String {
    let mut text = String::with_capacity((wasm.len() + bulk.map_or(0, <[u8]>::len)) * 4 / 3 + 512);
    // Writing to a String does not fail.
    let _ = write!(
        text,
        // Buffer for Node before 25, where the loop would take 2 ms; by way of globalThis, so that no bundler adds one of its own.
        // The text is there once, as an argument: Bun's bundler writes a constant out at each of its uses.
        "// {name}.wasm, for where a file cannot be loaded synchronously.\n\
         function decode(base64) {{\n\
         \x20 if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);\n\
         \x20 if (globalThis.Buffer) return globalThis.Buffer.from(base64, \"base64\");\n\
         \x20 const text = atob(base64);\n\
         \x20 const bytes = new Uint8Array(text.length);\n\
         \x20 for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);\n\
         \x20 return bytes;\n\
         }}\n\
         \n\
         export default decode(\"{}\");\n",
        base64(wasm)
    );
    if let Some(bulk) = bulk {
        let _ = writeln!(
            text,
            "export const bulk = () => decode(\"{}\");",
            base64(bulk)
        );
    }
    text
}

/// As the text of a module has it.
pub fn base64(bytes: &[u8]) -> String {
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
