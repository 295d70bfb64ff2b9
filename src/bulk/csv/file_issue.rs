//! What is said of a file as a whole.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::Writer;
use crate::order::{IssueCode, Severity};

/// Lines that are named of many.
pub(in crate::bulk) const FIRST_LINES: usize = 5;

/// Something about a file that is not about one of its rows alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileIssue {
    /// A warning, where rows are accepted in spite of it.
    pub severity: Severity,
    /// From 1.
    pub line: u32,
    /// The header in question.
    pub column: Option<String>,
    /// What kind of thing it is.
    pub code: IssueCode,
    /// The way from a line of an order to the field in question; empty where it is the file.
    pub path: &'static str,
    /// What a person can do about it.
    pub message: String,
    /// What the message says, for a program.
    pub params: Vec<(&'static str, String)>,
    /// The accepted rows that it is said of: how many, and the lines of the first.
    pub rows: (u64, Vec<u32>),
}

impl FileIssue {
    #[inline(never)]
    pub(in crate::bulk) fn new(
        severity: Severity,
        line: u32,
        column: Option<String>,
        code: IssueCode,
        message: String,
    ) -> Self {
        Self {
            severity,
            line,
            column,
            code,
            path: "",
            message,
            params: Vec::new(),
            rows: (0, Vec::new()),
        }
    }

    /// Adds it to others. A function of its own, since it is large.
    #[inline(never)]
    pub(in crate::bulk) fn add_to(self, issues: &mut Vec<Self>) {
        issues.push(self);
    }

    /// The same, said of a field by its path and its name; of a column that is not known, the field that it seems to hold is a word for a
    /// program as well.
    #[must_use]
    pub(in crate::bulk) fn of_field(mut self, field: Option<(&'static str, &'static str)>) -> Self {
        if let Some((path, name)) = field {
            self.path = path;
            if self.severity == Severity::Error {
                self.params.push(("field", String::from(name)));
            }
        }
        self
    }

    pub(in crate::bulk) fn add_row(&mut self, line: u32) {
        let (count, lines) = &mut self.rows;
        *count = count.saturating_add(1);
        if lines.len() < FIRST_LINES {
            lines.push(line);
        }
    }

    pub(in crate::bulk) fn write(&self, json: &mut Writer) {
        json.object();
        json.key("severity");
        json.string(self.severity.as_str());
        json.key("line");
        json.number(u64::from(self.line));
        if let Some(column) = &self.column {
            json.key("column");
            json.string(column);
        }
        json.key("code");
        json.string(self.code.as_str());
        json.key("path");
        json.array();
        #[expect(
            clippy::manual_pattern_char_comparison,
            reason = "the standard library's own search for a character is half a kilobyte"
        )]
        let names = self
            .path
            .split(|letter| letter == '.')
            .filter(|name| !name.is_empty());
        names.for_each(|name| json.string(name));
        json.close_array();
        json.key("message");
        json.string(&self.message);
        let (count, lines) = &self.rows;
        if !self.params.is_empty() || *count > 0 {
            json.key("params");
            json.object();
            for (name, value) in &self.params {
                json.key(name);
                json.string(value);
            }
            if *count > 0 {
                write_rows(json, *count, lines);
            }
            json.close_object();
        }
        json.close_object();
    }
}

/// Adds how many rows something is said of, and the lines of the first.
pub(in crate::bulk) fn write_rows(json: &mut Writer, count: u64, lines: &[u32]) {
    json.key("count");
    json.number(count);
    json.key("firstLines");
    json.array();
    for line in lines {
        json.number(u64::from(*line));
    }
    json.close_array();
}
