//! Lists as a sceptic found them: without a header, with sums beside the columns that are read, put one behind the other.

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use giftcard_partners::sheet_rows::Held;

use super::sheets::sheet;
use super::{issues, lines, read_both_ways, rejected};

fn settings(order_type: OrderType, columns: &str, defaults: &str) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.read_columns(columns.as_bytes()).unwrap();
    settings.read_defaults(defaults.as_bytes()).unwrap();
    settings
}

const PRODUCT: &str = r#"{"ProductId":"CVS"}"#;
const FILLED: &str = r#"{"ProductId":"CVS","Value":25}"#;

fn total(report: &giftcard_partners::bulk::ImportReport) -> String {
    let totals = report.totals();
    totals
        .first()
        .map(|total| total.face_value.to_decimal())
        .unwrap_or_default()
}

#[test]
fn the_first_person_of_a_list_without_a_header_is_paid_where_the_columns_are_told_by_their_places()
{
    let by_mail = settings(DigitalDelivery, r##"{"#1":"email","#2":"value"}"##, PRODUCT);
    let report = read_both_ways(&by_mail, "a@example.org,25\nb@example.org,30\n");
    assert_eq!((issues(&report), rejected(&report)), (vec![], vec![]));
    assert_eq!((report.rows(), total(&report)), (2, "55.00".into()));
    let columns: Vec<_> = report
        .columns()
        .map(|(name, field, _)| (name.to_owned(), field))
        .collect();
    assert_eq!(
        columns,
        [("#1".into(), Some("email")), ("#2".into(), Some("value"))]
    );

    let by_name = settings(Links, r##"{"#1":"name","#2":"value"}"##, PRODUCT);
    assert_eq!(
        total(&read_both_ways(&by_name, "Ann,25\nBob,30\n")),
        "55.00"
    );
    // These may be names of columns.
    assert_eq!(
        total(&read_both_ways(&by_name, "Imię,Kwota\nBob,30\n")),
        "30.00"
    );
    let report = read_both_ways(&by_mail, "Mail to,How much\nb@example.org,30\n");
    assert_eq!((report.rows(), total(&report)), (1, "30.00".into()));

    // A column that is not told is asked about as under a header.
    let report = read_both_ways(
        &settings(DigitalDelivery, r##"{"#1":"email"}"##, FILLED),
        "a@example.org,$500\n",
    );
    assert_eq!(rejected(&report), ["1 #2 unknown_column"]);
}

#[test]
fn a_header_is_found_below_whom_to_ask() {
    let report = read_both_ways(
        &settings(DigitalDelivery, "{}", PRODUCT),
        "My list,\nQuestions: hr@example.org,\nEmail,Value\na@example.org,25\n",
    );

    assert_eq!((issues(&report), rejected(&report)), (vec![], vec![]));
    assert_eq!((report.rows(), total(&report)), (1, "25.00".into()));
}

#[test]
fn a_sum_buys_nothing_wherever_its_name_stands() {
    for file in [
        "Team,Name,Value\nA,Ann,25\nA,Bob,25\nTotal,,50\n",
        "#,Name,Value\n1,Ann,25\nTotal,,25\n",
        ",Name,Value\n,Ann,25\nTotal,,25\n",
        "Name,Value\nAnn,25\nGrand Total (USD),25\n",
        "Name,Value\nAnn,25\nTOTAL USD,25\n",
        "Name,Value\nAnn,25\nŁącznie,25\n",
        "Name,Value\nAnn,25\nSomma,25\n",
        "Name,Value\nAnn,25\nSubtotaal,25\n",
    ] {
        let report = read_both_ways(&settings(Links, "{}", PRODUCT), file);
        assert_eq!(report.rejected_count(), 1, "{file}");
        assert!(rejected(&report)[0].ends_with(" required"), "{file}");
    }
    let with_address = r#"{"ProductId":"CVS","DigitalDeliveryAddress":{"Email":"hr@example.org"}}"#;
    let report = read_both_ways(
        &settings(DigitalDelivery, "{}", with_address),
        "Team,Value\nA,25\nTotal,50\n",
    );
    assert_eq!(rejected(&report), ["3 - required"]);
    assert_eq!(total(&report), "25.00");
}

#[test]
fn no_row_is_read_under_a_header_in_another_order() {
    let points =
        "Email,Value,Points\na@example.org,25,500\nEmail,Points,Value\nb@example.org,500,25\n";
    let report = read_both_ways(
        &settings(DigitalDelivery, r#"{"Points":"ignore"}"#, PRODUCT),
        points,
    );
    assert_eq!(total(&report), "25.00");
    assert_eq!(issues(&report), ["3 - unknown_column"]);

    let file = "Email,Value,Qty\na@example.org,25,2\nEmail,Qty,Value\nb@example.org,2,25\n";
    let report = read_both_ways(&settings(DigitalDelivery, "{}", PRODUCT), file);
    assert_eq!(total(&report), "50.00");
    assert_eq!(issues(&report), ["3 - unknown_column"]);
    assert!(rejected(&report).contains(&"4 - unknown_column".to_owned()));

    // The same header once more changes nothing.
    let file = "Email,Value,Qty\na@example.org,25,2\nEmail,Value,Qty\nb@example.org,25,2\n";
    let report = read_both_ways(&settings(DigitalDelivery, "{}", PRODUCT), file);
    assert_eq!((issues(&report), total(&report)), (vec![], "100.00".into()));
}

#[test]
fn what_speaks_of_an_amount_a_number_or_a_product_is_read_or_asked_about() {
    for (header, cell) in [
        ("Cash", "100"),
        ("Money", "100"),
        ("Denom.", "100"),
        ("Honorarium", "100"),
        ("Card Type", "Amazon"),
        ("Gift card type", "Amazon"),
        ("Enseigne", "Fnac"),
        ("Tienda", "Zara"),
    ] {
        let file = format!("Email,{header}\na@example.org,{cell}\n");
        let report = read_both_ways(&settings(DigitalDelivery, "{}", FILLED), &file);
        assert_eq!(report.accepted().rows().len(), 0, "{header}");
    }
    for header in ["Anz.", "Nbre", "Cant.", "Qt."] {
        let file = format!("Email,{header}\na@example.org,3\n");
        assert_eq!(
            total(&read_both_ways(
                &settings(DigitalDelivery, "{}", FILLED),
                &file
            )),
            "75.00",
            "{header}"
        );
    }
    // Who asked for it is nobody's address.
    let file = "Submitted by (email),Email,Value\nboss@example.org,ann@example.org,25\n";
    let report = read_both_ways(&settings(DigitalDelivery, "{}", PRODUCT), file);
    assert_eq!(
        lines(&report)[0]["DigitalDeliveryAddress"]["Email"],
        "ann@example.org"
    );
    let file = "Submitted by (email),Gift to\nboss@example.org,ann\n";
    let report = read_both_ways(&settings(DigitalDelivery, "{}", FILLED), file);
    assert_eq!(report.accepted().rows().len(), 0);
}

#[test]
fn a_delivery_date_under_any_of_its_names_is_no_card_at_once() {
    for header in [
        "Deliver on",
        "Send on",
        "Schedule Date",
        "Scheduled for",
        "Deliver by",
        "Sendedatum",
    ] {
        let file = format!("Email,{header}\na@example.org,2099-12-24T09:00:00Z\n");
        let report = read_both_ways(&settings(DigitalDelivery, "{}", FILLED), &file);
        let line = &lines(&report)[0];
        assert!(line.to_string().contains("2099-12-24"), "{header}: {line}");
    }
}

#[test]
fn a_further_line_of_an_address_is_read_behind_the_first() {
    for headers in [
        "Address,Address 2",
        "Address Line 1,Address Line 2",
        "Street,Street 2",
        "Shipping Address 1,Shipping Address 2",
        "Address1,Address2",
        "Straße,Adresszusatz",
    ] {
        let file = format!(
            "Name,{headers},City,State,Zip,Country,Shipping Method Id\nAnn,1 Main St,Apt 4,Boston,MA,02134,US,1\nBob,2 Main St,,Boston,MA,02134,US,1\n"
        );
        let report = read_both_ways(&settings(PhysicalShipment, "{}", FILLED), &file);
        let addresses: Vec<_> = lines(&report)
            .iter()
            .map(|line| line["PhysicalDeliveryAddress"]["AddressLine1"].to_string())
            .collect();
        assert_eq!(
            addresses,
            ["\"1 Main St Apt 4\"", "\"2 Main St\""],
            "{headers}"
        );
    }
}

#[test]
fn a_second_address_is_not_read_behind_the_first() {
    let file = "Name,Address,City,State,Zip,Country,Shipping Method Id,Address 2,City 2\nAnn,1 Main St,Boston,MA,02134,US,1,5 Oak Ave,Rome\n";
    let report = read_both_ways(&settings(PhysicalShipment, "{}", FILLED), file);
    let line = &lines(&report)[0];
    assert_eq!(
        line["PhysicalDeliveryAddress"]["AddressLine1"].to_string(),
        "\"1 Main St\""
    );
}

#[test]
fn a_house_number_in_a_column_of_its_own_is_asked_about() {
    for header in [
        "House number",
        "House No.",
        "Hausnr.",
        "Numero civico",
        "Apt",
        "Suite",
    ] {
        let file = format!(
            "Name,Street,{header},City,State,Zip,Country\nAnn,Main St,4B,Boston,MA,02134,US\n"
        );
        let report = read_both_ways(&settings(PhysicalShipment, "{}", FILLED), &file);
        assert_eq!(report.accepted().rows().len(), 0, "{header}");
        assert!(
            issues(&report)
                .iter()
                .any(|issue| issue.ends_with("duplicate_field")),
            "{header}"
        );
    }
}

#[test]
fn a_line_that_ends_with_a_number_is_written() {
    let report = read_both_ways(
        &settings(Links, "{}", "{}"),
        "Product,Quantity,Value\nCVS,2,7\n",
    );
    let line = &lines(&report)[0];
    assert_eq!(
        (line["Quantity"].to_string(), line["Value"].to_string()),
        ("2".into(), "7".into())
    );
}

#[test]
fn an_empty_box_beside_a_sheet_is_no_cell_of_a_row() {
    let header = [(Held::Text, "Name"), (Held::Text, "Value")];
    let ann = [
        (Held::Text, "Ann"),
        (Held::Text, "30"),
        (Held::Text, ""),
        (Held::Covered, ""),
    ];
    let report = sheet(
        settings(Links, "{}", PRODUCT),
        &[(1, false, &header), (2, false, &ann)],
    );

    assert_eq!((issues(&report), rejected(&report)), (vec![], vec![]));
    assert_eq!(total(&report), "30.00");
}
