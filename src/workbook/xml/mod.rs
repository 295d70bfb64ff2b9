//! As much of XML as the parts of a workbook are made of.
//!
//! Names are compared without their prefix, since writers choose it. A document type is refused: no part has one, and it could define
//! entities that grow without end.

pub(super) mod attributes;
pub(super) mod scanner;
pub(super) mod text;
