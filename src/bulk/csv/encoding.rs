//! What the bytes of a file mean, told from its start and from each row that is not ASCII; never a guess that could garble.
//!
//! A byte order mark or the zeros of UTF-16 decide at the start. Else each row decides: UTF-8 where it is that, Windows-1252
//! where it is not and no row or part of a row before was UTF-8 beyond ASCII. A row that fits neither, in a file that mixes
//! the two, is nobody's to guess and is rejected.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::csv::file_issue::FileIssue;
use crate::bulk::csv::row::{Cell, Cells, Row};
use crate::bulk::csv::scan::is_text;
use crate::order::{IssueCode, Severity};

/// The encoding of a file, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing but ASCII so far.
    #[default]
    Ascii,
    /// UTF-8.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows-1252, which older spreadsheets write in western Europe and America.
    Windows1252,
}

impl Encoding {
    /// Those that are told apart here.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252];

    /// The label of the Encoding Standard; ASCII is UTF-8.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ascii | Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// What makes UTF-8 of a file's bytes, as far as that can be done before there are rows.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Decoder {
    encoding: Encoding,
    decided: bool,
    /// Whether the caller says what the bytes mean.
    is_given: bool,
    /// The first row of which that was guessed, and a word of it.
    guess: Option<(u32, String)>,
    /// The file's first bytes until they decide, then those of UTF-16 that are half a character.
    held: Vec<u8>,
}

impl Decoder {
    /// With what the caller says that the bytes mean.
    pub(in crate::bulk) fn new(given: Option<Encoding>) -> Self {
        Self {
            encoding: given.unwrap_or_default(),
            is_given: given.is_some(),
            ..Self::default()
        }
    }

    /// What is to be said where the encoding was guessed.
    pub(in crate::bulk) fn take_guess(&mut self) -> Option<FileIssue> {
        let (line, sample) = self.guess.take()?;
        let mut issue = FileIssue::new(
            Severity::Warning,
            line,
            None,
            IssueCode::UncertainEncoding,
            "The file is neither UTF-8 nor UTF-16, so its letters were guessed to be windows-1252, in which a spreadsheet writes ? for letters that it lacks. Look whether names are right, or say what it is with `encoding`, or save it as \"CSV UTF-8\".".into(),
        );
        issue.params = Vec::from([
            ("encoding", Encoding::Windows1252.as_str().into()),
            ("sample", sample),
        ]);
        Some(issue)
    }

    pub(in crate::bulk) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether pieces of the file are text as they are.
    pub(in crate::bulk) fn is_through(&self) -> bool {
        self.decided && !self.is_utf16()
    }

    /// Appends a piece of the file to `text`.
    ///
    /// # Errors
    ///
    /// A sentence, where the file is something else than CSV.
    pub(in crate::bulk) fn push(
        &mut self,
        piece: &[u8],
        text: &mut Vec<u8>,
    ) -> Result<(), &'static str> {
        if self.is_through() {
            text.extend_from_slice(piece);
            return Ok(());
        }
        self.held.extend_from_slice(piece);
        if !self.decided && self.held.len() < 4 {
            return Ok(());
        }
        self.decide()?;
        self.decode(text);
        Ok(())
    }

    /// Appends what was held back.
    ///
    /// # Errors
    ///
    /// As [`Decoder::push`].
    pub(in crate::bulk) fn finish(&mut self, text: &mut Vec<u8>) -> Result<(), &'static str> {
        self.decide()?;
        self.decode(text);
        if !self.held.is_empty() {
            text.extend(NO_CHARACTER);
        }
        Ok(())
    }

    fn is_utf16(&self) -> bool {
        matches!(self.encoding, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    fn decide(&mut self) -> Result<(), &'static str> {
        if self.decided {
            return Ok(());
        }
        self.decided = true;
        let (encoding, mark) = match *self.held.as_slice() {
            [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                return Err("is a workbook, not CSV. Open it and save it as \"CSV UTF-8\".");
            }
            [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
                return Err("is in UTF-32. Save it as \"CSV UTF-8\".");
            }
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            // One zero alone is a stray byte.
            [0, 1..=255, 0, ..] => (Encoding::Utf16Be, 0),
            [1..=255, 0, ..] => (Encoding::Utf16Le, 0),
            _ => (Encoding::Ascii, 0),
        };
        if !self.is_given {
            self.encoding = encoding;
        }
        if !self.is_given || self.encoding == encoding {
            self.held.drain(..mark);
        }
        Ok(())
    }

    fn decode(&mut self, text: &mut Vec<u8>) {
        if !self.is_utf16() {
            text.append(&mut self.held);
            return;
        }
        let mut rest = self.held.as_slice();
        while let Some((unit, behind)) = self.unit(rest) {
            let low = self.unit(behind);
            let (character, behind) = match (unit, low) {
                // Half a pair at the end: the other half may come.
                (0xD800..0xDC00, None) => break,
                (0xD800..0xDC00, Some((low @ 0xDC00..0xE000, behind))) => {
                    let pair = (unit & 0x3FF) << 10 | low & 0x3FF;
                    (char::from_u32(pair.wrapping_add(0x1_0000)), behind)
                }
                _ => (char::from_u32(unit), behind),
            };
            match character {
                Some(character) => {
                    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                None => text.extend(NO_CHARACTER),
            }
            rest = behind;
        }
        let read = self.held.len().saturating_sub(rest.len());
        self.held.drain(..read);
    }

    fn unit<'a>(&self, bytes: &'a [u8]) -> Option<(u32, &'a [u8])> {
        let (pair, rest) = bytes.split_first_chunk::<2>()?;
        let unit = match self.encoding {
            Encoding::Utf16Be => u16::from_be_bytes(*pair),
            _ => u16::from_le_bytes(*pair),
        };
        Some((u32::from(unit), rest))
    }

    /// The text of a row that has no clear cells, as far as its bytes say what they mean.
    pub(in crate::bulk) fn lossy(&self, bytes: &[u8]) -> String {
        let is_windows = matches!(self.encoding, Encoding::Ascii | Encoding::Windows1252);
        let mut text = String::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (valid, behind) = valid_start(rest);
            text.push_str(valid);
            // What is no UTF-8 is looked at byte by byte.
            let Some((byte, behind)) = behind.split_first() else {
                break;
            };
            let character = windows_1252(*byte).filter(|_| is_windows);
            text.push(character.unwrap_or('\u{FFFD}'));
            rest = behind;
        }
        text
    }

    /// Whether a row is surely UTF-8, as the file is, and has no control character beyond ASCII.
    pub(in crate::bulk) fn is_utf8(&mut self, row: &[u8]) -> bool {
        let is_utf8 = self.encoding != Encoding::Windows1252 && !self.is_given && is_text(row);
        if is_utf8 && self.encoding == Encoding::Ascii && !row.is_ascii() {
            self.encoding = Encoding::Utf8;
        }
        is_utf8
    }

    /// The text of a row and of its cells; nothing where its bytes do not say what they mean.
    pub(in crate::bulk) fn row<'a>(
        &mut self,
        row: &Row<'a>,
        decoded: &'a mut Decoded,
    ) -> Option<Cells<'a>> {
        let Row { bytes, cells, .. } = *row;
        if let Ok(text) = core::str::from_utf8(bytes)
            && (text.is_ascii() || !(self.is_given && self.encoding == Encoding::Windows1252))
        {
            if self.encoding == Encoding::Windows1252 && !text.is_ascii() {
                return None;
            }
            if self.is_given
                && !text.is_ascii()
                && text.chars().any(|character| character == '\u{FFFD}')
            {
                return None;
            }
            if self.encoding == Encoding::Ascii && !text.is_ascii() {
                self.encoding = Encoding::Utf8;
            }
            return Some(Cells {
                text,
                places: cells,
            });
        }
        let mixed = || {
            let mut rest = bytes;
            loop {
                let (valid, behind) = valid_start(rest);
                let Some((_, behind)) = behind.split_first() else {
                    return !valid.is_ascii();
                };
                if !valid.is_ascii() {
                    return true;
                }
                rest = behind;
            }
        };
        let is_windows = matches!(self.encoding, Encoding::Ascii | Encoding::Windows1252);
        if !is_windows || !self.is_given && mixed() {
            return None;
        }
        decoded.text.clear();
        decoded.cells.clear();
        for cell in cells {
            let start = decoded.text.len();
            for byte in bytes.get(cell.start..cell.end)? {
                decoded.text.push(windows_1252(*byte)?);
            }
            decoded.cells.push(Cell::new(start, decoded.text.len()));
        }
        self.encoding = Encoding::Windows1252;
        if !self.is_given && self.guess.is_none() {
            self.guess = Some((row.line, sample(&decoded.text)));
        }
        Some(Cells {
            text: &decoded.text,
            places: &decoded.cells,
        })
    }
}

/// The word around the first letter that is not ASCII.
fn sample(text: &str) -> String {
    let is_it = |word: &&str| !word.is_ascii();
    let word = text
        .split(|character: char| character.is_whitespace() || character.is_ascii_punctuation())
        .find(is_it);
    word.unwrap_or_default().chars().take(24).collect()
}

/// The part of some bytes that is UTF-8, from their start on, and what stands behind it.
fn valid_start(bytes: &[u8]) -> (&str, &[u8]) {
    let valid = match core::str::from_utf8(bytes) {
        Ok(_) => bytes.len(),
        Err(fault) => fault.valid_up_to(),
    };
    let (valid, behind) = bytes.split_at_checked(valid).unwrap_or_default();
    (core::str::from_utf8(valid).unwrap_or_default(), behind)
}

/// A row that was decoded.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Decoded {
    text: String,
    cells: Vec<Cell>,
}

/// Stands for what is no character: it is not UTF-8 either, so the row that has it is rejected.
const NO_CHARACTER: [u8; 1] = [0xFF];

/// The characters from 0x80 to 0x9F; 0 where there is none.
const HIGH: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9F => {
            let code = HIGH.get(usize::from(byte & 31)).copied()?;
            char::from_u32(u32::from(code)).filter(|character| *character != '\0')
        }
        _ => Some(char::from(byte)),
    }
}
