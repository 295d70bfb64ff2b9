//! Where a field of every line comes from: its columns, and what stands for empty cells.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::buffer::Key;
use crate::bulk::columns::fields::{COUNT, Content, FIELDS, Group, QUANTITY, VALUE};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::row::{CellKind, Cells, clean};
use crate::bulk::csv::scan::is_printable;
use crate::bulk::line::foreign::{Foreign, foreign};
use crate::order::LineRule;

/// Spaces behind a default, so that it can be read as a cell is, with what stands behind it.
const BEHIND: &str = "                                ";

/// Where a field of every line comes from.
#[derive(Debug)]
pub(in crate::bulk) struct Source {
    pub(in crate::bulk) field: usize,
    pub(in crate::bulk) group: Group,
    pub(in crate::bulk) group_key: Key,
    /// The columns whose cells are joined with a space; mostly one.
    pub(in crate::bulk) columns: Vec<usize>,
    pub(in crate::bulk) key: Key,
    /// What it is where the cell is empty, or there is none; with spaces behind it.
    pub(in crate::bulk) padded_default: String,
    pub(in crate::bulk) default_length: usize,
    /// That, where what is known of cells on the fast path is true of it as well.
    pub(in crate::bulk) fast_default: Option<usize>,
    pub(in crate::bulk) rule: Option<LineRule>,
}

impl Source {
    /// The sources of the rows under a header, in the order of [`FIELDS`]; without one, those of defaults.
    pub(in crate::bulk) fn of(settings: &ImportSettings, header: Option<&Header>) -> Vec<Self> {
        let mut sources = Vec::new();
        for field in 0..COUNT {
            let columns = header.and_then(|header| header.columns.get(field));
            let columns = columns.map_or(&[][..], Vec::as_slice);
            let default = settings.defaults.get(field).and_then(Option::as_deref);
            let default = match default {
                Some(default) => default,
                // A file that does not speak of quantity means one card a row.
                None if field == QUANTITY && columns.is_empty() => "1",
                None if columns.is_empty() => continue,
                None => "",
            };
            let Some(known) = FIELDS.get(field) else {
                continue;
            };
            let name = known.path.as_bytes().rsplit(|byte| *byte == b'.').next();
            let end: &[u8] = match field {
                VALUE | QUANTITY => b"\":",
                _ => b"\":\"",
            };
            sources.push(Self {
                field,
                group: known.group,
                group_key: Key::new(&[known.group.key()]),
                columns: columns.iter().copied().map(usize::from).collect(),
                key: Key::new(&[b",\"", name.unwrap_or_default(), end]),
                padded_default: [default, BEHIND].concat(),
                default_length: default.len(),
                fast_default: is_printable(default.as_bytes()).then_some(default.len()),
                rule: LineRule::of(known.path, settings.now),
            });
        }
        sources
    }

    pub(in crate::bulk) fn default(&self) -> &str {
        self.padded_default
            .get(..self.default_length)
            .unwrap_or_default()
    }

    /// What a row says of the field; empty where it says nothing.
    pub(in crate::bulk) fn cell<'a>(&self, row: Cells<'a>) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        for column in &self.columns {
            let part = clean(row.get(*column));
            if text.is_empty() {
                text = Cow::Borrowed(part);
            } else if !part.is_empty() {
                text = Cow::Owned([&text, " ", part].concat());
            }
        }
        text
    }

    /// What no person wrote in one of the cells; nothing where somebody may have written all of them.
    pub(in crate::bulk) fn foreign(&self, row: Cells<'_>) -> Option<Foreign> {
        let is_person = FIELDS
            .get(self.field)
            .is_some_and(|known| known.content == Content::Person);
        self.columns
            .iter()
            .find_map(|column| foreign(clean(row.get(*column)), is_person))
    }

    /// Why a cell of a sheet has no value; nothing where it has one, or is empty.
    pub(in crate::bulk) fn lack(&self, row: Cells<'_>) -> Option<CellKind> {
        let kinds = self
            .columns
            .iter()
            .filter_map(|column| row.places.get(*column));
        let mut kinds = kinds.map(|cell| cell.kind);
        kinds.find(|kind| !matches!(kind, CellKind::Text | CellKind::Escaped))
    }
}
