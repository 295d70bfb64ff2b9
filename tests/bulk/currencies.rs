//! A column that says what amounts are in is no column to be passed over.

use std::rc::Rc;

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::catalog::Catalog;
use giftcard_partners::order::OrderType::DigitalDelivery;

use super::{issues, read_both_ways, rejected, unnamed};

const PRODUCTS: &[u8] =
    br#"{"Items":[{"Id":"CVS","CurrencyCode":"USD"},{"Id":"TIMS","CurrencyCode":"CAD"},
    {"Id":"LAWSON","CurrencyCode":"JPY"},{"Id":"ZAIN","CurrencyCode":"KWD"},{"Id":"ANY"}]}"#;

fn with_catalog() -> ImportSettings {
    let mut settings = ImportSettings::new(DigitalDelivery);
    settings.catalog = Some(Rc::new(Catalog::from_answer(PRODUCTS).unwrap()));
    settings
}

#[test]
fn a_currency_beside_the_amount_must_be_the_one_of_the_product() {
    for header in [
        "Currency",
        "Ccy",
        "Währung",
        "Devise",
        "Currency Code",
        "Moneda",
        "Valuta",
        "Waluta",
        "валюта",
        "通貨",
        "Unit",
        "Team",
        "X",
    ] {
        for (currency, is_other) in [
            ("JPY", true),
            ("EUR", true),
            ("€", true),
            ("USD", false),
            ("US$", false),
            ("$", false),
            ("", false),
        ] {
            let file = format!("Email,Product,Value,{header}\na@b.co,CVS,1500.00,{currency}\n");

            let report = read_both_ways(&with_catalog(), &file);

            let expected = format!("2 {header} mixed_currencies");
            let expected = if is_other { vec![expected] } else { vec![] };
            assert_eq!(rejected(&report), expected, "{header} {currency}");
            if !is_other {
                assert_eq!(report.accepted().currencies(), ["", "USD"]);
            }
        }
    }
}

#[test]
fn a_currency_beside_the_amount_must_be_the_one_that_the_cell_or_its_header_names() {
    let file = "Email,Product,Value,Currency\na@b.co,ANY,25 EUR,USD\nb@b.co,ANY,25 EUR,EUR\nc@b.co,ANY,$25,EUR\nd@b.co,ANY,$25,CAD\n";
    for settings in [with_catalog(), ImportSettings::new(DigitalDelivery)] {
        let report = read_both_ways(&settings, file);
        assert_eq!(
            rejected(&report),
            ["2 Currency mixed_currencies", "4 Currency mixed_currencies"]
        );
        assert_eq!(report.accepted().currencies(), ["", "EUR", "CAD"]);
    }
    let report = read_both_ways(
        &ImportSettings::new(DigitalDelivery),
        "Email,Product,Value (EUR),Currency\na@b.co,ANY,25,USD\nb@b.co,ANY,25,EUR\n",
    );
    assert_eq!(rejected(&report), ["2 Currency mixed_currencies"]);
    // Two of them that differ.
    let report = read_both_ways(
        &ImportSettings::new(DigitalDelivery),
        "Email,Product,Value,Currency,Ccy\na@b.co,ANY,25,USD,EUR\nb@b.co,ANY,25,$,USD\n",
    );
    assert_eq!(rejected(&report), ["2 Ccy mixed_currencies"]);
}

#[test]
fn a_currency_beside_the_amount_says_how_the_amount_is_read_and_what_the_total_is_in() {
    let file = "Email,Product,Value,Currency\na@b.co,ANY,\"1,500\",JPY\nb@b.co,ANY,\"1,500\",KRW\nc@b.co,ANY,25.50,EUR\nd@b.co,ANY,25.5,JPY\n";

    let report = read_both_ways(&ImportSettings::new(DigitalDelivery), file);

    assert_eq!(rejected(&report), ["5 Value too_many_decimals"]);
    assert_eq!(report.accepted().currencies(), ["", "JPY", "KRW", "EUR"]);
    assert_eq!(unnamed(&report)[0]["Value"], 1500);
}

#[test]
fn a_column_of_currencies_that_names_none_is_asked_about_and_can_be_left_out() {
    let file =
        "Email,Product,Value,Currency\na@b.co,CVS,25,XAF\nb@b.co,CVS,25,Gold\nc@b.co,CVS,25,usd\n";
    assert_eq!(
        rejected(&read_both_ways(&with_catalog(), file)),
        ["2 Currency mixed_currencies", "3 Currency mixed_currencies"]
    );

    let mut settings = with_catalog();
    settings.read_columns(br#"{"Currency":"ignore"}"#).unwrap();
    let report = read_both_ways(&settings, file);
    assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
}

#[test]
fn an_amount_under_a_header_of_currencies_is_no_default() {
    let mut settings = with_catalog();
    settings.read_defaults(br#"{"Value":25}"#).unwrap();
    let report = read_both_ways(
        &settings,
        "Email,Product,Currency\na@b.co,CVS,500\nb@b.co,CVS,USD\nc@b.co,CVS,500 USD\n",
    );
    assert_eq!(
        rejected(&report),
        ["2 Currency unknown_column", "4 Currency unknown_column"]
    );
}
