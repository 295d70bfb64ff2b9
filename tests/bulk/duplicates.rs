//! Rows that pay the same recipient what an earlier one pays: each would be a second card, so they are rejected unless they are meant.

use std::fmt::Write;

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::{accepting, digital, import, import_in_pieces, links, rejected};

/// Settings of a host with tables of Unicode.
fn composing(order_type: OrderType) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.compose = |text| text.nfc().collect();
    settings
}

fn found(report: &ImportReport) -> Vec<(u32, u32)> {
    let both = report.duplicates().iter();
    both.map(|two| (two.line, two.first_line)).collect()
}

const FILE: &str = "email,sms,product,value\n\
    a@b.co,,CVS,25\n\
    A@B.CO,,CVS,25.00\n\
    a@b.co,,CVS,26\n\
    a@b.co,,GAP,25\n\
    a@b.co,+15555555555,CVS,25\n\
    \u{200b} a@b.co\u{a0},,cvs,$25\n";

#[test]
fn a_row_that_pays_what_an_earlier_one_pays_is_rejected_with_the_line_that_it_repeats() {
    // Both ways of a row: in one go, and step by step.
    let file = [FILE, &"\n".repeat(300)].concat();
    for size in [usize::MAX, 7] {
        let report = import_in_pieces(ImportSettings::new(DigitalDelivery), file.as_bytes(), size);

        // A phone number beside the address is no other recipient, and a quantity no other payment.
        let expected = [
            "3 - duplicate_row",
            "6 - duplicate_row",
            "7 - duplicate_row",
        ];
        assert_eq!(rejected(&report), expected);
        assert_eq!(found(&report), [(3, 2), (6, 2), (7, 2)]);
        assert_eq!(report.accepted().rows().len(), 3);
        let rows: Value = serde_json::from_slice(&report.rejected_json()).unwrap();
        assert_eq!(rows[1]["issues"][0]["params"], json!({ "firstLine": 2 }));
        assert_eq!(report.totals()[0].face_value.to_decimal(), "76.00");
        let csv = String::from_utf8(report.rejected_csv()).unwrap();
        assert!(csv.contains("A@B.CO,,CVS,25.00,\"The row pays the same recipient"));
    }
}

#[test]
fn a_phone_number_with_and_without_an_address_is_the_same_recipient() {
    const HEADER: &str = "email,sms,product,value";
    let told = |rows: &[&str]| {
        let file = [&[HEADER], rows, &["\n".repeat(300).as_str()]]
            .concat()
            .join("\n");
        let mut settings = ImportSettings::new(DigitalDelivery);
        let at_once = import(settings.clone(), &file);
        let step_by_step = import_in_pieces(settings.clone(), file.as_bytes(), 7);
        assert_eq!(at_once.rejected_json(), step_by_step.rejected_json());
        settings.accepts_duplicates = true;
        let meant = import(settings, &file);
        assert_eq!(found(&meant), found(&at_once));
        assert_eq!(meant.rejected_count(), 0);
        found(&at_once)
    };
    assert_eq!(
        told(&["a@b.co,+15555555555,CVS,25", ",+15555555555,cvs,25.00"]),
        [(3, 2)]
    );
    assert_eq!(
        told(&[",+15555555555,CVS,25", "a@b.co,+15555555555,CVS,25"]),
        [(3, 2)]
    );
    // Whose number it is, a row that is a repetition itself may tell.
    assert_eq!(
        told(&[
            "a@b.co,,CVS,25",
            "a@b.co,+15555555555,CVS,25",
            ",+15555555555,CVS,25"
        ]),
        [(3, 2), (4, 2)]
    );
    // Two addresses are two people, who may share a telephone; another product or value is another payment.
    assert_eq!(
        told(&[
            "a@b.co,+15555555555,CVS,25",
            "c@b.co,+15555555555,CVS,25",
            ",+15555555555,CVS,30",
            ",+15555555555,GAP,25",
            ",+15555555556,CVS,25",
        ]),
        []
    );
}

#[test]
fn rows_that_are_meant_twice_are_accepted_and_still_reported() {
    let report = import(accepting(DigitalDelivery), FILE);

    assert_eq!(rejected(&report), [""; 0]);
    assert_eq!(found(&report), [(3, 2), (6, 2), (7, 2)]);
    let rows = report.accepted().rows();
    let nth: Vec<_> = rows.iter().map(|row| row.occurrence).collect();
    assert_eq!(nth, [0, 1, 0, 0, 2, 3]);
}

#[test]
fn a_parcel_goes_to_the_same_person_in_whatever_letters_the_address_is() {
    let header = "Name,Address,City,State,Zip,Country,Shipping Method,Product,Value\n";
    let first = "Zo\u{eb} M\u{fc}ller,1 Main St,Montr\u{e9}al,QC,K1A 0B1,CA,STD,CVS,25\n";
    for again in [
        "Zoe\u{308} Mu\u{308}ller,1 Main St,Montre\u{301}al,QC,K1A 0B1,CA,STD,CVS,25\n",
        "ZO\u{cb} M\u{dc}LLER,1 MAIN ST,MONTR\u{c9}AL,qc,K1A0B1,CA,EXPRESS,CVS,25.00\n",
        "Zo\u{eb}  M\u{fc}ller ,1\u{a0}Main St,Montr\u{e9}\u{ad}al,QC,K1A 0B1,CA,STD,CVS,25\n",
    ] {
        let report = import(composing(PhysicalShipment), [header, first, again].concat());
        assert_eq!(rejected(&report), ["3 - duplicate_row"], "{again}");
    }
    for other in [
        "Zoe M\u{fc}ller,1 Main St,Montr\u{e9}al,QC,K1A 0B1,CA,STD,CVS,25\n",
        "Zo\u{eb} M\u{fc}ller,2 Main St,Montr\u{e9}al,QC,K1A 0B1,CA,STD,CVS,25\n",
    ] {
        let report = import(composing(PhysicalShipment), [header, first, other].concat());
        assert_eq!(rejected(&report), [""; 0], "{other}");
    }
}

#[test]
fn a_row_without_a_recipient_repeats_nothing() {
    let report = links("product,value,name\nCVS,25,Ann\nCVS,25,Ann\n");
    assert_eq!((rejected(&report), found(&report)), (vec![], vec![]));

    let report = import(
        ImportSettings::new(Links),
        "email,product,value\na@b.co,CVS,25\na@b.co,CVS,25\n,CVS,25\n,CVS,25\n",
    );
    assert_eq!(rejected(&report), ["3 - duplicate_row"]);
}

#[test]
fn what_an_invalid_row_says_is_repeated_by_none() {
    let report = digital(
        "email,product,value,from email\na@b.co,CVS,25,nobody\na@b.co,CVS,25,\na@b.co,CVS,25,\n",
    );
    assert_eq!(
        rejected(&report),
        ["2 from email invalid_email", "4 - duplicate_row"]
    );
    assert_eq!(found(&report), [(4, 3)]);
}

#[test]
fn among_many_rows_each_repeated_one_is_found() {
    let mut file = "email,product,value\n".to_owned();
    for row in 0..20_000 {
        let _ = writeln!(file, "p{}@example.com,CVS,25", row % 15_000);
    }

    let report = digital(&file);

    assert_eq!(
        (report.accepted().rows().len(), report.rejected_count()),
        (15_000, 5_000)
    );
    assert!(
        found(&report)
            .iter()
            .all(|(line, first)| line - first == 15_000)
    );
}
