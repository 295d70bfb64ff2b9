//! The ledger against the history.

use giftcard_partners::bulk::{Campaign, OrderState, Reconciliation};
use serde_json::{Value, json};

use crate::rows::{nfc, planned};

fn report(campaign: &Campaign, history: &[Value]) -> Value {
    let mut reconciliation = Reconciliation::new(campaign, nfc);
    for order in history {
        reconciliation.add(order.to_string().as_bytes());
    }
    serde_json::from_slice(&reconciliation.to_json()).unwrap()
}

/// An order of the campaign as the history shows it.
fn shown(campaign: &Campaign, place: usize, id: &str, status: &str) -> Value {
    let mut order: Value = serde_json::from_slice(&campaign.body(place).unwrap()).unwrap();
    order["Id"] = id.into();
    order["Status"] = status.into();
    order
}

#[test]
fn each_difference_is_named_once() {
    let mut campaign = planned(&[0, 1, 2, 3, 4, 5, 6], 1);
    let names: Vec<String> = campaign
        .orders()
        .iter()
        .map(|order| order.po_number().to_owned())
        .collect();
    for (place, name) in names.iter().enumerate().take(5) {
        let id = format!("O-{place}");
        campaign
            .record(name, OrderState::Created, Some(&id))
            .unwrap();
    }
    campaign
        .record(&names[5], OrderState::Unknown, None)
        .unwrap();
    let mut altered = shown(&campaign, 3, "O-3", "Complete");
    altered["LineItems"][0]["Value"] = json!(50);
    let history = [
        shown(&campaign, 0, "O-0", "Complete"),
        shown(&campaign, 1, "O-1", "Pending"),
        altered,
        shown(&campaign, 4, "O-44", "Complete"),
        shown(&campaign, 5, "O-5", "Complete"),
        json!({"Id": "O-9", "PONumber": "PO-9"}),
    ];

    let report = report(&campaign, &history);

    assert_eq!(
        report,
        json!({
            "missing": [{"poNumber": names[2], "state": "created", "orderId": "O-2"}],
            "extra": [{"poNumber": names[5], "state": "unknown", "foundId": "O-5"}],
            "different": [
                {"poNumber": names[3], "state": "created", "orderId": "O-3", "foundId": "O-3"},
                {"poNumber": names[4], "state": "created", "orderId": "O-4", "foundId": "O-44"},
            ],
            "pending": [{"poNumber": names[1], "state": "created", "orderId": "O-1", "foundId": "O-1"}],
            "matched": 2,
            "others": 1,
        })
    );
}

#[test]
fn two_orders_under_one_po_number_are_a_difference() {
    let mut campaign = planned(&[0], 1);
    let name = campaign.orders()[0].po_number().to_owned();
    campaign
        .record(&name, OrderState::Created, Some("A"))
        .unwrap();
    let mut other = shown(&campaign, 0, "B", "Complete");
    other["LineItems"][0]["Quantity"] = json!(2);

    let report = report(&campaign, &[other, shown(&campaign, 0, "A", "Complete")]);

    assert_eq!(report["different"][0]["foundId"], "B");
}
