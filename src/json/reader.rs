//! A reader that pulls one value after another out of a text.

use super::number::number_length;
use super::{Block, Error, ErrorKind, Text};

/// How many arrays and objects may stand inside each other: far above what the API uses, far below what a stack holds.
pub const MAX_DEPTH: u8 = 100;

/// What the next value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    String,
    /// `-` or a digit
    Number,
    /// `true` or `false`
    Boolean,
    /// `null`
    Null,
}

impl Kind {
    /// The name that a message and JSON Schema use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
        }
    }
}

/// A place in a JSON text. It is a plain value: a clone looks ahead.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    length: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            length: bytes.len(),
            depth: 0,
        }
    }

    /// The distance from the start of the text, in bytes.
    pub const fn offset(&self) -> usize {
        self.length.saturating_sub(self.rest.len())
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Goes on behind so many bytes, which another reader has read and found to be whole values.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// What the next value is, without reading it.
    pub fn peek(&mut self) -> Result<Kind, Error> {
        self.skip_space();
        match self.rest {
            [b'{', ..] => Ok(Kind::Object),
            [b'[', ..] => Ok(Kind::Array),
            [b'"', ..] => Ok(Kind::String),
            [b'-' | b'0'..=b'9', ..] => Ok(Kind::Number),
            [b't' | b'f', ..] => Ok(Kind::Boolean),
            [b'n', ..] => Ok(Kind::Null),
            _ => Err(self.unexpected()),
        }
    }

    /// Enters an object; its members are then read one by one.
    pub fn object(&mut self) -> Result<Members, Error> {
        self.enter(b'{')?;
        Ok(Members { first: true })
    }

    /// Enters an array; its elements are then read one by one.
    pub fn array(&mut self) -> Result<Elements, Error> {
        self.enter(b'[')?;
        Ok(Elements { first: true })
    }

    /// Reads a string.
    pub fn string(&mut self) -> Result<Text<'a>, Error> {
        self.token(b'"')?;
        let start = self.rest;
        let offset = self.offset();
        let mut inside = 0_usize;
        let mut escaped = false;
        loop {
            let run = Block::at(start, inside).special();
            if run == 0 {
                inside = inside.saturating_add(16);
                continue;
            }
            inside = inside.saturating_add(run.trailing_zeros() as usize);
            match start.get(inside) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    inside = inside.saturating_add(2);
                }
                Some(byte) if *byte < 0x20 => {
                    let at = offset.saturating_add(inside);
                    return Err(Error::new(ErrorKind::ControlCharacter, at));
                }
                // What is not ASCII mostly stands beside its like.
                Some(_) => {
                    let rest = start.get(inside..).unwrap_or_default();
                    let run = rest.iter().take_while(|byte| **byte >= 0x7F).count();
                    inside = inside.saturating_add(run);
                }
                None => return Err(Error::new(ErrorKind::UnexpectedEnd, self.length)),
            }
        }
        self.rest = start.get(inside.saturating_add(1)..).unwrap_or_default();
        let raw = start.get(..inside).unwrap_or_default();
        Text::check(raw, escaped, offset)
    }

    /// Reads a number as its text: no float is made of it.
    pub fn number(&mut self) -> Result<&'a str, Error> {
        self.skip_space();
        let fault = Error::new(ErrorKind::InvalidNumber, self.offset());
        let (number, rest) = number_length(self.rest)
            .and_then(|length| self.rest.split_at_checked(length))
            .ok_or(fault)?;
        self.rest = rest;
        // A number is ASCII by its grammar.
        core::str::from_utf8(number).map_err(|_| fault)
    }

    /// Reads `true` or `false`.
    pub fn boolean(&mut self) -> Result<bool, Error> {
        if self.peek()? == Kind::Boolean && self.rest.first() == Some(&b't') {
            self.literal(b"true").map(|()| true)
        } else {
            self.literal(b"false").map(|()| false)
        }
    }

    /// Reads `null`.
    pub fn null(&mut self) -> Result<(), Error> {
        self.skip_space();
        self.literal(b"null")
    }

    /// Reads a value of any kind, checks that it is JSON, and hands out its bytes.
    pub fn skip(&mut self) -> Result<&'a [u8], Error> {
        self.skip_space();
        let start = self.rest;
        match self.peek()? {
            Kind::Object => {
                let mut members = self.object()?;
                while members.next(self)?.is_some() {
                    self.skip()?;
                }
            }
            Kind::Array => {
                let mut elements = self.array()?;
                while elements.next(self)? {
                    self.skip()?;
                }
            }
            Kind::String => {
                self.string()?;
            }
            Kind::Number => {
                self.number()?;
            }
            Kind::Boolean => {
                self.boolean()?;
            }
            Kind::Null => self.null()?,
        }
        let length = start.len().saturating_sub(self.rest.len());
        Ok(start.get(..length).unwrap_or_default())
    }

    /// Checks that nothing but space follows.
    pub fn end(&mut self) -> Result<(), Error> {
        self.skip_space();
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::TrailingCharacters, self.offset()))
        }
    }

    fn enter(&mut self, bracket: u8) -> Result<(), Error> {
        self.token(bracket)?;
        if self.depth >= MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooDeep, self.offset()));
        }
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Reads one character that must stand here.
    fn token(&mut self, expected: u8) -> Result<(), Error> {
        if self.accept(expected) {
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// Reads one character where it stands here.
    fn accept(&mut self, wanted: u8) -> bool {
        self.skip_space();
        match self.rest {
            [byte, rest @ ..] if *byte == wanted => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn literal(&mut self, word: &[u8]) -> Result<(), Error> {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                Ok(())
            }
            None => Err(self.unexpected()),
        }
    }

    fn skip_space(&mut self) {
        while let [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn unexpected(&self) -> Error {
        let kind = if self.rest.is_empty() {
            ErrorKind::UnexpectedEnd
        } else {
            ErrorKind::UnexpectedCharacter
        };
        Error::new(kind, self.offset())
    }
}

/// Where the reader is inside an object.
#[derive(Clone, Debug)]
pub struct Members {
    first: bool,
}

impl Members {
    /// The next member's key, the reader standing before its value; nothing at the object's end.
    pub fn next<'a>(&mut self, reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Error> {
        if reader.accept(b'}') {
            reader.leave();
            return Ok(None);
        }
        if !core::mem::take(&mut self.first) {
            reader.token(b',')?;
        }
        let key = reader.string()?;
        reader.token(b':')?;
        Ok(Some(key))
    }
}

/// Where the reader is inside an array.
#[derive(Clone, Debug)]
pub struct Elements {
    first: bool,
}

impl Elements {
    /// Whether there is a next element, the reader standing before it.
    pub fn next(&mut self, reader: &mut Reader<'_>) -> Result<bool, Error> {
        if reader.accept(b']') {
            reader.leave();
            return Ok(false);
        }
        if !core::mem::take(&mut self.first) {
            reader.token(b',')?;
            // `[1,]` is not JSON: a value must follow, which the caller's read will find.
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(), Error> {
        let mut reader = Reader::new(text.as_bytes());
        reader.skip()?;
        reader.end()
    }

    #[test]
    fn a_value_is_handed_out_as_it_stands() {
        let mut reader = Reader::new(br#" {"a" : [1.50, "\u00e9", null] } "#);

        let mut members = reader.object().unwrap();
        let key = members.next(&mut reader).unwrap().unwrap();

        assert_eq!(key.decode(), "a");
        assert_eq!(reader.skip().unwrap(), br#"[1.50, "\u00e9", null]"#);
        assert!(members.next(&mut reader).unwrap().is_none());
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn a_fault_says_where_it_is() {
        for (text, kind, offset) in [
            ("", ErrorKind::UnexpectedEnd, 0),
            ("[1,]", ErrorKind::UnexpectedCharacter, 3),
            (r#"{"a":1,}"#, ErrorKind::UnexpectedCharacter, 7),
            (r#"{"a" 1}"#, ErrorKind::UnexpectedCharacter, 5),
            ("[1 2]", ErrorKind::UnexpectedCharacter, 3),
            ("nul", ErrorKind::UnexpectedCharacter, 0),
            ("[01]", ErrorKind::UnexpectedCharacter, 2),
            ("[1.]", ErrorKind::InvalidNumber, 1),
            ("\"a\nb\"", ErrorKind::ControlCharacter, 2),
            (r#""\x""#, ErrorKind::InvalidEscape, 1),
            (r#""ab\ud800""#, ErrorKind::LoneSurrogate, 3),
            (r#""abc"#, ErrorKind::UnexpectedEnd, 4),
            ("1 1", ErrorKind::TrailingCharacters, 2),
        ] {
            assert_eq!(read(text), Err(Error::new(kind, offset)), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_refused_where_they_stand() {
        let mut reader = Reader::new(b"\"ab\xff\"");

        let fault = reader.string().unwrap_err();

        assert_eq!((fault.kind(), fault.offset()), (ErrorKind::InvalidUtf8, 3));
    }

    #[test]
    fn depth_is_bounded() {
        let deep = usize::from(MAX_DEPTH);
        assert_eq!(read(&("[".repeat(deep) + &"]".repeat(deep))), Ok(()));
        assert_eq!(
            read(&"[".repeat(100_000)).unwrap_err().kind(),
            ErrorKind::TooDeep
        );
    }
}
