//! One name, two spellings: `Noël` with one character for its `ë`, as Windows has it, or with two, as a Mac hands out file names.

use std::rc::Rc;

use giftcard_partners::bulk::{
    Accepted, Campaign, ClaimSheet, Import, ImportSettings, OrderState, PlanOptions,
    Reconciliation, plan,
};
use giftcard_partners::order::OrderType;
use unicode_normalization::UnicodeNormalization;

use crate::rows::{file, nfc, po_numbers, record};

/// Texts that are written in two ways: Latin letters with one and two accents, Hangul, kana, Greek and Arabic, and a sign of its own.
const TEXTS: [&str; 7] = [
    "No\u{eb}l",
    "Vi\u{1ec7}t Nam",
    "\u{d55c}\u{ae00}",
    "\u{30ac}\u{30d1}",
    "\u{39c}\u{3ac}\u{3c1}\u{3b9}\u{3bf}\u{3c2}",
    "\u{212b}ngstr\u{f6}m",
    "\u{622}\u{645}\u{646}\u{629}",
];

/// Texts that only look alike.
const LOOK_ALIKES: [(&str, &str); 4] = [
    ("No\u{eb}l", "Noel"),
    ("\u{fb01}rst", "first"),
    ("\u{410}nn", "Ann"),
    ("x\u{b2}", "x2"),
];

fn nfd(text: &str) -> String {
    text.nfd().collect()
}

fn named(campaign: &str, salt: &str) -> Vec<String> {
    let options = PlanOptions {
        campaign,
        salt,
        compose: nfc,
        ..PlanOptions::default()
    };
    po_numbers(&plan(file(&[1, 2, 3]), &options).unwrap())
}

fn imported(order_type: OrderType, text: &str) -> Rc<Accepted> {
    let mut settings = ImportSettings::new(order_type);
    settings.compose = nfc;
    let mut import = Import::new(settings);
    import.push(text.as_bytes()).unwrap();
    let report = import.finish().unwrap();
    assert_eq!(report.rejected_count(), 0, "{text}");
    Rc::clone(report.accepted())
}

fn planned(rows: Rc<Accepted>, after: Option<&Campaign>) -> Campaign {
    let options = PlanOptions {
        campaign: "spring",
        after,
        compose: nfc,
        ..PlanOptions::default()
    };
    plan(rows, &options).unwrap()
}

#[test]
fn a_campaigns_name_and_salt_are_the_same_in_either_spelling() {
    for text in TEXTS {
        assert_ne!(nfd(text), nfc(text), "{text}");
        assert_eq!(named(&nfd(text), "x"), named(&nfc(text), "x"), "{text}");
        assert_eq!(named("x", &nfd(text)), named("x", &nfc(text)), "{text}");
    }
}

#[test]
fn names_that_only_look_alike_are_two_campaigns() {
    for (one, other) in LOOK_ALIKES {
        assert_ne!(named(one, ""), named(other, ""), "{one}");
        assert_ne!(named("x", one), named("x", other), "{one}");
    }
}

/// Files in which a text stands for whom a card is for, and beside that.
fn files(text: &str) -> [(OrderType, String); 3] {
    let house = "product,value,shipping method,name,address,city,state,zip,country";
    [
        (
            OrderType::PhysicalShipment,
            format!("{house}\nA,5,M,{text},{text} 1,{text},CA,12345,US\n"),
        ),
        (
            OrderType::DigitalDelivery,
            format!("email,product,value,to,message\na@b.co,A,5,{text},{text}!\n"),
        ),
        (OrderType::Links, format!("to,product,value\n{text},A,5\n")),
    ]
}

#[test]
fn a_file_in_either_spelling_is_the_same_orders() {
    for text in TEXTS {
        let composed = files(&nfc(text));
        for ((order_type, one), (_, other)) in composed.iter().zip(files(&nfd(text))) {
            let one = po_numbers(&planned(imported(*order_type, one), None));
            let other = po_numbers(&planned(imported(*order_type, &other), None));

            assert_eq!(one, other, "{text} {order_type:?}");
        }
    }
}

#[test]
fn a_person_who_was_paid_in_one_spelling_is_not_paid_in_the_other() {
    for text in TEXTS {
        for (before, now) in [(nfc(text), nfd(text)), (nfd(text), nfc(text))] {
            for ((order_type, before), (_, now)) in files(&before).into_iter().zip(files(&now)) {
                let mut earlier = planned(imported(order_type, &before), None);
                record(&mut earlier, 0, OrderState::Created);

                let campaign = planned(imported(order_type, &now), Some(&earlier));

                assert!(campaign.orders().is_empty(), "{text} {order_type:?}");
            }
        }
    }
}

#[test]
fn people_whose_names_only_look_alike_are_two_payments() {
    for (one, other) in LOOK_ALIKES {
        let [(house, one), ..] = files(one);
        let [(_, other), ..] = files(other);
        let mut earlier = planned(imported(house, &one), None);
        record(&mut earlier, 0, OrderState::Created);

        let campaign = planned(imported(house, &other), Some(&earlier));

        assert_eq!(campaign.orders().len(), 1, "{other}");
    }
}

#[test]
fn what_is_sent_is_spelled_as_the_file_has_it() {
    let text = nfd("No\u{eb}l");
    let [_, (order_type, file), _] = files(&text);

    let body = planned(imported(order_type, &file), None).body(0).unwrap();

    assert!(String::from_utf8(body).unwrap().contains(&text));
}

#[test]
fn an_answer_in_the_other_spelling_is_of_the_same_row_and_the_same_order() {
    for text in TEXTS {
        let [(order_type, file), ..] = files(&nfd(text));
        let mut campaign = planned(imported(order_type, &file), None);
        record(&mut campaign, 0, OrderState::Created);
        let body = String::from_utf8(campaign.body(0).unwrap()).unwrap();
        let shown = nfc(&body).replacen('{', r#"{"Id":"O-1","Status":"Complete","#, 1);
        let with_link = shown.replacen(
            r#""LineItems":[{"#,
            r#""LineItems":[{"ClaimData":[{"ClaimLink":"https://c/1"}],"#,
            1,
        );

        let mut sheet = ClaimSheet::new(&campaign, nfc);
        sheet.add(with_link.as_bytes());
        let mut reconciliation = Reconciliation::new(&campaign, nfc);
        reconciliation.add(shown.as_bytes());

        let sheet = String::from_utf8(sheet.finish()).unwrap();
        assert!(sheet.contains("https://c/1"), "{sheet}");
        assert_eq!(reconciliation.finding(0), None, "{text}");
    }
}
