//! Lists inside the index, read where they stand: nothing is allocated for them.

use super::bytes::Cursor;
use crate::money::{Amount, Decimals};

/// Amounts of one currency, each written as what it is more than the one before.
#[derive(Clone, Debug)]
pub struct Values<'a> {
    cursor: Cursor<'a>,
    left: u64,
    before: Amount,
    decimals: Decimals,
}

impl<'a> Values<'a> {
    /// The list at the cursor, which then stands behind it: in the smallest unit of a currency with so many decimals.
    pub(super) fn read(cursor: &mut Cursor<'a>, decimals: Decimals) -> Option<Self> {
        let left = cursor.number()?;
        let values = Self {
            cursor: *cursor,
            left,
            before: Amount::ZERO,
            decimals,
        };
        let mut last = Amount::ZERO;
        for place in 0..left {
            let more = cursor.number()?;
            if more == 0 && place > 0 {
                return None;
            }
            last = last.checked_add(amount(more, decimals)?)?;
        }
        Some(values)
    }
}

impl Iterator for Values<'_> {
    type Item = Amount;

    fn next(&mut self) -> Option<Amount> {
        self.left = self.left.checked_sub(1)?;
        let more = amount(self.cursor.number()?, self.decimals)?;
        self.before = self.before.checked_add(more)?;
        Some(self.before)
    }
}

/// So many of a currency's smallest unit.
fn amount(units: u64, decimals: Decimals) -> Option<Amount> {
    let thousandths = units.checked_mul(decimals.smallest())?;
    Some(Amount::from_thousandths(thousandths))
}

/// Some texts, one behind the other.
#[derive(Clone, Debug)]
pub(super) struct Texts<'a> {
    cursor: Cursor<'a>,
    left: u64,
}

impl<'a> Texts<'a> {
    pub(super) const NONE: Self = Self {
        cursor: Cursor::new(&[]),
        left: 0,
    };

    /// The list at the cursor, which then stands behind it.
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Option<Self> {
        let left = cursor.number()?;
        let texts = Self {
            cursor: *cursor,
            left,
        };
        for _ in 0..left {
            cursor.text()?;
        }
        Some(texts)
    }
}

impl<'a> Iterator for Texts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.left = self.left.checked_sub(1)?;
        self.cursor.text()
    }
}
