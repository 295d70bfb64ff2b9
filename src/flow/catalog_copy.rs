//! Which copy of the catalog is kept, and for how long it may be used.

use super::stored::Age;

/// For how long a catalog is fresh: products are to be kept for a week at least (reference, "Caching").
pub const TTL_SECONDS: u64 = 604_800;

/// For how long a catalog is fresh that has fewer products than the API says there are.
const SHORT_TTL_MS: u64 = 300_000;

/// The store may drop an entry after so many seconds at the earliest: Cloudflare KV takes no less.
const SHORTEST_STAY: u64 = 60;

/// What is known of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogCopy {
    /// When it was asked for, by the clock of who asked.
    pub stored_ms: u64,
    /// Its products.
    pub products: u64,
    /// How many more the API says there are than it listed.
    pub missing: u64,
}

impl CatalogCopy {
    const fn is_short(self) -> bool {
        self.missing > 0
    }

    /// What may be done with it. One without a product is over from the start: it would be a week without any.
    pub fn age(self, now_ms: u64, ttl_ms: u64) -> Age {
        if self.products == 0 {
            return Age::Over;
        }
        let ttl_ms = if self.is_short() {
            ttl_ms.min(SHORT_TTL_MS)
        } else {
            ttl_ms
        };
        Age::of(self.stored_ms, now_ms, ttl_ms)
    }

    /// Returns whether it is kept in the place of the one that is kept now. One that was overtaken does not undo what the other brought, and one
    /// that is short does not undo a whole one; but what is over is worth nothing, whatever its time: the clock may have been set back.
    pub fn replaces(self, kept: Option<Self>, now_ms: u64, ttl_ms: u64) -> bool {
        let outdoes = |kept: Self| {
            kept.age(now_ms, ttl_ms) == Age::Over
                || kept.stored_ms <= self.stored_ms && (kept.is_short() || !self.is_short())
        };
        self.products > 0 && kept.is_none_or(outdoes)
    }

    /// For how many seconds it goes into the caller's store; nothing where it does not.
    pub fn stay_seconds(self, ttl_ms: u64) -> Option<u64> {
        let is_whole = self.products > 0 && !self.is_short();
        is_whole.then(|| (ttl_ms.saturating_mul(4) / 1_000).max(SHORTEST_STAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TTL: u64 = 1_000_000;
    const NOW: u64 = 10_000_000;

    fn copy(stored_ms: u64, products: u64, total: u64) -> CatalogCopy {
        CatalogCopy {
            stored_ms,
            products,
            missing: total.saturating_sub(products),
        }
    }

    #[test]
    fn a_short_catalog_is_fresh_for_five_minutes_and_does_not_go_into_the_store() {
        let [whole, short] = [copy(NOW, 9, 9), copy(NOW, 8, 9)];
        let ages = |at| [whole, short].map(|copy| copy.age(NOW + at, TTL));

        assert_eq!(ages(299_999), [Age::Fresh; 2]);
        assert_eq!(ages(300_000), [Age::Fresh, Age::Stale]);
        assert_eq!(short.age(NOW + 50, 40), Age::Stale);
        assert_eq!(whole.stay_seconds(TTL), Some(4_000));
        assert_eq!(whole.stay_seconds(1), Some(60));
        assert_eq!(
            [short, copy(NOW, 0, 0)].map(|copy| copy.stay_seconds(TTL)),
            [None; 2]
        );
    }

    #[test]
    fn a_copy_takes_the_place_of_an_older_one_that_is_no_better() {
        let [whole, short, empty] = [copy(NOW, 9, 9), copy(NOW, 8, 9), copy(NOW, 0, 9)];
        let replaces = |new: CatalogCopy, kept| new.replaces(kept, NOW, TTL);

        for new in [whole, short] {
            assert!(replaces(new, None) && replaces(new, Some(copy(NOW - 1, 8, 9))));
        }
        assert!(!replaces(empty, None) && !replaces(empty, Some(short)));
        assert_eq!(empty.age(NOW, TTL), Age::Over);
        assert!(replaces(whole, Some(copy(NOW - 1, 9, 9))));
        assert!(!replaces(short, Some(copy(NOW - 1, 9, 9))));
        // The other was asked for later and came first.
        assert!(!replaces(whole, Some(copy(NOW + 1, 9, 9))));
        // It is over, or of a clock that was set back since.
        assert!(replaces(short, Some(copy(NOW - 4 * TTL, 9, 9))));
        assert!(replaces(short, Some(copy(NOW + 60_001, 9, 9))));
    }
}
