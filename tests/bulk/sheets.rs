//! Rows of a sheet: what is hidden, and what has no value.

use giftcard_partners::bulk::{ImportReport, ImportSettings, SheetImport};
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links};
use giftcard_partners::order::{IssueCode, Severity};
use giftcard_partners::sheet_rows::{Held, RowWriter};
use proptest::prelude::*;

use super::{import, issues, lines, rejected};

type Cells<'a> = &'a [(Held, &'a str)];

/// Imports rows, each with its number and whether it is hidden.
pub(crate) fn sheet(settings: ImportSettings, rows: &[(u32, bool, Cells<'_>)]) -> ImportReport {
    let mut import = SheetImport::new(settings);
    let mut writer = RowWriter::default();
    for (number, is_hidden, cells) in rows {
        writer.begin(*number, *is_hidden);
        for (column, (held, text)) in (0..).zip(*cells) {
            writer.push(column, *held, text.len());
        }
        let texts: String = cells.iter().map(|(_, text)| *text).collect();
        writer.end(texts.as_bytes());
    }
    import.push_rows(writer.finish()).unwrap();
    import.finish().unwrap()
}

const fn text(text: &str) -> (Held, &str) {
    (Held::Text, text)
}

fn filled(order_type: OrderType) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
        .unwrap();
    settings
}

#[test]
fn a_hidden_row_pays_nobody_unless_the_caller_says_so() {
    let header = [text("Email"), text("Product"), text("Value")];
    let ann = [text("ann@example.com"), text("CVS"), text("25.00 USD")];
    let bob = [text("bob@example.com"), text("CVS"), text("25.00 USD")];
    let rows: [(u32, bool, Cells<'_>); 3] =
        [(1, false, &header), (2, true, &ann), (5, false, &bob)];

    let report = sheet(ImportSettings::new(DigitalDelivery), &rows);
    assert_eq!(rejected(&report), ["2 - hidden_row"]);
    assert_eq!(report.accepted().rows()[0].sheet_line, 5);

    let mut settings = ImportSettings::new(DigitalDelivery);
    settings.accepts_hidden = true;
    assert_eq!(rejected(&sheet(settings, &rows)), [""; 0]);
}

#[test]
fn nothing_is_read_from_a_hidden_column_unless_the_caller_says_so() {
    const fn hidden(text: &str) -> (Held, &str) {
        (Held::Hidden, text)
    }
    let header = [text("Name"), hidden("Value"), text("Notes")];
    let ann = [text("Ann"), hidden("30"), text("")];
    let bob = [text("Bob"), hidden(""), text("")];
    let rows: [(u32, bool, Cells<'_>); 3] =
        [(1, false, &header), (2, false, &ann), (3, false, &bob)];

    let report = sheet(filled(Links), &rows);
    assert_eq!(issues(&report), ["1 Value hidden_row"]);
    assert_eq!(
        rejected(&report),
        ["2 Value hidden_row", "3 Value hidden_row"]
    );
    assert!(report.issues()[0].message.starts_with("Value is "));

    let mut accepting = filled(Links);
    accepting.accepts_hidden = true;
    let report = sheet(accepting, &rows);
    assert_eq!((issues(&report), rejected(&report)), (vec![], vec![]));
    assert_eq!(report.totals()[0].face_value.to_decimal(), "55.00");

    // One that nothing is read from keeps no row.
    let header = [text("Name"), text("Value"), hidden("Notes")];
    let ann = [text("Ann"), text("30"), hidden("x")];
    let report = sheet(filled(Links), &[(1, false, &header), (2, false, &ann)]);
    assert_eq!((issues(&report), rejected(&report)), (vec![], vec![]));

    // Nor is it read where its name is not there, and the caller speaks of its place.
    let header = [text("Name"), text(""), text("Notes")];
    let ann = [text("Ann"), hidden("30"), text("")];
    let mut placed = filled(Links);
    placed.read_columns(br##"{"#2":"value"}"##).unwrap();
    let report = sheet(placed, &[(1, false, &header), (2, false, &ann)]);
    assert_eq!(rejected(&report), ["2  hidden_row"]);
}

#[test]
fn a_header_that_is_struck_through_names_nothing() {
    let header = [text("Name"), (Held::Otherwise, "Value")];
    let ann = [text("Ann"), text("30")];
    let report = sheet(filled(Links), &[(1, false, &header), (2, false, &ann)]);

    assert_eq!(issues(&report), ["1 Value required"]);
    assert_eq!(rejected(&report), ["2 Value required"]);
}

#[test]
fn what_is_to_be_said_of_the_workbook_is_a_warning_and_no_row() {
    let mut import = SheetImport::new(filled(Links));
    let mut writer = RowWriter::default();
    writer.note("Of the sheets only \u{201c}A\u{201d} is read.");
    for (number, texts) in [(1, ["Name", "Value"]), (2, ["Ann", "30"])] {
        writer.begin(number, false);
        for (column, text) in (0..).zip(texts) {
            writer.push(column, Held::Text, text.len());
        }
        writer.end(texts.concat().as_bytes());
    }
    import.push_rows(writer.finish()).unwrap();
    let report = import.finish().unwrap();

    let [said] = report.issues() else {
        panic!("{:?}", report.issues());
    };
    assert_eq!(
        (said.severity, said.code, said.message.as_str()),
        (
            Severity::Warning,
            IssueCode::NoRows,
            "Of the sheets only \u{201c}A\u{201d} is read."
        )
    );
    assert_eq!((report.rows(), report.accepted().rows().len()), (1, 1));
}

#[test]
fn no_default_stands_for_a_cell_that_has_no_value() {
    let header = [text("Name"), text("Value"), text("Qty")];
    let formula = [text("Ann"), (Held::NoValue, ""), text("1")];
    let covered = [text("Bob"), text("30"), (Held::Covered, "")];
    let empty = [text("Cy"), text(""), text("2")];
    let all = [
        (Held::Covered, ""),
        (Held::Covered, ""),
        (Held::Covered, ""),
    ];

    let report = sheet(
        filled(Links),
        &[
            (1, false, &header),
            (2, false, &formula),
            (3, false, &covered),
            (4, false, &empty),
            (5, false, &all),
        ],
    );

    let expected = [
        "2 Value required",
        "3 Qty required",
        "5 Value required",
        "5 Qty required",
        "5 Name required",
    ];
    assert_eq!(rejected(&report), expected);
    assert_eq!(report.totals()[0].face_value.to_decimal(), "50.00");
}

#[test]
fn a_title_and_empty_rows_are_no_rows_of_a_sheet() {
    let header = [text("Name"), text("Value")];
    let ann = [text("Ann"), text("500 USD")];
    let report = sheet(
        filled(Links),
        &[
            (1, false, &[text("Rewards")]),
            (3, false, &header),
            (4, false, &ann),
            (9, false, &[text(""), text(" ")]),
        ],
    );

    assert_eq!((issues(&report), rejected(&report)), (vec![], vec![]));
    assert_eq!(
        (report.rows(), report.totals()[0].face_value.to_decimal()),
        (1, "500.00".into())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sheet_is_read_as_the_same_cells_in_csv_are(
        rows in proptest::collection::vec(
            (
                "[a-z]{1,9}@example\\.org|a@b\\.co|[a-cé@ \"]{0,6}",
                "CVS|CVS|GAP 1|[a-c \"]{0,3}",
                "25|7\\.5|25\\.00 USD|1,000|[0-9.,]{0,4}",
                "[A-Za-zé ]{0,24}|[a-c\"\\\\,]{0,4}",
            ),
            0..12,
        ),
    ) {
        let header = ["email", "product", "value", "to"];
        let mut csv = header.join(",");
        let mut cells = vec![header.map(text)];
        for (email, product, value, to) in &rows {
            let row = [email, product, value, to];
            csv.push('\n');
            let quoted = |cell: &&String| format!("\"{}\"", cell.replace('"', "\"\""));
            csv.push_str(&row.iter().map(quoted).collect::<Vec<_>>().join(","));
            cells.push(row.map(|cell| text(cell)));
        }
        let numbered: Vec<_> = (1..).zip(&cells).map(|(number, cells)| (number, false, &cells[..])).collect();
        let sheet = sheet(ImportSettings::new(DigitalDelivery), &numbered);
        let csv = import(ImportSettings::new(DigitalDelivery), &csv);

        prop_assert_eq!(lines(&sheet), lines(&csv));
        prop_assert_eq!(sheet.rejected_json(), csv.rejected_json());
        prop_assert_eq!(sheet.summary_json(), csv.summary_json());
    }
}
