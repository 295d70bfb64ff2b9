//! What the cells of a sheet come to, however their XML is written.

use giftcard_partners::workbook::{Damage, Workbook, WorkbookFault};

use super::archive::{Entry, Form, Parts, zip};
use super::dump_rows;

fn rows(parts: &Parts) -> Result<String, WorkbookFault> {
    dump_rows(&Workbook::open(parts.zip())?, 0)
}

/// The cells of row 1.
fn cells(xml: &str) -> Result<String, WorkbookFault> {
    let seen = rows(&Parts::rows(&format!("<row r=\"1\">{xml}</row>")))?;
    Ok(seen.trim_end().trim_start_matches("1 | ").into())
}

#[test]
fn each_type_of_cell_has_its_value() {
    for (xml, expected) in [
        ("<c r=\"A1\" t=\"s\"><v>0</v></c>", "A: ann@example.com"),
        ("<c r=\"A1\" t=\"s\"><v> 1 </v></c>", "A: Ana Lima"),
        ("<c r=\"A1\" t=\"s\"><v>2</v></c>", ""),
        (
            "<c r=\"A1\" t=\"inlineStr\"><is><t>Ana</t></is></c>",
            "A: Ana",
        ),
        (
            "<c r=\"A1\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>Ana </t></r><r><t xml:space='preserve'>Lima</t></r><rPh sb='0'><r><t>X</t></r></rPh></is></c>",
            "A: Ana Lima",
        ),
        ("<c r=\"A1\" t=\"inlineStr\"><is><t/></is></c>", ""),
        ("<c r=\"A1\" t=\"str\"><v>25</v></c>", "A: 25"),
        (
            "<c r=\"A1\" t=\"str\"><v>a_x000D__x000A_b</v></c>",
            "A: a\\nb",
        ),
        ("<c r=\"A1\" t=\"b\"><v>1</v></c>", "A: boolean TRUE"),
        ("<c r=\"A1\" t=\"b\"><v>false</v></c>", "A: boolean FALSE"),
        ("<c r=\"A1\" t=\"b\"><v>7</v></c>", "A: error 7"),
        ("<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>", "A: error #DIV/0!"),
        (
            "<c r=\"A1\" t=\"d\"><v>2026-12-24</v></c>",
            "A: date 2026-12-24",
        ),
        (
            "<c r=\"A1\" t=\"d\"><v>2026-12-24T00:00:00.000Z</v></c>",
            "A: date 2026-12-24",
        ),
        (
            "<c r=\"A1\" t=\"d\"><v>2026-12-24T09:30:00</v></c>",
            "A: moment 2026-12-24T09:30:00",
        ),
        (
            "<c r=\"A1\" t=\"d\"><v>Thursday</v></c>",
            "A: error Thursday",
        ),
        (
            "<c r=\"A1\" t=\"n\"><v>25.100000000000001</v></c>",
            "A: number 25.1",
        ),
        (
            "<c r=\"A1\"><v>1.5555555555E10</v></c>",
            "A: number 15555555555",
        ),
        ("<c r=\"A1\"><v>0</v></c>", "A: number 0"),
        ("<c r=\"A1\"><v>NaN</v></c>", "A: error NaN"),
        ("<c r=\"A1\" t=\"z\"><v>25</v></c>", "A: error 25"),
        ("<c r=\"A1\" s=\"1\"><v>46380</v></c>", "A: date 2026-12-24"),
        ("<c r=\"A1\" s=\"2\"><v>2134</v></c>", "A: number 02134"),
        ("<c r=\"A1\" s=\"3\"><v>25</v></c>", "A: number 25 {$}"),
        ("<c r=\"A1\" s=\"2\" t=\"str\"><v>2134</v></c>", "A: 2134"),
        (
            "<c r=\"A1\" s=\"3\"/><c r=\"B1\"></c><c r=\"C1\"><v/></c><c r=\"D1\"><v></v></c>",
            "",
        ),
    ] {
        assert_eq!(cells(xml).unwrap(), expected, "{xml}");
    }
}

#[test]
fn a_formula_has_the_value_that_was_computed_and_none_else() {
    for (xml, expected) in [
        ("<c r=\"A1\"><f>B1*2</f><v>50</v></c>", "A: number 50"),
        ("<c r=\"A1\"><v>50</v><f>B1*2</f></c>", "A: number 50"),
        ("<c r=\"A1\" t=\"str\"><f>B1</f><v>Ann</v></c>", "A: Ann"),
        (
            "<c r=\"A1\" t=\"b\"><f>TRUE()</f><v>1</v></c>",
            "A: boolean TRUE",
        ),
        (
            "<c r=\"A1\" t=\"e\"><f>B1</f><v>#REF!</v></c>",
            "A: error #REF!",
        ),
        ("<c r=\"A1\"><f>B1*2</f><v/></c>", "A: no value"),
        ("<c r=\"A1\"><f>B1*2</f></c>", "A: no value"),
        ("<c r=\"A1\"><f>B1*2</f><v>0</v></c>", "A: no value"),
        ("<c r=\"A1\"><f>B1*2</f><v>0.0</v></c>", "A: no value"),
        ("<c r=\"A1\" s=\"2\"><f>B1*2</f><v>0</v></c>", "A: no value"),
        ("<c r=\"A1\" t=\"s\"><f>B1</f></c>", "A: no value"),
        ("<c r=\"A1\" t=\"b\"><f>B1</f><v/></c>", "A: no value"),
        // What was computed is nothing.
        ("<c r=\"A1\" t=\"str\"><f>\"\"</f><v></v></c>", ""),
        ("<c r=\"A1\" t=\"str\"><f>\"\"</f></c>", "A: no value"),
        // A formula that stands elsewhere.
        (
            "<c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>0</v></c>",
            "A: no value",
        ),
        (
            "<c r=\"A1\"><f t=\"array\" ref=\"A1:C1\">D1:F1</f><v>0</v></c><c r=\"B1\"><v>0</v></c><c r=\"C1\"><v>5</v></c><c r=\"D1\"><v>0</v></c>",
            "A: no value | B: no value | C: number 5 | D: number 0",
        ),
        (
            "<c r=\"A1\"><f><![CDATA[<v>9</v>]]></f><v>5</v></c>",
            "A: number 5",
        ),
    ] {
        assert_eq!(cells(xml).unwrap(), expected, "{xml}");
    }
}

#[test]
fn xml_is_read_in_every_way_to_write_it() {
    for (xml, expected) in [
        ("<x:c r='A1'><x:v>25</x:v></x:c>", "A: number 25"),
        (
            "<c  t = \"str\"\n r\t=\n'A1' foo:r='Z9' note=\"a > b\" ><v>a &lt; b &amp; c &#65;&#x42;</v ></c >",
            "A: a < b & c AB",
        ),
        (
            "<c r=\"A1\" t=\"str\"><v>a<!-- not > this -->b<![CDATA[<&>]]><?odd thing?>c</v></c>",
            "A: ab<&>c",
        ),
        ("<c t=\"str\"><v>a\r\nb\rc</v></c>", "A: a\\nb\\nc"),
        (
            "<c><v>1</v></c><c/><c><v>3</v></c><c r=\"F1\"><v>6</v></c><c><v>7</v></c>",
            "A: number 1 | C: number 3 | F: number 6 | G: number 7",
        ),
        (
            "<c r=\"a1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c>",
            "A: number 1 | XFD: number 2",
        ),
        (
            "<c r=\"A1\"><v>1</v><extLst><ext><v>9</v></ext></extLst></c>",
            "A: number 1",
        ),
    ] {
        assert_eq!(cells(xml).unwrap(), expected, "{xml}");
    }
}

#[test]
fn rows_have_their_numbers_with_and_without_r() {
    let parts = Parts::rows(
        "<row><c><v>1</v></c></row><row/><row><c/></row><row r=\"7\"><c r=\"B7\"><v>7</v></c></row><row><c r=\"A8\"><v>8</v></c></row><row r=\"9\" s=\"1\"/>",
    );
    assert_eq!(
        rows(&parts).unwrap(),
        "1 | A: number 1\n7 | B: number 7\n8 | A: number 8\n"
    );
}

#[test]
fn rows_that_nobody_sees_are_said() {
    let parts = Parts::rows(
        "<row hidden=\"1\"><c><v>1</v></c></row><row hidden=\"true\"><c><v>2</v></c></row><row hidden=\"0\" ht=\"15\"><c><v>3</v></c></row><row ht=\"0\" customHeight=\"1\"><c><v>4</v></c></row><row ht=\"0.75\"><c><v>5</v></c></row><row x:hidden=\"1\"><c><v>6</v></c></row>",
    );
    let expected = "1 (hidden) | A: number 1\n2 (hidden) | A: number 2\n3 | A: number 3\n4 (hidden) | A: number 4\n5 | A: number 5\n6 | A: number 6\n";
    assert_eq!(rows(&parts).unwrap(), expected);
}

#[test]
fn a_cell_that_another_one_covers_is_no_value() {
    let sheet = "<worksheet><sheetData>\
        <row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row>\
        <row r=\"2\"><c r=\"A2\"><v>4</v></c><c r=\"B2\"><v>5</v></c><c r=\"C2\"><v>6</v></c></row>\
        <row r=\"3\"><c r=\"B3\"><v>7</v></c></row>\
        <row r=\"4\"><c r=\"B4\"><v>8</v></c></row>\
        </sheetData><mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"B2:B3\"/></mergeCells></worksheet>";
    let expected = "1 | A: number 1 | C: number 3 | covered B\n2 | A: number 4 | B: number 5 | C: number 6\n4 | B: number 8\n";
    assert_eq!(rows(&Parts::sheet(sheet)).unwrap(), expected);
}

#[test]
fn dates_count_from_1904_where_the_workbook_says_so() {
    let mut parts = Parts::rows("<row><c s=\"1\"><v>44918</v></c></row>");
    for (said, expected) in [
        ("1", "2026-12-24"),
        ("true", "2026-12-24"),
        ("0", "2022-12-23"),
        ("false", "2022-12-23"),
    ] {
        parts.workbook = format!(
            "<workbook><workbookPr date1904=\"{said}\"/><sheets><sheet name=\"List\" r:id=\"rId1\"/></sheets></workbook>"
        );
        assert_eq!(rows(&parts).unwrap(), format!("1 | A: date {expected}\n"));
    }
}

#[test]
fn a_part_may_be_utf_16() {
    let usual = Parts::rows("<row><c t=\"str\"><v>Zoë 山田 😀</v></c></row>");
    let text = String::from_utf8(usual.sheet.clone()).unwrap();
    let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}");
    let marked = format!("\u{FEFF}{declared}");
    let little = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let big = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<u8>>()
    };

    let with_mark = format!("\u{FEFF}<?xml version='1.0' encoding='utf-8'?>{text}").into_bytes();
    for sheet in [
        little(&marked),
        big(&marked),
        little(&declared),
        big(&declared),
        with_mark,
    ] {
        let parts = Parts {
            sheet,
            ..usual.clone()
        };
        assert_eq!(rows(&parts).unwrap(), "1 | A: Zoë 山田 😀\n");
    }
    for wrong in [
        format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{text}").into_bytes(),
        declared.clone().into_bytes(),
        text.replace("Zoë", "\u{FFFF}")
            .into_bytes()
            .into_iter()
            .filter(|byte| *byte != 0xBF)
            .collect(),
    ] {
        let parts = Parts {
            sheet: wrong,
            ..usual.clone()
        };
        assert_eq!(rows(&parts), Err(WorkbookFault::Damaged(Damage::Encoding)));
    }
}

#[test]
fn an_archive_is_read_in_every_form() {
    let parts = Parts::rows("<row><c t=\"s\"><v>0</v></c></row>");
    for form in [Form::Plain, Form::Descriptors, Form::Zip64, Form::Comment] {
        let workbook = Workbook::open(zip(&parts.entries(), form)).unwrap();
        assert_eq!(dump_rows(&workbook, 0).unwrap(), "1 | A: ann@example.com\n");
    }
    let mut entries = parts.entries();
    for entry in &mut entries {
        entry.name = entry.name.replace('/', "\\").to_uppercase();
    }
    entries.push(Entry::stored("/xl/media/image1.png", b"..."));
    let mut file = zip(&entries, Form::Plain);
    file.extend(b"what a mail gateway added");
    let workbook = Workbook::open(file).unwrap();
    assert_eq!(dump_rows(&workbook, 0).unwrap(), "1 | A: ann@example.com\n");
}
