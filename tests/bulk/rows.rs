//! Rows: how they are told apart, and what is kept of them.

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::order::OrderType;
use proptest::prelude::*;
use serde_json::json;

use super::{accepting, digital, import_in_pieces, lines, links, rejected, unnamed};

const FILE: &str = "Email,Product,Value,Qty,Name,From Name,Message\r\n\
    ann@example.com,CVS,25,2,Ann,Acme,\"Well done, Ann!\"\r\n\
    bob@example.com,CVS,10.50,1,\"Bob \"\"Bobby\"\" B.\",Acme,\"Two\nlines\"\r\n";

/// Where the accepted rows began.
fn sheet_lines(report: &ImportReport) -> Vec<u32> {
    let rows = report.accepted().rows().iter();
    rows.map(|row| row.sheet_line).collect()
}

#[test]
fn a_row_becomes_a_line_of_a_request() {
    let report = digital(FILE);

    assert_eq!(rejected(&report), [""; 0]);
    assert_eq!(
        unnamed(&report),
        [
            json!({
                "ProductId": "CVS", "Value": 25, "Quantity": 2,
                "DigitalDeliveryAddress": { "Email": "ann@example.com" },
                "Personalization": { "To": "Ann", "FromName": "Acme", "Message": "Well done, Ann!" },
            }),
            json!({
                "ProductId": "CVS", "Value": 10.50, "Quantity": 1,
                "DigitalDeliveryAddress": { "Email": "bob@example.com" },
                "Personalization": { "To": "Bob \"Bobby\" B.", "FromName": "Acme", "Message": "Two\nlines" },
            }),
        ]
        .map(|line| serde_json::from_str::<serde_json::Value>(&line.to_string().replace("10.5", "10.50")).unwrap())
    );
    let rows = report.accepted().rows();
    assert_eq!(rows[0].face_value.to_decimal(), "50.00");
    assert_eq!((rows[0].sheet_line, rows[1].sheet_line), (2, 3));
}

#[test]
fn a_line_with_no_character_on_it_is_no_row() {
    for ending in ["\n", "\r\n", "\r"] {
        let file = [
            "",
            "",
            "Product,Value",
            "",
            "CVS,25",
            "",
            " ",
            "CVS,30",
            "",
            "",
        ]
        .join(ending);

        let report = links(file);

        assert_eq!(report.rows(), 3, "{ending:?}");
        assert_eq!(sheet_lines(&report), [5, 8]);
        assert_eq!(rejected(&report), ["7 - required"]);
    }
}

#[test]
fn line_feeds_behind_a_crlf_are_lines_of_their_own() {
    let file = "Product,Value\r\n\n\nCVS,25\r\n\nCVS,30\r\r\n\nCVS,35";
    for size in [1, 2, 1_000] {
        let report = import_in_pieces(ImportSettings::new(OrderType::Links), file.as_bytes(), size);

        assert_eq!(sheet_lines(&report), [4, 6, 9]);
    }
}

#[test]
fn a_row_is_named_by_what_it_pays_and_not_by_where_it_stands() {
    let names = |file: &str| -> Vec<String> {
        let name = |line: &serde_json::Value| line["ExternalId"].as_str().unwrap().to_owned();
        let report = import_in_pieces(
            accepting(OrderType::DigitalDelivery),
            file.as_bytes(),
            usize::MAX,
        );
        lines(&report).iter().map(name).collect()
    };

    let short = names("email,product,value,name\na@b.co,CVS,25,Ann\na@b.co,CVS,25,Ann\n");
    let long = names(
        "name,value,product,email\nBo,25,CVS,b@b.co\nAnna,25.00,CVS,A@B.co\n,$25,CVS,a@b.co\n",
    );

    assert_eq!(long[1..], short);
    // Several of one order are numbered in its body.
    assert_eq!(short[1], short[0]);
    assert_ne!(long[0], long[1]);
}

#[test]
fn a_name_of_the_caller_s_is_kept() {
    let report = links("product,value,external id\nCVS,25,mine\n");

    assert_eq!(lines(&report)[0]["ExternalId"], "mine");
}

#[test]
fn rows_without_a_recipient_are_no_duplicates_of_each_other() {
    let report = links("product,value\nCVS,25\nCVS,25\n");

    assert_eq!(report.duplicates(), []);
    assert_eq!(report.accepted().rows()[1].occurrence, 1);
}

#[test]
fn totals_are_by_currency() {
    let report =
        links("product,value,qty\nCVS,$25,2\nCVS,10,\nCVS,10,3\nGAP,€5,1\nGAP,5.50 EUR,1\n");

    assert_eq!(rejected(&report), ["3 qty required"]);
    let names = report.accepted().currencies();
    let totals: Vec<_> = report
        .totals()
        .iter()
        .map(|total| {
            (
                names[usize::from(total.currency)].as_str(),
                total.face_value.to_decimal(),
                total.lines,
            )
        })
        .collect();
    assert_eq!(
        totals,
        [
            ("USD", "50.00".into(), 1),
            ("", "30.00".into(), 1),
            ("EUR", "10.50".into(), 2)
        ]
    );
}

/// A cell as someone may have meant it, and a way to write it.
fn written_cell() -> impl Strategy<Value = (String, bool)> {
    ("[ab \"',;\t\n\ré€=+-]{0,6}", any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn where_the_file_is_cut_changes_nothing(
        rows in proptest::collection::vec(proptest::collection::vec("[a1@.,;\"\r\n é\u{1F600}\\x00]{0,8}", 0..4), 0..6),
        bytes in proptest::collection::vec(any::<u8>(), 0..3),
        size in 1_usize..9,
    ) {
        let mut file = b"email,product,value\na@b.co,CVS,25\n".to_vec();
        for row in rows {
            file.extend(row.join(",").bytes());
            file.push(b'\n');
        }
        file.extend(bytes);
        let settings = || ImportSettings::new(OrderType::DigitalDelivery);

        let whole = import_in_pieces(settings(), &file, usize::MAX);
        let pieces = import_in_pieces(settings(), &file, size);

        prop_assert_eq!(lines(&pieces), lines(&whole));
        prop_assert_eq!(pieces.rejected_json(), whole.rejected_json());
        prop_assert_eq!(pieces.summary_json(), whole.summary_json());
        prop_assert_eq!(pieces.rejected_csv(), whole.rejected_csv());
        prop_assert_eq!(rejected(&pieces), rejected(&whole));
    }

    #[test]
    fn what_was_written_is_what_is_read(
        cells in proptest::collection::vec(written_cell(), 1..8),
        delimiter in prop_oneof![Just(','), Just(';'), Just('\t')],
        ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
    ) {
        let mut file = ["product", "value", "message"].join(&delimiter.to_string()) + ending;
        for (cell, always) in &cells {
            let must = cell.contains(['"', ',', ';', '\t', '\n', '\r']) || cell.starts_with(' ');
            let cell = if must || *always {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            };
            file += &["CVS", "25", &cell].join(&delimiter.to_string());
            file += ending;
        }

        let report = links(file);

        let clean = |cell: &str| {
            let guarded = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            let cell = guarded.unwrap_or(cell).trim();
            // As spreadsheets guard a number that is a text.
            let inside = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"'));
            // Every line break is one.
            inside.unwrap_or(cell).trim().replace("\r\n", "\n").replace('\r', "\n")
        };
        let expected: Vec<String> = cells.iter().map(|(cell, _)| clean(cell)).filter(|cell| !cell.contains('\t')).collect();
        let read: Vec<String> = lines(&report)
            .iter()
            .map(|line| line["Personalization"]["Message"].as_str().unwrap_or_default().to_owned())
            .collect();
        prop_assert_eq!(read, expected);
    }
}
