//! Which row names the columns: looked for among the first rows, and read.

use alloc::borrow::ToOwned;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::{RowIntake, code_of};
use crate::amount::currency::{self, UNKNOWN};
use crate::bulk::columns::fields::path_and_name;
use crate::bulk::columns::header::Header;
use crate::bulk::columns::meaning::{Certainty, Meaning, Subject};
use crate::bulk::columns::note::{Note, read_note};
use crate::bulk::columns::words::{VALUE, is_among, key, parts};
use crate::bulk::csv::delimiter::cells;
use crate::bulk::csv::file_issue::FileIssue;
use crate::bulk::csv::row::{CellKind, Cells, Row, clean};
use crate::bulk::import::header_search::{HeldRow, Likeness};
use crate::bulk::line::builder::LineBuilder;
use crate::bulk::line::line_issue::LineIssue;
use crate::json::decimal_text;
use crate::order::{IssueCode, Severity};

/// What amounts may be in that are no units of a currency.
const PARTS: &str = "cents cent centimes thousand thousands tausend";

impl RowIntake {
    /// Looks whether a row is the header.
    pub(super) fn row_above(&mut self, row: &Row<'_>) {
        if let Some(line) = self.settings.header_row {
            if row.last_line >= line {
                self.read_header(row);
            }
            return;
        }
        let likeness = self.likeness(row);
        let is_first = self.held.is_empty();
        if is_first && likeness.filled == 0 && row.fault.is_none() {
            return;
        }
        let is_all_known = likeness.sure > 0 && likeness.sure == likeness.filled;
        let is_header = if is_first {
            likeness.known > 1 || is_all_known
        } else {
            likeness.known > 1 && !likeness.is_data
        };
        self.held.push(row, likeness);
        // Above a header may stand whom to ask.
        let is_below = likeness.is_data && self.held.is_any_known();
        if is_header || is_below || self.held.is_full() {
            self.settle_header();
        }
    }

    /// How many cells of a line are known as headers, parted by a delimiter.
    pub(in crate::bulk) fn known(&self, line: &[u8], delimiter: u8) -> usize {
        let is_known = |cell: &&[u8]| {
            let cell = core::str::from_utf8(cell).unwrap_or_default();
            let name = clean(cell).trim_matches('"');
            !name.is_empty()
                && (self.settings.mapping_of(name, usize::MAX).is_some()
                    || read_note(name, &self.vocabulary).meaning.is_some())
        };
        cells(line, delimiter).filter(is_known).count()
    }

    /// How much a row looks like a header.
    fn likeness(&mut self, row: &Row<'_>) -> Likeness {
        let cells = match row.fault {
            None => self.decoder.row(row, &mut self.decoded).unwrap_or_default(),
            Some(_) => Cells::default(),
        };
        let mut likeness = Likeness::default();
        let mut subjects = Vec::new();
        for column in 0..cells.places.len() {
            let cell = clean(cells.get(column));
            if cell.is_empty() {
                continue;
            }
            likeness.filled = likeness.filled.saturating_add(1);
            likeness.is_data |= cell.bytes().any(|byte| byte == b'@');
            let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
            likeness.has_number |=
                cell.bytes().any(|byte| byte.is_ascii_digit()) && !cell.bytes().any(is_letter);
            let (subject, is_sure) = if let Some(place) = self.settings.mapping_of(cell, usize::MAX)
            {
                let mapping = self.settings.columns.get(place);
                let field = mapping.and_then(|mapping| mapping.field);
                (field.map(Subject::Field), true)
            } else {
                let meaning = read_note(cell, &self.vocabulary).meaning;
                let is_sure = |meaning: &Meaning| meaning.certainty == Certainty::Sure;
                (
                    meaning.map(|meaning| meaning.subject),
                    meaning.as_ref().is_some_and(is_sure),
                )
            };
            likeness.sure = likeness.sure.saturating_add(usize::from(is_sure));
            if let Some(subject) = subject
                && !subjects.contains(&subject)
            {
                subjects.push(subject);
            }
        }
        likeness.known = subjects.len();
        likeness
    }

    /// Takes the row for the header that is it most likely, and reads those below it.
    pub(super) fn settle_header(&mut self) {
        let header = self.held.header();
        let is_numbered = self.settings.speaks_of_places() && self.held.is_of_a_list(header);
        let held = self.held.take();
        self.above = held
            .iter()
            .take(header)
            .find_map(|row| self.note_above(row));
        let width = held.first().map_or(0, |row| row.as_row().cells.len());
        let mut rows = held.into_iter().skip(header);
        if is_numbered {
            self.number_columns(width);
        } else if let Some(header) = rows.next() {
            self.read_header(&header.as_row());
        }
        for row in rows {
            self.any_row(&row.as_row());
        }
    }

    /// What a row above the header says of all amounts: `Amounts in cents`, `All values in CAD`.
    fn note_above(&mut self, row: &HeldRow) -> Option<Note> {
        let cells = self.decoder.row(&row.as_row(), &mut self.decoded)?;
        (0..cells.places.len()).find_map(|column| {
            let cell = clean(cells.get(column));
            if self.vocabulary.words_in(cell) & VALUE == 0 {
                return None;
            }
            let last = parts(cell).last().unwrap_or_default();
            if is_among(PARTS, &key(last)) {
                return Some(Note::Other);
            }
            currency::noted(last).map(Note::Currency)
        })
    }

    /// Makes a header for a file without one, of whose columns the caller speaks by their places.
    fn number_columns(&mut self, columns: usize) {
        let mut names = Vec::new();
        for place in 1..=columns as u64 {
            names.push(["#", &decimal_text(place)].concat());
        }
        let header = Header::read(names, &self.settings, &self.vocabulary);
        self.take_header(header, 0, &[]);
    }

    /// Reads the header.
    fn read_header(&mut self, row: &Row<'_>) {
        // No name has control characters: these are UTF-16 that does not begin as such.
        let is_text = row.bytes.iter().all(|byte| *byte >= b'\t');
        let cells = match row.fault {
            None if is_text => self.decoder.row(row, &mut self.decoded),
            _ => None,
        };
        let cells = cells.unwrap_or_default();
        let mut names = Vec::new();
        for column in 0..cells.places.len() {
            names.push(String::from(clean(cells.get(column))));
        }
        let mut header = Header::read(names, &self.settings, &self.vocabulary);
        match self.above.take() {
            Some(Note::Currency(currency)) if header.currency == UNKNOWN => {
                header.currency = currency;
            }
            Some(Note::Other) => {
                let sentence = "What stands above the header says something of the amounts that is not understood. Give them in units of the currency, and remove it.";
                header.fault(IssueCode::UnknownColumn, None, None, &[sentence]);
            }
            _ => {}
        }
        for (column, cell) in (0..).zip(cells.places) {
            if matches!(cell.kind, CellKind::Hidden | CellKind::Otherwise)
                && header.is_known(column)
            {
                let LineIssue { code, sentence, .. } = LineIssue::lacking(0, cell.kind);
                let name = header.name(column).to_owned();
                header.fault(code, Some(column), None, &[&name, " ", &sentence]);
            }
        }
        if cells.places.is_empty() {
            let sentence = "The first line cannot be read: its quotes, its length or its characters are wrong. Save the file as \"CSV UTF-8\".";
            header.faults.clear();
            header.fault(code_of(row), None, None, &[sentence]);
        }
        if row.more_cells {
            let sentence = "The first line has more than 1,000 columns.";
            header.faults.clear();
            header.fault(IssueCode::TooManyColumns, None, None, &[sentence]);
        }
        self.take_header(header, row.line, row.bytes);
    }

    /// Takes the header on that line, and says what is wrong with it.
    fn take_header(&mut self, mut header: Header, line: u32, bytes: &[u8]) {
        for fault in &header.faults {
            let said = FileIssue::new(
                Severity::Error,
                line.max(1),
                fault.column.map(|column| header.name(column).into()),
                fault.code,
                fault.message.clone(),
            );
            said.of_field(fault.field.and_then(path_and_name))
                .add_to(&mut self.issues);
        }
        for (place, mapping) in self.settings.columns.iter().enumerate() {
            if header.has(&self.settings, place) {
                continue;
            }
            // Rows are read all the same, unless a default would stand for it.
            let severity = if header.miss(mapping.field, &self.settings) {
                Severity::Error
            } else {
                Severity::Warning
            };
            let message = [
                &mapping.header,
                " is named in `columns`, but the file has no such column.",
            ];
            let said = FileIssue::new(
                severity,
                line.max(1),
                Some(mapping.header.clone()),
                IssueCode::UnknownColumn,
                message.concat(),
            );
            said.of_field(mapping.field.and_then(path_and_name))
                .add_to(&mut self.issues);
        }
        self.builder = LineBuilder::new(
            Rc::clone(&self.settings),
            Some(&header),
            Rc::clone(&self.vocabulary),
            self.samples.delimiter == b'\t',
        );
        self.header = Some(header);
        self.samples.header_line = line;
        self.header_row = bytes.to_vec();
    }
}
