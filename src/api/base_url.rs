//! The URL that paths are appended to.

use alloc::boxed::Box;
use alloc::string::String;

use crate::error::{Error, Kind};

/// Without slashes at its end, and without the version there: every path of the API has it already, and `…/v1/v1/Tokens` is nothing.
///
/// ```
/// use giftcard_partners::api::base_url::trimmed;
///
/// assert_eq!(trimmed("https://api.example/rewards/v1/".into()), "https://api.example/rewards");
/// ```
pub fn trimmed(mut url: String) -> String {
    trim_slashes(&mut url);
    let version = url.len().saturating_sub(3);
    let has_version = url
        .get(version..)
        .is_some_and(|end| end.eq_ignore_ascii_case("/v1"));
    // A host may have that name.
    let is_host = url.get(..version).is_some_and(|rest| rest.ends_with(":/"));
    if has_version && !is_host {
        url.truncate(version);
        trim_slashes(&mut url);
    }
    url
}

fn trim_slashes(url: &mut String) {
    while url.ends_with('/') {
        url.pop();
    }
}

/// The error of a call at that base URL: a 404 names the path that was asked for there.
#[must_use]
pub fn located(base_url: &str, mut error: Box<Error>) -> Box<Error> {
    let host = base_url
        .bytes()
        .position(|byte| byte == b':')
        .unwrap_or_default();
    let host = base_url.get(host.saturating_add(3)..).unwrap_or_default();
    let slash = host.bytes().position(|byte| byte == b'/');
    let place = error.message.bytes().position(|byte| byte == b'/');
    if error.kind == Kind::NotFound
        && let (Some(slash), Some(place)) = (slash, place)
    {
        let base = shown(host.get(slash..).unwrap_or_default());
        let (front, path) = error.message.split_at_checked(place).unwrap_or_default();
        error.message = [front, &base, path].concat().into();
    }
    error
}

/// A path without its query, and without a segment that is more than an identifier: it may be a person's address.
pub(crate) fn shown(path: &str) -> String {
    let mut shown = String::new();
    let path = path.split('?').next().unwrap_or_default();
    for segment in path.split('/').skip(1) {
        let is_identifier = segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'));
        shown.push('/');
        shown.push_str(if is_identifier { segment } else { "…" });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_at_the_end_is_understood_and_nothing_else_is_taken_off() {
        for (url, base) in [
            ("https://api.example/", "https://api.example"),
            ("https://api.example/v1", "https://api.example"),
            ("https://api.example/V1//", "https://api.example"),
            ("https://api.example/proxy//v1", "https://api.example/proxy"),
            ("http://127.0.0.1:8787/v1/", "http://127.0.0.1:8787"),
            ("https://api.example/v1/v1", "https://api.example/v1"),
            ("https://v1/", "https://v1"),
            ("https://v1/v1", "https://v1"),
            (
                "https://api.example/v1/proxy",
                "https://api.example/v1/proxy",
            ),
            ("https://api.example/xv1", "https://api.example/xv1"),
            ("https://api.example/v2", "https://api.example/v2"),
        ] {
            assert_eq!(trimmed(url.into()), base, "{url}");
        }
    }

    #[test]
    fn a_404_names_the_path_that_was_asked_for() {
        let error = || Error::new(Kind::NotFound).with_message("Nothing (404): POST /v1/Tokens.");
        for (base, path) in [
            ("https://api.example", "POST /v1/Tokens."),
            ("https://api.example:8443", "POST /v1/Tokens."),
            (
                "https://api.example/rewards/v2",
                "POST /rewards/v2/v1/Tokens.",
            ),
            ("https://api.example/a%40b/x", "POST /…/x/v1/Tokens."),
        ] {
            let message = located(base, error()).message;
            assert!(message.ends_with(path), "{message}");
        }
        let other = Error::new(Kind::Server);
        assert_eq!(located("https://api.example/x", other.clone()), other);
    }
}
