//! What is said of rows, in words that name their columns.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::fields::{FIELDS, path_and_name};
use crate::bulk::columns::header::Header;
use crate::bulk::csv::file_issue::FileIssue;
use crate::bulk::line::line_issue::LineIssue;
use crate::order::Severity;

/// Says something of the file that is to be said of several rows: once, with how many they are.
pub(in crate::bulk) fn add_message(
    issues: &mut Vec<FileIssue>,
    severity: Severity,
    header: &Header,
    issue: &LineIssue,
    line: u32,
) {
    let (column, message) = message_of(header, issue);
    let is_it = |known: &FileIssue| known.code == issue.code && known.message == message;
    let place = issues.iter().position(is_it).unwrap_or_else(|| {
        let column = column.map(|column| header.name(column).into());
        let said = FileIssue::new(severity, line, column, issue.code, message);
        said.of_field(issue.field.and_then(path_and_name))
            .add_to(issues);
        issues.len().saturating_sub(1)
    });
    if let Some(said) = issues.get_mut(place) {
        said.add_row(line);
    }
}

/// The column that an issue of a row is about, and its message.
pub(in crate::bulk) fn message_of(header: &Header, issue: &LineIssue) -> (Option<u16>, String) {
    let field = issue.field.unwrap_or(usize::MAX);
    let own = issue.column.and_then(|column| u16::try_from(column).ok());
    let column = own.or_else(|| header.column(field));
    let path = FIELDS.get(field).map_or("", |field| field.path);
    let subject = column.map_or(path, |column| header.name(column));
    let joint = if subject.is_empty() { "" } else { " " };
    (column, [subject, joint, &issue.sentence].concat())
}
