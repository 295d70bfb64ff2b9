//! Whether and when to try again.

use super::Elapsed;

/// The longest wait before the first retry; it doubles from there.
const FIRST_BACKOFF_MS: u64 = 500;
/// The longest wait before any retry that the API did not ask for.
const LONGEST_BACKOFF_MS: u64 = 8_000;

/// The longest wait that the API may ask a call for that has no end of its own.
const LONGEST_ASKED_MS: u64 = 600_000;

/// How patient a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// For one attempt, body included.
    pub timeout_ms: u64,
    /// For the whole call, waits included; nothing for no end.
    pub deadline_ms: Option<u64>,
    /// Attempts after the first.
    pub max_retries: u32,
}

impl Policy {
    /// That of a caller who says nothing.
    pub const DEFAULT: Self = Self {
        timeout_ms: 30_000,
        deadline_ms: Some(120_000),
        max_retries: 3,
    };

    /// That of a request for a token which this call begins for itself and others: as patient as the more patient of the call and of its
    /// client, since each who waits for it has a patience of its own.
    #[must_use]
    pub fn for_token(self, client: Self) -> Self {
        Self {
            timeout_ms: client.timeout_ms.max(self.timeout_ms),
            // Of a call without an end it is the client's: nothing is less than any.
            deadline_ms: client.deadline_ms.max(self.deadline_ms),
            max_retries: client.max_retries,
        }
    }

    /// Returns how long this call waits for a token of which one request may take `timeout_ms`, with so much time left. One that allows its own
    /// attempts less than that waits for as long as all attempts of its client would take.
    pub fn token_ms(&self, client: Self, timeout_ms: u64, left_ms: u64) -> u64 {
        if self.timeout_ms >= timeout_ms {
            return left_ms;
        }
        let attempts = u64::from(client.max_retries).saturating_add(1);
        left_ms.min(self.timeout_ms.saturating_mul(attempts))
    }

    /// Returns how long an attempt may take that begins now; nothing where the time is up.
    pub fn attempt_ms(&self, now: Elapsed) -> Option<u64> {
        let left = self
            .deadline_ms
            .map_or(u64::MAX, |deadline| deadline.saturating_sub(now));
        (left > 0).then_some(self.timeout_ms.min(left))
    }
}

/// What an answer's status says of trying again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// 2xx.
    Success,
    /// 401: the token may be old.
    Unauthorized,
    /// Worth another try; `lost` where the request may have been carried out all the same.
    Again { lost: bool },
    /// Not worth another try.
    Final { lost: bool },
}

impl Verdict {
    pub(super) const fn of(status: u16) -> Self {
        match status {
            200..300 => Self::Success,
            401 => Self::Unauthorized,
            // A limiter stands before the work.
            429 => Self::Again { lost: false },
            // 520 to 530 are Cloudflare's own words for an origin that failed.
            408 | 500 | 502..=504 | 520..=530 => Self::Again { lost: true },
            status => Self::Final {
                lost: !is_refusal(status),
            },
        }
    }
}

/// Returns whether a status says that a request was not acted on: by the reference, or by RFC 9110 and RFC 6585.
///
/// The list is closed. A server or a proxy that gives up in the middle has a status of its own (444, 460, 499, whatever comes
/// tomorrow) and may have carried the request out. So may one that answers 303: that is where the result of a deed is found, and
/// where a browser hides the status of a redirect it may have been that one.
const fn is_refusal(status: u16) -> bool {
    matches!(
        status,
        300..=302
            | 304..=399
            | 400
            | 401
            | 403
            | 404..=406
            | 409
            | 411
            | 413..=415
            | 421
            | 422
            | 426
            | 428
            | 429
            | 431
            | 501
            | 505
    )
}

/// The count of attempts, and the waits between them: exponential with full jitter, or what the API asked for.
#[derive(Clone, Debug)]
pub struct Retry {
    policy: Policy,
    retries: u32,
    random: u64,
}

/// Why there is no further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveUp {
    /// All of them were used.
    OutOfAttempts,
    /// The next would begin after the deadline.
    OutOfTime,
}

impl Retry {
    /// The seed decides the jitter: the same seed waits the same.
    pub const fn new(policy: Policy, seed: u64) -> Self {
        Self {
            policy,
            retries: 0,
            random: seed,
        }
    }

    /// How patient the call is.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Returns how long to wait before the next attempt.
    pub fn next_wait(&mut self, now: Elapsed, retry_after_ms: Option<u64>) -> Result<u64, GiveUp> {
        if self.retries >= self.policy.max_retries {
            return Err(GiveUp::OutOfAttempts);
        }
        let ceiling = FIRST_BACKOFF_MS
            .checked_shl(self.retries)
            .filter(|ceiling| (FIRST_BACKOFF_MS..LONGEST_BACKOFF_MS).contains(ceiling))
            .unwrap_or(LONGEST_BACKOFF_MS);
        let backoff = draw(&mut self.random, ceiling);
        let wait = retry_after_ms.map_or(backoff, |asked| asked.max(backoff));
        self.retries = self.retries.saturating_add(1);
        let is_endless = self.policy.deadline_ms.is_none() && wait > LONGEST_ASKED_MS;
        if is_endless || self.policy.attempt_ms(now.saturating_add(wait)).is_none() {
            return Err(GiveUp::OutOfTime);
        }
        Ok(wait)
    }
}

/// A number from 0 to `ceiling`, and the next state (SplitMix64).
pub(super) fn draw(state: &mut u64, ceiling: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    // The bias of the remainder is far below what jitter needs.
    mixed
        .checked_rem(ceiling.saturating_add(1))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POLICY: Policy = Policy::DEFAULT;

    #[test]
    fn there_are_no_more_attempts_than_asked_for() {
        let mut retry = Retry::new(POLICY, 7);

        for _ in 0..3 {
            assert!(retry.next_wait(0, None).is_ok());
        }

        assert_eq!(retry.next_wait(0, None), Err(GiveUp::OutOfAttempts));
    }

    #[test]
    fn what_the_api_asks_for_is_waited_within_the_deadline_and_not_past_it() {
        let mut retry = Retry::new(POLICY, 7);
        assert_eq!(retry.next_wait(0, Some(60_000)), Ok(60_000));
        assert_eq!(
            retry.next_wait(60_000, Some(60_000)),
            Err(GiveUp::OutOfTime)
        );
    }

    #[test]
    fn without_a_deadline_the_api_can_ask_for_ten_minutes() {
        let endless = Policy {
            deadline_ms: None,
            ..POLICY
        };

        let mut retry = Retry::new(endless, 7);
        assert_eq!(retry.next_wait(0, Some(600_000)), Ok(600_000));
        assert_eq!(retry.next_wait(0, Some(600_001)), Err(GiveUp::OutOfTime));
    }

    #[test]
    fn an_attempt_ends_with_the_call() {
        assert_eq!(POLICY.attempt_ms(0), Some(30_000));
        assert_eq!(POLICY.attempt_ms(119_000), Some(1_000));
        assert_eq!(POLICY.attempt_ms(120_000), None);
        assert_eq!(
            Policy {
                deadline_ms: None,
                ..POLICY
            }
            .attempt_ms(u64::MAX),
            Some(30_000)
        );
    }

    #[test]
    fn a_token_is_asked_for_as_patiently_as_the_more_patient_would() {
        let hasty = Policy {
            timeout_ms: 100,
            deadline_ms: Some(500_000),
            max_retries: 0,
        };
        let endless = Policy {
            deadline_ms: None,
            ..hasty
        };

        assert_eq!(
            hasty.for_token(POLICY),
            Policy {
                deadline_ms: Some(500_000),
                ..POLICY
            }
        );
        assert_eq!(endless.for_token(POLICY), POLICY);
        // It waits as long as four attempts of its own take, and no longer than it has left.
        assert_eq!(hasty.token_ms(POLICY, 30_000, 9_000), 400);
        assert_eq!(hasty.token_ms(POLICY, 30_000, 300), 300);
        assert_eq!(hasty.token_ms(POLICY, 100, 9_000), 9_000);
    }

    proptest! {
        #[test]
        fn waits_grow_to_a_bound(seed: u64) {
            let mut retry = Retry::new(Policy { max_retries: 100, deadline_ms: None, ..POLICY }, seed);
            for ceiling in [500, 1_000, 2_000, 4_000, 8_000].into_iter().chain([8_000; 90]) {
                prop_assert!(retry.next_wait(0, None).unwrap() <= ceiling);
            }
        }
    }
}
