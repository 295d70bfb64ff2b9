//! How a header is read: what each name means, which columns claim which field, and what no column holds.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::UNKNOWN;
use crate::bulk::columns::claims::{Claim, Claims};
use crate::bulk::columns::fields::{COUNT, EMAIL, FIELDS, VALUE, letters};
use crate::bulk::columns::header::{Header, REASON};
use crate::bulk::columns::meaning::{Certainty, Meaning};
use crate::bulk::columns::note::{Note, read_note};
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::columns::words::Vocabulary;
use crate::order::IssueCode;

impl Header {
    /// Reads the names of a file's columns.
    pub(in crate::bulk) fn read(
        mut names: Vec<String>,
        settings: &ImportSettings,
        vocabulary: &Vocabulary,
    ) -> Self {
        for name in &mut names {
            *name = name.trim().to_owned();
        }
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
        header.doubt_what_is_asked();
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
            let sentence = "The first line must name the columns, such as Email, Product, Value and Quantity. Or say with `columns` what they are.";
            header.fault(IssueCode::UnknownColumn, None, None, &[sentence]);
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
            let is_share = |character: char| matches!(character, '¢' | '%');
            let note = match read.note {
                _ if name.chars().any(is_share) => Note::Other,
                note => note,
            };
            match note {
                Note::Currency(currency) => self.currency = currency,
                // In cents, in per cent, in thousands, in a currency that we do not know. Whoever names the column as it stands has read that.
                Note::Other if !settings.names_exactly(name, usize::from(column)) => {
                    let sentence = " says something of the amounts that is not understood. Put the currency into the cells, such as 25 USD, or say columns: { \"";
                    let message = [name, sentence, name, "\": \"value\" }."];
                    self.fault(
                        IssueCode::UnknownColumn,
                        Some(column),
                        Some(VALUE),
                        &message,
                    );
                }
                Note::Other | Note::None => {}
            }
        }
        let meaning = read.meaning?;
        Some((meaning, read.has_note && !is_amount))
    }

    /// A column that the caller is asked about is not sure.
    fn doubt_what_is_asked(&mut self) {
        let asked = self
            .faults
            .iter()
            .filter(|fault| fault.code == IssueCode::UnknownColumn);
        for column in asked.filter_map(|fault| fault.column) {
            if let Some((_, certainty)) = self.guesses.get_mut(usize::from(column)) {
                *certainty = (*certainty).min(Certainty::Likely);
            }
        }
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
            self.ask(VALUE, &[column]);
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
        self.fault(
            if is_address {
                IssueCode::MissingDeliveryAddress
            } else {
                IssueCode::Required
            },
            None,
            Some(*first),
            &[
                "No column is known as ",
                &labels,
                ". Say which it is, such as columns: { \"the header\": \"",
                name,
                "\" }, or give a default for all rows with `defaults`.",
            ],
        );
    }
}
