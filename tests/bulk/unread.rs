//! A default never stands for what the file says: columns of money and counts that are not read are asked about.

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links};

use super::{import, import_in_pieces, issues, rejected};

fn settings(order_type: OrderType, columns: &str) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.read_columns(columns.as_bytes()).unwrap();
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
        .unwrap();
    settings
}

/// What a file comes to, read in both ways of a row, which must agree.
fn read(settings: &ImportSettings, file: &str) -> ImportReport {
    let file = [file, &"\n".repeat(300)].concat();
    let at_once = import(settings.clone(), &file);
    let step_by_step = import_in_pieces(settings.clone(), file.as_bytes(), 7);
    assert_eq!(at_once.rejected_json(), step_by_step.rejected_json());
    assert_eq!(at_once.summary_json(), step_by_step.summary_json());
    at_once
}

#[test]
fn a_column_that_looks_like_an_amount_is_asked_about_once_for_the_file() {
    for header in [
        "Gift Amt",
        "Amount due",
        "Value (cents)",
        "Total Amount",
        "Betrag gesamt",
        "Wert alt",
        "Bonus amount",
        "val",
    ] {
        let file = format!("Email,{header}\na@b.co,500\nb@b.co,500\n");

        let report = read(&settings(DigitalDelivery, "{}"), &file);

        assert_eq!(
            issues(&report),
            [format!("1 {header} unknown_column")],
            "{header}"
        );
        assert_eq!(
            rejected(&report),
            [
                format!("2 {header} unknown_column"),
                format!("3 {header} unknown_column")
            ]
        );
        assert_eq!(report.issues()[0].params, [("field", "value".to_owned())]);
    }
    let report = read(
        &settings(DigitalDelivery, "{}"),
        "Work Email,Gift Amt\na@b.co,500\n",
    );
    assert_eq!(
        report.issues()[0].message,
        "No column is known as the amount. `Gift Amt` looks like it: say columns: { \"Gift Amt\": \"value\" }, or \"ignore\" where it is something else."
    );
}

#[test]
fn what_the_caller_says_of_such_a_column_counts() {
    let file = "Email,Gift Amt\na@b.co,500\n";
    for (columns, total) in [
        (r#"{"Gift Amt":"value"}"#, "500.00"),
        (r##"{"#2":"value"}"##, "500.00"),
        (r#"{"Gift Amt":"ignore"}"#, "25.00"),
        (r#"{"gift amt":""}"#, "25.00"),
    ] {
        let report = read(&settings(DigitalDelivery, columns), file);
        assert_eq!(
            (rejected(&report), issues(&report)),
            (vec![], vec![]),
            "{columns}"
        );
        assert_eq!(report.totals()[0].face_value.to_decimal(), total);
    }
}

#[test]
fn a_column_that_looks_like_a_count_is_asked_about_where_one_would_stand_for_it() {
    for header in [
        "Cards",
        "Gift cards",
        "Pieces",
        "Stück",
        "Number of gift certs and cards",
        "Qty ordered",
        "Anzahl alt",
        "Copies",
        "Antal",
    ] {
        let report = read(
            &settings(DigitalDelivery, "{}"),
            &format!("Email,{header}\na@b.co,3\n"),
        );
        assert_eq!(
            issues(&report),
            [format!("1 {header} unknown_column")],
            "{header}"
        );
        assert_eq!(
            report.issues()[0].params,
            [("field", "quantity".to_owned())]
        );
    }
    for header in [
        "Quantity",
        "Anzahl",
        "Nombre de cartes",
        "# of cards",
        "No. of cards",
        "Qté",
        "Ilość",
    ] {
        let report = read(
            &settings(DigitalDelivery, "{}"),
            &format!("Email,{header}\na@b.co,3\n"),
        );
        assert_eq!(
            report.totals()[0].face_value.to_decimal(),
            "75.00",
            "{header}"
        );
    }
}

#[test]
fn a_cell_that_speaks_of_money_under_any_name_is_no_default() {
    for (header, cell) in [
        ("Notes", "$500"),
        ("Grant", "500 EUR"),
        ("Thing", "1\u{a0}000,00 kr"),
        ("Bonus", "500.00"),
        ("Salary", "55000"),
        ("Prix", "500"),
        ("X", "USD 500"),
        ("USD", "500"),
        ("US$", "500"),
        ("€", "500"),
        ("Stipend", "500"),
        ("Allowance 2026", "500,00"),
        ("Dollars", "500"),
        ("Guthaben", "500"),
    ] {
        let file = format!("Email;{header};Team\na@b.co;{cell};A\nb@b.co;;A\n");

        let report = read(&settings(DigitalDelivery, "{}"), &file);

        assert_eq!(
            rejected(&report),
            [format!("2 {header} unknown_column")],
            "{cell}"
        );
        assert_eq!(issues(&report), [format!("2 {header} unknown_column")]);
        let left_out = format!("{{\"{header}\":\"ignore\"}}");
        assert_eq!(
            rejected(&read(&settings(DigitalDelivery, &left_out), &file)),
            [""; 0]
        );
    }
    // Where the row says its amount, no default stands for it.
    let report = read(
        &settings(DigitalDelivery, "{}"),
        "Email,Value,Salary\na@b.co,500,$55000\nb@b.co,,$55000\n",
    );
    assert_eq!(rejected(&report), ["3 Salary unknown_column"]);
}

#[test]
fn a_cell_that_counts_cards_under_any_name_is_no_one() {
    let report = read(
        &settings(Links, "{}"),
        "Name,Order\nAnn,3 cards\nBob,x2\nCy,red\n",
    );
    assert_eq!(
        rejected(&report),
        ["2 Order unknown_column", "3 Order unknown_column"]
    );
    assert_eq!(issues(&report), ["2 Order unknown_column"]);
}

#[test]
fn what_says_nothing_of_money_stays_in_the_file_unread() {
    let file =
        "Email,Team,Start,Employee Id,Phone ext,Count\na@b.co,Sales,12/24/2026,E1234,555-0100,3\n";
    let report = read(&settings(DigitalDelivery, "{}"), file);
    assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
    assert_eq!(report.totals()[0].face_value.to_decimal(), "25.00");
}
