//! The rules of a line's single values, for those who have the values before there is a line.

use super::format::{instant, is_country, is_phone};
use super::schema::{self, Rule};
use super::text_rules::{TextKind, doubt_about_date, is_sound};
use super::{limits, scan};

/// The rule of one text field of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineRule {
    rule: Rule,
    /// Seconds since 1970, where they are known.
    now: Option<i64>,
}

impl LineRule {
    /// The rule of a field, by its way from the line: `ProductId`, `DigitalDeliveryAddress.Email`.
    pub(crate) fn of(path: &str, now: Option<i64>) -> Option<Self> {
        let mut shape = &schema::LINE_ITEM;
        let mut rule = None;
        for name in path.as_bytes().split(|byte| *byte == b'.') {
            let field = |field: &&schema::Field| field.name.as_bytes() == name;
            rule = Some(shape.fields.iter().find(field)?.rule);
            if let Some(Rule::Object(inner)) = rule {
                shape = inner;
            }
        }
        rule.map(|rule| Self { rule, now })
    }

    /// Returns whether the validator surely has nothing to say of such a text, that is not empty. False says nothing: then it must be asked.
    pub(crate) fn is_surely_met(self, text: &str) -> bool {
        match self.rule {
            Rule::ProductId | Rule::Identifier => {
                is_sound(text, limits::IDENTIFIER, TextKind::Identifier)
            }
            Rule::Line(maximum) | Rule::Words(maximum) => is_sound(text, maximum, TextKind::Words),
            Rule::Lines(maximum) => is_sound(text, maximum, TextKind::Lines),
            Rule::RecipientPhone => is_phone(text),
            Rule::Country => is_country(text),
            Rule::DateTime => {
                instant(text).is_some_and(|instant| doubt_about_date(instant, self.now).is_none())
            }
            Rule::Email | Rule::RecipientEmail => is_short_address(text.as_bytes(), text.len()),
            Rule::OrderType
            | Rule::LineItems
            | Rule::PoNumber
            | Rule::PostalCode
            | Rule::Amount
            | Rule::Quantity
            | Rule::Url
            | Rule::Object(_) => false,
        }
    }

    /// Bytes up to which a text is surely not too long, where its length, its ends and control characters are all that matters.
    pub(crate) const fn maximum(self) -> Option<usize> {
        match self.rule {
            Rule::Line(maximum) | Rule::Words(maximum) | Rule::Lines(maximum) => Some(maximum),
            Rule::ProductId | Rule::Identifier => Some(limits::IDENTIFIER),
            _ => None,
        }
    }

    /// Returns whether a text may have line breaks.
    pub(crate) const fn may_have_breaks(self) -> bool {
        matches!(self.rule, Rule::Lines(_))
    }

    /// [`LineRule::is_surely_met`] of the first bytes of a text, at least one, which are printable ASCII throughout.
    pub(crate) fn is_surely_met_by_ascii(self, from: &[u8], length: usize) -> bool {
        match self.rule {
            Rule::Email | Rule::RecipientEmail => is_short_address(from, length),
            _ => match self.maximum() {
                Some(maximum) => length <= maximum,
                None => from
                    .get(..length)
                    .and_then(|text| core::str::from_utf8(text).ok())
                    .is_some_and(|text| self.is_surely_met(text)),
            },
        }
    }
}

/// Returns whether so many bytes at the start of a text are an e-mail address with a dotted domain. A longer one is the validator's.
fn is_short_address(from: &[u8], length: usize) -> bool {
    let end = 1_u64.checked_shl(u32::try_from(length).unwrap_or(u32::MAX));
    end.is_some_and(|end| scan::address(from, 0, end) == length)
}
