//! Claim links beside the rows that they are for.

use std::rc::Rc;

use giftcard_partners::bulk::{Accepted, Campaign, ClaimSheet, OrderState, PlanOptions, plan};
use giftcard_partners::money::Amount;
use giftcard_partners::order::OrderType;

use crate::rows::{nfc, planned, planned_after};

/// The sheet without its byte order mark and its header.
fn sheet(campaign: &Campaign, orders: &[String]) -> Vec<String> {
    let mut sheet = ClaimSheet::new(campaign, nfc);
    for order in orders {
        sheet.add(order.as_bytes());
    }
    let file = String::from_utf8(sheet.finish()).unwrap();
    let mut lines = file
        .strip_prefix('\u{feff}')
        .unwrap()
        .split_terminator("\r\n");
    assert_eq!(
        lines.next().unwrap(),
        "Line,ExternalId,To,Name,Email,Sms,ProductId,Value,Card,Cards,ClaimLink,ClaimLinkChallengeAnswer,Status,PONumber,OrderId"
    );
    lines.map(str::to_owned).collect()
}

fn answer(campaign: &Campaign, place: usize, lines: &str) -> String {
    let name = campaign.orders()[place].po_number();
    format!(r#"{{"Id":"O-{place}","Status":"Complete","PONumber":"{name}","LineItems":[{lines}]}}"#)
}

fn claim(link: &str) -> String {
    format!(
        r#""ClaimData":[{{"ClaimLink":"https://c/{link}","ClaimLinkChallengeAnswer":"{link}!"}}]"#
    )
}

#[test]
fn a_link_is_joined_by_the_external_id_whatever_the_order_of_the_lines() {
    let campaign = planned(&[1, 2], 2);
    let name = campaign.orders()[0].po_number().to_owned();
    let lines = format!(
        r#"{{"ExternalId":"X2",{}}},{{"ExternalId":"X1",{}}}"#,
        claim("two"),
        claim("one")
    );

    let sheet = sheet(&campaign, &[answer(&campaign, 0, &lines)]);

    assert_eq!(
        sheet,
        [
            format!("2,X1,R1,,r1@example.org,,A,5,1,1,https://c/one,one!,Complete,{name},O-0"),
            format!("3,X2,R2,,r2@example.org,,A,5,1,1,https://c/two,two!,Complete,{name},O-0"),
        ]
    );
}

#[test]
fn without_an_external_id_a_link_is_joined_by_its_place_where_product_and_value_agree() {
    let campaign = planned(&[1, 2], 2);
    let lines = format!(
        r#"{{"productId":"a","value":5.00,{}}},{{"productId":"B","value":5,{}}}"#,
        claim("one"),
        claim("two")
    );

    let sheet = sheet(&campaign, &[answer(&campaign, 0, &lines)]);

    assert!(sheet[0].contains("https://c/one"), "{}", sheet[0]);
    assert!(sheet[1].contains(",1,1,,,not matched,"), "{}", sheet[1]);
}

#[test]
fn a_link_in_the_place_of_another_recipient_is_not_joined() {
    let campaign = planned(&[1, 2], 2);
    let swapped = format!(
        r#"{{"DigitalDeliveryAddress":{{"Email":"r2@example.org"}},{}}},{{"Personalization":{{"To":"R1"}},{}}}"#,
        claim("two"),
        claim("one")
    );
    let one_is_missing = format!("{{{}}}", claim("one"));

    for lines in [swapped, one_is_missing] {
        let sheet = sheet(&campaign, &[answer(&campaign, 0, &lines)]);

        assert!(
            sheet
                .iter()
                .all(|line| line.contains(",1,1,,,not matched,")),
            "{sheet:?}"
        );
    }
}

/// A campaign of these lines, in one order.
fn campaign_of(order_type: OrderType, lines: &[String]) -> Campaign {
    let mut rows = Accepted::new(order_type);
    for (json, line) in lines.iter().zip(2..) {
        let identity = u128::from(line).into();
        rows.push(
            json.as_bytes(),
            line,
            Amount::from_cents(500),
            0,
            identity,
            0,
        );
    }
    plan(Rc::new(rows), &PlanOptions::default()).unwrap()
}

#[test]
fn a_link_that_may_be_of_several_rows_is_joined_to_none_unless_they_are_alike() {
    let campaign = |emails: [&str; 2]| {
        let lines = emails.map(|email| {
            format!(
                r#"{{"ProductId":"A","Value":5,"Quantity":1,"DigitalDeliveryAddress":{{"Email":"{email}"}},"ExternalId":"HR"}}"#
            )
        });
        campaign_of(OrderType::DigitalDelivery, &lines)
    };
    let line = |link: &str, echo: &str| {
        format!(
            r#"{{"ExternalId":"HR","ProductId":"A"{echo},{}}}"#,
            claim(link)
        )
    };
    let joined = |campaign: &Campaign, lines: [String; 2]| {
        sheet(campaign, &[answer(campaign, 0, &lines.join(","))])
    };
    let (ann, bob) = (
        r#","DigitalDeliveryAddress":{"Email":"ann@example.org"}"#,
        r#","DigitalDeliveryAddress":{"Email":"bob@example.org"}"#,
    );
    let both = campaign(["ann@example.org", "bob@example.org"]);

    for row in joined(&both, [line("bob", ""), line("ann", "")]) {
        assert!(row.contains(",1,1,,,not matched,"), "{row}");
    }
    let told = joined(&both, [line("bob", bob), line("ann", ann)]);
    assert!(told[0].contains(",ann@example.org,") && told[0].contains("https://c/ann"));
    assert!(told[1].contains(",bob@example.org,") && told[1].contains("https://c/bob"));
    let alike = joined(
        &campaign(["ann@example.org"; 2]),
        [line("one", ""), line("two", "")],
    );
    assert!(alike[0].contains("https://c/one") && alike[1].contains("https://c/two"));
}

#[test]
fn rows_of_other_amounts_are_not_alike() {
    let campaign = |amounts: [(&str, u32); 2]| {
        let lines = amounts.map(|(value, quantity)| {
            format!(
                r#"{{"ProductId":"A","Value":{value},"Quantity":{quantity},"Personalization":{{"To":"Bob"}},"ExternalId":"E1"}}"#
            )
        });
        campaign_of(OrderType::Links, &lines)
    };
    let line = |link: &str, echo: &str| format!(r#"{{"ExternalId":"E1"{echo},{}}}"#, claim(link));
    let joined = |amounts, lines: [String; 2]| {
        let campaign = campaign(amounts);
        sheet(&campaign, &[answer(&campaign, 0, &lines.join(","))])
    };

    for amounts in [[("25", 1), ("50", 1)], [("25", 1), ("25", 2)]] {
        for row in joined(amounts, [line("second", ""), line("first", "")]) {
            assert!(row.contains(",not matched,"), "{row}");
        }
    }
    for (amounts, echoes) in [
        (
            [("25", 1), ("50", 1)],
            [r#","Value":50.0"#, r#","Value":25"#],
        ),
        (
            [("25", 1), ("25", 2)],
            [r#","Quantity":2"#, r#","quantity":1"#],
        ),
    ] {
        let [second, first] = echoes;
        let told = joined(amounts, [line("second", second), line("first", first)]);
        assert!(told[0].contains("https://c/first"), "{told:?}");
        assert!(told[1].contains("https://c/second"), "{told:?}");
    }
    let alike = joined(
        [("25", 1), ("25.00", 1)],
        [line("one", ""), line("two", "")],
    );
    assert!(alike[0].contains("https://c/one") && alike[1].contains("https://c/two"));
}

#[test]
fn a_row_without_a_link_says_where_its_order_is() {
    let mut campaign = planned(&[1, 2, 3], 1);
    let names: Vec<String> = campaign
        .orders()
        .iter()
        .map(|order| order.po_number().to_owned())
        .collect();
    campaign
        .record(&names[1], OrderState::Created, Some("ORDER-2"))
        .unwrap();
    // By its id: this answer has no PO number.
    let pending = r#"{"id":"ORDER-2","status":"Pending"}"#.to_owned();
    let other = r#"{"Id":"ORDER-9","PONumber":"PO-9","LineItems":[]}"#.to_owned();

    let sheet = sheet(&campaign, &[pending, other]);

    assert_eq!(sheet.len(), 3);
    assert!(sheet[0].ends_with(&format!(",,,planned,{},", names[0])));
    assert!(sheet[1].ends_with(&format!(",,,Pending,{},ORDER-2", names[1])));
    assert!(sheet[2].ends_with(&format!(",,,planned,{},", names[2])));
}

#[test]
fn each_card_is_a_line_of_the_sheet_and_no_cell_is_a_formula() {
    let mut rows = Accepted::new(OrderType::Links);
    let lines = [
        r#"{"ProductId":"A","Value":5.50,"Quantity":3,"DigitalDeliveryAddress":{"Sms":"+15555555555"},"Personalization":{"To":"=1+1, \"x\""}}"#,
        r#"{"ProductId":"A","Value":5,"Quantity":1000000}"#,
    ];
    for (line, sheet_line) in lines.into_iter().zip([7, 8]) {
        rows.push(
            line.as_bytes(),
            sheet_line,
            Amount::ZERO,
            0,
            u128::from(sheet_line).into(),
            0,
        );
    }
    let campaign = planned_after(Rc::new(rows), 10, None);
    let claims = r#"{"ClaimData":[{"ClaimLink":"https://c/1"},{"ClaimLink":"https://c/2"}]},{}"#;

    let sheet = sheet(&campaign, &[answer(&campaign, 0, claims)]);

    let to = r#"7,,"'=1+1, ""x""",,,'+15555555555,A,5.50"#;
    for (line, card) in sheet
        .iter()
        .zip(["1,3,https://c/1", "2,3,https://c/2", "3,3,,"])
    {
        assert!(line.starts_with(&format!("{to},{card},")), "{line}");
    }
    assert_eq!(sheet.len(), 3 + 101);
    assert!(
        sheet[103].contains(",101-1000000,1000000,"),
        "{}",
        sheet[103]
    );
}
