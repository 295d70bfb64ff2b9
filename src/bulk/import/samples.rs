//! What the beginning of a file shows of its columns.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::csv::row::{Cells, clean};

/// Cells of a column that are shown, and characters of each.
const SAMPLES: usize = 3;
const LENGTH: usize = 60;

/// The first cells of each column, and where the table begins.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Samples {
    pub(in crate::bulk) columns: Vec<Vec<String>>,
    pub(in crate::bulk) header_line: u32,
    pub(in crate::bulk) delimiter: u8,
}

impl Samples {
    pub(in crate::bulk) fn add(&mut self, cells: Cells<'_>) {
        for column in 0..cells.places.len() {
            if self.columns.len() <= column {
                self.columns.push(Vec::new());
            }
            let text = clean(cells.get(column));
            let known = self.columns.get_mut(column);
            if let Some(samples) =
                known.filter(|samples| samples.len() < SAMPLES && !text.is_empty())
            {
                samples.push(text.chars().take(LENGTH).collect());
            }
        }
    }
}
