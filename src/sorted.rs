//! Indices of things in the order of a comparison.
//!
//! The standard library's sort is compiled anew for every kind of thing, 6 KB of wasm at a time (measured); this is one function
//! for all of them.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The indices below `count`, in order; equal ones stay as they stand.
///
/// Runs are merged into longer ones, two by two. Runs that follow each other already are not compared further, so what comes in
/// order takes one look at each index and merge.
pub(crate) fn sorted(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut indices = indices(count);
    let mut merged: Vec<u32> = Vec::with_capacity(count);
    let mut length = 1_usize;
    while length < count {
        for pair in indices.chunks(length.saturating_mul(2)) {
            let (left, right) = pair.split_at_checked(length).unwrap_or((pair, &[]));
            merge(left, right, &mut merged, compare);
        }
        core::mem::swap(&mut indices, &mut merged);
        merged.clear();
        length = length.saturating_mul(2);
    }
    indices
}

/// The indices below `count`.
pub(crate) fn indices(count: usize) -> Vec<u32> {
    let mut indices = Vec::with_capacity(count);
    for (_, index) in (0..count).zip(0..) {
        indices.push(index);
    }
    indices
}

/// The indices in order, of equal ones the first.
pub(crate) fn distinct(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut indices = sorted(count, compare);
    indices.dedup_by(|index, before| compare(*before, *index).is_eq());
    indices
}

fn merge(
    mut left: &[u32],
    mut right: &[u32],
    merged: &mut Vec<u32>,
    compare: &dyn Fn(u32, u32) -> Ordering,
) {
    let in_order = match (left.last(), right.first()) {
        (Some(last), Some(first)) => compare(*last, *first).is_le(),
        _ => true,
    };
    if !in_order {
        while let (Some((a, behind_a)), Some((b, behind_b))) =
            (left.split_first(), right.split_first())
        {
            if compare(*a, *b).is_le() {
                merged.push(*a);
                left = behind_a;
            } else {
                merged.push(*b);
                right = behind_b;
            }
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(things in prop::collection::vec(0..20_u8, 0..100)) {
            let mut expected: Vec<u32> = (0..).take(things.len()).collect();
            expected.sort_by_key(|index| things[*index as usize]);

            let indices = sorted(things.len(), &|a, b| things[a as usize].cmp(&things[b as usize]));

            prop_assert_eq!(&indices, &expected);
            expected.dedup_by_key(|index| things[*index as usize]);
            prop_assert_eq!(distinct(things.len(), &|a, b| things[a as usize].cmp(&things[b as usize])), expected);
        }
    }
}
