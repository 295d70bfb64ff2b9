//! Single fields of an answer, by name in any casing.

use alloc::borrow::Cow;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Kind, Reader};

/// The value of a member of the object that an answer is, as its own bytes; nothing where the answer is no such object.
pub(crate) fn member<'a>(answer: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut reader = Reader::new(answer);
    if reader.peek().ok()? != Kind::Object {
        return None;
    }
    let mut members = reader.object().ok()?;
    let mut found = None;
    while let Some(key) = members.next(&mut reader).ok()? {
        let same = key.decode().eq_ignore_ascii_case(name);
        let value = reader.skip().ok()?;
        if same && found.is_none() {
            found = Some(value);
        }
    }
    // An answer that is cut off says nothing.
    reader.end().ok()?;
    found
}

/// A value that is a text.
pub(crate) fn text(value: &[u8]) -> Option<Cow<'_, str>> {
    let mut reader = Reader::new(value);
    (reader.peek().ok()? == Kind::String)
        .then(|| reader.string().ok())
        .flatten()
        .map(crate::json::Text::decode)
}

/// A value that is a text or a number, as text: an identifier may be either.
pub(crate) fn identifier(value: &[u8]) -> Option<String> {
    let mut reader = Reader::new(value);
    let found = match reader.peek().ok()? {
        Kind::String => reader.string().ok()?.decode().into_owned(),
        Kind::Number => reader.number().ok()?.to_owned(),
        _ => return None,
    };
    (!found.is_empty()).then_some(found)
}

/// The elements of a value that is an array, each as its own bytes; none of a value that is none.
pub(crate) fn elements(value: &[u8]) -> Vec<&[u8]> {
    let mut reader = Reader::new(value);
    let mut found = Vec::new();
    if let Ok(Kind::Array) = reader.peek()
        && let Ok(mut elements) = reader.array()
    {
        while let Ok(true) = elements.next(&mut reader) {
            let Ok(element) = reader.skip() else { break };
            found.push(element);
        }
    }
    found
}
