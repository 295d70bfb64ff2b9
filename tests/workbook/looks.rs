//! What a cell shows beside its text: struck through, raised, in a hidden column.

use giftcard_partners::workbook::{Damage, Limit, Workbook, WorkbookFault};

use super::archive::Parts;
use super::dump_rows;

/// A workbook whose second style is struck through, whose third is raised, and whose fourth says that it is neither.
fn styled(rows: &str) -> Parts {
    let mut parts = Parts::rows(rows);
    parts.styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"(0)\"/></numFmts><fonts count=\"4\"><font><b/></font><font><strike/></font>\
        <font><vertAlign val=\"superscript\"/></font><font><strike val=\"0\"/><vertAlign val=\"baseline\"/></font></fonts><fills/>\
        <cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs>\
        <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf fontId=\"2\"/><xf fontId=\"3\"/><xf numFmtId=\"14\" fontId=\"1\"/>\
        <xf numFmtId=\"164\"/></cellXfs>\
        <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
        .into();
    parts
}

fn shown(parts: &Parts) -> String {
    dump_rows(&Workbook::open(parts.zip()).unwrap(), 0).unwrap()
}

#[test]
fn a_cell_whose_font_is_struck_through_is_not_clear() {
    for (cell, expected) in [
        (
            "<c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c>",
            "A: ann@example.com ~",
        ),
        ("<c t=\"s\" s=\"1\"><v>0</v></c>", "A: ann@example.com ~"),
        ("<c r=\"A1\" s=\"1\"><v>25</v></c>", "A: number 25 ~"),
        ("<c s='1'><v>25</v></c>", "A: number 25 ~"),
        ("<c s=\"1\" t=\"str\"><f>B1</f><v>Ann</v></c>", "A: Ann ~"),
        (
            "<c s=\"1\" t=\"inlineStr\"><is><t>Ann</t></is></c>",
            "A: Ann ~",
        ),
        ("<c s=\"1\" t=\"b\"><v>1</v></c>", "A: boolean TRUE ~"),
        ("<c s=\"4\"><v>46380</v></c>", "A: date 2026-12-24 ~"),
        // Nothing of it is seen.
        ("<c s=\"1\" t=\"str\"><v> </v></c>", "A:  "),
        ("<c r=\"A1\" s=\"1\"/>", ""),
        ("<c r=\"A1\" s=\"0\"><v>25</v></c>", "A: number 25"),
        ("<c r=\"A1\" s=\"2\"><v>25</v></c>", "A: number 25"),
        (
            "<c r=\"A1\" s=\"2\" t=\"s\"><v>0</v></c>",
            "A: ann@example.com",
        ),
        ("<c r=\"A1\" s=\"3\"><v>25</v></c>", "A: number 25"),
        (
            "<c r=\"A1\" s=\"3\" t=\"s\"><v>0</v></c>",
            "A: ann@example.com",
        ),
        ("<c r=\"A1\" s=\"5\"><v>25</v></c>", "A: number 25 !"),
    ] {
        let seen = shown(&styled(&format!("<row r=\"1\">{cell}</row>{PAST}")));
        let expected = if expected.is_empty() {
            String::new()
        } else {
            format!("1 | {expected}\n")
        };
        assert_eq!(seen, expected, "{cell}");
    }
}

/// What stands behind a cell that is read on the fast path.
const PAST: &str =
    "<row r=\"2\"><c r=\"A2\" s=\"0\"/><c r=\"B2\" s=\"0\"/><c r=\"C2\" s=\"0\"/></row>";

#[test]
fn each_way_to_say_that_a_font_is_struck_through_is_known() {
    for (said, is_struck) in [
        ("<strike/>", true),
        ("<strike></strike>", true),
        ("<strike val=\"1\"/>", true),
        ("<strike val='true'/>", true),
        ("<x:strike/>", true),
        ("<strike val=\"0\"/>", false),
        ("<strike val=\"false\"/>", false),
        ("", false),
    ] {
        let mut parts = styled("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>25</v></c></row>");
        parts.styles = parts.styles.replace(
            "<font><strike/></font><font>",
            &format!("<font>{said}</font><font>"),
        );
        assert!(parts.styles.contains(said));
        let mark = if is_struck { " ~" } else { "" };
        assert_eq!(shown(&parts), format!("1 | A: number 25{mark}\n"), "{said}");

        let run = format!("<r><rPr><b/>{said}</rPr><t>1</t></r><r><t>2</t></r>");
        for parts in [shared(&run), inline(&run)] {
            assert_eq!(shown(&parts), format!("1 | A: 12{mark}\n"), "{said}");
        }
    }
}

fn shared(runs: &str) -> Parts {
    let mut parts = styled("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>");
    parts.strings = format!("<sst><si><t>plain</t></si><si>{runs}</si><si><t>plain</t></si></sst>");
    parts
}

fn inline(runs: &str) -> Parts {
    styled(&format!(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>{runs}</is></c></row>"
    ))
}

#[test]
fn a_text_with_runs_that_are_struck_or_raised_is_not_clear() {
    const STRUCK: &str = "<rPr><strike/></rPr>";
    const RAISED: &str = "<rPr><vertAlign val=\"superscript\"/></rPr>";
    const LOWERED: &str = "<rPr><sz val=\"8\"/><vertAlign val='subscript'/></rPr>";
    const LEVEL: &str = "<rPr><b/></rPr>";
    for (runs, text) in [
        (&[(STRUCK, "100"), (LEVEL, "50")][..], "10050 ~"),
        (&[("", "50"), (STRUCK, "100")], "50100 ~"),
        (&[(STRUCK, "a &amp; b")], "a & b ~"),
        (&[(STRUCK, " "), (LEVEL, "50")], " 50"),
        (&[(LEVEL, "25"), (RAISED, "1")], "251 ~"),
        (&[(LEVEL, "25"), (LOWERED, "a")], "25a ~"),
        (&[("", "25."), (RAISED, "50")], "25.50 ~"),
        (&[("", "Acme"), (RAISED, "®")], "Acme®"),
        (&[(RAISED, "25")], "25"),
        (&[(LEVEL, "Ann "), ("", "Lee")], "Ann Lee"),
    ] {
        let runs = runs
            .iter()
            .flat_map(|(look, text)| ["<r>", look, "<t>", text, "</t></r>"])
            .collect::<String>();
        for parts in [shared(&runs), inline(&runs)] {
            assert_eq!(shown(&parts), format!("1 | A: {text}\n"), "{runs}");
        }
    }
}

#[test]
fn a_run_without_a_look_of_its_own_looks_as_its_cell_does() {
    let runs = "<r><t>1</t></r><r><rPr><b/></rPr><t>25</t></r>";
    for (style, mark) in [("0", ""), ("2", " ~")] {
        for mut parts in [shared(runs), inline(runs)] {
            let sheet = String::from_utf8(parts.sheet).unwrap();
            parts.sheet = sheet
                .replace("r=\"A1\"", &format!("r=\"A1\" s=\"{style}\""))
                .into();
            assert_eq!(shown(&parts), format!("1 | A: 125{mark}\n"), "{style}");
        }
    }
}

#[test]
fn the_hints_to_read_a_text_are_no_run_of_it() {
    let parts =
        shared("<t>山田</t><rPh sb=\"0\" eb=\"2\"><r><rPr><strike/></rPr><t>ヤマダ</t></r></rPh>");
    assert_eq!(shown(&parts), "1 | A: 山田\n");
}

fn columns(columns: &str) -> Parts {
    Parts::sheet(&format!(
        "<worksheet><cols>{columns}</cols><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row></sheetData></worksheet>"
    ))
}

#[test]
fn cells_of_columns_that_nobody_sees_are_said() {
    for (said, expected) in [
        ("", "1 | A: number 1 | B: number 2 | C: number 3\n"),
        (
            "<col min=\"2\" max=\"2\" width=\"9\" hidden=\"1\"/>",
            "1 | A: number 1 | B: number 2 (hidden) | C: number 3\n",
        ),
        (
            "<col min=\"1\" max=\"1\" width=\"9\" hidden=\"false\"/><x:col hidden='true' min='2' max='16384'/>",
            "1 | A: number 1 | B: number 2 (hidden) | C: number 3 (hidden)\n",
        ),
        (
            "<col min=\"1\" max=\"1\" width=\"0\" customWidth=\"1\"/>",
            "1 | A: number 1 (hidden) | B: number 2 | C: number 3\n",
        ),
        (
            "<col min=\"3\" max=\"3\" width=\"0.0\"></col>",
            "1 | A: number 1 | B: number 2 | C: number 3 (hidden)\n",
        ),
        (
            "<col min=\"1\" max=\"3\" width=\"0.5\"/>",
            "1 | A: number 1 | B: number 2 | C: number 3\n",
        ),
    ] {
        assert_eq!(shown(&columns(said)), expected, "{said}");
    }
}

#[test]
fn a_hidden_column_that_is_not_told_makes_the_sheet_unclear() {
    let damaged = WorkbookFault::Damaged(Damage::Cells);
    let many = "<col min=\"1\" max=\"1\" hidden=\"1\"/>".repeat(16_385);
    for (said, fault) in [
        ("<col hidden=\"1\"/>", damaged),
        ("<col min=\"0\" max=\"1\" hidden=\"1\"/>", damaged),
        ("<col min=\"3\" max=\"2\" hidden=\"1\"/>", damaged),
        ("<col min=\"A\" max=\"B\" hidden=\"1\"/>", damaged),
        (&many, WorkbookFault::TooLarge(Limit::Sheet)),
    ] {
        let workbook = Workbook::open(columns(said).zip()).unwrap();
        assert_eq!(dump_rows(&workbook, 0), Err(fault), "{said:.60}");
    }
    assert_eq!(shown(&columns("<col/>")), shown(&columns("")));
}
