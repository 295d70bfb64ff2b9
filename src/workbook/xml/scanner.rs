//! One tag or text after the other, where they stand in the part's buffer.

use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::limits;
use crate::workbook::xml::attributes::{Attributes, is_space};
use crate::workbook::xml::text;
use crate::workbook::zip::part::Part;

const BROKEN: WorkbookFault = WorkbookFault::Damaged(Damage::Xml);
const ENCODING: WorkbookFault = WorkbookFault::Damaged(Damage::Encoding);

/// A piece of a part.
#[derive(Clone, Copy, Debug)]
pub(in crate::workbook) enum Token<'t> {
    /// A tag that opens an element; an empty one is not closed by another tag.
    Open {
        /// Without its prefix.
        name: &'t [u8],
        attributes: Attributes<'t>,
        is_empty: bool,
    },
    /// A tag that closes one, and how many are open still.
    Close(usize),
    /// Text as it is written.
    Text(&'t [u8]),
    /// Text without entities.
    Plain(&'t [u8]),
    /// The part has ended, and every element has been closed.
    End,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Text,
    Plain,
    Comment,
    Instruction,
    End,
}

/// A part that is being read.
pub(in crate::workbook) struct Scanner {
    part: Part,
    /// Elements that are open.
    depth: usize,
    has_root: bool,
    /// Elements `row` that were opened.
    rows: u32,
    is_utf16: bool,
}

impl Scanner {
    /// Begins with a part.
    pub(in crate::workbook) fn open(part: Part) -> Result<Self> {
        let mut scanner = Self {
            part,
            depth: 0,
            has_root: false,
            rows: 0,
            is_utf16: false,
        };
        scanner.begin()?;
        Ok(scanner)
    }

    /// Goes back to the beginning of a part that has been found whole.
    pub(in crate::workbook) fn restart(&mut self) -> Result<()> {
        self.part.restart();
        (self.depth, self.has_root, self.rows) = (0, false, 0);
        self.begin()
    }

    fn begin(&mut self) -> Result<()> {
        let part = &mut self.part;
        while part.bytes().len() < 4 && part.more()? {}
        let is_utf16 = matches!(
            part.bytes(),
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..]
        );
        if is_utf16 {
            part.replace(limits::STRINGS, text::from_utf16)?
                .ok_or(ENCODING)?;
            self.is_utf16 = true;
        }
        // A byte order mark.
        if part.bytes().starts_with(b"\xEF\xBB\xBF") {
            part.take(3);
        }
        Ok(())
    }

    /// Uncompresses all of the part, so that it is known to be whole; whether these bytes stand anywhere in it.
    pub(in crate::workbook) fn holds(&mut self, wanted: &[u8]) -> Result<bool> {
        let mut is_there = false;
        loop {
            is_there |= text::has(self.part.bytes(), wanted);
            // The end may be a part of them.
            let size = self.part.bytes().len();
            self.part
                .take(size.saturating_sub(wanted.len().saturating_sub(1)));
            if !self.part.more()? {
                return Ok(is_there);
            }
        }
    }

    /// Returns how many elements `row` have been opened, wherever they stand.
    pub(in crate::workbook) const fn rows(&self) -> u32 {
        self.rows
    }

    /// Returns how many elements are open; after a tag that opens one, it is counted.
    #[inline]
    pub(in crate::workbook) const fn depth(&self) -> usize {
        self.depth
    }

    /// What stands there and has been uncompressed.
    #[inline]
    pub(in crate::workbook) fn ahead(&self) -> &[u8] {
        self.part.bytes()
    }

    /// Passes over so many bytes of that, which are elements as a whole.
    #[inline]
    pub(in crate::workbook) fn pass(&mut self, count: usize) {
        self.part.take(count);
    }

    /// The next tag or text.
    #[inline]
    pub(in crate::workbook) fn next(&mut self) -> Result<Token<'_>> {
        loop {
            let (kind, size) = self.measure()?;
            if size > limits::TOKEN {
                return Err(WorkbookFault::TooLarge(Limit::Sheet));
            }
            self.part.take(size);
            match kind {
                Kind::Comment => {}
                Kind::Instruction => self.check_encoding(size)?,
                kind => return self.token(kind, size),
            }
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(in crate::workbook) fn skip(&mut self) -> Result<()> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    #[inline]
    fn token(&mut self, kind: Kind, size: usize) -> Result<Token<'_>> {
        match kind {
            Kind::Close => {
                self.depth = self.depth.checked_sub(1).ok_or(BROKEN)?;
                return Ok(Token::Close(self.depth));
            }
            Kind::End if self.depth > 0 || !self.has_root => return Err(BROKEN),
            Kind::Open => {
                // A part is one element.
                if self.depth == 0 && self.has_root {
                    return Err(BROKEN);
                }
                self.has_root = true;
                self.depth = self.depth.saturating_add(1);
            }
            _ => {}
        }
        let bytes = self.part.taken(size);
        Ok(match kind {
            Kind::Open => {
                let inside = bytes.get(1..size.saturating_sub(1)).unwrap_or_default();
                let (inside, is_empty) = match inside.strip_suffix(b"/") {
                    Some(inside) => (inside, true),
                    None => (inside, false),
                };
                if is_empty {
                    self.depth = self.depth.saturating_sub(1);
                }
                let (name, rest) = split_name(inside);
                if name.is_empty() {
                    return Err(BROKEN);
                }
                self.rows = self.rows.saturating_add(u32::from(name == b"row"));
                Token::Open {
                    name,
                    attributes: Attributes::new(rest),
                    is_empty,
                }
            }
            Kind::Plain => Token::Plain(bytes.get(9..size.saturating_sub(3)).unwrap_or_default()),
            Kind::Text => Token::Text(bytes),
            _ => Token::End,
        })
    }

    /// What stands next, and how many bytes it has.
    #[inline]
    fn measure(&mut self) -> Result<(Kind, usize)> {
        let bytes = self.part.bytes();
        match bytes {
            [b'<', b'/', rest @ ..] => {
                if let Some(end) = rest.iter().position(|byte| *byte == b'>') {
                    return Ok((Kind::Close, end.saturating_add(3)));
                }
            }
            [] | [b'<', b'!' | b'?', ..] => {}
            [b'<', rest @ ..] => {
                if let Some(size) = tag_size(rest) {
                    return Ok((Kind::Open, size.saturating_add(1)));
                }
            }
            [_, ..] => {
                if let Some(size) = bytes.iter().position(|byte| *byte == b'<') {
                    return Ok((Kind::Text, size));
                }
            }
        }
        self.measure_slowly()
    }

    /// As [`measure`](Self::measure), with more of the part, and for what is rare.
    #[inline(never)]
    fn measure_slowly(&mut self) -> Result<(Kind, usize)> {
        loop {
            if let Some(measured) = rare(self.part.bytes())? {
                return Ok(measured);
            }
            if self.part.bytes().len() > limits::TOKEN {
                return Err(WorkbookFault::TooLarge(Limit::Sheet));
            }
            if !self.part.more()? {
                let rest = self.part.bytes();
                return match rest {
                    [] => Ok((Kind::End, 0)),
                    // Behind the root.
                    [byte, ..] if *byte != b'<' => Ok((Kind::Text, rest.len())),
                    _ => Err(BROKEN),
                };
            }
        }
    }

    /// Refuses a part that says it is in another encoding than UTF-8.
    fn check_encoding(&self, size: usize) -> Result<()> {
        let instruction = self.part.taken(size);
        let inside = instruction
            .strip_prefix(b"<?xml")
            .and_then(|inside| inside.strip_suffix(b"?>"));
        let Some(inside) = inside.filter(|inside| inside.first().copied().is_some_and(is_space))
        else {
            return Ok(());
        };
        let encoding = Attributes::new(inside).text(b"encoding")?;
        let is_known = encoding.is_none_or(|mut encoding| {
            encoding.make_ascii_lowercase();
            match encoding.as_str() {
                "utf-8" | "utf8" | "us-ascii" | "ascii" => true,
                "utf-16" | "utf-16le" | "utf-16be" | "ucs-2" => self.is_utf16,
                _ => false,
            }
        });
        if is_known { Ok(()) } else { Err(ENCODING) }
    }
}

/// What these bytes begin with; nothing where its end is not among them.
fn rare(bytes: &[u8]) -> Result<Option<(Kind, usize)>> {
    let (kind, end): (_, &[u8]) = match bytes {
        [b'<', b'!', b'-', b'-', ..] => (Kind::Comment, b"-->"),
        [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => (Kind::Plain, b"]]>"),
        [b'<', b'!', rest @ ..] if rest.len() >= 7 => return Err(BROKEN),
        [b'<', b'!', ..] => return Ok(None),
        [b'<', b'?', ..] => (Kind::Instruction, b"?>"),
        [b'<', b'/', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b'>');
            return Ok(end.map(|end| (Kind::Close, end.saturating_add(3))));
        }
        [b'<', rest @ ..] => {
            return Ok(tag_size(rest).map(|size| (Kind::Open, size.saturating_add(1))));
        }
        bytes => {
            let size = bytes.iter().position(|byte| *byte == b'<');
            return Ok(size.map(|size| (Kind::Text, size)));
        }
    };
    // `<!-->` is no whole comment.
    let opening = if kind == Kind::Comment { 4 } else { 2 };
    let inside = bytes.get(opening..).unwrap_or_default();
    let found = inside.windows(end.len()).position(|bytes| bytes == end);
    Ok(found.map(|at| (kind, at.saturating_add(opening).saturating_add(end.len()))))
}

/// Bytes of a tag behind its `<`, its `>` included: one in quotes does not end it.
#[inline]
fn tag_size(bytes: &[u8]) -> Option<usize> {
    let mut quote = 0;
    for (byte, size) in bytes.iter().zip(1_usize..) {
        match *byte {
            b'>' if quote == 0 => return Some(size),
            b'"' | b'\'' if quote == 0 => quote = *byte,
            byte if byte == quote => quote = 0,
            _ => {}
        }
    }
    None
}

/// A tag's name without its prefix, and what stands behind it.
#[inline]
fn split_name(tag: &[u8]) -> (&[u8], &[u8]) {
    let is_end = |byte: &u8| is_space(*byte);
    let end = tag.iter().position(is_end).unwrap_or(tag.len());
    let (name, rest) = tag.split_at_checked(end).unwrap_or_default();
    let name = match name.iter().position(|byte| *byte == b':') {
        Some(colon) => name.get(colon.saturating_add(1)..).unwrap_or_default(),
        None => name,
    };
    (name, rest)
}
