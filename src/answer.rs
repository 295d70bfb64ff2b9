//! What came back for a request, before anybody reads it.

use alloc::string::String;
use alloc::vec::Vec;

/// In place of a status: what `fetch` returned is no HTTP answer.
pub const NO_ANSWER: u16 = 0;
/// In place of a status: a redirect, whose status browsers hide.
pub const HIDDEN_REDIRECT: u16 = 1;

/// An answer of the API.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, or [`NO_ANSWER`] or [`HIDDEN_REDIRECT`].
    pub status: u16,
    /// The whole body; nothing where it was cut off.
    pub body: Option<Vec<u8>>,
    /// `Retry-After`, in milliseconds from now.
    pub retry_after_ms: Option<u64>,
    /// The API's name for the request.
    pub request_id: Option<String>,
}

/// Shows no body: it may hold claim links.
impl core::fmt::Debug for Answer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
