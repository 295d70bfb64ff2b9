//! What a header says of a file's columns: which of them each field is read from, and why no row can be read under it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::{Currency, UNKNOWN};
use crate::bulk::columns::claims::{Claim, Claims, ask};
use crate::bulk::columns::fields::{self, COUNT, EMAIL, FIELDS, Group, SMS, VALUE, letters};
use crate::bulk::columns::meaning::{Certainty, Meaning};
use crate::bulk::columns::note::{Note, read_note};
use crate::bulk::columns::settings::{ImportSettings, is_meant};
use crate::bulk::columns::speech::Speech;
use crate::bulk::columns::words::Vocabulary;
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

impl HeaderFault {
    pub(in crate::bulk) fn of_file(code: IssueCode, sentence: &str) -> Self {
        Self {
            code,
            column: None,
            message: sentence.to_owned(),
            field: None,
        }
    }
}

/// The header of the column that says why a row was rejected. In capitals it is a column of the caller's.
pub(in crate::bulk) const REASON: &str = "reason";

impl Header {
    pub(in crate::bulk) fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        settings: &ImportSettings,
        vocabulary: &Vocabulary,
    ) -> Self {
        let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        let mut header = Self {
            names: Vec::new(),
            columns: [const { Vec::new() }; COUNT],
            guesses: Vec::new(),
            unread: Vec::new(),
            currency: UNKNOWN,
            nameless: Vec::new(),
            reason: None,
            faults: Vec::new(),
        };
        // What is cut at its comma goes on to the right: the columns in front of the first name cannot have any of it.
        let is_nameless = |name: &String| letters(name).next().is_none();
        let leading = names.iter().take_while(|name| is_nameless(name)).count();
        // Spreadsheets fill up rows with empty cells, the header too.
        let last = names.iter().rposition(|name| !name.is_empty());
        let mut claims = Claims::new(settings);
        // Columns of which the caller speaks.
        let mut spoken = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let column = u16::try_from(index).unwrap_or(u16::MAX);
            header.guesses.push((None, Certainty::None));
            if let Some(order) = settings.mapping_of(name, index) {
                let field = settings
                    .columns
                    .get(order)
                    .and_then(|mapping| mapping.field);
                spoken.push(index);
                if let Some(field) = field {
                    claims.add_mapped(order, column, field);
                    header.note(column, name, settings, vocabulary, field == VALUE);
                }
                continue;
            }
            if Some(index) == last && name == REASON {
                header.reason = Some(index);
                continue;
            }
            if index >= leading && is_nameless(name) {
                header.nameless.push(index);
            }
            let Some((meaning, is_noted)) = header.note(column, name, settings, vocabulary, false)
            else {
                continue;
            };
            claims.add(Claim {
                column,
                meaning,
                is_noted,
            });
        }
        header.names = names;
        claims.settle(&mut header);
        for (index, name) in header.names.iter().enumerate() {
            let column = u16::try_from(index).unwrap_or(u16::MAX);
            let is_left = spoken.contains(&index)
                || header.reason == Some(index)
                || header.nameless.contains(&index);
            if !is_left && !header.is_known(column) {
                header.unread.push((index, vocabulary.speech(name)));
            }
        }
        if header.columns.iter().all(Vec::is_empty) && header.faults.is_empty() {
            header.faults.push(HeaderFault::of_file(
                IssueCode::UnknownColumn,
                "The first line must name the columns, such as Email, Product, Value and Quantity. Or say with `columns` what they are.",
            ));
        }
        header.miss_fields(settings);
        header
    }

    /// What a name means, and whether only without its note. A note of the amounts says what they are in, or what is not understood.
    fn note(
        &mut self,
        column: u16,
        name: &str,
        settings: &ImportSettings,
        vocabulary: &Vocabulary,
        is_value: bool,
    ) -> Option<(Meaning, bool)> {
        let read = read_note(name, vocabulary);
        let is_amount = is_value
            || read
                .meaning
                .is_some_and(|meaning| meaning.is_sure_of(VALUE));
        if is_amount {
            match read.note {
                Note::Currency(currency) => self.currency = currency,
                // In cents, in thousands, in a currency that we do not know. Whoever names the column as it stands has read that.
                Note::Other if !settings.names_exactly(name, usize::from(column)) => self.faults.push(HeaderFault {
                    code: IssueCode::UnknownColumn,
                    column: Some(column),
                    message: [name, " says something of the amounts that is not understood. Put the currency into the cells, such as 25 USD, or say columns: { \"", name, "\": \"value\" }."].concat(),
                    field: Some(VALUE),
                }),
                Note::Other | Note::None => {}
            }
        }
        let meaning = read.meaning?;
        Some((meaning, read.has_note && !is_amount))
    }

    /// Notes the fields that a line needs, of which the file has no column and the caller gives no default.
    fn miss_fields(&mut self, settings: &ImportSettings) {
        if !self.faults.is_empty() {
            return;
        }
        let missing = self.missing(settings);
        // One that speaks of money in words that are not read is asked about.
        let of_money = self.unread.iter().find(|(_, speech)| speech.money);
        if missing.contains(&VALUE)
            && let Some((column, _)) = of_money
        {
            let column = u16::try_from(*column).unwrap_or(u16::MAX);
            ask(self, VALUE, &[column]);
            return;
        }
        let Some(first) = missing.first() else {
            return;
        };
        let mut labels = String::new();
        for (place, field) in missing.iter().enumerate() {
            if place > 0 {
                labels.push_str(if place.saturating_add(1) == missing.len() {
                    " or as "
                } else {
                    ", as "
                });
            }
            labels.push_str(FIELDS.get(*field).map_or("", |field| field.label));
        }
        let name = FIELDS.get(*first).map_or("", |field| field.name);
        let is_address = *first == EMAIL;
        self.faults.push(HeaderFault {
            code: if is_address {
                IssueCode::MissingDeliveryAddress
            } else {
                IssueCode::Required
            },
            column: None,
            message: [
                "No column is known as ",
                &labels,
                ". Say which it is, such as columns: { \"the header\": \"",
                name,
                "\" }, or give a default for all rows with `defaults`.",
            ]
            .concat(),
            field: Some(*first),
        });
    }

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
            self.faults.push(HeaderFault::of_file(
                IssueCode::UnknownColumn,
                "The file has no column of a name that `columns` gives, and the default of its field would stand for all rows. Mend the header, or take the name out of `columns`.",
            ));
        }
        !self.faults.is_empty()
    }

    /// Whether the file has the column that the caller names.
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

    /// Whether a field is read from the column, so that its name is one that we or the caller know.
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
}
