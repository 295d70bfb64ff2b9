//! What a file is, told by its bytes and never by its name.

use alloc::vec::Vec;

use crate::workbook::fault::{Foreign, Limit, Result, WorkbookFault};
use crate::workbook::zip::directory::Archive;
use crate::workbook::zip::part::Part;

/// What a compound file of Microsoft's (MS-CFB) begins with: `.xls`, and workbooks with a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a file is that cannot be opened as an archive.
pub(super) fn refuse_other(file: &[u8]) -> Result<()> {
    if file.starts_with(b"PK") {
        return Ok(());
    }
    let foreign = if !file.starts_with(COMPOUND) {
        Foreign::NoWorkbook
    } else if has_stream(file, "EncryptedPackage") {
        Foreign::Encrypted
    } else if has_stream(file, "Workbook") || has_stream(file, "Book") {
        Foreign::Xls
    } else if has_stream(file, "WordDocument") {
        Foreign::Word
    } else if has_stream(file, "PowerPoint Document") {
        Foreign::PowerPoint
    } else {
        Foreign::Office
    };
    Err(WorkbookFault::Foreign(foreign))
}

/// Returns whether a compound file has a stream of that name: an entry of its directory is 128 bytes and begins with the name in UTF-16, with a
/// zero behind it.
fn has_stream(file: &[u8], name: &str) -> bool {
    file.as_chunks::<128>().0.iter().any(|entry| {
        let units = entry
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| u16::from_le_bytes(*pair));
        let wanted = name.encode_utf16().chain([0]);
        units.zip(wanted).all(|(unit, wanted)| unit == wanted)
    })
}

/// What an archive is that has no workbook in it.
pub(super) fn of_archive(archive: &Archive) -> Foreign {
    let declared = declared_kind(archive).unwrap_or_default();
    let is_of = |kind: &[u8]| declared.starts_with(kind);
    if is_of(b"application/vnd.oasis.opendocument.spreadsheet") {
        Foreign::Ods
    } else if is_of(b"application/vnd.oasis.opendocument") {
        Foreign::OpenDocument
    } else if archive.has_prefix(b"Index/") && archive.has_suffix(b".iwa")
        || archive.has_prefix(b"Index.zip")
    {
        Foreign::Numbers
    } else if archive.has_prefix(b"word/") {
        Foreign::Word
    } else if archive.has_prefix(b"ppt/") {
        Foreign::PowerPoint
    } else if archive.has_prefix(b"xl/workbook.bin") {
        Foreign::Xlsb
    } else if archive.has_prefix(b"[Content_Types].xml") {
        Foreign::Office
    } else {
        Foreign::Archive
    }
}

/// What a document of OpenDocument says it is.
fn declared_kind(archive: &Archive) -> Option<Vec<u8>> {
    let entry = archive.find(b"mimetype").ok()??;
    let mut part = Part::open(archive, entry, (1_024, Limit::Part)).ok()?;
    part.more().ok()?;
    Some(part.bytes().to_vec())
}
