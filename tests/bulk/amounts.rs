//! Amounts and quantities in cells, and what the catalog says of them.

use std::rc::Rc;

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::OrderType;

use super::{import, links, rejected, unnamed};

#[test]
fn an_amount_is_taken_only_where_there_is_one_way_to_read_it() {
    for (cell, value) in [
        ("25", "25"),
        ("25.00", "25"),
        ("\"25,50\"", "25.50"),
        ("\"$1,000.00\"", "1000"),
        ("\"1.000,00\"", "1000"),
        ("25 USD", "25"),
        ("€25", "25"),
        (" 25 ", "25"),
    ] {
        let report = links(format!("product,value\nCVS,{cell}\n"));

        assert_eq!(rejected(&report), [""; 0], "{cell}");
        let line = String::from_utf8(report.accepted().line(0).unwrap()).unwrap();
        assert!(
            line.contains(&format!("\"Value\":{value},")),
            "{cell}: {line}"
        );
    }
    for (cell, code) in [
        ("1.000", "ambiguous_amount"),
        ("\"1,000\"", "ambiguous_amount"),
        ("$1.000", "ambiguous_amount"),
        ("free", "invalid_type"),
        ("0", "not_positive"),
        ("-25", "not_positive"),
        ("(25.00)", "not_positive"),
        ("25.999999", "too_many_decimals"),
        ("999999999999999999999", "out_of_range"),
        ("", "required"),
    ] {
        let report = links(format!("product,value\nCVS,{cell}\n"));

        assert_eq!(rejected(&report), [format!("2 value {code}")], "{cell}");
    }
}

#[test]
fn a_quantity_is_a_whole_number_of_cards() {
    for (cell, code) in [
        ("1.5", "not_integer"),
        ("0", "not_positive"),
        ("$2", "invalid_type"),
        ("two", "invalid_type"),
        ("1000001", "out_of_range"),
        ("", "required"),
    ] {
        let report = links(format!("product,value,quantity\nCVS,25,{cell}\n"));

        assert_eq!(rejected(&report), [format!("2 quantity {code}")], "{cell}");
    }
    let report = links("product,value,quantity\nCVS,25,2.0\nCVS,25,\"1,000.00\"\n");
    assert_eq!(unnamed(&report)[0]["Quantity"], 2);
    assert_eq!(unnamed(&report)[1]["Quantity"], 1000);
}

const PRODUCTS: &[u8] = br#"[
    {"Id":"CVS","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[25,50],"AvailableDeliveryTypes":["Links"]},
    {"Id":"TIMS","CurrencyCode":"CAD","DenominationType":"Variable","Denominations":[5,500],"AvailableDeliveryTypes":["Links"]},
    {"Id":"MAIL","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[25],"AvailableDeliveryTypes":["DigitalDelivery"]}]"#;

fn with_catalog(rows: &str) -> giftcard_partners::bulk::ImportReport {
    let mut settings = ImportSettings::new(OrderType::Links);
    settings.catalog = Some(Rc::new(Catalog::from_answer(PRODUCTS).unwrap()));
    import(settings, format!("product,value\n{rows}"))
}

#[test]
fn a_row_is_held_to_the_catalog() {
    // Each good row twice: the second time from what is remembered of the first.
    let report = with_catalog(
        "CVS,25\nCVS,25\nCVS,30\nCVS,30\nTIMS,30\nTIMS,501\nMAIL,25\nMIAL,25\nCVS,50\nCVS,50\n",
    );

    assert_eq!(
        rejected(&report),
        [
            "4 value denomination_not_offered",
            "5 value denomination_not_offered",
            "7 value denomination_not_offered",
            "8 product delivery_type_not_offered",
            "9 product unknown_product",
        ]
    );
    assert_eq!(report.accepted().rows().len(), 5);
}

#[test]
fn a_currency_in_a_cell_must_be_that_of_the_product() {
    let report = with_catalog("CVS,$25\nTIMS,$25\nTIMS,25 CAD\nTIMS,25 USD\nCVS,€25\nCVS,25\n");

    assert_eq!(
        rejected(&report),
        ["5 value mixed_currencies", "6 value mixed_currencies"]
    );
    let names = report.accepted().currencies();
    let of_rows = report
        .accepted()
        .rows()
        .iter()
        .map(|row| names[usize::from(row.currency)].as_str());
    assert_eq!(of_rows.collect::<Vec<_>>(), ["USD", "CAD", "CAD", "USD"]);
}

#[test]
fn a_column_of_wrong_products_does_not_look_through_the_catalog_for_each() {
    let rows: Vec<String> = (0..50_000).map(|row| format!("WRONG{row},25\n")).collect();

    let report = with_catalog(&rows.concat());

    assert_eq!(report.rejected_count(), 50_000);
    assert!(
        rejected(&report)
            .iter()
            .all(|issue| issue.ends_with("product unknown_product"))
    );
}

/// What LibreOffice shows of amounts in 54 number formats under 7 locales (`amount_cells/make.py`), each with the amount that it is.
const CELLS: &str = include_str!("amount_cells/cells.tsv");

#[test]
fn a_cell_of_any_country_is_read_as_what_it_is_or_refused() {
    let cells: Vec<(&str, f64)> = CELLS
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(cell, amount)| (cell, amount.parse().unwrap()))
        .collect();
    let rows: Vec<String> = cells
        .iter()
        .map(|(cell, _)| format!("CVS\t{cell}\n"))
        .collect();

    let report = links(format!("product\tvalue\n{}", rows.concat()));

    let mut lines = unnamed(&report).into_iter();
    let mut refused = rejected(&report).into_iter().peekable();
    let mut read = 0;
    for (line, (cell, amount)) in (2..).zip(&cells) {
        let of_line = format!("{line} value ");
        if let Some(issue) = refused.next_if(|issue| issue.starts_with(&of_line)) {
            // What is nothing is refused as such, and nothing else is.
            assert_eq!(
                issue.ends_with("not_positive"),
                *amount == 0.0 && !issue.ends_with("invalid_type"),
                "{issue}: {cell}"
            );
        } else {
            let value = lines.next().unwrap()["Value"].as_f64();
            assert_eq!(value, Some(*amount), "{cell}");
            read += 1;
        }
    }
    assert_eq!((refused.next(), lines.next()), (None, None));
    // Those in which a mark could be either, yen with decimals, and formats that make no sense in a locale are not.
    assert_eq!((read, cells.len()), (636, 749));
}
