//! The bytes of one part, uncompressed as they are asked for.
//!
//! What has been inflated stands in one buffer: the reader looks at it there, and inflating looks back at it there, so that nothing is
//! copied but the last 32 KiB when the buffer is full.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::ops::Range;

use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::limits;
use crate::workbook::zip::checksum::Checksum;
use crate::workbook::zip::directory::{Archive, Entry};
use crate::workbook::zip::inflate::{BEHIND, Inflater};

/// How far deflate looks back.
const WINDOW: usize = 32 << 10;

/// Bytes that are uncompressed at a time, and room for them.
const STEP: usize = 64 << 10;
const ROOM: usize = STEP + BEHIND;

const BROKEN: WorkbookFault = WorkbookFault::Damaged(Damage::Compression);

/// A part that is being read.
pub(in crate::workbook) struct Part {
    file: Rc<Vec<u8>>,
    /// Where its compressed bytes stand.
    compressed: Range<usize>,
    /// Nothing where the part is stored as it is.
    inflater: Option<Inflater>,
    /// Nothing where the part has been read and found whole before.
    checksum: Option<Checksum>,
    expected: u32,
    /// Bytes of all of it, and those that are yet to come.
    size: usize,
    left: usize,
    has_ended: bool,
    buffer: Vec<u8>,
    /// Whether what was taken stays, so that it can be read again.
    keeps: bool,
    /// Where what has not been read begins and ends.
    at: usize,
    end: usize,
}

impl Part {
    /// Begins with a part, whose size is known from the directory: one that is larger than that is refused on the way.
    ///
    /// # Errors
    ///
    /// Where it is over the `largest` size, or over the ratio.
    pub(in crate::workbook) fn open(
        archive: &Archive,
        entry: &Entry,
        (largest, limit): (usize, Limit),
    ) -> Result<Self> {
        let compressed = archive.place(entry)?;
        if entry.size > largest {
            return Err(WorkbookFault::TooLarge(limit));
        }
        let possible = compressed.len().saturating_mul(limits::RATIO);
        if entry.size > possible.saturating_add(limits::RATIO_FREE) {
            return Err(WorkbookFault::TooLarge(Limit::Ratio));
        }
        let inflater = match entry.method {
            0 => None,
            8 => Some(Inflater::new()),
            _ => return Err(WorkbookFault::UnknownCompression),
        };
        Ok(Self {
            file: Rc::clone(&archive.file),
            compressed,
            inflater,
            checksum: Some(Checksum::new()),
            expected: entry.checksum,
            size: entry.size,
            left: entry.size,
            has_ended: false,
            buffer: Vec::new(),
            keeps: false,
            at: 0,
            end: 0,
        })
    }

    /// Keeps all of the part in memory, where it is small enough, so that it is uncompressed once however often it is read.
    pub(in crate::workbook) fn keep(&mut self) {
        self.keeps = self.left <= limits::KEPT;
        if self.keeps {
            // In one step: memory of wasm that grows bit by bit is slow.
            self.buffer.reserve_exact(self.left.saturating_add(ROOM));
        }
    }

    /// Goes back to the beginning of a part that has been read to its end, and so is known to be whole.
    pub(in crate::workbook) fn restart(&mut self) {
        self.at = 0;
        if self.keeps && self.has_ended {
            return;
        }
        self.end = 0;
        self.left = self.size;
        self.has_ended = false;
        self.checksum = None;
        if let Some(inflater) = &mut self.inflater {
            inflater.restart();
        }
    }

    /// What has been uncompressed and not been taken.
    #[inline]
    pub(in crate::workbook) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Takes so many bytes.
    #[inline]
    pub(in crate::workbook) fn take(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.end);
    }

    /// What was taken last, and so many bytes of it. It stands there until there is [`more`](Part::more).
    #[inline]
    pub(in crate::workbook) fn taken(&self, count: usize) -> &[u8] {
        let start = self.at.saturating_sub(count);
        self.buffer.get(start..self.at).unwrap_or_default()
    }

    /// Uncompresses more behind [`bytes`](Part::bytes); false at the part's end.
    #[inline(never)]
    pub(in crate::workbook) fn more(&mut self) -> Result<bool> {
        if self.has_ended {
            return Ok(false);
        }
        self.make_room();
        let from = self.end;
        let until = from.saturating_add(STEP);
        let compressed = self.file.get(self.compressed.clone()).unwrap_or_default();
        let buffer = self.buffer.as_mut_slice();
        self.end = match &mut self.inflater {
            None => {
                let read = self.size.saturating_sub(self.left);
                let rest = compressed.get(read..).unwrap_or_default();
                let bytes = rest.get(..STEP).unwrap_or(rest);
                let end = from.saturating_add(bytes.len());
                let room = buffer.get_mut(from..end).ok_or(BROKEN)?;
                room.copy_from_slice(bytes);
                self.has_ended = bytes.len() == rest.len();
                end
            }
            Some(inflater) => {
                let end = inflater.inflate(compressed, buffer, from, until);
                self.has_ended = inflater.has_ended();
                end.ok_or(BROKEN)?
            }
        };
        let count = self.end.saturating_sub(from);
        self.left = self.left.checked_sub(count).ok_or(BROKEN)?;
        if let Some(checksum) = &mut self.checksum {
            checksum.add(self.buffer.get(from..self.end).unwrap_or_default());
        }
        if self.has_ended {
            let checksum = self.checksum.as_ref().map(Checksum::value);
            let is_whole = checksum.is_none_or(|value| value == self.expected);
            if self.left > 0 || !is_whole {
                return Err(BROKEN);
            }
        }
        Ok(count > 0)
    }

    /// Puts what `convert` makes of the whole part in its place.
    pub(in crate::workbook) fn replace(
        &mut self,
        largest: usize,
        convert: fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Result<Option<()>> {
        if self.left > largest {
            return Err(WorkbookFault::TooLarge(Limit::Sheet));
        }
        while self.more()? {}
        let Some(buffer) = convert(self.bytes()) else {
            return Ok(None);
        };
        self.buffer = buffer;
        (self.at, self.end) = (0, self.buffer.len());
        Ok(Some(()))
    }

    /// Makes room for a step behind what has not been taken and what deflate looks back at.
    fn make_room(&mut self) {
        if self.buffer.len().saturating_sub(self.end) >= ROOM {
            return;
        }
        let keep = if self.keeps {
            0
        } else {
            self.at.min(self.end.saturating_sub(WINDOW))
        };
        self.buffer.copy_within(keep..self.end, 0);
        self.at = self.at.saturating_sub(keep);
        self.end = self.end.saturating_sub(keep);
        if self.buffer.len().saturating_sub(self.end) < ROOM {
            let size = self.end.saturating_add(ROOM);
            let size = if self.keeps {
                size
            } else {
                size.saturating_mul(2)
            };
            self.buffer.resize(size, 0);
        }
    }
}
