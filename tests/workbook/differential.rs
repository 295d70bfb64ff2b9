//! A workbook and its CSV: the same rows come to the same lines of orders.

use std::fmt::Write as _;

use giftcard_partners::bulk::{Import, ImportReport, ImportSettings, SheetImport};
use giftcard_partners::order::OrderType;
use giftcard_partners::workbook::{Workbook, WorkbookFault};
use proptest::prelude::*;

use super::archive::Parts;
use super::dump;

/// Address, cents, quantity, name.
type Row = (String, u32, u32, String);

const HEADERS: [&str; 5] = ["Email", "Product", "Value", "Quantity", "To"];

fn of_csv(rows: &[Row]) -> ImportReport {
    let mut csv = format!("{}\r\n", HEADERS.join(","));
    for (email, cents, quantity, to) in rows {
        let (whole, fraction) = (cents / 100, cents % 100);
        let to = to.replace('"', "\"\"");
        write!(
            csv,
            "{email},CVS,${whole}.{fraction:02},{quantity},\"{to}\"\r\n"
        )
        .unwrap();
    }
    let mut import = Import::new(ImportSettings::new(OrderType::DigitalDelivery));
    import.push(csv.as_bytes()).unwrap();
    import.finish().unwrap()
}

fn of_workbook(rows: &[Row]) -> ImportReport {
    let text = |text: &str| {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        match text.as_str() {
            "" => String::from("<c/>"),
            text => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let mut xml = format!("<row>{}</row>", HEADERS.map(text).concat());
    for (email, cents, quantity, to) in rows {
        let value = f64::from(*cents) / 100.0;
        write!(
            xml,
            "<row>{}{}<c s=\"3\"><v>{value:.17e}</v></c><c><v>{quantity}</v></c>{}</row>",
            text(email),
            text("CVS"),
            text(to)
        )
        .unwrap();
    }
    let workbook = Workbook::open(Parts::rows(&xml).zip()).unwrap();
    let mut rows = workbook.rows(0).unwrap();
    let mut import = SheetImport::new(ImportSettings::new(OrderType::DigitalDelivery));
    while let Some(batch) = rows.next_batch().unwrap() {
        import.push_rows(batch).unwrap();
    }
    import.finish().unwrap()
}

fn lines(report: &ImportReport) -> Vec<String> {
    let accepted = report.accepted();
    (0..accepted.rows().len())
        .map(|index| String::from_utf8(accepted.line(index).unwrap()).unwrap())
        .collect()
}

fn row() -> impl Strategy<Value = Row> {
    let email = prop_oneof![4 => "[a-z]{1,8}@example\\.com", 1 => "[a-z]{0,5}"];
    (email, 0_u32..60_000, 0_u32..4, "[ -~é山😀]{0,12}")
}

proptest! {
    #[test]
    fn a_workbook_and_its_csv_come_to_the_same_lines(rows in prop::collection::vec(row(), 1..12)) {
        let (csv, workbook) = (of_csv(&rows), of_workbook(&rows));

        prop_assert_eq!(lines(&workbook), lines(&csv));
        prop_assert_eq!(workbook.rejected_json(), csv.rejected_json());
    }
}

/// What stands in a sheet: cells as most are written and as few are, rows that contradict each other, and XML that breaks off.
fn piece() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        "[1-9][0-9]{0,3}",
        "[0-9.eE+-]{0,5}",
        "[0-9]{1,3}\\.[0-9]{1,3}",
        Just("25.100000000000001".into())
    ];
    let place = prop_oneof![12 => Just("@#"), 1 => Just("A#"), 1 => Just("@1"), 1 => Just("@")];
    let cell = (0_u8..6, place, 0_u32..6, number).prop_map(|(kind, place, style, number)| {
        let r = format!("c r=\"{place}\"");
        match kind {
            0 => format!("<{r} t=\"s\"><v>{style}</v></c>"),
            1 => format!("<{r} s=\"{style}\"/>"),
            2 => format!("<{r} s=\"{style}\" t=\"n\"><v>{number}</v></c>"),
            3 => format!("<{r} s=\"{style}\"><f>A1</f><v>{number}</v></c>"),
            _ => format!("<{r} s=\"{style}\"><v>{number}</v></c>"),
        }
    });
    let number = prop_oneof![12 => Just(" r=\"#\""), 1 => Just(" r=\"2\""), 1 => Just("")];
    let row = (prop::collection::vec(cell, 0..4), number).prop_map(|(cells, number)| {
        let cells = ["A", "B", "C"].iter().zip(cells);
        let cells: String = cells.map(|(name, cell)| cell.replace('@', name)).collect();
        format!("<row{number}>{cells}</row>")
    });
    prop_oneof![
        12 => row,
        1 => Just("<row><c><v>7</v></c><row><c><v>8</v></c></row></row>".into()),
        1 => Just("<row hidden='1'><x><row/></x><c t='str'><v>a &amp; b</v></c></row>".into()),
        1 => "</?(row|c|v|x)( r=\"[0-4]\")?/?>|[<>a&]",
    ]
}

/// Rows of such pieces, each under its number.
fn rows() -> impl Strategy<Value = String> {
    let numbered = |pieces: Vec<String>| {
        let pieces = (1_u32..).zip(pieces);
        let rows = pieces.map(|(row, piece)| piece.replace('#', &row.to_string()));
        rows.collect()
    };
    prop::collection::vec(piece(), 0..6).prop_map(numbered)
}

/// What is read of a sheet of which these rows are, or what is wrong with it.
fn read(rows: &str, behind: &str) -> Result<String, WorkbookFault> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>{behind}");
    let mut parts = Parts::sheet(&sheet);
    parts.strings = "<sst><si><t>Ann</t></si><si/><si><t>é</t></si></sst>".into();
    dump(parts.zip())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_sheet_that_is_looked_at_quickly_is_read_as_one_that_is_surveyed(rows in rows()) {
        prop_assert_eq!(read(&rows, ""), read(&rows, "<!-- mergeCell -->"));
    }

    #[test]
    fn a_cell_that_is_read_where_it_stands_is_read_as_any_other(rows in rows()) {
        let otherwise = rows.replace("<c r", "<c  r");
        prop_assert_eq!(read(&rows, ""), read(&otherwise, ""));
    }

    #[test]
    fn a_text_that_is_read_where_it_stands_is_read_as_any_other(
        texts in prop::collection::vec(("[a-z é山<&_x0-9D\r\n]{0,40}|[a-z ]{0,30}_x000D_[a-z]{0,3}", "si|x|</si>|sst"), 0..5),
        is_bare in prop::bool::weighted(0.1),
    ) {
        let element = |(text, odd): &(String, String)| match odd.as_str() {
            "si" => format!("<si><t>{text}</t></si>"),
            "x" => format!("<si><t>{}</t></si>", text.replace(['<', '&'], "+")),
            odd => format!("<si><t>{text}</t></si>{odd}"),
        };
        let texts: String = texts.iter().map(element).collect();
        let all = |texts: &str| {
            let cells = [0, 1, 2, 3, 4].map(|place| format!("<c t='s'><v>{place}</v></c>"));
            let mut parts = Parts::rows(&format!("<row>{}</row>", cells.concat()));
            parts.strings = if is_bare { texts.into() } else { format!("<sst>{texts}{}</sst>", "<si/>".repeat(5)) };
            dump(parts.zip())
        };
        prop_assert_eq!(all(&texts), all(&texts.replace("<si>", "<si >")));
    }
}
