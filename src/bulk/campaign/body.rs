//! The body of an order, written when it is asked for: always the same bytes.

use alloc::vec::Vec;

use crate::bulk::campaign::orders::PlannedFile;
use crate::bulk::identity::name;
use crate::bulk::{Campaign, Row};
use crate::json::{Writer, decimal_text};

/// Bytes of a body around its lines, at most: the three keys, the longest type and a PO number.
pub(in crate::bulk) const ENVELOPE: usize = 128;

/// Bytes that a number adds to a line, at most.
pub(in crate::bulk) const NUMBER: usize = 5;

/// Bytes by which a line may be longer than the first one before the body's memory has to grow.
const SPARE: usize = 16;

/// What stands behind the name of a line, which the import writes last.
const BEHIND_NAME: &[u8] = b"\"}";

impl Campaign {
    /// The body of the order at that index, with its members in the order of the API's documents; none of an order that is not whole.
    pub fn body(&self, index: usize) -> Option<Vec<u8>> {
        let order = self.order(index).filter(|order| !order.is_partial)?;
        let file = self.file_of(order)?;
        let mut rest = file.members_of(order);
        let numbers = file.numbers(rest);
        let mut numbers = numbers.as_slice();

        let (_, first) = file.row(*rest.first()?)?;
        let size = first.len().saturating_add(SPARE).saturating_mul(rest.len());
        let mut body = Writer::with_capacity(size.saturating_add(ENVELOPE));
        body.object();
        body.key("Type");
        body.string(file.rows.order_type().as_str());
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
                let (bytes, behind) = file.rows.lines(from, behind_all.checked_sub(1)?)?;
                body.raw(bytes);
                from = behind;
            }
            if let (0, Some(number)) = (count, numbers.first()) {
                let (row, line) = file.row(*first)?;
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
}

impl PlannedFile {
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
        for (index, identity) in identities.iter().enumerate() {
            let number = if index > 0 && last.0 == *identity {
                // Those that pay the same mostly stand side by side.
                last.1.wrapping_add(1)
            } else {
                let before = identities.iter().take(index);
                before.filter(|other| *other == identity).count() as u64
            };
            numbers.push(number);
            last = (*identity, number);
        }
        numbers
    }
}

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
