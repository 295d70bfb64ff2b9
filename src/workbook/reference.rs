//! Where a cell stands: `B2`, and ranges such as `B2:C9`.

use crate::workbook::limits;

/// A range of cells, its edges included; columns from 0, rows from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first_column: u32,
    pub(super) last_column: u32,
    pub(super) first_row: u32,
    pub(super) last_row: u32,
}

impl Range {
    /// Reads `B2:C9`, or `B2` alone.
    pub(super) fn read(reference: &[u8]) -> Option<Self> {
        let colon = reference.iter().position(|byte| *byte == b':');
        let (first, last) = match colon {
            Some(colon) => (
                reference.get(..colon)?,
                reference.get(colon.checked_add(1)?..)?,
            ),
            None => (reference, reference),
        };
        let (first_column, first_row) = cell(first)?;
        let (last_column, last_row) = cell(last)?;
        Some(Self {
            first_column: first_column.min(last_column),
            last_column: first_column.max(last_column),
            first_row: first_row.min(last_row),
            last_row: first_row.max(last_row),
        })
    }

    /// Returns whether a cell is in it.
    pub(super) const fn holds(&self, column: u32, row: u32) -> bool {
        self.first_column <= column
            && column <= self.last_column
            && self.first_row <= row
            && row <= self.last_row
    }

    /// The smallest range that holds both.
    pub(super) fn with(&self, other: &Self) -> Self {
        Self {
            first_column: self.first_column.min(other.first_column),
            last_column: self.last_column.max(other.last_column),
            first_row: self.first_row.min(other.first_row),
            last_row: self.last_row.max(other.last_row),
        }
    }

    /// Returns whether it is more than one cell.
    pub(super) const fn is_wide(&self) -> bool {
        self.first_column != self.last_column || self.first_row != self.last_row
    }
}

/// Reads `B2`: the column from 0, the row from 1.
#[inline(never)]
pub(super) fn cell(reference: &[u8]) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut rest = reference;
    while let [byte, behind @ ..] = rest
        && byte.is_ascii_alphabetic()
    {
        let letter = u32::from(byte.to_ascii_uppercase().wrapping_sub(b'@'));
        column = column.wrapping_mul(26).wrapping_add(letter);
        if column > limits::COLUMNS {
            return None;
        }
        rest = behind;
    }
    let mut row = 0_u32;
    for byte in rest {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        row = row.wrapping_mul(10).wrapping_add(digit);
        if digit > 9 || row > limits::ROWS {
            return None;
        }
    }
    (row > 0).then_some((column.checked_sub(1)?, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_told_by_letters_and_digits() {
        for (reference, expected) in [
            ("A1", Some((0, 1))),
            ("z9", Some((25, 9))),
            ("AA10", Some((26, 10))),
            ("XFD1048576", Some((16_383, 1_048_576))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("A", None),
            ("1", None),
            ("A1B", None),
            ("$A$1", None),
            ("", None),
            ("AAAAAAAAAAAAAAAAAAAA1", None),
            ("A99999999999999999999", None),
        ] {
            assert_eq!(cell(reference.as_bytes()), expected, "{reference}");
        }
        let range = Range::read(b"C9:B2").unwrap();
        assert_eq!((range.first_column, range.last_row), (1, 9));
        assert!(range.is_wide() && !Range::read(b"B2").unwrap().is_wide());
    }
}
