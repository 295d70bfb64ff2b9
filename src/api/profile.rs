//! What is known of an API beyond its reference: how it counts its pages, how large they may be, and whether it has any.

use alloc::string::String;

use crate::json::whole;

/// How an API hands out lists. The default is what the reference and the clients of the platform say: pages in envelopes, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Whether its first page has the index 0.
    pub from_zero: bool,
    /// The largest page that it hands out.
    pub page_size: Option<u32>,
    /// Whether a list is one array, whatever page is asked for.
    pub bare: bool,
}

impl Profile {
    /// A path of this package's as the API wants it. What is no page of a list stays as it is.
    ///
    /// ```
    /// use giftcard_partners::api::Profile;
    ///
    /// let profile = Profile { from_zero: true, page_size: Some(50), bare: false };
    ///
    /// assert_eq!(profile.path("/v1/Orders?pageIndex=1&pageSize=100"), "/v1/Orders?pageIndex=0&pageSize=50");
    /// ```
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let mut written = String::with_capacity(path.len());
        let mut parts = path.as_bytes().split(|byte| matches!(byte, b'?' | b'&'));
        push(&mut written, parts.next().unwrap_or_default());
        let mut separator = '?';
        for pair in parts {
            let index = pair.strip_prefix(b"pageIndex=");
            let size = pair.strip_prefix(b"pageSize=");
            if self.bare && (index.is_some() || size.is_some()) {
                continue;
            }
            written.push(separator);
            separator = '&';
            match (index.and_then(whole), size.and_then(whole)) {
                (Some(index), _) if self.from_zero => {
                    push_number(&mut written, b"pageIndex=", index.saturating_sub(1));
                }
                (_, Some(size)) => {
                    let most = self.page_size.unwrap_or(u32::MAX);
                    push_number(&mut written, b"pageSize=", size.min(most));
                }
                _ => push(&mut written, pair),
            }
        }
        written
    }
}

fn push_number(written: &mut String, name: &[u8], number: u32) {
    push(written, name);
    written.push_str(&crate::json::decimal_text(u64::from(number)));
}

/// Paths are ASCII: what else was in a value is escaped.
fn push(written: &mut String, text: &[u8]) {
    written.extend(text.iter().copied().map(char::from));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_says_nothing_changes_nothing() {
        for path in [
            "/v1/Orders",
            "/v1/Orders/a%3Fb",
            "/v1/Products?pageIndex=2&pageSize=500&productName=a%26b",
        ] {
            assert_eq!(Profile::default().path(path), path);
        }
    }

    #[test]
    fn pages_are_counted_as_the_api_counts_them() {
        let profile = Profile {
            from_zero: true,
            ..Profile::default()
        };

        assert_eq!(
            profile.path("/v1/Orders?pageIndex=1&pageSize=100"),
            "/v1/Orders?pageIndex=0&pageSize=100"
        );
        assert_eq!(
            profile.path("/v1/Products?pageIndex=12"),
            "/v1/Products?pageIndex=11"
        );
    }

    #[test]
    fn no_page_is_larger_than_the_api_hands_out() {
        let profile = Profile {
            page_size: Some(50),
            ..Profile::default()
        };

        assert_eq!(
            profile.path("/v1/Orders?pageIndex=1&pageSize=100"),
            "/v1/Orders?pageIndex=1&pageSize=50"
        );
        assert_eq!(
            profile.path("/v1/Orders?pageSize=20"),
            "/v1/Orders?pageSize=20"
        );
    }

    #[test]
    fn a_list_that_comes_whole_is_asked_for_without_a_page() {
        let profile = Profile {
            bare: true,
            ..Profile::default()
        };

        assert_eq!(
            profile.path("/v1/Products?pageIndex=1&pageSize=500"),
            "/v1/Products"
        );
        assert_eq!(
            profile.path("/v1/Products?pageIndex=1&productName=x"),
            "/v1/Products?productName=x"
        );
    }
}
