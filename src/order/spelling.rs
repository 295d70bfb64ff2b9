//! The known name that an unknown one was probably meant to be.

use alloc::vec::Vec;

/// What an unknown name is to the known ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// A known name in another case, which the server reads as that name.
    OtherCase(&'static str),
    /// A few letters off a known name.
    Near(&'static str),
    /// Like none.
    Unknown,
}

/// Longer names are not compared letter by letter.
const LONGEST: usize = 40;

/// Returns whether a name is near is only asked where somebody will read it: it takes its time.
pub(super) fn spelling(
    name: &str,
    known: impl Iterator<Item = &'static str> + Clone,
    asks_for_near: bool,
) -> Spelling {
    if let Some(same) = known.clone().find(|known| known.eq_ignore_ascii_case(name)) {
        return Spelling::OtherCase(same);
    }
    if !asks_for_near || name.len() > LONGEST {
        return Spelling::Unknown;
    }
    known
        .map(|known| (distance(name, known), known))
        .filter(|(distance, known)| *distance <= known.len().div_ceil(4))
        .min_by_key(|(distance, _)| *distance)
        .map_or(Spelling::Unknown, |(_, known)| Spelling::Near(known))
}

/// The nearest of some names: fewer letters off than a quarter of it.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .filter_map(|known| letters_off(name, known).map(|distance| (distance, known)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Returns how many letters a name is off another; nothing where these are more than a quarter of it.
pub(crate) fn letters_off(name: &str, known: &str) -> Option<usize> {
    let allowed = known.len().div_ceil(4);
    // A length that is further off spares the comparison.
    let possible = name.len() <= LONGEST && name.len().abs_diff(known.len()) <= allowed;
    possible
        .then(|| distance(name, known))
        .filter(|distance| *distance <= allowed)
}

/// Levenshtein's distance, ignoring case and the characters that words are joined with.
fn distance(a: &str, b: &str) -> usize {
    let letters = |text: &str| {
        let mut letters = Vec::with_capacity(text.len());
        for byte in text.bytes() {
            if !matches!(byte, b'_' | b'-' | b' ') {
                letters.push(byte.to_ascii_lowercase());
            }
        }
        letters
    };
    let (a, b) = (letters(a), letters(b));
    let mut row = Vec::with_capacity(b.len().saturating_add(1));
    for place in 0..=b.len() {
        row.push(place);
    }
    for (above, letter) in (1_usize..).zip(&a) {
        let mut diagonal = above.saturating_sub(1);
        let mut left = above;
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = above;
        }
        for (cell, other) in cells.zip(&b) {
            let swapped = diagonal.saturating_add(usize::from(letter != other));
            diagonal = *cell;
            left = swapped
                .min(diagonal.saturating_add(1))
                .min(left.saturating_add(1));
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["ProductId", "Value", "Quantity", "PONumber"];

    #[test]
    fn an_unknown_name_is_matched_with_the_nearest_known_one() {
        for (name, expected) in [
            ("PoNumber", Spelling::OtherCase("PONumber")),
            ("quantity", Spelling::OtherCase("Quantity")),
            ("PO_Number", Spelling::Near("PONumber")),
            ("ProductID2", Spelling::Near("ProductId")),
            ("Quantitty", Spelling::Near("Quantity")),
            ("Valeu", Spelling::Near("Value")),
            ("Reference", Spelling::Unknown),
            ("", Spelling::Unknown),
        ] {
            assert_eq!(spelling(name, KNOWN.into_iter(), true), expected, "{name}");
        }
    }
}
