//! A campaign: the orders that a file became, those that came before them, and what is known of each.
//!
//! An order has an index. Those of the campaign's own file come first, in the order of the file; behind them stand the orders of the
//! campaigns before (`plan({ after })`), the oldest first. Only the own ones are ever handed out to be sent. The others are carried so
//! that their cards, their ids and their doubts stay within reach.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::bulk::campaign::reason::Reason;
use crate::bulk::{Accepted, CampaignFault, OrderState, OrderTotals, Row};
use crate::hash::sha256::Sha256;
use crate::money::Amount;
use crate::sorted::sorted;

/// An order of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedOrder {
    pub(in crate::bulk) po_number: String,
    /// The index of its file among [`Campaign::files`]; its rows are `members[first..end]` there.
    pub(in crate::bulk) file: u32,
    pub(in crate::bulk) first: u32,
    pub(in crate::bulk) end: u32,
    /// Whether some of its rows are in another order now, so that no body can be made of those that are left.
    pub(in crate::bulk) is_partial: bool,
    pub(in crate::bulk) face_value: Amount,
    pub(in crate::bulk) state: OrderState,
    pub(in crate::bulk) order_id: Option<Box<str>>,
    pub(in crate::bulk) reason: Option<Reason>,
}

impl PlannedOrder {
    /// `PONumber`: of all campaigns, only this order has it.
    pub fn po_number(&self) -> &str {
        &self.po_number
    }

    /// Elements of `LineItems`.
    pub const fn line_count(&self) -> u32 {
        self.end.saturating_sub(self.first)
    }

    /// The sum of value times quantity.
    pub const fn face_value(&self) -> Amount {
        self.face_value
    }

    /// What is known of it.
    pub const fn state(&self) -> OrderState {
        self.state
    }

    /// The API's id of the order that the PO number names, where that was recorded.
    pub fn order_id(&self) -> Option<&str> {
        self.order_id.as_deref()
    }

    /// Returns why it is not placed, where an attempt told.
    pub const fn reason(&self) -> Option<Reason> {
        self.reason
    }

    pub(in crate::bulk) fn totals(&self) -> OrderTotals {
        OrderTotals {
            orders: 1,
            lines: u64::from(self.line_count()),
            face_value: self.face_value,
        }
    }
}

/// The rows of a file that are in orders.
#[derive(Clone, Debug)]
pub(in crate::bulk) struct PlannedFile {
    pub(in crate::bulk) rows: Rc<Accepted>,
    /// Indices of rows, order after order.
    pub(in crate::bulk) members: Vec<u32>,
}

/// Bytes of a plan's digest.
pub(in crate::bulk) const DIGEST: usize = 16;

type StateTotals = [OrderTotals; OrderState::ALL.len()];

/// The orders of a file, in its order, and what is known of each.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The campaign's own file first.
    pub(in crate::bulk) files: Vec<PlannedFile>,
    pub(in crate::bulk) orders: Vec<PlannedOrder>,
    /// How many orders are the campaign's own.
    pub(in crate::bulk) own: usize,
    pub(in crate::bulk) already_planned: u64,
    /// Indices of orders, sorted by PO number.
    by_po_number: Vec<u32>,
    /// What tells this plan from others: see [`Campaign::ledger`].
    pub(in crate::bulk) digest: [u8; DIGEST],
    /// Leading orders that are not open any more, so that a walk through the open ones begins behind them.
    closed: usize,
    /// By state, of the own orders and of the earlier ones.
    totals: [StateTotals; 2],
}

impl Campaign {
    /// A campaign of which the first `own` orders are its own.
    pub(in crate::bulk) fn new(
        files: Vec<PlannedFile>,
        orders: Vec<PlannedOrder>,
        own: usize,
        already_planned: u64,
    ) -> Self {
        let by_po_number = sorted(orders.len(), &|a, b| {
            po_number(&orders, a).cmp(po_number(&orders, b))
        });
        let mut digest = Sha256::default();
        digest.part(&(own as u64).to_be_bytes());
        for order in &orders {
            digest.part(order.po_number.as_bytes());
        }
        let mut campaign = Self {
            digest: digest.finish().first_chunk().copied().unwrap_or_default(),
            files,
            orders,
            own,
            already_planned,
            by_po_number,
            closed: 0,
            totals: [[OrderTotals::default(); OrderState::ALL.len()]; 2],
        };
        for index in 0..campaign.orders.len() {
            let order = campaign.orders.get(index);
            if let Some((state, totals)) = order.map(|order| (order.state, order.totals()))
                && let Some(known) = campaign.totals_mut(index, state)
            {
                known.add(totals);
            }
        }
        campaign.skip_closed();
        campaign
    }

    /// Every order of the campaign's own file, in the order of the file.
    pub fn orders(&self) -> &[PlannedOrder] {
        self.orders.get(..self.own).unwrap_or_default()
    }

    /// The orders of the campaigns before this one: those that were placed or may have been, and those that were refused, as far as their
    /// rows are in no order of this campaign. The first of them has the index behind the last own order.
    pub fn earlier_orders(&self) -> &[PlannedOrder] {
        self.orders.get(self.own..).unwrap_or_default()
    }

    /// The order at that index, an own or an earlier one.
    pub fn order(&self, index: usize) -> Option<&PlannedOrder> {
        self.orders.get(index)
    }

    /// The index of every order, the oldest campaign's first.
    pub(in crate::bulk) fn by_age(&self) -> core::iter::Chain<Range<usize>, Range<usize>> {
        (self.own..self.orders.len()).chain(0..self.own)
    }

    /// Rows that were left out because an earlier campaign has paid them, or may have.
    pub const fn already_planned(&self) -> u64 {
        self.already_planned
    }

    /// The index of the order with that PO number.
    pub fn find(&self, wanted: &str) -> Option<usize> {
        let found = self
            .by_po_number
            .binary_search_by(|index| po_number(&self.orders, *index).cmp(wanted))
            .ok()?;
        usize::try_from(*self.by_po_number.get(found)?).ok()
    }

    /// The index of the first open order of the own ones from `from` on: what [`OrderState::is_open`] says is safe to send.
    pub fn next_open(&self, from: usize) -> Option<usize> {
        let from = from.max(self.closed);
        let rest = self.orders().get(from..)?;
        let ahead = rest.iter().position(|order| order.state.is_open())?;
        from.checked_add(ahead)
    }

    /// The index of the first earlier order from `from` on that was placed, or may have been.
    pub fn next_earlier(&self, from: usize) -> Option<usize> {
        let from = from.max(self.own);
        let mut rest = self.orders.get(from..)?.iter();
        let ahead = rest.position(|order| order.state.may_have_paid() && !order.is_partial)?;
        from.checked_add(ahead)
    }

    /// Records what became of the order with that PO number, as [`OrderState::told`] takes it. Earlier orders are told as well: one in
    /// doubt is settled so.
    ///
    /// # Errors
    ///
    /// [`CampaignFault::UnknownPoNumber`].
    pub fn record(
        &mut self,
        po_number: &str,
        word: OrderState,
        order_id: Option<&str>,
    ) -> Result<(), CampaignFault> {
        let index = self.find(po_number).ok_or(CampaignFault::UnknownPoNumber)?;
        self.tell(index, word, order_id, None);
        Ok(())
    }

    /// Records what became of the order at that index, and why it is not placed.
    pub(in crate::bulk) fn tell(
        &mut self,
        index: usize,
        word: OrderState,
        order_id: Option<&str>,
        reason: Option<Reason>,
    ) {
        let Some(order) = self.orders.get(index) else {
            return;
        };
        let state = order.state.told(word);
        let given = || order_id.filter(|id| !id.is_empty()).map(Box::from);
        let order_id = if state != order.state {
            given()
        } else if state == word || state.is_placed() && word.is_placed() {
            // The same again, or one success after another: an id that is known stays.
            order.order_id.clone().or_else(given)
        } else {
            order.order_id.clone()
        };
        let known = order.reason.filter(|_| state == order.state);
        self.set(index, state, order_id, reason.or(known));
    }

    pub(in crate::bulk) fn set(
        &mut self,
        index: usize,
        state: OrderState,
        order_id: Option<Box<str>>,
        reason: Option<Reason>,
    ) {
        let Some(order) = self.orders.get_mut(index) else {
            return;
        };
        let (before, totals) = (order.state, order.totals());
        order.state = state;
        order.order_id = order_id;
        order.reason = reason.filter(|_| !state.is_placed());
        if let Some(known) = self.totals_mut(index, before) {
            known.remove(totals);
        }
        if let Some(known) = self.totals_mut(index, state) {
            known.add(totals);
        }
        if state.is_open() {
            self.closed = self.closed.min(index);
        }
        self.skip_closed();
    }

    fn skip_closed(&mut self) {
        let rest = self.orders().get(self.closed..).unwrap_or_default();
        let closed = rest.iter().take_while(|order| !order.state.is_open());
        self.closed = self.closed.saturating_add(closed.count());
    }

    /// The own orders in that state, together.
    pub fn totals(&self, state: OrderState) -> OrderTotals {
        let [own, _] = &self.totals;
        totals_in(own, state)
    }

    /// The earlier orders in that state, together.
    pub fn earlier_totals(&self, state: OrderState) -> OrderTotals {
        let [_, earlier] = &self.totals;
        totals_in(earlier, state)
    }

    fn totals_mut(&mut self, index: usize, state: OrderState) -> Option<&mut OrderTotals> {
        let [own, earlier] = &mut self.totals;
        let totals = if index < self.own { own } else { earlier };
        totals.get_mut(usize::from(state.code()))
    }

    /// The file of the order at that index.
    pub(in crate::bulk) fn file_of(&self, order: &PlannedOrder) -> Option<&PlannedFile> {
        self.files.get(usize::try_from(order.file).ok()?)
    }

    /// The rows of an order.
    pub(in crate::bulk) fn rows_of(&self, order: &PlannedOrder) -> impl Iterator<Item = &Row> {
        let file = self.file_of(order);
        let members = file.map(|file| file.members_of(order)).unwrap_or_default();
        members.iter().filter_map(move |member| file?.row(*member))
    }

    /// The rows of an order, each with its line.
    pub(in crate::bulk) fn lines_of(
        &self,
        order: &PlannedOrder,
    ) -> impl Iterator<Item = (&Row, Vec<u8>)> {
        let file = self.file_of(order);
        let members = file.map(|file| file.members_of(order)).unwrap_or_default();
        members.iter().filter_map(move |member| {
            let index = usize::try_from(*member).ok()?;
            Some((file?.row(*member)?, file?.rows.line(index)?))
        })
    }

    /// ISO 4217, where the import had a catalog to know it from.
    pub fn currency(&self, index: usize) -> Option<&str> {
        let order = self.orders.get(index)?;
        let row = self.rows_of(order).next()?;
        let currencies = self.file_of(order)?.rows.currencies();
        let currency = currencies.get(usize::from(row.currency))?;
        Some(currency.as_str()).filter(|currency| !currency.is_empty())
    }
}

impl PlannedFile {
    /// The rows of an order, as indices in the import.
    pub(in crate::bulk) fn members_of(&self, order: &PlannedOrder) -> &[u32] {
        let range = usize::try_from(order.first)
            .ok()
            .zip(usize::try_from(order.end).ok());
        range
            .and_then(|(first, end)| self.members.get(first..end))
            .unwrap_or_default()
    }

    /// A row.
    pub(in crate::bulk) fn row(&self, member: u32) -> Option<&Row> {
        self.rows.rows().get(usize::try_from(member).ok()?)
    }
}

fn totals_in(totals: &StateTotals, state: OrderState) -> OrderTotals {
    let index = usize::from(state.code());
    totals.get(index).copied().unwrap_or_default()
}

fn po_number(orders: &[PlannedOrder], index: u32) -> &str {
    usize::try_from(index)
        .ok()
        .and_then(|index| orders.get(index))
        .map_or("", |order| &order.po_number)
}
