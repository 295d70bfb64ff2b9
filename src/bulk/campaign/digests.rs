//! What an order holds, without people: for a program that has to know later whom it has paid, and may not keep who that is.

use alloc::vec::Vec;

use crate::api::fields::{member, text};
use crate::buffer::Buffer;
use crate::bulk::columns::fields::{PRODUCT, SMS, bit};
use crate::bulk::identity::identity;
use crate::bulk::line::builder::identity_of;
use crate::bulk::line::step::separator;
use crate::bulk::campaign::orders::PlannedFile;
use crate::bulk::{Campaign, PlannedOrder};
use crate::json::{Decimal, Reader, Writer};
use crate::money::Amount;
use crate::order::OrderType;

/// Bytes of what a line pays.
const PAYMENT: usize = 44;

/// The members of a line that say what is ordered. They are its first ones.
const ITEM: usize = 3;

impl Campaign {
    /// What each line of the order at that index pays: 44 bytes, in which whoever has no secret finds nobody.
    ///
    /// The key of the payment, 12 bytes, and 4 that tell apart what else lines of one key say; the key that it would have by the phone number
    /// alone, where it has that beside an address, else zeros, 16 bytes; then three numbers of 32 bits, the lowest byte first: what it comes
    /// to, in thousandths, its line of the file, and 1 where it says who gets it.
    pub fn payments(&self, index: usize, secret: u128) -> Vec<u8> {
        let mut payments = Vec::new();
        let Some((order, file)) = self.order_in_file(index) else {
            return payments;
        };
        let members = file.members_of(order);
        payments.reserve_exact(members.len().saturating_mul(PAYMENT));
        let has_recipient = file.rows.order_type() != OrderType::Links;
        for member in members {
            let Some(row) = file.row(*member) else {
                continue;
            };
            let key = keyed(row.identity, secret) ^ u128::from(row.content) << 96;
            let by_phone = if row.phone == 0 {
                0
            } else {
                let line = usize::try_from(*member).ok();
                let line = line.and_then(|index| file.rows.line(index));
                let identity = line.and_then(|line| by_phone(&line));
                identity.map_or(0, |identity| keyed(identity, secret))
            };
            for word in [key, by_phone] {
                payments.extend_from_slice(&word.to_le_bytes());
            }
            for number in [
                low(row.face_value.thousandths()),
                row.sheet_line,
                u32::from(has_recipient),
            ] {
                payments.extend_from_slice(&number.to_le_bytes());
            }
        }
        payments
    }

    /// Writes what the order at that index orders: each product, value and quantity, and how many lines with it follow each other.
    pub fn write_items(&self, index: usize, json: &mut Writer) {
        json.array();
        if let Some((order, file)) = self.order_in_file(index) {
            let (mut line, mut item) = (Buffer::default(), Buffer::default());
            let mut lines = 0_u64;
            for member in file.members_of(order) {
                line.clear();
                let index = usize::try_from(*member).unwrap_or(usize::MAX);
                if file.rows.write_line(index, &mut line).is_none() {
                    continue;
                }
                let rest = line.bytes().strip_prefix(item.bytes());
                if lines > 0 && matches!(rest, Some([b',' | b'}', ..])) {
                    lines = lines.saturating_add(1);
                    continue;
                }
                write_item(&item, lines, json);
                item.clear();
                item.append(item_of(line.bytes()).unwrap_or_default());
                lines = u64::from(item.len() > 0);
            }
            write_item(&item, lines, json);
        }
        json.close_array();
    }

    fn order_in_file(&self, index: usize) -> Option<(&PlannedOrder, &PlannedFile)> {
        let order = self.order(index)?;
        Some((order, self.file_of(order)?))
    }
}

fn write_item(item: &Buffer, lines: u64, json: &mut Writer) {
    if let Some((_, members)) = item.bytes().split_first().filter(|_| lines > 0) {
        json.object();
        json.key("lines");
        json.number(lines);
        json.raw(members);
        json.close_object();
    }
}

/// The first members of a line, and the bracket before them.
fn item_of(line: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(line);
    let mut members = reader.object().ok()?;
    for _ in 0..ITEM {
        members.next(&mut reader).ok()??;
        reader.skip().ok()?;
    }
    line.get(..reader.offset())
}

/// The identity that a line's payment would have without its address.
fn by_phone(line: &[u8]) -> Option<u128> {
    let mut payment = Buffer::default();
    payment.append(text(member(line, "ProductId")?)?.as_bytes());
    payment.append(&separator(bit(PRODUCT)));
    let address = member(line, "DigitalDeliveryAddress")?;
    payment.append(text(member(address, "Sms")?)?.as_bytes());
    payment.append(&separator(bit(SMS)));
    let value = core::str::from_utf8(member(line, "Value")?).ok()?;
    let value = Decimal::parse(value)?.units(3).ok()?;
    Some(identity_of(&mut payment, Amount::from_thousandths(value)))
}

/// A hash of an identity that tells nothing of it without the secret: of both, one behind the other.
fn keyed(payment: u128, secret: u128) -> u128 {
    identity([secret.to_le_bytes(), payment.to_le_bytes()].as_flattened())
}

#[expect(clippy::cast_possible_truncation, reason = "the part that is meant")]
const fn low(number: u64) -> u32 {
    number as u32
}
