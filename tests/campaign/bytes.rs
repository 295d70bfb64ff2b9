//! A campaign as bytes.

use giftcard_partners::bulk::{Campaign, CampaignFault, OrderState};
use proptest::prelude::*;

use crate::rows::{file, planned, planned_after, record};

fn bodies(campaign: &Campaign) -> Vec<Vec<u8>> {
    (0..campaign.orders().len())
        .map(|place| campaign.body(place).unwrap())
        .collect()
}

proptest! {
    #[test]
    fn a_campaign_comes_back_from_its_bytes(
        first in prop::collection::vec(0..9_u32, 0..20),
        second in prop::collection::vec(0..9_u32, 0..20),
        words in prop::collection::vec((any::<prop::sample::Index>(), 0..9_usize), 0..20),
    ) {
        let mut earlier = planned(&first, 2);
        for (place, word) in &words {
            if !first.is_empty() {
                record(&mut earlier, place.index(first.len().div_ceil(2)), OrderState::ALL[*word]);
            }
        }
        let mut campaign = planned_after(file(&second), 3, Some(&earlier));
        for (place, word) in &words {
            if !campaign.orders().is_empty() {
                let place = place.index(campaign.orders().len());
                record(&mut campaign, place, OrderState::ALL[*word]);
            }
        }

        let restored = Campaign::from_bytes(&campaign.to_bytes()).unwrap();

        prop_assert_eq!(bodies(&restored), bodies(&campaign));
        prop_assert_eq!(restored.already_planned(), campaign.already_planned());
        prop_assert_eq!(restored.ledger(), campaign.ledger());
        prop_assert_eq!(restored.to_bytes(), campaign.to_bytes());
        // What was paid before is known to the next campaign too.
        let next = |after: &Campaign| bodies(&planned_after(file(&first), 3, Some(after)));
        prop_assert_eq!(next(&restored), next(&campaign));
    }

    #[test]
    fn bytes_that_are_cut_or_altered_are_refused(
        place in any::<prop::sample::Index>(), flip in 1..=255_u8, cut in any::<bool>(),
    ) {
        let mut bytes = planned(&[1, 2, 3], 2).to_bytes();
        let place = place.index(bytes.len());
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] ^= flip;
        }

        let refused = Campaign::from_bytes(&bytes).unwrap_err();

        prop_assert!(matches!(refused, CampaignFault::Damaged | CampaignFault::NoCampaign));
    }
}

#[test]
fn the_bytes_of_a_ledger_are_no_campaign() {
    let refused = Campaign::from_bytes(&planned(&[1], 1).ledger()).unwrap_err();

    assert_eq!(refused, CampaignFault::NoCampaign);
}
