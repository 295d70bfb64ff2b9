//! Cells as people and programs write them, and what the API gets of them.

use std::rc::Rc;

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::Value;

use super::{import, issues, rejected, unnamed};

/// What a cell of a valid row becomes, by the pointer to its field; or what is said of it.
fn read(
    settings: &ImportSettings,
    header: &str,
    cell: &str,
    pointer: &str,
) -> Result<String, String> {
    let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
    let file = match settings_type(settings) {
        PhysicalShipment => format!(
            "{header};Name;Address;City;State;Country;Shipping Method;Product;Value\n{quoted};Ann;1 Main St;Rome;NY;US;STD;CVS;25\n"
        ),
        _ => format!("{header};Product;Value\n{quoted};CVS;25\n"),
    };
    let report = import(settings.clone(), file);
    match rejected(&report).as_slice() {
        [] => Ok(unnamed(&report)[0]
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()),
        told => Err(told.join(" ")),
    }
}

fn settings_type(settings: &ImportSettings) -> OrderType {
    OrderType::ALL
        .into_iter()
        .find(|order_type| format!("{settings:?}").contains(&format!("order_type: {order_type:?}")))
        .unwrap()
}

#[test]
fn an_address_is_taken_out_of_what_mail_programs_wrap_it_in() {
    let settings = ImportSettings::new(DigitalDelivery);
    for cell in [
        "ann@example.com",
        "Ann Lee <ann@example.com>",
        "\"Lee, Ann\" <ann@example.com>",
        "<ann@example.com>",
        "mailto:ann@example.com",
        "MAILTO:ann@example.com?subject=Hi",
        " ann@example.com\u{a0}",
        "\u{200b}ann@example.com\u{feff}",
        "ann@\u{ad}example.com",
        "\u{202a}ann@example.com\u{202c}",
    ] {
        assert_eq!(
            read(&settings, "Email", cell, "/DigitalDeliveryAddress/Email"),
            Ok("ann@example.com".into()),
            "{cell}"
        );
    }
    assert_eq!(
        read(&settings, "Email", "Ann Lee", ""),
        Err("2 Email invalid_email".into())
    );
}

#[test]
fn a_phone_number_is_read_as_people_write_it() {
    let mut settings = ImportSettings::new(DigitalDelivery);
    for cell in [
        "+12125550100",
        "+1 (212) 555-0100",
        "'+12125550100",
        "\u{200b}+1\u{a0}212\u{2011}555\u{2011}0100",
        "tel:+1-212-555-0100",
    ] {
        assert_eq!(
            read(&settings, "Phone", cell, "/DigitalDeliveryAddress/Sms"),
            Ok("+12125550100".into()),
            "{cell}"
        );
    }
    assert_eq!(
        read(&settings, "Phone", "12125550100", ""),
        Err("2 Phone invalid_phone".into())
    );
    settings.set_default_country("US").unwrap();
    for cell in [
        "(212) 555-0100",
        "212.555.0100",
        "12125550100",
        "12125550100.0",
        "2125550100",
        "'2125550100",
    ] {
        assert_eq!(
            read(&settings, "Phone", cell, "/DigitalDeliveryAddress/Sms"),
            Ok("+12125550100".into()),
            "{cell}"
        );
    }
    let report = import(settings, "Phone,Product,Value\n1.55556E+10,CVS,25\n");
    assert_eq!(rejected(&report), ["2 Phone invalid_phone"]);
    let rows: Value = serde_json::from_slice(&report.rejected_json()).unwrap();
    assert!(
        rows[0]["issues"][0]["message"]
            .as_str()
            .unwrap()
            .contains("has lost digits")
    );
    assert!(
        ImportSettings::new(Links)
            .set_default_country("XX")
            .is_err()
    );
}

#[test]
fn a_guard_in_front_of_digits_is_no_part_of_them() {
    let settings = ImportSettings::new(PhysicalShipment);
    for cell in ["02134", "'02134", "=\"02134\"", " '02134 ", "\u{200b}02134"] {
        assert_eq!(
            read(&settings, "Zip", cell, "/PhysicalDeliveryAddress/Zip"),
            Ok("02134".into()),
            "{cell}"
        );
    }
    let settings = ImportSettings::new(Links);
    assert_eq!(
        read(
            &settings,
            "Message",
            "'90s party",
            "/Personalization/Message"
        ),
        Ok("'90s party".into())
    );
    let report = import(settings, "External Id,Product,Value\n'00017,CVS,25\n");
    assert_eq!(super::lines(&report)[0]["ExternalId"], "00017");
}

#[test]
fn a_day_becomes_a_delivery_date_at_the_time_that_the_caller_says() {
    let mut settings = ImportSettings::new(Links);
    assert_eq!(
        read(&settings, "Delivery date", "2026-12-24", ""),
        Err("2 Delivery date invalid_date_time".into())
    );
    settings.set_delivery_time("09:00-05:00").unwrap();
    for cell in [
        "2026-12-24",
        "24.12.2026",
        "12/24/2026",
        "2026-12-24T00:00:00",
        "2026-12-24T09:00:00-05:00",
    ] {
        assert_eq!(
            read(
                &settings,
                "Delivery date",
                cell,
                "/Personalization/DeliveryDate"
            ),
            Ok("2026-12-24T09:00:00-05:00".into()),
            "{cell}"
        );
    }
    assert_eq!(
        read(&settings, "Delivery date", "04/05/2026", ""),
        Err("2 Delivery date invalid_date_time".into())
    );
    settings.set_date_order("dmy").unwrap();
    assert_eq!(
        read(
            &settings,
            "Delivery date",
            "04/05/2026",
            "/Personalization/DeliveryDate"
        ),
        Ok("2026-05-04T09:00:00-05:00".into())
    );
    assert!(
        settings.set_date_order("ymd").is_err() && settings.set_delivery_time("9 o'clock").is_err()
    );
}

const PRODUCTS: &[u8] = r#"[{"Id":"CVS","Name":"CVS Pharmacy","CurrencyCode":"USD"},{"Id":"TIMS","Name":"Tim Hortons","CurrencyCode":"CAD"},
    {"Id":"TGT-1","Name":"Target","CurrencyCode":"USD"},{"Id":"TGT-2","Name":"Target","CurrencyCode":"USD"},{"Id":"SUSHI","Name":"寿司","CurrencyCode":"JPY"}]"#.as_bytes();

fn with_catalog(file: &str) -> ImportReport {
    let mut settings = ImportSettings::new(Links);
    settings.catalog = Some(Rc::new(Catalog::from_answer(PRODUCTS).unwrap()));
    import(settings, file)
}

#[test]
fn a_product_is_known_by_its_id_in_another_case_and_by_its_name_where_it_is_the_only_one() {
    let report = with_catalog(
        "Product,Value\nCVS,25\ncvs,25\nCvs Pharmacy,25\nTim Hortons,25\n\u{200b}CVS\u{200b},25\nTarget,25\nTarg,25\n寿司,1000\n",
    );
    assert_eq!(
        rejected(&report),
        ["7 Product unknown_product", "8 Product unknown_product"]
    );
    let products: Vec<_> = unnamed(&report)
        .iter()
        .map(|line| line["ProductId"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(products, ["CVS", "CVS", "CVS", "TIMS", "CVS", "SUSHI"]);
}

#[test]
fn yen_have_no_decimals_so_their_thousands_are_clear() {
    let report = with_catalog(
        "Product,Value\nSUSHI,\"1,500\"\nSUSHI,1.500\nSUSHI,\"¥1,500\"\nSUSHI,1500.5\nCVS,\"1,500\"\n",
    );
    assert_eq!(
        rejected(&report),
        ["5 Value too_many_decimals", "6 Value ambiguous_amount"]
    );
    assert_eq!(report.totals()[0].face_value.to_decimal(), "4500.00");
    let summary: Value = serde_json::from_slice(&report.summary_json()).unwrap();
    assert_eq!(summary["totals"][0]["faceValue"], "4500");

    // Without a catalog, by what the cell or the header says.
    let report = import(
        ImportSettings::new(Links),
        "Product,Value\nX,\"1,500 JPY\"\nX,¥1500.5\nX,\"1,000円\"\nX,\"1,500 USD\"\n",
    );
    assert_eq!(
        rejected(&report),
        ["3 Value too_many_decimals", "5 Value ambiguous_amount"]
    );
    let report = import(
        ImportSettings::new(Links),
        "Product,Value (JPY)\nX,\"1,500\"\nX,25.5\n",
    );
    assert_eq!(
        (rejected(&report), issues(&report)),
        (vec!["3 Value (JPY) too_many_decimals".to_owned()], vec![])
    );
}

#[test]
fn a_row_comes_to_no_more_than_the_caller_allows() {
    let mut settings = ImportSettings::new(Links);
    settings.set_max_value("100").unwrap();
    let file = format!(
        "Product,Value,Quantity\nCVS,100,1\nCVS,50,3\nCVS,25,4\nCVS,100.01,1\n{}",
        "\n".repeat(300)
    );
    for size in [usize::MAX, 7] {
        let report = super::import_in_pieces(settings.clone(), file.as_bytes(), size);
        assert_eq!(
            rejected(&report),
            ["3 Value over_limit", "5 Value over_limit"]
        );
    }
    assert!(settings.set_max_value("0").is_err() && settings.set_max_value("much").is_err());
}

#[test]
fn a_file_that_comes_to_more_than_a_campaign_may_is_told() {
    let file = "Product,Value\nCVS,60 USD\nTIMS,40.00 CAD\nCVS,0\n";
    for (maximum, told) in [
        ("100", vec![]),
        ("99.99", vec!["1 - over_limit"]),
        ("0", vec!["1 - over_limit"]),
    ] {
        let mut settings = ImportSettings::new(Links);
        settings.set_max_campaign_value(maximum).unwrap();
        let report = import(settings, file);
        assert_eq!(issues(&report), told, "{maximum}");
        assert_eq!(report.accepted().rows().len(), 2);
    }
    let mut settings = ImportSettings::new(Links);
    assert!(settings.set_max_campaign_value("much").is_err());
}

#[test]
fn a_line_break_of_a_table_that_a_database_wrote_is_one() {
    let message = |settings: &ImportSettings, delimiter: &str, cell: &str| {
        let file = format!("product|value|message\nCVS|25|{cell}\n").replace('|', delimiter);
        let report = import(settings.clone(), file);
        assert_eq!(rejected(&report), [""; 0], "{cell}");
        let line = unnamed(&report).remove(0);
        line["Personalization"]["Message"]
            .as_str()
            .map(str::to_owned)
    };
    let settings = ImportSettings::new(Links);
    for (delimiter, cell, expected) in [
        // mysql --batch, COPY text and Miller's --otsv.
        ("\t", r"Well done!\nAnn \\o/", "Well done!\nAnn \\o/"),
        ("\t", "\"Well done!\nAnn\"", "Well done!\nAnn"),
        // These programs write a break as it is, in quotes.
        (",", r"Well done!\nAnn", r"Well done!\nAnn"),
        (";", r"Well done!\nAnn", r"Well done!\nAnn"),
        ("\t", r"C:\new\stuff", r"C:\new\stuff"),
    ] {
        let read = message(&settings, delimiter, cell);
        assert_eq!(read.as_deref(), Some(expected), "{cell}");
    }
    // A name has none, and is told.
    let report = import(
        settings,
        "product\tvalue\tname\nCVS\t25\tAnn\\nLee\nCVS\t25\t\\N\n",
    );
    assert_eq!(unnamed(&report)[0]["Personalization"]["To"], r"Ann\nLee");
    assert_eq!(rejected(&report), ["3 name invalid_type"]);
}
