//! The rules of texts: what each kind of them must be, and what people should look at.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;

use super::format::{
    PostalCodeFault, instant, invisible_in_identifier, invisible_in_words, is_callback_url,
    is_country, is_email, is_garbled, is_phone, postal_code_fault,
};
use super::schema::{Need, Rule};
use super::validate::{Validator, characters, number};
use super::{IssueCode, OrderType, Param, Severity, limits};
use crate::json::{self, Kind, decimal_text};

/// What a text is for, which decides about characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    /// For programs: nothing in it that cannot be seen.
    Identifier,
    /// For people, on one line.
    Words,
    /// For people, with line ends.
    Lines,
}

const PADDED: &str = "has space at its start or its end.";

impl Validator<'_> {
    /// Reads a text: whether it is there. An optional one that is empty is not: that is how forms leave a field out.
    pub(super) fn text(&mut self, rule: Rule, need: Need) -> Result<bool, json::Error> {
        if !self.expect(Kind::String)? {
            return Ok(true);
        }
        let text = self.reader.string()?.decode();
        if text.is_empty() && self.is_optional(need) {
            return Ok(false);
        }
        if text.trim().is_empty() && !matches!(rule, Rule::Words(_) | Rule::Lines(_)) {
            self.blank(need);
            return Ok(true);
        }
        match rule {
            Rule::OrderType => self.order_type(&text),
            Rule::PoNumber => {
                self.check_text(&text, limits::IDENTIFIER, TextKind::Identifier);
                self.report.po_number = Some(text.into_owned());
            }
            Rule::ProductId => {
                self.check_text(&text, limits::IDENTIFIER, TextKind::Identifier);
                self.check_product(&text);
                self.line.product = bytes(text);
            }
            Rule::Identifier => self.check_text(&text, limits::IDENTIFIER, TextKind::Identifier),
            Rule::Line(maximum) | Rule::Words(maximum) => {
                self.check_text(&text, maximum, TextKind::Words);
            }
            Rule::Lines(maximum) => self.check_text(&text, maximum, TextKind::Lines),
            Rule::PostalCode => self.postal_code(&text),
            Rule::Email => self.email(&text),
            Rule::RecipientEmail => {
                self.email(&text);
                self.line.email = bytes(text);
            }
            Rule::RecipientPhone => {
                self.must(
                    is_phone(&text),
                    &text,
                    IssueCode::InvalidPhone,
                    "is not a phone number in E.164 form, such as +15555555555.",
                );
                self.line.phone = bytes(text);
            }
            Rule::Country => self.must(
                is_country(&text),
                &text,
                IssueCode::InvalidCountry,
                "is not a country code of two capitals (ISO 3166-1), such as US.",
            ),
            Rule::Url => self.must(
                is_callback_url(&text) && text.len() <= limits::URL,
                &text,
                IssueCode::InvalidUrl,
                "is not an https URL.",
            ),
            Rule::DateTime => self.delivery_date(&text),
            Rule::LineItems | Rule::Amount | Rule::Quantity | Rule::Object(_) => {}
        }
        Ok(true)
    }

    fn email(&mut self, text: &str) {
        if is_email(text) && text.len() <= limits::EMAIL {
            if !has_dotted_domain(text) {
                self.warning(
                    IssueCode::DomainWithoutDot,
                    "has a domain without a dot. Mail to it leaves no company's network.",
                );
            }
            return;
        }
        let domain = text.bytes().rposition(|byte| byte == b'@');
        let domain = domain.and_then(|at| text.as_bytes().get(at..));
        let (reason, rest) = if unseen(text).is_some() {
            ("", "")
        } else if text.bytes().any(|byte| byte == b' ') {
            (
                "space",
                "has a space in it. Give one address and nothing else.",
            )
        } else if domain.is_some_and(|domain| !domain.is_ascii()) {
            (
                "domain_not_ascii",
                "has letters beyond ASCII in its domain. Write the domain in its xn-- form, such as xn--bcher-kva.example.",
            )
        } else {
            ("", "is not an e-mail address, such as name@example.com.")
        };
        if reason.is_empty() {
            self.must(false, text, IssueCode::InvalidEmail, rest);
        } else {
            let params = [("reason", Param::Text(reason))];
            self.issue(Severity::Error, IssueCode::InvalidEmail, rest, &params);
        }
    }

    fn order_type(&mut self, name: &str) {
        const ALLOWED: [&str; 3] = [
            OrderType::ALL[0].as_str(),
            OrderType::ALL[1].as_str(),
            OrderType::ALL[2].as_str(),
        ];
        self.report.order_type = OrderType::from_name(name);
        if self.report.order_type.is_none() {
            self.issue(
                Severity::Error,
                IssueCode::UnknownOrderType,
                "must be DigitalDelivery, Links or PhysicalShipment.",
                &[("allowed", Param::List(&ALLOWED))],
            );
        }
    }

    fn postal_code(&mut self, text: &str) {
        self.check_text(text, limits::NAME, TextKind::Identifier);
        let Some(fault) = postal_code_fault(text, self.country) else {
            return;
        };
        let (reason, rest) = match fault {
            PostalCodeFault::Guarded => (
                "guarded",
                "begins with a mark by which a spreadsheet keeps a text (' or =). Take it off.".to_owned(),
            ),
            PostalCodeFault::Number => (
                "number",
                "is what a spreadsheet makes of a postal code when it takes it for a number. Format the column as text and write the code anew."
                    .to_owned(),
            ),
            PostalCodeFault::LostZero(digits) => (
                "lost_zero",
                [
                    "has lost the zeros in front of it, as in a spreadsheet. Write all ",
                    &decimal_text(digits),
                    " digits, and format the column as text.",
                ]
                .concat(),
            ),
            PostalCodeFault::Form("") => ("form", "is not a postal code.".to_owned()),
            PostalCodeFault::Form(example) => (
                "form",
                ["is not a postal code of this country, such as ", example, "."].concat(),
            ),
        };
        let mut params = alloc::vec![("reason", Param::Text(reason))];
        match fault {
            PostalCodeFault::Form(example) if !example.is_empty() => {
                params.push(("example", Param::Text(example)));
            }
            PostalCodeFault::LostZero(digits) => params.push(("digits", Param::Number(digits))),
            _ => {}
        }
        self.issue(Severity::Error, IssueCode::InvalidZip, &rest, &params);
    }

    fn delivery_date(&mut self, text: &str) {
        let Some(instant) = instant(text) else {
            self.must(
                false,
                text,
                IssueCode::InvalidDateTime,
                "is not a date and time with zone (RFC 3339), such as 2026-12-01T09:00:00Z.",
            );
            return;
        };
        match doubt_about_date(instant, self.now) {
            Some(code @ IssueCode::DateInPast) => self.warning(code, "is in the past."),
            Some(code) => self.warning(code, "is more than a year ahead."),
            None => {}
        }
    }

    /// What holds for every text.
    fn check_text(&mut self, text: &str, maximum: usize, kind: TextKind) {
        if has_control(text, kind) {
            self.error(
                IssueCode::ControlCharacter,
                "has a control character in it.",
            );
        }
        if is_longer(text, maximum) {
            self.issue(
                Severity::Error,
                IssueCode::TooLong,
                "is too long.",
                &[("maximum", number(maximum))],
            );
        }
        if is_padded(text) {
            self.warning(IssueCode::SurroundingSpace, PADDED);
        }
        if let Some(character) = invisible(text, kind) {
            let code_point = code_point(character);
            let rest = [
                "has a character in it that nobody sees (",
                &code_point,
                "). Type the text anew.",
            ]
            .concat();
            let params = [("character", Param::Word(code_point))];
            self.issue(
                Severity::Warning,
                IssueCode::InvisibleCharacter,
                &rest,
                &params,
            );
        }
        if is_garbled(text) {
            self.warning(
                IssueCode::GarbledText,
                "looks garbled, as a text does that was read in another encoding than it was written in (UTF-8).",
            );
        }
    }

    /// Notes what is not in its format; where that cannot be seen in the text, so that it can.
    fn must(&mut self, holds: bool, text: &str, code: IssueCode, otherwise: &str) {
        if holds {
            return;
        }
        match unseen(text) {
            Some((reason, rest)) => {
                let params = [("reason", Param::Text(reason))];
                self.issue(Severity::Error, code, &rest, &params);
            }
            None => self.error(code, otherwise),
        }
    }

    /// Returns whether a field may be left out, as far as that is known where it stands.
    fn is_optional(&self, need: Need) -> bool {
        match need {
            Need::Never => true,
            Need::Carrier => !self.needs_carrier(),
            Need::Region => !self.needs_region(),
            Need::Always | Need::Digital | Need::Physical => false,
        }
    }

    fn blank(&mut self, need: Need) {
        if self.is_optional(need) {
            self.error(
                IssueCode::Empty,
                "is blank. Give a value or leave the field out.",
            );
        } else {
            self.error(IssueCode::Required, "is required and must not be empty.");
        }
    }
}

/// What should be looked at of a delivery date, where the present is known: one that was a moment ago means now.
pub(super) fn doubt_about_date(instant: i64, now: Option<i64>) -> Option<IssueCode> {
    const A_MOMENT_AGO: i64 = -60;
    const YEAR: i64 = 366 * 86_400;

    match instant.saturating_sub(now?) {
        ..=A_MOMENT_AGO => Some(IssueCode::DateInPast),
        ahead if ahead > YEAR => Some(IssueCode::DateFarAhead),
        _ => None,
    }
}

/// Returns whether a text has nothing that `check_text` would note.
pub(super) fn is_sound(text: &str, maximum: usize, kind: TextKind) -> bool {
    !is_padded(text)
        && !is_longer(text, maximum)
        && !has_control(text, kind)
        && (text.is_ascii() || invisible(text, kind).is_none() && !is_garbled(text))
}

/// What is wrong with a text and cannot be seen in it: a word for programs, and the sentence.
fn unseen(text: &str) -> Option<(&'static str, String)> {
    if let Some(character) = invisible_in_identifier(text) {
        let rest = [
            "has a character in it that nobody sees (",
            &code_point(character),
            "). Type it anew.",
        ];
        return Some(("invisible_character", rest.concat()));
    }
    is_padded(text).then(|| ("surrounding_space", [PADDED, " Take it off."].concat()))
}

fn invisible(text: &str, kind: TextKind) -> Option<char> {
    match kind {
        TextKind::Identifier => invisible_in_identifier(text),
        TextKind::Words | TextKind::Lines => invisible_in_words(text),
    }
}

/// A character as Unicode names it, such as `U+200B`.
fn code_point(character: char) -> String {
    let mut text = "U+".to_owned();
    let code = u32::from(character);
    let mut shift = if code > 0xFFFF { 20_u32 } else { 16 };
    while let Some(next) = shift.checked_sub(4) {
        shift = next;
        let digit = char::from_digit(code >> shift & 15, 16).unwrap_or_default();
        text.push(digit.to_ascii_uppercase());
    }
    text
}

fn has_dotted_domain(address: &str) -> bool {
    let domain = address.bytes().rev().take_while(|byte| *byte != b'@');
    domain.into_iter().any(|byte| byte == b'.')
}

fn has_control(text: &str, kind: TextKind) -> bool {
    let lines = kind == TextKind::Lines;
    let is_ascii_control =
        |byte: u8| byte.is_ascii_control() && !(lines && matches!(byte, b'\n' | b'\r'));
    // The others are from U+0080 to U+009F, and begin with this byte.
    text.bytes()
        .any(|byte| is_ascii_control(byte) || byte == 0xC2)
        && text.chars().any(|character| match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() => is_ascii_control(byte),
            _ => character.is_control(),
        })
}

fn is_longer(text: &str, maximum: usize) -> bool {
    text.len() > maximum && characters(text.as_bytes()) > maximum
}

/// A blank text is nothing but padding.
fn is_padded(text: &str) -> bool {
    text.trim().len() != text.len()
}

/// The bytes of a text, which are compared and hashed.
pub(super) fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}
