//! No input moves an amount into another column.

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::order::OrderType::{DigitalDelivery, Links};
use proptest::prelude::*;

use super::{digital, import, import_in_pieces, links, rejected};

#[test]
fn a_header_one_cell_shorter_than_its_rows_names_nothing() {
    // R's `write.table` and pandas' `index_label=False`.
    let mut settings = ImportSettings::new(Links);
    settings.read_defaults(br#"{"ProductId":"CVS"}"#).unwrap();
    let report = import(
        settings,
        "\"value\",\"quantity\",\"message\"\n\"1\",25,1,\n\"2\",155,1,\n",
    );
    assert_eq!(
        rejected(&report),
        ["2 - too_many_columns", "3 - too_many_columns"]
    );

    let report = links("product,value\n\"1\",CVS,25\n");
    assert_eq!(rejected(&report), ["2 - too_many_columns"]);
}

#[test]
fn a_surplus_cell_is_one_too_many_unless_the_header_ends_in_empty_ones_too() {
    for (header, row, is_taken) in [
        ("email,product,value", "a@b.co,CVS,25", true),
        ("email,product,value", "a@b.co,CVS,25,", false),
        ("email,product,value", "a@b.co,CVS,25,\"\"", false),
        ("email,product,value,", "a@b.co,CVS,25,", true),
        ("email,product,value,", "a@b.co,CVS,25", true),
        ("email,product,value,", "a@b.co,CVS,25,,", false),
        ("email,product,value,,", "a@b.co,CVS,25, ,", true),
        ("email,product,value,", "a@b.co,CVS,1,000", false),
    ] {
        let file = format!("{header}\n{row}\n{}", "\n".repeat(300));
        for size in [usize::MAX, 7] {
            let report =
                import_in_pieces(ImportSettings::new(DigitalDelivery), file.as_bytes(), size);
            assert_eq!(
                report.accepted().rows().len(),
                usize::from(is_taken),
                "{header} / {row}"
            );
        }
    }
    assert_eq!(
        rejected(&digital("email,product,value\na@b.co,CVS,25,\n")),
        ["2 - too_many_columns"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a program does to the separators, a row that is taken pays what stands in its own column.
    #[test]
    fn no_input_moves_an_amount_into_another_column(
        columns in Just(vec!["product", "value", "quantity", "message", "team", ""]).prop_shuffle(),
        width in 3_usize..7,
        rows in proptest::collection::vec(proptest::collection::vec(prop_oneof![Just("7"), Just("11"), Just("1,000"), Just(""), Just("CVS"), Just("2"), Just("\"3\"")], 1..9), 1..6),
    ) {
        let columns = &columns[..width];
        let mut settings = ImportSettings::new(Links);
        settings.read_defaults(br#"{"ProductId":"CVS"}"#).unwrap();
        let mut file = columns.join(",");
        for row in &rows {
            file.push('\n');
            file += &row.join(",");
        }
        let report = import(settings, &file);

        for (index, kept) in report.accepted().rows().iter().enumerate() {
            let cells: Vec<&str> = file.lines().nth(kept.sheet_line as usize - 1).unwrap().split(',').collect();
            prop_assert!(cells.len() <= columns.len(), "{file}");
            let cell = |name: &str| {
                let column = columns.iter().position(|column| *column == name);
                column.and_then(|column| cells.get(column)).map_or("", |cell| cell.trim_matches('"'))
            };
            let line: serde_json::Value = serde_json::from_slice(&report.accepted().line(index).unwrap()).unwrap();
            prop_assert_eq!(line["Value"].to_string(), cell("value"));
            let quantity = if columns.contains(&"quantity") { cell("quantity") } else { "1" };
            prop_assert_eq!(line["Quantity"].to_string(), quantity);
        }
    }
}
