//! A writer of JSON text that puts the commas itself.
//!
//! Its parts are called in a hundred places, so they are not inlined: each would be there a hundred times.

use super::decimal_text;
use alloc::vec::Vec;

/// Compact JSON, written front to back.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// An empty writer.
    pub const fn new() -> Self {
        Self { out: Vec::new() }
    }

    /// An empty writer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            out: Vec::with_capacity(bytes),
        }
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Opens an object; `close` must follow.
    #[inline(never)]
    pub fn object(&mut self) {
        self.separate();
        self.out.push(b'{');
    }

    /// Closes the object.
    #[inline(never)]
    pub fn close_object(&mut self) {
        self.out.push(b'}');
    }

    /// Opens an array.
    #[inline(never)]
    pub fn array(&mut self) {
        self.separate();
        self.out.push(b'[');
    }

    /// Closes the array.
    #[inline(never)]
    pub fn close_array(&mut self) {
        self.out.push(b']');
    }

    /// Writes a member's key; its value must follow.
    #[inline(never)]
    pub fn key(&mut self, key: &str) {
        self.string(key);
        self.out.push(b':');
    }

    /// Writes a string, in the bytes of `JSON.stringify`.
    pub fn string(&mut self, text: &str) {
        self.separate();
        self.out.push(b'"');
        for byte in text.bytes() {
            let short = match byte {
                b'"' | b'\\' => byte,
                0x08 => b'b',
                0x0c => b'f',
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                0..0x20 => b'u',
                _ => {
                    self.out.push(byte);
                    continue;
                }
            };
            self.out.push(b'\\');
            self.out.push(short);
            if short == b'u' {
                let digits = [b'0', b'0', hex(byte >> 4), hex(byte & 15)];
                self.out.extend_from_slice(&digits);
            }
        }
        self.out.push(b'"');
    }

    /// Writes a whole number.
    #[inline(never)]
    pub fn number(&mut self, number: u64) {
        self.separate();
        self.out.extend_from_slice(decimal_text(number).as_bytes());
    }

    /// Writes `true` or `false`.
    #[inline(never)]
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { b"true" } else { b"false" });
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.raw(b"null");
    }

    /// Writes a value that is JSON already, as it stands.
    #[inline(never)]
    pub fn raw(&mut self, json: &[u8]) {
        self.separate();
        self.out.extend_from_slice(json);
    }

    /// A comma where a value stands before: nothing, an opening bracket or a colon ends no value, and no value ends in one.
    #[inline(never)]
    fn separate(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }
}

fn hex(digit: u8) -> u8 {
    match digit {
        0..10 => b'0'.wrapping_add(digit),
        _ => b'a'.wrapping_add(digit).wrapping_sub(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn commas_stand_between_values_only() {
        let mut writer = Writer::new();
        writer.object();
        writer.key("a{");
        writer.array();
        writer.number(1);
        writer.string("[");
        writer.null();
        writer.object();
        writer.close_object();
        writer.close_array();
        writer.key("b");
        writer.boolean(true);
        writer.close_object();

        assert_eq!(writer.into_bytes(), br#"{"a{":[1,"[",null,{}],"b":true}"#);
    }

    proptest! {
        #[test]
        fn a_string_is_written_as_serde_json_reads_it(text in ".*") {
            let mut writer = Writer::new();
            writer.string(&text);
            prop_assert_eq!(serde_json::from_slice::<String>(&writer.into_bytes()).unwrap(), text);
        }
    }
}
