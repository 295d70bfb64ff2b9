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

impl Shared {
    /// Whether a text of theirs does not say, in a cell of that style, what its letters say one behind the other.
    #[inline]
    pub(super) fn is_unclear(&self, text: u32, style: u32) -> bool {
        let look = self.styles.look(style);
        look.is_struck || self.strings.clarity(text).is_unclear(look)
    }
}
