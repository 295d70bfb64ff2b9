//! Bytes as text: hexadecimal for hashes, base 32 for what people read, base64 for what is long.

use alloc::string::String;
use alloc::vec::Vec;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Crockford's, which has no letters that people take for others (I, L, O, U).
pub(crate) const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or_default());
        }
    }
    text
}

/// Adds so many characters of five bits each; a last one is filled up with zeros.
pub(crate) fn push_base32(text: &mut String, bytes: &[u8], characters: usize) {
    for place in 0..characters {
        let bit = place.saturating_mul(5);
        let byte = |index: usize| u16::from(bytes.get(index).copied().unwrap_or_default());
        let pair = byte(bit / 8) << 8 | byte((bit / 8).saturating_add(1));
        // The five bits that begin at `bit`: a pair of bytes has them all.
        let digit = pair >> (11_usize.wrapping_sub(bit % 8) & 15) & 31;
        let letter = BASE32.get(usize::from(digit)).copied();
        text.push(char::from(letter.unwrap_or_default()));
    }
}

/// Bytes in base64url, without padding (RFC 4648).
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(4).div_ceil(3));
    for three in bytes.chunks(3) {
        let mut group = 0_u32;
        for place in 0..3 {
            group = group << 8 | u32::from(three.get(place).copied().unwrap_or_default());
        }
        // A letter for each byte, and one more.
        let shifts = [18, 12, 6, 0].into_iter();
        for shift in shifts.take(three.len().saturating_add(1)) {
            let letter = BASE64.get((group >> shift & 63) as usize);
            text.push(char::from(letter.copied().unwrap_or_default()));
        }
    }
    text
}

/// The bytes that a text in base64url is; nothing where it is none.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len().saturating_mul(3) / 4);
    for four in text.as_bytes().chunks(4) {
        let mut group = 0_u32;
        for place in 0..4 {
            let value = match four.get(place) {
                Some(b'A'..=b'Z') => four.get(place)?.wrapping_sub(b'A'),
                Some(b'a'..=b'z') => four.get(place)?.wrapping_sub(b'a').wrapping_add(26),
                Some(b'0'..=b'9') => four.get(place)?.wrapping_sub(b'0').wrapping_add(52),
                Some(b'-') => 62,
                Some(b'_') => 63,
                Some(_) => return None,
                None => 0,
            };
            group = group << 6 | u32::from(value);
        }
        let [_, three @ ..] = group.to_be_bytes();
        bytes.extend(
            three
                .iter()
                .take(four.len().checked_sub(1).filter(|count| *count > 0)?),
        );
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("~~?", "fn4_"),
        ] {
            assert_eq!(base64(plain.as_bytes()), text);
        }
        for text in ["A", "Zm9vY", "Zg==", "Z g"] {
            assert_eq!(from_base64(text), None, "{text}");
        }
        assert_eq!(hex(&[0, 0xab]), "00ab");
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>) {
            prop_assert_eq!(from_base64(&base64(&bytes)), Some(bytes));
        }
    }
}
