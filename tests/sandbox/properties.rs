//! What holds whatever is sent.

use std::collections::BTreeSet;

use giftcard_partners::money::Amount;
use giftcard_partners::sandbox::{Fault, Options};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::caller::{Caller, body};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_balance_is_always_the_start_less_the_cost_of_the_orders_and_no_po_number_has_two(
        start in 0_u64..200_000,
        steps in prop::collection::vec((0_usize..12, 0_usize..4, 1_u64..5, 0_usize..20, 0_u64..60_000), 1..40),
    ) {
        let mut caller = Caller::new(Options { available: Amount::from_cents(start), ..Options::default() });
        let catalogue = body(&caller.get("/v1/Products"))["Data"].clone();
        let faults: Vec<Fault> = Fault::all().filter(|fault| *fault != Fault::ExpireToken).collect();

        for (product, po_number, quantity, fault, cents) in steps {
            if let Some(fault) = faults.get(fault) {
                caller.sandbox.inject((*fault).into());
            }
            let value: Value = serde_json::from_str(&Amount::from_cents(cents).to_decimal()).unwrap();
            let fixed = catalogue[product]["Denominations"][0].clone();
            let line = |value: Value| json!({ "ProductId": catalogue[product]["Id"], "Value": value, "Quantity": quantity });
            caller.post(&json!({ "Type": "Links", "PONumber": format!("PO-{po_number}"), "LineItems": [line(fixed), line(value)] }));
            caller.post(&json!({ "Type": "Links", "PONumber": format!("PO-{po_number}"), "LineItems": [line(catalogue[product]["Denominations"][1].clone())] }));
        }

        let orders = caller.orders();
        let orders = orders.as_array().unwrap();
        let mut seen = BTreeSet::new();
        let mut spent = 0;
        for order in orders {
            let total = Amount::parse(&order["TotalCost"].to_string()).unwrap().thousandths() / 10;
            let lines: u64 = order["LineItems"].as_array().unwrap().iter()
                .map(|line| Amount::parse(&line["Cost"].to_string()).unwrap().thousandths() / 10)
                .sum();
            prop_assert_eq!(total, lines);
            spent += total;
            prop_assert!(seen.insert(order["PONumber"].to_string()));
        }
        prop_assert_eq!(caller.available(), start - spent);
    }

    #[test]
    fn no_body_makes_the_sandbox_fall_over(text in "\\PC{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut caller = Caller::default();
        let headers = caller.bearer();

        for body in [text.as_bytes(), &bytes] {
            prop_assert_eq!(caller.send("POST", "/v1/Orders", &headers, body).status, 400);
        }
        let found = caller.get(&format!("/v1/Products?productName={text}&pageIndex={text}")).status;
        prop_assert!(found == 200 || found == 400);
        let order = caller.get(&format!("/v1/Orders/{text}")).status;
        prop_assert_eq!(order, 404);
    }
}
