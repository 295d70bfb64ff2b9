//! What stands between the cells of a file, told from its header.

use alloc::vec::Vec;

/// Bytes after which a header that has not ended is judged as it is.
const ENOUGH: usize = 64 << 10;

/// In the order that decides between equals.
pub(in crate::bulk) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The start of a text, held back until the header's delimiter is known.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Sniffer {
    held: Vec<u8>,
    read: usize,
    counts: [u32; 4],
    quoted: bool,
    begun: bool,
}

impl Sniffer {
    /// Takes a piece of text; true when the header has ended.
    pub(in crate::bulk) fn push(&mut self, text: &[u8]) -> bool {
        self.held.extend_from_slice(text);
        for byte in self.held.get(self.read..).unwrap_or_default() {
            if !self.quoted && matches!(byte, b'\n' | b'\r') {
                if self.begun {
                    return true;
                }
                continue;
            }
            self.begun = true;
            if *byte == b'"' {
                self.quoted = !self.quoted;
            }
            for (candidate, count) in DELIMITERS.iter().zip(&mut self.counts) {
                if candidate == byte && !self.quoted {
                    *count = count.saturating_add(1);
                }
            }
        }
        self.read = self.held.len();
        self.read > ENOUGH
    }

    /// The delimiter, and the text that was held back. Excel's `sep=;` says it in a line of its own.
    pub(in crate::bulk) fn finish(self) -> (u8, Vec<u8>) {
        let mut held = self.held;
        if let [
            b's' | b'S',
            b'e' | b'E',
            b'p' | b'P',
            b'=',
            delimiter,
            rest @ ..,
        ] = held.as_slice()
            && DELIMITERS.contains(delimiter)
            && matches!(rest, [] | [b'\r' | b'\n', ..])
        {
            let delimiter = *delimiter;
            // The line stays, empty: lines are counted as the file has them.
            held.drain(..5);
            return (delimiter, held);
        }
        let mut best = (b',', 0);
        for (candidate, count) in DELIMITERS.into_iter().zip(self.counts) {
            if count > best.1 {
                best = (candidate, count);
            }
        }
        (best.0, held)
    }
}
