//! How letters look, as far as it changes what a text says: struck through, raised or lowered.
//!
//! Runs of a text are put together without their looks, and so `~~100~~50` would be 10050, and 25 with a footnote 251.

use crate::workbook::fault::Result;
use crate::workbook::xml::attributes::Attributes;

/// How a font draws letters (ECMA-376 part 1, 18.8.22; of a run 18.4.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether they are struck through.
    pub(super) is_struck: bool,
    /// Whether they are superscript or subscript.
    pub(super) is_raised: bool,
}

impl Look {
    /// Whether they are drawn as letters mostly are.
    pub(super) const fn is_usual(self) -> bool {
        !self.is_struck && !self.is_raised
    }

    /// Notes what an element of a font says, where it says anything of this.
    pub(super) fn note(&mut self, name: &[u8], attributes: Attributes<'_>) -> Result<()> {
        match name {
            b"strike" => {
                let value = attributes.text(b"val")?;
                self.is_struck = !matches!(value.as_deref(), Some("0" | "false" | "off"));
            }
            b"vertAlign" => {
                let value = attributes.text(b"val")?;
                self.is_raised = matches!(value.as_deref(), Some("superscript" | "subscript"));
            }
            _ => {}
        }
        Ok(())
    }
}

/// What has been seen of the runs that have one look.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    has_text: bool,
    /// A letter or a digit.
    has_letter: bool,
}

impl Seen {
    fn add(&mut self, text: &str) {
        for letter in text.chars() {
            self.has_text |= !letter.is_whitespace();
            // What stands above a letter as a rule, such as ® and ™, says the same on the line.
            self.has_letter |= letter.is_ascii_alphanumeric()
                || matches!(letter, '\u{C0}'..='\u{1FFF}' | '\u{2C00}'..);
        }
    }
}

/// The runs of a text, as they are read.
#[derive(Debug, Default)]
pub(super) struct Runs {
    struck: Seen,
    raised: Seen,
    level: Seen,
    /// Those that look as their cell does.
    of_cell: Seen,
}

impl Runs {
    /// Adds the text of a run, or a part of it; its look, where it has one of its own.
    pub(super) fn add(&mut self, text: &str, look: Option<Look>) {
        match look {
            None => self.of_cell.add(text),
            Some(look) => {
                if look.is_struck {
                    self.struck.add(text);
                }
                if look.is_raised {
                    self.raised.add(text);
                } else {
                    self.level.add(text);
                }
            }
        }
    }

    /// What they come to.
    pub(super) const fn clarity(&self) -> Clarity {
        let is_struck = self.struck.has_text;
        let is_beside = self.level.has_text || self.of_cell.has_text;
        let has_raised = self.raised.has_letter || self.of_cell.has_letter;
        Clarity {
            is_unclear: is_struck || self.raised.has_letter && is_beside,
            is_unclear_raised: is_struck || has_raised && self.level.has_text,
        }
    }
}

/// Whether a text says what its letters say one behind the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clarity {
    is_unclear: bool,
    /// The same, in a cell whose own letters are raised.
    is_unclear_raised: bool,
}

impl Clarity {
    /// Whether it is clear in every cell.
    pub(super) const fn is_clear(self) -> bool {
        !self.is_unclear && !self.is_unclear_raised
    }

    /// Whether it is not, in a cell of that look.
    pub(super) const fn is_unclear(self, cell: Look) -> bool {
        if cell.is_raised {
            self.is_unclear_raised
        } else {
            self.is_unclear
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: Option<Look> = Some(Look {
        is_struck: false,
        is_raised: false,
    });
    const STRUCK: Option<Look> = Some(Look {
        is_struck: true,
        is_raised: false,
    });
    const RAISED: Option<Look> = Some(Look {
        is_struck: false,
        is_raised: true,
    });

    /// Whether runs are unclear in a usual cell, and in a raised one.
    fn unclear(runs: &[(&str, Option<Look>)]) -> [bool; 2] {
        let mut all = Runs::default();
        for (text, look) in runs {
            all.add(text, *look);
        }
        [LEVEL, RAISED].map(|look| all.clarity().is_unclear(look.unwrap()))
    }

    #[test]
    fn struck_runs_and_raised_letters_beside_others_are_not_clear() {
        for (runs, expected) in [
            (&[("25", None)][..], [false, false]),
            (&[("Ann ", LEVEL), ("Lee", LEVEL)], [false, false]),
            (&[("100", STRUCK), ("50", LEVEL)], [true, true]),
            (&[("100", STRUCK), ("50", None)], [true, true]),
            (&[("50", None), ("100", STRUCK)], [true, true]),
            (&[("100", STRUCK)], [true, true]),
            (&[(" ", STRUCK), ("50", LEVEL)], [false, false]),
            (&[("25", LEVEL), ("1", RAISED)], [true, true]),
            (&[("25", None), ("1", RAISED)], [true, false]),
            (&[("25.", LEVEL), ("50", RAISED)], [true, true]),
            (&[("Zo", LEVEL), ("ë", RAISED)], [true, true]),
            (&[("25", LEVEL), ("²", RAISED)], [false, false]),
            (&[("Acme", LEVEL), ("®™*", RAISED)], [false, false]),
            (&[("25", RAISED)], [false, false]),
            (&[("25", RAISED), (" ", LEVEL)], [false, false]),
            (&[("1", None), ("25", LEVEL)], [false, true]),
        ] {
            assert_eq!(unclear(runs), expected, "{runs:?}");
        }
    }
}
