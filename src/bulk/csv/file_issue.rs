//! What is said of a file as a whole.

use alloc::string::String;
use alloc::vec::Vec;

use crate::order::IssueCode;

/// Something about a file that is not about one of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileIssue {
    /// From 1.
    pub line: u32,
    /// The header in question.
    pub column: Option<String>,
    /// What kind of thing it is.
    pub code: IssueCode,
    /// What a person can do about it.
    pub message: String,
    /// What the message says, for a program.
    pub params: Vec<(&'static str, String)>,
}
