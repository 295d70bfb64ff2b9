//! How rows become orders.

use std::collections::HashSet;
use std::rc::Rc;

use giftcard_partners::bulk::{Accepted, Campaign, CampaignFault, PlanOptions, PlannedOrder, plan};
use giftcard_partners::bulk::{Import, ImportSettings};
use giftcard_partners::money::Amount;
use giftcard_partners::order::{CheckedOrder, OrderLimits, OrderType, limits};
use proptest::prelude::*;

use crate::rows::{file, line, mended, paid_by, planned, planned_after, po_numbers};

#[test]
fn the_rows_stand_in_orders_in_the_order_of_the_file() {
    let campaign = planned(&[3, 1, 2, 5, 4], 2);

    let paid: Vec<Vec<u32>> = (0..3)
        .map(|place| paid_by(&campaign.body(place).unwrap()))
        .collect();

    assert_eq!(paid, [vec![3, 1], vec![2, 5], vec![4]]);
    let counts: Vec<u32> = campaign
        .orders()
        .iter()
        .map(PlannedOrder::line_count)
        .collect();
    assert_eq!(counts, [2, 2, 1]);
    assert_eq!(campaign.orders()[0].face_value().to_decimal(), "10.00");
}

#[test]
fn a_body_is_an_order_that_the_validator_takes() {
    let campaign = planned(&[1, 2, 1], 1000);

    let body = campaign.body(0).unwrap();

    let order = CheckedOrder::read(body.as_slice(), &OrderLimits::default()).unwrap();
    assert_eq!(order.po_number().as_str(), campaign.orders()[0].po_number());
    assert_eq!(order.face_value(), campaign.orders()[0].face_value());
    assert_eq!(order.line_count(), 3);
    let text = String::from_utf8(body).unwrap();
    let expected = format!(
        r#"{{"Type":"Links","LineItems":[{},{},{}],"PONumber":"{}"}}"#,
        line(1, ""),
        line(2, ""),
        line(1, ""),
        campaign.orders()[0].po_number()
    );
    assert_eq!(text, expected);
}

#[test]
fn an_order_holds_no_more_bytes_than_it_may() {
    let mut rows = Accepted::new(OrderType::Links);
    let long = format!(r#"{{"ProductId":"A","Note":"{}"}}"#, "x".repeat(9_000));
    for place in 0..1_000 {
        rows.push(
            long.as_bytes(),
            place,
            Amount::ZERO,
            0,
            u128::from(place).into(),
            0,
        );
    }

    let campaign = planned_after(Rc::new(rows), 1000, None);

    assert_eq!(campaign.orders().len(), 3);
    let sizes: Vec<usize> = (0..3)
        .map(|place| campaign.body(place).unwrap().len())
        .collect();
    assert!(sizes.iter().all(|size| *size <= limits::BODY), "{sizes:?}");
    assert!(sizes[0] > limits::BODY - 10_000, "{sizes:?}");
}

#[test]
fn an_order_has_one_currency() {
    let mut rows = Accepted::new(OrderType::Links);
    for (place, code) in (2..).zip(["USD", "CAD", "USD", "CAD", "USD"]) {
        let currency = rows.currency(code);
        rows.push(
            b"{}",
            place,
            Amount::ZERO,
            currency,
            u128::from(place).into(),
            0,
        );
    }

    let campaign = planned_after(Rc::new(rows), 2, None);

    let orders: Vec<_> = campaign
        .orders()
        .iter()
        .map(PlannedOrder::line_count)
        .collect();
    let currencies: Vec<_> = (0..3)
        .map(|place| campaign.currency(place).unwrap())
        .collect();
    assert_eq!(
        (orders, currencies),
        (vec![2, 2, 1], vec!["USD", "CAD", "USD"])
    );
}

#[test]
fn lines_alike_to_the_last_letter_are_different_orders() {
    let mut rows = Accepted::new(OrderType::Links);
    for occurrence in 0..3 {
        rows.push(b"{}", 2, Amount::ZERO, 0, 7.into(), occurrence);
    }

    let names = po_numbers(&planned_after(Rc::new(rows), 1, None));

    assert_eq!(names.iter().collect::<HashSet<_>>().len(), 3);
}

#[test]
fn of_lines_that_pay_the_same_each_has_a_name_in_its_order() {
    let mut import = Import::new(ImportSettings::new(OrderType::Links));
    let file = "product,value,external id\nA,5,\nA,5,mine\nA,5,mine\nA,5,\nA,6,\nA,5,\nA,5,\n";
    import.push(file.as_bytes()).unwrap();
    let rows = Rc::clone(import.finish().unwrap().accepted());

    let names: Vec<Vec<String>> = {
        let campaign = planned_after(rows, 6, None);
        let body = |place| {
            serde_json::from_slice::<serde_json::Value>(&campaign.body(place).unwrap()).unwrap()
        };
        let name = |line: &serde_json::Value| line["ExternalId"].as_str().unwrap().to_owned();
        (0..2)
            .map(|place| {
                body(place)["LineItems"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(name)
                    .collect()
            })
            .collect()
    };

    let (name, other) = (names[0][0].as_str(), names[0][4].as_str());
    let numbered = |number: u64| format!("{name}-{number}");
    assert_ne!(name, other);
    assert_eq!(
        names[0],
        [name, "mine", "mine", &numbered(4), other, &numbered(5)]
    );
    assert_eq!(names[1], [name]);
}

#[test]
fn the_campaign_and_the_salt_name_the_orders_too() {
    let of = |campaign, salt| {
        let options = PlanOptions {
            campaign,
            salt,
            ..PlanOptions::default()
        };
        po_numbers(&plan(file(&[1, 2]), &options).unwrap())
    };

    let names = [of("spring", ""), of("spring", "again"), of("summer", "")];

    assert_eq!(names.iter().flatten().collect::<HashSet<_>>().len(), 3);
    assert_eq!(of("spring", ""), names[0]);
}

#[test]
fn more_lines_than_an_order_may_have_are_refused() {
    for max_lines in [0, 1001, u64::MAX] {
        let options = PlanOptions {
            max_lines,
            ..PlanOptions::default()
        };
        assert_eq!(
            plan(file(&[1]), &options).unwrap_err(),
            CampaignFault::MaxLines
        );
    }
}

#[test]
fn a_file_without_rows_is_a_campaign_without_orders() {
    let campaign = planned(&[], 10);

    assert!(campaign.orders().is_empty());
    assert_eq!(campaign.next_open(0), None);
}

/// A body without its PO number.
fn unnamed(campaign: &Campaign, place: usize) -> Vec<u8> {
    let body = campaign.body(place).unwrap();
    let name = campaign.orders()[place].po_number().len() + "\"}".len();
    body[..body.len() - name].to_vec()
}

proptest! {
    #[test]
    fn the_same_file_has_the_same_po_numbers_and_each_order_its_own(
        recipients in prop::collection::vec(0..20_u32, 0..60), max_lines in 1..9_u64,
    ) {
        let names = po_numbers(&planned(&recipients, max_lines));

        prop_assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        prop_assert_eq!(names, po_numbers(&planned(&recipients, max_lines)));
    }

    #[test]
    fn appended_rows_leave_full_orders_alone(
        recipients in prop::collection::vec(0..20_u32, 0..60),
        appended in prop::collection::vec(0..20_u32, 1..20),
        max_lines in 1..9_u64,
    ) {
        let before = po_numbers(&planned(&recipients, max_lines));
        let after = po_numbers(&planned(&[recipients.clone(), appended].concat(), max_lines));

        let full = recipients.len() / usize::try_from(max_lines).unwrap();
        prop_assert_eq!(&before[..full], &after[..full]);
    }

    #[test]
    fn one_changed_row_changes_only_its_own_order(
        recipients in prop::collection::vec(0..20_u32, 1..60),
        changed in any::<prop::sample::Index>(),
        other in prop::option::of(0..20_u32),
        max_lines in 1..9_u64,
    ) {
        let changed = changed.index(recipients.len());
        let before = planned(&recipients, max_lines);
        let after = match other {
            // Another recipient, or another message for the same one.
            Some(other) => {
                let mut recipients = recipients.clone();
                recipients[changed] = other;
                file(&recipients)
            }
            None => mended(&recipients, |place| if place == changed { "mended" } else { "" }),
        };
        let after = planned_after(after, max_lines, None);

        let (before_names, after_names) = (po_numbers(&before), po_numbers(&after));
        let known: HashSet<_> = before_names.iter().collect();
        let new = after_names.iter().filter(|name| !known.contains(name)).count();
        let own = changed / usize::try_from(max_lines).unwrap();
        let is_same = before.body(own).unwrap().starts_with(&unnamed(&after, own));
        prop_assert_eq!(new, usize::from(!is_same));
        // Each other order keeps its own PO number, unless there are several that hold the same.
        for place in (0..before_names.len()).filter(|place| *place != own) {
            let content = unnamed(&before, place);
            let alike = |campaign: &Campaign| (0..before_names.len()).filter(|place| unnamed(campaign, *place) == content).count();
            if alike(&before) == 1 && alike(&after) == 1 {
                prop_assert_eq!(&before_names[place], &after_names[place]);
            }
        }
    }

    #[test]
    fn every_row_is_in_one_order(
        recipients in prop::collection::vec(0..20_u32, 0..60), max_lines in 1..9_u64,
    ) {
        let campaign = planned(&recipients, max_lines);

        let paid: Vec<u32> = (0..campaign.orders().len())
            .flat_map(|place| paid_by(&campaign.body(place).unwrap()))
            .collect();

        prop_assert_eq!(paid, recipients);
    }
}
