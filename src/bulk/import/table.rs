//! What becomes of the rows: the first names the columns, each other one is accepted or rejected.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::bulk::columns::fields::FIELDS;
use crate::bulk::columns::header::{Header, HeaderFault};
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::encoding::{Decoded, Decoder};
use crate::bulk::csv::row::{Content, Fault, Row, clean};
use crate::bulk::import::kept::Kept;
use crate::bulk::import::rejected::Rejected;
use crate::bulk::import::report::{FileIssue, ImportReport};
use crate::bulk::import::stream::ImportProgress;
use crate::bulk::line::builder::LineBuilder;
use crate::bulk::line::line_issue::LineIssue;
use crate::error::{Error, Result};
use crate::order::IssueCode;

/// Rows of one file; `Seen` can tell as many apart.
const ROWS: u64 = 5_000_000;

/// Rejected rows of one file, and bytes that are kept of them.
const REJECTED: usize = 1_000_000;
const REJECTED_BYTES: usize = 256 << 20;

/// What becomes of the rows.
#[derive(Debug)]
pub(in crate::bulk) struct Table {
    settings: ImportSettings,
    decoder: Decoder,
    decoded: Decoded,
    header: Option<Header>,
    /// The bytes of its row: files that were put together have it again.
    header_row: Vec<u8>,
    builder: LineBuilder,
    rows: u64,
    kept: Kept,
    rejected: Rejected,
    issues: Vec<FileIssue>,
    /// Whether the file is no CSV.
    refused: bool,
}

impl Table {
    pub(in crate::bulk) fn new(settings: ImportSettings) -> Self {
        Self {
            builder: LineBuilder::new(&settings, None),
            kept: Kept::new(settings.order_type, settings.compose),
            settings,
            decoder: Decoder::default(),
            decoded: Decoded::default(),
            header: None,
            header_row: Vec::new(),
            rows: 0,
            rejected: Rejected::default(),
            issues: Vec::new(),
            refused: false,
        }
    }

    pub(in crate::bulk) fn decoder(&mut self) -> &mut Decoder {
        &mut self.decoder
    }

    pub(in crate::bulk) fn set_delimiter(&mut self, delimiter: u8) {
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
        self.issues.push(FileIssue {
            line: 1,
            column: None,
            code: IssueCode::UnsupportedFile,
            message,
        });
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

    pub(in crate::bulk) fn row(&mut self, row: &Row<'_>) {
        if row.content != Content::Any && self.plain_row(row).is_some() {
            self.rows = self.rows.saturating_add(1);
            return;
        }
        self.any_row(row);
    }

    /// Accepts a row that surely is a line; nothing where that is not sure.
    ///
    /// A function of its own: the other ways of a row would have its values in memory.
    #[inline(never)]
    fn plain_row(&mut self, row: &Row<'_>) -> Option<()> {
        let header = self.header.as_ref()?;
        let is_known = row.content == Content::Plain || self.decoder.is_utf8(row.bytes);
        if header.fault.is_some() || row.cells.len() > header.end() || !is_known {
            return None;
        }
        if row.bytes == self.header_row {
            return None;
        }
        let line = self.builder.build_plain(row)?;
        self.kept.keep(&line, self.builder.json(), row.line)
    }

    #[inline(never)]
    fn any_row(&mut self, row: &Row<'_>) {
        let Some(header) = &self.header else {
            self.read_header(row);
            return;
        };
        self.rows = self.rows.saturating_add(1);
        let lines = (row.line, row.last_line);
        let cells = match row.fault {
            Some(_) => None,
            None => self.decoder.row(row, &mut self.decoded),
        };
        let Some(cells) = cells else {
            self.rejected_raw(row);
            return;
        };
        if let Some(fault) = header.fault {
            let message = fault.message(header);
            self.rejected
                .add_issue(fault.column, fault.code, &[&message]);
            self.rejected.push(lines, cells, Some(header));
            return;
        }
        let width = header.end();
        let beyond = |column: usize| cells.get(column).bytes().any(|byte| byte != b' ');
        let has_beyond = cells.places.len() > width && (width..cells.places.len()).any(beyond);
        let has_nameless = header
            .nameless
            .iter()
            .any(|column| !clean(cells.get(*column)).is_empty());
        if has_beyond || has_nameless || row.more_cells {
            let sentence = "The row has more cells than the header has columns with a name. Put cells with a separator in them into quotes.";
            self.rejected
                .add_issue(None, IssueCode::TooManyColumns, &[sentence]);
            self.rejected.push(lines, cells, Some(header));
            return;
        }
        let built = if row.bytes == self.header_row {
            Err(Vec::from([LineIssue::header()]))
        } else {
            self.builder.build(cells)
        };
        let kept = built.and_then(|line| {
            let kept = self.kept.keep(&line, self.builder.json(), row.line);
            kept.ok_or_else(|| Vec::from([LineIssue::too_much()]))
        });
        let Err(issues) = kept else {
            return;
        };
        for issue in issues {
            let field = issue.field.unwrap_or(usize::MAX);
            let column = header.columns.get(field).copied().flatten();
            let path = FIELDS.get(field).map_or("", |field| field.path);
            let subject = column.map_or(path, |column| header.name(column));
            let joint = if subject.is_empty() { "" } else { " " };
            let message = [subject, joint, &issue.sentence];
            self.rejected.add_issue(column, issue.code, &message);
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
        let mut header = Header::read(names, &self.settings);
        if cells.places.is_empty() {
            header.fault = Some(HeaderFault {
                code: code_of(row),
                column: None,
                sentence: "The first line cannot be read: its quotes, its length or its characters are wrong. Save the file as \"CSV UTF-8\".",
            });
        }
        if row.more_cells {
            header.fault = Some(HeaderFault {
                code: IssueCode::TooManyColumns,
                column: None,
                sentence: "The first line has more than 1,000 columns.",
            });
        }
        if let Some(fault) = header.fault {
            self.issues.push(FileIssue {
                line: row.line,
                column: fault.column.map(|column| header.name(column).into()),
                code: fault.code,
                message: fault.message(&header),
            });
        }
        for (name, field) in &self.settings.columns {
            if !header.has(name) {
                header.miss(*field, &self.settings);
                self.issues.push(FileIssue {
                    line: row.line,
                    column: Some(name.clone()),
                    code: IssueCode::UnknownColumn,
                    message: [
                        name,
                        " is named in `columns`, but the file has no such column.",
                    ]
                    .concat(),
                });
            }
        }
        self.builder = LineBuilder::new(&self.settings, Some(&header));
        self.header = Some(header);
        self.header_row = row.bytes.to_vec();
    }

    pub(in crate::bulk) fn finish(mut self) -> ImportReport {
        self.kept.finish(self.builder.json());
        // Under a first line that cannot be read there may be more than is seen.
        let is_unread = |header: &Header| header.names.is_empty();
        if self.rows == 0 && !self.header.as_ref().is_some_and(is_unread) {
            let message = match self.header {
                Some(_) => "The file has a header and no row under it.",
                None => "The file is empty.",
            };
            self.issues.push(FileIssue {
                line: 1,
                column: None,
                code: IssueCode::NoRows,
                message: message.into(),
            });
        }
        ImportReport {
            rows: self.rows,
            accepted: Rc::new(self.kept.accepted),
            duplicates: self.kept.duplicates,
            totals: self.kept.totals,
            rejected: self.rejected,
            issues: self.issues,
            encoding: self.decoder.encoding(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::csv::splitter::Splitter;
    use crate::order::OrderType;

    /// How many of a file's rows are read in one go.
    fn read_in_one_go(file: &str) -> usize {
        let mut table = Table::new(ImportSettings::new(OrderType::DigitalDelivery));
        let mut count = 0;
        Splitter::new().push(file.as_bytes(), &mut |row| {
            if table.header.is_some()
                && row.content != Content::Any
                && table.plain_row(row).is_some()
            {
                count = usize::saturating_add(count, 1);
            } else {
                table.row(row);
            }
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
            // These are not: a doubled quote, a backslash, an amount that must be read twice, what is not valid.
            "bob@example.com,CVS,10,1,\"Bob \"\"B\"\"\",,Hello",
            "bob@example.com,CVS,10,1,Bob \\ B,,Hello",
            "bob@example.com,CVS,$10,1,Bob,,Hello",
            "bob,CVS,10,1,Bob,,Hello",
            "the end,,,,,,",
        ];
        let end = ",".repeat(100);

        assert_eq!(
            read_in_one_go(&[&file.join("\r\n"), "\r\n", &end].concat()),
            4
        );
        assert_eq!(read_in_one_go(&[&file.join("\n"), "\n", &end].concat()), 4);
        let few = "Email,Product,Value\nann@example.com,CVS,25\nbob@example.com,CVS,25\nend,,\n";
        assert_eq!(read_in_one_go(&[few, &end].concat()), 2);
    }
}
