//! A campaign: the orders that a file became, and what is known of each.
//!
//! The rows are shared with the import that read them; an order's body is written when it is asked for, always the same bytes.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::campaign::payments::Payment;
use crate::bulk::import::identity::name;
use crate::bulk::{Accepted, CampaignFault, OrderState, Row, Tally};
use crate::hash::sha256::Sha256;
use crate::json::{Writer, decimal_text};
use crate::money::Amount;
use crate::sorted::sorted;

/// An order of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedOrder {
    pub(in crate::bulk) po_number: String,
    /// Its rows are `members[first..end]` of the campaign.
    pub(in crate::bulk) first: u32,
    pub(in crate::bulk) end: u32,
    pub(in crate::bulk) face_value: Amount,
    pub(in crate::bulk) state: OrderState,
    pub(in crate::bulk) order_id: Option<Box<str>>,
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

    pub(in crate::bulk) fn tally(&self) -> Tally {
        Tally {
            orders: 1,
            lines: u64::from(self.line_count()),
            face_value: self.face_value,
        }
    }
}

/// Bytes of a plan's digest.
pub(in crate::bulk) const DIGEST: usize = 16;

/// The orders of a file, in its order, and what is known of each.
#[derive(Clone, Debug)]
pub struct Campaign {
    pub(in crate::bulk) rows: Rc<Accepted>,
    /// Places of rows, order after order.
    pub(in crate::bulk) members: Vec<u32>,
    pub(in crate::bulk) orders: Vec<PlannedOrder>,
    /// What the earlier campaigns paid, or may have, sorted: a later one must know it too.
    pub(in crate::bulk) carried: Vec<Payment>,
    pub(in crate::bulk) already_planned: u64,
    /// Places of orders, sorted by PO number.
    by_po_number: Vec<u32>,
    /// What tells this plan from others: see [`Campaign::ledger`].
    pub(in crate::bulk) digest: [u8; DIGEST],
    /// Leading orders that are not open any more, so that a walk through the open ones begins behind them.
    closed: usize,
    tallies: [Tally; OrderState::ALL.len()],
}

impl Campaign {
    pub(in crate::bulk) fn new(
        rows: Rc<Accepted>,
        members: Vec<u32>,
        orders: Vec<PlannedOrder>,
        carried: Vec<Payment>,
        already_planned: u64,
    ) -> Self {
        let by_po_number = sorted(orders.len(), &|a, b| {
            po_number(&orders, a).cmp(po_number(&orders, b))
        });
        let mut digest = Sha256::default();
        for order in &orders {
            digest.part(order.po_number.as_bytes());
        }
        let mut campaign = Self {
            digest: digest.finish().first_chunk().copied().unwrap_or_default(),
            rows,
            members,
            orders,
            carried,
            already_planned,
            by_po_number,
            closed: 0,
            tallies: [Tally::default(); OrderState::ALL.len()],
        };
        for order in &campaign.orders {
            if let Some(tally) = campaign.tallies.get_mut(usize::from(order.state.code())) {
                tally.add(order.tally());
            }
        }
        campaign.skip_closed();
        campaign
    }

    /// Every order, in the order of the file.
    pub fn orders(&self) -> &[PlannedOrder] {
        &self.orders
    }

    /// Rows that were left out because an earlier campaign has paid them, or may have.
    pub const fn already_planned(&self) -> u64 {
        self.already_planned
    }

    /// The place of the order with that PO number.
    pub fn find(&self, wanted: &str) -> Option<usize> {
        let found = self
            .by_po_number
            .binary_search_by(|place| po_number(&self.orders, *place).cmp(wanted))
            .ok()?;
        usize::try_from(*self.by_po_number.get(found)?).ok()
    }

    /// The place of the first open order from `from` on: what [`OrderState::is_open`] says is safe to send.
    pub fn next_open(&self, from: usize) -> Option<usize> {
        let from = from.max(self.closed);
        let rest = self.orders.get(from..)?;
        let ahead = rest.iter().position(|order| order.state.is_open())?;
        from.checked_add(ahead)
    }

    /// Records what became of the order with that PO number, as [`OrderState::told`] takes it.
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
        let place = self.find(po_number).ok_or(CampaignFault::UnknownPoNumber)?;
        self.tell(place, word, order_id);
        Ok(())
    }

    /// Records what became of the order at that place.
    pub(in crate::bulk) fn tell(&mut self, place: usize, word: OrderState, order_id: Option<&str>) {
        let Some(order) = self.orders.get(place) else {
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
        self.set(place, state, order_id);
    }

    pub(in crate::bulk) fn set(
        &mut self,
        place: usize,
        state: OrderState,
        order_id: Option<Box<str>>,
    ) {
        let Some(order) = self.orders.get_mut(place) else {
            return;
        };
        let (before, tally) = (order.state, order.tally());
        order.state = state;
        order.order_id = order_id;
        if let Some(tallied) = self.tallies.get_mut(usize::from(before.code())) {
            tallied.remove(tally);
        }
        if let Some(tallied) = self.tallies.get_mut(usize::from(state.code())) {
            tallied.add(tally);
        }
        if state.is_open() {
            self.closed = self.closed.min(place);
        }
        self.skip_closed();
    }

    fn skip_closed(&mut self) {
        let rest = self.orders.get(self.closed..).unwrap_or_default();
        let closed = rest.iter().take_while(|order| !order.state.is_open());
        self.closed = self.closed.saturating_add(closed.count());
    }

    /// The orders in that state, together.
    pub fn tally(&self, state: OrderState) -> Tally {
        let place = usize::from(state.code());
        self.tallies.get(place).copied().unwrap_or_default()
    }

    /// The rows of the order at that place, as places in the import.
    pub(in crate::bulk) fn members(&self, place: usize) -> &[u32] {
        let range = self.orders.get(place).and_then(|order| {
            let first = usize::try_from(order.first).ok()?;
            Some(first..usize::try_from(order.end).ok()?)
        });
        range
            .and_then(|range| self.members.get(range))
            .unwrap_or_default()
    }

    /// A row and its line.
    pub(in crate::bulk) fn row(&self, member: u32) -> Option<(&Row, &[u8])> {
        let place = usize::try_from(member).ok()?;
        Some((self.rows.rows().get(place)?, self.rows.line(place)?))
    }

    /// The body of the order at that place: the members in the order of the API's documents.
    pub fn body(&self, place: usize) -> Option<Vec<u8>> {
        let order = self.orders.get(place)?;
        let mut rest = self.members(place);
        let numbers = self.numbers(rest);
        let mut numbers = numbers.as_slice();

        let (_, first) = self.row(*rest.first()?)?;
        let size = first.len().saturating_add(SPARE).saturating_mul(rest.len());
        let mut body = Writer::with_capacity(size.saturating_add(ENVELOPE));
        body.object();
        body.key("Type");
        body.string(self.rows.order_type().as_str());
        body.key("LineItems");
        body.array();
        while let Some(first) = rest.first() {
            // Rows that follow each other stand side by side, commas and all.
            let mut ahead = numbers.iter();
            let side_by_side = rest.iter().zip(*first..).take_while(|(row, next)| {
                *row == next && ahead.next().is_none_or(|number| *number == 0)
            });
            let mut count = side_by_side.count();
            let mut from = usize::try_from(*first).ok()?;
            let behind_all = from.checked_add(count)?;
            while from < behind_all {
                let (bytes, behind) = self.rows.lines(from, behind_all.checked_sub(1)?)?;
                body.raw(bytes);
                from = behind;
            }
            if let (0, Some(number)) = (count, numbers.first()) {
                let (row, line) = self.row(*first)?;
                write_numbered(&mut body, row, line, *number);
                count = 1;
            }
            rest = rest.get(count..)?;
            numbers = numbers.get(count..).unwrap_or_default();
        }
        body.close_array();
        body.key("PONumber");
        body.string(&order.po_number);
        body.close_object();
        Some(body.into_bytes())
    }

    /// For each row of an order how many rows before it in the order pay the same; nothing at all where none does.
    fn numbers(&self, members: &[u32]) -> Vec<u64> {
        let mut numbers = Vec::new();
        let row = |member: &u32| self.rows.rows().get(usize::try_from(*member).ok()?);
        if !members.iter().filter_map(row).any(|row| row.occurrence > 0) {
            return numbers;
        }
        let mut identities = Vec::with_capacity(members.len());
        for row in members.iter().filter_map(row) {
            identities.push(row.identity);
        }
        let mut last = (0, 0_u64);
        for (place, identity) in identities.iter().enumerate() {
            let number = if place > 0 && last.0 == *identity {
                // Those that pay the same mostly stand side by side.
                last.1.wrapping_add(1)
            } else {
                let before = identities.iter().take(place);
                before.filter(|other| *other == identity).count() as u64
            };
            numbers.push(number);
            last = (*identity, number);
        }
        numbers
    }

    /// ISO 4217, where the import had a catalog to know it from.
    pub fn currency(&self, place: usize) -> Option<&str> {
        let (row, _) = self.row(*self.members(place).first()?)?;
        let currency = self.rows.currencies().get(usize::from(row.currency))?;
        Some(currency.as_str()).filter(|currency| !currency.is_empty())
    }
}

/// What stands behind the name of a line, which the import writes last.
const BEHIND_NAME: &[u8] = b"\"}";

/// Writes a line with its number behind its name, unless that is the caller's: several lines of an order may pay the same, and each is
/// to be told from the others.
fn write_numbered(body: &mut Writer, row: &Row, line: &[u8], before: u64) {
    let named = line.strip_suffix(BEHIND_NAME);
    match named
        .filter(|named| named.ends_with(name(row.identity).map(u64::to_le_bytes).as_flattened()))
    {
        Some(named) => {
            let number = decimal_text(before.wrapping_add(1));
            body.raw(&[named, b"-", number.as_bytes(), BEHIND_NAME].concat());
        }
        None => body.raw(line),
    }
}

/// Bytes that a number adds to a line, at most.
pub(in crate::bulk) const NUMBER: usize = 5;

/// Bytes by which a line may be longer than the first one before the body's memory has to grow.
const SPARE: usize = 16;

/// Bytes of a body around its lines, at most: the three keys, the longest type and a PO number.
pub(in crate::bulk) const ENVELOPE: usize = 128;

fn po_number(orders: &[PlannedOrder], place: u32) -> &str {
    usize::try_from(place)
        .ok()
        .and_then(|place| orders.get(place))
        .map_or("", |order| &order.po_number)
}
