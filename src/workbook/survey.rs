//! A first look at a sheet, before any of its rows is handed out: whether it is whole, where it ends, which cells are merged.
//!
//! Merged cells stand behind the rows, and a checksum is known at the end: who reads once has paid a row before it is known to be another
//! one's, or damaged. Of a sheet whose bytes name no merged cell the checksum is all that is looked at, at a fraction of the time: what else is wrong
//! with it is found by who reads its rows, and said as it is here ([`Rows`](crate::workbook::Rows)).

use crate::workbook::fault::{Damage, Result, WorkbookFault};
use crate::workbook::merged::Merged;
use crate::workbook::xml::scanner::{Scanner, Token};

/// What a sheet is.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// How many elements `row` there are to the last in which a cell may hold something: below it, spreadsheets keep the looks of cells.
    pub(super) last: u32,
    /// Whether that is not known: there may be no more, and what is wrong with the sheet's XML has not been looked for.
    pub(super) is_quick: bool,
    pub(super) merged: Merged,
}

impl Survey {
    /// Looks whether a sheet is whole, and further only where cells may be merged: its last row is not known then.
    pub(super) fn quick(scanner: &mut Scanner) -> Result<Self> {
        let is_sheet = loop {
            if let Token::Open { name, .. } = scanner.next()? {
                break name == b"worksheet";
            }
        };
        if scanner.holds(b"mergeCell")? || !is_sheet {
            scanner.restart()?;
            return Self::of(scanner);
        }
        Ok(Self {
            last: u32::MAX,
            is_quick: true,
            merged: Merged::default(),
        })
    }

    /// Looks at a sheet.
    pub(super) fn of(scanner: &mut Scanner) -> Result<Self> {
        let mut survey = Self::default();
        let mut count = 0_u32;
        let mut is_sheet = false;
        loop {
            match scanner.next()? {
                Token::Open {
                    name: b"worksheet", ..
                } => is_sheet = true,
                Token::Open { name: b"row", .. } => count = count.saturating_add(1),
                Token::Open {
                    name: b"v" | b"is" | b"f",
                    ..
                } => survey.last = count,
                Token::Open {
                    name: b"mergeCell",
                    attributes,
                    ..
                } => {
                    let reference = attributes.text(b"ref")?.unwrap_or_default();
                    survey.merged.add(reference.as_bytes())?;
                }
                Token::End if is_sheet => break,
                Token::End => return Err(WorkbookFault::Damaged(Damage::Part)),
                _ => {}
            }
        }
        survey.merged.finish();
        Ok(survey)
    }
}
