//! Texts that were written in one encoding and read in another: `JosÃ©` of `José`.

use crate::json::Block;

/// Whether a text surely was read in another encoding than it was written in: it has the character U+FFFD, or letters that together are the
/// bytes of one in UTF-8.
///
/// ```
/// use giftcard_partners::order::format::is_garbled;
///
/// assert!(is_garbled("JosÃ©"));
/// assert!(!is_garbled("JOÃO"));
/// ```
pub fn is_garbled(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut start = 0_usize;
    while start < bytes.len() {
        // All that a garbled letter begins with is a character that begins with one of these, as no other byte of a character is.
        let mut leads = Block::at(bytes, start).among([0xC3, 0xE2, 0xEF]);
        while leads != 0 {
            let at = start.wrapping_add(leads.trailing_zeros() as usize);
            leads &= leads.wrapping_sub(1);
            if may_begin(bytes, at) && begins(text, at) {
                return true;
            }
        }
        start = start.wrapping_add(16);
    }
    false
}

/// Whether a garbled letter may begin with the character at a place; nearly always a letter with an accent beside one without.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "it is asked of each letter with an accent, and says no"
)]
fn may_begin(text: &[u8], at: usize) -> bool {
    let next = text.get(at.wrapping_add(1)).copied().unwrap_or_default();
    let after = text.get(at.wrapping_add(2)).copied().unwrap_or_default();
    match text.get(at) {
        Some(0xC3) => after >= 0x80,
        // U+221A, U+251C and U+252C.
        Some(0xE2) => matches!((next, after), (0x88, 0x9A) | (0x94, 0x9C | 0xAC)),
        _ => (next, after) == (0xBF, 0xBD),
    }
}

/// Whether a garbled letter begins at a place.
#[cold]
#[inline(never)]
fn begins(text: &str, at: usize) -> bool {
    let mut characters = text.get(at..).unwrap_or_default().chars();
    let mut next = || characters.next().unwrap_or_default();
    let character = next();
    match character {
        '\u{fffd}' => true,
        // UTF-8 read as the code pages of a Mac and of DOS.
        '√' | '├' | '┬' => !next().is_ascii(),
        _ => match windows_1252(character) {
            // A quotation mark may follow any letter; and a word may end in one of them: « CAFÉ».
            0xC2..=0xDF => {
                let mark = next();
                is_continuation(mark)
                    && (character == 'Ã' || mark != '»')
                    && !matches!(mark, '’' | '”')
            }
            0xE0..=0xEF => {
                let (mark, last) = (next(), next());
                is_continuation(mark) && is_continuation(last) && !matches!(mark, '’' | '”' | '»')
            }
            0xF0..=0xF4 => [next(), next(), next()].into_iter().all(is_continuation),
            _ => false,
        },
    }
}

/// Whether a garbled letter may begin with a character, where this one stands behind it; false is sure.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "nearly always the first comparison says no"
)]
pub(crate) fn may_garble(before: char, mark: char) -> bool {
    matches!(before, 'Â'..='ô')
        && is_continuation(mark)
        && (before >= 'ð' || !matches!(mark, '’' | '”'))
        || matches!(before, '√' | '├' | '┬')
}

/// Whether a character stands for a byte that only continues one in UTF-8.
fn is_continuation(character: char) -> bool {
    matches!(windows_1252(character), 0x80..=0xBF)
}

/// The byte of a character in Windows-1252, which is what is taken for Latin 1; zero where it has none.
fn windows_1252(character: char) -> u8 {
    match character {
        // Which of them it is does not matter: all are from 80 to 9F.
        '€' | '‚' | 'ƒ' | '„' | '…' | '†' | '‡' | 'ˆ' | '‰' | 'Š' | '‹' | 'Œ' | 'Ž' | '‘' | '’'
        | '“' | '”' | '•' | '–' | '—' | '˜' | '™' | 'š' | '›' | 'œ' | 'ž' | 'Ÿ' => {
            0x80
        }
        _ => u8::try_from(character).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as Windows-1252 shows its bytes in UTF-8.
    fn garbled(text: &str) -> String {
        const HIGH: [char; 32] = [
            '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
            '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
            '\u{9d}', 'ž', 'Ÿ',
        ];
        let shown = |byte| match byte {
            0x80..0xA0 => HIGH[usize::from(byte & 0x1F)],
            _ => char::from(byte),
        };
        text.bytes().map(shown).collect()
    }

    #[test]
    fn what_was_read_in_another_encoding_is_garbled() {
        for text in [
            "José",
            "Zoë",
            "Müller",
            "Łukasz",
            "août",
            "Šárka",
            "Søren",
            "Ñandú",
            "François",
            "日本",
            "Don’t",
            "10 €",
            "👍",
            "Иван",
            "Ελένη",
        ] {
            assert!(!is_garbled(text), "{text}");
            assert!(is_garbled(&garbled(text)), "{text}");
        }
        for text in ["a\u{fffd}", "Jos√©", "Jos├®", "Jos\u{fffd}"] {
            assert!(is_garbled(text), "{text}");
        }
    }

    #[test]
    fn letters_with_accents_beside_marks_are_not() {
        for text in [
            "JOÃO",
            "«CAFÉ»",
            "“CAFÉ”",
            "« À »",
            "L’Été’s",
            "“MAÇÔ",
            "ÑANDÚ",
            "São Paulo",
            "Ångström",
            "é…",
            "“É”…",
            "Â",
            "Ã",
            "à l’été",
            "50 °C",
            "nº 1",
            "¿É?",
            "√2",
        ] {
            assert!(!is_garbled(text), "{text}");
        }
    }

    /// The letters that a garbled one may be, marks that may or may not continue it, and what else stands between letters.
    fn odd() -> Vec<char> {
        let latin = '\u{80}'..='\u{ff}';
        let marks = "a €‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ√├┬\u{fffd}\u{fffc}\u{180}日∛│🎉";
        latin.chain(marks.chars()).collect()
    }

    #[test]
    fn what_is_not_looked_at_is_garbled_nowhere() {
        let by_character = |text: &str| text.char_indices().any(|(at, _)| begins(text, at));
        let odd = odd();

        for (first, second, third) in odd.iter().flat_map(|first| {
            let odd = &odd;
            odd.iter()
                .flat_map(move |second| odd.iter().map(move |third| (first, second, third)))
        }) {
            for before in [0, 12] {
                let text = [
                    &*"a".repeat(before),
                    &*String::from_iter([first, second, third, &'œ']),
                ]
                .concat();
                assert_eq!(is_garbled(&text), by_character(&text), "{text}");
                if is_garbled(&text) {
                    let pairs = [[*first, *second], [*second, *third], [*third, 'œ']];
                    let is_suspected = pairs
                        .iter()
                        .any(|[before, mark]| may_garble(*before, *mark));
                    assert!(is_suspected || text.contains('\u{fffd}'), "{text}");
                }
            }
        }
    }
}
