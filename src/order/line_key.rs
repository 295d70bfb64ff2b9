//! What a line is about, as 64 bits: a hash of its product and its recipient, to tell lines of one order apart. It proves nothing.

#![expect(
    clippy::inline_always,
    reason = "each is a few instructions, asked of every line: a call for them takes longer than they do"
)]

/// What a line is about: a hash of its product and its recipient.
pub(super) type Key = u64;

/// The key of a line, in which case does not count: that is how the comparison after a 409 reads these fields too.
///
/// Sixteen bytes at a time: byte by byte this took as long as checking the line.
pub(super) fn key(product: &[u8], email: &[u8], sms: &[u8]) -> Key {
    let key = mixed_text(mixed_text(0, product), email);
    if sms.is_empty() {
        return key;
    }
    mixed_text(key, sms)
}

/// The length counts as well, so that no text runs into the next one. What is left behind the last sixteen bytes is read with some of those
/// once more: no byte is read by itself.
fn mixed_text(key: Key, text: &[u8]) -> Key {
    let mut key = key ^ (text.len() as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    let (blocks, rest) = text.as_chunks::<16>();
    let mut blocks = blocks.iter();
    let mut is_left = !rest.is_empty() || text.is_empty();
    // One place for the step, which is long.
    loop {
        let words = match blocks.next() {
            Some(block) => halves(block),
            None if is_left => {
                is_left = false;
                ends(text)
            }
            None => return key,
        };
        key = mixed(key, words);
    }
}

/// The first and the last bytes of a text, as many as there are, up to sixteen; of a longer one the last sixteen.
fn ends(text: &[u8]) -> (u64, u64) {
    if let Some(last) = text.last_chunk() {
        return halves(last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let word = |bytes| u64::from(u32::from_le_bytes(bytes));
        return (word(*first), word(*last));
    }
    let word = |byte: Option<&u8>| byte.copied().map_or(0, u64::from);
    let middle = word(text.get(1)).wrapping_shl(8);
    (word(text.first()) | middle, word(text.last()))
}

#[inline(always)]
fn halves(block: &[u8; 16]) -> (u64, u64) {
    let block = u128::from_le_bytes(*block);
    #[expect(clippy::cast_possible_truncation, reason = "the half that is meant")]
    (block as u64, (block >> 64) as u64)
}

/// One step for two words: only one of the two multiplications has to wait for the step before.
#[inline(always)]
const fn mixed(hash: u64, (one, two): (u64, u64)) -> u64 {
    // Turned by half, since what is in both words must not cancel out.
    let two = lowercase(two)
        .wrapping_mul(0x8EBC_6AF0_9C88_C6E3)
        .rotate_left(32);
    let product = (hash ^ lowercase(one) ^ two).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product.wrapping_shr(29)
}

/// Eight bytes with their ASCII capitals as small letters.
#[inline(always)]
const fn lowercase(word: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const TO_A: u64 = u64::from_ne_bytes([0x80 - b'A'; 8]);
    const TO_Z: u64 = u64::from_ne_bytes([0x7F - b'Z'; 8]);

    // Of each byte without its highest bit: it becomes set from `A` on, and from behind `Z` on.
    let low = word & !HIGH;
    let from_a = low.wrapping_add(TO_A);
    let behind_z = low.wrapping_add(TO_Z);
    let capitals = (from_a ^ behind_z) & HIGH & !word;
    word | capitals.wrapping_shr(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(product: &str, email: &str, sms: &str) -> Key {
        key(product.as_bytes(), email.as_bytes(), sms.as_bytes())
    }

    #[test]
    fn case_does_not_make_another_line_but_where_a_text_ends_does() {
        assert_eq!(
            key_of("CVS", "Ann@Example.com", ""),
            key_of("cvs", "ann@example.COM", "")
        );
        assert_ne!(key_of("CVS", "a@b", ""), key_of("CVSa", "@b", ""));
        assert_ne!(key_of("CVS", "", "+1"), key_of("CVS", "+1", ""));
    }

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        for byte in 0..=u8::MAX {
            let bytes = [byte, b'A', byte, b'Z', b'[', byte, b'@', byte];
            let small = bytes.map(|byte| byte.to_ascii_lowercase());

            assert_eq!(lowercase(u64::from_le_bytes(bytes)).to_le_bytes(), small);
        }
    }

    #[test]
    fn each_byte_of_a_text_counts() {
        let of = |text: &[u8]| key(text, b"", b"");

        for length in 1..40 {
            let text: Vec<u8> = (0..length).collect();
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 0x80;
                assert_ne!(of(&other), of(&text), "{at} of {length}");
                assert_ne!(of(&text[..at]), of(&text));
            }
        }
    }
}
