//! JSON as bytes: one reader, one writer; no tree, no float.
//!
//! The validator needs what a tree throws away (duplicate keys, the text of a number, where a fault is) and the network path
//! must stay small: serde_json would be 39 KB of wasm against 6. The reader accepts exactly what RFC 8259 and serde_json accept,
//! which `tests/json.rs` holds it to with JSONTestSuite's cases and seeded mutations.
//!
//! Nothing here knows of orders, and nothing here allocates in proportion to its input except what the caller asks it to keep.

mod block;
mod decimal;
mod error;
mod number;
mod reader;
mod text;
mod writer;

pub(crate) use block::{Block, Class};
pub use decimal::{Decimal, NotWhole};
pub use error::{Error, ErrorKind};
pub use number::decimal_text;
pub(crate) use number::whole;
pub use reader::{Elements, Kind, MAX_DEPTH, Members, Reader};
pub use text::Text;
pub use writer::Writer;

/// The byte order mark that some programs put before a text in UTF-8. It is no JSON.
pub const MARK: &[u8] = b"\xEF\xBB\xBF";
