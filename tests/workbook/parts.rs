//! Which part is which, and which sheet is read.

use giftcard_partners::workbook::{Damage, Workbook, WorkbookFault};

use super::archive::{Entry, Form, Parts, zip};
use super::{dump_rows, file};

fn open(parts: &Parts) -> Workbook {
    Workbook::open(parts.zip()).unwrap()
}

fn three_sheets(states: [&str; 3]) -> Workbook {
    let mut parts = Parts::rows("<row><c t=\"str\"><v>first</v></c></row>");
    let sheet = |name: &str, id: usize, state: &str| {
        format!("<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"rId{id}\"/>")
    };
    parts.workbook = format!(
        "<workbook><sheets>{}{}{}</sheets></workbook>",
        sheet("One &amp; only", 1, states[0]),
        sheet("Chart", 7, states[1]),
        sheet("Zwei", 8, states[2])
    );
    parts.related = parts.related.replace(
        "</Relationships>",
        "<Relationship Id=\"rId7\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/chartsheet\" Target=\"chartsheets/sheet1.xml\"/>\
         <Relationship Id=\"rId8\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" Target=\"/xl/other.xml\"/>\
         <Relationship Id=\"rId9\" Type=\"…/worksheet\" Target=\"http://example.com/sheet.xml\" TargetMode=\"External\"/></Relationships>",
    );
    let mut entries = parts.entries();
    entries.push(Entry::deflated(
        "xl/other.xml",
        b"<worksheet><sheetData><row><c t='str'><v>second</v></c></row></sheetData></worksheet>",
    ));
    Workbook::open(zip(&entries, Form::Plain)).unwrap()
}

#[test]
fn sheets_of_cells_are_listed_with_their_names_and_whether_they_are_hidden() {
    let workbook = three_sheets(["hidden", "visible", "visible"]);

    let sheets: Vec<_> = workbook
        .sheets()
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.is_hidden))
        .collect();
    assert_eq!(sheets, [("One & only", true), ("Zwei", false)]);
    assert_eq!(workbook.first_visible(), Ok(1));
    assert_eq!(workbook.named("one & ONLY"), Ok(0));
    assert_eq!(workbook.named("Chart"), Err(WorkbookFault::UnknownSheet));
    assert_eq!(dump_rows(&workbook, 1).unwrap(), "1 | A: second\n");
    assert_eq!(workbook.rows(2).err(), Some(WorkbookFault::UnknownSheet));
    assert_eq!(
        three_sheets(["veryHidden", "visible", "hidden"]).first_visible(),
        Err(WorkbookFault::NoVisibleSheet)
    );
}

#[test]
fn a_sheet_that_is_missing_is_told() {
    let mut parts = Parts::rows("");
    parts.related = parts.related.replace("sheet1.xml", "sheet2.xml");
    assert_eq!(
        open(&parts).rows(0).err(),
        Some(WorkbookFault::MissingSheet)
    );
    let mut parts = Parts::rows("");
    parts.workbook = parts.workbook.replace("rId1", "rId99");
    assert_eq!(
        open(&parts).rows(0).err(),
        Some(WorkbookFault::MissingSheet)
    );
    let mut parts = Parts::rows("");
    parts.workbook = "<workbook><sheets/></workbook>".into();
    assert_eq!(
        Workbook::open(parts.zip()).err(),
        Some(WorkbookFault::NoSheet)
    );
}

#[test]
fn a_part_that_is_named_and_missing_is_told() {
    let missing = Some(WorkbookFault::Damaged(Damage::Part));
    for name in ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"] {
        let mut entries = Parts::rows("").entries();
        entries.retain(|entry| entry.name != name);
        assert_eq!(
            Workbook::open(zip(&entries, Form::Plain)).err(),
            missing,
            "{name}"
        );
    }
    let sheet = Parts::sheet("<chartsheet/>");
    assert_eq!(open(&sheet).rows(0).err(), missing);
}

#[test]
fn a_workbook_needs_neither_texts_nor_styles() {
    let mut parts =
        Parts::rows("<row><c><v>25</v></c><c t='inlineStr'><is><t>Ann</t></is></c></row>");
    parts.related = "<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>".into();
    assert_eq!(
        dump_rows(&open(&parts), 0).unwrap(),
        "1 | A: number 25 | B: Ann\n"
    );
}

#[test]
fn a_cell_that_names_what_is_not_there_is_told() {
    for cell in [
        "<c t='s'><v>3</v></c>",
        "<c t='s'><v>-1</v></c>",
        "<c t='s'><v>x</v></c>",
        "<c s='4'><v>1</v></c>",
        "<c s='x'><v>1</v></c>",
    ] {
        let workbook = open(&Parts::rows(&format!("<row>{cell}</row>")));
        assert_eq!(
            dump_rows(&workbook, 0),
            Err(WorkbookFault::Damaged(Damage::Reference)),
            "{cell}"
        );
    }
}

#[test]
fn neither_a_workbook_nor_its_faults_show_what_stands_in_the_file() {
    let workbook = Workbook::open(file("openpyxl.xlsx")).unwrap();
    let mut rows = workbook.rows(0).unwrap();
    rows.next_row().unwrap();
    for shown in [format!("{workbook:?}"), format!("{rows:?}")] {
        assert!(
            !shown.contains("example.com") && !shown.contains("Gift cards"),
            "{shown}"
        );
    }
}
