//! Reading a request's objects as the server seems to: names without case, null as absent, types as documented.
//!
//! Clients have been seen to send `PONumber`, `PoNumber` and `poNumber` (fact sheet, section 3.0). Where an object has a name
//! in two spellings, the last one counts. Numbers are numbers: whether the API takes `"10"` for `10` is not proven, so it is
//! refused here, where a mistake costs nothing.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// How many problems an answer names; a broken order of thousands of lines need not be listed whole.
const MAX_PROBLEMS: usize = 100;

/// What is wrong with a request: fields, and why.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<(String, String)>);

impl Problems {
    pub(super) fn add(&mut self, field: String, message: impl Into<String>) {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push((field, message.into()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_list(self) -> Vec<(String, String)> {
        self.0
    }
}

/// One object of a request and where it stands in it.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The object at a path; the empty path is the whole body.
    pub(super) fn of(value: &'a Value, path: String, problems: &mut Problems) -> Option<Self> {
        let map = value.as_object();
        if map.is_none() {
            problems.add(path.clone(), "must be an object");
        }
        map.map(|map| Self { map, path })
    }

    /// Where a field of this object stands in the request.
    pub(super) fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// A field of any type; nothing where it is null.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.map
            .iter()
            .rev()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .filter(|value| !value.is_null())
    }

    /// A field of any type that has to be there.
    pub(super) fn required(&self, name: &str, problems: &mut Problems) -> Option<&'a Value> {
        let value = self.value(name);
        if value.is_none() {
            problems.add(self.path(name), "is required");
        }
        value
    }

    pub(super) fn text(&self, name: &str, problems: &mut Problems) -> Option<&'a str> {
        let value = self.value(name)?;
        let text = value.as_str();
        if text.is_none() {
            problems.add(self.path(name), "must be a string");
        }
        text
    }

    /// A text that has to be there and not blank.
    pub(super) fn required_text(&self, name: &str, problems: &mut Problems) -> Option<&'a str> {
        let text = self.required(name, problems)?.as_str();
        match text {
            None => problems.add(self.path(name), "must be a string"),
            Some(text) if text.trim().is_empty() => {
                problems.add(self.path(name), "must not be empty");
                return None;
            }
            Some(_) => {}
        }
        text
    }

    pub(super) fn object(&self, name: &str, problems: &mut Problems) -> Option<Self> {
        Self::of(self.value(name)?, self.path(name), problems)
    }

    /// Those of the named texts that are there, under their documented names.
    pub(super) fn texts(&self, names: &[&str], problems: &mut Problems) -> Map<String, Value> {
        let mut texts = Map::new();
        for name in names {
            if let Some(text) = self.text(name, problems) {
                texts.insert((*name).to_owned(), text.into());
            }
        }
        texts
    }
}
