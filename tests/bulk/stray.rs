//! Rows that are for nobody, and cells that nobody wrote: where defaults fill the gaps, each would buy a card.

use std::rc::Rc;

use giftcard_partners::bulk::{ImportReport, ImportSettings, recipient_template};
use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::Value;

use super::{digital, import, import_in_pieces, issues, links, rejected};

/// Settings by which a row needs nothing.
fn filled(order_type: OrderType) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
        .unwrap();
    settings
}

/// What is said of a file's rows in both ways of reading them, which must be the same: at once, so that rows are read in one go, and in
/// pieces in which none is.
fn read(settings: &ImportSettings, file: &str) -> ImportReport {
    let file = [file, &"\n".repeat(200)].concat();
    let at_once = import(settings.clone(), &file);
    let step_by_step = import_in_pieces(settings.clone(), file.as_bytes(), 7);
    assert_eq!(rejected(&at_once), rejected(&step_by_step), "{file}");
    at_once
}

fn message(report: &ImportReport) -> String {
    let rows: Value = serde_json::from_slice(&report.rejected_json()).unwrap();
    rows[0]["issues"][0]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_row_with_nothing_in_a_column_that_is_read_is_empty_whatever_the_defaults_are() {
    for row in [",", ",,", "  ,", ",Sales", "\u{a0}, ", "\"\",\"\"", "'"] {
        let file = format!("Name,Department\nAnn,HR\n{row}\nBob,IT\n");

        let report = read(&filled(Links), &file);

        let expected: &[&str] = if row == "'" { &[] } else { &["3 - required"] };
        assert_eq!(rejected(&report), expected, "{row:?}");
        if row == "," {
            assert_eq!(message(&report), "The row is empty and can be removed.");
        }
    }
    assert_eq!(
        rejected(&digital("Email,Product,Value\n,,\na@b.co,CVS,25\n")),
        ["2 - required"]
    );
}

#[test]
fn a_cell_under_no_name_is_one_too_many() {
    let file = "Email,Product,Value,,\na@b.co,CVS,1,000,\nb@b.co,CVS,25, ,\nc@b.co,CVS,30\nd@b.co,CVS,25,,0\n";

    let report = read(&ImportSettings::new(DigitalDelivery), file);

    assert_eq!(
        rejected(&report),
        ["2 - too_many_columns", "5 - too_many_columns"]
    );
    let again = import(ImportSettings::new(DigitalDelivery), report.rejected_csv());
    assert_eq!(
        (again.accepted().rows().len(), again.rejected_count()),
        (0, 2)
    );
    let invisible = "Email,Product,Value,\u{200b}\na@b.co,CVS,1,000\n";
    assert_eq!(rejected(&digital(invisible)), ["2 - too_many_columns"]);
}

#[test]
fn a_column_without_a_name_can_be_left_out() {
    let mut settings = ImportSettings::new(DigitalDelivery);
    settings.read_columns(br#"{"":""}"#).unwrap();

    let report = read(&settings, ",Email,Product,Value\n0,a@b.co,CVS,25\n");

    assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
    assert_eq!(report.accepted().rows().len(), 1);
}

#[test]
fn the_sum_of_a_file_of_links_is_nobody_s() {
    for sum in [
        "Total",
        "TOTALS:",
        "grand total",
        "Subtotal",
        "Sub-total :",
        "sum",
        "Summe",
        "Gesamt",
        "Gesamtsumme:",
        "Total général",
        "TOTAL GÉNÉRAL",
        "Somme",
        "Totale",
        "suma",
        "Totaal",
    ] {
        let report = read(
            &filled(Links),
            &format!("Name,Value,Team\nAnn,25,A\n{sum},75,B\n{sum},,\n"),
        );
        assert_eq!(
            rejected(&report),
            ["3 Name required", "4 Name required"],
            "{sum}"
        );
        assert!(message(&report).starts_with("Name names a sum."));
    }
    for somebody in ["Tom Totaro", "Summer", "Grace", "Tot", "Su", "Gesa"] {
        let report = read(&filled(Links), &format!("Name,Value\n{somebody},25\n"));
        assert_eq!(rejected(&report), [""; 0], "{somebody}");
    }
    // Who has a number as well, or an address, is somebody.
    let report = read(
        &filled(Links),
        "Name,Value,External Id\nSuma,25,E7\nSuma,25,\nAnn,25,E8\n",
    );
    assert_eq!(rejected(&report), ["3 Name required"]);
}

#[test]
fn a_header_that_stands_twice_is_no_recipient() {
    let file =
        "Name,Email,Product\nAnn,a@b.co,CVS\nName,Email,Product\nname,,product id\nName,,CVS\n";
    let report = read(&filled(Links), file);
    assert_eq!(
        rejected(&report),
        ["3 - required", "4 - required"],
        "the last may be somebody's name"
    );
    assert_eq!(
        message(&report),
        "The row repeats the header and can be removed."
    );

    let file = "To,Product,Value\nAnn,CVS,25\nTo,Product,Value\nName,product,30\n";
    let report = read(&ImportSettings::new(Links), file);
    assert_eq!(rejected(&report), ["3 - required"]);

    // The same row, whatever it says.
    let file = "Vorname,Abteilung,Name\nAnn,HR,Ann\nVorname,Abteilung,Name\nAnn,Abteilung,Name\n";
    assert_eq!(rejected(&read(&filled(Links), file)), ["3 - required"]);
    let file = "Name;Department\nAnn;HR\nName;Department\nNamer;Department\n";
    assert_eq!(rejected(&read(&filled(Links), file)), ["3 - required"]);

    let mut settings = filled(PhysicalShipment);
    settings
        .read_defaults(br#"{"PhysicalDeliveryAddress":{"ShippingMethodId":"1","Country":"US"}}"#)
        .unwrap();
    let header = "Name,Address,City,State,Zip";
    let report = read(&settings, &format!("{header}\n{header}\n"));
    assert_eq!(rejected(&report), ["2 - required"]);
}

#[test]
fn an_error_of_the_spreadsheet_is_no_text() {
    for error in [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
        " #n/a ",
    ] {
        let file = format!(
            "Email,Product,Value,Quantity,Name,Team\n\
             a@b.co,CVS,25,1,{error},A\n\
             {error},CVS,25,1,Ann,A\n\
             a@b.co,{error},25,1,Ann,A\n\
             a@b.co,CVS,{error},1,Ann,A\n\
             a@b.co,CVS,25,{error},Ann,A\n\
             a@b.co,CVS,25,1,Ann,{error}\n\
             b@b.co,CVS,25,1,see {error},A\n"
        );
        let mut settings = ImportSettings::new(DigitalDelivery);
        let expected = [
            "2 Name invalid_type",
            "3 Email invalid_type",
            "4 Product invalid_type",
            "5 Value invalid_type",
            "6 Quantity invalid_type",
        ];
        assert_eq!(rejected(&read(&settings, &file)), expected, "{error}");
        let catalog = br#"{"Items":[{"Id":"CVS","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[25]}]}"#;
        settings.catalog = Some(Rc::new(Catalog::from_answer(catalog).unwrap()));
        let report = read(&settings, &file);
        assert_eq!(rejected(&report), expected, "{error}");
        assert_eq!(
            message(&report),
            "Name is an error of the spreadsheet, such as #N/A. Mend its formula."
        );
    }
    // It is not the only thing that is said.
    assert_eq!(
        rejected(&digital("Email,Product,Value\nnobody,#N/A,25\n")),
        ["2 Product invalid_type", "2 Email invalid_email"]
    );
}

#[test]
fn a_column_of_numbers_of_rows_is_no_quantity() {
    for header in ["No", "No.", "Nr", "#", "№", "Number", "Row"] {
        for numbers in [[1, 2, 3], [0, 1, 2], [2, 3, 5], [1, 2, 4]] {
            let [a, b, c] = numbers;
            // One row in between is rejected, and has a number too.
            let file = format!(
                "{header},Email,Product,Value\n{a},a@b.co,CVS,25\n{b},b@b.co,CVS,25\n\n{c},c@b.co,CVS,25\n"
            );
            let report = read(&ImportSettings::new(DigitalDelivery), &file);
            assert_eq!(report.ignored_columns().collect::<Vec<_>>(), [header]);
            assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
            assert_eq!(report.totals()[0].face_value.to_decimal(), "75.00");
        }
    }
    let report = links("Number of cards,Product,Value\n3,CVS,25\n");
    assert_eq!(report.totals()[0].face_value.to_decimal(), "75.00");
}

#[test]
fn numbers_of_rows_that_were_left_out_of_a_file_are_no_quantity_either() {
    let file = "#,Email,Product,Value\n1,a@b.co,CVS,25\n2,b,CVS,25\n3,c@b.co,CVS,25\n4,d,CVS,25\n";
    let report = read(&ImportSettings::new(DigitalDelivery), file);
    assert_eq!(
        rejected(&report),
        ["3 Email invalid_email", "5 Email invalid_email"]
    );

    let mended = String::from_utf8(report.rejected_csv()).unwrap();
    let mended = mended.replace(",b,", ",b@b.co,").replace(",d,", ",d@b.co,");

    let again = read(&ImportSettings::new(DigitalDelivery), &mended);
    assert_eq!(
        (rejected(&again), again.accepted().rows().len()),
        (vec![], 2)
    );
}

#[test]
fn a_footer_is_nobody_s_in_whatever_language_it_counts() {
    for footer in [
        "Rows: 2",
        "Total rows: 2",
        "Total rows 2",
        "Итого",
        "Всего:",
        "合計",
        "总计",
        "합계",
        "Total des lignes",
        "Total des lignes: 2",
        "Nombre de lignes : 2",
        "Summe",
        "Summe:",
        "Anzahl Zeilen: 2",
        "Toplam",
        "Celkem",
        "Összesen",
        "Yhteensä",
    ] {
        let report = read(
            &filled(Links),
            &format!("Name,Value\nAnn,25\n{footer},\n{footer},50\n"),
        );
        let told = rejected(&report);
        assert_eq!(report.rejected_count(), 2, "{footer}: {told:?}");

        // Whatever stands in the place of an address.
        let mut mailed = filled(DigitalDelivery);
        mailed
            .read_defaults(br#"{"DigitalDeliveryAddress":{"Email":"hr@b.co"}}"#)
            .unwrap();
        mailed.accepts_duplicates = true;
        let report = read(
            &mailed,
            &format!("Name,Value\nAnn,25\n{footer},\n{footer},50\n"),
        );
        assert_eq!(report.rejected_count(), 2, "{footer}");
    }
    for somebody in [
        "Row",
        "Ann Rows",
        "Iris",
        "Всеволод",
        "合田",
        "Sumi",
        "Reihe 7",
    ] {
        let report = read(&filled(Links), &format!("Name,Value\n{somebody},25\n"));
        assert_eq!(rejected(&report), [""; 0], "{somebody}");
    }
}

#[test]
fn the_example_of_the_list_to_fill_in_is_refused_if_it_is_left_in() {
    let catalog = br#"{"Items":[{"Id":"GAP","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[40]}]}"#;
    let catalog = Catalog::from_answer(catalog).unwrap();
    for order_type in OrderType::ALL {
        for catalog in [None, Some(&catalog)] {
            let list = String::from_utf8(recipient_template(order_type, catalog)).unwrap();
            let row = list.lines().nth(1).unwrap();
            let filled_in = list.replace(
                row,
                &format!(
                    "{row}\r\n{}",
                    row.replace("Ann Example", "Ann Lee")
                        .replace("ann@", "lee@")
                ),
            );

            let report = read(&ImportSettings::new(order_type), &filled_in);

            assert_eq!(rejected(&report), ["2 - required"], "{list}");
            assert_eq!(report.accepted().rows().len(), 1);
            assert_eq!(
                message(&report),
                "The row is the example of the list to fill in. Replace it, or remove it."
            );
        }
    }
    let file = "Email,Name,Product,Value\nann@example.com,Ann Lee,CVS,25\nann.example@b.co,Ann Example,CVS,25\n";
    assert_eq!(
        rejected(&read(&ImportSettings::new(DigitalDelivery), file)),
        [""; 0]
    );
}
