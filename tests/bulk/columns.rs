//! Columns: which header means which field, what the caller says of it, and what fills the gaps.

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::{Value, json};

use super::{digital, import, issues, links, rejected, unnamed};

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
