//! Bearer tokens: issued for the right credentials, good for an hour, and all at once no longer good when a fault says so.
//!
//! `ExpiresIn` is answered as 3600 and meant as seconds, the reading that is safe both ways (fact sheet, section 2).

use super::seed::Seeded;
use alloc::string::String;
use alloc::vec::Vec;

/// The lifetime of a token in seconds, as answered in `ExpiresIn`.
pub(super) const EXPIRES_IN_SECONDS: u64 = 3600;

/// The tokens that were issued and have not been forgotten, with the instant at which each ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens(Vec<(String, u64)>);

impl Tokens {
    /// Issues a token that looks like a JWT and says nothing.
    pub(super) fn issue(&mut self, seeded: &mut Seeded, now_ms: u64) -> String {
        self.0.retain(|(_, ends_ms)| *ends_ms > now_ms);
        let token = format!(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{}.{}",
            seeded.token(45),
            seeded.token(43)
        );
        let lifetime_ms = EXPIRES_IN_SECONDS.saturating_mul(1000);
        self.0
            .push((token.clone(), now_ms.saturating_add(lifetime_ms)));
        token
    }

    /// Returns whether an `Authorization` header holds a token that is good now.
    pub(super) fn admit(&self, authorization: Option<&str>, now_ms: u64) -> bool {
        authorization
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
            .is_some_and(|(_, token)| {
                let is_good =
                    |(issued, ends_ms): &(String, u64)| issued == token.trim() && *ends_ms > now_ms;
                self.0.iter().any(is_good)
            })
    }

    /// Ends every token that was issued.
    pub(super) fn expire_all(&mut self) {
        self.0.clear();
    }
}
