//! A workbook and its CSV: the same rows come to the same lines of orders.

use std::fmt::Write as _;

use giftcard_partners::bulk::{Import, ImportReport, ImportSettings, SheetImport};
use giftcard_partners::order::OrderType;
use giftcard_partners::workbook::Workbook;
use proptest::prelude::*;

use super::archive::Parts;

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
        import.push_rows(&batch).unwrap();
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
