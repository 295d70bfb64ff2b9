//! Which columns of a sheet a person does not see.

use alloc::vec::Vec;

use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::limits;
use crate::workbook::xml::attributes::{self, Attributes, is_true};

const CONTRADICTION: WorkbookFault = WorkbookFault::Damaged(Damage::Cells);

/// Ranges of columns that are hidden, or without width; from 0, their ends included.
#[derive(Debug, Default)]
pub(super) struct HiddenColumns {
    ranges: Vec<(u32, u32)>,
}

impl HiddenColumns {
    /// Notes what an element `col` says.
    pub(super) fn note(&mut self, mut attributes: Attributes<'_>) -> Result<()> {
        let (mut first, mut last) = (None, None);
        let mut is_hidden = false;
        while let Some((name, value)) = attributes.next()? {
            match name {
                b"min" => first = attributes::number(value),
                b"max" => last = attributes::number(value),
                b"hidden" => is_hidden |= is_true(value),
                b"width" => is_hidden |= is_zero(value),
                _ => {}
            }
        }
        if !is_hidden {
            return Ok(());
        }
        let first = first.and_then(|first| first.checked_sub(1));
        let last = last.and_then(|last| last.checked_sub(1));
        let range = first.zip(last).filter(|(first, last)| first <= last);
        self.ranges.push(range.ok_or(CONTRADICTION)?);
        if self.ranges.len() > limits::COLUMNS as usize {
            return Err(WorkbookFault::TooLarge(Limit::Sheet));
        }
        Ok(())
    }

    /// Whether there is any.
    pub(super) fn is_any(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// Whether a column is one of them.
    pub(super) fn has(&self, column: u32) -> bool {
        let holds = |range: &(u32, u32)| range.0 <= column && column <= range.1;
        self.ranges.iter().any(holds)
    }
}

/// Returns whether a height or a width is none.
pub(super) fn is_zero(value: &[u8]) -> bool {
    value.first() == Some(&b'0') && value.iter().all(|byte| matches!(*byte, b'0' | b'.'))
}
