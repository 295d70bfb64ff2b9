//! Rows that are read in one go are what they would be if they were read step by step.
//!
//! A file that comes in pieces of fewer bytes than such a row needs has none that is read so: it is what the other way says.

use std::rc::Rc;

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::OrderType;
use proptest::prelude::*;
use proptest::sample::select;

use super::import_in_pieces;

/// Bytes of a piece in which no row is read in one go.
const SMALL: usize = 61;

/// Headers, each with cells that are mostly right.
const HEADERS: [(&str, &str); 22] = [
    ("Product", "CVS|AMAZON|TIMS|Target-US"),
    (
        "Value",
        "25|10|12.5|7.25|100|50|25.00|0?[1-9][0-9]{0,2}(\\.[0-9]{1,2})?",
    ),
    ("Quantity", "1|1|2|10|1\\.0"),
    (
        "Email",
        "(ann|Ann|bob)@example\\.com|[a-z.]{1,20}@[a-z]{1,20}\\.com|[a-z]{1,33}@[a-z-]{1,33}",
    ),
    ("Sms", "\\+1555555[0-9]{4}"),
    ("Shipping Method Id", "1|2"),
    ("Recipient Name", "Ann|ann|Bob B\\.|Zoë Okafor|J. É. Roy"),
    ("Address", "1 Main St|1 MAIN ST|2 Rue de l'Église Sud"),
    ("City", "Springfield|Montréal"),
    ("State", "IL|QC"),
    ("Zip", "0123[0-9]"),
    ("Country", "US|CA"),
    (
        "To",
        "[A-Z][a-zéø]{2,8} (\"[A-Z][a-z]{1,3}\" )?[A-Z][a-z]{2,20}",
    ),
    ("From Name", "Northwind People Team|Acme"),
    (
        "From Email",
        "rewards@northwind\\.example|hr@acme\\.example|hr@acme\\.exampl",
    ),
    (
        "Message",
        "Thank you for a great year, [A-Za-zé’😀]{1,6}!|[a-z ,;é]{0,120}|x{495,505}|é{245,255}|Dear \"[A-Za-zé]{1,6}\",(\r\n|\n|\r)[a-z \"\n]{0,40}|[\u{a0}\u{200b}。é]{0,2}[a-z]{0,3}[\u{3000}\u{200b}…é]{0,2}|x{490,499}(\"\n){1,4}x",
    ),
    ("Culture", "en-US|fr-CA"),
    ("External Id", "row-[0-9]{1,3}|x{254,256}"),
    ("", ""),
    ("Currency", "USD|USD|\\$|EUR|CAD|"),
    ("#", "[0-4]|[1-9][0-9]{0,3}"),
    ("Team", "Sales|HR|JPY|\\$500|500\\.00|3 cards|Zoë||"),
];

/// Those without which no line is valid.
fn is_needed(header: &str, order_type: OrderType) -> bool {
    let place = HEADERS
        .iter()
        .position(|(known, _)| *known == header)
        .unwrap();
    match order_type {
        OrderType::DigitalDelivery => matches!(place, 0 | 1 | 3),
        OrderType::Links => matches!(place, 0 | 1),
        OrderType::PhysicalShipment => matches!(place, 0 | 1 | 5..=11),
    }
}

fn cell(cells: &str) -> BoxedStrategy<String> {
    let odd = prop_oneof![
        Just(String::new()),
        "[ -~]{0,12}",
        " {0,2}[a-z]{0,3} {0,2}",
        "['=+@-]{1,2}[a-z0-9]{0,3}",
        "[a-z]{0,2}[\\x00-\\x1f\\x7f-\\xa0\u{3000}\u{2028}]{1,2}[a-z]{0,2}",
        "[a-z]{0,2}[\"\\\\][a-z\"]{0,2}",
        "[a-zé'(#]{0,2}[\"\n\r]{1,3}[a-z0-9)\"\n]{0,3}",
        "[1-9][0-9]{6,9}|0|1\\.5|1000001|1,5|\\$5|€5",
        "#N/A|#REF!|#1| #CALC! |Total:?|Grand total|sums?",
        "NULL NULL|Ann NULL|NULL|nan nan|Ann \\(null\\)|BELL|1 Main St null|undefined B|Rows: ?2|2 rows returned|#VALUE|\\[\\]|Floor: 2|JosÃ©|É\u{200b}é|a@b",
    ];
    let good = proptest::string::string_regex(cells).unwrap();
    prop_oneof![100 => good, 3 => odd].boxed()
}

/// A cell as it stands in the file: quoted where it must be, and now and then where it need not, or wrongly.
fn written(cell: String, delimiter: char, how: u8) -> String {
    let must = cell.contains([delimiter, '"', '\n', '\r']);
    match how {
        0 => cell,
        1 => format!(" \"{}\" ", cell.replace('"', "\"\"")),
        2..=6 => format!("\"{}\"", cell.replace('"', "\"\"")),
        _ if must => format!("\"{}\"", cell.replace('"', "\"\"")),
        _ => cell,
    }
}

fn file(order_type: OrderType) -> impl Strategy<Value = Vec<u8>> {
    let delimiter = prop_oneof![4 => Just(','), 1 => Just(';'), 1 => Just('\t')];
    let columns = Just(HEADERS.to_vec()).prop_shuffle();
    let chosen = proptest::collection::vec(any::<bool>(), HEADERS.len());
    (
        columns,
        chosen,
        delimiter,
        select(&["\r\n", "\n", "\r"][..]),
        select(&["Value", "Value", "Value (USD)", "Amount ($)", "Value [EUR]"][..]),
    )
        .prop_flat_map(move |(mut columns, chosen, delimiter, ending, value)| {
            let mut chosen = chosen.into_iter();
            columns
                .retain(|(header, _)| chosen.next() == Some(true) || is_needed(header, order_type));
            let header: Vec<&str> = columns
                .iter()
                .map(|(header, _)| if *header == "Value" { value } else { header })
                .collect();
            let header = header.join(&delimiter.to_string());
            let cells: Vec<_> = columns
                .iter()
                .map(|(_, cells)| (cell(cells), 0_u8..100))
                .collect();
            let row = (cells, 0_u8..120).prop_map(move |(cells, odd)| {
                let mut row: Vec<String> = Vec::new();
                for (cell, how) in cells {
                    row.push(written(cell, delimiter, how));
                }
                match odd {
                    0 => row.truncate(2),
                    1 => row.push("more".to_owned()),
                    2 => row.push(String::new()),
                    3 => row.clear(),
                    _ => {}
                }
                let mut row = row.join(&delimiter.to_string()).into_bytes();
                if odd == 4 {
                    row.push(0xE9);
                }
                row
            });
            proptest::collection::vec(row, 1..40).prop_map(move |rows| {
                let mut file = header.clone().into_bytes();
                for row in rows {
                    file.extend_from_slice(ending.as_bytes());
                    file.extend_from_slice(&row);
                }
                file
            })
        })
}

/// A file of which little is read, so that rows come down to a sum or to the header once more.
fn bare_file() -> impl Strategy<Value = (ImportSettings, Vec<u8>)> {
    const COLUMNS: [&str; 6] = ["Name", "Product", "Value", "To", "Note", ""];
    let cell = prop_oneof![
        6 => select(&["Ann", "Zoë", "Grace", "CVS", "25", "", " "][..]),
        3 => select(&["Name", "name ", "Product", "product_id", "Value", "To", "Note", "\u{200b}To"][..]),
        2 => select(&["Total", "total:", "Total général", "SUM", "#N/A", "Total des lignes", "Rows 2", "Итого", "合計", "Row"][..]),
    ];
    let rows = proptest::collection::vec(proptest::collection::vec(cell, 1..6), 1..30);
    (
        proptest::sample::subsequence(&COLUMNS[..], 1..=5),
        rows,
        select(&OrderType::ALL[..]),
    )
        .prop_map(
        |(columns, rows, order_type)| {
            let mut settings = ImportSettings::new(order_type);
            let address: &[u8] = match order_type {
                OrderType::DigitalDelivery => br#"{"DigitalDeliveryAddress":{"Email":"a@b.co"}}"#,
                OrderType::Links => b"{}",
                OrderType::PhysicalShipment => br#"{"PhysicalDeliveryAddress":{"ShippingMethodId":"1","Name":"Ann","AddressLine1":"1 Main St","City":"Rome","State":"NY","Zip":"10001","Country":"US"}}"#,
            };
            settings.read_defaults(address).unwrap();
            settings
                .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
                .unwrap();
            let mut file = columns.join(",");
            for mut row in rows {
                row.truncate(columns.len());
                file.push('\n');
                file += &row.join(",");
            }
            file.push('\n');
            (settings, file.into_bytes())
        },
    )
}

fn settings(order_type: OrderType) -> impl Strategy<Value = ImportSettings> {
    const DEFAULTS: [&str; 7] = [
        "{}",
        "{}",
        r#"{"Quantity":3}"#,
        r#"{"Personalization":{"FromName":"Acme \"Inc\""}}"#,
        r#"{"ProductId":"CVS","Value":25.5,"Culture":"en-US"}"#,
        r#"{"Personalization":{"FromEmail":"hr@acme.example","To":"Zoë"}}"#,
        r#"{"Value":12.50}"#,
    ];
    const PRODUCTS: &[u8] = br#"{"Items":[{"Id":"CVS","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[10,25,50]},
        {"Id":"AMAZON","CurrencyCode":"USD"},{"Id":"TIMS","CurrencyCode":"CAD"}]}"#;
    (select(&DEFAULTS[..]), 0_u8..3).prop_map(move |(defaults, catalog)| {
        let mut settings = ImportSettings::new(order_type);
        settings.read_defaults(defaults.as_bytes()).unwrap();
        if catalog == 0 {
            settings.catalog = Some(Rc::new(Catalog::from_answer(PRODUCTS).unwrap()));
        }
        settings
    })
}

/// All that an import says.
fn said(report: &ImportReport) -> impl PartialEq + std::fmt::Debug {
    let accepted = report.accepted();
    let mut rows = Vec::new();
    for (index, row) in accepted.rows().iter().enumerate() {
        let line = String::from_utf8(accepted.line(index).unwrap()).unwrap();
        let currency = accepted.currencies()[usize::from(row.currency)].clone();
        rows.push((
            line,
            row.sheet_line,
            row.face_value,
            currency,
            row.payment(),
            row.occurrence,
        ));
    }
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let rejected = (text(report.rejected_json()), text(report.rejected_csv()));
    (rows, text(report.summary_json()), rejected)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("FAST_PATH_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400),
    ))]

    #[test]
    fn a_row_that_is_read_in_one_go_is_what_it_is_step_by_step(
        (settings, mut file) in select(&OrderType::ALL[..]).prop_flat_map(|order_type| (settings(order_type), file(order_type))),
        size in 64_usize..5_000,
    ) {
        // So that the rows before are far enough from the end.
        file.extend_from_slice(&[b' '; 200]);
        let at_once = import_in_pieces(settings.clone(), &file, usize::MAX);
        let in_pieces = import_in_pieces(settings.clone(), &file, size);
        let step_by_step = import_in_pieces(settings, &file, SMALL);

        prop_assert_eq!(said(&at_once), said(&step_by_step));
        prop_assert_eq!(said(&in_pieces), said(&step_by_step));
    }

    #[test]
    fn a_row_that_may_be_for_nobody_is_judged_alike_in_both_ways((settings, mut file) in bare_file()) {
        file.extend_from_slice(&[b' '; 200]);
        let at_once = import_in_pieces(settings.clone(), &file, usize::MAX);
        let step_by_step = import_in_pieces(settings, &file, SMALL);

        prop_assert_eq!(said(&at_once), said(&step_by_step));
    }
}
