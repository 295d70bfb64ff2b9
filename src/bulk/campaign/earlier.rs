//! The orders of the campaigns before that a new plan carries.
//!
//! An order that was placed, or may have been, is carried whole: its cards belong to somebody, and its doubts have to be settled. One that was
//! refused is carried as far as the new plan does not hold its rows again, so that nobody is listed twice and the refusal is not
//! forgotten. What was never sent is nothing but a plan, and the new one replaces it.

use alloc::vec::Vec;

use crate::bulk::campaign::orders::PlannedFile;
use crate::bulk::campaign::payments::{found, in_order};
use crate::bulk::{Campaign, PlannedOrder, Row};
use crate::money::Amount;
use crate::sorted::sorted;

/// What is carried. The orders' files begin behind those of the new plan.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Earlier {
    pub(in crate::bulk) files: Vec<PlannedFile>,
    pub(in crate::bulk) orders: Vec<PlannedOrder>,
}

impl Earlier {
    /// What a plan of those files and orders carries of the campaign before it, the oldest first.
    pub(in crate::bulk) fn of(
        after: &Campaign,
        files: &[PlannedFile],
        orders: &[PlannedOrder],
    ) -> Self {
        let mut planned = Vec::new();
        for file in files {
            let rows = file.members.iter().filter_map(|member| file.row(*member));
            planned.extend(rows.map(Row::payment));
        }
        let mut refused = Vec::new();
        for order in after.by_age().filter_map(|index| after.order(index)) {
            if is_refused(order) {
                refused.extend(after.rows_of(order).map(Row::payment));
            }
        }
        let mut is_planned_again = Vec::new();
        if !refused.is_empty() {
            is_planned_again = found(&refused, &in_order(&planned));
        }
        let mut is_planned_again = is_planned_again.into_iter();

        let by_name = sorted(orders.len(), &|a, b| name(orders, a).cmp(name(orders, b)));
        let mut names = Vec::with_capacity(orders.len());
        names.extend(by_name.into_iter().map(|index| name(orders, index)));

        let mut earlier = Self::default();
        let mut last_file = None;
        for order in after.by_age().filter_map(|index| after.order(index)) {
            let Some(file) = after.file_of(order) else {
                continue;
            };
            let mut members = Vec::new();
            if is_refused(order) {
                let rows = file.members_of(order).iter();
                // As many as were asked about above.
                let kept = rows
                    .zip(is_planned_again.by_ref())
                    .filter(|(_, again)| !again);
                members.extend(kept.map(|(member, _)| *member));
                // Of several that held the same, another one may have been planned again in its name.
                if names.binary_search(&order.po_number()).is_ok() {
                    members.clear();
                }
            } else if order.state.may_have_paid() {
                members.extend_from_slice(file.members_of(order));
            }
            if members.is_empty() {
                continue;
            }
            if last_file != Some(order.file) {
                last_file = Some(order.file);
                earlier.files.push(PlannedFile {
                    rows: file.rows.clone(),
                    members: Vec::new(),
                });
            }
            let index = earlier
                .files
                .len()
                .saturating_sub(1)
                .saturating_add(files.len());
            let Some(to) = earlier.files.last_mut() else {
                continue;
            };
            let first = to.members.len();
            let is_partial = order.is_partial || members.len() < file.members_of(order).len();
            to.members.append(&mut members);
            let mut carried = PlannedOrder {
                file: u32::try_from(index).unwrap_or(u32::MAX),
                first: u32::try_from(first).unwrap_or(u32::MAX),
                end: u32::try_from(to.members.len()).unwrap_or(u32::MAX),
                is_partial,
                ..order.clone()
            };
            if is_partial {
                carried.face_value = to.face_value_of(&carried);
            }
            earlier.orders.push(carried);
        }
        earlier
    }
}

fn name(orders: &[PlannedOrder], index: u32) -> &str {
    let order = usize::try_from(index)
        .ok()
        .and_then(|index| orders.get(index));
    order.map_or("", PlannedOrder::po_number)
}

/// Returns whether it was sent, and is known not to have paid.
fn is_refused(order: &PlannedOrder) -> bool {
    !order.state.is_open() && !order.state.may_have_paid()
}

impl PlannedFile {
    fn face_value_of(&self, order: &PlannedOrder) -> Amount {
        let members = self.members_of(order).iter();
        let values = members.filter_map(|member| Some(self.row(*member)?.face_value));
        values.fold(Amount::ZERO, |sum, value| {
            sum.checked_add(value).unwrap_or(Amount::MAX)
        })
    }
}
