//! What a header says of a file's columns: which of them each field is read from, and why no row can be read under it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::Currency;
use crate::bulk::columns::fields::{self, COUNT, EMAIL, FIELDS, Group, SMS};
use crate::bulk::columns::meaning::Certainty;
use crate::bulk::columns::note::read_note;
use crate::bulk::columns::settings::{ImportSettings, is_meant};
use crate::bulk::columns::speech::Speech;
use crate::bulk::columns::words::Vocabulary;
use crate::bulk::csv::row::{Cells, clean};
use crate::json::decimal_text;
use crate::order::{IssueCode, OrderType};

/// What a header says of a file's columns.
#[derive(Debug)]
pub(in crate::bulk) struct Header {
    /// As they stand in the file.
    pub(in crate::bulk) names: Vec<String>,
    /// The columns of each field, in the order in which they are joined.
    pub(in crate::bulk) columns: [Vec<u16>; COUNT],
    /// Of each column the field that it seems to hold, and how sure that is.
    pub(in crate::bulk) guesses: Vec<(Option<usize>, Certainty)>,
    /// Columns with a name, from which nothing is read and of which the caller does not speak; and what the name speaks of.
    pub(in crate::bulk) unread: Vec<(usize, Speech)>,
    /// What the header of the amounts says that they are in.
    pub(in crate::bulk) currency: Currency,
    /// Columns without a name, of which the caller does not speak either. What stands in one may belong to a column before it: an amount
    /// without quotes is cut at its comma.
    pub(in crate::bulk) nameless: Vec<usize>,
    /// The column that an import before this one added.
    pub(in crate::bulk) reason: Option<usize>,
    /// Why no row can be read under this header; the first is said of each row.
    pub(in crate::bulk) faults: Vec<HeaderFault>,
}

/// Why no row can be read under a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct HeaderFault {
    pub(in crate::bulk) code: IssueCode,
    pub(in crate::bulk) column: Option<u16>,
    pub(in crate::bulk) message: String,
    /// The field that the column seems to hold.
    pub(in crate::bulk) field: Option<usize>,
}

/// The header of the column that says why a row was rejected. In capitals it is a column of the caller's.
pub(in crate::bulk) const REASON: &str = "reason";

impl Header {
    /// The fields that a line needs, of which the file has no column and the caller gives no default.
    pub(in crate::bulk) fn missing(&self, settings: &ImportSettings) -> Vec<usize> {
        let order_type = settings.order_type;
        let has = |field: usize| {
            self.columns
                .get(field)
                .is_some_and(|columns| !columns.is_empty())
                || settings.defaults.get(field).is_some_and(Option::is_some)
        };
        let mut missing = Vec::new();
        for (field, known) in FIELDS.iter().enumerate() {
            // States and postal codes are not everywhere.
            let is_regional = matches!(field, fields::STATE | fields::ZIP);
            let is_required = fields::required(order_type) & fields::bit(field) != 0;
            let is_address = known.group == Group::Digital
                && field == EMAIL
                && order_type == OrderType::DigitalDelivery
                && !has(SMS);
            if (is_required && !is_regional || is_address)
                && field != fields::QUANTITY
                && !has(field)
            {
                missing.push(field);
            }
        }
        missing
    }

    /// Takes a column of the caller's as missing: where its field has a default, that would stand for all rows in silence. Whether no row can
    /// be read.
    pub(in crate::bulk) fn miss(
        &mut self,
        field: Option<usize>,
        settings: &ImportSettings,
    ) -> bool {
        if let Some(field) = field
            && settings.defaults.get(field).is_some_and(Option::is_some)
            && self.columns.get(field).is_some_and(Vec::is_empty)
        {
            let sentence = "The file has no column of a name that `columns` gives, and the default of its field would stand for all rows. Mend the header, or take the name out of `columns`.";
            self.fault(IssueCode::UnknownColumn, None, None, &[sentence]);
        }
        !self.faults.is_empty()
    }

    /// Returns whether a row names columns, two or more, and not where this header names them.
    pub(in crate::bulk) fn is_in_another_order(
        &self,
        row: Cells<'_>,
        vocabulary: &Vocabulary,
    ) -> bool {
        // Of most rows a look says it.
        if row
            .text
            .bytes()
            .any(|byte| byte == b'@' || byte.is_ascii_digit())
        {
            return false;
        }
        let subject = |name: &str| {
            let meaning = read_note(name, vocabulary).meaning?;
            (meaning.certainty == Certainty::Sure).then_some(meaning.subject)
        };
        let (mut known, mut moved) = (0_usize, false);
        for (column, name) in self.names.iter().enumerate() {
            let other = subject(clean(row.get(column)));
            known = known.saturating_add(usize::from(other.is_some()));
            moved |= other.is_some() && other != subject(name);
        }
        known >= 2 && moved
    }

    /// Returns whether the file has the column that the caller names.
    pub(in crate::bulk) fn has(&self, settings: &ImportSettings, mapping: usize) -> bool {
        let mut names = self.names.iter().enumerate();
        names.any(|(index, name)| settings.mapping_of(name, index) == Some(mapping))
            || settings.columns.get(mapping).is_some_and(|mapping| {
                // Another name of the caller's fits it better.
                self.names
                    .iter()
                    .any(|name| is_meant(name, &mapping.header))
            })
    }

    /// Where its columns end. Behind the reason stands what had none, however far a spreadsheet has filled up the header.
    pub(in crate::bulk) fn end(&self) -> usize {
        self.reason
            .map_or(self.names.len(), |reason| reason.saturating_add(1))
    }

    /// The columns that rows are held to: those in front of the reason.
    pub(in crate::bulk) fn width(&self) -> usize {
        self.reason.unwrap_or(self.names.len())
    }

    /// Returns whether a field is read from the column, so that its name is one that we or the caller know.
    pub(in crate::bulk) fn is_known(&self, column: u16) -> bool {
        self.columns.iter().any(|columns| columns.contains(&column))
    }

    /// The first column of a field.
    pub(in crate::bulk) fn column(&self, field: usize) -> Option<u16> {
        self.columns.get(field)?.first().copied()
    }

    /// The names of the columns that nothing is read from.
    pub(in crate::bulk) fn ignored_names(&self) -> impl Iterator<Item = &str> {
        let columns = self.names.iter().enumerate().take(self.width());
        columns.filter_map(|(index, name)| {
            let column = u16::try_from(index).ok()?;
            (!self.is_known(column)).then_some(name.as_str())
        })
    }

    pub(in crate::bulk) fn name(&self, column: u16) -> &str {
        let name = self.names.get(usize::from(column));
        name.map_or("", String::as_str)
    }

    /// Notes why no row can be read.
    #[inline(never)]
    pub(in crate::bulk) fn fault(
        &mut self,
        code: IssueCode,
        column: Option<u16>,
        field: Option<usize>,
        message: &[&str],
    ) {
        self.faults.push(HeaderFault {
            code,
            column,
            message: message.concat(),
            field,
        });
    }

    /// Notes that several columns claim one field.
    pub(super) fn conflict(&mut self, field: usize, columns: &[u16]) {
        let last = columns.last().copied();
        let first = self.column(field).or_else(|| columns.first().copied());
        let (Some(column), Some(known)) = (last, FIELDS.get(field)) else {
            return;
        };
        let place = decimal_text(u64::from(first.unwrap_or(column)).saturating_add(1));
        let name = self.name(column).to_owned();
        self.fault(
            IssueCode::DuplicateField,
            Some(column),
            Some(field),
            &[
                &name,
                " stands for ",
                known.label,
                ", for which another column stands already. Say which one counts by its place, such as columns: { \"#",
                &place,
                "\": \"",
                known.name,
                "\" }.",
            ],
        );
    }

    /// Notes that a field is read from these columns.
    pub(super) fn take(&mut self, field: usize, columns: &[u16], certainty: Certainty) {
        for column in columns {
            self.guess(*column, field, certainty);
        }
        if let Some(slot) = self.columns.get_mut(field) {
            slot.extend_from_slice(columns);
        }
    }

    fn guess(&mut self, column: u16, field: usize, certainty: Certainty) {
        if let Some(slot) = self.guesses.get_mut(usize::from(column)) {
            *slot = (Some(field), certainty);
        }
    }

    /// Notes that columns look like an amount, a quantity or a product.
    pub(super) fn ask(&mut self, field: usize, columns: &[u16]) {
        let Some(known) = FIELDS.get(field) else {
            return;
        };
        for column in columns {
            self.guess(*column, field, Certainty::Likely);
        }
        let Some(first) = columns.first() else { return };
        let mut names = String::new();
        for column in columns {
            if !names.is_empty() {
                names.push_str(" or ");
            }
            names.push('`');
            names.push_str(self.name(*column));
            names.push('`');
        }
        let name = self.name(*first).to_owned();
        self.fault(
            IssueCode::UnknownColumn,
            Some(*first),
            Some(field),
            &[
                "No column is known as ",
                known.label,
                ". ",
                &names,
                " looks like it: say columns: { \"",
                &name,
                "\": \"",
                known.name,
                "\" }, or \"ignore\" where it is something else.",
            ],
        );
    }
}
