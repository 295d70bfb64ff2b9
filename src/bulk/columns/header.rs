//! The columns of a file, by its header.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

use crate::bulk::columns::fields::{COUNT, FIELDS, VALUE, is_one_of, letter, letters};
use crate::bulk::columns::settings::{ImportSettings, is_meant};
use crate::bulk::line::amount::noted_currency;
use crate::bulk::line::builder::bit;
use crate::bulk::line::offers::{Currency, UNKNOWN, currency_of};
use crate::order::IssueCode;

/// What a header says of a file's columns.
#[derive(Debug)]
pub(in crate::bulk) struct Header {
    /// As they stand in the file.
    pub(in crate::bulk) names: Vec<String>,
    /// The column of each field.
    pub(in crate::bulk) columns: [Option<u16>; COUNT],
    /// Columns that no field is read from.
    pub(in crate::bulk) ignored: Vec<u16>,
    /// What the header of the amounts says that they are in.
    pub(in crate::bulk) currency: Currency,
    /// Columns without a name, of which the caller does not speak either. What stands in one may belong to a column before it: an amount
    /// without quotes is cut at its comma.
    pub(in crate::bulk) nameless: Vec<usize>,
    /// The column that an import before this one added.
    pub(in crate::bulk) reason: Option<usize>,
    /// Why no row can be read under this header.
    pub(in crate::bulk) fault: Option<HeaderFault>,
}

/// Why no row can be read under a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct HeaderFault {
    pub(in crate::bulk) code: IssueCode,
    pub(in crate::bulk) column: Option<u16>,
    pub(in crate::bulk) sentence: &'static str,
}

impl HeaderFault {
    pub(in crate::bulk) fn message(&self, header: &Header) -> String {
        match self.column {
            Some(column) => [header.name(column), " ", self.sentence].concat(),
            None => self.sentence.to_owned(),
        }
    }
}

/// The header of the column that says why a row was rejected. In capitals it is a column of the caller's.
pub(in crate::bulk) const REASON: &str = "reason";

impl Header {
    /// Where its columns end. Behind the reason stands what had none, however far a spreadsheet has filled up the header.
    pub(in crate::bulk) fn end(&self) -> usize {
        self.reason
            .map_or(self.names.len(), |reason| reason.saturating_add(1))
    }

    pub(in crate::bulk) fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        settings: &ImportSettings,
    ) -> Self {
        let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        let mut header = Self {
            names: Vec::new(),
            columns: [None; COUNT],
            ignored: Vec::new(),
            currency: UNKNOWN,
            nameless: Vec::new(),
            reason: None,
            fault: None,
        };
        // What is cut at its comma goes on to the right: the columns in front of the first name cannot have any of it.
        let is_nameless = |name: &String| letters(name).next().is_none();
        let leading = names.iter().take_while(|name| is_nameless(name)).count();
        // Fields whose column has a name with a note.
        let mut by_note = 0_u32;
        // Spreadsheets fill up rows with empty cells, the header too.
        let last = names.iter().rposition(|name| !name.is_empty());
        for (place, name) in names.iter().enumerate() {
            let column = u16::try_from(place).unwrap_or(u16::MAX);
            let is_mapped = settings.mapped(name).is_some();
            if !is_mapped && Some(place) == last && name == REASON {
                header.reason = Some(place);
                continue;
            }
            if !is_mapped && place >= leading && is_nameless(name) {
                header.nameless.push(place);
            }
            let (field, is_noted) = header.field(column, name, settings);
            let used = field.filter(|field| {
                FIELDS
                    .get(*field)
                    .is_some_and(|field| field.group.is_used_by(settings.order_type))
            });
            let bit = used.map_or(0, bit);
            let noted = if is_noted { bit } else { 0 };
            match used.and_then(|field| header.columns.get_mut(field)) {
                None => header.ignored.push(column),
                Some(slot @ None) => {
                    *slot = Some(column);
                    by_note |= noted;
                }
                // `Email (other)` beside `Email`: the one with the note is another matter.
                Some(Some(other)) if (by_note ^ noted) & bit != 0 => {
                    let spare = if is_noted {
                        column
                    } else {
                        mem::replace(other, column)
                    };
                    header.ignored.push(spare);
                    by_note &= !bit;
                }
                Some(Some(_)) => {
                    header.fault.get_or_insert(HeaderFault {
                        code: IssueCode::DuplicateField,
                        column: Some(column),
                        sentence: "stands for a field that another column stands for already. Remove one, or say with `columns` which one counts.",
                    });
                }
            }
        }
        header.names = names;
        if header.columns.iter().all(Option::is_none) {
            header.fault = Some(HeaderFault {
                code: IssueCode::UnknownColumn,
                column: None,
                sentence: "The first line must name the columns, such as Email, Product, Value and Quantity. Or say with `columns` what they are.",
            });
        }
        header
    }

    /// The field that a name means. What it notes in parentheses behind that does not count, but where that may be what amounts are in.
    ///
    /// With whether it means that for want of its note. Two columns of amounts are two, whatever is noted.
    fn field(
        &mut self,
        column: u16,
        name: &str,
        settings: &ImportSettings,
    ) -> (Option<usize>, bool) {
        let (is_whole, whole) = settings.field(name);
        let Some((front, note)) = noted(name) else {
            return (whole, false);
        };
        let field = if is_whole {
            whole
        } else {
            settings.field(front).1
        };
        if field == Some(VALUE) {
            match noted_currency(note) {
                Some(currency) => self.currency = currency_of(currency),
                // In cents, in thousands, in a currency that we do not know.
                None if !is_whole && !is_one_of(note, NOTES) => {
                    self.fault.get_or_insert(HeaderFault {
                        code: IssueCode::UnknownColumn,
                        column: Some(column),
                        sentence: "says something of the amounts that is not understood. Put the currency into the cells, such as 25 USD, or say with `columns` that this is the Value.",
                    });
                }
                None => {}
            }
        }
        (field, !is_whole && field != Some(VALUE))
    }

    /// Takes a column of the caller's as missing: where its field has a default, that would stand for all rows in silence.
    pub(in crate::bulk) fn miss(&mut self, field: Option<usize>, settings: &ImportSettings) {
        let Some(field) = field else { return };
        if settings.defaults.get(field).is_some_and(Option::is_some)
            && self.columns.get(field).is_some_and(Option::is_none)
        {
            self.fault.get_or_insert(HeaderFault {
                code: IssueCode::UnknownColumn,
                column: None,
                sentence: "The file has no column of a name that `columns` gives, and the default of its field would stand for all rows. Mend the header, or take the name out of `columns`.",
            });
        }
    }

    /// Whether the file has the column that the caller names.
    pub(in crate::bulk) fn has(&self, column: &str) -> bool {
        self.names.iter().any(|name| {
            is_meant(name, column) || noted(name).is_some_and(|(front, _)| is_meant(front, column))
        })
    }

    /// The columns that rows are held to: those in front of the reason.
    pub(in crate::bulk) fn width(&self) -> usize {
        self.reason.unwrap_or(self.names.len())
    }

    /// Whether a field is read from the column, so that its name is one that we or the caller know.
    pub(in crate::bulk) fn is_known(&self, column: u16) -> bool {
        self.columns.contains(&Some(column))
    }

    pub(in crate::bulk) fn ignored_names(&self) -> impl Iterator<Item = &str> {
        self.ignored.iter().map(|column| self.name(*column))
    }

    pub(in crate::bulk) fn name(&self, column: u16) -> &str {
        let name = self.names.get(usize::from(column));
        name.map_or("", String::as_str)
    }
}

/// What may be noted of amounts without changing what they are.
const NOTES: &[u8] = b"required optional mandatory percard each facevalue";

/// A name without the note behind it, and that: `email (required)`, `value [EUR]`.
fn noted(name: &str) -> Option<(&str, &str)> {
    let mut inside = name.chars();
    let open = loop {
        match inside.next_back()? {
            ')' => break b'(',
            ']' => break b'[',
            other if letter(other).is_some() => return None,
            _ => {}
        }
    };
    let inside = inside.as_str();
    let at = inside.bytes().rposition(|byte| byte == open)?;
    Some((inside.get(..at)?, inside.get(at.saturating_add(1)..)?))
}
