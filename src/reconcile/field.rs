//! The fields that are compared, and how.
//!
//! The comparison forgives what a server may do to a text (case of an identifier, space around it, line ends, letters composed or not) and
//! what it may fill in by itself.

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::json::{Decimal, decimal_text};
use crate::order::line_fields::{By, Is, LINE_FIELDS, VALUES};

/// A field that is compared.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    /// With the object that it is in.
    pub(super) name: &'static str,
    pub(super) by: By,
    /// Whether a server may fill it in where the request leaves it out.
    pub(super) filled_in: bool,
    /// Whether it says who gets the card.
    pub(super) recipient: bool,
}

const fn compared(name: &'static str, by: By) -> Compared {
    Compared {
        name,
        by,
        filled_in: false,
        recipient: false,
    }
}

/// What is read of an order itself; its PO number and its status say nothing of what it orders.
pub(super) static ORDER: [Compared; 4] = [
    compared("PONumber", By::Name),
    compared("Status", By::Name),
    compared("Type", By::Name),
    compared("Note", By::Text),
];

/// Fields of [`ORDER`] that are about the order, and not what it orders.
pub(super) const ABOUT: usize = 2;

/// Those of a line, in the order of the fingerprint.
pub(super) static LINE: [Compared; VALUES] = line();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn line() -> [Compared; VALUES] {
    let mut fields = [compared("", By::Text); VALUES];
    let mut at = 0;
    while at < LINE_FIELDS.len() {
        let known = LINE_FIELDS[at];
        if let Is::Value(value) = known.is {
            let slot = &mut fields[value.compared.place];
            assert!(slot.name.is_empty(), "two fields have one place");
            *slot = Compared {
                name: known.path,
                by: value.compared.by,
                filled_in: value.compared.filled_in,
                recipient: value.compared.recipient,
            };
        }
        at += 1;
    }
    fields
}

impl By {
    /// Returns whether two canonical values agree.
    pub(super) fn agree(self, a: &str, b: &str) -> bool {
        let is_utc = |instant: &str| instant.ends_with('Z');
        a == b || self == Self::Instant && !(is_utc(a) && is_utc(b))
    }

    /// One text for all that agree with each other; an instant that is not in UTC stands for itself.
    pub(super) fn canonical(self, value: &str) -> String {
        match self {
            Self::Text => trimmed_lines(value),
            Self::Name => value.trim().to_ascii_lowercase(),
            Self::Phone => {
                let mut digits = value.to_owned();
                digits.retain(|character| character.is_ascii_digit());
                digits
            }
            Self::Number => minor(value).map_or_else(|| value.to_owned(), decimal_text),
            Self::Instant => {
                utc_seconds(value).map_or_else(|| value.to_owned(), |utc| [utc, "Z"].concat())
            }
        }
    }
}

/// A text without what a server may trim: the space around it, and that behind each of its lines.
fn trimmed_lines(text: &str) -> String {
    let mut trimmed = String::new();
    let mut start = 0;
    for character in text.trim().chars() {
        if character == '\n' {
            let line = |trimmed: &str| trimmed.get(start..)?.chars().next_back();
            while line(&trimmed).is_some_and(char::is_whitespace) {
                trimmed.pop();
            }
            start = trimmed.len().saturating_add(1);
        }
        trimmed.push(character);
    }
    trimmed
}

/// A number in hundredths.
fn minor(number: &str) -> Option<u64> {
    Decimal::parse(number.trim())?.units(2).ok()
}

/// The date and time of a UTC instant, without its fraction.
fn utc_seconds(instant: &str) -> Option<&str> {
    let (seconds, zone) = instant.split_at_checked(19)?;
    let zone =
        zone.trim_start_matches(|character: char| character == '.' || character.is_ascii_digit());
    matches!(zone, "Z" | "z" | "+00:00" | "-00:00").then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_of_a_line_is_compared() {
        for field in &LINE_FIELDS {
            let compared = LINE.iter().filter(|known| known.name == field.path).count();
            assert_eq!(
                compared,
                usize::from(matches!(field.is, Is::Value(_))),
                "{}",
                field.path
            );
        }
        assert_eq!(LINE.len(), VALUES);
    }

    #[test]
    fn instants_are_compared_in_utc_only() {
        assert!(By::Instant.agree("2026-12-01T00:00:00Z", "2026-12-01T00:00:00.000+00:00"));
        assert!(!By::Instant.agree("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"));
        assert!(By::Instant.agree("2026-12-01T00:00:00Z", "2026-12-01T01:00:00+01:00"));
    }
}
