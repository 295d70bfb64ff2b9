//! Texts for people, in one pass: where one ends of which there is surely nothing to note.
//!
//! Names have accents and messages line breaks, so neither may leave the fast path. Sixteen bytes at a time are looked at,
//! and of those only what JSON does not write as it is, or is not ASCII: an escape or a character in UTF-8, decoded where it stands. What is odd in any way is given up,
//! for the exact rules to say whether it is wrong.

use crate::json::{Block, Class};
use crate::order::format::may_garble;

static HEX: Class = Class::of(b"0123456789abcdefABCDEF");

/// The place of the quote that ends the text from a place on, which has not more than so many bytes; 0 where it may be that there is
/// something to note of it.
#[inline(never)]
pub(super) fn end_of_words(text: &[u8], start: usize, maximum: usize, lines: bool) -> usize {
    let mut at = start;
    // The last character that was such a one, and where it ended.
    let (mut before, mut behind) = (u32::from(b'a'), start);
    if matches!(text.get(start), Some(b' ')) {
        return 0;
    }
    loop {
        let mut odd = Block::at(text, at).special();
        while odd != 0 {
            let bit = odd.trailing_zeros();
            let place = at.wrapping_add(bit as usize);
            let (code, length) = match *text.get(place..).unwrap_or_default() {
                [b'"', ..] => {
                    let is_padded = if behind == place {
                        is_space(before)
                    } else {
                        matches!(text.get(place.wrapping_sub(1)), Some(b' '))
                    };
                    let fits = place.wrapping_sub(start) <= maximum;
                    return if fits && !is_padded { place } else { 0 };
                }
                [b'\\', b'n', ..] => (u32::from(b'\n'), 2),
                [b'\\', b'r', ..] => (u32::from(b'\r'), 2),
                [b'\\', same @ (b'"' | b'\\' | b'/'), ..] => (u32::from(same), 2),
                [b'\\', b'u', ..] => {
                    let code = numbered(text, place);
                    (code, if code > 0xFFFF { 12 } else { 6 })
                }
                [a @ 0xC2..=0xDF, b @ 0x80..=0xBF, ..] => (joined(a & 0x1F, b), 2),
                [a @ 0xE0..=0xEF, b @ 0x80..=0xBF, c @ 0x80..=0xBF, ..] if a > 0xE0 || b > 0x9F => {
                    (joined(a & 0x0F, b).wrapping_shl(6) | u32::from(c & 0x3F), 3)
                }
                [
                    a @ 0xF0..=0xF4,
                    b @ 0x80..=0xBF,
                    c @ 0x80..=0xBF,
                    d @ 0x80..=0xBF,
                    ..,
                ] if a > 0xF0 || b > 0x8F => (
                    joined(a & 0x07, b).wrapping_shl(12) | joined(c & 0x3F, d),
                    4,
                ),
                // A control character, by its escape or as it is; or no text at all.
                _ => return 0,
            };
            let is_letter = matches!(code, 0x20..=0x7E | 0xC0..=0x7FF | 0x3001..=0xD7FF);
            if !is_letter && !is_quiet(code, lines) {
                return 0;
            }
            if behind == place
                && (place == start && is_space(code)
                    || matches!(before, 0xC2..=0xF4) && garbles(before, code))
            {
                return 0;
            }
            odd &= u32::MAX.wrapping_shl(bit.wrapping_add(length));
            before = code;
            behind = place.wrapping_add(length as usize);
        }
        at = at.wrapping_add(16).max(behind);
    }
}

/// Six bits of a first byte of a character and those of the next one.
#[inline(always)]
fn joined(first: u8, next: u8) -> u32 {
    u32::from(first).wrapping_shl(6) | u32::from(next & 0x3F)
}

/// Whether there is such a character, and it may stand anywhere inside of a text for people.
#[inline(never)]
fn is_quiet(code: u32, lines: bool) -> bool {
    char::from_u32(code).is_some_and(|character| match character {
        '\n' | '\r' => lines,
        '\0'..'\u{20}'
        | '\u{7f}'..'\u{a0}'
        | '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffd}'
        // A text may be garbled where one of these stands.
        | '√' | '├' | '┬' => false,
        _ => true,
    })
}

#[inline(never)]
fn is_space(code: u32) -> bool {
    char::from_u32(code).is_some_and(char::is_whitespace)
}

#[inline(never)]
fn garbles(before: u32, mark: u32) -> bool {
    char::from_u32(before)
        .zip(char::from_u32(mark))
        .is_none_or(|(before, mark)| may_garble(before, mark))
}

/// The character that an escape by number stands for, or two of them that are a pair of surrogates; of half a pair it is no character, and
/// where it is wrong, U+0000.
#[inline(never)]
fn numbered(text: &[u8], at: usize) -> u32 {
    let rest = text.get(at..).unwrap_or_default();
    // `\u1234\u1234`: where there are digits.
    let digits = Block::at(text, at).within(&HEX);
    let [_, _, a, b, c, d, rest @ ..] = rest else {
        return 0;
    };
    if digits & 0x3C != 0x3C {
        return 0;
    }
    let first = of_hex([*a, *b, *c, *d]);
    if first & 0xFC00 != 0xD800 {
        return first;
    }
    let [b'\\', b'u', a, b, c, d, ..] = rest else {
        return 0;
    };
    let second = of_hex([*a, *b, *c, *d]);
    if digits & 0xF00 != 0xF00 || second & 0xFC00 != 0xDC00 {
        return 0;
    }
    ((first & 0x3FF).wrapping_shl(10) | second & 0x3FF).wrapping_add(0x1_0000)
}

/// The number that four digits are, which are ones: in all of them at once.
#[inline(always)]
fn of_hex(digits: [u8; 4]) -> u32 {
    let digits = u32::from_be_bytes(digits);
    let letters = (digits >> 6) & 0x0101_0101;
    let halves = (digits & 0x0F0F_0F0F).wrapping_add(letters.wrapping_mul(9));
    let pairs = (halves | halves >> 4) & 0x00FF_00FF;
    (pairs | pairs >> 8) & 0xFFFF
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]
mod tests {
    use core::fmt::Write;

    use super::*;
    use crate::json::Reader;
    use crate::order::scan::agreement::Random;
    use crate::order::text_rules::{TextKind, is_sound};

    const MAXIMUM: usize = 50;

    /// The exact rules on a text behind its first quote: where it ends, where there is nothing to note of it.
    fn exactly(text: &[u8], kind: TextKind) -> Option<usize> {
        let mut reader = Reader::new(text);
        let read = reader.string().ok()?.decode();
        is_sound(&read, MAXIMUM, kind).then(|| reader.offset() - 1)
    }

    fn quoted(inside: &[u8]) -> Vec<u8> {
        [b"\"", inside, b"\", \"next\":1"].concat()
    }

    /// Whether the end was found; where it was, it must be the exact one.
    fn is_found(inside: &[u8]) -> bool {
        let text = quoted(inside);
        let found = |lines, kind| {
            let found = end_of_words(&text, 1, MAXIMUM, lines);
            let shown = String::from_utf8_lossy(&text);
            assert!(found == 0 || Some(found) == exactly(&text, kind), "{shown}");
            found != 0
        };
        let words = found(false, TextKind::Words);
        found(true, TextKind::Lines) || words
    }

    #[test]
    fn what_people_write_is_read_here() {
        for text in [
            "",
            "Jos\u{e9} N\u{fa}\u{f1}ez",
            "F\u{e9}licitations, Zo\u{eb} \u{2013} \u{e0} tr\u{e8}s bient\u{f4}t",
            "l\u{2019}\u{e9}t\u{e9} \u{ab} \u{c0} \u{bb}",
            r#"Hello \"you\",\nenjoy\r\nit \/ them \\"#,
            r"\u00c9t\u00E9 \ud83c\uDF89",
            r"caf\u00e9",
            "\u{5c71}\u{7530}\u{3000}\u{592a}\u{90ce}",
            "\u{410}\u{43d}\u{43d}\u{430} \u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7} \u{5e9}\u{5e8}\u{5d4}",
            "\u{1f389}\u{1f44d}\u{1f3fd} \u{1f468}\u{200d}\u{1f469} \u{2764}\u{fe0f}",
        ] {
            assert!(is_found(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn every_character_gets_the_verdict_of_the_exact_rules() {
        for character in '\u{80}'..=char::MAX {
            let mut escaped = String::new();
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").unwrap();
            }
            let inside = format!("a{character}b");
            // These are given up: a text may be garbled where one stands.
            let is_sound = is_sound(&inside, MAXIMUM, TextKind::Words)
                && !matches!(character, '√' | '├' | '┬');

            assert_eq!(is_found(inside.as_bytes()), is_sound, "{character:?}");
            assert_eq!(
                is_found(format!("a{escaped}b").as_bytes()),
                is_sound,
                "{character:?}"
            );
            // Beyond, no character is a space.
            if character > '\u{3000}' {
                continue;
            }
            for text in [
                format!("{character}"),
                format!("{character}b"),
                format!("a{character}"),
                format!("{escaped}b"),
                format!("a{escaped}"),
            ] {
                is_found(text.as_bytes());
            }
        }
    }

    /// What is odd, or not odd by a hair.
    const PIECES: &[&[u8]] = &[
        b"a",
        b" ",
        b"Ann",
        b"sixteen letters.",
        b"fifteen letters",
        b"thirty-one letters and a space.",
        b"\"",
        b"\\",
        b"\\n",
        b"\\r",
        b"\\t",
        b"\\b",
        b"\\f",
        b"\\/",
        b"\\\\",
        b"\\\"",
        b"\\x",
        b"\\u",
        b"\\u0041",
        b"\\u0020",
        b"\\u0009",
        b"\\u000a",
        b"\\u007f",
        b"\\u0085",
        b"\\u00e9",
        b"\\u00C9",
        b"\\u00a9",
        b"\\u2019",
        b"\\u200b",
        b"\\ufffd",
        b"\\ud83c",
        b"\\udf89",
        b"\\ud83c\\udf89",
        b"\\uD83C\\u0041",
        b"\\ud83c\\n",
        b"\\u00g1",
        b"\\u12",
        b"\n",
        b"\t",
        b"\0",
        b"\x7f",
        b"\x80",
        b"\xC0\xAF",
        b"\xC2",
        b"\xC3",
        b"\xE0\x80\x80",
        // `\u{e9}` and `\u{5c71}` in a byte too many.
        b"\xE0\x83\xA9",
        b"\xF0\x85\xB1\xB1",
        b"\xE9\x82",
        b"\xED\xA0\x80",
        b"\xF0\x80\x80\x80",
        b"\xF4\x90\x80\x80",
        b"\xF8\x88\x80\x80",
        b"\xFF",
        "\u{e9}".as_bytes(),
        "\u{c9}".as_bytes(),
        "\u{c3}".as_bytes(),
        "\u{c5}".as_bytes(),
        "\u{ef}".as_bytes(),
        "\u{f0}".as_bytes(),
        "\u{f4}".as_bytes(),
        "\u{f6}".as_bytes(),
        "\u{a9}".as_bytes(),
        "\u{bb}".as_bytes(),
        "\u{20ac}".as_bytes(),
        "\u{2019}".as_bytes(),
        "\u{201d}".as_bytes(),
        "\u{153}".as_bytes(),
        "\u{221a}".as_bytes(),
        "\u{251c}".as_bytes(),
        "\u{85}".as_bytes(),
        "\u{9f}".as_bytes(),
        "\u{a0}".as_bytes(),
        "\u{ad}".as_bytes(),
        "\u{200b}".as_bytes(),
        "\u{200d}".as_bytes(),
        "\u{202e}".as_bytes(),
        "\u{2028}".as_bytes(),
        "\u{3000}".as_bytes(),
        "\u{feff}".as_bytes(),
        "\u{fffd}".as_bytes(),
        "\u{5c71}".as_bytes(),
        "\u{1f389}".as_bytes(),
        "\u{5e9}".as_bytes(),
    ];

    /// `SCANNER_CASES=3000000 cargo test --release scan` before a release.
    #[test]
    fn what_is_put_together_of_odd_pieces_gets_the_verdict_of_the_exact_rules() {
        let cases = std::env::var("SCANNER_CASES").map_or(100_000, |cases| cases.parse().unwrap());
        let mut random = Random(11);
        let mut found = 0;

        for _ in 0..cases {
            let pieces: Vec<&[u8]> = (0..=random.below(7)).map(|_| random.of(PIECES)).collect();
            found += u32::from(is_found(&pieces.concat()));
        }

        assert!(found > cases / 20, "{found} of {cases}");
    }
}
