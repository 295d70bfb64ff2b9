//! Lists of whom a second sceptic asked what each means: two addresses in a cell, subtotals, amounts in cents, words of other countries.

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::Value;

use super::{digital, issues, lines, read_both_ways, rejected};

const PRODUCT: &str = r#"{"ProductId":"CVS"}"#;
const FILLED: &str = r#"{"ProductId":"CVS","Value":25}"#;

fn settings(order_type: OrderType, defaults: &str) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.read_defaults(defaults.as_bytes()).unwrap();
    settings
}

/// The text of a member of a line; nothing where it is not there.
fn text(line: &Value, path: &[&str]) -> String {
    let member = path.iter().try_fold(line, |value, key| value.get(key));
    member.map_or_else(String::new, |value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    })
}

#[test]
fn of_two_addresses_in_a_cell_none_is_paid() {
    for cell in [
        "Ann <a@b.co>; Bob <c@d.co>",
        "Ann <a@b.co> <c@d.co>",
        "a@b.co <c@d.co>",
        "a@b.co<c@d.co>",
        "#a@b.co",
        "//a@b.co",
    ] {
        let report = read_both_ways(
            &settings(DigitalDelivery, FILLED),
            &format!("Email;Name\n\"{cell}\";Ann\n"),
        );
        assert_eq!(rejected(&report), ["2 Email invalid_email"], "{cell}");
    }
}

#[test]
fn a_street_in_two_columns_is_asked_about() {
    for headers in [
        "Street Number,Street Name",
        "Straße,Straßennummer",
        "Straße,HNr",
        "Address Street,Address Number",
    ] {
        let report = read_both_ways(
            &settings(PhysicalShipment, FILLED),
            &format!(
                "Name,{headers},City,State,Zip,Country,Shipping Method Id\nAda,12,Main St,NY,NY,10001,US,1\n"
            ),
        );
        assert_eq!(report.accepted().rows().len(), 0, "{headers}");
        assert!(issues(&report)[0].ends_with("duplicate_field"), "{headers}");
    }
}

#[test]
fn amounts_in_cents_or_per_cent_are_asked_about() {
    for file in [
        "Email,Amount ¢\na@b.co,2500\n",
        "Email,Gift amount (¢)\na@b.co,2500\n",
        "Email,Amount %\na@b.co,50\n",
        "Amounts in cents\n\nEmail,Amount,Name\na@b.co,2500,Ann\n",
        "Beträge in Cent,,\nEmail,Betrag,Name\na@b.co,2500,Ann\n",
    ] {
        let report = read_both_ways(&settings(DigitalDelivery, PRODUCT), file);
        assert_eq!(report.accepted().rows().len(), 0, "{file}");
        assert!(issues(&report)[0].ends_with("unknown_column"), "{file}");
    }
}

#[test]
fn a_currency_above_the_header_is_that_of_the_amounts() {
    let file = "Holiday gifts 2026 – all amounts in CAD,,\nEmail,Amount,Name\na@b.co,25,Ann\n";
    let report = read_both_ways(&settings(DigitalDelivery, PRODUCT), file);
    assert_eq!(report.accepted().currencies(), ["", "CAD"]);
}

#[test]
fn nombre_beside_a_french_name_is_a_number_of_cards() {
    let file = "Prénom;Nom;Courriel;Montant;Nombre\nAnn;Lee;a@b.co;25;3\n";
    let report = read_both_ways(&settings(DigitalDelivery, PRODUCT), file);
    assert_eq!(rejected(&report), ["2 Nombre unknown_column"]);

    // As a name it is none.
    let file = "Courriel;Montant;Nombre\na@b.co;25;3\nb@b.co;25;Ana\n";
    let report = read_both_ways(&settings(DigitalDelivery, PRODUCT), file);
    assert_eq!(rejected(&report), ["2 Nombre invalid_type"]);
    assert_eq!(text(&lines(&report)[0], &["Personalization", "To"]), "Ana");
}

#[test]
fn nobody_who_asked_for_a_card_is_paid_for_the_one_who_gets_it() {
    for header in [
        "Requested by (email)",
        "Created By Email",
        "Reply-to Email",
        "Sales rep email",
        "Invited by email",
    ] {
        let report = read_both_ways(
            &settings(DigitalDelivery, PRODUCT),
            &format!("Recipient Name,{header},Gift Amount\nAnn,boss@b.co,25\n"),
        );
        assert_eq!(report.accepted().rows().len(), 0, "{header}");
    }
}

#[test]
fn a_subtotal_buys_nothing() {
    for name in [
        "Ann Total",
        "Sales Total",
        "Ann Ergebnis",
        "Total for A",
        "Total gift cards",
        "Subtotal",
    ] {
        let file = format!("Name,Amount,Quantity\nAnn,25,2\n{name},25,2\n");
        let report = read_both_ways(&settings(Links, PRODUCT), &file);
        assert_eq!(report.accepted().rows().len(), 1, "{name}");
        let file = format!("Department,Amount,Quantity\nSales,25,2\n{name},25,2\n");
        let report = read_both_ways(&settings(Links, PRODUCT), &file);
        assert_eq!(report.accepted().rows().len(), 1, "{name}");
    }
    // These are somebody's.
    for name in ["Total Wine", "Ann Totaro", "Totalis"] {
        let file = format!("Name,Amount,Quantity\n{name},25,2\n");
        let report = read_both_ways(&settings(Links, PRODUCT), &file);
        assert_eq!(report.accepted().rows().len(), 1, "{name}");
    }
}

#[test]
fn a_line_break_in_a_cell_is_the_same_whatever_ends_the_lines_of_the_file() {
    let of = |ending: &str| {
        let file = [
            "Email,Product,Value,Message",
            "a@b.co,CVS,25,\"hi",
            "b\"",
            "",
        ]
        .join(ending);
        let report = read_both_ways(&ImportSettings::new(DigitalDelivery), &file);
        (lines(&report), report.accepted().rows()[0].content)
    };
    let expected = of("\n");
    assert_eq!(
        text(&expected.0[0], &["Personalization", "Message"]),
        "hi\nb"
    );
    assert_eq!(of("\r\n"), expected);
    assert_eq!(of("\r"), expected);
}

#[test]
fn a_date_of_delivery_has_many_names() {
    for header in [
        "Send at",
        "Gift date",
        "Ship date",
        "Scheduled",
        "Not before",
        "Embargo",
    ] {
        let file = format!("Email,Product,Value,{header}\na@b.co,CVS,25,2099-12-24T09:00:00Z\n");
        let report = digital(&file);
        assert!(
            text(&lines(&report)[0], &["Personalization", "DeliveryDate"]).starts_with("2099"),
            "{header}: {:?}",
            lines(&report)
        );
    }
}

#[test]
fn addresses_as_google_exports_them_are_read() {
    let file =
        "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value\nAnn,Lee,a@b.co,+15555550100\n";
    let report = read_both_ways(&settings(DigitalDelivery, FILLED), file);
    let line = &lines(&report)[0];
    assert_eq!(text(line, &["DigitalDeliveryAddress", "Email"]), "a@b.co");
    assert_eq!(
        text(line, &["DigitalDeliveryAddress", "Sms"]),
        "+15555550100"
    );
}

#[test]
fn a_country_is_read_as_people_write_it() {
    for (cell, code) in [
        ("us", "US"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("U.S.A.", "US"),
        ("United States", "US"),
        ("united states of america", "US"),
        ("UK", "GB"),
        ("Canada", "CA"),
        ("Deutschland", "DE"),
        ("Österreich", "AT"),
        ("de", "DE"),
    ] {
        let zip = match code {
            "GB" => "SW1A 1AA",
            "CA" => "K1A 0B1",
            _ => "10001",
        };
        let file = format!(
            "Name,Address,City,State,Zip,Country,Shipping Method Id\nAda,1 Main St,Ulm,NY,{zip},{cell},1\n"
        );
        let report = read_both_ways(&settings(PhysicalShipment, FILLED), &file);
        assert_eq!(rejected(&report), Vec::<String>::new(), "{cell}");
        assert_eq!(
            text(&lines(&report)[0], &["PhysicalDeliveryAddress", "Country"]),
            code
        );
    }
    let file = "Name,Address,City,State,Zip,Country,Shipping Method Id\nAda,1 Main St,Ulm,NY,10001,Atlantis,1\n";
    let report = read_both_ways(&settings(PhysicalShipment, FILLED), file);
    assert_eq!(rejected(&report), ["2 Country invalid_country"]);
}
