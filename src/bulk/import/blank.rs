//! Rows without any text: empty ones between others are rejected, those below the last that holds something are no rows.

use alloc::vec::Vec;

/// Empty rows of which it is not known yet whether others follow. A sheet may have a million of them, mostly on lines that follow each other.
#[derive(Debug, Default)]
pub(in crate::bulk) struct BlankRows {
    runs: Vec<Run>,
}

/// Rows on lines that follow each other, or one that has line breaks.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: u32,
    last: u32,
    is_one: bool,
}

impl BlankRows {
    pub(in crate::bulk) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    pub(in crate::bulk) fn push(&mut self, line: u32, last_line: u32) {
        let is_one = last_line > line;
        match self.runs.last_mut() {
            Some(run) if !is_one && !run.is_one && run.last.checked_add(1) == Some(line) => {
                run.last = line;
            }
            _ => self.runs.push(Run {
                first: line,
                last: last_line,
                is_one,
            }),
        }
    }

    /// Hands out the first and the last line of each row, and forgets them.
    pub(in crate::bulk) fn take(&mut self, each: &mut dyn FnMut((u32, u32))) {
        for run in self.runs.drain(..) {
            if run.is_one {
                each((run.first, run.last));
            } else {
                (run.first..=run.last).for_each(|line| each((line, line)));
            }
        }
    }
}
