//! What the validator found.

use super::{Issue, IssueCode, OrderType, Param, Path, Segment, Severity, limits};
use crate::json::{Writer, decimal_text};
use crate::money::{Amount, Decimals};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The outcome of checking one order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValidationReport {
    /// What is wrong, in document order, the absent fields of each object after its present ones. Where they are too many, the
    /// errors are listed before any warning.
    pub issues: Vec<Issue>,
    /// Issues beyond the asked number, which are counted but not listed.
    pub omitted: u64,
    /// Issues that keep the order from being sent, listed or not.
    pub errors: u64,
    /// Elements of `LineItems`.
    pub line_count: u64,
    /// The sum of value times quantity over the lines where both could be read.
    pub face_value: Amount,
    /// The decimals of the order's currency, where a catalog tells it.
    pub decimals: Decimals,
    /// `Type`, where it is one of the three.
    pub order_type: Option<OrderType>,
    /// `PONumber`, where it is a text.
    pub po_number: Option<String>,
}

impl ValidationReport {
    /// The report on an input that could not be read at all; `rest` is the sentence behind "The order".
    pub fn refusal(code: IssueCode, rest: &str, params: &[(&'static str, Param)]) -> Self {
        let issue = Issue {
            severity: Severity::Error,
            code,
            path: Path::default(),
            message: ["The order ", rest].concat(),
            params: params.to_vec(),
        };
        Self {
            issues: vec![issue],
            errors: 1,
            ..Self::default()
        }
    }

    /// The report on an input of more bytes than are read at all.
    pub fn too_large() -> Self {
        let maximum = u64::try_from(limits::INPUT).unwrap_or(u64::MAX);
        Self::refusal(
            IssueCode::TooLarge,
            "is too large to read. Split it.",
            &[("maximum", Param::Number(maximum))],
        )
    }

    /// The report on nothing at all.
    pub fn missing() -> Self {
        Self::refusal(IssueCode::Required, "is missing.", &[])
    }

    /// Returns whether the order can be sent.
    pub const fn is_valid(&self) -> bool {
        self.errors == 0
    }

    /// Returns whether there is nothing to say of the order, not even a warning.
    pub const fn is_clean(&self) -> bool {
        self.issues.is_empty() && self.omitted == 0
    }

    /// Returns whether all that keeps the order from being sent is its PO number: what it orders is right.
    pub fn is_valid_but_for_po_number(&self) -> bool {
        let of_po_number = |issue: &&Issue| {
            issue.severity == Severity::Error
                && issue.path.segments() == [Segment::Field("PONumber")]
        };
        let errors = self.issues.iter().filter(of_po_number).count();
        u64::try_from(errors) == Ok(self.errors)
    }

    /// Adds an issue; one that is not listed is counted.
    pub(super) fn push(&mut self, issue: Option<Issue>, severity: Severity) {
        if severity == Severity::Error {
            self.errors = self.errors.saturating_add(1);
        }
        match issue {
            Some(issue) => self.issues.push(issue),
            None => self.omitted = self.omitted.saturating_add(1),
        }
    }

    /// One sentence that names the first error and counts the rest, with no value of the order in it.
    pub fn summary(&self) -> String {
        let mut errors = self
            .issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error);
        let Some(first) = errors.next() else {
            return "The order is not valid.".to_owned();
        };
        let others = self.errors.saturating_sub(1);
        let mut text = ["The order is not valid: ", &first.message].concat();
        if others > 0 {
            text.push_str(" `issues` has ");
            text.push_str(&decimal_text(others));
            text.push_str(" more.");
        }
        text
    }

    /// The report as the JSON that JavaScript makes its object of.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Writer::with_capacity(256);
        json.object();
        json.key("valid");
        json.boolean(self.is_valid());
        json.key("issues");
        self.write_issues(&mut json);
        json.key("lineCount");
        json.number(self.line_count);
        json.key("faceValue");
        json.string(&self.face_value.to_decimal_in(self.decimals));
        if self.omitted > 0 {
            json.key("omitted");
            json.number(self.omitted);
        }
        json.close_object();
        json.into_bytes()
    }

    /// The issues alone, as JSON.
    pub fn issues_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        self.write_issues(&mut json);
        json.into_bytes()
    }

    fn write_issues(&self, json: &mut Writer) {
        json.array();
        self.issues.iter().for_each(|issue| issue.write(json));
        json.close_array();
    }
}
