//! The body of an order, written when it is asked for: always the same bytes.

use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::bulk::campaign::orders::PlannedFile;
use crate::bulk::identity::name;
use crate::bulk::{Campaign, Row};
use crate::json::{Writer, decimal_text};

/// Bytes of a body around its lines, at most: the three keys, the longest type and a PO number.
pub(in crate::bulk) const ENVELOPE: usize = 128;

/// Bytes that a number adds to a line, at most.
pub(in crate::bulk) const NUMBER: usize = 5;

/// Bytes by which a line may be longer than the first one before the body's memory has to grow.
const SPARE: usize = 32;

/// What stands behind the name of a line, which the import writes last.
const BEHIND_NAME: &[u8] = b"\"}";

impl Campaign {
    /// The body of the order at that index, with its members in the order of the API's documents; none of an order that is not whole.
    pub fn body(&self, index: usize) -> Option<Vec<u8>> {
        let order = self.order(index).filter(|order| !order.is_partial)?;
        let file = self.file_of(order)?;
        let members = file.members_of(order);
        let mut numbers = file.numbers(members).into_iter();

        let mut body = Buffer::default();
        body.append(b"{\"Type\":\"");
        body.append(file.rows.order_type().as_str().as_bytes());
        body.append(b"\",\"LineItems\":");
        let mut before = b'[';
        for (count, member) in members.iter().enumerate() {
            let start = body.len();
            body.put(before);
            before = b',';
            file.rows
                .write_line(usize::try_from(*member).ok()?, &mut body)?;
            if let Some(number) = numbers.next().filter(|number| *number > 0) {
                write_number(&mut body, file.row(*member)?, number);
            }
            if count == 0 {
                let line = body.len().saturating_sub(start).saturating_add(SPARE);
                body.reserve(line.saturating_mul(members.len()).saturating_add(ENVELOPE));
            }
        }
        let mut po_number = Writer::new();
        po_number.string(&order.po_number);
        body.append(b"],\"PONumber\":");
        body.append(&po_number.into_bytes());
        body.put(b'}');
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

/// Adds to the line that was written last its number behind its name, unless that is the caller's: several lines of an order may pay the
/// same, and each is to be told from the others.
fn write_number(body: &mut Buffer, row: &Row, before: u64) {
    let named = body.bytes().strip_suffix(BEHIND_NAME);
    let is_own = named.is_some_and(|named| {
        named.ends_with(name(row.identity).map(u64::to_le_bytes).as_flattened())
    });
    if is_own {
        body.truncate(body.len().saturating_sub(BEHIND_NAME.len()));
        body.put(b'-');
        body.append(decimal_text(before.wrapping_add(1)).as_bytes());
        body.append(BEHIND_NAME);
    }
}
