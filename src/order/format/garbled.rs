//! Texts that were written in one encoding and read in another: `JosÃ©` of `José`.

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
    if text.is_ascii() {
        return false;
    }
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let mut following = characters.clone();
        let mut next = || following.next().unwrap_or_default();
        let is_it = match character {
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
                    is_continuation(mark)
                        && is_continuation(last)
                        && !matches!(mark, '’' | '”' | '»')
                }
                0xF0..=0xF4 => [next(), next(), next()].into_iter().all(is_continuation),
                _ => false,
            },
        };
        if is_it {
            return true;
        }
    }
    false
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
}
