//! The host's clock.

use js_sys::Date;

use super::number;

/// Seconds since 1970; nothing where the clock stands still, as it does at a Worker's global scope.
pub(crate) fn now() -> Option<i64> {
    let seconds = number::from_js(Date::now()) / 1_000;
    i64::try_from(seconds).ok().filter(|seconds| *seconds > 0)
}
