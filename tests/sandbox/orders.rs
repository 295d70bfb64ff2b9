//! Orders that are placed: echo, cost, funds, status, notifications, and the same bytes again.

use giftcard_partners::money::Amount;
use giftcard_partners::sandbox::{BalanceError, Clock, ClockMode, Fault, Reply};
use serde_json::{Value, json};

use crate::caller::{Caller, FIRST, START, body, links, one_line, options};

#[test]
fn an_order_is_echoed_as_it_was_sent() {
    let mut caller = Caller::default();
    let order = r#"{"Type":"Links","PONumber":"PO-1","Note":"for\nyou","Unknown":1,"LineItems":[{"ProductId":"INKWHISTLE","Value":25.0,"Quantity":2,
        "Culture":"en-US","BrandingId":"BRAND-123","ExternalId":"row-1","DigitalDeliveryAddress":{"Email":"a@example.com","Sms":"+15555550100"},
        "Personalization":{"To":"A","FromName":"B","FromEmail":"b@example.com","Message":"","DeliveryDate":"2026-02-01T00:00:00Z"}}]}"#;
    let headers = caller.bearer();

    let placed = caller.send("POST", "/v1/Orders", &headers, order.as_bytes());

    let echo = body(&placed);
    let line = &echo["LineItems"][0];
    assert_eq!(placed.status, 201);
    assert_eq!(echo["PONumber"], "PO-1");
    assert_eq!(echo["Type"], "Links");
    assert_eq!(echo["Status"], "Completed");
    assert_eq!(echo["Note"], "for\nyou");
    assert_eq!(echo["CreatedDate"], "2026-01-01T00:00:00.000Z");
    assert_eq!(echo["TotalCost"].to_string(), "50.00");
    assert!(echo.get("Unknown").is_none());
    assert_eq!(line["Value"].to_string(), "25.0");
    assert_eq!(line["Cost"].to_string(), "50.00");
    assert_eq!(line["Quantity"], 2);
    assert_eq!(line["Status"], "Completed");
    let sent: Value = serde_json::from_str(order).unwrap();
    for name in [
        "ProductId",
        "Culture",
        "BrandingId",
        "ExternalId",
        "DigitalDeliveryAddress",
        "Personalization",
    ] {
        assert_eq!(line[name], sent["LineItems"][0][name], "{name}");
    }
    let id = echo["Id"].as_str().unwrap();
    assert_eq!(body(&caller.get(&format!("/v1/Orders/{id}"))), echo);
    assert_eq!(caller.orders(), json!([echo]));
}

#[test]
fn a_links_order_has_a_claim_for_each_card_and_others_have_none() {
    let mut caller = Caller::default();

    let links = body(&caller.place(&links("PO-L", 3)));
    let mut mailed = one_line(
        "DigitalDelivery",
        json!({ "ProductId": FIRST, "Value": 25, "Quantity": 3, "DigitalDeliveryAddress": { "Email": "a@example.com" } }),
    );
    mailed["PONumber"] = "PO-D".into();
    let mailed = body(&caller.place(&mailed));

    let line = &links["LineItems"][0];
    let claims = line["ClaimData"].as_array().unwrap();
    let line_id = line["Id"].as_str().unwrap();
    assert_eq!(claims.len(), 3);
    for claim in claims {
        let link = claim["ClaimLink"].as_str().unwrap();
        assert!(link.starts_with("https://claim.sandbox.invalid/"));
        assert!(link.ends_with(&format!("?lineItemId={line_id}")));
        for name in [
            "Id",
            "ClaimLinkChallengeAnswer",
            "BarcodePath",
            "BarcodeType",
        ] {
            assert!(claim[name].is_string(), "{name}");
        }
    }
    assert_ne!(claims[0]["ClaimLink"], claims[1]["ClaimLink"]);
    assert_eq!(mailed["Status"], "Completed");
    assert!(mailed["LineItems"][0].get("ClaimData").is_none());
}

#[test]
fn request_keys_are_read_in_any_case() {
    let mut caller = Caller::default();

    let placed = caller.place(&json!({
        "type": "DigitalDelivery", "poNumber": "PO-1", "note": null,
        "LINEITEMS": [{ "productId": FIRST, "value": 10, "quantity": 1, "digitalDeliveryAddress": { "sms": "+15555550100" } }],
    }));

    assert_eq!(placed.status, 201);
    assert_eq!(
        body(&placed)["LineItems"][0]["DigitalDeliveryAddress"],
        json!({ "Sms": "+15555550100" })
    );
}

#[test]
fn a_po_number_is_used_once_and_compared_exactly() {
    let mut caller = Caller::default();

    let first = body(&caller.place(&links("PO-1", 1)));
    let left = caller.available();
    let again = caller.place(&links("PO-1", 1));
    let other = caller.place(&links("PO-1", 2));

    assert_eq!(again.status, 409);
    assert_eq!(body(&again)["PreviousOrderIds"], json!([first["Id"]]));
    assert_eq!(other.status, 409);
    assert_eq!(caller.available(), left);
    assert_eq!(caller.place(&links("po-1", 1)).status, 201);
    assert_eq!(caller.place(&links("PO-1 ", 1)).status, 201);
}

#[test]
fn an_order_costs_exactly_its_cards_less_discount_plus_fees() {
    let mut caller = Caller::new(options(&json!({ "available": "1000.00" })));

    let placed = caller.place(&json!({
        "Type": "Links", "PONumber": "PO-1", "LineItems": [
            { "ProductId": "BRAMBLEBOOT", "Value": 25, "Quantity": 3 },
            { "ProductId": "QUILLFEATHER", "Value": 10.01, "Quantity": 1 },
        ],
    }));

    // 75.00 less 5.625, rounded to 5.63, plus 0.75; 10.01 less 0.455455, rounded to 0.46.
    assert_eq!(body(&placed)["LineItems"][0]["Cost"].to_string(), "70.12");
    assert_eq!(body(&placed)["LineItems"][1]["Cost"].to_string(), "9.55");
    assert_eq!(body(&placed)["TotalCost"].to_string(), "79.67");
    assert_eq!(caller.available(), 100_000 - 7_967);
}

#[test]
fn an_order_that_the_funds_do_not_cover_is_422_and_takes_nothing() {
    let mut caller = Caller::new(options(
        &json!({ "available": "50.00", "pending": "25.00" }),
    ));

    assert_eq!(caller.place(&links("PO-1", 3)).status, 422);
    assert_eq!(caller.place(&links("PO-2", 100_000)).status, 422);
    assert_eq!(caller.available(), 5_000);
    assert_eq!(caller.place(&links("PO-1", 2)).status, 201);
    assert_eq!(caller.available(), 0);
}

#[test]
fn funds_become_available_when_they_are_settled() {
    let mut caller = Caller::new(options(&json!({ "available": "0.00" })));

    caller.sandbox.fund(Amount::from_cents(3_000)).unwrap();
    let too_much = caller.sandbox.settle(Amount::from_cents(3_001));
    assert_eq!(
        body(&caller.get("/v1/AccountBalance")).to_string(),
        r#"{"Pending":30.00,"Available":0.00}"#
    );
    caller.sandbox.settle(Amount::from_cents(2_500)).unwrap();

    assert_eq!(
        too_much,
        Err(BalanceError::MoreThanPending(Amount::from_cents(3_000)))
    );
    assert_eq!(
        body(&caller.get("/v1/AccountBalance")).to_string(),
        r#"{"Pending":5.00,"Available":25.00}"#
    );
    assert_eq!(caller.place(&links("PO-1", 1)).status, 201);
}

#[test]
fn a_large_order_is_pending_until_it_is_fulfilled() {
    let mut caller = Caller::new(options(
        &json!({ "asyncThreshold": 2, "fulfillmentMs": 500 }),
    ));

    let small = body(&caller.place(&links("PO-S", 2)));
    let placed = body(&caller.place(&links("PO-L", 3)));
    let id = placed["Id"].as_str().unwrap();
    caller.clock.advance(499);
    let before = body(&caller.get(&format!("/v1/Orders/{id}")));
    caller.clock.advance(1);
    let after = body(&caller.get(&format!("/v1/Orders/{id}")));

    assert_eq!(small["Status"], "Completed");
    assert_eq!(placed["Status"], "Pending");
    assert_eq!(placed["LineItems"][0]["Status"], "Pending");
    assert!(placed["LineItems"][0].get("ClaimData").is_none());
    assert_eq!(before, placed);
    assert_eq!(after["Status"], "Completed");
    assert_eq!(after["LineItems"][0]["Status"], "Completed");
    assert_eq!(
        after["LineItems"][0]["ClaimData"].as_array().unwrap().len(),
        3
    );
    assert_eq!(caller.orders()[1], after);
}

#[test]
fn a_clock_that_is_set_back_does_not_undo_an_order() {
    let mut caller = Caller::new(options(
        &json!({ "asyncThreshold": 0, "fulfillmentMs": 500 }),
    ));
    caller.place(&links("PO-1", 1));
    caller.clock.advance(500);
    assert_eq!(
        body(&caller.get("/v1/Orders"))["Data"][0]["Status"],
        "Completed"
    );

    caller.clock = Clock::new(ClockMode::Manual);

    assert_eq!(
        body(&caller.get("/v1/Orders"))["Data"][0]["Status"],
        "Completed"
    );
}

#[test]
fn webhooks_are_due_when_their_order_is_completed_and_handed_out_once() {
    let mut caller = Caller::new(options(&json!({ "asyncThreshold": 1 })));
    for (number, quantity) in [("PO-L", 2), ("PO-S", 1)] {
        let mut order = links(number, quantity);
        order["WebhookSettings"] =
            json!({ "FulfillmentComplete": format!("https://example.com/{number}") });
        caller.place(&order);
    }
    caller.place(&links("PO-N", 1));
    let mut due = || -> Value {
        let due =
            serde_json::from_slice(&caller.sandbox.take_webhooks(caller.clock.now(0))).unwrap();
        caller.clock.advance(1000);
        due
    };

    let (at_once, later, at_last) = (due(), due(), due());

    assert_eq!(at_once.as_array().unwrap().len(), 1);
    assert_eq!(at_once[0]["url"], "https://example.com/PO-S");
    assert_eq!(later[0]["url"], "https://example.com/PO-L");
    assert_eq!(later[0]["body"]["Status"], "Completed");
    assert_eq!(at_last, json!([]));
}

#[test]
fn the_same_seed_and_the_same_requests_give_the_same_bytes() {
    let run = |seed| {
        let mut caller = Caller::new(options(&json!({ "seed": seed, "asyncThreshold": 1 })));
        caller.sandbox.inject(Fault::GatewayTimeoutAfter.into());
        let replies = vec![
            caller.post(&links("PO-1", 1)),
            caller.post(&links("PO-1", 1)),
            caller.post(&links("PO-2", 3)),
            Reply::Answer(caller.get("/v1/Orders")),
        ];
        (caller.token, replies, caller.sandbox.orders(START))
    };

    assert_eq!(run(7), run(7));
    assert_ne!(run(7).0, run(8).0);
    assert_ne!(run(7).2, run(8).2);
}

#[test]
fn the_same_orders_have_the_same_ids_whatever_was_asked_between_them() {
    let mut plain = Caller::default();
    let mut asking = Caller::default();

    let first = [
        body(&plain.place(&links("PO-1", 1))),
        body(&plain.place(&links("PO-2", 1))),
    ];
    let mut again = Vec::new();
    for po_number in ["PO-1", "PO-2"] {
        asking.authenticate();
        asking.get("/v1/Status");
        again.push(body(&asking.place(&links(po_number, 1))));
    }

    assert_ne!(first[0]["Id"], first[1]["Id"]);
    for (first, again) in first.iter().zip(&again) {
        assert_eq!(first["Id"], again["Id"]);
        assert_eq!(first["LineItems"], again["LineItems"]);
    }
}
