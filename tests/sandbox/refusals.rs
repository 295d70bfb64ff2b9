//! Orders that are refused, and the fields that the answer names.

use giftcard_partners::sandbox::BODY_LIMIT;
use serde_json::{Value, json};

use crate::caller::{Caller, FIRST, body, one_line};

#[test]
fn a_bad_request_names_every_field_that_is_wrong() {
    let mut caller = Caller::default();
    let before = caller.available();
    let line = |extra: Value| {
        let mut line = json!({ "ProductId": FIRST, "Value": 25, "Quantity": 1 });
        line.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        line
    };
    let cases = [
        (json!([]), vec![""]),
        (json!({}), vec!["Type", "LineItems", "PONumber"]),
        (
            json!({ "Type": "Codes", "LineItems": {}, "PONumber": 5, "Note": 1 }),
            vec!["Type", "LineItems", "PONumber", "Note"],
        ),
        (
            json!({ "Type": "links", "LineItems": [], "PONumber": " " }),
            vec!["Type", "LineItems", "PONumber"],
        ),
        (one_line("Links", json!(1)), vec!["LineItems[0]"]),
        (
            one_line("Links", json!({})),
            vec![
                "LineItems[0].ProductId",
                "LineItems[0].Value",
                "LineItems[0].Quantity",
            ],
        ),
        (
            one_line("Links", line(json!({ "ProductId": "NOTHING" }))),
            vec!["LineItems[0].ProductId"],
        ),
        (
            one_line(
                "Links",
                line(json!({ "ProductId": "PIXELBARNACLE", "Value": 20 })),
            ),
            vec!["LineItems[0].ProductId"],
        ),
        (
            one_line("Links", line(json!({ "Value": 26 }))),
            vec!["LineItems[0].Value"],
        ),
        (
            one_line("Links", line(json!({ "Value": "25" }))),
            vec!["LineItems[0].Value"],
        ),
        (
            one_line("Links", line(json!({ "Value": -25 }))),
            vec!["LineItems[0].Value"],
        ),
        (
            one_line(
                "Links",
                line(json!({ "ProductId": "QUILLFEATHER", "Value": 5.001 })),
            ),
            vec!["LineItems[0].Value"],
        ),
        (
            one_line(
                "Links",
                line(json!({ "ProductId": "QUILLFEATHER", "Value": 200.01 })),
            ),
            vec!["LineItems[0].Value"],
        ),
        (
            one_line("Links", line(json!({ "Quantity": 0 }))),
            vec!["LineItems[0].Quantity"],
        ),
        (
            one_line("Links", line(json!({ "Quantity": 1.5 }))),
            vec!["LineItems[0].Quantity"],
        ),
        (
            one_line("Links", line(json!({ "Quantity": "1" }))),
            vec!["LineItems[0].Quantity"],
        ),
        (
            one_line("Links", line(json!({ "Quantity": 100_001 }))),
            vec!["LineItems[0].Quantity"],
        ),
        (
            one_line(
                "Links",
                line(json!({ "BrandingId": "BRAND-0", "Culture": 1 })),
            ),
            vec!["LineItems[0].Culture", "LineItems[0].BrandingId"],
        ),
        (
            one_line(
                "Links",
                line(
                    json!({ "Personalization": { "To": 1, "FromEmail": "x", "DeliveryDate": "soon" } }),
                ),
            ),
            vec![
                "LineItems[0].Personalization.To",
                "LineItems[0].Personalization.FromEmail",
                "LineItems[0].Personalization.DeliveryDate",
            ],
        ),
        (
            one_line("Links", line(json!({ "Personalization": "Hello" }))),
            vec!["LineItems[0].Personalization"],
        ),
        (
            one_line("DigitalDelivery", line(json!({}))),
            vec!["LineItems[0].DigitalDeliveryAddress"],
        ),
        (
            one_line(
                "DigitalDelivery",
                line(json!({ "DigitalDeliveryAddress": {} })),
            ),
            vec!["LineItems[0].DigitalDeliveryAddress"],
        ),
        (
            one_line(
                "DigitalDelivery",
                line(json!({ "DigitalDeliveryAddress": { "Email": "a b@c", "Sms": "555" } })),
            ),
            vec![
                "LineItems[0].DigitalDeliveryAddress.Email",
                "LineItems[0].DigitalDeliveryAddress.Sms",
            ],
        ),
        (
            one_line(
                "DigitalDelivery",
                line(json!({ "DigitalDeliveryAddress": { "Email": 5 } })),
            ),
            vec!["LineItems[0].DigitalDeliveryAddress.Email"],
        ),
        (
            json!({ "Type": "Links", "LineItems": [line(json!({}))], "PONumber": "PO-1", "WebhookSettings": { "FulfillmentComplete": "/hook" } }),
            vec!["WebhookSettings.FulfillmentComplete"],
        ),
        (
            json!({ "Type": "Links", "LineItems": [line(json!({ "Quantity": 60_000 })), line(json!({ "Quantity": 60_000 }))], "PONumber": "PO-1" }),
            vec!["LineItems"],
        ),
    ];

    for (order, fields) in cases {
        assert_eq!(caller.refused(&order), fields, "{order}");
    }

    assert_eq!(caller.available(), before);
    assert_eq!(caller.orders(), json!([]));
}

#[test]
fn a_shipment_asks_for_an_address_and_for_a_carrier_where_the_product_does() {
    let mut caller = Caller::default();
    let order = |product: &str, address: Value| {
        let line = json!({ "ProductId": product, "Value": 25, "Quantity": 1, "PhysicalDeliveryAddress": address });
        one_line("PhysicalShipment", line)
    };
    let mut address = json!({
        "ShippingMethodId": "STANDARD", "Name": "A", "AddressLine1": "1 Main Street", "City": "B", "State": "NY", "Zip": "10001", "Country": "US",
    });
    let at = |name: &str| format!("LineItems[0].PhysicalDeliveryAddress{name}");

    assert_eq!(
        caller.refused(&order("LAMPENVALE", address.clone())),
        [at(".CarrierId")]
    );
    assert_eq!(caller.refused(&order("LAMPENVALE", Value::Null)), [at("")]);
    assert_eq!(
        caller.refused(&order("KITEBADGER", json!({}))),
        [
            ".Name",
            ".AddressLine1",
            ".City",
            ".State",
            ".Zip",
            ".Country",
            ".ShippingMethodId"
        ]
        .map(at)
    );
    address["CarrierId"] = "NOTHING".into();
    address["ShippingMethodId"] = "NOTHING".into();
    assert_eq!(
        caller.refused(&order("LAMPENVALE", address.clone())),
        [at(".ShippingMethodId"), at(".CarrierId")]
    );
    address["CarrierId"] = "DEFAULT".into();
    address["ShippingMethodId"] = "STANDARD".into();
    let placed = caller.place(&order("LAMPENVALE", address.clone()));
    assert_eq!(placed.status, 201);
    assert_eq!(
        body(&placed)["LineItems"][0]["PhysicalDeliveryAddress"],
        address
    );
    assert_eq!(body(&placed)["TotalCost"].to_string(), "27.95");
}

#[test]
fn a_body_that_is_not_json_or_too_large_is_refused() {
    let mut caller = Caller::default();
    let mut headers = caller.bearer();

    for broken in [&b""[..], b"{", b"[1,]", b"\xff", b"{} {}", &[b'['; 100_000]] {
        assert_eq!(
            caller.send("POST", "/v1/Orders", &headers, broken).status,
            400
        );
    }
    let large = vec![b' '; BODY_LIMIT + 1];
    assert_eq!(
        caller.send("POST", "/v1/Orders", &headers, &large).status,
        413
    );
    headers[1].1 = "text/plain".to_owned();
    assert_eq!(
        caller.send("POST", "/v1/Orders", &headers, b"{}").status,
        415
    );
    assert_eq!(
        caller
            .send("POST", "/v1/Orders", &headers[..1], b"{}")
            .status,
        415
    );
    headers[1].1 = "Application/JSON; charset=utf-8".to_owned();
    assert_eq!(
        caller.send("POST", "/v1/Orders", &headers, b"{}").status,
        400
    );
}

#[test]
fn an_object_that_looks_like_a_number_of_serde_is_not_one() {
    let mut caller = Caller::default();
    let line = json!({ "ProductId": FIRST, "Value": { "$serde_json::private::Number": "garbage" }, "Quantity": 1 });

    let headers = caller.bearer();
    let text = format!(r#"{{"Type":"Links","PONumber":"PO-1","LineItems":[{line}]}}"#);
    let answer = caller.send("POST", "/v1/Orders", &headers, text.as_bytes());

    assert_eq!(answer.status, 400);
}
