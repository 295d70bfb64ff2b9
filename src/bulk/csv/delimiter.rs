//! What stands between the cells of a file, told from its first lines.
//!
//! The delimiter by which columns are known wins; where none is, the one by which most lines have as many cells as the first. `sep=;` says it in a line of its own.

use alloc::vec::Vec;

/// Bytes and lines after which what has been seen is judged as it is.
const ENOUGH: usize = 64 << 10;
const LINES: usize = 20;

/// In the order that decides between equals.
pub(in crate::bulk) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many cells of a line are known as headers, with a delimiter.
pub(in crate::bulk) type Known<'a> = &'a dyn Fn(&[u8], u8) -> usize;

/// The start of a text, held back until the delimiter is known.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Sniffer {
    held: Vec<u8>,
    read: usize,
    /// Where the line on hand begins.
    line: usize,
    lines: usize,
    quoted: bool,
    /// What the file says itself.
    said: Option<u8>,
    /// By which the most columns of a line are known, with their number.
    found: Option<(usize, u8)>,
    /// Of each candidate the cells of the first line that any of them parts, and how many lines below have as many.
    cells: [(usize, usize); 4],
}

impl Sniffer {
    /// Takes a piece of text; true when it is decided.
    pub(in crate::bulk) fn push(&mut self, text: &[u8], known: Known<'_>) -> bool {
        self.held.extend_from_slice(text);
        while let Some(byte) = self.held.get(self.read).copied() {
            if byte == b'"' {
                self.quoted = !self.quoted;
            }
            if !self.quoted && matches!(byte, b'\n' | b'\r') {
                self.end_line(known);
                // One may be a word of a title: `Gift cards, spring`.
                let is_header = self.found.is_some_and(|(known, _)| known > 1);
                if is_header || self.said.is_some() || self.lines >= LINES {
                    return true;
                }
                self.line = self.read.saturating_add(1);
            }
            self.read = self.read.saturating_add(1);
        }
        self.read > ENOUGH
    }

    fn end_line(&mut self, known: Known<'_>) {
        let line = self.held.get(self.line..self.read).unwrap_or_default();
        if line.is_empty() {
            return;
        }
        if self.lines == 0
            && let Some(said) = said(line)
        {
            self.said = Some(said);
            // The line stays, empty: lines are counted as the file has them.
            self.held.drain(self.line..self.read);
            self.read = self.line;
            return;
        }
        self.lines = self.lines.saturating_add(1);
        let counts = DELIMITERS.map(|delimiter| cells(line, delimiter).count());
        let is_first = self.cells.iter().all(|(count, _)| *count < 2);
        for (count, (first, agreeing)) in counts.iter().zip(&mut self.cells) {
            if is_first {
                *first = *count;
            } else if count == first && *count > 1 {
                *agreeing = agreeing.saturating_add(1);
            }
        }
        // A line further down must know more.
        let mut best = (self.found.map_or(0, |(known, _)| known), usize::MAX);
        for (delimiter, count) in DELIMITERS.into_iter().zip(counts) {
            let known = known(line, delimiter);
            if count > 1 && (known, count) > best {
                best = (known, count);
                self.found = Some((known, delimiter));
            }
        }
    }

    /// The delimiter, and the text that was held back.
    pub(in crate::bulk) fn finish(mut self, known: Known<'_>) -> (u8, Vec<u8>) {
        if self.said.is_none() && self.read > self.line {
            self.end_line(known);
        }
        let mut best = (b',', (0, 1));
        for (delimiter, (count, agreeing)) in DELIMITERS.into_iter().zip(self.cells) {
            if count > 1 && (agreeing, count) > best.1 {
                best = (delimiter, (agreeing, count));
            }
        }
        let found = self.found.map(|(_, delimiter)| delimiter);
        (self.said.or(found).unwrap_or(best.0), self.held)
    }
}

/// The delimiter that a line says: `sep=;`, `"sep=;"`, `SEP=\t`, and what spreadsheets fill it up with.
fn said(line: &[u8]) -> Option<u8> {
    let line = line
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(line)
        .trim_ascii();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (word, rest) = line.split_at_checked(3)?;
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    if !word.eq_ignore_ascii_case(b"sep") {
        return None;
    }
    let (delimiter, rest) = match rest {
        [b'\\', b't', rest @ ..] => (b'\t', rest),
        [delimiter, rest @ ..] => (*delimiter, rest),
        // The tab was taken for space at the end.
        [] => (b'\t', rest),
    };
    let is_filling = rest
        .iter()
        .all(|byte| matches!(byte, b'"' | b' ') || DELIMITERS.contains(byte));
    (DELIMITERS.contains(&delimiter) && is_filling).then_some(delimiter)
}

/// The cells of a line, with their quotes.
pub(in crate::bulk) fn cells(line: &[u8], delimiter: u8) -> impl Iterator<Item = &[u8]> {
    let mut quoted = false;
    line.split(move |byte| {
        quoted ^= *byte == b'"';
        *byte == delimiter && !quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The delimiter of a text, of which `email` and `value` are known.
    fn sniffed(text: &str) -> (char, String) {
        let known = |line: &[u8], delimiter: u8| {
            cells(line, delimiter)
                .filter(|cell| matches!(cell.trim_ascii(), b"email" | b"value" | b"\"email\""))
                .count()
        };
        let mut sniffer = Sniffer::default();
        for byte in text.as_bytes().chunks(3) {
            if sniffer.push(byte, &known) {
                break;
            }
        }
        let (delimiter, held) = sniffer.finish(&known);
        (char::from(delimiter), String::from_utf8(held).unwrap())
    }

    #[test]
    fn the_delimiter_by_which_columns_are_known_wins() {
        for (text, delimiter) in [
            ("email;value\n", ';'),
            ("email|value|\n1,2,3|4|\n", '|'),
            ("email\tvalue, in EUR, each\n", '\t'),
            ("\"email\";\"a;b;c\",\"d\"\n", ';'),
            ("Acme, Inc.\nemail;value\n", ';'),
            ("Spring\n\nemail\tvalue\n", '\t'),
            ("email, spring\t\nemail\tvalue\n", '\t'),
            ("email, spring\nann;email\n", ','),
            ("email;note\nann;email, \"email\"\n", ';'),
            ("who;what, where\nx;y\n", ';'),
            ("who\nwhat\n", ','),
            ("", ','),
        ] {
            assert_eq!(sniffed(text).0, delimiter, "{text}");
        }
    }

    #[test]
    fn a_line_of_its_own_says_it_in_all_its_spellings() {
        for (line, delimiter) in [
            ("sep=;", ';'),
            ("SEP=;", ';'),
            ("\"sep=;\"", ';'),
            ("sep=|", '|'),
            ("sep=;,,", ';'),
            ("sep=,", ','),
            ("sep=\t", '\t'),
            ("sep=\\t", '\t'),
            ("\u{feff}sep=;", ';'),
        ] {
            // By the header alone it would be a comma.
            let (found, held) = sniffed(&format!("{line}\r\nemail,value\r\n"));
            assert_eq!(found, delimiter, "{line:?}");
            assert!(held.starts_with('\r'), "{line:?} {held:?}");
        }
        assert_eq!(sniffed("sep=x\nemail,value\n").0, ',');
    }
}
