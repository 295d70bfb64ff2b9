//! What a number format says, as far as it changes what a cell means.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::workbook::format::number::Plain;

/// A number format: what it says of numbers above zero, below it, and of zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::workbook) struct NumberFormat {
    pub(super) sections: Vec<Section>,
}

/// What is said of some numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    pub(super) show: Show,
    /// What stands beside the number: a currency, mostly.
    pub(super) unit: String,
    /// Whether a minus or parentheses stand beside the number, as if it were below zero.
    pub(super) is_negated: bool,
}

/// How a number is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// As it is.
    General,
    /// With so many decimals at most.
    Decimals(usize),
    /// A hundred times, with so many decimals at most.
    Percent(usize),
    /// In thousands.
    Scaled,
    /// Its whole part digit by digit, with characters between them.
    Pattern(Vec<Piece>),
    /// A day, a time of day or both.
    Date { has_date: bool, has_time: bool },
    /// Hours, minutes or seconds that have passed.
    Elapsed,
    /// Not at all.
    Hidden,
}

/// A place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A digit, and a zero where there is none.
    Zero,
    /// A digit, and nothing where there is none.
    Digit,
    /// This character.
    Literal(char),
}

/// Which numbers a section is for: `[<=9999999]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// The orders of a number to the limit that fit.
    pub(super) less: bool,
    pub(super) equal: bool,
    pub(super) greater: bool,
    pub(super) limit: String,
}

impl Condition {
    fn holds(&self, number: &Plain<'_>) -> bool {
        Plain::read(&self.limit).is_some_and(|limit| match number.compare(&limit) {
            Ordering::Less => self.less,
            Ordering::Equal => self.equal,
            Ordering::Greater => self.greater,
        })
    }
}

impl NumberFormat {
    /// Numbers as they are.
    pub(in crate::workbook) const GENERAL: Self = Self {
        sections: Vec::new(),
    };

    /// Returns whether all numbers are shown as they are.
    pub(in crate::workbook) fn is_general(&self) -> bool {
        match self.sections.as_slice() {
            [] => true,
            [section] => {
                section.condition.is_none()
                    && section.show == Show::General
                    && section.unit.is_empty()
                    && !section.is_negated
            }
            _ => false,
        }
    }

    /// The section that says how a number is shown.
    pub(super) fn section(&self, number: &Plain<'_>) -> Option<&Section> {
        // The fourth is for texts.
        let numeric = self.sections.get(..self.sections.len().min(3))?;
        if numeric.iter().any(|section| section.condition.is_some()) {
            // The last one, where it has no condition, is for all others.
            return numeric.iter().find(|section| {
                let condition = section.condition.as_ref();
                condition.is_none_or(|condition| condition.holds(number))
            });
        }
        let index = match numeric.len() {
            3 if number.is_zero() => 2,
            2 | 3 if number.is_negative => 1,
            _ => 0,
        };
        numeric.get(index)
    }
}
