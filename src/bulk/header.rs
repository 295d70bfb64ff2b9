//! The columns of a file, by its header.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::fields::{self, COUNT, FIELDS};
use super::settings::ImportSettings;
use crate::order::IssueCode;

/// What a header says of a file's columns.
#[derive(Debug)]
pub(super) struct Header {
    /// As they stand in the file.
    pub(super) names: Vec<String>,
    /// The column of each field.
    pub(super) columns: [Option<u16>; COUNT],
    /// Columns that no field is read from.
    pub(super) ignored: Vec<u16>,
    /// The column that an import before this one added.
    pub(super) reason: Option<usize>,
    /// Why no row can be read under this header.
    pub(super) fault: Option<HeaderFault>,
}

/// Why no row can be read under a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeaderFault {
    pub(super) code: IssueCode,
    pub(super) column: Option<u16>,
    pub(super) sentence: &'static str,
}

impl HeaderFault {
    pub(super) fn message(&self, header: &Header) -> String {
        match self.column {
            Some(column) => [header.name(column), " ", self.sentence].concat(),
            None => self.sentence.to_owned(),
        }
    }
}

/// The header of the column that says why a row was rejected.
pub(super) const REASON: &str = "reason";

impl Header {
    /// Where its columns end. Behind the reason stands what had none, however far a spreadsheet has filled up the header.
    pub(super) fn end(&self) -> usize {
        self.reason
            .map_or(self.names.len(), |reason| reason.saturating_add(1))
    }

    pub(super) fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        settings: &ImportSettings,
    ) -> Self {
        let mut header = Self {
            names: names.map(|name| name.trim().to_owned()).collect(),
            columns: [None; COUNT],
            ignored: Vec::new(),
            reason: None,
            fault: None,
        };
        // Spreadsheets fill up rows with empty cells, the header too.
        let last = header.names.iter().rposition(|name| !name.is_empty());
        for (place, name) in header.names.iter().enumerate() {
            let column = u16::try_from(place).unwrap_or(u16::MAX);
            let mapped = settings.mapped(name);
            if mapped.is_none() && Some(place) == last && name.eq_ignore_ascii_case(REASON) {
                header.reason = Some(place);
                continue;
            }
            let field = match mapped {
                Some((_, field)) => *field,
                None => fields::named(name, settings.order_type),
            };
            let used = field.filter(|field| {
                FIELDS
                    .get(*field)
                    .is_some_and(|field| field.group.is_used_by(settings.order_type))
            });
            match used.and_then(|field| header.columns.get_mut(field)) {
                None => header.ignored.push(column),
                Some(slot @ None) => *slot = Some(column),
                Some(Some(_)) => {
                    header.fault.get_or_insert(HeaderFault {
                        code: IssueCode::DuplicateField,
                        column: Some(column),
                        sentence: "stands for a field that another column stands for already. Remove one, or say with `columns` which one counts.",
                    });
                }
            }
        }
        if header.columns.iter().all(Option::is_none) {
            header.fault = Some(HeaderFault {
                code: IssueCode::UnknownColumn,
                column: None,
                sentence: "The first line must name the columns, such as Email, Product, Value and Quantity. Or say with `columns` what they are.",
            });
        }
        header
    }

    /// The columns that rows are held to: those in front of the reason.
    pub(super) fn width(&self) -> usize {
        self.reason.unwrap_or(self.names.len())
    }

    /// Whether a field is read from the column, so that its name is one that we or the caller know.
    pub(super) fn is_known(&self, column: u16) -> bool {
        self.columns.contains(&Some(column))
    }

    pub(super) fn ignored_names(&self) -> impl Iterator<Item = &str> {
        self.ignored.iter().map(|column| self.name(*column))
    }

    pub(super) fn name(&self, column: u16) -> &str {
        let name = self.names.get(usize::from(column));
        name.map_or("", String::as_str)
    }
}
