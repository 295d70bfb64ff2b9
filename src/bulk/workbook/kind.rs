//! What a file is, told by its bytes and never by its name.

use crate::bulk::workbook::fault::{Foreign, Result, WorkbookFault};
use crate::bulk::workbook::zip::directory::Archive;

/// What a compound file of Microsoft's (MS-CFB) begins with: `.xls`, and workbooks with a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether these first bytes of a file, four or more, are those of a workbook of some kind: what is read as one, or refused by its name.
pub fn is_workbook(start: &[u8]) -> bool {
    matches!(start, [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..])
        || start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

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

/// Whether a compound file has a stream of that name: an entry of its directory is 128 bytes and begins with the name in UTF-16, with a
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
    let is_of = |text: &[u8]| {
        archive
            .stored(b"mimetype")
            .is_some_and(|kind| kind.starts_with(text))
    };
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
