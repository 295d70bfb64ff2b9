//! What became of a file's rows.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::fields::FIELDS;
use crate::bulk::columns::header::Header;
use crate::bulk::columns::meaning::Certainty;
use crate::bulk::csv::file_issue::{FileIssue, write_rows};
use crate::bulk::import::accepted::Accepted;
use crate::bulk::import::rejected::{Rejected, write_group};
use crate::bulk::import::samples::Samples;
use crate::json::Writer;
use crate::money::{Amount, Decimals};
use crate::order::Severity;

/// A row that pays what an earlier one pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The line that it began on.
    pub line: u32,
    /// The line of the first such row.
    pub first_line: u32,
}

/// What the accepted rows of a currency come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The currency's place in [`Accepted::currencies`].
    pub currency: u16,
    /// Value times quantity of every row.
    pub face_value: Amount,
    /// The rows.
    pub lines: u64,
}

/// What became of a file's rows: `rows` is the sum of those accepted and those rejected.
#[derive(Debug)]
pub struct ImportReport {
    pub(in crate::bulk) rows: u64,
    pub(in crate::bulk) fast_rows: u64,
    pub(in crate::bulk) accepted: Rc<Accepted>,
    pub(in crate::bulk) duplicates: Vec<Duplicate>,
    pub(in crate::bulk) totals: Vec<Total>,
    pub(in crate::bulk) rejected: Rejected,
    pub(in crate::bulk) issues: Vec<FileIssue>,
    pub(in crate::bulk) encoding: String,
    /// The fields that a line needs, and neither a column nor a default has.
    pub(in crate::bulk) missing: Vec<usize>,
    pub(in crate::bulk) samples: Samples,
    pub(in crate::bulk) header: Option<Header>,
}

impl ImportReport {
    /// The rows of the file, its header aside.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// How many of the rows were read on the fast path, of which the bench tells.
    pub const fn fast_rows(&self) -> u64 {
        self.fast_rows
    }

    /// The rows that are lines of orders now.
    pub const fn accepted(&self) -> &Rc<Accepted> {
        &self.accepted
    }

    /// How many rows were rejected.
    pub fn rejected_count(&self) -> usize {
        self.rejected.len()
    }

    /// The accepted rows that pay what an earlier one pays.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// What the accepted rows come to, one a currency.
    pub fn totals(&self) -> &[Total] {
        &self.totals
    }

    /// What is to be said of the file as a whole.
    pub fn issues(&self) -> &[FileIssue] {
        &self.issues
    }

    /// How the file's bytes were read, as the Encoding Standard calls it.
    pub fn encoding(&self) -> &str {
        &self.encoding
    }

    /// Each column: its header, the field that it seems to hold, and how sure that is. What is likely and in
    /// [`ImportReport::ignored_columns`] was not read.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Option<&'static str>, Certainty)> {
        let header = self.header.iter();
        header.flat_map(|header| {
            let columns = header
                .names
                .iter()
                .zip(&header.guesses)
                .take(header.width());
            columns.map(|(name, (field, certainty))| {
                let field = field.and_then(|field| FIELDS.get(field));
                (name.as_str(), field.map(|field| field.name), *certainty)
            })
        })
    }

    /// The headers of the columns that nothing was read from.
    pub fn ignored_columns(&self) -> impl Iterator<Item = &str> {
        self.header
            .iter()
            .flat_map(Header::ignored_names)
            .filter(|name| !name.is_empty())
    }

    /// The rejected rows as CSV in UTF-8 with a byte order mark: the header and the rows as they came, and a column `reason`. A
    /// cell that a spreadsheet would take for a formula begins with an apostrophe, which the import takes away again.
    pub fn rejected_csv(&self) -> Vec<u8> {
        self.rejected.to_csv(self.header.as_ref())
    }

    /// The rejected rows with what is wrong with them, as JSON.
    pub fn rejected_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        self.rejected.write_json(&mut json, self.header.as_ref());
        json.into_bytes()
    }

    /// What is wrong with the rejected rows, each thing once with its count and first lines, the most frequent first; then what there is to
    /// look at in the accepted ones; as JSON.
    pub fn groups_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        json.array();
        self.rejected.write_groups(&mut json, self.header.as_ref());
        for issue in &self.issues {
            let (count, lines) = &issue.rows;
            if *count > 0 && issue.severity == Severity::Warning {
                let column = issue.column.as_deref();
                write_group(
                    &mut json,
                    issue.severity,
                    issue.code,
                    column,
                    &issue.message,
                );
                write_rows(&mut json, *count, lines);
                json.close_object();
            }
        }
        json.close_array();
        json.into_bytes()
    }

    /// What the beginning of a file seems to be, as JSON: where its table begins, and what its columns hold.
    pub fn inspection_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        json.object();
        json.key("encoding");
        json.string(&self.encoding);
        json.key("delimiter");
        json.string(core::str::from_utf8(&[self.samples.delimiter]).unwrap_or_default());
        if self.header.is_some() {
            json.key("headerRow");
            json.number(u64::from(self.samples.header_line));
        }
        json.key("columns");
        json.array();
        for (column, (header, field, certainty)) in self.columns().enumerate() {
            json.object();
            json.key("header");
            json.string(header);
            json.key("samples");
            json.array();
            let samples = self.samples.columns.get(column);
            samples
                .into_iter()
                .flatten()
                .for_each(|sample| json.string(sample));
            json.close_array();
            write_guess(&mut json, field, certainty);
            json.close_object();
        }
        json.close_array();
        json.key("missing");
        json.array();
        let missing = self.missing.iter().filter_map(|field| FIELDS.get(*field));
        missing.for_each(|field| json.string(field.name));
        json.close_array();
        json.close_object();
        json.into_bytes()
    }

    /// Everything else, as JSON.
    pub fn summary_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        json.object();
        json.key("rows");
        json.number(self.rows);
        json.key("accepted");
        json.number(self.accepted.rows().len() as u64);
        json.key("duplicates");
        json.array();
        for duplicate in &self.duplicates {
            json.object();
            json.key("line");
            json.number(u64::from(duplicate.line));
            json.key("firstLine");
            json.number(u64::from(duplicate.first_line));
            json.close_object();
        }
        json.close_array();
        json.key("totals");
        json.array();
        for total in &self.totals {
            json.object();
            let currency = self.accepted.currencies().get(usize::from(total.currency));
            if let Some(currency) = currency.filter(|code| !code.is_empty()) {
                json.key("currency");
                json.string(currency);
            }
            json.key("faceValue");
            let decimals = Decimals::of(currency.map_or("", |code| code));
            json.string(&total.face_value.to_decimal_in(decimals));
            json.key("lines");
            json.number(total.lines);
            json.close_object();
        }
        json.close_array();
        json.key("columns");
        json.array();
        for (header, field, certainty) in self.columns() {
            json.object();
            json.key("header");
            json.string(header);
            write_guess(&mut json, field, certainty);
            json.close_object();
        }
        json.close_array();
        json.key("ignoredColumns");
        json.array();
        self.ignored_columns().for_each(|name| json.string(name));
        json.close_array();
        json.key("issues");
        json.array();
        self.issues.iter().for_each(|issue| issue.write(&mut json));
        json.close_array();
        json.key("encoding");
        json.string(&self.encoding);
        json.close_object();
        json.into_bytes()
    }
}

/// Adds what a column seems to hold.
fn write_guess(json: &mut Writer, field: Option<&str>, certainty: Certainty) {
    if let Some(field) = field {
        json.key("field");
        json.string(field);
    }
    json.key("certainty");
    json.string(certainty.as_str());
}
