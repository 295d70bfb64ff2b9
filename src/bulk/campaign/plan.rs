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

use crate::bulk::campaign::body::{ENVELOPE, NUMBER};
use crate::bulk::campaign::earlier::Earlier;
use crate::bulk::campaign::orders::PlannedFile;
use crate::bulk::campaign::payments::{found, payments_before};
use crate::bulk::{Accepted, Campaign, CampaignFault, OrderState, PlannedOrder, Row};
use crate::compose::{self, Compose, composed};
use crate::hash::sha256::{Sha256, sha256};
use crate::money::Amount;
use crate::order::limits;
use crate::order::po_number;
use crate::sorted::sorted;

/// How a file is planned.
#[derive(Clone, Copy, Debug)]
pub struct PlanOptions<'a> {
    /// The campaign's name: the same rows in another campaign are other orders.
    pub campaign: &'a str,
    /// Lines of an order, at most.
    pub max_lines: u64,
    /// What every PO number begins with, for people who read it.
    pub po_prefix: &'a str,
    /// What makes the same rows of the same campaign other orders, to send again on purpose.
    pub salt: &'a str,
    /// The campaign before this one: what it paid, or may have paid, is left out.
    pub after: Option<&'a Campaign>,
    /// The host's function: the name is the same one in either spelling of its letters.
    pub compose: Compose,
}

impl Default for PlanOptions<'_> {
    fn default() -> Self {
        Self {
            campaign: "",
            max_lines: limits::LINES,
            po_prefix: "",
            salt: "",
            after: None,
            compose: compose::as_written,
        }
    }
}

/// Plans a file.
///
/// # Errors
///
/// [`CampaignFault::MaxLines`], [`CampaignFault::PoPrefix`].
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
    let made = options.after.map(payments_before).unwrap_or_default();
    let mut wanted = Vec::new();
    if !made.is_empty() {
        wanted.extend(rows.rows().iter().map(Row::payment));
    }
    let mut paid = found(&wanted, &made);
    paid.resize(rows.rows().len(), false);
    let mut drafts = draft(&rows, &paid, options.max_lines);
    let namer = Namer::new(&rows, options).ok_or(CampaignFault::PoPrefix)?;
    namer.name_all(&rows, &mut drafts, options.after);

    let mut members = Vec::with_capacity(rows.rows().len());
    let mut orders = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if draft.members.is_empty() {
            continue;
        }
        orders.push(PlannedOrder {
            po_number: draft.po_number,
            file: 0,
            first: index(members.len()),
            end: index(members.len().saturating_add(draft.members.len())),
            is_partial: false,
            face_value: draft.face_value,
            state: OrderState::Planned,
            order_id: None,
            reason: None,
        });
        members.extend_from_slice(&draft.members);
    }
    let left_out = paid.iter().filter(|paid| **paid).count() as u64;
    let own = orders.len();
    let mut files = Vec::from([PlannedFile { rows, members }]);
    if let Some(after) = options.after {
        let earlier = Earlier::of(after, &files, &orders);
        files.extend(earlier.files);
        orders.extend(earlier.orders);
    }
    Ok(Campaign::new(files, orders, own, left_out))
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

    let room = limits::BODY.saturating_sub(ENVELOPE);
    // Where so many of the longest fit, nothing depends on how long each is.
    let longest = rows.longest().saturating_add(NUMBER);
    let most = usize::try_from(max_lines).map_or(usize::MAX, |most| longest.saturating_mul(most));
    let all = rows.rows().iter().zip(paid).enumerate();
    for ((index, (row, paid)), place) in all.zip(0_u32..) {
        let bytes = if most > room {
            rows.size(index).saturating_add(NUMBER)
        } else {
            0
        };
        let currency = usize::from(row.currency);
        let fits =
            |draft: &Draft| draft.lines < max_lines && draft.bytes.saturating_add(bytes) <= room;
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
            draft.take(row, place, bytes, *paid);
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

/// What gives orders their PO numbers.
#[derive(Debug)]
struct Namer<'a> {
    /// The hash of all that the campaign's orders have in common.
    common: Sha256,
    prefix: &'a str,
}

impl<'a> Namer<'a> {
    /// None for a prefix that a PO number cannot have.
    fn new(rows: &Accepted, options: &PlanOptions<'a>) -> Option<Self> {
        po_number::of_hash(&[0; 32], options.po_prefix, po_number::LENGTH)?;
        let mut common = Sha256::default();
        for part in [
            &composed(options.campaign, options.compose),
            &composed(options.salt, options.compose),
            rows.order_type().as_str(),
        ] {
            common.part(part.as_bytes());
        }
        Some(Self {
            common,
            prefix: options.po_prefix,
        })
    }

    /// Gives each order a PO number that no earlier order has used.
    fn name_all(&self, rows: &Accepted, drafts: &mut [Draft], after: Option<&Campaign>) {
        let mut contents = Vec::with_capacity(drafts.len());
        for draft in &*drafts {
            contents.push(content(rows, &draft.members));
        }
        let is_taken = |name: &str| {
            after.is_some_and(|after| {
                let order = after.find(name).and_then(|index| after.order(index));
                order.is_some_and(|order| order.state.may_have_paid())
            })
        };
        let at = |index: u32| contents.get(usize::try_from(index).ok()?);
        let mut before = None;
        let mut number = 0_u32;
        for index in sorted(contents.len(), &|a, b| at(a).cmp(&at(b))) {
            let content = at(index);
            if content != before {
                (before, number) = (content, 0);
            }
            let draft = usize::try_from(index)
                .ok()
                .and_then(|index| drafts.get_mut(index));
            let (Some(draft), Some(content)) = (draft, content) else {
                continue;
            };
            // It ends: there are more numbers than orders before.
            loop {
                draft.po_number = self.name(content, number);
                number = number.wrapping_add(1);
                if !is_taken(&draft.po_number) {
                    break;
                }
            }
        }
    }

    /// The PO number of an order with that content, of several the one with that number.
    fn name(&self, content: &[u8; 32], number: u32) -> String {
        let mut hash = self.common.clone();
        hash.part(content);
        hash.part(&number.to_le_bytes());
        po_number::of_hash(&hash.finish(), self.prefix, po_number::LENGTH).unwrap_or_default()
    }
}

/// SHA-256 of what an order holds: the identity and the content hash of each row, in the order of the file.
fn content(rows: &Accepted, members: &[u32]) -> [u8; 32] {
    const ROW: usize = 24;

    let mut hashes = Vec::with_capacity(members.len().saturating_mul(ROW));
    for member in members {
        let row = usize::try_from(*member)
            .ok()
            .and_then(|index| rows.rows().get(index));
        if let Some(row) = row {
            hashes.extend_from_slice(&row.identity.to_le_bytes());
            hashes.extend_from_slice(&row.content.to_le_bytes());
        }
    }
    sha256(&[&hashes])
}

/// A file of more than four thousand million rows does not fit in memory.
fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
