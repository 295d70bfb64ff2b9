//! Which payment was seen in which row: a hash table with open addressing.

use alloc::vec::Vec;

use crate::bulk::identity::high;

/// The identity of the row of that index.
pub(in crate::bulk) type Identities<'a> = &'a dyn Fn(usize) -> Option<u128>;

/// Bits of a slot that hold a row's index plus one; the rest hold some of its identity.
const INDEX: u32 = 23;
const MASK: u32 = (1 << INDEX) - 1;

/// The last row of each identity: a table with 4 bytes a slot and 2 to 8 slots a row, so that most of it stays
/// in the processor's cache.
#[derive(Debug, Default)]
pub(in crate::bulk) struct Seen {
    /// 0 where there is none. The length is a power of two.
    slots: Vec<u32>,
    used: usize,
}

/// Where an identity stands, or will.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Slot {
    index: usize,
    tag: u32,
    /// The last row that has the identity.
    pub(in crate::bulk) row: Option<usize>,
}

impl Seen {
    /// Looks an identity up among those of so many rows so far.
    pub(in crate::bulk) fn find(
        &mut self,
        count: usize,
        rows: Identities<'_>,
        identity: u128,
    ) -> Slot {
        if self.used >= self.slots.len() / 2 {
            self.grow(count, rows);
        }
        self.slot(rows, identity)
    }

    /// Notes that the row behind so many has the identity of a slot.
    pub(in crate::bulk) fn put(&mut self, slot: Slot, count: usize) {
        let own = u32::try_from(count).unwrap_or(u32::MAX).wrapping_add(1) & MASK;
        self.used = self.used.wrapping_add(usize::from(slot.row.is_none()));
        if let Some(place) = self.slots.get_mut(slot.index) {
            *place = slot.tag | own;
        }
    }

    #[cold]
    fn grow(&mut self, count: usize, rows: Identities<'_>) {
        let size = self.slots.len().saturating_mul(4).max(4096);
        self.slots = alloc::vec![0; size];
        self.used = 0;
        for index in 0..count {
            let before = |other: usize| rows(other).filter(|_| other < index);
            let slot = self.slot(&before, rows(index).unwrap_or_default());
            self.put(slot, index);
        }
    }

    fn slot(&self, rows: Identities<'_>, identity: u128) -> Slot {
        let tag = high(identity) & !MASK;
        let mask = self.slots.len().wrapping_sub(1);
        let mut index = identity as usize & mask;
        while let Some(slot) = self.slots.get(index).copied().filter(|slot| *slot != 0) {
            if slot & !MASK == tag {
                let row = usize::try_from((slot & MASK).wrapping_sub(1)).unwrap_or(usize::MAX);
                if rows(row) == Some(identity) {
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
