//! What all sheets of a workbook share.

use crate::workbook::strings::SharedStrings;
use crate::workbook::styles::Styles;

/// What all sheets of a workbook share.
pub(super) struct Shared {
    pub(super) strings: SharedStrings,
    pub(super) styles: Styles,
    /// Whether its days are counted from 1904.
    pub(super) is_1904: bool,
}
