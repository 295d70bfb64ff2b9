//! What is wrong with a row, said of its fields.

use alloc::string::String;

use crate::amount::reader::AmountFault;
use crate::bulk::columns::fields::{self, QUANTITY, VALUE};
use crate::bulk::csv::row::CellKind;
use crate::bulk::line::foreign::Foreign;
use crate::order::{Issue, IssueCode, Segment};

/// What is wrong with a row: the field, where it is one, the code, and the sentence behind the field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct LineIssue {
    pub(in crate::bulk) field: Option<usize>,
    /// The column, where it is another than the field's.
    pub(in crate::bulk) column: Option<usize>,
    pub(in crate::bulk) code: IssueCode,
    pub(in crate::bulk) sentence: String,
    /// The first line that pays the same.
    pub(in crate::bulk) first_line: Option<u32>,
}

impl LineIssue {
    pub(in crate::bulk) fn new(field: usize, code: IssueCode, sentence: &str) -> Self {
        Self {
            field: Some(field),
            column: None,
            code,
            sentence: sentence.into(),
            first_line: None,
        }
    }

    /// Said of a row that is for nobody.
    pub(in crate::bulk) fn of_row(sentence: &str) -> Self {
        Self {
            field: None,
            ..Self::new(0, IssueCode::Required, sentence)
        }
    }

    /// Said of a row that is the header once more.
    pub(in crate::bulk) fn header() -> Self {
        Self::of_row("The row repeats the header and can be removed.")
    }

    /// Said of a row that a person does not see in the sheet.
    pub(in crate::bulk) fn hidden() -> Self {
        Self {
            code: IssueCode::HiddenRow,
            ..Self::of_row(
                "The row is hidden or filtered out in the sheet. Show it, remove it, or say hidden: \"accept\".",
            )
        }
    }

    /// Said of a row that pays the same recipient what an earlier one pays.
    pub(in crate::bulk) fn duplicate(first_line: u32) -> Self {
        Self {
            code: IssueCode::DuplicateRow,
            first_line: Some(first_line),
            ..Self::of_row(
                "The row pays the same recipient the same product and value as an earlier one. Remove it, or say duplicates: \"accept\" where both are meant.",
            )
        }
    }

    /// Said of a cell that no person wrote.
    pub(in crate::bulk) fn foreign(field: usize, found: Foreign) -> Self {
        Self::new(field, IssueCode::InvalidType, found.sentence())
    }

    /// Said of a cell of a sheet that has no value.
    pub(in crate::bulk) fn lacking(field: usize, kind: CellKind) -> Self {
        let sentence = match kind {
            CellKind::Hidden => {
                "is a hidden column of the sheet. Show it, remove it, or say hidden: \"accept\"."
            }
            CellKind::Otherwise => {
                "is shown by the sheet as something else than it holds: rounded, negative, raised or struck through. Enter what is meant."
            }
            CellKind::Error => {
                "could not be worked out by the sheet. Mend its formula, or enter what is meant."
            }
            CellKind::Covered => {
                "is covered by a merged cell, so it has no value of its own. Unmerge the cells and fill in each."
            }
            _ => {
                "is a formula without a value. Open the workbook in a spreadsheet, save it, and import it again."
            }
        };
        let code = match kind {
            CellKind::Hidden => IssueCode::HiddenRow,
            _ => IssueCode::Required,
        };
        Self::new(field, code, sentence)
    }

    /// Said of a row for which a default would stand, though a column that is not read says something else.
    pub(in crate::bulk) fn unread(field: usize, column: usize) -> Self {
        let sentence = match field {
            QUANTITY => {
                "seems to hold the number of cards, but is not read, and the row would count as one card. Say with `columns` that it is the \"quantity\", or \"ignore\"."
            }
            _ => {
                "seems to hold the amount, but is not read, and a default would stand for it. Say with `columns` that it is the \"value\", or \"ignore\"."
            }
        };
        Self {
            column: Some(column),
            ..Self::new(field, IssueCode::UnknownColumn, sentence)
        }
    }

    /// Said of a column that names a currency beside the amount, which is not the amount's.
    pub(in crate::bulk) fn other_currency(column: usize) -> Self {
        Self {
            column: Some(column),
            ..Self::new(
                VALUE,
                IssueCode::MixedCurrencies,
                "does not name the currency of the amount or of its product. Mend it, or say with `columns` that it is to be left out (\"ignore\").",
            )
        }
    }

    /// Said of an amount with more decimals than its currency has.
    pub(in crate::bulk) fn too_fine() -> Self {
        Self::new(
            VALUE,
            IssueCode::TooManyDecimals,
            "has more decimals than its currency.",
        )
    }

    /// Said of a row that comes to more than the caller allows.
    pub(in crate::bulk) fn over_limit() -> Self {
        Self::new(
            VALUE,
            IssueCode::OverLimit,
            "times the quantity is more than `maxValue` allows.",
        )
    }

    /// Said of a row that would make the sum of its file more than an amount can be.
    pub(in crate::bulk) fn too_much() -> Self {
        Self::new(
            VALUE,
            IssueCode::OutOfRange,
            "makes the sum of the file too large.",
        )
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
    LineIssue::new(field, code, sentence)
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
        column: None,
        code: issue.code,
        sentence: match (field, sentence) {
            (None, Some(sentence)) => [&path, " ", sentence].concat(),
            (_, sentence) => sentence.unwrap_or_default().into(),
        },
        first_line: None,
    }
}
