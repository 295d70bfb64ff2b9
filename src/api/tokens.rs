//! `POST /v1/Tokens`: the credentials for a bearer token.
//!
//! [Documented](https://developers.giftcardpartners.com/docs/authentication); fact sheet, section 2.

use super::fields::{identifier, member, text};
use crate::error::{Error, Kind};
use crate::json::Decimal;
use alloc::boxed::Box;
use alloc::string::String;

/// The path of the request, which has no body: the credentials are headers.
pub const PATH: &str = "/v1/Tokens";

/// The header that carries the account's e-mail address.
pub const EMAIL_HEADER: &str = "Email";

/// The header that carries the account's access token.
pub const ACCESS_TOKEN_HEADER: &str = "AccessToken";

/// The lifetime that is taken for a token whose answer names none, in seconds: short, so that it errs early.
pub const DEFAULT_LIFETIME: u64 = 300;

/// A bearer token as answered.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenAnswer {
    /// `Value`: goes into `Authorization: Bearer`.
    pub value: String,
    /// `ExpiresIn`, read as seconds: the unit is not documented, and the other reading (minutes) would only last longer.
    pub expires_in: u64,
}

/// Shows that there is a token, and not which.
impl core::fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("TokenAnswer")
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// What is said to a request for a token is about that. Said of the call that needed the token, some of it would be about an order; and a
/// refusal of the credentials is a 401 alone.
#[cold]
#[inline(never)]
pub fn refused(mut error: Box<Error>) -> Box<Error> {
    let is_refused = matches!(
        error.kind,
        Kind::BadRequest | Kind::PoNumberConflict | Kind::InsufficientFunds
    );
    if !is_refused {
        return error;
    }
    error.kind = Kind::Status;
    error.with_message("The API refused the request for a token, with another status than 401. Is baseUrl right, and are the credentials in the form that it wants?")
}

impl TokenAnswer {
    /// Reads the answer; nothing where it holds no token that can be put into a header.
    pub fn read(answer: &[u8]) -> Option<Self> {
        let value = text(member(answer, "Value")?)?.into_owned();
        let sendable = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic());
        let expires_in = member(answer, "ExpiresIn")
            .and_then(identifier)
            .and_then(|number| Decimal::parse(&number)?.units(0).ok())
            .unwrap_or(DEFAULT_LIFETIME);
        sendable.then_some(Self { value, expires_in })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_in_either_casing_and_with_a_lifetime_in_quotes() {
        for (answer, seconds) in [
            (r#"{"Value":"eyJ.a-b","ExpiresIn":3600}"#, 3600),
            (r#"{"expiresIn":"60","value":"eyJ.a-b"}"#, 60),
            (r#"{"value":"eyJ.a-b"}"#, DEFAULT_LIFETIME),
            (r#"{"value":"eyJ.a-b","expiresIn":null}"#, DEFAULT_LIFETIME),
        ] {
            let token = TokenAnswer::read(answer.as_bytes()).unwrap();
            assert_eq!(
                (token.value.as_str(), token.expires_in),
                ("eyJ.a-b", seconds),
                "{answer}"
            );
        }
    }

    #[test]
    fn what_cannot_be_a_header_is_no_token() {
        for answer in [
            "",
            "{}",
            "<html>",
            r#"{"Value":""}"#,
            r#"{"Value":7}"#,
            r#"{"Value":"a\r\nX: y"}"#,
            r#"{"Value":"a""#,
        ] {
            assert_eq!(TokenAnswer::read(answer.as_bytes()), None, "{answer}");
        }
    }

    #[test]
    fn what_would_be_about_an_order_is_about_the_token() {
        for kind in [
            Kind::BadRequest,
            Kind::PoNumberConflict,
            Kind::InsufficientFunds,
        ] {
            assert_eq!(refused(Error::new(kind)).kind, Kind::Status);
        }
        for kind in [
            Kind::Unauthorized,
            Kind::Forbidden,
            Kind::Server,
            Kind::Timeout,
            Kind::NotFound,
        ] {
            assert_eq!(refused(Error::new(kind)), Error::new(kind));
        }
    }

    #[test]
    fn a_token_does_not_show_itself() {
        let token = TokenAnswer::read(br#"{"Value":"eyJsecret"}"#).unwrap();
        assert!(!format!("{token:?}").contains("secret"));
    }
}
