//! `GET /v1/Status`: whether the API is up.
//!
//! The reference has the heading alone; method and body are inferred (fact sheet, section 3.7). Health checks often answer with
//! a bare word, so one is taken too.

use super::casing;
use crate::json::{Kind, Reader, Writer};
use alloc::vec::Vec;

/// The path of the request.
pub const PATH: &str = "/v1/Status";

/// Bytes of a bare word or sentence; what is longer is a page.
const WORDS: usize = 200;

/// The answer as an object: as it is, or a bare text as its `Status`. Nothing where it is neither.
pub fn read(answer: &[u8]) -> Option<Vec<u8>> {
    if let Ok(json) = casing::documented(answer) {
        return match Reader::new(&json).peek() {
            Ok(Kind::Object) => Some(json),
            Ok(Kind::String) => Some(of(&json)),
            _ => None,
        };
    }
    let words = core::str::from_utf8(answer).ok()?.trim();
    if words.len() > WORDS || matches!(words.as_bytes().first(), Some(b'<' | b'{' | b'[' | b'"')) {
        return None;
    }
    let mut text = Writer::new();
    text.string(words);
    Some(if words.is_empty() {
        b"{}".to_vec()
    } else {
        of(&text.into_bytes())
    })
}

fn of(status: &[u8]) -> Vec<u8> {
    let mut json = Writer::new();
    json.object();
    json.key("Status");
    json.raw(status);
    json.close_object();
    json.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_an_object_or_a_bare_word() {
        for (answer, status) in [
            (
                r#"{"status":"Operational","apiVersion":1}"#,
                r#"{"Status":"Operational","ApiVersion":1}"#,
            ),
            (r#""Healthy""#, r#"{"Status":"Healthy"}"#),
            ("Healthy\r\n", r#"{"Status":"Healthy"}"#),
            ("", "{}"),
        ] {
            assert_eq!(
                read(answer.as_bytes()).as_deref(),
                Some(status.as_bytes()),
                "{answer}"
            );
        }
    }

    #[test]
    fn a_page_a_list_and_what_is_cut_off_are_no_status() {
        let long = "up ".repeat(100);
        for answer in [
            "<html></html>",
            "[]",
            "7",
            r#"{"status":"#,
            r#""Heal"#,
            &long,
        ] {
            assert_eq!(read(answer.as_bytes()), None, "{answer}");
        }
        assert_eq!(read(b"\xff"), None);
    }
}
