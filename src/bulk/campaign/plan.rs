//! From accepted rows to orders.
//!
//! Rows are put into orders by currency, in the order of the file, an order being full at so many lines or bytes. Where one
//! order ends and the next begins is decided over all rows, paid or not, so that it depends on the file alone: a changed row
//! changes its own order, appended rows touch none but the last. A row that is put in or taken out between others moves those
//! behind it; what `after` is given for holds then too, because it goes by the rows and not by the orders.
//!
//! A PO number is derived from the campaign's name, the salt and what the order holds, never from its place: the same order
//! has the same PO number in every plan, and the API knows it again. Of orders that hold the same to the last letter each has its
//! number among them, so that one of them that changes leaves the others their PO numbers, if not each its own.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::campaign::orders::{ENVELOPE, NUMBER};
use crate::bulk::campaign::payments::{Payment, paid_rows, payments};
use crate::bulk::import::identity::Digest;
use crate::bulk::{Accepted, Campaign, CampaignFault, OrderState, PlannedOrder, Row};
use crate::money::Amount;
use crate::order::limits;
use crate::order::po_number::{self, derive_po_number};
use crate::sorted::sorted;

/// How a file is planned.
#[derive(Clone, Copy, Debug)]
pub struct PlanOptions<'a> {
    /// The campaign's name: the same rows in another campaign are other orders.
    pub campaign: &'a str,
    /// Lines of an order, at most.
    pub max_lines: u64,
    /// What makes the same rows of the same campaign other orders, to send again on purpose.
    pub salt: &'a str,
    /// The campaign before this one: what it paid, or may have paid, is left out.
    pub after: Option<&'a Campaign>,
}

impl Default for PlanOptions<'_> {
    fn default() -> Self {
        Self {
            campaign: "",
            max_lines: limits::LINES,
            salt: "",
            after: None,
        }
    }
}

/// Plans a file.
///
/// # Errors
///
/// [`CampaignFault::MaxLines`].
///
/// ```
/// use std::rc::Rc;
/// use giftcard_partners::bulk::{Accepted, OrderState, PlanOptions, plan};
/// use giftcard_partners::money::Amount;
/// use giftcard_partners::order::OrderType;
///
/// let mut rows = Accepted::new(OrderType::Links);
/// let line = br#"{"ProductId":"CVS","Value":10,"Quantity":1}"#;
/// rows.push(line, 2, Amount::from_cents(1_000), 0, 7.into(), 0);
/// let rows = Rc::new(rows);
/// let options = PlanOptions { campaign: "spring", ..PlanOptions::default() };
///
/// let mut campaign = plan(Rc::clone(&rows), &options)?;
/// let po_number = campaign.orders()[0].po_number().to_owned();
/// campaign.record(&po_number, OrderState::Created, None)?;
/// let again = plan(rows, &PlanOptions { after: Some(&campaign), ..options })?;
///
/// assert!(again.orders().is_empty());
/// assert_eq!(again.already_planned(), 1);
/// # Ok::<(), giftcard_partners::bulk::CampaignFault>(())
/// ```
pub fn plan(rows: Rc<Accepted>, options: &PlanOptions<'_>) -> Result<Campaign, CampaignFault> {
    if options.max_lines == 0 || options.max_lines > limits::LINES {
        return Err(CampaignFault::MaxLines);
    }
    let carried = options.after.map(payments).unwrap_or_default();
    let paid = paid_rows(&rows, &carried);
    let mut drafts = draft(&rows, &paid, options.max_lines);
    name_all(&rows, &mut drafts, options, &carried);

    let mut members = Vec::with_capacity(rows.rows().len());
    let mut orders = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if draft.members.is_empty() {
            continue;
        }
        orders.push(PlannedOrder {
            po_number: draft.po_number,
            first: place(members.len()),
            end: place(members.len().saturating_add(draft.members.len())),
            face_value: draft.face_value,
            state: OrderState::Planned,
            order_id: None,
        });
        members.extend_from_slice(&draft.members);
    }
    let left_out = paid.iter().filter(|paid| **paid).count() as u64;
    Ok(Campaign::new(rows, members, orders, carried, left_out))
}

/// An order that is being filled.
#[derive(Default)]
struct Draft {
    /// Rows that belong here, paid ones too.
    lines: u64,
    bytes: usize,
    /// Rows that are not paid yet.
    members: Vec<u32>,
    face_value: Amount,
    po_number: String,
}

/// Orders in the order of their first rows.
fn draft(rows: &Accepted, paid: &[bool], max_lines: u64) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    // By currency, the draft that is being filled.
    let mut filling: Vec<Option<usize>> = Vec::new();
    for _ in rows.currencies() {
        filling.push(None);
    }

    let sizes = rows.sizes();
    let all = rows.rows().iter().zip(paid).zip(sizes);
    for (((row, paid), size), index) in all.zip(0_u32..) {
        let bytes = size.saturating_add(NUMBER);
        let currency = usize::from(row.currency);
        let fits = |draft: &Draft| {
            draft.lines < max_lines
                && draft.bytes.saturating_add(bytes) <= limits::BODY.saturating_sub(ENVELOPE)
        };
        let open = filling.get(currency).copied().flatten();
        let open = open.filter(|at| drafts.get(*at).is_some_and(fits));
        let at = open.unwrap_or(drafts.len());
        if open.is_none() {
            drafts.push(Draft::default());
            if let Some(filling) = filling.get_mut(currency) {
                *filling = Some(at);
            }
        }
        if let Some(draft) = drafts.get_mut(at) {
            draft.take(row, index, bytes, *paid);
        }
    }
    drafts
}

impl Draft {
    fn take(&mut self, row: &Row, place: u32, bytes: usize, paid: bool) {
        self.lines = self.lines.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
        if !paid {
            self.members.push(place);
            let sum = self.face_value.checked_add(row.face_value);
            self.face_value = sum.unwrap_or(Amount::MAX);
        }
    }
}

/// Gives each order a PO number that no earlier campaign has used.
fn name_all(rows: &Accepted, drafts: &mut [Draft], options: &PlanOptions<'_>, carried: &[Payment]) {
    let mut contents = Vec::with_capacity(drafts.len());
    for draft in &*drafts {
        contents.push(content(rows, &draft.members));
    }
    let at = |place: u32| contents.get(usize::try_from(place).ok()?);
    let mut before = None;
    let mut number = 0_u32;
    for place in sorted(contents.len(), &|a, b| at(a).cmp(&at(b))) {
        let content = at(place);
        if content != before {
            (before, number) = (content, 0);
        }
        let draft = usize::try_from(place)
            .ok()
            .and_then(|place| drafts.get_mut(place));
        let (Some(draft), Some(content)) = (draft, content) else {
            continue;
        };
        // It ends: there are more numbers than orders before.
        loop {
            draft.po_number = name(rows, *content, number, options);
            number = number.wrapping_add(1);
            if carried
                .binary_search(&Payment::of_order(&draft.po_number))
                .is_err()
            {
                break;
            }
        }
    }
}

/// What an order holds, as a hash. SHA-256 of all lines would take longer than everything else from the file to the orders. Two orders of one
/// campaign that had the same hash would be numbered, as the same order is, and no PO number of an earlier campaign is taken.
fn content(rows: &Accepted, mut members: &[u32]) -> u128 {
    let mut digest = Digest::default();
    while let Some(first) = members.first() {
        // Rows that follow each other stand side by side, commas and all.
        let count = side_by_side(members);
        let mut from = usize::try_from(*first).unwrap_or(usize::MAX);
        let last = from.saturating_add(count).saturating_sub(1);
        while let Some((lines, behind)) = rows.lines(from, last) {
            digest.add(lines);
            digest.add(b",");
            from = behind;
            if behind > last {
                break;
            }
        }
        members = members.get(count..).unwrap_or_default();
    }
    digest.finish()
}

/// How many of these rows, at least one, follow each other in the file.
fn side_by_side(members: &[u32]) -> usize {
    let first = members.first().copied().unwrap_or_default();
    let following = members.iter().zip(first..);
    following
        .take_while(|(row, next)| *row == next)
        .count()
        .max(1)
}

/// The PO number of an order with that content, of several the one with that number.
fn name(rows: &Accepted, content: u128, number: u32, options: &PlanOptions<'_>) -> String {
    let parts = [
        options.campaign.as_bytes(),
        options.salt.as_bytes(),
        rows.order_type().as_str().as_bytes(),
        &content.to_le_bytes(),
        &number.to_le_bytes(),
    ];
    derive_po_number(&parts, "", po_number::LENGTH).unwrap_or_default()
}

/// A file of more than four thousand million rows does not fit in memory.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
