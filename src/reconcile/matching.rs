//! Lines paired with the places that they fit in.

use alloc::vec;
use alloc::vec::Vec;

use super::facts::{Fact, Facts};

pub(super) type Fits<'a> = dyn Fn(&[Fact], usize) -> bool + 'a;

/// How many lines may give way to each other: the stack is not endless.
const DEEPEST: u32 = 1_000;

/// Lines paired with places, found by augmenting paths: a line that fits in several places gives way to one that does not.
pub(super) struct Matching<'a> {
    lines: &'a [Facts],
    /// Whether a line fits in a place.
    fits: &'a Fits<'a>,
    /// The line that each place is paired with.
    partner: Vec<Option<usize>>,
}

impl<'a> Matching<'a> {
    /// The line of each place, or nothing where there is no place for one.
    pub(super) fn of(
        lines: &'a [Facts],
        places: usize,
        fits: &'a Fits<'a>,
    ) -> Option<Vec<Option<usize>>> {
        let mut matching = Matching {
            lines,
            fits,
            partner: vec![None; places],
        };
        for index in 0..lines.len() {
            if !matching.place(index, &mut vec![false; places], 0) {
                return None;
            }
        }
        Some(matching.partner)
    }

    /// Pairs a line: with a place that is free, and only where there is none with one whose line can go elsewhere.
    fn place(&mut self, index: usize, tried: &mut [bool], depth: u32) -> bool {
        let Some(line) = self.lines.get(index) else {
            return false;
        };
        let mut free = (0..self.partner.len()).filter(|place| self.is_free(*place));
        if let Some(place) = free.find(|place| (self.fits)(line, *place)) {
            self.pair(place, index);
            return true;
        }
        if depth == DEEPEST {
            return false;
        }
        for place in 0..tried.len() {
            if tried.get(place) == Some(&false) && (self.fits)(line, place) {
                if let Some(tried) = tried.get_mut(place) {
                    *tried = true;
                }
                let other = self.partner.get(place).copied().flatten();
                if other.is_some_and(|other| self.place(other, tried, depth.saturating_add(1))) {
                    self.pair(place, index);
                    return true;
                }
            }
        }
        false
    }

    fn is_free(&self, place: usize) -> bool {
        self.partner.get(place) == Some(&None)
    }

    fn pair(&mut self, place: usize, index: usize) {
        if let Some(partner) = self.partner.get_mut(place) {
            *partner = Some(index);
        }
    }
}
