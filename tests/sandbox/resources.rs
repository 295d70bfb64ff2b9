//! Tokens, lists, products and what the sandbox remembers.

use giftcard_partners::sandbox::{Casing, Fault, Lists, MAX_RECORDS, Options, Sandbox};
use serde_json::{Value, json};

use crate::caller::{Caller, body, header, links, one_line, options};

#[test]
fn a_token_is_given_for_the_right_credentials_alone() {
    let mut caller = Caller::default();
    let headers = caller.credentials();

    let given = caller.send("POST", "/v1/Tokens", &headers, b"");
    let without_access_token = caller.send("POST", "/v1/Tokens", &headers[..1], b"");
    let mut wrong = headers.clone();
    wrong[1].1.push('x');
    let with_wrong_access_token = caller.send("POST", "/v1/Tokens", &wrong, b"");

    assert_eq!(given.status, 200);
    assert_eq!(body(&given)["ExpiresIn"], 3600);
    assert!(body(&given)["Value"].as_str().unwrap().starts_with("eyJ"));
    assert_eq!(without_access_token.status, 401);
    assert_eq!(with_wrong_access_token.status, 401);
}

#[test]
fn every_other_resource_asks_for_a_token_that_is_good_now() {
    let mut caller = Caller::default();
    let paths = [
        "/v1/AccountBalance",
        "/v1/Products",
        "/v1/Products/INKWHISTLE",
        "/v1/Orders",
        "/v1/ShippingMethods",
        "/v1/Carriers",
        "/v1/Brandings",
        "/v1/Departments",
        "/v1/Status",
    ];

    for path in paths {
        assert_eq!(caller.get(path).status, 200, "{path}");
        assert_eq!(caller.send("GET", path, &[], b"").status, 401, "{path}");
        let unknown = [("Authorization".to_owned(), "Bearer eyJ.eyJ.x".to_owned())];
        assert_eq!(
            caller.send("GET", path, &unknown, b"").status,
            401,
            "{path}"
        );
    }
    caller.clock.advance(3_599_999);
    assert_eq!(caller.get("/v1/Status").status, 200);
    caller.clock.advance(1);
    assert_eq!(caller.get("/v1/Status").status, 401);
}

#[test]
fn what_does_not_exist_is_404_and_what_cannot_be_done_405() {
    let mut caller = Caller::default();

    for path in [
        "/",
        "/v1",
        "/v1/",
        "/v1/orders",
        "/v1/Orders/",
        "/v1/Orders/a/b",
        "/v1/Nothing",
        "/v1/Status/1",
    ] {
        assert_eq!(caller.get(path).status, 404, "{path}");
    }
    let headers = caller.bearer();
    let deleted = caller.send("DELETE", "/v1/Orders", &headers, b"");
    assert_eq!(deleted.status, 405);
    assert_eq!(header(&deleted, "Allow"), Some("GET, POST"));
    assert_eq!(caller.get("/v1/Tokens").status, 405);
    assert_eq!(caller.get("/v1/Products/NOTHING").status, 404);
}

#[test]
fn every_answer_is_json_with_a_request_id_of_its_own() {
    let mut caller = Caller::default();

    let ids: Vec<String> = ["/v1/Status", "/v1/Nothing", "/v1/Orders"]
        .iter()
        .map(|path| {
            let answer = caller.get(path);
            assert_eq!(header(&answer, "Content-Type"), Some("application/json"));
            assert_eq!(
                header(&answer, "Date"),
                Some("Thu, 01 Jan 2026 00:00:00 GMT")
            );
            header(&answer, "X-Request-Id").unwrap().to_owned()
        })
        .collect();

    assert_ne!(ids[0], ids[1]);
    assert_ne!(ids[1], ids[2]);
}

#[test]
fn the_first_product_is_digital_and_fixed_and_offers_links_within_the_default_funds() {
    let mut caller = Caller::default();

    let products = body(&caller.get("/v1/Products"))["Data"].clone();
    let first = &products[0];
    let placed = caller.place(&one_line(
        "Links",
        json!({ "ProductId": first["Id"], "Value": first["Denominations"][0], "Quantity": 1 }),
    ));

    assert_eq!(products.as_array().unwrap().len(), 12);
    assert_eq!(
        (&first["Type"], &first["DenominationType"]),
        (&json!("Digital"), &json!("Fixed"))
    );
    assert_eq!(placed.status, 201);
    assert!(
        products
            .as_array()
            .unwrap()
            .iter()
            .any(|product| product["CurrencyCode"] == "CAD")
    );
    for product in products.as_array().unwrap() {
        let id = product["Id"].as_str().unwrap();
        assert_eq!(body(&caller.get(&format!("/v1/Products/{id}"))), *product);
        if product["Type"] == "Physical" {
            assert_eq!(
                product["AvailableDeliveryTypes"],
                json!(["PhysicalShipment"])
            );
            assert!(product["Meta"]["ShippingConfiguration"]["FulfillmentGroup"].is_string());
        }
    }
}

#[test]
fn products_are_filtered_and_paged() {
    let mut caller = Caller::default();
    let mut ids = |query: &str| -> Vec<String> {
        let page = body(&caller.get(&format!("/v1/Products?{query}")));
        let data = page["Data"].as_array().unwrap().clone();
        data.iter()
            .map(|product| product["Id"].as_str().unwrap().to_owned())
            .collect()
    };

    assert_eq!(ids("productName=inkWHISTLE+b%6foks"), ["INKWHISTLE"]);
    assert_eq!(
        ids("productName=&productDescription=salted%20popcorn"),
        ["NINELANTERN"]
    );
    assert_eq!(ids("PRODUCTTYPE=Physical"), ["LAMPENVALE", "KITEBADGER"]);
    assert_eq!(ids("productType=Nothing"), [""; 0]);
    assert_eq!(ids("pageIndex=2&pageSize=11"), ["KITEBADGER"]);
    assert_eq!(ids("pageIndex=9"), [""; 0]);
    let page = body(&caller.get("/v1/Products?pageIndex=2&pageSize=5"));
    assert_eq!(
        (&page["Page"], &page["PageSize"], &page["TotalCount"]),
        (&json!(2), &json!(5), &json!(12))
    );
    for query in [
        "pageIndex=0",
        "pageIndex=x",
        "pageIndex=-1",
        "pageSize=501",
        "pageIndex=99999999999",
    ] {
        assert_eq!(
            caller.get(&format!("/v1/Products?{query}")).status,
            400,
            "{query}"
        );
    }
}

#[test]
fn the_history_is_newest_first_in_pages() {
    let mut caller = Caller::default();
    for number in 1..=5 {
        caller.place(&links(&format!("PO-{number}"), 1));
    }

    let page = body(&caller.get("/v1/Orders?pageIndex=2&pageSize=2"));

    let numbers: Vec<&str> = page["Data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| order["PONumber"].as_str().unwrap())
        .collect();
    assert_eq!(numbers, ["PO-3", "PO-2"]);
    assert_eq!(page["TotalCount"], 5);
    let unknown = caller.get("/v1/Orders/nothing");
    assert_eq!(unknown.status, 404);
    assert_eq!(body(&unknown)["Status"], 404);
}

#[test]
fn keys_are_camel_where_the_casing_is() {
    let mut caller = Caller::new(Options {
        casing: Casing::Camel,
        ..Options::default()
    });

    let placed = body(&caller.place(&links("PO-1", 1)));
    let duplicate = body(&caller.place(&links("PO-1", 1)));
    let list = body(&caller.get("/v1/Orders"));

    assert_eq!(placed["poNumber"], "PO-1");
    assert!(placed["lineItems"][0]["claimData"][0]["claimLinkChallengeAnswer"].is_string());
    assert_eq!(duplicate["previousOrderIds"], json!([placed["id"]]));
    assert_eq!(list["data"][0], placed);
    assert_eq!(
        (&list["page"], &list["pageSize"], &list["totalCount"]),
        (&json!(1), &json!(50), &json!(1))
    );
    assert_eq!(
        caller.orders()[0]["PONumber"],
        "PO-1",
        "orders() keeps the documented casing"
    );
}

#[test]
fn bare_lists_are_whole_arrays() {
    let mut caller = Caller::new(Options {
        lists: Lists::Bare,
        ..Options::default()
    });

    assert_eq!(
        body(&caller.get("/v1/Products?pageSize=1"))
            .as_array()
            .unwrap()
            .len(),
        12
    );
    assert_eq!(body(&caller.get("/v1/Orders")), json!([]));
    assert_eq!(body(&caller.get("/v1/Carriers"))[0]["Id"], "DEFAULT");
}

#[test]
fn products_can_be_replaced() {
    let product = json!({
        "Id": "MINE", "Name": "Mine", "Type": "Digital", "DenominationType": "Fixed", "Denominations": [7.5],
        "AvailableDeliveryTypes": ["Links"], "Extra": { "kept": true },
    });
    let mut caller = Caller::new(options(&json!({ "products": [product] })));

    assert_eq!(body(&caller.get("/v1/Products"))["Data"], json!([product]));
    assert_eq!(
        caller
            .place(&one_line(
                "Links",
                json!({ "ProductId": "MINE", "Value": 7.50, "Quantity": 1 })
            ))
            .status,
        201
    );
    let twice = options(&json!({ "products": [product, product] }));
    assert_eq!(
        Sandbox::new(twice).unwrap_err().to_string(),
        "products[1].Id must be an id that no other product has"
    );
}

#[test]
fn an_option_that_is_wrong_is_named() {
    for (options, message) in [
        ("[]", "options must be an object"),
        (
            r#"{"sead":1}"#,
            "sead must be left out: there is no such option",
        ),
        (
            r#"{"seed":1.5}"#,
            "seed must be a whole number of at least 0",
        ),
        (
            r#"{"seed":9007199254740992}"#,
            "seed must be a whole number of at least 0",
        ),
        (r#"{"clock":"slow"}"#, r#"clock must be "real" or "manual""#),
        (r#"{"casing":1}"#, r#"casing must be "pascal" or "camel""#),
        (
            r#"{"available":100}"#,
            r#"available must be a decimal string such as "100.00""#,
        ),
        (
            r#"{"products":{}}"#,
            "products must be an array of products",
        ),
    ] {
        assert_eq!(
            Options::from_json(options.as_bytes())
                .unwrap_err()
                .to_string(),
            message
        );
    }
}

#[test]
fn requests_are_recorded_without_their_secrets() {
    let mut caller = Caller::default();
    caller.sandbox.inject(Fault::DropResponse.into());
    caller.post(&links("PO-1", 1));
    caller.get("/v1/Orders?pageSize=2");

    let requests = caller.requests();

    assert_eq!(
        requests[0]["headers"],
        json!({ "email": "[redacted]", "accesstoken": "[redacted]" })
    );
    assert_eq!(requests[1]["status"], Value::Null);
    assert_eq!(requests[1]["fault"], "drop-response");
    assert_eq!(requests[1]["body"], links("PO-1", 1).to_string());
    assert_eq!(requests[1]["headers"]["authorization"], "[redacted]");
    assert_eq!(requests[1]["headers"]["content-type"], "application/json");
    assert_eq!(
        (
            &requests[2]["path"],
            &requests[2]["query"],
            &requests[2]["status"]
        ),
        (&json!("/v1/Orders"), &json!("pageSize=2"), &json!(200))
    );
    let text = requests.to_string();
    assert!(!text.contains(&caller.token));
    assert!(!text.contains(&caller.sandbox.credentials().access_token));
}

#[test]
fn only_the_last_requests_are_kept() {
    let mut caller = Caller::default();

    for number in 0..=MAX_RECORDS {
        caller.get(&format!("/v1/Orders/{number}"));
    }

    let requests = caller.requests();
    assert_eq!(requests.as_array().unwrap().len(), MAX_RECORDS);
    assert_eq!(requests[0]["path"], "/v1/Orders/1");
}
