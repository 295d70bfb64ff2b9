//! A request that the caller words: what may be sent, and whether it may be sent again.
//!
//! It must never become a second way to place an order: a `POST /v1/Orders` of a documented type is refused, however its path
//! is written, since it would be sent without the placement's care.

use crate::api::{Verb, orders};
use crate::error::{Error, Kind, Result};
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// A request that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRequest {
    /// Its method.
    pub verb: Verb,
    /// Its path with its query, from the first slash.
    pub path: String,
    /// Its JSON.
    pub body: Option<Vec<u8>>,
    /// Whether it is to `/v1/Orders` itself.
    pub is_order: bool,
}

impl RawRequest {
    /// Checks a request.
    ///
    /// # Errors
    ///
    /// `Config`, for a method that is none, a path that could lead elsewhere, a body where there is none, and for an order that
    /// `createOrder` places.
    pub fn new(method: &str, path: &str, body: Option<Vec<u8>>) -> Result<Self> {
        let verb = Verb::from_name(method).ok_or_else(|| {
            Error::config("request: method must be GET, HEAD, POST, PUT, PATCH or DELETE.")
        })?;
        if verb.only_reads() && body.is_some() {
            return Err(Error::config("request: a GET or a HEAD has no body."));
        }
        let (path, meant) = checked(path).ok_or_else(|| {
            Error::config(
                "request: path must be a path of the API such as \"/v1/Orders\": percent-encoded, without a host, an empty segment, \
                 `.` or `..`, a backslash, a space, a control character or a fragment.",
            )
        })?;
        let is_order = meant == b"/v1/orders";
        if is_order
            && verb == Verb::Post
            && !body.as_deref().is_some_and(orders::has_undocumented_type)
        {
            return Err(Error::config(
                "request: an order is placed by createOrder, which cannot place it twice. Only a Type that createOrder does not know, \
                 such as \"Codes\", goes through request.",
            ));
        }
        Ok(Self {
            verb,
            path,
            body,
            is_order,
        })
    }
}

/// The error of such a request. To an order 409 and 422 mean what the reference says; but what a 409 names was not compared here.
#[cold]
pub fn refused(mut error: Box<Error>, is_order: bool) -> Box<Error> {
    match error.status {
        Some(409) if is_order => {
            let body = error.body.as_deref().unwrap_or_default();
            error.order_id = orders::original_order_ids(body).into_iter().next();
            error.with_message(
                "The PO number is taken (409). Whether by the same order was not looked at.",
            )
        }
        Some(422) if is_order => error.with_message(Kind::InsufficientFunds.sentence()),
        _ => error,
    }
}

/// The path from its first slash, and what a server may take it for; nothing where it could lead elsewhere.
///
/// Some servers pass over case, slashes too many, what follows a semicolon, and dots and spaces at a segment's end.
fn checked(given: &str) -> Option<(String, Vec<u8>)> {
    let path = match given.as_bytes() {
        [b'/', ..] => given.to_owned(),
        _ => ["/", given].concat(),
    };
    let mut written = Vec::new();
    let mut in_query = false;
    for byte in path.bytes() {
        if !byte.is_ascii_graphic() || byte == b'\\' || byte == b'#' {
            return None;
        }
        in_query |= byte == b'?';
        if !in_query {
            if byte == b'/' && written.last() == Some(&b'/') {
                return None;
            }
            written.push(byte);
        }
    }
    // A scheme, or a drive.
    if written
        .split(|byte| *byte == b'/')
        .nth(1)?
        .iter()
        .any(|byte| *byte == b':')
    {
        return None;
    }

    let mut meant = Vec::new();
    // Behind one more decoding a query may begin where `%3F` stands.
    let plain = decoded(written);
    let plain = plain.split(|byte| matches!(byte, b'?' | b'#')).next()?;
    for segment in plain.split(|byte| matches!(byte, b'/' | b'\\')) {
        if segment.iter().any(u8::is_ascii_control) {
            return None;
        }
        if segment.is_empty() {
            continue;
        }
        let mut said = segment.split(|byte| *byte == b';').next()?;
        while let [rest @ .., b'.' | b' '] = said {
            said = rest;
        }
        // `.`, `..`, and what hides one of them.
        if said.is_empty() {
            return None;
        }
        meant.push(b'/');
        meant.extend(said.to_ascii_lowercase());
    }
    (!meant.is_empty()).then_some((path, meant))
}

/// Percent-encoding undone until there is none left: a proxy and the server behind it may each undo one layer.
fn decoded(mut path: Vec<u8>) -> Vec<u8> {
    loop {
        let mut plain = Vec::with_capacity(path.len());
        let mut rest = path.as_slice();
        while let [byte, behind @ ..] = rest {
            rest = behind;
            let mut byte = *byte;
            if byte == b'%'
                && let [high, low, behind @ ..] = behind
                && let (Some(high), Some(low)) = (hex(*high), hex(*low))
            {
                byte = high << 4 | low;
                rest = behind;
            }
            plain.push(byte);
        }
        if plain.len() == path.len() {
            return plain;
        }
        path = plain;
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' | b'A'..=b'F' => Some((digit | 0x20).wrapping_sub(b'a').wrapping_add(10)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    const CODES: &str = r#"{"Type":"Codes","PONumber":"PO-1"}"#;

    fn request(method: &str, path: &str, body: &str) -> Result<RawRequest> {
        let body = (!body.is_empty()).then(|| body.as_bytes().to_vec());
        RawRequest::new(method, path, body)
    }

    #[test]
    fn a_path_of_the_api_is_taken_with_its_query_and_with_or_without_its_first_slash() {
        for (given, path) in [
            ("/v1/Status", "/v1/Status"),
            ("v1/Status", "/v1/Status"),
            (
                "/v1/Refunds/a%2Fb?to=https://x/../y//z",
                "/v1/Refunds/a%2Fb?to=https://x/../y//z",
            ),
            ("/v1/Refunds/a:b/", "/v1/Refunds/a:b/"),
        ] {
            assert_eq!(request("get", given, "").unwrap().path, path);
        }
    }

    #[test]
    fn a_path_that_could_lead_elsewhere_is_refused() {
        for path in [
            "",
            "/",
            "?a=b",
            "https://evil.example/",
            "javascript:alert(1)",
            "//evil.example/v1",
            "/v1//Orders",
            "/v1/../admin",
            "/v1/./Orders",
            "/v1/%2e%2E/admin",
            "/v1/..%2fadmin",
            "/v1/%252e%252e/admin",
            "/v1/..;x/admin",
            "/v1\\Orders",
            "/v1/..%5cadmin",
            "/v1/Orders ",
            " /v1/Orders",
            "/v1/Or\tders",
            "/v1/a%0d%0ab",
            "/v1/a%00",
            "/v1/Status#x",
            "/v1/Stätus",
        ] {
            assert_eq!(
                request("GET", path, "").unwrap_err().kind,
                Kind::Config,
                "{path}"
            );
        }
    }

    #[test]
    fn a_method_is_one_of_six_in_any_case_and_only_some_have_a_body() {
        assert_eq!(request("patch", "/v1/x", "{}").unwrap().verb, Verb::Patch);
        for (method, body) in [
            ("TRACE", ""),
            ("", ""),
            ("GET ", ""),
            ("GET", "{}"),
            ("head", "{}"),
        ] {
            assert!(request(method, "/v1/x", body).is_err(), "{method}");
        }
    }

    #[test]
    fn an_order_is_refused_however_its_path_is_written() {
        for path in [
            "/v1/Orders",
            "v1/orders/",
            "/V1/ORDERS?x=y",
            "/v1/%4frders",
            "/v1/%254Frders",
            "/v1%2FOrders",
            "/%2Fv1/Orders",
            "/v1/Orders;a=b",
            "/v1/Orders.",
            "/v1/Orders%20",
            "/v1%5cOrders",
            "/v1/Orders%3Fx=1",
            "/v1/Orders%253F",
            "/v1/Orders%23",
        ] {
            assert!(
                request("POST", path, r#"{"Type":"Links"}"#).is_err(),
                "{path}"
            );
            assert!(request("POST", path, CODES).unwrap().is_order, "{path}");
            assert!(request("GET", path, "").is_ok(), "{path}");
        }
        assert!(request("POST", "/v1/Orders/1/Cancel", "").is_ok());
    }

    #[test]
    fn only_an_order_whose_one_type_is_a_name_that_is_not_documented_is_let_through() {
        for body in [
            r#"{"Type":"Codes"}"#,
            r#"{"PONumber":"PO-1","type":"codes"}"#,
            r#"{"Type":"Tomorrow"}"#,
        ] {
            assert!(request("POST", "/v1/Orders", body).is_ok(), "{body}");
        }
        for body in [
            "",
            "{}",
            "[]",
            r#"{"Type":"Links"}"#,
            r#"{"type":" links "}"#,
            r#"{"Type":"\u004cinks"}"#,
            r#"{"Type":"DIGITALDELIVERY"}"#,
            r#"{"Type":"PhysicalShipment"}"#,
            r#"{"Type":"Codes","type":"Links"}"#,
            r#"{"Type":"Codes","Type":"Codes"}"#,
            r#"{"Type":"Codes,Links"}"#,
            r#"{"Type":"1"}"#,
            r#"{"Type":1}"#,
            r#"{"Type":""}"#,
            r#"{"Type":null}"#,
            r#"{"Type":"Codes""#,
        ] {
            assert!(request("POST", "/v1/Orders", body).is_err(), "{body}");
        }
    }
}
