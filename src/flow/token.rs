//! When a token is still good.

use crate::api::tokens::TokenAnswer;

/// The lifetime that is believed at most, in seconds: a day.
const LONGEST: u64 = 86_400;
/// The longest early refresh, in milliseconds.
const LONGEST_MARGIN_MS: u64 = 300_000;

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

    /// Whether to use it at that time. The last tenth of its life, at most five minutes, is left: a fraction, so that a
    /// lifetime in another unit than we think cannot mean a refresh a call.
    pub fn is_fresh(&self, now_ms: u64) -> bool {
        let life = self
            .answer
            .expires_in
            .clamp(1, LONGEST)
            .saturating_mul(1_000);
        let margin = (life / 10).min(LONGEST_MARGIN_MS);
        let age = now_ms.checked_sub(self.asked_ms);
        age.is_some_and(|age| age < life.saturating_sub(margin))
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
}
