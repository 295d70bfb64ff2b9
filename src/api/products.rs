//! `GET /v1/Products`: what can be ordered.
//!
//! Fact sheet, section 3.2.

use super::query::{Query, path_segment};
use alloc::string::String;

/// The path of the list.
pub const PATH: &str = "/v1/Products";

/// Products on the largest page that a client is known to have asked for.
pub const LARGEST_PAGE: u32 = 500;

/// The path of one product. It is inferred from the reference's order of operations (fact sheet, section 3.3).
pub fn path_of(product_id: &str) -> String {
    [PATH, "/", &path_segment(product_id)].concat()
}

/// What the list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListProducts {
    /// The page, from 1.
    pub page_index: Option<u32>,
    /// Products on a page; the API's default and maximum are not documented.
    pub page_size: Option<u32>,
    /// A part of the name.
    pub product_name: Option<String>,
    /// A part of the description.
    pub product_description: Option<String>,
    /// The product type, such as `Digital`.
    pub product_type: Option<String>,
}

impl ListProducts {
    /// The path with its query.
    pub fn path(&self) -> String {
        let mut query = Query::paged(PATH, self.page_index, self.page_size);
        query.text("productName", self.product_name.as_deref());
        query.text("productDescription", self.product_description.as_deref());
        query.text("productType", self.product_type.as_deref());
        query.into_path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_for_is_in_the_query() {
        assert_eq!(ListProducts::default().path(), "/v1/Products");
        let asked = ListProducts {
            page_index: Some(2),
            product_name: Some("a&b=c".to_owned()),
            ..ListProducts::default()
        };
        assert_eq!(
            asked.path(),
            "/v1/Products?pageIndex=2&productName=a%26b%3Dc"
        );
    }
}
