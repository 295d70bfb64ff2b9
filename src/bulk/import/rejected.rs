//! The rows that were rejected, ready to be written out for mending.
//!
//! Read again as they are, they are rejected again: what could not be told apart as cells of known columns stands behind the
//! reason, outside every column.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::header::{Header, REASON};
use crate::bulk::csv::cell::{BOM, push_cell};
use crate::bulk::csv::file_issue::{FIRST_LINES, write_rows};
use crate::bulk::csv::row::Cells;
use crate::json::Writer;
use crate::order::{IssueCode, Severity};
use crate::sorted::sorted;

/// One thing that is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct RowIssue {
    pub(in crate::bulk) column: Option<u16>,
    pub(in crate::bulk) code: IssueCode,
    /// The place of the message among [`Rejected::messages`].
    message: u32,
    /// The first line that pays the same.
    first_line: Option<u32>,
}

#[derive(Clone, Debug)]
struct RejectedRow {
    line: u32,
    last_line: u32,
    issues: u32,
    /// Where its cells under the header end, and where what stands behind the reason does.
    cells: usize,
    end: usize,
}

/// The rejected rows of a file.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Rejected {
    rows: Vec<RejectedRow>,
    issues: Vec<RowIssue>,
    /// Each message once: there are as many as there are rules and columns.
    messages: Vec<String>,
    text: Vec<u8>,
    delimiter: u8,
}

impl Rejected {
    /// Decides what stands between cells: as in the file, so that the same program opens both.
    pub(in crate::bulk) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    pub(in crate::bulk) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Bytes that are kept.
    pub(in crate::bulk) fn size(&self) -> usize {
        self.text.len()
    }

    /// Adds an issue to the row that comes next.
    pub(in crate::bulk) fn add_issue(
        &mut self,
        column: Option<u16>,
        code: IssueCode,
        message: &[&str],
    ) {
        let message = message.concat();
        let known = self.messages.iter().position(|known| *known == message);
        let place = known.unwrap_or_else(|| {
            self.messages.push(message);
            self.messages.len().saturating_sub(1)
        });
        self.issues.push(RowIssue {
            column,
            code,
            message: u32::try_from(place).unwrap_or(u32::MAX),
            first_line: None,
        });
    }

    /// Says of the issue that was added last which line pays the same.
    pub(in crate::bulk) fn set_first_line(&mut self, line: Option<u32>) {
        if let Some(issue) = self.issues.last_mut() {
            issue.first_line = line;
        }
    }

    /// Keeps a row whose issues were added.
    pub(in crate::bulk) fn push(
        &mut self,
        lines: (u32, u32),
        cells: Cells<'_>,
        header: Option<&Header>,
    ) {
        let width = header.map_or(0, Header::width);
        for column in 0..width {
            push_cell(&mut self.text, cells.get(column));
            self.text.push(self.delimiter);
        }
        let end_of_cells = self.text.len();
        let reason = header.and_then(|header| header.reason);
        let behind = width.saturating_add(usize::from(reason.is_some()));
        for column in behind..cells.places.len() {
            self.text.push(self.delimiter);
            push_cell(&mut self.text, cells.get(column));
        }
        self.end(lines, end_of_cells);
    }

    /// Keeps a row that has no clear cells: as it is, outside every column.
    pub(in crate::bulk) fn push_raw(
        &mut self,
        lines: (u32, u32),
        text: &str,
        header: Option<&Header>,
    ) {
        for _ in 0..header.map_or(0, Header::width) {
            self.text.push(self.delimiter);
        }
        let end_of_cells = self.text.len();
        self.text.push(self.delimiter);
        push_cell(&mut self.text, text);
        self.end(lines, end_of_cells);
    }

    fn end(&mut self, (line, last_line): (u32, u32), cells: usize) {
        self.rows.push(RejectedRow {
            line,
            last_line,
            issues: u32::try_from(self.issues.len()).unwrap_or(u32::MAX),
            cells,
            end: self.text.len(),
        });
    }

    fn message(&self, issue: &RowIssue) -> &str {
        let place = usize::try_from(issue.message).ok();
        let message = place.and_then(|place| self.messages.get(place));
        message.map_or("", String::as_str)
    }

    fn each(&self, each: &mut dyn FnMut(&RejectedRow, &[RowIssue], usize)) {
        let (mut issues, mut start) = (0, 0);
        for row in &self.rows {
            let end = usize::try_from(row.issues).unwrap_or(usize::MAX);
            each(row, self.issues.get(issues..end).unwrap_or_default(), start);
            (issues, start) = (end, row.end);
        }
    }

    /// The rows with their issues, as JSON.
    pub(in crate::bulk) fn write_json(&self, json: &mut Writer, header: Option<&Header>) {
        json.array();
        self.each(&mut |row, issues, _| {
            json.object();
            json.key("line");
            json.number(u64::from(row.line));
            if row.last_line > row.line {
                json.key("lastLine");
                json.number(u64::from(row.last_line));
            }
            json.key("issues");
            json.array();
            for issue in issues {
                json.object();
                if let Some((header, column)) = header.zip(issue.column) {
                    json.key("column");
                    json.string(header.name(column));
                }
                json.key("code");
                json.string(issue.code.as_str());
                json.key("message");
                json.string(self.message(issue));
                if let Some(line) = issue.first_line {
                    json.key("params");
                    json.object();
                    json.key("firstLine");
                    json.number(u64::from(line));
                    json.close_object();
                }
                json.close_object();
            }
            json.close_array();
            json.close_object();
        });
        json.close_array();
    }

    /// What is wrong with the rows, each thing once, as JSON: how often, and where first.
    pub(in crate::bulk) fn write_groups(&self, json: &mut Writer, header: Option<&Header>) {
        // By its message a thing is told from another; there are as many as rules and columns.
        let mut groups: Vec<(&RowIssue, u64, Vec<u32>)> = Vec::new();
        self.each(&mut |row, issues, _| {
            for issue in issues {
                let is_it = |(known, _, _): &&mut (&RowIssue, u64, Vec<u32>)| {
                    (known.message, known.code, known.column)
                        == (issue.message, issue.code, issue.column)
                };
                if let Some((_, count, lines)) = groups.iter_mut().find(is_it) {
                    *count = count.saturating_add(1);
                    if lines.len() < FIRST_LINES {
                        lines.push(row.line);
                    }
                } else if let Some(issue) = self.issues.iter().find(|other| *other == issue) {
                    groups.push((issue, 1, Vec::from([row.line])));
                }
            }
        });
        let count = |index: u32| {
            groups
                .get(usize::try_from(index).ok()?)
                .map(|(_, count, _)| *count)
        };
        for index in sorted(groups.len(), &|a, b| {
            count(b).cmp(&count(a)).then(a.cmp(&b))
        }) {
            let group = usize::try_from(index)
                .ok()
                .and_then(|index| groups.get(index));
            let Some((issue, count, lines)) = group else {
                continue;
            };
            let column = header.zip(issue.column);
            let column = column.map(|(header, column)| header.name(column));
            write_group(
                json,
                Severity::Error,
                issue.code,
                column,
                self.message(issue),
            );
            write_rows(json, *count, lines);
            json.close_object();
        }
    }

    /// The rows as CSV, with a column that says why they were rejected.
    pub(in crate::bulk) fn to_csv(&self, header: Option<&Header>) -> Vec<u8> {
        let mut csv = Vec::with_capacity(self.text.len().saturating_mul(2));
        csv.extend_from_slice(BOM);
        if let Some(header) = header {
            for name in header.names.iter().take(header.width()) {
                push_cell(&mut csv, name);
                csv.push(self.delimiter);
            }
        }
        csv.extend_from_slice(REASON.as_bytes());
        csv.extend_from_slice(b"\r\n");
        self.each(&mut |row, issues, start| {
            csv.extend_from_slice(self.text.get(start..row.cells).unwrap_or_default());
            let mut reason = String::new();
            for issue in issues {
                if !reason.is_empty() {
                    reason.push(' ');
                }
                reason.push_str(self.message(issue));
            }
            push_cell(&mut csv, &reason);
            csv.extend_from_slice(self.text.get(row.cells..row.end).unwrap_or_default());
            csv.extend_from_slice(b"\r\n");
        });
        csv
    }
}

/// Begins what is said of several rows; the object is left open.
pub(in crate::bulk) fn write_group(
    json: &mut Writer,
    severity: Severity,
    code: IssueCode,
    column: Option<&str>,
    message: &str,
) {
    json.object();
    json.key("severity");
    json.string(severity.as_str());
    json.key("code");
    json.string(code.as_str());
    if let Some(column) = column {
        json.key("column");
        json.string(column);
    }
    json.key("message");
    json.string(message);
}
