//! When a token is still good.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::stored;
use crate::api::tokens::TokenAnswer;
use crate::json::{Decimal, decimal_text};

/// The lifetime that is believed at most, in seconds: a day.
const LONGEST: u64 = 86_400;
/// The longest early refresh, in milliseconds.
const LONGEST_MARGIN_MS: u64 = 300_000;
/// What a token in the store has left of its life at least, in seconds: KV refuses to keep anything for less.
const SHORTEST_KEPT: u64 = 60;

/// A bearer token and when to replace it.
#[derive(Clone, Debug)]
pub struct Token {
    answer: TokenAnswer,
    /// When it was asked for, in milliseconds since 1970: its life began no earlier.
    asked_ms: u64,
}

impl Token {
    /// A token that was asked for at that time.
    pub const fn new(answer: TokenAnswer, asked_ms: u64) -> Self {
        Self { answer, asked_ms }
    }

    /// What goes behind `Bearer`.
    pub fn value(&self) -> &str {
        &self.answer.value
    }

    /// `ExpiresIn`, in seconds.
    pub const fn expires_in(&self) -> u64 {
        self.answer.expires_in
    }

    /// Returns whether to use it at that time.
    pub fn is_fresh(&self, now_ms: u64) -> bool {
        self.left_ms(now_ms) > 0
    }

    /// Returns how long to use it from that time on. The last tenth of its life, at most five minutes, is left: a fraction, so that a
    /// lifetime in another unit than we think cannot mean a refresh a call.
    pub fn left_ms(&self, now_ms: u64) -> u64 {
        let margin = (self.life_ms() / 10).min(LONGEST_MARGIN_MS);
        self.life_left_ms(now_ms).saturating_sub(margin)
    }

    /// For how many seconds from that time on the store keeps it; nothing where the store is to have no part in it. Whether there
    /// is enough left is judged by its whole life, since a token of a minute would never be kept otherwise.
    pub fn kept_seconds(&self, now_ms: u64) -> Option<u64> {
        // The second in which it was asked for counts as whole.
        let is_kept =
            self.is_fresh(now_ms) && self.life_left_ms(now_ms).div_ceil(1_000) >= SHORTEST_KEPT;
        is_kept.then(|| (self.left_ms(now_ms) / 1_000).max(SHORTEST_KEPT))
    }

    fn life_ms(&self) -> u64 {
        let seconds = self.answer.expires_in.clamp(1, LONGEST);
        seconds.saturating_mul(1_000)
    }

    /// Nothing where the clock went back.
    fn life_left_ms(&self, now_ms: u64) -> u64 {
        let age = now_ms.checked_sub(self.asked_ms);
        age.map_or(0, |age| self.life_ms().saturating_sub(age))
    }

    /// The token as an entry of the caller's store.
    pub fn seal(&self, key: &str) -> String {
        let payload = [&*decimal_text(self.expires_in()), ".", self.value()].concat();
        stored::seal(key, self.asked_ms, &payload)
    }

    /// The token of an entry; nothing where it is broken or another key's.
    pub fn open(key: &str, entry: &str) -> Option<Self> {
        let (asked_ms, payload) = stored::open(key, entry)?;
        let mut parts = payload.splitn(2, '.');
        let expires_in = Decimal::parse(parts.next()?)?.units(0).ok()?;
        let value = parts.next()?.to_owned();
        Some(Self::new(TokenAnswer { value, expires_in }, asked_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(expires_in: u64) -> Token {
        Token::new(
            TokenAnswer {
                value: "t".to_owned(),
                expires_in,
            },
            1_000_000,
        )
    }

    #[test]
    fn a_token_is_replaced_before_its_end() {
        let hour = token(3_600);
        assert!(hour.is_fresh(1_000_000));
        assert!(hour.is_fresh(1_000_000 + 3_299_999));
        assert!(!hour.is_fresh(1_000_000 + 3_300_000));
    }

    #[test]
    fn a_tiny_lifetime_still_serves_some_calls() {
        assert!(token(0).is_fresh(1_000_899));
        assert!(!token(0).is_fresh(1_000_900));
    }

    #[test]
    fn a_clock_that_went_back_makes_a_token_old() {
        assert!(!token(3_600).is_fresh(999_999));
    }

    #[test]
    fn the_store_keeps_a_token_while_a_minute_of_its_life_is_left() {
        assert_eq!(token(3_600).kept_seconds(1_000_000), Some(3_300));
        assert_eq!(token(66).kept_seconds(1_000_000), Some(60));
        // The answer took its time.
        assert_eq!(token(60).kept_seconds(1_000_999), Some(60));
        assert_eq!(token(60).kept_seconds(1_001_000), None);
        assert_eq!(token(59).kept_seconds(1_000_000), None);
        // Less than a minute until it is replaced, but more than one of its life.
        assert_eq!(token(3_600).kept_seconds(4_241_000), Some(60));
        assert_eq!(token(3_600).kept_seconds(4_300_000), None);
        assert_eq!(token(3_600).kept_seconds(999_999), None);
    }

    #[test]
    fn a_token_comes_back_from_the_store_with_its_age() {
        let entry = token(3_600).seal("key");

        let opened = Token::open("key", &entry).unwrap();

        assert_eq!((opened.value(), opened.expires_in()), ("t", 3_600));
        assert_eq!(opened.left_ms(1_000_000), 3_300_000);
        assert_eq!(opened.left_ms(999_999), 0);
        assert!(Token::open("other", &entry).is_none());
    }
}
