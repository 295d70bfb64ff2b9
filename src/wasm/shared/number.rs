//! Numbers across the boundary: JavaScript has only the one kind.

/// A count or a time as JavaScript's number. All of ours are far below 2^53, up to where this is exact.
#[expect(
    clippy::cast_precision_loss,
    reason = "no count and no time here comes near 2^53"
)]
pub(crate) const fn to_js(number: u64) -> f64 {
    number as f64
}

/// JavaScript's number as a whole one: what is below zero or no number is 0, what is too large is the largest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is what is meant"
)]
pub(crate) const fn from_js(number: f64) -> u64 {
    number as u64
}

/// A whole number from 0 that JavaScript holds exactly; nothing for any other.
pub(crate) const fn whole(number: f64) -> Option<u64> {
    let whole = from_js(number);
    // Adding zero makes -0 zero.
    if whole < 1 << 53 && to_js(whole).to_bits() == (number + 0.0).to_bits() {
        Some(whole)
    } else {
        None
    }
}
