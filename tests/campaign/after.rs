//! Files that grow, shrink and are mended, one campaign after another: nobody is paid twice, nobody is forgotten.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use giftcard_partners::bulk::{Campaign, Ending, Import, ImportSettings, OrderState};
use giftcard_partners::error::Outcome;
use giftcard_partners::order::OrderType;
use proptest::prelude::*;

use crate::rows::{file, mended, paid_by, planned, planned_after, record};

/// A server that knows orders by their PO numbers.
#[derive(Default)]
struct Server {
    known: HashSet<String>,
    paid: BTreeMap<u32, usize>,
}

/// What becomes of a send.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Placed,
    PlacedAndLost,
    PlacedAndCrashed,
    Lost,
    Crashed,
    Short,
    Rejected,
    NotTried,
}

const FATES: [Fate; 8] = [
    Fate::Placed,
    Fate::PlacedAndLost,
    Fate::PlacedAndCrashed,
    Fate::Lost,
    Fate::Crashed,
    Fate::Short,
    Fate::Rejected,
    Fate::NotTried,
];

impl Server {
    /// Whether the order was there already.
    fn place(&mut self, campaign: &Campaign, place: usize) -> bool {
        let new = self
            .known
            .insert(campaign.orders()[place].po_number().to_owned());
        if new {
            for recipient in paid_by(&campaign.body(place).unwrap()) {
                *self.paid.entry(recipient).or_default() += 1;
            }
        }
        !new
    }

    fn send(&mut self, campaign: &mut Campaign, place: usize, fate: Fate) {
        if matches!(fate, Fate::NotTried) {
            return;
        }
        campaign.begin(place);
        let failed = |code, outcome| Ending::Failed {
            code,
            issue: None,
            outcome,
            order_id: None,
        };
        let ending = match fate {
            Fate::Placed => Ending::Placed {
                reconciled: self.place(campaign, place),
                order_id: None,
            },
            Fate::PlacedAndLost => {
                self.place(campaign, place);
                failed("network", Outcome::Unknown)
            }
            Fate::PlacedAndCrashed => {
                self.place(campaign, place);
                return;
            }
            Fate::Lost => failed("timeout", Outcome::Unknown),
            Fate::Crashed | Fate::NotTried => return,
            Fate::Short => failed("insufficient_funds", Outcome::Rejected),
            Fate::Rejected => failed("bad_request", Outcome::Rejected),
        };
        campaign.settle(place, ending);
    }
}

fn times(recipients: &[u32]) -> BTreeMap<u32, usize> {
    let mut times = BTreeMap::new();
    for recipient in recipients {
        *times.entry(*recipient).or_default() += 1;
    }
    times
}

/// Files, each with the lines of an order and with what becomes of the orders.
fn stages() -> impl Strategy<Value = Vec<(Vec<u32>, u64, Vec<usize>)>> {
    // Few recipients, so that most stand in several files, and several times in one.
    let stage = (
        prop::collection::vec(0..6_u32, 0..14),
        1..5_u64,
        prop::collection::vec(0..FATES.len(), 14),
    );
    prop::collection::vec(stage, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nobody_is_paid_more_often_than_the_file_says_and_nobody_less_once_all_succeeds(
        stages in stages(), last in prop::collection::vec(0..6_u32, 0..14), max_lines in 1..5_u64,
    ) {
        let mut server = Server::default();
        let mut campaigns: Vec<Campaign> = Vec::new();
        let mut files = Vec::new();
        let last = (last, max_lines, vec![0; 14]);

        for (recipients, max_lines, fates) in stages.into_iter().chain([last]) {
            let before = server.paid.clone();
            let mut campaign = planned_after(file(&recipients), max_lines, campaigns.last());
            for place in 0..campaign.orders().len() {
                server.send(&mut campaign, place, FATES[fates[place]]);
            }
            campaigns.push(campaign);

            let wanted = times(&recipients);
            files.push(wanted.clone());
            for (recipient, paid) in &server.paid {
                let wanted = wanted.get(recipient).copied().unwrap_or_default();
                let before = before.get(recipient).copied().unwrap_or_default();
                prop_assert!(*paid <= wanted.max(before), "{recipient} was paid {paid} times");
            }
            // The last file, once all of it succeeded and what is in doubt was settled.
            if campaigns.len() > 1 && fates.iter().all(|fate| *fate == 0) {
                let mut settled = Server { known: server.known.clone(), paid: server.paid.clone() };
                for campaign in &mut campaigns.clone() {
                    for place in 0..campaign.orders().len() {
                        if campaign.orders()[place].state().is_in_doubt() {
                            settled.send(campaign, place, Fate::Placed);
                        }
                    }
                }
                for (recipient, wanted) in wanted {
                    let paid = settled.paid.get(&recipient).copied().unwrap_or_default();
                    prop_assert!(paid >= wanted, "{recipient} was paid {paid} times of {wanted}");
                }
                for (recipient, paid) in settled.paid {
                    let most = files.iter().filter_map(|file| file.get(&recipient)).max();
                    prop_assert!(Some(&paid) <= most, "{recipient} was paid {paid} times, {most:?} at most");
                }
            }
        }
    }

    #[test]
    fn rows_are_sent_or_left_out(
        first in prop::collection::vec(0..6_u32, 0..14),
        second in prop::collection::vec(0..6_u32, 0..14),
        words in prop::collection::vec(0..9_usize, 14),
        max_lines in 1..5_u64,
    ) {
        let mut earlier = planned(&first, 2);
        for (place, word) in words.into_iter().enumerate().take(earlier.orders().len()) {
            record(&mut earlier, place, OrderState::ALL[word]);
        }

        let campaign = planned_after(file(&second), max_lines, Some(&earlier));

        let sent: u64 = campaign.orders().iter().map(|order| u64::from(order.line_count())).sum();
        prop_assert_eq!(sent + campaign.already_planned(), second.len() as u64);
    }
}

#[test]
fn a_grown_file_sends_what_was_appended() {
    let mut earlier = planned(&[1, 2, 3, 4, 5], 2);
    for place in 0..3 {
        record(&mut earlier, place, OrderState::Created);
    }

    let campaign = planned_after(file(&[1, 2, 3, 4, 5, 6, 7]), 2, Some(&earlier));

    assert_eq!(campaign.already_planned(), 5);
    let bodies: Vec<Vec<u32>> = (0..campaign.orders().len())
        .map(|place| paid_by(&campaign.body(place).unwrap()))
        .collect();
    assert_eq!(bodies, [vec![6], vec![7]]);
}

#[test]
fn a_mended_row_that_was_paid_is_not_paid_again() {
    let mut earlier = planned(&[1, 2, 3], 3);
    record(&mut earlier, 0, OrderState::Unknown);

    let mended = mended(
        &[1, 2, 3],
        |place| if place == 1 { "Well done" } else { "" },
    );
    let campaign = planned_after(mended, 3, Some(&earlier));

    assert!(campaign.orders().is_empty());
    assert_eq!(campaign.already_planned(), 3);
}

#[test]
fn who_was_paid_once_and_now_stands_there_twice_is_paid_once_more() {
    let mut earlier = planned(&[1, 2], 2);
    record(&mut earlier, 0, OrderState::Reconciled);

    let campaign = planned_after(file(&[2, 1, 1]), 3, Some(&earlier));

    assert_eq!(paid_by(&campaign.body(0).unwrap()), [1]);
    assert_eq!(campaign.already_planned(), 2);
}

#[test]
fn what_was_not_placed_is_planned_again_under_the_same_po_number() {
    for state in OrderState::ALL {
        let mut earlier = planned(&[1, 2, 3, 4], 2);
        record(&mut earlier, 0, OrderState::Created);
        record(&mut earlier, 1, state);

        let campaign = planned_after(file(&[1, 2, 3, 4]), 2, Some(&earlier));

        if state.may_have_paid() {
            assert!(campaign.orders().is_empty(), "{state:?}");
        } else {
            assert_eq!(campaign.orders().len(), 1, "{state:?}");
            assert_eq!(
                campaign.orders()[0].po_number(),
                earlier.orders()[1].po_number()
            );
        }
    }
}

#[test]
fn what_the_first_of_three_campaigns_paid_the_third_does_not_pay() {
    let mut first = planned(&[1, 2], 2);
    record(&mut first, 0, OrderState::Created);
    // The second file lacks recipient 1, and the third has it again.
    let mut second = planned_after(file(&[2, 3]), 2, Some(&first));
    record(&mut second, 0, OrderState::Created);

    let third = planned_after(file(&[1, 2, 3, 4]), 4, Some(&second));

    assert_eq!(paid_by(&third.body(0).unwrap()), [4]);
    assert_eq!(third.already_planned(), 3);
}

/// What is left to pay of a file after another one was placed as a whole.
fn left(before: (OrderType, &str), after: (OrderType, &str)) -> Vec<String> {
    let rows = |(order_type, file): (OrderType, &str)| {
        let mut settings = ImportSettings::new(order_type);
        settings.accepts_duplicates = true;
        let mut import = Import::new(settings);
        import.push(file.as_bytes()).unwrap();
        let report = import.finish().unwrap();
        assert_eq!(report.rejected_count(), 0, "{file}");
        Rc::clone(report.accepted())
    };
    let mut earlier = planned_after(rows(before), 1_000, None);
    for place in 0..earlier.orders().len() {
        record(&mut earlier, place, OrderState::Created);
    }
    let campaign = planned_after(rows(after), 1_000, Some(&earlier));
    let bytes = campaign.to_bytes();
    let campaign = Campaign::from_bytes(&bytes).unwrap();
    let bodies = (0..campaign.orders().len()).map(|place| campaign.body(place).unwrap());
    bodies
        .map(|body| String::from_utf8(body).unwrap())
        .collect()
}

#[test]
fn what_is_mended_in_a_row_beside_recipient_product_and_value_pays_nobody_again() {
    use OrderType::{DigitalDelivery, Links, PhysicalShipment};

    let house = "product,value,shipping method,name,address,city,state,zip,country\n";
    for (before, after) in [
        (
            (DigitalDelivery, "email,product,value\na@b.co,A,5\n"),
            (
                DigitalDelivery,
                "email,sms,product,value\na@b.co,+15555555555,A,5\n",
            ),
        ),
        (
            (
                DigitalDelivery,
                "email,sms,product,value\na@b.co,+15555555555,A,5\n",
            ),
            (DigitalDelivery, "email,product,value\na@b.co,A,5\n"),
        ),
        (
            (DigitalDelivery, "email,product,value\na@b.co,A,5\n"),
            (Links, "email,product,value\na@b.co,A,5\n"),
        ),
        (
            (DigitalDelivery, "email,product,value\na@b.co,Abc,5\n"),
            (
                DigitalDelivery,
                "email,product,value,message\nA@B.CO,aBC,5.00,Hello\n",
            ),
        ),
        (
            (
                PhysicalShipment,
                &format!("{house}A,5,M,J\u{f6}rg \u{10d}apek,Main 1,X,CA,12345,US\n"),
            ),
            (
                PhysicalShipment,
                &format!("{house}A,5,N,J\u{d6}RG \u{10c}APEK,MAIN 1,x,ca,12345,US\n"),
            ),
        ),
    ] {
        assert_eq!(left(before, after), Vec::<String>::new(), "{after:?}");
    }
}

#[test]
fn of_two_who_share_an_address_the_one_who_was_paid_is_left_out() {
    let before = (
        OrderType::DigitalDelivery,
        "email,sms,product,value\na@b.co,+15555555551,A,5\n",
    );
    let after = (
        OrderType::DigitalDelivery,
        "email,sms,product,value\na@b.co,+15555555552,A,5\na@b.co,+15555555551,A,5\n",
    );

    let left = left(before, after);

    assert_eq!(left.len(), 1);
    assert!(left[0].contains("+15555555552") && !left[0].contains("+15555555551"));
}

#[test]
fn another_value_or_recipient_is_another_payment() {
    let before = (
        OrderType::DigitalDelivery,
        "email,product,value\na@b.co,A,5\n",
    );

    // The second amount is the first one with the case of a letter changed in its bytes.
    for file in [
        "email,product,value\nb@b.co,A,5\n",
        "email,product,value\na@b.co,A,5.32\n",
        "email,product,value\na@b.co,B,5\n",
    ] {
        assert_eq!(
            left(before, (OrderType::DigitalDelivery, file)).len(),
            1,
            "{file}"
        );
    }
    let cents = |cents| format!("email,product,value\na@b.co,A,0.{cents}\n");
    assert_eq!(
        left(
            (OrderType::Links, &cents(65)),
            (OrderType::Links, &cents(97))
        )
        .len(),
        1
    );
}
