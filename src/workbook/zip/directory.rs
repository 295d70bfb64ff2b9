//! The directory at the end of a ZIP archive: which parts there are, and where.
//!
//! The directory alone is believed. What stands before each part repeats it, or has zeros where the writer did not know yet (a "data
//! descriptor" follows then), and is only measured.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::ops::Range;

use crate::workbook::fault::{Damage, Foreign, Limit, Result, WorkbookFault};
use crate::workbook::limits;

/// One part.
pub(in crate::workbook) struct Entry {
    /// Where its name stands in the file.
    name: Range<usize>,
    pub(in crate::workbook) method: u16,
    pub(in crate::workbook) checksum: u32,
    compressed: usize,
    pub(in crate::workbook) size: usize,
    is_encrypted: bool,
    offset: usize,
}

/// An archive, of which the directory has been read.
pub(in crate::workbook) struct Archive {
    pub(in crate::workbook) file: Rc<Vec<u8>>,
    entries: Vec<Entry>,
}

const END: &[u8] = b"PK\x05\x06";
const END_SIZE: usize = 22;
const ZIP64_LOCATOR: &[u8] = b"PK\x06\x07";
const ZIP64_LOCATOR_SIZE: usize = 20;
const ZIP64_END: &[u8] = b"PK\x06\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// Bytes from the end within which the directory's end stands: its comment may be this long.
const FARTHEST: usize = END_SIZE + 0xFFFF;

const BROKEN: WorkbookFault = WorkbookFault::Damaged(Damage::Archive);

impl Archive {
    /// Reads the directory.
    pub(in crate::workbook) fn open(file: Rc<Vec<u8>>) -> Result<Self> {
        if file.len() > limits::FILE {
            return Err(WorkbookFault::TooLarge(Limit::File));
        }
        let end = find_end(&file).ok_or(WorkbookFault::Truncated)?;
        let (count, size, offset) = bounds(&file, end).ok_or(BROKEN)?;
        if count > limits::ENTRIES as u64 {
            return Err(WorkbookFault::TooLarge(Limit::Entries));
        }
        let behind = offset.checked_add(size).ok_or(BROKEN)?;
        if behind > end {
            return Err(WorkbookFault::Truncated);
        }
        let directory = file.get(..behind).ok_or(BROKEN)?;
        let mut at = offset;
        let mut entries = Vec::new();
        for _ in 0..count {
            let (entry, behind) = Entry::read(directory, at).ok_or(BROKEN)?;
            entries.push(entry);
            at = behind;
        }
        Ok(Self { file, entries })
    }

    /// The part of that name, which is told by its letters in any case.
    ///
    /// # Errors
    ///
    /// Where two parts have it: one program would read the first, another one the last.
    pub(in crate::workbook) fn find(&self, name: &[u8]) -> Result<Option<&Entry>> {
        let mut found = None;
        for entry in &self.entries {
            if is_name(self.name(entry), name) {
                if found.is_some() {
                    return Err(WorkbookFault::Damaged(Damage::TwoParts));
                }
                found = Some(entry);
            }
        }
        Ok(found)
    }

    /// Returns whether there is a part whose name begins so.
    pub(in crate::workbook) fn has_prefix(&self, prefix: &[u8]) -> bool {
        let begins = |name: &[u8]| {
            name.get(..prefix.len())
                .is_some_and(|name| is_name(name, prefix))
        };
        self.entries.iter().any(|entry| begins(self.name(entry)))
    }

    /// Returns whether there is a part whose name ends so.
    pub(in crate::workbook) fn has_suffix(&self, suffix: &[u8]) -> bool {
        let ends = |name: &[u8]| name.ends_with(suffix);
        self.entries.iter().any(|entry| ends(self.name(entry)))
    }

    fn name(&self, entry: &Entry) -> &[u8] {
        self.file.get(entry.name.clone()).unwrap_or_default()
    }

    /// Where the compressed bytes of a part stand.
    pub(in crate::workbook) fn place(&self, entry: &Entry) -> Result<Range<usize>> {
        if entry.is_encrypted {
            return Err(WorkbookFault::Foreign(Foreign::Encrypted));
        }
        let local = self.file.get(entry.offset..).ok_or(BROKEN)?;
        if !local.starts_with(LOCAL) {
            return Err(BROKEN);
        }
        let start = local_size(local).and_then(|size| entry.offset.checked_add(size));
        let start = start.ok_or(BROKEN)?;
        let end = start.checked_add(entry.compressed).ok_or(BROKEN)?;
        if end > self.file.len() {
            return Err(BROKEN);
        }
        Ok(start..end)
    }
}

impl Entry {
    /// Reads the entry at a place, and where the next one stands.
    fn read(directory: &[u8], at: usize) -> Option<(Self, usize)> {
        let bytes = directory.get(at..)?;
        if !bytes.starts_with(ENTRY) {
            return None;
        }
        let name = at.checked_add(46)?;
        let extra = name.checked_add(u16_at(bytes, 28)?.into())?;
        let comment = extra.checked_add(u16_at(bytes, 30)?.into())?;
        let behind = comment.checked_add(u16_at(bytes, 32)?.into())?;
        if behind > directory.len() {
            return None;
        }
        let mut sizes = [
            u64::from(u32_at(bytes, 24)?),
            u64::from(u32_at(bytes, 20)?),
            u64::from(u32_at(bytes, 42)?),
        ];
        widen(&mut sizes, directory.get(extra..comment)?)?;
        let [size, compressed, offset] = sizes;
        let entry = Self {
            name: name..extra,
            method: u16_at(bytes, 10)?,
            checksum: u32_at(bytes, 16)?,
            compressed: usize::try_from(compressed).ok()?,
            // One that no memory can hold is over every limit.
            size: usize::try_from(size).unwrap_or(usize::MAX),
            is_encrypted: u16_at(bytes, 8)? & 1 == 1,
            offset: usize::try_from(offset).ok()?,
        };
        Some((entry, behind))
    }
}

/// Puts the sizes of zip64 where the directory has no room for them.
fn widen(sizes: &mut [u64; 3], mut extra: &[u8]) -> Option<()> {
    if sizes.iter().all(|size| *size != u64::from(u32::MAX)) {
        return Some(());
    }
    while let (Some(id), Some(size)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let (field, behind) = extra.get(4..)?.split_at_checked(usize::from(size))?;
        if id == 1 {
            let mut wide = field.as_chunks::<8>().0.iter();
            for size in sizes {
                if *size == u64::from(u32::MAX) {
                    *size = u64::from_le_bytes(*wide.next()?);
                }
            }
            return Some(());
        }
        extra = behind;
    }
    // It is really so large, which no file here is.
    None
}

/// Where the end of the directory stands.
fn find_end(file: &[u8]) -> Option<usize> {
    let last = file.len().checked_sub(END_SIZE)?;
    let first = file.len().saturating_sub(FARTHEST);
    (first..=last)
        .rev()
        .find(|at| file.get(*at..).is_some_and(|bytes| bytes.starts_with(END)))
}

/// Entries, bytes and beginning of the directory that ends there.
fn bounds(file: &[u8], end: usize) -> Option<(u64, usize, usize)> {
    let tail = file.get(end..)?;
    let count = u16_at(tail, 10)?;
    let size = u32_at(tail, 12)?;
    let offset = u32_at(tail, 16)?;
    if count != u16::MAX && size != u32::MAX && offset != u32::MAX {
        let size = usize::try_from(size).ok()?;
        return Some((u64::from(count), size, usize::try_from(offset).ok()?));
    }
    let locator = file.get(end.checked_sub(ZIP64_LOCATOR_SIZE)?..)?;
    if !locator.starts_with(ZIP64_LOCATOR) {
        return None;
    }
    let at = usize::try_from(u64_at(locator, 8)?).ok()?;
    let wide = file.get(at..)?;
    if !wide.starts_with(ZIP64_END) {
        return None;
    }
    let size = usize::try_from(u64_at(wide, 40)?).ok()?;
    let offset = usize::try_from(u64_at(wide, 48)?).ok()?;
    Some((u64_at(wide, 32)?, size, offset))
}

/// Bytes in front of a part's data.
fn local_size(local: &[u8]) -> Option<usize> {
    let name = usize::from(u16_at(local, 26)?);
    let extra = usize::from(u16_at(local, 28)?);
    name.checked_add(extra)?.checked_add(30)
}

/// Returns whether a name of the archive is that one: old programs of .NET write `\` in the place of `/`.
fn is_name(name: &[u8], wanted: &[u8]) -> bool {
    let name = name.strip_prefix(b"/").unwrap_or(name);
    let is_same = |(byte, wanted): (&u8, &u8)| {
        byte.eq_ignore_ascii_case(wanted) || (*byte == b'\\' && *wanted == b'/')
    };
    name.len() == wanted.len() && name.iter().zip(wanted).all(is_same)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u64::from_le_bytes)
}
