//! A workbook: its sheets, and what they share.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::kind;
use crate::workbook::limits;
use crate::workbook::relationships::{self, Relationship, Role};
use crate::workbook::shared::Shared;
use crate::workbook::sheet::Rows;
use crate::workbook::strings::SharedStrings;
use crate::workbook::styles::Styles;
use crate::workbook::survey::Survey;
use crate::workbook::xml::attributes::{Attributes, is_true};
use crate::workbook::xml::scanner::{Scanner, Token};
use crate::workbook::zip::directory::Archive;
use crate::workbook::zip::part::Part;

/// Sheets that are named of many.
const NAMED: usize = 5;

/// A sheet of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Whether its tab is not shown.
    pub is_hidden: bool,
    /// Its part; nothing where the workbook names none.
    part: Option<Vec<u8>>,
}

/// A workbook whose sheets are known.
pub struct Workbook {
    archive: Archive,
    sheets: Vec<Sheet>,
    shared: Rc<Shared>,
}

/// What the part of the workbook itself says.
#[derive(Default)]
struct Contents {
    sheets: Vec<Sheet>,
    is_1904: bool,
}

impl fmt::Debug for Workbook {
    /// Without what stands in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Workbook")
    }
}

impl Workbook {
    /// Opens a file: reads which sheets it has, and what they share.
    ///
    /// # Errors
    ///
    /// Where it is something else, damaged, or over a limit.
    pub fn open(file: Vec<u8>) -> Result<Self> {
        kind::refuse_other(&file)?;
        let archive = Archive::open(Rc::new(file))?;
        let top = relationships::read(&archive, b"")?;
        let Some(document) = relationships::target(&top, Role::Document) else {
            return Err(WorkbookFault::Foreign(kind::of_archive(&archive)));
        };
        let related = relationships::read(&archive, document)?;
        let contents = Contents::read(&archive, document, &related)?;
        if contents.sheets.is_empty() {
            return Err(WorkbookFault::NoSheet);
        }
        let strings = match relationships::target(&related, Role::SharedStrings) {
            Some(name) => SharedStrings::read(&archive, name)?,
            None => SharedStrings::default(),
        };
        let styles = match relationships::target(&related, Role::Styles) {
            Some(name) => Styles::read(&archive, name)?,
            None => Styles::default(),
        };
        Ok(Self {
            archive,
            sheets: contents.sheets,
            shared: Rc::new(Shared {
                strings,
                styles,
                is_1904: contents.is_1904,
            }),
        })
    }

    /// Its sheets of cells, in the order of their tabs, hidden ones included.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The place of the first sheet that is not hidden.
    ///
    /// # Errors
    ///
    /// Where all are hidden.
    pub fn first_visible(&self) -> Result<usize> {
        let place = self.sheets.iter().position(|sheet| !sheet.is_hidden);
        place.ok_or(WorkbookFault::NoVisibleSheet)
    }

    /// What is to be said of the other sheets that a person sees and that hold something, where the one at this place is read since none was
    /// named; nothing where there is none.
    pub fn unread(&self, place: usize) -> Option<String> {
        let mut unread = Vec::new();
        for (other, sheet) in self.sheets.iter().enumerate() {
            if other != place && !sheet.is_hidden && self.holds_anything(other) {
                unread.push(quoted(&sheet.name));
            }
        }
        let read = quoted(&self.sheets.get(place)?.name);
        let first = unread.first()?.clone();
        let count = unread.len();
        unread.truncate(NAMED);
        let names = unread.join(", ");
        let more = if count > NAMED { ", …" } else { "" };
        Some(
            [
                "Of the workbook's sheets only ",
                &read,
                " is read, the first one. There is more in ",
                &names,
                more,
                ": say sheet: ",
                &first,
                " to read another, or which one is meant.",
            ]
            .concat(),
        )
    }

    /// Whether any cell of a sheet holds something, as far as can be told at a look; what cannot be read may.
    fn holds_anything(&self, sheet: usize) -> bool {
        let look = || {
            let mut scanner = Scanner::open(self.part(sheet)?)?;
            loop {
                match scanner.next()? {
                    Token::Open {
                        name: b"v" | b"is",
                        is_empty: false,
                        ..
                    } => return Ok::<bool, WorkbookFault>(true),
                    Token::End => return Ok(false),
                    _ => {}
                }
            }
        };
        look().unwrap_or(true)
    }

    /// The place of the sheet of that name, in any case as in a formula.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn named(&self, name: &str) -> Result<usize> {
        let exact = self.sheets.iter().position(|sheet| sheet.name == name);
        let is_named = |sheet: &Sheet| sheet.name.eq_ignore_ascii_case(name);
        let place = exact.or_else(|| self.sheets.iter().position(is_named));
        place.ok_or(WorkbookFault::UnknownSheet)
    }

    /// Begins with the rows of a sheet, which has been looked at as a whole before.
    ///
    /// # Errors
    ///
    /// Where there is no such sheet, where it is damaged, or over a limit.
    pub fn rows(&self, sheet: usize) -> Result<Rows> {
        let mut part = self.part(sheet)?;
        part.keep();
        let mut scanner = Scanner::open(part)?;
        let survey = if let Ok(survey) = Survey::quick(&mut scanner) {
            survey
        } else {
            // What is wrong with it is said by who reads all of it.
            scanner = Scanner::open(self.part(sheet)?)?;
            Survey::of(&mut scanner)?
        };
        scanner.restart()?;
        Ok(Rows::new(scanner, survey, Rc::clone(&self.shared)))
    }

    /// Returns how many rows of a sheet hold something. All of them are read.
    ///
    /// # Errors
    ///
    /// As [`rows`](Self::rows), and as [`Rows::next_row`].
    pub fn count_rows(&self, sheet: usize) -> Result<u32> {
        let mut rows = self.rows(sheet)?;
        let mut count = 0_u32;
        while rows.next_row()?.is_some() {
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    fn part(&self, sheet: usize) -> Result<Part> {
        let sheet = self.sheets.get(sheet).ok_or(WorkbookFault::UnknownSheet)?;
        let name = sheet.part.as_ref().ok_or(WorkbookFault::MissingSheet)?;
        let entry = self.archive.find(name)?;
        let entry = entry.ok_or(WorkbookFault::MissingSheet)?;
        Part::open(&self.archive, entry, (limits::SHEET, Limit::Sheet))
    }
}

/// The name of a sheet as it is said; a tab shows no more of it.
fn quoted(name: &str) -> String {
    let shown: String = name.chars().take(31).collect();
    ["\"", &shown, "\""].concat()
}

impl Contents {
    fn read(archive: &Archive, name: &[u8], related: &[Relationship]) -> Result<Self> {
        let missing = WorkbookFault::Damaged(Damage::Part);
        let foreign = || WorkbookFault::Foreign(kind::of_archive(archive));
        // The binary kind has the same relationships.
        if name.ends_with(b".bin") {
            return Err(foreign());
        }
        let entry = archive.find(name)?.ok_or(missing)?;
        let part = Part::open(archive, entry, (limits::PART, Limit::Part))?;
        let mut scanner = Scanner::open(part)?;
        let mut contents = Self::default();
        let mut is_workbook = false;
        loop {
            match scanner.next()? {
                Token::Open {
                    name: b"workbook", ..
                } => is_workbook = true,
                Token::Open { .. } if !is_workbook => return Err(foreign()),
                Token::Open {
                    name: b"workbookPr",
                    attributes,
                    ..
                } => {
                    let date1904 = attributes.text(b"date1904")?.unwrap_or_default();
                    contents.is_1904 = is_true(date1904.as_bytes());
                }
                Token::Open {
                    name: b"sheet",
                    attributes,
                    ..
                } => {
                    contents.sheets.extend(read_sheet(attributes, related)?);
                    if contents.sheets.len() > limits::SHEETS {
                        return Err(WorkbookFault::TooLarge(Limit::Part));
                    }
                }
                Token::End => return Ok(contents),
                _ => {}
            }
        }
    }
}

/// A sheet of cells; nothing where it is one of charts, dialogs or macros.
fn read_sheet(mut attributes: Attributes<'_>, related: &[Relationship]) -> Result<Option<Sheet>> {
    let all = attributes;
    let mut relationship = None;
    while let Some((name, _)) = attributes.next()? {
        if name.ends_with(b":id") {
            let id = all.text(name)?;
            relationship = related.iter().find(|known| Some(&known.id) == id.as_ref());
        }
    }
    if relationship.is_some_and(|relationship| relationship.role != Role::Worksheet) {
        return Ok(None);
    }
    let state = all.text(b"state")?;
    Ok(Some(Sheet {
        name: all.text(b"name")?.unwrap_or_default(),
        is_hidden: matches!(state.as_deref(), Some("hidden" | "veryHidden")),
        part: relationship.map(|relationship| relationship.target.clone()),
    }))
}
