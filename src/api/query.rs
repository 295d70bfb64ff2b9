//! Texts inside a URL.

use crate::json::decimal_text;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A text as one segment of a path, or as a query's value: everything but RFC 3986's unreserved characters is escaped.
///
/// ```
/// use giftcard_partners::api::path_segment;
///
/// assert_eq!(path_segment("a/b c"), "a%2Fb%20c");
/// ```
pub fn path_segment(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";

    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            for digit in [byte >> 4, byte & 15] {
                escaped.extend(HEX.get(usize::from(digit)).map(|digit| char::from(*digit)));
            }
        }
    }
    escaped
}

/// A path with its query, built up pair by pair.
#[derive(Debug)]
pub(super) struct Query {
    path: String,
    separator: char,
}

impl Query {
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            separator: '?',
        }
    }

    pub(super) fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.path.push(self.separator);
            self.path.push_str(name);
            self.path.push('=');
            self.path.push_str(&path_segment(value));
            self.separator = '&';
        }
    }

    pub(super) fn number(&mut self, name: &str, value: Option<u32>) {
        self.text(
            name,
            value.map(|value| decimal_text(u64::from(value))).as_deref(),
        );
    }

    pub(super) fn into_path(self) -> String {
        self.path
    }
}
