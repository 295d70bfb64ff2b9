//! The archive that a workbook is: its directory, and the bytes of one part after the other.

pub(super) mod checksum;
pub(super) mod directory;
mod inflate;
pub(super) mod part;
