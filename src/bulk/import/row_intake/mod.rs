//! Takes the rows of a file: one names the columns, each below it is accepted or rejected.

mod header;

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::bulk::columns::header::Header;
use crate::bulk::columns::note::Note;
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::columns::words::Vocabulary;
use crate::bulk::csv::encoding::{Decoded, Decoder};
use crate::bulk::csv::file_issue::FileIssue;
use crate::bulk::csv::row::{Cell, CellKind, Cells, Content, Fault, Row, clean};
use crate::bulk::import::acceptance::{Acceptance, Refusal};
use crate::bulk::import::blank::BlankRows;
use crate::bulk::import::header_search::HeldRows;
use crate::bulk::import::progress::ImportProgress;
use crate::bulk::import::rejected::Rejected;
use crate::bulk::import::report::ImportReport;
use crate::bulk::import::row_message::{add_message, message_of};
use crate::bulk::import::samples::Samples;
use crate::bulk::line::builder::LineBuilder;
use crate::bulk::line::line_issue::LineIssue;
use crate::error::{Error, Result};
use crate::json::decimal_text;
use crate::order::{IssueCode, Severity};

/// Rows of one file.
const ROWS: u64 = 5_000_000;

/// Rejected rows of one file, and bytes that are kept of them.
const REJECTED: usize = 1_000_000;
const REJECTED_BYTES: usize = 256 << 20;

/// What becomes of the rows.
#[derive(Debug)]
pub(in crate::bulk) struct RowIntake {
    settings: Rc<ImportSettings>,
    vocabulary: Rc<Vocabulary>,
    decoder: Decoder,
    decoded: Decoded,
    /// Rows among which the header is looked for.
    held: HeldRows,
    /// What stands above the header of all amounts.
    above: Option<Note>,
    header: Option<Header>,
    /// The bytes of its row: files that were put together have it again.
    header_row: Vec<u8>,
    builder: LineBuilder,
    rows: u64,
    /// Those of them that were read on the fast path.
    fast_rows: u64,
    blank: BlankRows,
    acceptance: Acceptance,
    rejected: Rejected,
    issues: Vec<FileIssue>,
    samples: Samples,
    /// Whether the file is no CSV.
    refused: bool,
}

impl RowIntake {
    pub(in crate::bulk) fn new(settings: Rc<ImportSettings>) -> Self {
        let vocabulary = Rc::new(Vocabulary::new());
        Self {
            builder: LineBuilder::new(Rc::clone(&settings), None, Rc::clone(&vocabulary), false),
            acceptance: Acceptance::new(
                settings.order_type,
                settings.compose,
                settings.accepts_duplicates,
            ),
            decoder: Decoder::new(settings.encoding),
            settings,
            vocabulary,
            decoded: Decoded::default(),
            held: HeldRows::default(),
            above: None,
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
            accepted: self.acceptance.accepted.rows().len() as u64,
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
        FileIssue::new(
            Severity::Error,
            1,
            None,
            IssueCode::UnsupportedFile,
            message,
        )
        .add_to(&mut self.issues);
    }

    /// Warns of rows that nobody reads.
    pub(in crate::bulk) fn note(&mut self, sentence: &str) {
        FileIssue::new(
            Severity::Warning,
            1,
            None,
            IssueCode::NoRows,
            sentence.into(),
        )
        .add_to(&mut self.issues);
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
        let may_be_fast = row.content != Content::Unknown && !self.settings.keeps_samples;
        if self.header.is_some() && may_be_fast && self.fast_row(row).is_some() {
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

    /// Accepts a row that surely is a line; nothing where that is not sure.
    ///
    /// A function of its own: the other ways of a row would have its values in memory.
    #[inline(never)]
    fn fast_row(&mut self, row: &Row<'_>) -> Option<()> {
        let header = self.header.as_ref()?;
        let is_known = row.content == Content::Ascii || self.decoder.is_utf8(row.bytes);
        let is_wide = row.cells.len() > header.names.len();
        if !header.faults.is_empty() || is_wide || !is_known || !self.blank.is_empty() {
            return None;
        }
        if row.bytes == self.header_row {
            return None;
        }
        let line = self.builder.build_fast(row)?;
        let accepted = self
            .acceptance
            .accept(&line, self.builder.built(), row.line);
        accepted.ok()
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
                Ok(line) => match self
                    .acceptance
                    .accept(&line, self.builder.built(), row.line)
                {
                    Ok(()) => {
                        for warning in self.builder.take_warnings() {
                            let severity = Severity::Warning;
                            add_message(&mut self.issues, severity, header, &warning, row.line);
                        }
                        return;
                    }
                    Err(Refusal::TooMuch) => Vec::from([LineIssue::too_much()]),
                    Err(Refusal::Duplicate(first_line)) => {
                        self.acceptance.note_duplicate(row.line, first_line);
                        Vec::from([LineIssue::duplicate(first_line)])
                    }
                },
            }
        };
        let is_other_header = header.is_in_another_order(cells, &self.vocabulary);
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
        if is_other_header {
            self.refuse_what_follows(row.line);
        }
    }

    /// Rejects the rows below a header that names the columns in another order: lists that were put one behind the other.
    #[cold]
    fn refuse_what_follows(&mut self, line: u32) {
        let number = decimal_text(line.into());
        let message = [
            "Line ",
            &number,
            " names the columns in another order. Make two lists of it.",
        ]
        .concat();
        let code = IssueCode::UnknownColumn;
        if let Some(header) = &mut self.header {
            header.fault(code, None, None, &[&message]);
        }
        FileIssue::new(Severity::Error, line, None, code, message).add_to(&mut self.issues);
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

    pub(in crate::bulk) fn finish(mut self) -> ImportReport {
        if self.header.is_none() && !self.held.is_empty() {
            self.settle_header();
        }
        self.acceptance.finish(self.builder.take_shapes());
        if let Some(guess) = self.decoder.take_guess() {
            guess.add_to(&mut self.issues);
        }
        // Under a first line that cannot be read there may be more than is seen.
        let is_unread = |header: &Header| header.names.is_empty();
        if self.rows == 0 && !self.header.as_ref().is_some_and(is_unread) {
            let message = match self.header {
                Some(_) => "The file has a header and no row under it.",
                None => "The file is empty.",
            };
            FileIssue::new(Severity::Error, 1, None, IssueCode::NoRows, message.into())
                .add_to(&mut self.issues);
        }
        let maximum = self.settings.max_campaign_value;
        self.issues
            .extend(maximum.and_then(|maximum| self.acceptance.over_limit(maximum)));
        ImportReport {
            rows: self.rows,
            fast_rows: self.fast_rows,
            accepted: Rc::new(self.acceptance.accepted),
            duplicates: self.acceptance.duplicates,
            totals: self.acceptance.totals,
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
    let mut count = cells.places.len();
    // An empty box beside the list is no cell of a row.
    let is_empty_box = |cell: &Cell| cell.kind == CellKind::Covered && cell.start >= cell.end;
    if cells.places.last().is_some_and(is_empty_box) {
        let is_filled = |cell: &Cell| cell.start < cell.end;
        let last = cells.places.iter().rposition(is_filled);
        count = last.map_or(0, |last| last.saturating_add(1));
    }
    let beyond = count > header.names.len() || (width..count).any(|column| !is_empty(column));
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
        let mut intake = RowIntake::new(Rc::new(settings));
        let mut count = 0;
        Splitter::new().push(file.as_bytes(), &mut |row| {
            let is_fast = intake.header.is_some()
                && row.content != Content::Unknown
                && intake.fast_row(row).is_some();
            count = usize::saturating_add(count, is_fast.into());
            is_fast || intake.row(row)
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
