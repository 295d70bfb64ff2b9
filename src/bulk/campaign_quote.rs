//! What a campaign will cost, and how far the balance goes.

use alloc::vec::Vec;

use super::{Campaign, Tally};
use crate::catalog::Catalog;
use crate::error::{Error, Result};
use crate::json::Writer;
use crate::order::quote::{Available, Quote, quote};

/// The quote of the orders in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignQuote {
    /// All of them together.
    pub quote: Quote,
    /// How many they are.
    pub tally: Tally,
    /// How many of them, in the order of the file, the balance pays for before the first that it does not.
    pub covered: u64,
    /// Whether there was one that it does not.
    ended: bool,
}

impl Campaign {
    /// Quotes the orders that are to be sent, by currency, against a balance where there is one.
    ///
    /// # Errors
    ///
    /// Those of [`quote`] for any of them.
    pub fn quote(
        &self,
        catalog: &Catalog,
        available: Option<Available>,
    ) -> Result<Vec<CampaignQuote>> {
        let mut quotes: Vec<CampaignQuote> = Vec::new();
        let mut from = 0;
        while let Some(place) = self.next_open(from) {
            from = place.saturating_add(1);
            let quoted = quote(&self.body(place).unwrap_or_default(), catalog)?;
            let tally = self
                .orders()
                .get(place)
                .map(super::PlannedOrder::tally)
                .unwrap_or_default();
            let same = |known: &&mut CampaignQuote| known.quote.currency == quoted.currency;
            match quotes.iter_mut().find(same) {
                Some(known) => {
                    let sum = known.quote.add(&quoted);
                    sum.ok_or_else(|| {
                        Error::config(
                            "The campaign's sums are out of range: more money than can be counted.",
                        )
                    })?;
                    known.tally.add(tally);
                    known.cover(available);
                }
                None => {
                    let mut first = CampaignQuote {
                        quote: quoted,
                        tally,
                        covered: 0,
                        ended: false,
                    };
                    first.cover(available);
                    quotes.push(first);
                }
            }
        }
        Ok(quotes)
    }
}

impl CampaignQuote {
    /// Counts the order that was added last, where the balance pays for it and for all before it.
    fn cover(&mut self, available: Option<Available>) {
        let total = self.quote.total();
        self.ended |= available.is_none_or(|available| available.short_of(total).is_some());
        if !self.ended {
            self.covered = self.covered.saturating_add(1);
        }
    }

    /// Writes the quote as an object.
    pub fn write(&self, json: &mut Writer, available: Option<Available>) {
        json.object();
        for (key, number) in [("orders", self.tally.orders), ("lines", self.tally.lines)] {
            json.key(key);
            json.number(number);
        }
        if available.is_some() {
            json.key("covered");
            json.number(self.covered);
        }
        self.quote.write_members(json, available);
        json.close_object();
    }
}
