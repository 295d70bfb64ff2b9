//! What becomes of the rows: the first names the columns, each other one is accepted or rejected.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::bulk::columns::fields::path_and_name;
use crate::bulk::columns::header::{Header, HeaderFault};
use crate::bulk::columns::meaning::{Certainty, Meaning, Subject};
use crate::bulk::columns::note::read_note;
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::columns::words::Vocabulary;
use crate::bulk::csv::delimiter::cells;
use crate::bulk::csv::encoding::{Decoded, Decoder};
use crate::bulk::csv::file_issue::FileIssue;
use crate::bulk::csv::row::{Cells, Content, Fault, Row, clean};
use crate::bulk::import::blank::BlankRows;
use crate::bulk::import::header_search::{HeldRows, Likeness};
use crate::bulk::import::kept::{Kept, Refusal};
use crate::bulk::import::progress::ImportProgress;
use crate::bulk::import::rejected::Rejected;
use crate::bulk::import::report::ImportReport;
use crate::bulk::import::row_message::{add_message, message_of};
use crate::bulk::import::samples::Samples;
use crate::bulk::line::builder::LineBuilder;
use crate::bulk::line::line_issue::LineIssue;
use crate::error::{Error, Result};
use crate::order::{IssueCode, Severity};

/// Rows of one file.
const ROWS: u64 = 5_000_000;

/// Rejected rows of one file, and bytes that are kept of them.
const REJECTED: usize = 1_000_000;
const REJECTED_BYTES: usize = 256 << 20;

/// What becomes of the rows.
#[derive(Debug)]
pub(in crate::bulk) struct Table {
    settings: Rc<ImportSettings>,
    vocabulary: Rc<Vocabulary>,
    decoder: Decoder,
    decoded: Decoded,
    /// Rows among which the header is looked for.
    held: HeldRows,
    header: Option<Header>,
    /// The bytes of its row: files that were put together have it again.
    header_row: Vec<u8>,
    builder: LineBuilder,
    rows: u64,
    /// Those of them that were read on the fast path.
    fast_rows: u64,
    blank: BlankRows,
    kept: Kept,
    rejected: Rejected,
    issues: Vec<FileIssue>,
    samples: Samples,
    /// Whether the file is no CSV.
    refused: bool,
}

impl Table {
    pub(in crate::bulk) fn new(settings: Rc<ImportSettings>) -> Self {
        let vocabulary = Rc::new(Vocabulary::new());
        Self {
            builder: LineBuilder::new(Rc::clone(&settings), None, Rc::clone(&vocabulary), false),
            kept: Kept::new(
                settings.order_type,
                settings.compose,
                settings.accepts_duplicates,
            ),
            decoder: Decoder::new(settings.encoding),
            settings,
            vocabulary,
            decoded: Decoded::default(),
            held: HeldRows::default(),
            header: None,
            header_row: Vec::new(),
            rows: 0,
            fast_rows: 0,
            blank: BlankRows::default(),
            rejected: Rejected::default(),
            issues: Vec::new(),
            samples: Samples::default(),
            refused: false,
        }
    }

    pub(in crate::bulk) fn decoder(&mut self) -> &mut Decoder {
        &mut self.decoder
    }

    pub(in crate::bulk) fn set_delimiter(&mut self, delimiter: u8) {
        self.samples.delimiter = delimiter;
        self.rejected.set_delimiter(delimiter);
    }

    pub(in crate::bulk) fn progress(&self, bytes: u64) -> ImportProgress {
        ImportProgress {
            bytes,
            rows: self.rows,
            accepted: self.kept.accepted.rows().len() as u64,
            rejected: self.rejected.len() as u64,
        }
    }

    pub(in crate::bulk) const fn is_refused(&self) -> bool {
        self.refused
    }

    /// Takes the whole file for one row that cannot be read.
    pub(in crate::bulk) fn refuse(&mut self, sentence: &str) {
        self.refused = true;
        // No header has told it.
        self.set_delimiter(b',');
        self.rows = self.rows.saturating_add(1);
        let message = ["The file ", sentence].concat();
        self.rejected
            .add_issue(None, IssueCode::UnsupportedFile, &[&message]);
        self.rejected.push_raw((1, 1), "", None);
        self.issues.push(FileIssue::new(
            Severity::Error,
            1,
            None,
            IssueCode::UnsupportedFile,
            message,
        ));
    }

    pub(in crate::bulk) fn check_limits(&self) -> Result<()> {
        if self.rows > ROWS {
            return Err(Error::config(
                "The file has more than 5,000,000 rows. Split it.",
            ));
        }
        if self.rejected.len() > REJECTED || self.rejected.size() > REJECTED_BYTES {
            return Err(Error::config(
                "More rows are rejected than can be kept (1,000,000 rows, 256 MiB). Is it the right file, and its columns what `columns` says?",
            ));
        }
        Ok(())
    }

    /// Takes a row; false where it must be split exactly first.
    pub(in crate::bulk) fn row(&mut self, row: &Row<'_>) -> bool {
        let may_be_plain = row.content != Content::Any && !self.settings.keeps_samples;
        if self.header.is_some() && may_be_plain && self.plain_row(row).is_some() {
            self.rows = self.rows.saturating_add(1);
            self.fast_rows = self.fast_rows.saturating_add(1);
            return true;
        }
        if row.content == Content::Escaped {
            return false;
        }
        if self.header.is_none() {
            self.row_above(row);
        } else {
            self.any_row(row);
        }
        true
    }

    /// Looks whether a row is the header.
    fn row_above(&mut self, row: &Row<'_>) {
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
        if is_header || likeness.is_data || self.held.is_full() {
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
    fn settle_header(&mut self) {
        let header = self.held.header();
        let mut rows = self.held.take().into_iter().skip(header);
        if let Some(header) = rows.next() {
            self.read_header(&header.as_row());
        }
        for row in rows {
            self.any_row(&row.as_row());
        }
    }

    /// Accepts a row that surely is a line; nothing where that is not sure.
    ///
    /// A function of its own: the other ways of a row would have its values in memory.
    #[inline(never)]
    fn plain_row(&mut self, row: &Row<'_>) -> Option<()> {
        let header = self.header.as_ref()?;
        let is_known = row.content == Content::Plain || self.decoder.is_utf8(row.bytes);
        let is_wide = row.cells.len() > header.names.len();
        if !header.faults.is_empty() || is_wide || !is_known || !self.blank.is_empty() {
            return None;
        }
        if row.bytes == self.header_row {
            return None;
        }
        let line = self.builder.build_plain(row)?;
        let kept = self.kept.keep(&line, self.builder.built(), row.line);
        kept.ok()
    }

    #[inline(never)]
    fn any_row(&mut self, row: &Row<'_>) {
        let Some(header) = &self.header else {
            return;
        };
        let lines = (row.line, row.last_line);
        let cells = match row.fault {
            Some(_) => None,
            None => self.decoder.row(row, &mut self.decoded),
        };
        if let Some(cells) = cells
            && is_blank(cells)
            && !row.more_cells
        {
            self.blank.push(row.line, row.last_line);
            return;
        }
        let (rows, rejected) = (&mut self.rows, &mut self.rejected);
        self.blank.take(&mut |lines| {
            *rows = rows.saturating_add(1);
            let sentence = LineIssue::of_row("The row is empty and can be removed.").sentence;
            rejected.add_issue(None, IssueCode::Required, &[&sentence]);
            rejected.push(lines, Cells::default(), Some(header));
        });
        self.rows = self.rows.saturating_add(1);
        let Some(cells) = cells else {
            self.rejected_raw(row);
            return;
        };
        if self.settings.keeps_samples {
            self.samples.add(cells);
        }
        if let Some(fault) = header.faults.first() {
            self.rejected
                .add_issue(fault.column, fault.code, &[&fault.message]);
            self.rejected.push(lines, cells, Some(header));
            return;
        }
        if row.more_cells || has_surplus(cells, header) {
            let sentence = "The row has more cells than the header has columns with a name. Put cells with a separator in them into quotes, and give each column a name.";
            self.rejected
                .add_issue(None, IssueCode::TooManyColumns, &[sentence]);
            self.rejected.push(lines, cells, Some(header));
            return;
        }
        let issues = if row.is_hidden && !self.settings.accepts_hidden {
            Vec::from([LineIssue::hidden()])
        } else if row.bytes == self.header_row {
            Vec::from([LineIssue::header()])
        } else {
            match self.builder.build(cells, row.line) {
                Err(issues) => issues,
                Ok(line) => match self.kept.keep(&line, self.builder.built(), row.line) {
                    Ok(()) => {
                        for warning in self.builder.take_warnings() {
                            let severity = Severity::Warning;
                            add_message(&mut self.issues, severity, header, &warning, row.line);
                        }
                        return;
                    }
                    Err(Refusal::TooMuch) => Vec::from([LineIssue::too_much()]),
                    Err(Refusal::Duplicate(first_line)) => {
                        self.kept.note_duplicate(row.line, first_line);
                        Vec::from([LineIssue::duplicate(first_line)])
                    }
                },
            }
        };
        for issue in issues {
            let (column, message) = message_of(header, &issue);
            self.rejected.add_issue(column, issue.code, &[&message]);
            self.rejected.set_first_line(issue.first_line);
            // What is to be said of a column is said once.
            if issue.code == IssueCode::UnknownColumn {
                add_message(&mut self.issues, Severity::Error, header, &issue, row.line);
            }
        }
        self.rejected.push(lines, cells, Some(header));
    }

    /// Rejects a row that has no clear cells.
    fn rejected_raw(&mut self, row: &Row<'_>) {
        let header = self.header.as_ref();
        let (place, sentence) = match row.fault {
            Some((Fault::Quotes, cell)) => (
                Some(cell),
                "has something behind its closing quote. Double each quote inside the cell.",
            ),
            Some((Fault::Unclosed, cell)) => (
                Some(cell),
                "begins with a quote that is never closed, so the rest of the file is inside it.",
            ),
            Some((Fault::TooLarge, cell)) => (
                Some(cell),
                "makes the row longer than 256 KiB. Perhaps a quote before it is never closed.",
            ),
            None => (
                None,
                "The row's characters cannot be told: it is not in the encoding of the rest of the file. Save the file as \"CSV UTF-8\".",
            ),
        };
        let code = code_of(row);
        let column = place
            .filter(|place| header.is_some_and(|header| *place < header.names.len()))
            .and_then(|place| u16::try_from(place).ok());
        if place.is_none() {
            self.rejected.add_issue(None, code, &[sentence]);
        } else {
            let known = header.zip(column);
            let known = known.filter(|(header, column)| header.is_known(*column));
            let subject = known.map_or("A cell", |(header, column)| header.name(column));
            let message = [subject, " ", sentence];
            self.rejected.add_issue(column, code, &message);
        }
        let lines = (row.line, row.last_line);
        let text = self.decoder.lossy(row.bytes);
        self.rejected.push_raw(lines, &text, header);
    }

    fn read_header(&mut self, row: &Row<'_>) {
        // No name has control characters: these are UTF-16 that does not begin as such.
        let is_text = row.bytes.iter().all(|byte| *byte >= b'\t');
        let cells = match row.fault {
            None if is_text => self.decoder.row(row, &mut self.decoded),
            _ => None,
        };
        let cells = cells.unwrap_or_default();
        let names = (0..cells.places.len()).map(|column| clean(cells.get(column)));
        let mut header = Header::read(names, &self.settings, &self.vocabulary);
        if cells.places.is_empty() {
            let sentence = "The first line cannot be read: its quotes, its length or its characters are wrong. Save the file as \"CSV UTF-8\".";
            header.faults = Vec::from([HeaderFault::of_file(code_of(row), sentence)]);
        }
        if row.more_cells {
            let sentence = "The first line has more than 1,000 columns.";
            header.faults = Vec::from([HeaderFault::of_file(IssueCode::TooManyColumns, sentence)]);
        }
        for fault in &header.faults {
            let said = FileIssue::new(
                Severity::Error,
                row.line,
                fault.column.map(|column| header.name(column).into()),
                fault.code,
                fault.message.clone(),
            );
            self.issues
                .push(said.of_field(fault.field.and_then(path_and_name)));
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
                row.line,
                Some(mapping.header.clone()),
                IssueCode::UnknownColumn,
                message.concat(),
            );
            self.issues
                .push(said.of_field(mapping.field.and_then(path_and_name)));
        }
        self.builder = LineBuilder::new(
            Rc::clone(&self.settings),
            Some(&header),
            Rc::clone(&self.vocabulary),
            self.samples.delimiter == b'\t',
        );
        self.header = Some(header);
        self.samples.header_line = row.line;
        self.header_row = row.bytes.to_vec();
    }

    pub(in crate::bulk) fn finish(mut self) -> ImportReport {
        if self.header.is_none() && !self.held.is_empty() {
            self.settle_header();
        }
        self.kept.finish(self.builder.take_shapes());
        if let Some(guess) = self.decoder.take_guess() {
            self.issues.push(guess);
        }
        // Under a first line that cannot be read there may be more than is seen.
        let is_unread = |header: &Header| header.names.is_empty();
        if self.rows == 0 && !self.header.as_ref().is_some_and(is_unread) {
            let message = match self.header {
                Some(_) => "The file has a header and no row under it.",
                None => "The file is empty.",
            };
            self.issues.push(FileIssue::new(
                Severity::Error,
                1,
                None,
                IssueCode::NoRows,
                message.into(),
            ));
        }
        let maximum = self.settings.max_campaign_value;
        self.issues
            .extend(maximum.and_then(|maximum| self.kept.over_limit(maximum)));
        ImportReport {
            rows: self.rows,
            fast_rows: self.fast_rows,
            accepted: Rc::new(self.kept.accepted),
            duplicates: self.kept.duplicates,
            totals: self.kept.totals,
            rejected: self.rejected,
            issues: self.issues,
            encoding: self
                .settings
                .host_encoding
                .clone()
                .unwrap_or_else(|| self.decoder.encoding().as_str().into()),
            missing: self
                .header
                .as_ref()
                .map(|header| header.missing(&self.settings))
                .unwrap_or_default(),
            samples: self.samples,
            header: self.header,
        }
    }
}

/// What is wrong with a row that has no clear cells.
fn code_of(row: &Row<'_>) -> IssueCode {
    match row.fault {
        Some((fault, _)) => fault.code(),
        None => IssueCode::InvalidEncoding,
    }
}

/// Whether no cell has any text, nor lacks one.
fn is_blank(cells: Cells<'_>) -> bool {
    use crate::bulk::csv::row::CellKind::{Escaped, Text};
    let mut columns = cells.places.iter().enumerate();
    columns.all(|(column, cell)| {
        matches!(cell.kind, Text | Escaped) && clean(cells.get(column)).is_empty()
    })
}

/// Whether a row has cells beyond the header, or under no name: an amount without quotes is cut at its comma, and one cell more than the header
/// has moves all behind it. Where the header itself ends in empty cells, so may the rows.
fn has_surplus(cells: Cells<'_>, header: &Header) -> bool {
    let is_empty = |column: usize| clean(cells.get(column)).is_empty();
    let width = header.end();
    let beyond = cells.places.len() > header.names.len()
        || (width..cells.places.len()).any(|column| !is_empty(column));
    beyond || header.nameless.iter().any(|column| !is_empty(*column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::csv::splitter::Splitter;
    use crate::order::OrderType;

    /// How many of a file's rows are read in one go.
    fn read_in_one_go(file: &str) -> usize {
        read_with(ImportSettings::new(OrderType::DigitalDelivery), file)
    }

    fn read_with(settings: ImportSettings, file: &str) -> usize {
        let mut table = Table::new(Rc::new(settings));
        let mut count = 0;
        Splitter::new().push(file.as_bytes(), &mut |row| {
            let is_fast = table.header.is_some()
                && row.content != Content::Any
                && table.plain_row(row).is_some();
            count = usize::saturating_add(count, is_fast.into());
            is_fast || table.row(row)
        });
        count
    }

    #[test]
    fn rows_of_a_usual_spreadsheet_are_read_in_one_go() {
        let file = [
            "Email,Product Id,Value,Quantity,To,From Email,Message",
            "ann.moreau1@example.com,CVS,25,1,Ann Moreau,hr@acme.example,\"Thank you, Ann!\"",
            "zoe.haddad2@example.com,HOME_DEPOT,12.5,2,Zoë Haddad,hr@acme.example,\"Enjoy – it’s yours, Zoë!\"",
            " bob@example.com ,CVS,7.25,1,Bob,hr@acme.example,",
            "bob@example.com,CVS,100.00,1,\"\",,Hello",
            "bob@example.com,CVS,10,1,\"Bob \"\"B\"\"\",,\"Hello \"\"B\"\",\nyou\"",
            // These are not: a line break in a name, a backslash, an amount that must be read twice, what is not valid.
            "bob@example.com,CVS,10,1,\"Bob\nB\",,Hello",
            "bob@example.com,CVS,10,1,Bob \\ B,,Hello",
            "bob@example.com,CVS,$10,1,Bob,,Hello",
            "bob,CVS,10,1,Bob,,Hello",
            "the end,,,,,,",
        ];
        let end = ",".repeat(100);

        assert_eq!(
            read_in_one_go(&[&file.join("\r\n"), "\r\n", &end].concat()),
            5
        );
        assert_eq!(read_in_one_go(&[&file.join("\n"), "\n", &end].concat()), 5);
        let few = "Email,Product,Value\nann@example.com,CVS,25\nbob@example.com,CVS,25\nend,,\n";
        assert_eq!(read_in_one_go(&[few, &end].concat()), 2);
    }

    #[test]
    fn columns_that_are_not_read_leave_the_fast_way_to_their_rows() {
        let mut settings = ImportSettings::new(OrderType::DigitalDelivery);
        settings
            .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
            .unwrap();
        let file = "#,Email,Name,Team,Start,Badge,Currency\n\
            1,a@example.com,Zoë Müller,Sales,2026-01-02,10001,USD\n\
            2,b@example.com,Bob,HR,09:30,E12,\n\
            3,c@example.com,Cy,,,,USD\n\
            9,d@example.com,Di,$500,,,USD\n";
        let file = [file, "end", &",".repeat(100)].concat();

        assert_eq!(read_with(settings, &file), 3);
    }
}
