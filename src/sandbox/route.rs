//! Which resource a path is.
//!
//! Paths are taken as documented, letter for letter: a client that spells one otherwise should hear of it here.

use super::http::decode;
use super::reference::{self, Reference};
use alloc::string::String;

/// A resource of the API.
#[derive(Debug)]
pub(super) enum Route {
    Tokens,
    AccountBalance,
    Products,
    Product(String),
    Orders,
    Order(String),
    Reference(&'static Reference),
    Status,
}

impl Route {
    pub(super) fn of(path: &str) -> Option<Self> {
        let (resource, id) = match path.strip_prefix("/v1/")?.split_once('/') {
            Some((resource, id)) if !id.is_empty() && !id.contains('/') => {
                (resource, Some(decode(id)))
            }
            Some(_) => return None,
            None => (path.strip_prefix("/v1/")?, None),
        };
        match (resource, id) {
            ("Tokens", None) => Some(Self::Tokens),
            ("AccountBalance", None) => Some(Self::AccountBalance),
            ("Products", None) => Some(Self::Products),
            ("Products", Some(id)) => Some(Self::Product(id)),
            ("Orders", None) => Some(Self::Orders),
            ("Orders", Some(id)) => Some(Self::Order(id)),
            ("ShippingMethods", None) => Some(Self::Reference(&reference::SHIPPING_METHODS)),
            ("Carriers", None) => Some(Self::Reference(&reference::CARRIERS)),
            ("Brandings", None) => Some(Self::Reference(&reference::BRANDINGS)),
            ("Departments", None) => Some(Self::Reference(&reference::DEPARTMENTS)),
            ("Status", None) => Some(Self::Status),
            _ => None,
        }
    }

    /// The methods that the resource has.
    pub(super) fn methods(&self) -> &'static [&'static str] {
        match self {
            Self::Tokens => &["POST"],
            Self::Orders => &["GET", "POST"],
            _ => &["GET"],
        }
    }
}
