//! How far a campaign is.

use alloc::vec::Vec;

use crate::bulk::{Campaign, OrderState, OrderTotals};
use crate::json::Writer;

/// What orders in some states come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All of them.
    pub all: OrderTotals,
    /// Those that exist.
    pub placed: OrderTotals,
    /// Those that are to be sent, the first time or again.
    pub remaining: OrderTotals,
    /// Those that a person has to look at.
    pub refused: OrderTotals,
    /// Of those that remain the ones that may exist.
    pub in_doubt: OrderTotals,
}

impl Progress {
    /// Counts orders by the totals of each state.
    fn of(totals: impl Fn(OrderState) -> OrderTotals) -> Self {
        let mut progress = Self::default();
        for state in OrderState::ALL {
            let totals = totals(state);
            progress.all.add(totals);
            if state.is_placed() {
                progress.placed.add(totals);
            } else if state.is_open() {
                progress.remaining.add(totals);
            } else {
                progress.refused.add(totals);
            }
            if state.is_in_doubt() {
                progress.in_doubt.add(totals);
            }
        }
        progress
    }
}

impl Campaign {
    /// Returns how far the own orders are.
    pub fn progress(&self) -> Progress {
        Progress::of(|state| self.totals(state))
    }

    /// What became of the orders of the campaigns before.
    pub fn earlier_progress(&self) -> Progress {
        Progress::of(|state| self.earlier_totals(state))
    }

    /// Both as JSON: the own orders, the number of them in each state, and the earlier ones under `earlier` where there are any.
    pub fn progress_json(&self) -> Vec<u8> {
        let mut json = Writer::new();
        json.object();
        for state in OrderState::ALL {
            let mut totals = self.totals(state);
            match state {
                // One word for both.
                OrderState::Disputed => continue,
                OrderState::Conflict => totals.add(self.totals(OrderState::Disputed)),
                _ => {}
            }
            json.key(state.as_str());
            json.number(totals.orders);
        }
        let progress = self.progress();
        write(&mut json, progress.all);
        for (key, totals) in [
            ("placed", progress.placed),
            ("remaining", progress.remaining),
            ("refused", progress.refused),
        ] {
            write_under(&mut json, key, totals);
        }
        json.key("done");
        json.boolean(progress.remaining.orders == 0);
        let earlier = self.earlier_progress();
        if earlier.all.orders > 0 {
            json.key("earlier");
            json.object();
            write(&mut json, earlier.all);
            for (key, totals) in [
                ("placed", earlier.placed),
                ("inDoubt", earlier.in_doubt),
                ("refused", earlier.refused),
            ] {
                write_under(&mut json, key, totals);
            }
            json.close_object();
        }
        json.close_object();
        json.into_bytes()
    }
}

fn write_under(json: &mut Writer, key: &str, totals: OrderTotals) {
    json.key(key);
    json.object();
    write(json, totals);
    json.close_object();
}

fn write(json: &mut Writer, totals: OrderTotals) {
    json.key("orders");
    json.number(totals.orders);
    json.key("lines");
    json.number(totals.lines);
    json.key("faceValue");
    json.string(&totals.face_value.to_decimal());
}
