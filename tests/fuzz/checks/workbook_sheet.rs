//! What must hold of the reader of workbooks for any sheet: its checksum holds, so that its XML is read.

use giftcard_partners::workbook::Workbook;

#[path = "../../workbook/archive.rs"]
#[allow(dead_code, reason = "the tests of workbooks need more of it")]
mod archive;

use archive::{Entry, Form, Parts, zip};

use crate::workbook_file::check_sheet;

/// The bytes are what stands in a sheet.
pub(crate) fn check(data: &[u8]) {
    let sheet = [b"<worksheet><sheetData>", data, b"</sheetData></worksheet>"].concat();
    let mut entries = Parts::rows("").entries();
    if let Some(last) = entries.last_mut() {
        *last = Entry::stored(&last.name, &sheet);
    }
    let workbook = Workbook::open(zip(&entries, Form::Plain)).unwrap();
    check_sheet(&workbook, 0);
}
