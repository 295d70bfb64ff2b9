//! Where a text stops being JSON, and why.

use core::fmt;

/// The first fault of a text that is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

impl Error {
    pub(crate) const fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    pub const fn kind(self) -> ErrorKind {
        self.kind
    }

    /// The fault's distance from the start, in bytes.
    pub const fn offset(self) -> usize {
        self.offset
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind.as_str(), self.offset)
    }
}

impl core::error::Error for Error {}

/// What is wrong with a text that is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text ends inside a value.
    UnexpectedEnd,
    /// A character that cannot stand here.
    UnexpectedCharacter,
    /// A number that is not written as JSON writes numbers.
    InvalidNumber,
    /// A backslash before a character that cannot be escaped.
    InvalidEscape,
    /// Half of a UTF-16 surrogate pair, which is no character.
    LoneSurrogate,
    /// A control character inside a string, not escaped.
    ControlCharacter,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// More than [`super::MAX_DEPTH`] arrays and objects inside each other.
    TooDeep,
    /// Something after the value.
    TrailingCharacters,
}

impl ErrorKind {
    /// A few words for a message.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnexpectedEnd => "the text ends too early",
            Self::UnexpectedCharacter => "unexpected character",
            Self::InvalidNumber => "invalid number",
            Self::InvalidEscape => "invalid escape sequence",
            Self::LoneSurrogate => "half of a surrogate pair",
            Self::ControlCharacter => "control character in a string",
            Self::InvalidUtf8 => "invalid UTF-8",
            Self::TooDeep => "nested too deeply",
            Self::TrailingCharacters => "characters after the end",
        }
    }
}
