//! Entries of the caller's store: what goes in, and whether what comes out may be used.
//!
//! The store is the caller's, may be shared with other programs and may hold anything: an entry proves that it was written under
//! this very key and came back whole. It is a checksum, not a signature: who may write into the store is trusted.

use alloc::string::String;

use crate::hash::base_text::hex;
use crate::hash::sha256::Sha256;
use crate::json::{Decimal, decimal_text};

/// The form of the entries: another one gets another key.
const VERSION: &str = "1";
/// How far ahead of ours another machine's clock may be.
const SKEW_MS: u64 = 60_000;

/// A key that says what is kept and hides for whom: the parts are an address and credentials.
pub fn key(kind: &str, parts: &[&str]) -> String {
    [
        "giftcard-partners:",
        kind,
        ":",
        VERSION,
        ":",
        &digest(parts),
    ]
    .concat()
}

/// An entry of that key.
pub fn seal(key: &str, stored_ms: u64, payload: &str) -> String {
    let stored = decimal_text(stored_ms);
    let checksum = digest(&[key, &stored, payload]);
    [&*stored, ".", &checksum, ".", payload].concat()
}

/// When an entry was stored, and what is in it; nothing where it is broken, or another key's.
pub fn open<'a>(key: &str, entry: &'a str) -> Option<(u64, &'a str)> {
    let mut parts = entry.splitn(3, '.');
    let (stored, checksum, payload) = (parts.next()?, parts.next()?, parts.next()?);
    if checksum != digest(&[key, stored, payload]) {
        return None;
    }
    Some((Decimal::parse(stored)?.units(0).ok()?, payload))
}

/// What may be done with a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Use it.
    Fresh,
    /// Use it, and get a new one.
    Stale,
    /// Do not use it.
    Over,
}

impl Age {
    /// The age of a copy that is fresh for `ttl_ms`, and stale for three times as long after that.
    pub const fn of(stored_ms: u64, now_ms: u64, ttl_ms: u64) -> Self {
        let age = now_ms.saturating_sub(stored_ms);
        if stored_ms > now_ms.saturating_add(SKEW_MS) || age >= ttl_ms.saturating_mul(4) {
            Self::Over
        } else if age >= ttl_ms {
            Self::Stale
        } else {
            Self::Fresh
        }
    }
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::default();
    for part in parts {
        hash.part(part.as_bytes());
    }
    hex(&hash.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_tells_the_parts_apart_and_does_not_show_them() {
        let one = key("catalog", &["https://api.example", "person@example.org"]);
        let other = key("catalog", &["https://api.exampleperson", "@example.org"]);

        assert_ne!(one, other);
        assert_ne!(
            one,
            key("token", &["https://api.example", "person@example.org"])
        );
        assert!(one.starts_with("giftcard-partners:catalog:1:") && one.len() < 128);
        assert!(!one.contains("person") && !one.contains("example"));
    }

    #[test]
    fn an_entry_of_another_key_is_not_opened() {
        let entry = seal("a", 7, "x.y.z");

        assert_eq!(open("a", &entry), Some((7, "x.y.z")));
        assert_eq!(open("b", &entry), None);
        for broken in ["", ".", "..", "7", "7..x", "null", "{}"] {
            assert_eq!(open("a", broken), None, "{broken}");
        }
    }

    #[test]
    fn a_copy_is_fresh_then_stale_then_over() {
        let at = |age: u64| Age::of(1_000_000, 1_000_000 + age, 100);

        assert_eq!([at(0), at(99)], [Age::Fresh; 2]);
        assert_eq!([at(100), at(399)], [Age::Stale; 2]);
        assert_eq!([at(400), at(u64::MAX / 2)], [Age::Over; 2]);
    }

    #[test]
    fn a_copy_of_the_future_is_over_but_for_what_clocks_differ() {
        assert_eq!(Age::of(160_000, 100_000, 100), Age::Fresh);
        assert_eq!(Age::of(160_001, 100_000, 100), Age::Over);
    }

    proptest! {
        #[test]
        fn an_entry_with_another_byte_is_not_opened(stored: u32, payload in "[ -~]{0,40}", at: prop::sample::Index, other in 32_u8..127) {
            let entry = seal("key", u64::from(stored), &payload);
            let mut altered = entry.clone().into_bytes();
            let at = at.index(altered.len());
            prop_assume!(altered[at] != other);
            altered[at] = other;

            let altered = String::from_utf8(altered).unwrap();
            prop_assert_eq!(open("key", &altered), None);
            prop_assert_eq!(open("key", entry.get(..at).unwrap()), None);
        }
    }
}
