//! Workbooks: an `.xlsx` file in, the rows of a sheet out, each cell as a person sees it.
//!
//! It knows nothing of recipients and orders, and never guesses: what is damaged, contradicts itself or is over a limit is refused as a
//! whole, what could not be computed or is covered by another cell is no value. No binary float touches an amount.
//!
//! What is read: the archive's directory ([`zip`](self)), the relationships that say which part is which, texts, styles, and twice the sheet: once as a
//! whole, since what is merged and whether it is whole stands at its end, then row by row. Each part is inflated as it is read. What stands as
//! spreadsheets write it has a fast path (`usual.rs`), which may only give up: the scanner then reads it.
//! Documented in ECMA-376 (Office Open XML), part 1, 18 (SpreadsheetML), and PKWARE's APPNOTE.

mod batch;
mod book;
mod cell;
mod columns;
mod fault;
mod format;
mod kind;
pub mod limits;
mod look;
mod merged;
mod reference;
mod relationships;
mod row;
mod shared;
mod sheet;
mod strings;
mod styles;
mod survey;
mod usual;
mod xml;
mod zip;

pub use book::{Sheet, Workbook};
pub use fault::{Damage, Foreign, Limit, WorkbookFault};
pub use row::{Cell, CellKind, SheetRow};
pub use sheet::Rows;
