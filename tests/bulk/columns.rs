//! Columns: which header means which field, what the caller says of it, and what fills the gaps.

use std::rc::Rc;

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::{Value, json};

use super::{digital, import, import_in_pieces, issues, links, rejected, unnamed};

/// The line of one row under these headers.
fn line(order_type: OrderType, columns: &[(&str, &str)]) -> Value {
    let (headers, cells): (Vec<&str>, Vec<&str>) = columns.iter().copied().unzip();
    let report = import(
        ImportSettings::new(order_type),
        format!("{}\n{}\n", headers.join(";"), cells.join(";")),
    );
    assert_eq!(rejected(&report), [""; 0], "{headers:?}");
    unnamed(&report).remove(0)
}

#[test]
fn a_header_is_known_in_the_usual_spellings() {
    for (header, pointer) in [
        ("email", "/DigitalDeliveryAddress/Email"),
        ("E-Mail", "/DigitalDeliveryAddress/Email"),
        ("EMAIL_ADDRESS", "/DigitalDeliveryAddress/Email"),
        ("to", "/Personalization/To"),
        ("Name", "/Personalization/To"),
        ("from name", "/Personalization/FromName"),
        ("FromName", "/Personalization/FromName"),
        ("Message", "/Personalization/Message"),
        ("branding_id", "/BrandingId"),
        ("external-id", "/ExternalId"),
        ("Culture", "/Culture"),
        ("Personalization.To", "/Personalization/To"),
        (
            "DigitalDeliveryAddress.Email",
            "/DigitalDeliveryAddress/Email",
        ),
    ] {
        let cell = "x@example.com";
        let report = links(format!("product,value,{header}\nCVS,25,{cell}\n"));
        assert_eq!(
            super::lines(&report)[0].pointer(pointer),
            Some(&json!(cell)),
            "{header}"
        );
    }
    for phone in ["sms", "Phone", "phone number"] {
        let line = line(
            DigitalDelivery,
            &[
                ("ProductID", "CVS"),
                ("Amount", "25"),
                ("QTY", "3"),
                (phone, "+15555555555"),
            ],
        );
        assert_eq!(line["DigitalDeliveryAddress"]["Sms"], "+15555555555");
        assert_eq!(line["Quantity"], 3);
    }
}

#[test]
fn a_parcel_has_an_address() {
    let line = line(
        PhysicalShipment,
        &[
            ("Product", "CVS"),
            ("Value", "50"),
            ("Shipping Method", "STANDARD"),
            ("Carrier ID", "DEFAULT"),
            ("Name", "Ann"),
            ("Address", "1 Main St"),
            ("City", "New York"),
            ("State", "NY"),
            ("Postal Code", "10001"),
            ("Country", "US"),
            ("To", "Ann"),
        ],
    );

    assert_eq!(
        line["PhysicalDeliveryAddress"],
        json!({"ShippingMethodId":"STANDARD","CarrierId":"DEFAULT","Name":"Ann","AddressLine1":"1 Main St","City":"New York","State":"NY","Zip":"10001","Country":"US"})
    );
    assert_eq!(line["Personalization"], json!({"To":"Ann"}));
}

#[test]
fn a_column_that_nothing_is_read_from_is_named() {
    let report = digital("Email,Department,product,value,City\na@b.co,Sales,CVS,25,Rome\n");

    assert_eq!(
        report.ignored_columns().collect::<Vec<_>>(),
        ["Department", "City"]
    );
    assert_eq!(report.accepted().rows().len(), 1);
}

#[test]
fn two_columns_for_one_field_are_refused() {
    let report =
        digital("Email,Product,Value,E-Mail\na@b.co,CVS,25,b@b.co\na@b.co,CVS,25,a@b.co\n");

    assert_eq!(issues(&report), ["1 E-Mail duplicate_field"]);
    assert_eq!(
        rejected(&report),
        ["2 E-Mail duplicate_field", "3 E-Mail duplicate_field"]
    );
}

#[test]
fn a_file_whose_first_line_names_no_column_is_refused() {
    let report = links("ann@example.com,CVS,25\nbob@example.com,CVS,25\n");

    assert_eq!(issues(&report), ["1 - unknown_column"]);
    assert_eq!(rejected(&report), ["2 - unknown_column"]);
    assert!(!report.issues()[0].message.contains("ann"));
}

/// What rows come to under a header of the amounts, of which a file without such a column has a default; or what is said of them.
fn amounts(header: &str, cells: &[&str], columns: &str) -> Result<Vec<String>, String> {
    let mut settings = mapped(columns);
    settings.read_defaults(br#"{"Value":1}"#).unwrap();
    let rows: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(row, cell)| format!("a{row}@b.co,CVS,{cell}\n"))
        .collect();
    let report = import(
        settings,
        format!("Email,Product,{header}\n{}", rows.concat()),
    );
    let told = rejected(&report);
    if !told.is_empty() {
        return Err(told.join(" "));
    }
    let currency = |total: &giftcard_partners::bulk::Total| {
        let currency = &report.accepted().currencies()[usize::from(total.currency)];
        format!("{currency}{}", total.face_value.to_decimal())
    };
    Ok(report.totals().iter().map(currency).collect())
}

#[test]
fn what_cannot_be_seen_in_a_header_does_not_count() {
    for header in [
        "Value\u{200b}",
        "\u{feff}Value",
        "\u{200d}Face\u{a0}Value",
        "Face\u{2009}\u{2060}Value\u{3000}",
        "Val\u{ad}ue",
        "Value (required)",
        "Value\u{a0}[Optional]\u{200b}",
        "Amount (per card)",
    ] {
        assert_eq!(
            amounts(header, &["500"], "{}"),
            Ok(vec!["500.00".to_owned()]),
            "{header:?}"
        );
    }
    let report = digital(
        "\u{feff}\u{feff}Email (work),Product\u{a0}Id,Value\u{200b},Name [if known]\na@b.co,CVS,25,Ann\n",
    );
    assert_eq!(rejected(&report), [""; 0]);
    assert_eq!(report.ignored_columns().count(), 0);
    assert_eq!(unnamed(&report)[0]["Personalization"]["To"], "Ann");
}

#[test]
fn a_column_with_a_note_gives_way_to_the_one_without() {
    for (header, row) in [
        ("Email,Email (other)", "a@b.co,b@b.co"),
        ("Email (other),Email", "b@b.co,a@b.co"),
    ] {
        let report = digital(format!("{header},Product,Value\n{row},CVS,25\n"));

        assert_eq!(issues(&report), [""; 0], "{header}");
        assert_eq!(
            report.ignored_columns().collect::<Vec<_>>(),
            ["Email (other)"]
        );
        assert_eq!(
            unnamed(&report)[0]["DigitalDeliveryAddress"]["Email"],
            "a@b.co"
        );
    }
    // Two with notes are two, and so are two columns of amounts.
    for header in [
        "Email (work),Email (home),Product,Value",
        "Email,Value,Product,Value (EUR)",
    ] {
        let report = digital(format!("{header}\na@b.co,5,CVS,25\n"));
        assert!(issues(&report)[0].ends_with("duplicate_field"), "{header}");
    }
}

#[test]
fn columns_in_front_of_the_first_name_are_left_alone() {
    // As a program writes its row numbers.
    let report = digital(",Email,Product,Value\n0,a@b.co,CVS,25\n1,b@b.co,CVS,25\n");

    assert_eq!(rejected(&report), [""; 0]);
    assert_eq!(unnamed(&report).len(), 2);
}

#[test]
fn a_header_says_what_its_amounts_are_in() {
    for (header, total) in [
        ("Value (USD)", "USD500.00"),
        ("Amount [eur]", "EUR500.00"),
        ("Amount (€)", "EUR500.00"),
        ("Value ($)", "USD500.00"),
        ("Value (CA$)", "CAD500.00"),
        ("Amount (₹)", "INR500.00"),
        ("Amount USD", "USD500.00"),
        ("Value €", "EUR500.00"),
        ("Gift Amount (USD)", "USD500.00"),
        ("Betrag in EUR", "EUR500.00"),
        ("USD Amount", "USD500.00"),
        ("value_usd", "USD500.00"),
        ("amountUSD", "USD500.00"),
        ("Kwota zł", "PLN500.00"),
        ("Gift amount", "500.00"),
        ("Betrag", "500.00"),
    ] {
        assert_eq!(
            amounts(header, &["500"], "{}"),
            Ok(vec![total.to_owned()]),
            "{header}"
        );
    }
    assert_eq!(
        amounts("Value ($)", &["5", "$5", "5 CAD"], "{}"),
        Ok(vec!["USD10.00".to_owned(), "CAD5.00".to_owned()])
    );
    assert_eq!(
        amounts("Value (EUR)", &["5", "$5", "€5", "5 GBP"], "{}"),
        Err("3 Value (EUR) mixed_currencies 5 Value (EUR) mixed_currencies".to_owned())
    );
    assert_eq!(
        amounts("Value (USD)", &["$5"], "{}"),
        Ok(vec!["USD5.00".to_owned()])
    );
    // Whoever maps the column does not make it another currency.
    assert_eq!(
        amounts("Value (EUR)", &["5"], r#"{"Value (EUR)":"Value"}"#),
        Ok(vec!["EUR5.00".to_owned()])
    );
}

#[test]
fn an_amount_is_in_the_currency_of_its_header_and_of_its_product_or_in_none() {
    const PRODUCTS: &[u8] = br#"{"Items":[{"Id":"CVS","CurrencyCode":"USD"},{"Id":"TIMS","CurrencyCode":"CAD"},{"Id":"FNAC","CurrencyCode":"EUR"}]}"#;
    let mut settings = ImportSettings::new(Links);
    settings.catalog = Some(Rc::new(Catalog::from_answer(PRODUCTS).unwrap()));
    for (header, wrong) in [
        ("Value", vec![]),
        ("Value (EUR)", vec!["2", "3"]),
        ("Value (USD)", vec!["3", "4"]),
        ("Value ($)", vec!["4"]),
    ] {
        let file = format!(
            "Product,{header}\nCVS,5\nTIMS,5\nFNAC,5\n{}",
            "\n".repeat(200)
        );

        // Both ways of a row: in one go, and step by step.
        for size in [usize::MAX, 7] {
            let report = import_in_pieces(settings.clone(), file.as_bytes(), size);

            let expected: Vec<_> = wrong
                .iter()
                .map(|line| format!("{line} {header} mixed_currencies"))
                .collect();
            assert_eq!(rejected(&report), expected);
        }
    }
}

#[test]
fn a_note_that_may_change_what_amounts_are_is_asked_about() {
    for header in [
        "Value (cents)",
        "Value (Euro)",
        "Value (in thousands)",
        "Amount ()",
        "Value (XYZ)",
    ] {
        assert_eq!(
            amounts(header, &["500"], "{}"),
            Err(format!("2 {header} unknown_column")),
        );
        let columns = serde_json::json!({ header: "Value" }).to_string();
        assert_eq!(
            amounts(header, &["500"], &columns),
            Ok(vec!["500.00".to_owned()])
        );
    }
    assert_eq!(
        amounts("Betrag (Rappen)", &["500"], r#"{"Betrag":"Value"}"#),
        Err("2 Betrag (Rappen) unknown_column".to_owned())
    );
}

#[test]
fn a_column_of_the_caller_s_is_found_as_leniently_as_another() {
    for (header, name) in [
        ("ÉTRENNE", "étrenne"),
        ("Étrenne\u{200b}", "ETRENNE\u{301}"),
        ("\u{feff}Wert\u{a0}je Karte", "wert je karte"),
        ("Betrag (optional)", "betrag"),
        ("СУММА", "сумма"),
    ] {
        let columns = serde_json::json!({ name: "Value" }).to_string();
        let told = amounts(header, &["500"], &columns);
        assert_eq!(told, Ok(vec!["500.00".to_owned()]), "{header}");
    }
}

#[test]
fn a_default_does_not_stand_for_a_column_that_the_caller_names_and_the_file_lacks() {
    let read = |columns: &str, defaults: &str, file: &str| {
        let mut settings = mapped(columns);
        settings.read_defaults(defaults.as_bytes()).unwrap();
        let report = import(settings, file);
        (issues(&report), rejected(&report))
    };
    let file = "Email,Product,Value,Zuwendung\na@b.co,CVS,5,500\n";
    let (columns, missing) = (
        r#"{"Betrag EUR":"Value"}"#,
        "1 Betrag EUR unknown_column".to_owned(),
    );

    let without_value = file.replace(",Value", ",Worth");
    assert_eq!(
        read(columns, r#"{"Value":25}"#, &without_value),
        (vec![missing.clone()], vec!["2 - unknown_column".to_owned()])
    );
    assert_eq!(
        read(columns, "{}", &without_value),
        (
            vec!["1 Worth unknown_column".to_owned(), missing.clone()],
            vec!["2 Worth unknown_column".to_owned()]
        )
    );
    // Another column has the field.
    assert_eq!(
        read(columns, r#"{"Value":25}"#, file),
        (vec![missing], vec![])
    );
}

fn mapped(columns: &str) -> ImportSettings {
    let mut settings = ImportSettings::new(DigitalDelivery);
    settings.read_columns(columns.as_bytes()).unwrap();
    settings
}

#[test]
fn the_caller_says_which_header_is_which_field() {
    let settings = mapped(
        r#"{"E-Mail Adresse":"DigitalDeliveryAddress.Email","Produkt":"product","WERT":"Value","Email":"","Absent":"Sms"}"#,
    );

    let report = import(
        settings,
        "E-Mail Adresse,Produkt,Wert,Email\na@b.co,CVS,25,ignored\n",
    );

    assert_eq!(rejected(&report), [""; 0]);
    assert_eq!(
        unnamed(&report)[0],
        json!({"ProductId":"CVS","Value":25,"Quantity":1,"DigitalDeliveryAddress":{"Email":"a@b.co"}})
    );
    assert_eq!(issues(&report), ["1 Absent unknown_column"]);
    assert_eq!(report.ignored_columns().collect::<Vec<_>>(), ["Email"]);
}

#[test]
fn a_mapping_or_a_default_that_cannot_be_used_is_refused() {
    let columns = |json: &str| ImportSettings::new(Links).read_columns(json.as_bytes());
    for json in [
        "[]",
        "1",
        r#"{"A":1}"#,
        r#"{"A":"Nonsense"}"#,
        r#"{"A":"PhysicalDeliveryAddress.City"}"#,
    ] {
        let error = columns(json).unwrap_err();
        assert!(error.message.starts_with("columns"), "{json}: {error}");
    }
    let defaults = |json: &str| ImportSettings::new(Links).read_defaults(json.as_bytes());
    for json in [
        "[]",
        r#"{"Quantity":"1"}"#,
        r#"{"Quantity":1.5}"#,
        r#"{"Value":-1}"#,
        r#"{"Nonsense":1}"#,
        r#"{"Personalization":{"FromEmail":"nobody"}}"#,
        r#"{"Personalization":"Acme"}"#,
        r#"{"PhysicalDeliveryAddress":{"City":"Rome"}}"#,
    ] {
        let error = defaults(json).unwrap_err();
        assert!(error.message.starts_with("defaults"), "{json}: {error}");
        assert!(!error.message.contains("nobody"));
    }
    for (wrong, near) in [
        (columns(r#"{"A":"valu"}"#), "value"),
        (columns(r#"{"A":"emial"}"#), "email"),
        (defaults(r#"{"value":25}"#), "Value"),
        (defaults(r#"{"Qty":1,"quantity":1}"#), ""),
        (defaults(r#"{"quantity":1}"#), "Quantity"),
        (
            defaults(r#"{"Personalisation":{"To":"Ann"}}"#),
            "Personalization.To",
        ),
        (
            defaults(r#"{"email":"a@b.co"}"#),
            "DigitalDeliveryAddress.Email",
        ),
    ] {
        let message = wrong.unwrap_err().message;
        let advice = format!("Did you mean {near}?");
        assert_eq!(message.ends_with(&advice), !near.is_empty(), "{message}");
    }
    assert!(defaults(r#"{"Quantity":2,"Personalization":{"FromName":"Acme"}}"#).is_ok());
}

#[test]
fn a_default_stands_where_there_is_no_cell_or_an_empty_one() {
    let mut settings = ImportSettings::new(DigitalDelivery);
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25.5,"Quantity":2,"Personalization":{"FromName":"Acme"}}"#)
        .unwrap();

    let report = import(settings, "email,value,qty\na@b.co,,\nb@b.co,30,1\n");

    assert_eq!(rejected(&report), [""; 0]);
    let values: Vec<_> = report
        .accepted()
        .rows()
        .iter()
        .map(|row| row.face_value.to_decimal())
        .collect();
    assert_eq!(values, ["51.00", "30.00"]);
    assert_eq!(unnamed(&report)[1]["Personalization"]["FromName"], "Acme");
}

#[test]
fn an_inspection_shows_the_first_cells_of_rows_that_are_right_too() {
    let mut settings = ImportSettings::new(OrderType::Links);
    settings.keeps_samples = true;
    let rows: Vec<String> = (0..50).map(|row| format!("CVS,{row}.50\n")).collect();

    let report = import(settings, format!("product,value\n{}", rows.concat()));

    let inspection: Value = serde_json::from_slice(&report.inspection_json()).unwrap();
    assert_eq!(
        inspection["columns"][1]["samples"],
        json!(["0.50", "1.50", "2.50"])
    );
}
