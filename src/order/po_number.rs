//! PO numbers made from content: the same parts name the same order, today and after a crash.
//!
//! They are in Crockford's base 32, which has no letters that people take for others (I, L, O, U).

use alloc::string::String;

use super::limits;
use crate::compose::{Compose, composed};
use crate::hash::base_text::push_base32;
use crate::hash::sha256::Sha256;

/// Characters of a PO number, unless the caller says otherwise.
pub const LENGTH: usize = 36;

/// Characters that are always kept of a hash: 80 bits.
const FEWEST: usize = 16;

/// Characters of a hash where there is room: 130 bits.
const MOST: usize = 26;

/// Derives a PO number from parts, of `A-Z`, `0-9` and `-`: the prefix, a hyphen where it does not end in one, and 80 to 130
/// bits of the parts' SHA-256.
///
/// A part is the same one in either spelling of its letters, composed or not, by the host's function.
///
/// Nothing where the prefix has another character, or where 80 bits do not fit behind it.
///
/// ```
/// use giftcard_partners::order::po_number::{LENGTH, derive_po_number};
///
/// use giftcard_partners::compose::as_written;
///
/// let name = derive_po_number(&["spring", "row 1"], "PO", LENGTH, as_written);
///
/// assert_eq!(name.as_deref(), Some("PO-7FGRAPJZXN33SMTNPMFW62BCH0"));
/// ```
pub fn derive_po_number(
    parts: &[&str],
    prefix: &str,
    max_length: usize,
    compose: Compose,
) -> Option<String> {
    let mut hash = Sha256::default();
    for part in parts {
        hash.part(composed(part, compose).as_bytes());
    }
    of_hash(&hash.finish(), prefix, max_length)
}

/// The PO number that a hash makes, by the same rules.
pub(crate) fn of_hash(hash: &[u8; 32], prefix: &str, max_length: usize) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    if !prefix.bytes().all(fits) {
        return None;
    }
    let mut name = String::from(prefix);
    if !prefix.is_empty() && !prefix.ends_with("-") {
        name.push('-');
    }
    let room = max_length
        .min(limits::IDENTIFIER)
        .checked_sub(name.len())
        .filter(|room| *room >= FEWEST)?;
    push_base32(&mut name, hash, room.min(MOST));
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::base_text::BASE32;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn nfc(text: &str) -> String {
        text.nfc().collect()
    }

    fn derived(parts: &[&str], prefix: &str, max_length: usize) -> Option<String> {
        derive_po_number(parts, prefix, max_length, nfc)
    }

    fn derive(parts: &[&str]) -> String {
        derived(parts, "", LENGTH).unwrap()
    }

    #[test]
    fn a_part_in_either_spelling_is_the_same_and_one_that_only_looks_like_it_is_not() {
        assert_eq!(derive(&["Noe\u{308}l"]), derive(&["No\u{eb}l"]));
        assert_ne!(derive(&["\u{fb01}rst"]), derive(&["first"]));
        assert_ne!(derive(&["\u{410}nn"]), derive(&["Ann"]));
    }

    #[test]
    fn where_one_part_ends_and_the_next_begins_counts() {
        assert_ne!(derive(&["ab", "c"]), derive(&["a", "bc"]));
        assert_ne!(derive(&["ab"]), derive(&["ab", ""]));
        assert_ne!(derive(&[]), derive(&[""]));
        assert_eq!(derive(&["ab", "c"]), derive(&["ab", "c"]));
    }

    #[test]
    fn eighty_bits_or_nothing() {
        assert_eq!(derived(&["a"], "", 16).unwrap().len(), 16);
        assert_eq!(derived(&["a"], "", 15), None);
        assert_eq!(derived(&["a"], "PO", 19).unwrap().len(), 19);
        assert_eq!(derived(&["a"], "PO", 18), None);
        assert_eq!(derived(&["a"], "PO-", 19).unwrap().len(), 19);
        assert_eq!(derived(&["a"], "", usize::MAX).unwrap().len(), 26);
        assert_eq!(derived(&["a"], &"P".repeat(300), usize::MAX), None);
    }

    #[test]
    fn a_prefix_has_capitals_digits_and_hyphens_only() {
        for bad in ["po", "P O", "PÖ", "P_", "P\n"] {
            assert_eq!(derived(&["a"], bad, LENGTH), None, "{bad}");
        }
    }

    #[test]
    fn base_32_is_the_bits_from_the_front() {
        let mut text = String::new();
        push_base32(
            &mut text,
            &[0b0000_0000, 0b0100_0100, 0b0011_1111, 0b1111_1110],
            7,
        );

        assert_eq!(text, "0123ZZG");
    }

    proptest! {
        #[test]
        fn a_longer_maximum_only_adds_characters(part in any::<String>(), length in 16_usize..60) {
            let short = derived(&[&part], "", length).unwrap();
            let long = derived(&[&part], "", 255).unwrap();

            prop_assert!(long.starts_with(&short));
            prop_assert!(long.bytes().all(|byte| BASE32.contains(&byte)));
        }
    }
}
