//! A whole campaign as bytes: its rows, its orders and those of the campaigns before, and what is known of each.
//!
//! These bytes hold people; the ledger does not.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::campaign::checksummed::{ChecksummedReader, ChecksummedWriter};
use crate::bulk::campaign::ledger::{read_entry, write_entry};
use crate::bulk::campaign::orders::PlannedFile;
use crate::bulk::line::record::Shapes;
use crate::bulk::payment::Payment;
use crate::bulk::{Accepted, Campaign, CampaignFault, PlannedOrder};
use crate::money::Amount;
use crate::order::OrderType;
use crate::sorted::indices;

const MARK: [u8; 4] = *b"GCPC";
/// Bytes of a row beside its line, about, and by which it may be longer than another.
const ROW: usize = 64;

impl Campaign {
    /// All of it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut capacity = 0_usize;
        for order in &self.orders {
            // Most lines of an order are about as long as its first.
            let first = self.lines_of(order).next();
            let size = first.map_or(0, |(_, line)| line.len().saturating_add(ROW));
            let rows = usize::try_from(order.line_count()).unwrap_or_default();
            capacity = capacity.saturating_add(rows.saturating_mul(size));
        }
        let mut out = ChecksummedWriter::new(MARK, capacity);

        out.number(self.already_planned);
        out.length(self.files.len());
        for (index, file) in (0..).zip(&self.files) {
            out.bytes(file.rows.order_type().as_str().as_bytes());
            let currencies = file.rows.currencies();
            out.length(currencies.len());
            for currency in currencies {
                out.bytes(currency.as_bytes());
            }
            let of_file = || self.orders.iter().filter(|order| order.file == index);
            out.length(of_file().count());
            of_file().for_each(|order| self.write_order(&mut out, order));
        }
        out.finish()
    }

    fn write_order(&self, out: &mut ChecksummedWriter, order: &PlannedOrder) {
        out.bytes(order.po_number.as_bytes());
        write_entry(out, order);
        out.number(u64::from(order.is_partial));
        out.number(u64::from(order.line_count()));
        for (row, line) in self.lines_of(order) {
            let payment = row.payment();
            out.raw(&payment.identity.to_be_bytes());
            out.raw(&payment.content.to_be_bytes());
            out.number(u64::from(payment.phone));
            out.number(u64::from(row.occurrence));
            out.number(u64::from(row.sheet_line));
            out.number(row.face_value.thousandths());
            out.number(u64::from(row.currency));
            out.bytes(&line);
        }
    }

    /// The campaign that those bytes are.
    ///
    /// # Errors
    ///
    /// [`CampaignFault::NoCampaign`], [`CampaignFault::Damaged`], [`CampaignFault::Newer`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CampaignFault> {
        let mut content = ChecksummedReader::open(bytes, MARK, CampaignFault::NoCampaign)?;
        let already_planned = content.number()?;
        let mut files = Vec::new();
        let mut orders = Vec::new();
        let mut own = 0;
        for index in 0..content.small()? {
            let mut rows = read_settings(&mut content)?;
            for _ in 0..content.number()? {
                orders.push(read_order(&mut content, &mut rows, index)?);
            }
            if index == 0 {
                own = orders.len();
            }
            rows.finish(Shapes::default());
            files.push(PlannedFile {
                members: indices(rows.rows().len()),
                rows: Rc::new(rows),
            });
        }
        content.end()?;
        Ok(Self::new(files, orders, own, already_planned))
    }
}

/// What all rows of a file have in common.
fn read_settings(content: &mut ChecksummedReader<'_>) -> Result<Accepted, CampaignFault> {
    let order_type = OrderType::from_name(content.text()?).ok_or(CampaignFault::Damaged)?;
    let mut rows = Accepted::new(order_type);
    for index in 0..content.number()? {
        if u64::from(rows.currency(content.text()?)) != index {
            return Err(CampaignFault::Damaged);
        }
    }
    Ok(rows)
}

fn read_order(
    content: &mut ChecksummedReader<'_>,
    rows: &mut Accepted,
    file: u32,
) -> Result<PlannedOrder, CampaignFault> {
    let po_number = String::from(content.text()?);
    let entry = read_entry(content)?;
    let is_partial = content.number()? > 0;
    let first = count(rows);
    let mut face_value = Amount::ZERO;
    for _ in 0..content.number()? {
        let amount = read_row(content, rows)?;
        face_value = face_value.checked_add(amount).unwrap_or(Amount::MAX);
    }
    Ok(PlannedOrder {
        po_number,
        file,
        first,
        end: count(rows),
        is_partial,
        face_value,
        state: entry.state,
        order_id: entry.order_id.map(Box::from),
        reason: entry.reason,
    })
}

/// Adds a row; its face value.
fn read_row(
    content: &mut ChecksummedReader<'_>,
    rows: &mut Accepted,
) -> Result<Amount, CampaignFault> {
    let identity = content.raw(16)?.first_chunk();
    let row_content = content.raw(8)?.first_chunk();
    let (identity, row_content) = identity.zip(row_content).ok_or(CampaignFault::Damaged)?;
    let phone = content.small()?;
    let occurrence = content.small()?;
    let sheet_line = content.small()?;
    let face_value = Amount::from_thousandths(content.number()?);
    let currency: u16 = content.small()?;
    if usize::from(currency) >= rows.currencies().len() {
        return Err(CampaignFault::Damaged);
    }
    let payment = Payment {
        identity: u128::from_be_bytes(*identity),
        face_value,
        phone,
        content: u64::from_be_bytes(*row_content),
    };
    rows.push(
        content.bytes()?,
        sheet_line,
        face_value,
        currency,
        payment,
        occurrence,
    );
    Ok(face_value)
}

fn count(rows: &Accepted) -> u32 {
    u32::try_from(rows.rows().len()).unwrap_or(u32::MAX)
}
