//! A default never stands for what the file says: columns of money and counts that are not read are asked about.

use giftcard_partners::bulk::{Certainty, ImportSettings};
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links};

use super::{issues, read_both_ways, rejected};

fn settings(order_type: OrderType, columns: &str) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.read_columns(columns.as_bytes()).unwrap();
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
        .unwrap();
    settings
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

        let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);

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
    let report = read_both_ways(
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
        let report = read_both_ways(&settings(DigitalDelivery, columns), file);
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
        "Count",
        "Headcount",
        "Head count",
        "Total cards",
        "Total gift cards",
        "Card count",
        "Amount of cards",
        "Amount of gift cards",
        "amount_of_vouchers",
        "Number of recipients",
        "数量",
        "Количество",
        "Кол-во",
    ] {
        let report = read_both_ways(
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
        let report = read_both_ways(
            &settings(DigitalDelivery, "{}"),
            &format!("Email,{header}\na@b.co,3\n"),
        );
        assert_eq!(
            report.totals()[0].face_value.to_decimal(),
            "75.00",
            "{header}"
        );
    }
    // What a card is worth.
    for header in [
        "Amount of gift card",
        "Amount of each card",
        "Value of cards",
        "Montant des cartes",
    ] {
        let report = read_both_ways(
            &settings(DigitalDelivery, "{}"),
            &format!("Email,{header}\na@b.co,3\n"),
        );
        assert_eq!(
            report.totals()[0].face_value.to_decimal(),
            "3.00",
            "{header}"
        );
    }
}

#[test]
fn a_column_of_amounts_that_is_asked_about_is_not_called_sure() {
    let report = read_both_ways(
        &settings(DigitalDelivery, "{}"),
        "Email,Value (qty)\na@b.co,3\n",
    );

    assert_eq!(issues(&report), ["1 Value (qty) unknown_column"]);
    let certainties: Vec<_> = report
        .columns()
        .map(|(_, _, certainty)| certainty)
        .collect();
    assert_eq!(certainties, [Certainty::Sure, Certainty::Likely]);
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

        let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);

        assert_eq!(
            rejected(&report),
            [format!("2 {header} unknown_column")],
            "{cell}"
        );
        assert_eq!(issues(&report), [format!("2 {header} unknown_column")]);
        let left_out = format!("{{\"{header}\":\"ignore\"}}");
        assert_eq!(
            rejected(&read_both_ways(
                &settings(DigitalDelivery, &left_out),
                &file
            )),
            [""; 0]
        );
    }
    // Where the row says its amount, no default stands for it.
    let report = read_both_ways(
        &settings(DigitalDelivery, "{}"),
        "Email,Value,Salary\na@b.co,500,$55000\nb@b.co,,$55000\n",
    );
    assert_eq!(rejected(&report), ["3 Salary unknown_column"]);
}

#[test]
fn a_cell_that_counts_cards_under_any_name_is_no_one() {
    let report = read_both_ways(
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
    let file = "Email,Team,Start,Employee Id,Phone ext,Cost Center\na@b.co,Sales,12/24/2026,E1234,555-0100,4711\n";
    let report = read_both_ways(&settings(DigitalDelivery, "{}"), file);
    assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
    assert_eq!(report.totals()[0].face_value.to_decimal(), "25.00");
}

#[test]
fn a_number_that_does_not_count_the_rows_may_count_the_cards() {
    for header in ["#", "No", "No.", "Nr", "Number", "№", "num"] {
        for number in ["10", "3", "2.0", "0"] {
            let file = format!("{header},Email\n{number},a@b.co\n1,b@b.co\n7,c@b.co\n");

            let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);

            let expected: &[&str] = match number {
                "2.0" | "0" => &["4"],
                _ => &["2", "4"],
            };
            let lines = expected
                .iter()
                .map(|line| format!("{line} {header} unknown_column"));
            assert_eq!(
                rejected(&report),
                lines.collect::<Vec<_>>(),
                "{header} {number}"
            );
        }
        // Ids are no counts, and neither is what stands beside a quantity.
        for file in [
            format!("{header},Email\n10234,a@b.co\n007,b@b.co\nA-12,c@b.co\n"),
            format!("{header},Email,Qty\n10,a@b.co,1\n7,b@b.co,2\n"),
            format!("{header},Email\n1,a@b.co\n1,b@b.co\n"),
        ] {
            let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);
            assert_eq!(
                (rejected(&report), issues(&report)),
                (vec![], vec![]),
                "{file}"
            );
        }
    }
    // What would stand is what the column says.
    let mut three = settings(DigitalDelivery, "{}");
    three.read_defaults(br#"{"Quantity":3}"#).unwrap();
    let report = read_both_ways(&three, "#,Email\n3,a@b.co\n3,b@b.co\n4,c@b.co\n");
    assert_eq!(rejected(&report), ["4 # unknown_column"]);
}

#[test]
fn a_cell_that_is_written_as_only_amounts_are_is_no_default() {
    for cell in [
        "500.00",
        "500,00",
        "1,000",
        "1.000",
        "500 euros",
        "500 Euro",
        "$500 gift",
        "gift of $500",
        "EUR500,-",
        "500.-",
        "1'000",
        "500 US dollars",
        "500 руб.",
        "500円",
    ] {
        for header in ["Thing", "Notes", "Misc", "Extra", "Type"] {
            let file = format!("Email;{header}\na@b.co;{cell}\nb@b.co;\n");

            let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);

            assert_eq!(
                rejected(&report),
                [format!("2 {header} unknown_column")],
                "{cell}"
            );
        }
    }
}

#[test]
fn a_header_that_speaks_of_money_in_another_script_is_no_default() {
    for header in [
        "Сумма",
        "СУММА",
        "金額",
        "金額（円）",
        "Vаlue",
        "Аmount",
        "Стоимость",
        "금액",
        "Tutar",
        "Total",
    ] {
        for cell in ["500", "500 net", "1 000"] {
            let file = format!("Email;{header}\na@b.co;{cell}\n");
            let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);
            assert_eq!(
                rejected(&report),
                [format!("2 {header} unknown_column")],
                "{cell}"
            );
        }
    }
    // Of the same letters, only wider.
    let report = read_both_ways(
        &settings(DigitalDelivery, "{}"),
        "Ｅｍａｉｌ,Ｖａｌｕｅ\na@b.co,500\n",
    );
    assert_eq!(report.totals()[0].face_value.to_decimal(), "500.00");
}

#[test]
fn zip_codes_ids_dates_phones_and_times_are_no_money() {
    for (header, cell) in [
        ("Zip", "02134"),
        ("Plz", "10115"),
        ("Thing", "02134"),
        ("Thing", "12345-6789"),
        ("Employee Id", "1,000"),
        ("Badge", "E1234"),
        ("Badge", "R1234"),
        ("Room", "RM 12"),
        ("Hired", "12/24/2026"),
        ("Hired", "24.12.2026"),
        ("Hired", "2026-12-24"),
        ("Start date", "24.12"),
        ("At", "09:30"),
        ("Contact", "555-0100"),
        ("Contact", "+1 (212) 555-0100"),
        ("Contact", "212.555.0100"),
        ("Contact", "5551234567"),
        ("Year", "2026"),
        ("Score", "4.5"),
        ("Share", "50%"),
        ("Gift card number", "6006491727"),
        ("Cost center", "4711"),
        ("Size", "R"),
        ("Mood", "Mad"),
        ("Team", "HR"),
    ] {
        let file = format!("Email;{header}\na@b.co;{cell}\n");
        let report = read_both_ways(&settings(DigitalDelivery, "{}"), &file);
        assert_eq!(
            (rejected(&report), issues(&report)),
            (vec![], vec![]),
            "{header} {cell}"
        );
    }
}

#[test]
fn where_nothing_stands_for_the_amount_what_speaks_of_money_is_asked_about() {
    for header in ["Сумма", "金額", "Bonus", "Vаlue", "USD"] {
        let report = read_both_ways(
            &ImportSettings::new(DigitalDelivery),
            &format!("Email,Product,{header}\na@b.co,CVS,500\n"),
        );
        assert_eq!(issues(&report), [format!("1 {header} unknown_column")]);
        assert_eq!(rejected(&report), [format!("2 {header} unknown_column")]);
    }
}

#[test]
fn a_row_that_is_for_nobody_has_no_say_in_whether_numbers_go_on() {
    let settings = ImportSettings::new(OrderType::PhysicalShipment);
    let header =
        "#,External Id,Shipping Method Id,Product,Value,Name,Address,City,State,Zip,Country";
    let line = |name: &str| format!("1,CVS,25,{name},1 Main St,Springfield,IL,01234,US");
    let (ann, bob) = (line("Ann"), line("Bob"));
    let file = format!("{header}\n2,row-0,,,,,,,,,\n2,row-1,{ann}\n3,row-2,{bob}\n");

    let report = read_both_ways(&settings, &file);

    assert_eq!(report.accepted().rows().len(), 2);
}
