//! The texts of cells, as the API wants them: addresses out of their wrapping, ids without what cannot be seen.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::bulk::columns::words::key;
use crate::bulk::csv::row::{clean, is_unseen};
use crate::catalog::lower;
use crate::compose::{Compose, composed};

/// A text without the characters that cannot be seen.
pub(in crate::bulk) fn seen(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_unseen) {
        text
    } else {
        Cow::Owned(
            text.chars()
                .filter(|character| !is_unseen(*character))
                .collect(),
        )
    }
}

/// An identifier without the apostrophe by which a spreadsheet keeps a text: `'K1A 0B1`.
pub(in crate::bulk) fn unguarded(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = seen(text);
    match text.strip_prefix('\'') {
        Some(behind) => Cow::Owned(String::from(clean(behind))),
        None => text,
    }
}

/// The address in what mail programs and links wrap it in: `Ann Lee <ann@example.com>`, `mailto:ann@example.com?subject=Hi`.
pub(in crate::bulk) fn address(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = seen(text);
    let inside = text.strip_suffix('>').and_then(|text| {
        let start = text.bytes().rposition(|byte| byte == b'<')?;
        let inside = text.get(start.checked_add(1)?..)?;
        // Of two addresses none is taken, unless they are one.
        let front = text.get(..start)?.trim_matches(['\'', '"', ' ']);
        (!front.contains('@') || front.eq_ignore_ascii_case(inside)).then_some(inside)
    });
    let bare = inside.unwrap_or(&text);
    let scheme = bare
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let bare = match scheme {
        Some(scheme) => {
            let link = bare.get(scheme.len()..).unwrap_or_default();
            let end = link.bytes().position(|byte| byte == b'?');
            end.and_then(|end| link.get(..end)).unwrap_or(link)
        }
        None => bare,
    };
    // The mark by which a spreadsheet keeps a text, and the quotes in which Outlook copies an address.
    let bare = bare.trim_matches('\'');
    // Of nothing but wrapping nothing is taken off: it is no address, and no absent one.
    if bare.len() == text.len() || clean(bare).is_empty() {
        return text;
    }
    Cow::Owned(String::from(clean(bare)))
}

/// The code of a country, where a cell has it in small letters or with dots, or has the name that most lists have.
pub(in crate::bulk) fn country(text: Cow<'_, str>) -> Cow<'_, str> {
    const NAMES: &str = "USusa USunitedstates USunitedstatesofamerica CAcan CAcanada GBuk GBgbr GBunitedkingdom GBgreatbritain GBengland DEdeu DEgermany DEdeutschland FRfra FRfrance ATaustria ATosterreich CHswitzerland CHschweiz ESspain ESespana ITitaly ITitalia NLnetherlands NLnederland PLpoland PLpolska PTportugal IEireland AUaustralia MXmexico";

    let text = unguarded(text);
    let key = key(&text);
    let is_code = key.len() == 2 && key.iter().all(u8::is_ascii_lowercase) && key != b"uk";
    let mut names = NAMES.as_bytes().split(|byte| *byte == b' ');
    let known = if is_code {
        Some(key.as_slice())
    } else {
        names
            .find_map(|name| name.split_at_checked(2).filter(|(_, name)| *name == key))
            .map(|(code, _)| code)
    };
    match known.and_then(|code| core::str::from_utf8(code).ok()) {
        Some(code) => Cow::Owned(code.to_ascii_uppercase()),
        None => text,
    }
}

/// A text with the line breaks that mysql, psql and Miller write as `\n` into cells between tabs, where they cannot stand as they are. A text
/// without one, or with a backslash that these programs would have doubled, is left as it is.
pub(in crate::bulk) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    fn lines(text: &str) -> Option<String> {
        let mut lines = String::with_capacity(text.len());
        let mut characters = text.chars();
        let mut is_broken = false;
        while let Some(character) = characters.next() {
            lines.push(match character {
                '\\' => match characters.next()? {
                    'n' => {
                        is_broken = true;
                        '\n'
                    }
                    't' => '\t',
                    'r' => '\r',
                    '\\' => '\\',
                    _ => return None,
                },
                character => character,
            });
        }
        is_broken.then_some(lines)
    }
    lines(&text).map_or(text, Cow::Owned)
}

/// A text by which payments are compared: without case, spaces and what cannot be seen, its letters composed.
pub(in crate::bulk) fn comparable(text: &str, compose: Compose) -> String {
    let text = composed(text, compose);
    let counts = |character: &char| !character.is_whitespace() && !is_unseen(*character);
    text.chars().filter(counts).map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_is_written_as_two_characters_and_a_backslash_as_two() {
        for (text, expected) in [
            (r"Well done!\nAnn", "Well done!\nAnn"),
            (r"a\tb\r\nC:\\new", "a\tb\r\nC:\\new"),
            (r"\n", "\n"),
            // Nobody wrote it twice: no program did either.
            (r"C:\new\stuff", r"C:\new\stuff"),
            (r"shrug \_ \n", r"shrug \_ \n"),
            (r"C:\\temp", r"C:\\temp"),
            (r"at the end \n \", r"at the end \n \"),
            ("plain", "plain"),
        ] {
            assert_eq!(unescaped(Cow::Borrowed(text)), expected, "{text}");
        }
    }

    #[test]
    fn an_address_comes_out_of_its_wrapping() {
        for (text, expected) in [
            ("'ann@example.com", "ann@example.com"),
            ("'ann@example.com'", "ann@example.com"),
            ("'Ann Lee' <o'hara@example.com>", "o'hara@example.com"),
            ("ann@example.com", "ann@example.com"),
            ("Ann Lee <ann@example.com>", "ann@example.com"),
            ("\"Lee, Ann\" <ann@example.com>", "ann@example.com"),
            ("<ann@example.com>", "ann@example.com"),
            ("Ann < ann@example.com >", "ann@example.com"),
            ("mailto:ann@example.com", "ann@example.com"),
            ("MAILTO:ann@example.com?subject=Hi", "ann@example.com"),
            ("Ann <mailto:ann@example.com>", "ann@example.com"),
            ("ann@\u{200b}example.com", "ann@example.com"),
            ("'ann@example.com' <ann@example.com>", "ann@example.com"),
            ("Ann <a@b.co>, Bob <c@d.co>", "Ann <a@b.co>, Bob <c@d.co>"),
            ("a@b.co; Bob <c@d.co>", "a@b.co; Bob <c@d.co>"),
            ("a@b.co<c@d.co>", "a@b.co<c@d.co>"),
            ("Ann Lee", "Ann Lee"),
            ("Ann <>", "Ann <>"),
            ("mailto:", "mailto:"),
            ("''", "''"),
            (
                "Ann <ann@example.com> (work)",
                "Ann <ann@example.com> (work)",
            ),
        ] {
            assert_eq!(address(Cow::Borrowed(text)), expected, "{text}");
        }
    }
}
