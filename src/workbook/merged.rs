//! Which cells another one covers.

use alloc::vec::Vec;

use crate::sorted::sorted;
use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::limits;
use crate::workbook::reference::Range;

/// The merged cells of a sheet, in the order of their rows.
#[derive(Debug, Default)]
pub(super) struct Merged {
    ranges: Vec<Range>,
    /// The ranges that begin below the row.
    next: usize,
    /// Those that the row meets, from left to right.
    here: Vec<Range>,
}

impl Merged {
    /// Notes a range, in any order.
    pub(super) fn add(&mut self, reference: &[u8]) -> Result<()> {
        let range = Range::read(reference).ok_or(WorkbookFault::Damaged(Damage::Cells))?;
        if range.is_wide() {
            self.ranges.push(range);
        }
        if self.ranges.len() > limits::MERGES {
            return Err(WorkbookFault::TooLarge(Limit::Merges));
        }
        Ok(())
    }

    /// There is no range to come.
    pub(super) fn finish(&mut self) {
        let row = |place: u32| {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            self.ranges.get(place).map_or(0, |range| range.first_row)
        };
        let order = sorted(self.ranges.len(), &|one, other| row(one).cmp(&row(other)));
        let mut ranges = Vec::with_capacity(order.len());
        for place in order {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            ranges.extend(self.ranges.get(place).copied());
        }
        self.ranges = ranges;
    }

    /// Goes on to a row, which stands below the one before.
    ///
    /// # Errors
    ///
    /// Where ranges overlap, or too many meet the row.
    pub(super) fn go_to(&mut self, row: u32) -> Result<()> {
        let begins = |range: &&Range| range.first_row <= row;
        let ends = |range: &Range| range.last_row < row;
        let has_next = self
            .ranges
            .get(self.next)
            .is_some_and(|range| begins(&range));
        if !has_next && !self.here.iter().any(ends) {
            return Ok(());
        }
        self.here.retain(|range| !ends(range));
        while let Some(range) = self.ranges.get(self.next).filter(begins) {
            self.next = self.next.saturating_add(1);
            if ends(range) {
                continue;
            }
            let place = self
                .here
                .partition_point(|other| other.first_column < range.first_column);
            self.here.insert(place, *range);
            if self.here.len() > limits::MERGES_OF_A_ROW {
                return Err(WorkbookFault::TooLarge(Limit::Merges));
            }
        }
        let overlap = |pair: &[Range]| match pair {
            [one, other] => one.last_column >= other.first_column,
            _ => false,
        };
        if self.here.windows(2).any(overlap) {
            return Err(WorkbookFault::Damaged(Damage::Cells));
        }
        Ok(())
    }

    /// The ranges that the row meets, from left to right; they do not overlap.
    pub(super) fn here(&self) -> &[Range] {
        &self.here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(ranges: &[&str]) -> Merged {
        let mut merged = Merged::default();
        for range in ranges {
            merged.add(range.as_bytes()).unwrap();
        }
        merged.finish();
        merged
    }

    fn columns(merged: &Merged) -> Vec<(u32, u32)> {
        let here = merged.here().iter();
        here.map(|range| (range.first_column, range.last_column))
            .collect()
    }

    #[test]
    fn a_row_meets_the_ranges_that_have_begun_and_not_ended() {
        let mut merged = merged(&["D2:D3", "A1:F1", "A2:B2", "A7:B9", "C5", "A3:B8000"]);
        assert_eq!(merged.ranges.len(), 5);

        let mut met = Vec::new();
        for row in [1, 2, 3, 4] {
            merged.go_to(row).unwrap();
            met.push(columns(&merged));
        }

        assert_eq!(
            met,
            [
                vec![(0, 5)],
                vec![(0, 1), (3, 3)],
                vec![(0, 1), (3, 3)],
                vec![(0, 1)]
            ]
        );
        assert_eq!(merged.go_to(7), Err(WorkbookFault::Damaged(Damage::Cells)));
    }

    #[test]
    fn ranges_between_two_rows_are_passed_over() {
        let mut merged = merged(&["A2:B3", "A4:B5", "A6:B9"]);
        merged.go_to(8).unwrap();
        assert_eq!(columns(&merged), [(0, 1)]);
    }

    #[test]
    fn too_many_ranges_are_refused() {
        let mut merged = Merged::default();
        for _ in 0..limits::MERGES {
            merged.add(b"A1:A2").unwrap();
        }
        assert_eq!(
            merged.add(b"A1:A2"),
            Err(WorkbookFault::TooLarge(Limit::Merges))
        );
        assert_eq!(merged.go_to(1), Err(WorkbookFault::TooLarge(Limit::Merges)));
    }
}
