//! Where in an order something stands.

use crate::json::{Writer, decimal_text};
use alloc::string::String;
use alloc::vec::Vec;

/// One step from an object or an array to what is inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A field that the API documents.
    Field(&'static str),
    /// A key that it does not.
    Key(String),
    /// An element, from 0.
    Index(u64),
}

/// The way from the order to a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The segments, outermost first.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    #[inline(never)]
    pub(super) fn push(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    #[inline(never)]
    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// The path as people write it: `LineItems[0].Value`. A key that does not look like a field's name is left out of it,
    /// since nobody knows what stands in such a key, and this text gets into messages.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for segment in &self.0 {
            match segment {
                Segment::Index(index) => {
                    text.push('[');
                    text.push_str(&decimal_text(*index));
                    text.push(']');
                }
                Segment::Field(name) => push_name(&mut text, name),
                Segment::Key(key) if is_name(key) => push_name(&mut text, key),
                Segment::Key(_) => push_name(&mut text, "?"),
            }
        }
        text
    }

    pub(super) fn write(&self, json: &mut Writer) {
        json.array();
        for segment in &self.0 {
            match segment {
                Segment::Field(name) => json.string(name),
                Segment::Key(key) => json.string(key),
                Segment::Index(index) => json.number(*index),
            }
        }
        json.close_array();
    }
}

fn push_name(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}

/// Returns whether a key looks like the name of a field.
fn is_name(key: &str) -> bool {
    key.len() <= 40
        && key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
