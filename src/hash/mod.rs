//! Hashes with a name, and the letters that they are written in.

pub mod base_text;
pub mod sha256;
