//! The rules of a line's single values, for those who have the values before there is a line.

use super::format::{is_country, is_date_time, is_email, is_phone};
use super::schema::{self, Rule};
use super::validate::characters;
use super::{limits, scan};

/// The rule of one text field of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineRule(Rule);

impl LineRule {
    /// The rule of a field, by its way from the line: `ProductId`, `DigitalDeliveryAddress.Email`.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let mut shape = &schema::LINE_ITEM;
        let mut rule = None;
        for name in path.as_bytes().split(|byte| *byte == b'.') {
            let field = |field: &&schema::Field| field.name.as_bytes() == name;
            rule = Some(shape.fields.iter().find(field)?.rule);
            if let Some(Rule::Object(inner)) = rule {
                shape = inner;
            }
        }
        rule.map(Self)
    }

    /// Whether the validator has surely no error for such a text. False says nothing: then it must be asked.
    pub(crate) fn is_surely_met(self, text: &str) -> bool {
        match self.0 {
            Rule::ProductId => is_text(text, limits::IDENTIFIER, false),
            Rule::Line(maximum) | Rule::Words(maximum) => is_text(text, maximum, false),
            Rule::Lines(maximum) => is_text(text, maximum, true),
            Rule::Email | Rule::RecipientEmail => text.len() <= limits::EMAIL && is_email(text),
            Rule::RecipientPhone => is_phone(text),
            Rule::Country => is_country(text),
            Rule::DateTime => is_date_time(text),
            Rule::OrderType
            | Rule::LineItems
            | Rule::PoNumber
            | Rule::Amount
            | Rule::Quantity
            | Rule::Url
            | Rule::Object(_) => false,
        }
    }

    /// [`LineRule::is_surely_met`] of a text that is not empty and printable ASCII throughout, and how it stands in JSON: up to a quote.
    pub(crate) fn is_surely_met_by_ascii(self, text: &str, json: &[u8]) -> bool {
        match self.0 {
            Rule::Email | Rule::RecipientEmail if scan::address(json, 0) == text.len() => true,
            Rule::Line(maximum) | Rule::Words(maximum) | Rule::Lines(maximum) => {
                text.len() <= maximum
            }
            Rule::ProductId => text.len() <= limits::IDENTIFIER,
            _ => self.is_surely_met(text),
        }
    }
}

fn is_text(text: &str, maximum: usize, lines: bool) -> bool {
    !text.trim().is_empty()
        && (text.len() <= maximum || characters(text.as_bytes()) <= maximum)
        && !has_control(text.as_bytes(), lines)
}

/// Whether there is a control character in a text, by its bytes.
fn has_control(text: &[u8], lines: bool) -> bool {
    let mut before = 0;
    text.iter().any(|byte| {
        let control = match byte {
            b'\n' | b'\r' => !lines,
            0..0x20 | 0x7F => true,
            // From U+0080 to U+009F.
            0x80..0xA0 => before == 0xC2,
            _ => false,
        };
        before = *byte;
        control
    })
}
