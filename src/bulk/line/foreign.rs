//! Cells that no person wrote: errors of spreadsheets, and what programs write for nothing, for an object, or below a list.
//!
//! Each would be a name on a card or a street on a parcel. `shared` words of people stay: `NA` and `Null` are names, and a list that
//! means them must be able to say so. See `reference/lists.md` for which program writes what.

use crate::bulk::columns::words::{is_among, key, parts};
use crate::bulk::line::footer::{
    counts_rows, has_number_behind_colon, is_count_of_rows, is_counted_footer, is_duration,
    may_count_rows,
};
use crate::bulk::line::sheet_error::{is_error, is_numbered_error};
use crate::json::Block;

/// What a cell is, where no person wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Foreign {
    /// A formula that cannot be worked out: `#N/A`, `Err:502`.
    Error,
    /// What stands for nothing, or for what is no text: `NULL`, `[object Object]`.
    Nothing,
    /// What stands below a list: `(2 rows)`.
    Footer,
}

impl Foreign {
    pub(in crate::bulk) const fn sentence(self) -> &'static str {
        match self {
            Self::Error => "is an error of the spreadsheet, such as #N/A. Mend its formula.",
            Self::Nothing => {
                "is what a program writes for nothing, or for what is no text, such as NULL. Clear the cell, or fill it in."
            }
            Self::Footer => "is what a program writes below a list. Remove the row.",
        }
    }
}

/// What programs write for nothing in the middle of a text that they put together: `1 Main St NULL`, `undefined undefined`.
const INSERTED: [&[u8]; 4] = [b"null", b"undefined", b"(null)", b"[object"];

/// What programs write for nothing, letter for letter.
const NOTHINGS: &str = r"NULL null \N \. nan NaN NaT N/A n/a nil undefined";

/// The same in parentheses or brackets, in any case: database tools and pivot tables.
const INSIDE: &str =
    "null nil na none nan unset undefined blank empty leer vide vuoto objectobject";

/// What no program means, but in the name of a person.
const UNLESS_A_PERSON: &str = "None Null";

/// What a cell is, where no person wrote it; nothing where somebody may have.
#[inline(never)]
pub(in crate::bulk) fn foreign(cell: &str, is_person: bool) -> Option<Foreign> {
    let bytes = cell.as_bytes();
    if !may_be_foreign(bytes, bytes.len()) && !has_double_l(bytes) {
        return None;
    }
    match bytes {
        [b'#', ..] if is_error(cell) => return Some(Foreign::Error),
        // Fields of letters that nobody filled in: `*|FNAME|*`, `${name}`, `<<Name>>`.
        [b'{', .., b'}'] | [b'*', b'|', ..] | [b'$', b'{', ..] | [b'<', b'<', ..] => {
            return Some(Foreign::Nothing);
        }
        [b'[', .., b']'] | [b'<', .., b'>'] | [b'(', .., b')'] => {
            let inside = cell
                .get(1..cell.len().saturating_sub(1))
                .unwrap_or_default();
            let inside_key = key(inside);
            if inside_key.is_empty() && inside.trim().is_empty()
                || is_among(INSIDE, &inside_key)
                || inside.starts_with("object ")
                || is_list(bytes, inside)
            {
                return Some(Foreign::Nothing);
            }
            if bytes.first() != Some(&b'<') && (counts_rows(inside) || is_duration(inside)) {
                return Some(Foreign::Footer);
            }
        }
        [b'0'..=b'9', ..] if is_count_of_rows(cell) => return Some(Foreign::Footer),
        _ => {}
    }
    if is_numbered_error(cell) {
        return Some(Foreign::Error);
    }
    if is_counted_footer(cell) {
        return Some(Foreign::Footer);
    }
    // `nan nan`, of a first and a last name.
    if let Some(once) = once(bytes) {
        return foreign(core::str::from_utf8(once).unwrap_or_default(), false);
    }
    let is_nothing = is_among(NOTHINGS, bytes) || !is_person && is_among(UNLESS_A_PERSON, bytes);
    (is_nothing || has_inserted(cell)).then_some(Foreign::Nothing)
}

/// Whether a program has put what it writes for nothing into a text: `NULL` anywhere, the others at an end, where the parts of names and addresses
/// that are not there stand.
fn has_inserted(cell: &str) -> bool {
    has_double_l(cell.as_bytes())
        && parts(cell).any(|word| matches!(word, "NULL" | "NULL," | "(NULL)" | "[NULL]"))
        || may_end_in_nothing(cell.as_bytes())
}

/// A word that a text is twice.
fn once(cell: &[u8]) -> Option<&[u8]> {
    let (once, again) = cell.split_at_checked(cell.len() / 2)?;
    (again.strip_prefix(b" ") == Some(once) && !once.is_empty()).then_some(once)
}

/// Whether a text has two capital `L` side by side, as few have that are not `NULL`.
pub(in crate::bulk) fn has_double_l(text: &[u8]) -> bool {
    let needle = [b'L'; 16];
    let (blocks, rest) = text.as_chunks();
    let mut is_last = 0;
    for block in blocks {
        let found = Block::from(block).same(Block::from(&needle));
        if found & (found << 1 | is_last) != 0 {
            return true;
        }
        is_last = found >> 15;
    }
    rest.first() == Some(&b'L') && is_last != 0 || rest.array_windows().any(|pair| pair == b"LL")
}

/// Whether a text begins or ends with such a word: `1 Main St null`, `undefined undefined`.
fn may_end_in_nothing(cell: &[u8]) -> bool {
    let is_parted = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b',' | b';'));
    INSERTED.iter().any(|word| {
        let behind = cell.strip_prefix(*word).map(|rest| rest.first());
        let before = cell.strip_suffix(*word).map(|rest| rest.last());
        behind.or(before).is_some_and(is_parted)
    })
}

/// Whether a cell may be one of these; false is sure. It is asked of every cell, of which the first bytes are looked at.
#[inline]
pub(in crate::bulk) fn may_be_foreign(from: &[u8], length: usize) -> bool {
    let (Some(first), Some(last)) = (from.first(), from.get(length.wrapping_sub(1))) else {
        return false;
    };
    let cell = || from.get(..length).unwrap_or_default();
    if matches!((first, last), (b'n' | b'u', _) | (_, b'l' | b'd' | b')'))
        && may_end_in_nothing(cell())
    {
        return true;
    }
    match first {
        b'#' | b'{' | b'[' | b'<' | b'(' | b'\\' | b'*' | b'$' => true,
        b'N' | b'n' if length <= 4 || once(cell()).is_some() => true,
        b'0'..=b'9' if may_count_rows(cell()) => true,
        // The number of an error, or of rows.
        _ => last.is_ascii_digit() && has_number_behind_colon(cell()),
    }
}

/// Whether a text is a list or markup of a program: `[a, b]`, `<br>`.
fn is_list(cell: &[u8], inside: &str) -> bool {
    cell.first() == Some(&b'[')
        && inside
            .bytes()
            .any(|byte| matches!(byte, b',' | b'{' | b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERRORS_OF_PROGRAMS: [&str; 44] = [
        "#N/A",
        "#NV",
        "#N/D",
        "#SAKNAS",
        "#-",
        "#VALUE!",
        "#WERT!",
        "#VALEUR !",
        "#VALEUR\u{a0}!",
        "#VALEUR!",
        "#¡VALOR!",
        "#VALOR!",
        "#VÄRDE!",
        "#NAME?",
        "#NOM ?",
        "#NOM?",
        "#¿NOMBRE?",
        "#NOMBRE?",
        "#NAMN?",
        "#REF!",
        "#BEZUG!",
        "#ZAHL!",
        "#NÚM!",
        "#NUM!",
        "#DIV/0!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#ref!",
        "#n/a",
        "#ССЫЛКА!",
        "#Н/Д",
        "#GETTING_DATA",
        "#BRAK",
        "#VALUE",
        "#SPILL",
        "#REF",
        "#NULL",
        "#WERT",
        "#LICZBA!",
        "#ERROR!",
        "########",
        "Err:502",
        "Err:522",
    ];

    #[test]
    fn what_a_program_writes_is_no_word_of_a_person() {
        for cell in ERRORS_OF_PROGRAMS.into_iter().chain([
            "Fehler:502",
            "Fehler:522",
            "Err :502",
            "Fel:502",
            "Fout:502",
            "Błąd:502",
        ]) {
            assert_eq!(foreign(cell, true), Some(Foreign::Error), "{cell}");
        }
        for cell in [
            "NULL",
            "null",
            "\\N",
            "\\.",
            "(NULL)",
            "(null)",
            "[NULL]",
            "<null>",
            "<NA>",
            "<nil>",
            "nan",
            "NaN",
            "NaT",
            "undefined",
            "N/A",
            "[object Object]",
            "[object Null]",
            "{\"richText\":[{\"text\":\"Ann\"}]}",
            "{'a': 1}",
            "{{first_name}}",
            "{}",
            "[]",
            "[ ]",
            "()",
            "<>",
            "NULL NULL",
            "Ann NULL",
            "NULL Moreau",
            "Ann NULL Moreau",
            "1 Main St NULL",
            "1 Main St, NULL, Rome",
            "1 Main St null",
            "null null",
            "None None",
            "nan nan",
            "N/A N/A",
            "Ann (null)",
            "[NULL] Moreau",
            "*|FNAME|*",
            "${name}",
            "<<Name>>",
            "undefined undefined",
            "undefined Moreau",
            "[a, b]",
            "(blank)",
            "(Leer)",
        ] {
            assert_eq!(foreign(cell, true), Some(Foreign::Nothing), "{cell}");
        }
        for cell in [
            "(2 rows)",
            "(1 row)",
            "(2 rows affected)",
            "(5 Zeilen)",
            "(3 lignes)",
            "2 rows in set (0.00 sec)",
            "14 rows selected.",
            "(0 filas)",
            "(2 filas afectadas)",
            "(2 lignes affectées)",
            "[2 rows x 3 columns]",
            "(2 tuples)",
            "(0.01 sec)",
            "2 rows returned",
            "Rows: 2",
            "rows:2",
            "Total rows: 2",
            "Total: 50",
            "Row count: 12",
            "Number of records: 2",
            "Nombre de lignes : 2",
            "Anzahl Zeilen: 5",
            "Итого: 2",
        ] {
            assert_eq!(foreign(cell, true), Some(Foreign::Footer), "{cell}");
            assert!(may_be_foreign(cell.as_bytes(), cell.len()), "{cell}");
        }
        assert_eq!(foreign("None", false), Some(Foreign::Nothing));
    }

    #[test]
    fn words_of_people_stay() {
        for cell in [
            "NA",
            "Na",
            "Null",
            "None",
            "Nan",
            "Ann (HR)",
            "(Ann)",
            "[Ann]",
            "#1",
            "#1 fan!",
            "#teamwork",
            "Thanks!",
            "5 Rows Lane",
            "12 Records St",
            "Room:502",
            "Apt:502",
            "see #N/A",
            "Nil by mouth",
            "Nullo",
            "Anna Anna",
            "Jennifer Null",
            "*Ann*",
            "MILLER",
            "ANN BELLNULL",
            "the null hypothesis",
            "Floor: 2",
            "Apartment: 12",
            "Number: 5",
            "#VALUABLE",
            "#value",
            "#A1",
            "#TEAM",
            "#2_3",
            "\"Ann\"",
            "N",
            "1",
            "Erroll:502b",
            "",
        ] {
            assert_eq!(foreign(cell, true), None, "{cell}");
        }
    }

    #[test]
    fn the_fast_path_gives_up_on_whatever_may_be_one() {
        for cell in ERRORS_OF_PROGRAMS.into_iter().chain([
            "NULL",
            "null",
            "NaN",
            "N/A",
            "undefined",
            "(2 rows)",
            "2 rows in set",
            "Fehler:502",
            "[object Object]",
            "{}",
            "Rows: 2",
            "Total rows:2",
            "2 rows returned",
            "2 rows affected",
            "1 Main St null",
            "undefined Moreau",
            "Ann undefined",
            "Ann (null)",
            "nan nan",
            "None None",
            "*|FNAME|*",
        ]) {
            if foreign(cell, true).is_some() && cell.is_ascii() {
                assert!(may_be_foreign(cell.as_bytes(), cell.len()), "{cell}");
            }
        }
        for cell in [
            "Ann Moreau",
            "Noah",
            "Thank you!",
            "12 Main St 5",
            "ann@example.com",
            "CVS",
            "+15555555555",
        ] {
            let is_short_n = cell.len() <= 4 && cell.starts_with('N');
            assert_eq!(
                may_be_foreign(cell.as_bytes(), cell.len()),
                is_short_n,
                "{cell}"
            );
        }
    }
}
