//! When to look again at an order that is not finished.

use super::retry::draw;

/// The first wait without lines, and what each line adds to it.
const FIRST_MS: u64 = 1_000;
const A_LINE_MS: u64 = 10;
/// The longest first wait, and the longest of all.
const LONGEST_FIRST_MS: u64 = 30_000;
const LONGEST_MS: u64 = 300_000;

/// The wait before look number `attempt` (from 0) at an order of so many lines: 1 s and 10 ms a line, at most 30 s, doubled
/// with each attempt up to 5 minutes, then moved by up to a tenth either way as the seed decides.
///
/// The reference asks for backoff scaled to the order's size and names no figures.
///
/// ```
/// use giftcard_partners::flow::poll_delay_ms;
///
/// assert!((909..=1_111).contains(&poll_delay_ms(1, 0, 42)));
/// assert!(poll_delay_ms(u64::MAX, u32::MAX, 42) <= 330_000);
/// ```
pub fn poll_delay_ms(line_count: u64, attempt: u32, seed: u64) -> u64 {
    let first = line_count
        .saturating_mul(A_LINE_MS)
        .saturating_add(FIRST_MS)
        .min(LONGEST_FIRST_MS);
    let doubled = 2_u64
        .checked_pow(attempt)
        .map_or(LONGEST_MS, |factor| first.saturating_mul(factor))
        .min(LONGEST_MS);
    let tenth = doubled / 10;
    let mut state = seed ^ u64::from(attempt).wrapping_mul(0xa076_1d64_78bd_642f);
    doubled
        .saturating_sub(tenth)
        .saturating_add(draw(&mut state, tenth.saturating_mul(2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_wait_is_within_a_tenth_of_its_schedule(lines in 0..100_000_u64, attempt in 0..40_u32, seed: u64) {
            let schedule = lines
                .saturating_mul(10)
                .saturating_add(1_000)
                .min(30_000)
                .saturating_mul(1 << attempt)
                .min(300_000);
            let wait = poll_delay_ms(lines, attempt, seed);
            prop_assert!(wait.abs_diff(schedule) <= schedule.div_ceil(10), "{wait} for {schedule}");
        }
    }

    #[test]
    fn the_same_seed_waits_the_same_and_seeds_differ() {
        assert_eq!(poll_delay_ms(500, 2, 1), poll_delay_ms(500, 2, 1));
        assert!((0..100).any(|seed| poll_delay_ms(500, 2, seed) != poll_delay_ms(500, 2, 1)));
    }
}
