//! Which payment was seen in which row: a hash table with open addressing.

use alloc::vec::Vec;

use crate::bulk::identity::tag;

/// The identity of the row of that index.
pub(in crate::bulk) type Identities<'a> = &'a dyn Fn(usize) -> Option<u128>;

/// Up to here a table grows by so much that it rarely does.
const SMALL: usize = 1 << 16;

/// The last row of each identity. A tag of one byte stands apart from the row's index: the tags of 100,000 rows stay in the
/// processor's cache, and an index is only read where a tag matches.
#[derive(Debug, Default)]
pub(in crate::bulk) struct PaymentTable {
    /// 0 where there is none. The length is a power of two.
    tags: Vec<u8>,
    /// The row's index, where there is a tag.
    rows: Vec<u32>,
    used: usize,
}

/// Where an identity stands, or will.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Slot {
    index: usize,
    tag: u8,
    /// The last row that has the identity.
    pub(in crate::bulk) row: Option<usize>,
}

impl PaymentTable {
    /// Looks an identity up among those of so many rows so far.
    pub(in crate::bulk) fn find(
        &mut self,
        count: usize,
        rows: Identities<'_>,
        identity: u128,
    ) -> Slot {
        if self.used >= (self.tags.len() / 4).saturating_mul(3) {
            self.grow(count, rows);
        }
        self.slot(rows, identity)
    }

    /// Notes that the row behind so many has the identity of a slot.
    pub(in crate::bulk) fn put(&mut self, slot: Slot, count: usize) {
        self.used = self.used.wrapping_add(usize::from(slot.row.is_none()));
        let tag = self.tags.get_mut(slot.index);
        if let Some((tag, row)) = tag.zip(self.rows.get_mut(slot.index)) {
            *tag = slot.tag;
            *row = u32::try_from(count).unwrap_or(u32::MAX);
        }
    }

    #[cold]
    fn grow(&mut self, count: usize, rows: Identities<'_>) {
        let times = if self.tags.len() < SMALL { 4 } else { 2 };
        let size = self.tags.len().saturating_mul(times).max(4096);
        self.tags = alloc::vec![0; size];
        self.rows = alloc::vec![0; size];
        self.used = 0;
        for index in 0..count {
            let before = |other: usize| rows(other).filter(|_| other < index);
            let slot = self.slot(&before, rows(index).unwrap_or_default());
            self.put(slot, index);
        }
    }

    fn slot(&self, rows: Identities<'_>, identity: u128) -> Slot {
        let tag = tag(identity);
        let mask = self.tags.len().wrapping_sub(1);
        let mut index = identity as usize & mask;
        while let Some(known) = self.tags.get(index).copied().filter(|known| *known != 0) {
            if known == tag {
                let row = self
                    .rows
                    .get(index)
                    .and_then(|row| usize::try_from(*row).ok());
                if let Some(row) = row.filter(|row| rows(*row) == Some(identity)) {
                    return Slot {
                        index,
                        tag,
                        row: Some(row),
                    };
                }
            }
            index = index.wrapping_add(1) & mask;
        }
        Slot {
            index,
            tag,
            row: None,
        }
    }
}
