//! What is wrong with a row, said of its fields.

use alloc::string::String;

use crate::bulk::columns::fields::{self, QUANTITY, VALUE};
use crate::bulk::line::amount::AmountFault;
use crate::order::{Issue, IssueCode, Segment};

/// What is wrong with a row: the field, where it is one, the code, and the sentence behind the field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct LineIssue {
    pub(in crate::bulk) field: Option<usize>,
    pub(in crate::bulk) code: IssueCode,
    pub(in crate::bulk) sentence: String,
}

impl LineIssue {
    /// Said of a row that is the header once more.
    pub(in crate::bulk) fn header() -> Self {
        Self {
            field: None,
            code: IssueCode::Required,
            sentence: "The row repeats the header and can be removed.".into(),
        }
    }

    /// Said of a cell in which the spreadsheet has put an error.
    pub(in crate::bulk) fn cell_error(field: usize) -> Self {
        Self {
            field: Some(field),
            code: IssueCode::InvalidType,
            sentence: "is an error of the spreadsheet, such as #N/A. Mend its formula.".into(),
        }
    }

    /// Said of a row that would make the sum of its file more than an amount can be.
    pub(in crate::bulk) fn too_much() -> Self {
        Self {
            field: Some(VALUE),
            code: IssueCode::OutOfRange,
            sentence: "makes the sum of the file too large.".into(),
        }
    }
}

/// Said of a cell that is no amount.
pub(in crate::bulk) fn amount_issue(field: usize, fault: AmountFault) -> LineIssue {
    let (code, sentence) = match fault {
        AmountFault::Ambiguous => (
            IssueCode::AmbiguousAmount,
            "can be read as thousands or as decimals. Write 1000 or 1.00, without a separator between thousands.",
        ),
        AmountFault::NotANumber if field == QUANTITY => {
            (IssueCode::InvalidType, "must be a number, such as 1.")
        }
        AmountFault::NotANumber => (
            IssueCode::InvalidType,
            "must be an amount, such as 25 or 25.00.",
        ),
    };
    LineIssue {
        field: Some(field),
        code,
        sentence: sentence.into(),
    }
}

/// What the validator said, as said of a row.
pub(in crate::bulk) fn line_issue(issue: &Issue) -> LineIssue {
    let place = issue.path.to_text();
    let sentence = issue.message.get(place.len().saturating_add(1)..);
    let mut path = String::new();
    for segment in issue.path.segments().iter().skip(2) {
        if let Segment::Field(name) = segment {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
    }
    let field = match path.as_str() {
        // The sum of an order of one line.
        "" => Some(VALUE),
        path => fields::at_path(path),
    };
    LineIssue {
        field,
        code: issue.code,
        sentence: match (field, sentence) {
            (None, Some(sentence)) => [&path, " ", sentence].concat(),
            (_, sentence) => sentence.unwrap_or_default().into(),
        },
    }
}
