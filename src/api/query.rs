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
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = HEX.get(usize::from(digit)).copied();
                escaped.push(digit.map_or('0', char::from));
            }
        }
    }
    escaped
}

/// Returns whether a text can be a segment of a path: `.` and `..` would name another path.
pub fn is_segment(text: &str) -> bool {
    !text.trim().is_empty() && text != "." && text != ".."
}

/// The path of a list, with the page (from 1) and its size where they are asked for.
///
/// ```
/// use giftcard_partners::api::paged;
///
/// assert_eq!(paged("/v1/Carriers", None, None), "/v1/Carriers");
/// assert_eq!(paged("/v1/Orders", Some(2), Some(50)), "/v1/Orders?pageIndex=2&pageSize=50");
/// ```
pub fn paged(path: &str, page_index: Option<u32>, page_size: Option<u32>) -> String {
    Query::paged(path, page_index, page_size).into_path()
}

/// A path with its query, built up pair by pair.
#[derive(Debug)]
pub(super) struct Query {
    path: String,
    separator: char,
}

impl Query {
    fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            separator: '?',
        }
    }

    pub(super) fn paged(path: &str, page_index: Option<u32>, page_size: Option<u32>) -> Self {
        let mut query = Self::new(path);
        query.number("pageIndex", page_index);
        query.number("pageSize", page_size);
        query
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

    fn number(&mut self, name: &str, value: Option<u32>) {
        self.text(
            name,
            value.map(|value| decimal_text(u64::from(value))).as_deref(),
        );
    }

    pub(super) fn into_path(self) -> String {
        self.path
    }
}
