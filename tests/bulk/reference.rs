//! CSV read character by character, the way RFC 4180 says it: slow, and with nothing in common with the import's reader.

/// A row: its cells, or nothing where something stands behind a closing quote or the file ends inside quotes.
pub(crate) type Row = Option<Vec<String>>;

/// The rows of a text whose cells are parted by commas. A line with no character on it is no row.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let characters: Vec<char> = text.chars().collect();
    let mut rows = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let start = at;
        let mut cells = Vec::new();
        let mut is_clear = true;
        loop {
            let (cell, clear) = cell(&characters, &mut at);
            cells.push(cell);
            is_clear &= clear;
            if characters.get(at) != Some(&',') {
                break;
            }
            at += 1;
        }
        if at > start {
            rows.push(is_clear.then_some(cells));
        }
        if characters.get(at) == Some(&'\r') && characters.get(at + 1) == Some(&'\n') {
            at += 1;
        }
        at += 1;
    }
    rows
}

fn cell(characters: &[char], at: &mut usize) -> (String, bool) {
    let ends = |at: usize| matches!(characters.get(at), None | Some(',' | '\r' | '\n'));
    let mut quote = *at;
    while characters.get(quote) == Some(&' ') {
        quote += 1;
    }
    let mut cell = String::new();
    if characters.get(quote) != Some(&'"') {
        while !ends(*at) {
            cell.push(characters[*at]);
            *at += 1;
        }
        return (cell, true);
    }
    *at = quote + 1;
    loop {
        match characters.get(*at) {
            None => return (cell, false),
            Some('"') if characters.get(*at + 1) == Some(&'"') => {
                cell.push('"');
                *at += 2;
            }
            Some('"') => break,
            Some(other) => {
                cell.push(*other);
                *at += 1;
            }
        }
    }
    *at += 1;
    let mut is_clear = true;
    while !ends(*at) {
        is_clear &= characters[*at] == ' ';
        *at += 1;
    }
    (cell, is_clear)
}

/// Every cell of a file that has only clear rows.
#[allow(
    dead_code,
    reason = "one of the two tests that share this file has no need of it"
)]
pub(crate) fn cells(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}');
    rows(text).into_iter().flat_map(Option::unwrap).collect()
}
