//! What is no workbook, and is named.

use giftcard_partners::sheet_rows::is_workbook;
use giftcard_partners::workbook::{Foreign, Workbook, WorkbookFault};

use super::archive::{Entry, Form, Parts, zip};
use super::file;

fn foreign(file: Vec<u8>) -> Foreign {
    match Workbook::open(file) {
        Err(WorkbookFault::Foreign(foreign)) => foreign,
        other => panic!("{other:?}"),
    }
}

#[test]
fn other_files_are_named_with_what_to_do() {
    for (name, expected, named, advice) in [
        (
            "sheetjs.xls",
            Foreign::Xls,
            "Excel 97 to 2003",
            "save it as .xlsx",
        ),
        ("sheetjs.xlsb", Foreign::Xlsb, ".xlsb", "save it as .xlsx"),
        (
            "sheetjs.ods",
            Foreign::Ods,
            "OpenDocument spreadsheet",
            "save it as .xlsx",
        ),
        (
            "sheetjs.numbers",
            Foreign::Numbers,
            "Numbers",
            "Export To, Excel",
        ),
        (
            "password.xlsx",
            Foreign::Encrypted,
            "password",
            "remove the password",
        ),
        ("word.docx", Foreign::Word, "Word document", "spreadsheet"),
        ("archive.zip", Foreign::Archive, "ZIP archive", "Unpack"),
    ] {
        let file = file(name);
        assert!(is_workbook(&file), "{name}");
        assert_eq!(foreign(file), expected, "{name}");
        let sentence = WorkbookFault::Foreign(expected).sentence();
        assert!(
            sentence.contains(named) && sentence.contains(advice),
            "{sentence}"
        );
    }
}

#[test]
fn what_stands_in_an_archive_tells_its_kind() {
    for (names, expected) in [
        (&["mimetype", "content.xml"][..], Foreign::OpenDocument),
        (
            &["Index/Document.iwa", "Metadata/Properties.plist"],
            Foreign::Numbers,
        ),
        (&["Index.zip", "preview.jpg"], Foreign::Numbers),
        (&["META-INF/MANIFEST.MF", "Main.class"], Foreign::Archive),
        (
            &["[Content_Types].xml", "ppt/presentation.xml"],
            Foreign::PowerPoint,
        ),
        (
            &["[Content_Types].xml", "visio/document.xml"],
            Foreign::Office,
        ),
        (&["list.xlsx"], Foreign::Archive),
        (&[], Foreign::Archive),
    ] {
        let text = b"application/vnd.oasis.opendocument.text";
        let entries: Vec<_> = names.iter().map(|name| Entry::stored(name, text)).collect();
        assert_eq!(foreign(zip(&entries, Form::Plain)), expected, "{names:?}");
    }
}

#[test]
fn a_document_of_another_program_is_told_by_its_first_element() {
    let mut parts = Parts::rows("");
    parts.workbook = "<p:presentation/>".into();
    assert_eq!(foreign(parts.zip()), Foreign::Office);
    parts.workbook = "<w:document><workbook/></w:document>".into();
    assert_eq!(foreign(parts.zip()), Foreign::Office);
}

#[test]
fn what_is_no_archive_is_no_workbook() {
    for file in [
        &b""[..],
        b"P",
        b"Email,Value\n",
        b"%PDF-1.7",
        b"<html><table>",
        b"\xFF\xFEE\0m\0",
    ] {
        assert!(!is_workbook(file));
        assert_eq!(foreign(file.into()), Foreign::NoWorkbook);
    }
    let mut compound = vec![0; 4096];
    compound[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    assert!(is_workbook(&compound));
    assert_eq!(foreign(compound.clone()), Foreign::Office);
    for (stream, expected) in [
        ("Book", Foreign::Xls),
        ("WordDocument", Foreign::Word),
        ("PowerPoint Document", Foreign::PowerPoint),
    ] {
        let mut compound = compound.clone();
        for (slot, unit) in compound[1024..].chunks_mut(2).zip(stream.encode_utf16()) {
            slot.copy_from_slice(&unit.to_le_bytes());
        }
        assert_eq!(foreign(compound), expected);
    }
}

#[test]
fn a_part_with_a_password_is_told_as_that() {
    let mut entries = Parts::rows("<row><c><v>1</v></c></row>").entries();
    for entry in &mut entries {
        entry.flags |= 1;
    }
    assert_eq!(foreign(zip(&entries, Form::Plain)), Foreign::Encrypted);
}
