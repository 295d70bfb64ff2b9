//! The URL that paths are appended to.

use alloc::string::String;

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
}
