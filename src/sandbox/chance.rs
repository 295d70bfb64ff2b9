//! Faults by chance: for long tests, in which nobody wants to name each one.

use super::fault::{Fault, Injection};
use super::seed::Seeded;

/// How often something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultRate {
    /// How many of a hundred requests are struck.
    pub percent: u64,
    /// What decides which ones, and by what.
    pub seed: u64,
}

/// The faults that are still to come: the same seed and the same requests give the same ones.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    percent: u64,
    stream: Seeded,
}

impl Chance {
    pub(super) fn new(rate: FaultRate) -> Self {
        Self {
            percent: rate.percent,
            stream: Seeded::new(rate.seed),
        }
    }

    /// The fault that strikes this request, if one does.
    pub(super) fn draw(&mut self, method: &str, path: &str) -> Option<Injection> {
        self.below(100).filter(|draw| *draw < self.percent)?;
        let places_an_order = method == "POST" && path == "/v1/Orders";
        let fits = |fault: &Fault| places_an_order || *fault != Fault::ConflictWithoutId;
        let count = Fault::all().filter(fits).count();
        let index = usize::try_from(self.below(u64::try_from(count).ok()?)?).ok()?;
        Fault::all().filter(fits).nth(index).map(Injection::from)
    }

    fn below(&mut self, ceiling: u64) -> Option<u64> {
        // The low bits of a product are not as good as the high ones.
        (self.stream.next() >> 24).checked_rem(ceiling)
    }
}
