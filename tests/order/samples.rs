//! The bodies that the API's own pages show.

use crate::{check, found};

const SAMPLES: &str = include_str!("../json/order_bodies.txt");

const EXPECTED: [(&str, u64, &str); 10] = [
    ("PO-12345", 1, "25.00"),
    ("PO-12345", 1, "25.00"),
    ("API-11001", 1, "20.00"),
    ("BULK-12001", 2, "50.00"),
    ("DIGITAL-13001", 1, "15.00"),
    ("LINKS-14001", 1, "50.00"),
    ("PHYSICAL-15001", 1, "50.00"),
    ("BRANDED-16001", 1, "25.00"),
    ("LOYALTY-3001", 1, "20.00"),
    ("PROMO-4001", 1, "15.00"),
];

/// Bodies of other clients (fact sheet, section 6, 11 and 12), in the documented case and with numbers as numbers.
const OF_CLIENTS: [(&str, &str, &str); 2] = [
    (
        r#"{"LineItems":[{"ProductId":"AMAZON","Quantity":1,"Value":10,"DigitalDeliveryAddress":{"Email":"a@example.com"},"Personalization":{"FromName":"Sender","To":"Name"}}],"PONumber":"a@example.com42","Type":"Links","Note":"text"}"#,
        "a@example.com42",
        "10.00",
    ),
    (
        r#"{"Type":"Links","PONumber":"guid","LineItems":[{"ProductId":"X","Value":10,"Quantity":1,"ExternalId":"guid","Culture":"en-US","Personalization":{"To":"Name","FromName":"Sender","DeliveryDate":"2020-12-01T00:00:00Z"}}],"WebhookSettings":{"FulfillmentComplete":"https://example.com/hook"}}"#,
        "guid",
        "10.00",
    ),
];

#[track_caller]
fn assert_clean(body: &str, po_number: &str, lines: u64, face_value: &str) {
    let report = check(body);

    assert_eq!(found(&report), [""; 0], "{body}");
    assert_eq!(report.po_number.as_deref(), Some(po_number));
    assert_eq!(report.line_count, lines);
    assert_eq!(report.face_value.to_decimal(), face_value);
}

#[test]
fn every_documented_sample_is_valid_without_an_issue() {
    let bodies: Vec<_> = SAMPLES
        .lines()
        .filter_map(|line| line.split_once(" {").filter(|_| !line.starts_with('#')))
        .map(|(_, rest)| format!("{{{rest}"))
        .collect();

    assert!(bodies.len() >= EXPECTED.len());
    for (body, (po_number, lines, face_value)) in bodies.iter().zip(EXPECTED) {
        assert_clean(body, po_number, lines, face_value);
    }
}

#[test]
fn the_bodies_of_other_clients_are_valid_once_they_are_spelled_as_documented() {
    for (body, po_number, face_value) in OF_CLIENTS {
        assert_clean(body, po_number, 1, face_value);
    }
}
