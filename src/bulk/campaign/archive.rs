//! A whole campaign as bytes: its rows, its orders, what is known of them, and what was paid before.
//!
//! These bytes hold people; the ledger does not.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::campaign::ledger::{read_entry, write_entry};
use crate::bulk::campaign::payments::Payment;
use crate::bulk::campaign::sealed::{Sealing, Unsealed};
use crate::bulk::{Accepted, Campaign, CampaignFault, PlannedOrder};
use crate::money::Amount;
use crate::order::OrderType;
use crate::sorted::places;

const MARK: [u8; 4] = *b"GCPC";
/// Bytes of a row beside its line, about.
const ROW: usize = 28;

impl Campaign {
    /// All of it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let rows = || self.members.iter().filter_map(|member| self.row(*member));
        let lines: usize = rows().map(|(_, line)| line.len()).sum();
        let counted = self.members.len().saturating_add(self.carried.len());
        let capacity = lines.saturating_add(counted.saturating_mul(ROW));
        let mut sealing = Sealing::new(MARK, capacity);

        sealing.bytes(self.rows.order_type().as_str().as_bytes());
        let currencies = self.rows.currencies();
        sealing.length(currencies.len());
        for currency in currencies {
            sealing.bytes(currency.as_bytes());
        }
        sealing.number(self.already_planned);
        sealing.length(self.carried.len());
        for payment in &self.carried {
            write_payment(&mut sealing, *payment);
        }
        sealing.length(self.orders.len());
        for (place, order) in self.orders.iter().enumerate() {
            sealing.bytes(order.po_number.as_bytes());
            write_entry(&mut sealing, order);
            let members = self.members(place);
            sealing.length(members.len());
            for (row, line) in members.iter().filter_map(|member| self.row(*member)) {
                write_payment(&mut sealing, row.payment());
                sealing.number(u64::from(row.occurrence));
                sealing.number(u64::from(row.sheet_line));
                sealing.number(row.face_value.thousandths());
                sealing.number(u64::from(row.currency));
                sealing.bytes(line);
            }
        }
        sealing.finish()
    }

    /// The campaign that those bytes are.
    ///
    /// # Errors
    ///
    /// [`CampaignFault::NoCampaign`], [`CampaignFault::Damaged`], [`CampaignFault::Newer`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CampaignFault> {
        let mut content = Unsealed::open(bytes, MARK, CampaignFault::NoCampaign)?;
        let order_type = OrderType::from_name(content.text()?).ok_or(CampaignFault::Damaged)?;
        let mut rows = Accepted::new(order_type);
        for place in 0..content.number()? {
            if u64::from(rows.currency(content.text()?)) != place {
                return Err(CampaignFault::Damaged);
            }
        }
        let already_planned = content.number()?;
        let mut carried = Vec::new();
        for _ in 0..content.number()? {
            carried.push(read_payment(&mut content)?);
        }
        let mut orders = Vec::new();
        for _ in 0..content.number()? {
            orders.push(read_order(&mut content, &mut rows)?);
        }
        content.end()?;
        let members = places(rows.rows().len());
        Ok(Self::new(
            Rc::new(rows),
            members,
            orders,
            carried,
            already_planned,
        ))
    }
}

fn read_order(
    content: &mut Unsealed<'_>,
    rows: &mut Accepted,
) -> Result<PlannedOrder, CampaignFault> {
    let po_number = String::from(content.text()?);
    let (state, order_id) = read_entry(content)?;
    let first = count(rows);
    let mut face_value = Amount::ZERO;
    for _ in 0..content.number()? {
        let payment = read_payment(content)?;
        let occurrence = content.small()?;
        let sheet_line = content.small()?;
        let amount = Amount::from_thousandths(content.number()?);
        let currency: u16 = content.small()?;
        if usize::from(currency) >= rows.currencies().len() {
            return Err(CampaignFault::Damaged);
        }
        rows.push(
            content.bytes()?,
            sheet_line,
            amount,
            currency,
            payment,
            occurrence,
        );
        face_value = face_value.checked_add(amount).unwrap_or(Amount::MAX);
    }
    Ok(PlannedOrder {
        po_number,
        first,
        end: count(rows),
        face_value,
        state,
        order_id: order_id.map(Box::from),
    })
}

fn write_payment(sealing: &mut Sealing, payment: Payment) {
    sealing.raw(&payment.identity.to_be_bytes());
    sealing.number(payment.detail);
}

fn read_payment(content: &mut Unsealed<'_>) -> Result<Payment, CampaignFault> {
    let identity = content.raw(16)?.first_chunk();
    let identity = identity.ok_or(CampaignFault::Damaged)?;
    Ok(Payment {
        identity: u128::from_be_bytes(*identity),
        detail: content.number()?,
    })
}

fn count(rows: &Accepted) -> u32 {
    u32::try_from(rows.rows().len()).unwrap_or(u32::MAX)
}
