//! Faults by chance: for long tests, in which nobody wants to name each one.

use serde_json::Value;

use super::fault::{Fault, Injection};
use super::option_values::{OptionsError, whole};
use super::seed::Seeded;
use crate::money::Amount;

/// How often something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultRate {
    /// How many of a hundred requests are struck.
    pub percent: u64,
    /// What decides which ones, and by what.
    pub seed: u64,
}

impl FaultRate {
    /// Reads `{ rate, seed? }`; `seed` is the sandbox's.
    pub(super) fn read(value: &Value, seed: u64) -> Result<Self, OptionsError> {
        let Value::Object(fields) = value else {
            return Err(OptionsError::new("faults", "an object"));
        };
        let (mut rate, mut seed) = (None, seed);
        for (name, value) in fields {
            match name.as_str() {
                "rate" => rate = hundredths(value).filter(|percent| *percent <= 100),
                "seed" => seed = whole("faults.seed", value)?,
                _ => {
                    let field = ["faults.", name].concat();
                    return Err(OptionsError::new(field, "left out: there is no such field"));
                }
            }
        }
        let percent = rate.ok_or_else(|| {
            OptionsError::new(
                "faults.rate",
                "a number from 0 to 1 with at most two decimals",
            )
        })?;
        Ok(Self { percent, seed })
    }
}

/// A number of at most two decimals, exactly.
fn hundredths(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => Amount::parse(number.as_str())
            .ok()
            .map(|rate| rate.thousandths() / 10),
        _ => None,
    }
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
