//! What a campaign will cost, and how far the balance goes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::{Campaign, OrderTotals};
use crate::catalog::Catalog;
use crate::json::Writer;
use crate::order::quote::{Available, Quote, Unquoted, quote};

/// The quote of the orders in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignQuote {
    /// All of them together.
    pub quote: Quote,
    /// How many they are.
    pub totals: OrderTotals,
    /// How many of them, in the order of the file, the balance pays for before the first that it does not.
    pub covered: u64,
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
    ) -> Result<Vec<CampaignQuote>, Unquoted> {
        let mut quotes: Vec<CampaignQuote> = Vec::new();
        let mut from = 0;
        while let Some(index) = self.next_open(from) {
            from = index.saturating_add(1);
            let order = quote(&self.body(index).unwrap_or_default(), catalog)?;
            let is_in = |known: &CampaignQuote| known.quote.currency == order.currency;
            let at = quotes.iter().position(is_in).unwrap_or_else(|| {
                quotes.push(CampaignQuote::of(&order.currency));
                quotes.len().saturating_sub(1)
            });
            let (Some(sum), Some(planned)) = (quotes.get_mut(at), self.orders().get(index)) else {
                continue;
            };
            sum.quote.add(&order).ok_or(Unquoted::OutOfRange)?;
            sum.totals.add(planned.totals());
            sum.cover(available);
        }
        Ok(quotes)
    }
}

impl CampaignQuote {
    /// No order yet.
    fn of(currency: &str) -> Self {
        Self {
            quote: Quote {
                currency: String::from(currency),
                ..Quote::default()
            },
            totals: OrderTotals::default(),
            covered: 0,
        }
    }

    /// Counts the order that was added last, where the balance pays for it and for all before it.
    fn cover(&mut self, available: Option<Available>) {
        let total = self.quote.total();
        // Totals only grow: behind an order that is not covered none is.
        if available.is_some_and(|available| available.short_of(total).is_none()) {
            self.covered = self.covered.saturating_add(1);
        }
    }

    /// Writes the quote as an object.
    pub fn write(&self, json: &mut Writer, available: Option<Available>) {
        json.object();
        for (key, number) in [("orders", self.totals.orders), ("lines", self.totals.lines)] {
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
