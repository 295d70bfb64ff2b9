//! How far an import has come.

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// Bytes read.
    pub bytes: u64,
    /// Rows read.
    pub rows: u64,
    /// Rows that are lines of orders now.
    pub accepted: u64,
    /// Rows to mend.
    pub rejected: u64,
}
