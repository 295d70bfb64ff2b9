//! Files that ask for too much: refused before the time or the memory is spent.

use std::fmt::Write;

use giftcard_partners::workbook::limits::{
    COLUMNS, ENTRIES, PART, RATIO_FREE, SHEET, STRINGS, TOKEN,
};
use giftcard_partners::workbook::{Limit, Workbook, WorkbookFault};

use super::archive::{Entry, Form, Parts, zip};
use super::dump;

fn limit(file: Vec<u8>) -> Limit {
    match dump(file) {
        Err(WorkbookFault::TooLarge(limit)) => limit,
        other => panic!("{other:?}"),
    }
}

/// A workbook whose part of that name is another one.
fn with(name: &str, entry: impl FnOnce(&mut Entry)) -> Vec<u8> {
    let mut entries = Parts::rows("<row><c><v>1</v></c></row>").entries();
    entry(entries.iter_mut().find(|entry| entry.name == name).unwrap());
    zip(&entries, Form::Plain)
}

#[test]
fn a_part_that_says_it_is_too_large_is_not_inflated() {
    for (name, most, expected) in [
        ("xl/worksheets/sheet1.xml", SHEET, Limit::Sheet),
        ("xl/sharedStrings.xml", STRINGS, Limit::Strings),
        ("xl/styles.xml", PART, Limit::Part),
        ("xl/workbook.xml", PART, Limit::Part),
    ] {
        assert_eq!(
            limit(with(name, |entry| entry.size = most as u64 + 1)),
            expected
        );
    }
}

#[test]
fn a_bomb_is_refused_by_its_ratio_and_one_that_lies_by_its_length() {
    let sheet = "xl/worksheets/sheet1.xml";
    let text = [
        &b"<worksheet><sheetData>"[..],
        &vec![b' '; RATIO_FREE + (4 << 20)],
        b"</sheetData></worksheet>",
    ]
    .concat();
    let bomb = Entry::deflated(sheet, &text);
    assert!(bomb.data.len() * 250 < RATIO_FREE);

    assert_eq!(
        limit(with(sheet, |entry| *entry = bomb.clone())),
        Limit::Ratio
    );
    let lying = with(sheet, |entry| {
        *entry = Entry {
            size: 1_000,
            ..bomb
        }
    });
    assert!(matches!(dump(lying), Err(WorkbookFault::Damaged(_))));
}

#[test]
fn a_table_of_texts_of_100_mb_is_refused() {
    let text = [
        &b"<sst>"[..],
        &b"<si><t>0123456789 0123456789</t></si>".repeat((100 << 20) / 37),
        b"</sst>",
    ]
    .concat();
    let entry = Entry::deflated("xl/sharedStrings.xml", &text);
    assert_eq!(
        limit(with("xl/sharedStrings.xml", |slot| *slot = entry)),
        Limit::Strings
    );
}

#[test]
fn an_archive_of_too_many_parts_is_refused() {
    let mut entries = Parts::rows("").entries();
    entries.resize(ENTRIES + 1, Entry::stored("xl/media/image.png", b""));
    assert_eq!(limit(zip(&entries, Form::Plain)), Limit::Entries);
    assert_eq!(limit(zip(&entries, Form::Zip64)), Limit::Entries);
}

#[test]
fn a_million_empty_formatted_rows_are_no_rows() {
    let mut rows = String::from("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    for row in 2..=1_048_576 {
        let _ = write!(
            rows,
            "<row r=\"{row}\" s=\"1\" customFormat=\"1\"><c r=\"A{row}\" s=\"1\"/><c r=\"B{row}\" s=\"3\"/></row>"
        );
    }
    assert_eq!(
        dump(Parts::rows(&rows).zip()).unwrap(),
        "sheet List\n1 | A: number 1\n"
    );
    let without = rows.replace("<c r=\"A1\"><v>1</v></c>", "");
    assert_eq!(dump(Parts::rows(&without).zip()).unwrap(), "sheet List\n");
    rows.push_str("<row r=\"1048577\"><c><v>1</v></c></row>");
    assert_eq!(limit(Parts::rows(&rows).zip()), Limit::Sheet);
}

#[test]
fn a_row_has_at_most_16_384_cells() {
    let mut cells = "<c><v>1</v></c>".repeat(COLUMNS as usize);
    let workbook = Workbook::open(Parts::rows(&format!("<row>{cells}</row>")).zip()).unwrap();
    let mut rows = workbook.rows(0).unwrap();
    assert_eq!(
        rows.next_row().unwrap().unwrap().cells().count(),
        COLUMNS as usize
    );
    cells.push_str("<c><v>1</v></c>");
    assert_eq!(
        limit(Parts::rows(&format!("<row>{cells}</row>")).zip()),
        Limit::Sheet
    );
}

#[test]
fn texts_of_cells_have_a_limit_each_and_together() {
    let long = "x".repeat(TOKEN + (70 << 10));
    assert_eq!(
        limit(Parts::rows(&format!("<row><c t='str'><v>{long}</v></c></row>")).zip()),
        Limit::Sheet
    );
    // Many cells share one text.
    let mut parts = Parts::rows(&format!(
        "<row>{}</row>",
        "<c t='s'><v>0</v></c>".repeat(10)
    ));
    parts.strings = format!("<sst><si><t>{}</t></si></sst>", &long[..TOKEN - 100]);
    assert_eq!(limit(parts.zip()), Limit::Sheet);
    let row = "<row><c t='s'><v>0</v></c></row>";
    parts.sheet = Parts::rows(&row.repeat(600)).sheet;
    assert_eq!(limit(parts.zip()), Limit::Sheet);
}

#[test]
fn sheets_styles_and_formats_have_a_limit() {
    let mut parts = Parts::rows("");
    parts.workbook = format!(
        "<workbook><sheets>{}</sheets></workbook>",
        "<sheet name='a' r:id='rId1'/>".repeat(1_001)
    );
    assert_eq!(limit(parts.zip()), Limit::Part);
    let mut parts = Parts::rows("");
    parts.styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf numFmtId='9'/>".repeat(65_537)
    );
    assert_eq!(limit(parts.zip()), Limit::Part);
    parts.styles = format!(
        "<styleSheet><numFmts>{}</numFmts></styleSheet>",
        "<numFmt numFmtId='200' formatCode='0'/>".repeat(5_001)
    );
    assert_eq!(limit(parts.zip()), Limit::Part);
    let mut parts = Parts::rows("");
    parts.related = format!(
        "<Relationships>{}</Relationships>",
        "<Relationship Id='a'/>".repeat(10_001)
    );
    assert_eq!(limit(parts.zip()), Limit::Part);
}
