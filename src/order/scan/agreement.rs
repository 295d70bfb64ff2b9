//! The scanner and the exact reader say the same: on orders of every kind, and on what is left of them after some blows.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    reason = "a test may panic: that is how it fails"
)]

use core::fmt::Write;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::Scanner;
use crate::catalog::Catalog;
use crate::order::line::Line;
use crate::order::validate::report;
use crate::order::{OrderType, ValidateOptions};

/// What lines may hold: the documented samples, then what is valid by a hair, or not by a hair.
const LINES: &[&str] = &[
    r#"{"ProductId":"PRODUCTA","Value":25.0,"Quantity":1,"DigitalDeliveryAddress":{"Email":"recipient@example.com"},"Personalization":{"To":"Gift Recipient","FromName":"GiftCard Partners","FromEmail":"sender@example.com","Message":"Enjoy your reward!"}}"#,
    r#"{"ProductId":"CVS","Value":15,"Quantity":1,"DigitalDeliveryAddress":{"Email":"user@email.com","Sms":"+15555555555"},"Personalization":{"To":"Recipient","FromName":"Rewards Team","Message":"Enjoy your reward!"}}"#,
    r#"{"ProductId":"CVS","Value":10,"Quantity":5}"#,
    r#"{"ProductId":"CVS","Value":50,"Quantity":1,"PhysicalDeliveryAddress":{"ShippingMethodId":"STANDARD","CarrierId":"DEFAULT","Name":"Recipient Name","AddressLine1":"123 Main Street","City":"New York","State":"NY","Zip":"10001","Country":"US"}}"#,
    r#"{"ProductId":"CVS","Value":50,"Quantity":1,"PhysicalDeliveryAddress":{"ShippingMethodId":"STANDARD","Name":"R","AddressLine1":"1","City":"Wien","Country":"AT"}}"#,
    r#"{"Quantity":1000000,"Value":99999.99,"Culture":"en-US","ExternalId":"row-7","BrandingId":"BRAND-123","ProductId":"X","DigitalDeliveryAddress":{"Sms":"+2904321"},"Personalization":{"DeliveryDate":"2028-02-29T23:59:59Z","Message":"two\nlines \u00e9","To":""}}"#,
    "{ \"ProductId\" : \"Zo\u{eb}\",\r\n\t\"Value\":\t0.01,\n  \"Quantity\": 1.0, \"DigitalDeliveryAddress\": {\n \"Email\": \"a-b.c@d-e.f\"\n} }",
    r#"{"ProductId":"a","Value":1,"Quantity":1,"DigitalDeliveryAddress":{"Email":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bbbbbbbbbbbbbbbbbbbbbbbbbb.bbbbb"}}"#,
    r#"{"ProductId":"a","Value":1,"Quantity":1,"DigitalDeliveryAddress":{},"Personalization":{}}"#,
    r#"{"ProductId":"CVS","Value":50,"Quantity":1,"PhysicalDeliveryAddress":{"ShippingMethodId":"STANDARD","CarrierId":"DEFAULT","Name":"Recipient Name","AddressLine1":"123 Main Street","City":"Ottawa","State":"ON","Zip":"K1A 0B1","Country":"CA"}}"#,
    r#"{"ProductId":"CVS","Value":50,"Quantity":1,"PhysicalDeliveryAddress":{"Country":"GB","ShippingMethodId":"STANDARD","Name":"José","AddressLine1":"1","City":"London","Zip":"SW1A 1AA"}}"#,
    r#"{"ProductId":"CVS","Value":5,"Quantity":1,"DigitalDeliveryAddress":{"Email":"jose@example.com"},"Personalization":{"To":"José \"Pepe\" Núñez","FromName":"Zo\u00eb \ud83c\udf89","Message":"Félicitations,\nà l’été\r\nprochain – \\o/"}}"#,
    r#"{"ProductId":"X","Value":1.125,"Quantity":1,"BrandingId":"","DigitalDeliveryAddress":{"Email":"ann@localhost","Sms":""},"Personalization":{"DeliveryDate":"2027-06-01T09:00:00Z","FromEmail":""}}"#,
];

/// What a blow puts where something else was.
const PIECES: &[&str] = &[
    "",
    " ",
    "  ",
    "\n",
    "\t",
    "\u{b}",
    "\u{0}",
    "\u{7f}",
    "\u{a0}",
    "\u{85}",
    "\u{feff}",
    "é",
    "\\",
    "\\n",
    "\\u0007",
    "\\ud800",
    "\\u00e9",
    "\\u00C9",
    "\\u0020",
    "\\ud83c\\udf89",
    "\\udf89",
    "\\/",
    "\\b",
    "\\\"",
    "\\\\",
    "É’",
    "à\u{a0}",
    "\u{202e}",
    "\u{200d}",
    "\u{3000}",
    "日",
    "🎉",
    "\"",
    "\"\"",
    "\" \"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ",,",
    "@",
    ".",
    "..",
    "-",
    "@-",
    "-@",
    ".@",
    "@.",
    "+",
    "0",
    "00",
    "1",
    "9",
    "-1",
    "0.0",
    "0.1",
    "1.25",
    "1.250",
    "1.255",
    "1e2",
    "E",
    "null",
    "true",
    "999999999",
    "9999999999",
    "1000001",
    "70368744177663.99",
    "a",
    "Z",
    "_",
    "&",
    "(",
    "us",
    "GB",
    "DE",
    "2134",
    "2134.0",
    "'",
    "02134-1234",
    "\u{c3}\u{a9}",
    "\u{200b}",
    "\\ufffd",
    "2026",
    "2029",
    "CA",
    "UK",
    "+1555",
    "2026-02-30T00:00:00Z",
    "\"Value\":1,",
    "\"To\":\"x\",",
    "\"value\":1,",
    "\"Extra\":1,",
    ",\"Value\":2",
    "\"Email\":\"x@y\",",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

const TYPES: [&str; 4] = ["DigitalDelivery", "Links", "PhysicalShipment", "Codes"];

/// Numbers from a seed (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(super) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

fn order(order_type: &str, lines: &[&str], type_first: bool) -> Vec<u8> {
    let mut text = String::from("{");
    if type_first {
        write!(text, r#""Type":"{order_type}","#).unwrap();
    }
    write!(
        text,
        r#""LineItems":[{}],"PONumber":"PO-1""#,
        lines.join(",")
    )
    .unwrap();
    if !type_first {
        write!(text, r#","Type":"{order_type}""#).unwrap();
    }
    text.push('}');
    text.into_bytes()
}

/// What can be ordered, in two currencies; most of the lines are of it.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let answer = br#"[
        {"Id":"PRODUCTA","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[25,50],"AvailableDeliveryTypes":["DigitalDelivery"]},
        {"Id":"CVS","CurrencyCode":"USD","DenominationType":"Variable","Denominations":[10,40],"HasRequiredCardCarriers":true},
        {"Id":"X","CurrencyCode":"JPY"},
        {"Id":"a"}
    ]"#;
    Catalog::from_answer(answer).unwrap()
});

#[test]
fn an_order_of_the_catalog_is_surely_valid_and_one_in_two_currencies_is_not() {
    let options = ValidateOptions {
        catalog: Some(&CATALOG),
        ..ValidateOptions::default()
    };
    for scan in [true, false] {
        let issues = |lines: &[&str]| {
            let body = order("DigitalDelivery", lines, true);
            report(&body, &options, scan).issues.len()
        };

        assert_eq!(issues(&[LINES[0], LINES[1]]), 0);
        // Of another currency, which has no decimals.
        assert_eq!(issues(&[LINES[1], LINES[5]]), 2);
    }
}

fn assert_agreement(body: &[u8]) {
    // In June 2027.
    for (catalog, now) in [(None, None), (Some(&*CATALOG), Some(1_811_808_000))] {
        let options = ValidateOptions {
            catalog,
            now,
            ..ValidateOptions::default()
        };
        assert_eq!(
            report(body, &options, true),
            report(body, &options, false),
            "{}",
            String::from_utf8_lossy(body)
        );
    }
}

/// An order with up to four blows to it.
fn struck(random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<&str> = (0..=random.below(3)).map(|_| random.of(LINES)).collect();
    if random.below(2) == 0 {
        lines.fill(random.of(LINES));
    }
    let order_type = random.of(&TYPES);
    let type_first = random.below(8) > 0;
    let mut body = order(order_type, &lines, type_first);
    for _ in 0..random.below(5) {
        if body.is_empty() {
            break;
        }
        let at = random.below(body.len());
        let until = body.len().min(at + [0, 1, 1, 1, 2, 6][random.below(6)]);
        match random.below(8) {
            0 => body[at] = u8::try_from(random.below(256)).unwrap(),
            1 => body.truncate(at.max(1)),
            2 => {
                let from = random.below(body.len());
                let copy = body[from..body.len().min(from + 40)].to_vec();
                body.splice(at..until, copy);
            }
            _ => {
                body.splice(at..until, random.of(PIECES).bytes());
            }
        }
    }
    body
}

/// `SCANNER_CASES=1000000 cargo test --release agreement` before a release.
#[test]
fn the_scanner_never_changes_a_report() {
    let cases = std::env::var("SCANNER_CASES").map_or(50_000, |cases| cases.parse().unwrap());
    let mut random = Random(7);

    for _ in 0..cases {
        assert_agreement(&struck(&mut random));
    }
}

#[test]
fn every_piece_at_every_place_of_every_line_changes_no_report() {
    for text in LINES {
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for piece in [" ", "\"", "\\", "0", ".", "@", "-", "\u{7f}", "é", ","] {
                let line = [&text[..at], piece, &text[at..]].concat();
                assert_agreement(&order("DigitalDelivery", &[&line], true));
                // The scanner gives up on the first line, so that the lines are read one by one; the third is held to the second.
                assert_agreement(&order("DigitalDelivery", &[LINES[8], text, &line], true));
            }
        }
    }
}

/// Bytes of the line that a text begins with, where it is surely valid.
fn length_of(text: &[u8], order_type: OrderType) -> Option<usize> {
    let mut held = Line::default();
    let mut scanner = Scanner::new(text, Some(order_type), None, &mut held);
    scanner.line().map(|()| scanner.at)
}

#[test]
fn a_line_like_the_one_before_is_read_by_its_pattern_and_another_is_not() {
    let is_surely_valid = |text: &str| {
        length_of([text, "]"].concat().as_bytes(), OrderType::PhysicalShipment).is_some()
    };
    let follows = |first: &str, second: &str, order_type| {
        let text = [first, ",", second, "]"].concat();
        let mut held = Line::default();
        let mut scanner = Scanner::new(text.as_bytes(), Some(order_type), None, &mut held);
        scanner.line().unwrap();
        assert!(scanner.another());
        let begin = scanner.at;
        let again = scanner.again().map(|()| scanner.at.wrapping_sub(begin));
        let anew = length_of(&text.as_bytes()[begin..], order_type);
        assert_eq!(anew, Some(second.len()));
        assert!(again.is_none() || again == anew);
        again.is_some()
    };
    let physical = |country: &str| {
        LINES[3]
            .replace("US", country)
            .replace("10001", if country == "CA" { "K1A 0B1" } else { "10001" })
    };
    let digital = LINES[0];

    let other = digital
        .replace("25.0", "7")
        .replace("recipient@", "zoe.someone.else@")
        .replace("Gift Recipient", "");
    assert!(follows(digital, &other, OrderType::Links));
    let without = digital.replace(r#""FromName":"GiftCard Partners","#, "");
    assert!(!follows(digital, &without, OrderType::Links));
    let ca = physical("CA");
    let lost = physical("US").replace("10001", "2134");
    assert!(!is_surely_valid(&lost));
    assert!(follows(&physical("US"), &ca, OrderType::PhysicalShipment));
    // What has states after what has none is looked at whole.
    assert!(!follows(&physical("AT"), &ca, OrderType::PhysicalShipment));
}

#[test]
fn valid_lines_do_not_need_the_exact_reader() {
    let accepted = |text: &str, order_type| {
        let behind = [text, ",{"].concat();
        length_of(behind.as_bytes(), order_type) == Some(text.len())
    };

    for (place, order_type) in [
        (0, OrderType::DigitalDelivery),
        (0, OrderType::Links),
        (1, OrderType::DigitalDelivery),
        (2, OrderType::Links),
        (3, OrderType::PhysicalShipment),
        (4, OrderType::PhysicalShipment),
        (5, OrderType::DigitalDelivery),
        (7, OrderType::DigitalDelivery),
        (9, OrderType::PhysicalShipment),
        (10, OrderType::PhysicalShipment),
        (11, OrderType::Links),
    ] {
        assert!(accepted(LINES[place], order_type), "{}", LINES[place]);
        let value: serde_json::Value = serde_json::from_str(LINES[place]).unwrap();
        assert!(accepted(
            &serde_json::to_string_pretty(&value).unwrap(),
            order_type
        ));
    }
}

proptest! {
    #[test]
    fn any_address_gets_the_same_verdict(address in "[a-c1.@\\-!(]{0,6}@?[a-z.\\-]{0,70}") {
        let line = format!(r#"{{"ProductId":"a","Value":1,"Quantity":1,"DigitalDeliveryAddress":{{"Email":"{address}"}}}}"#);
        assert_agreement(&order("DigitalDelivery", &[&line], true));
    }

    #[test]
    fn any_number_gets_the_same_verdict(value in "-?[0-9]{0,11}(\\.[0-9]{0,4})?(e[0-9])?", quantity in "[0-9]{1,8}(\\.0{0,3})?") {
        let line = format!(r#"{{"ProductId":"a","Value":{value},"Quantity":{quantity}}}"#);
        assert_agreement(&order("Links", &[&line], true));
    }

    #[test]
    fn any_text_gets_the_same_verdict(text in "[ a-z\\\\n\"\u{e9}\u{7f}\u{a0}\u{2003}]{0,40}") {
        let line = format!(r#"{{"ProductId":"{text}","Value":1,"Quantity":1,"Personalization":{{"To":"{text}"}}}}"#);
        assert_agreement(&order("Links", &[&line], true));
    }
}
