//! What no rule is for: fields that the API does not document, and a field that stands twice.

use super::schema::{self, Shape};
use super::spelling::{Spelling, spelling};
use super::validate::Validator;
use super::{IssueCode, Param, Segment, Severity};
use crate::json::{self, Kind};

const UNDOCUMENTED: &str = "is not a field that the API documents.";

impl Validator<'_> {
    pub(super) fn unknown_field(&mut self, shape: &'static Shape, name: &str) {
        let known = shape.fields.iter().map(|field| field.name);
        let is_listed = self.report.issues.len() < self.max_issues;
        let (severity, words, nearest) = match spelling(name, known, is_listed) {
            Spelling::OtherCase(nearest) => (
                Severity::Error,
                [
                    "must be spelled ",
                    nearest,
                    ": the API reads names without case, so this one could count as that one.",
                    "",
                ],
                nearest,
            ),
            Spelling::Near(nearest) => (
                Severity::Warning,
                [UNDOCUMENTED, " Did you mean ", nearest, "?"],
                nearest,
            ),
            Spelling::Unknown => (Severity::Warning, [UNDOCUMENTED, "", "", ""], ""),
        };
        let params = &[("nearest", Param::Text(nearest))];
        let params = if nearest.is_empty() { &[][..] } else { params };
        self.issue(severity, IssueCode::UnknownField, &words.concat(), params);
    }

    /// Reads a value that no rule is for. No key may stand twice in its objects either.
    pub(super) fn unknown_value(&mut self) -> Result<(), json::Error> {
        match self.reader.peek()? {
            Kind::Object => {
                self.object(&schema::UNDOCUMENTED)?;
            }
            Kind::Array => {
                let mut elements = self.reader.array()?;
                let mut index = 0_u64;
                while elements.next(&mut self.reader)? {
                    self.path.push(Segment::Index(index));
                    self.unknown_value()?;
                    self.path.pop();
                    index = index.saturating_add(1);
                }
            }
            _ => {
                self.reader.skip()?;
            }
        }
        Ok(())
    }

    pub(super) fn stands_twice(&mut self) {
        self.error(IssueCode::DuplicateField, "stands twice. Keep one.");
    }
}
