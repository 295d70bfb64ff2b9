//! The rules of single values: what a number or a text of an order must be.

use alloc::borrow::{Cow, ToOwned};
use alloc::vec;

use super::format::{is_callback_url, is_country, is_date_time, is_email, is_phone};
use super::schema::{Need, Rule};
use super::validate::{Validator, characters, number};
use super::{IssueCode, OrderType, Param, Severity, limits};
use crate::json::{self, Decimal, Kind, NotWhole};
use crate::money::{Amount, AmountError, Decimals};

impl Validator<'_> {
    pub(super) fn amount(&mut self) -> Result<(), json::Error> {
        if !self.expect(Kind::Number)? {
            return Ok(());
        }
        let decimals = Decimals::of(self.product_currency());
        match Amount::parse_in(decimals, self.reader.number()?) {
            Ok(amount) if amount.is_zero() => self.not_positive(),
            Ok(amount) => {
                self.line.value = Some(amount);
                self.check_denomination(amount);
            }
            Err(AmountError::Negative) => self.not_positive(),
            Err(AmountError::TooManyDecimals) => self.too_many_decimals(decimals),
            Err(AmountError::OutOfRange | AmountError::NotANumber) => {
                let maximum = decimals.maximum().to_decimal_in(decimals);
                self.out_of_range(Param::Decimal(maximum));
            }
        }
        Ok(())
    }

    fn too_many_decimals(&mut self, decimals: Decimals) {
        let maximum = ("maximum", Param::Number(decimals.count().into()));
        let currency = self.product_currency();
        let rest = match decimals {
            Decimals::Zero => ["must be a whole number: ", currency, " has no decimals."].concat(),
            Decimals::Two => "has more than two decimals.".to_owned(),
            Decimals::Three => "has more than three decimals.".to_owned(),
        };
        let mut params = vec![maximum];
        if !currency.is_empty() {
            params.push(("currency", Param::Word(currency.to_owned())));
        }
        self.issue(Severity::Error, IssueCode::TooManyDecimals, &rest, &params);
    }

    pub(super) fn quantity(&mut self) -> Result<(), json::Error> {
        if !self.expect(Kind::Number)? {
            return Ok(());
        }
        let number = Decimal::parse(self.reader.number()?);
        match number.map_or(Err(NotWhole::TooFine), |number| number.units(0)) {
            Ok(0) | Err(NotWhole::Negative) => self.not_positive(),
            Ok(count) if count <= limits::QUANTITY => self.line.quantity = Some(count),
            Ok(_) | Err(NotWhole::TooLarge) => self.out_of_range(Param::Number(limits::QUANTITY)),
            Err(NotWhole::TooFine) => self.error(
                IssueCode::NotInteger,
                "is not a whole number. It is how many cards the line orders.",
            ),
        }
        Ok(())
    }

    pub(super) fn text(&mut self, rule: Rule, need: Need) -> Result<(), json::Error> {
        if !self.expect(Kind::String)? {
            return Ok(());
        }
        let text = self.reader.string()?.decode();
        if text.trim().is_empty() && !matches!(rule, Rule::Words(_) | Rule::Lines(_)) {
            self.empty(need);
            return Ok(());
        }
        match rule {
            Rule::OrderType => self.order_type(&text),
            Rule::PoNumber => {
                self.plain(&text, limits::IDENTIFIER, false);
                self.report.po_number = Some(text.into_owned());
            }
            Rule::ProductId => {
                self.plain(&text, limits::IDENTIFIER, false);
                self.check_product(&text);
                self.line.product = bytes(text);
            }
            Rule::Line(maximum) | Rule::Words(maximum) => self.plain(&text, maximum, false),
            Rule::Lines(maximum) => self.plain(&text, maximum, true),
            Rule::Email => self.email(&text),
            Rule::RecipientEmail => {
                self.email(&text);
                self.line.email = bytes(text);
            }
            Rule::RecipientPhone => {
                self.must(
                    is_phone(&text),
                    IssueCode::InvalidPhone,
                    "is not a phone number in E.164 form, such as +15555555555.",
                );
                self.line.phone = bytes(text);
            }
            Rule::Country => self.must(
                is_country(&text),
                IssueCode::InvalidCountry,
                "is not a country code of two capitals (ISO 3166-1), such as US.",
            ),
            Rule::Url => self.must(
                is_callback_url(&text) && text.len() <= limits::URL,
                IssueCode::InvalidUrl,
                "is not an https URL.",
            ),
            Rule::DateTime => self.must(
                is_date_time(&text),
                IssueCode::InvalidDateTime,
                "is not a date and time with zone (RFC 3339), such as 2026-12-01T09:00:00Z.",
            ),
            Rule::LineItems | Rule::Amount | Rule::Quantity | Rule::Object(_) => {}
        }
        Ok(())
    }

    fn email(&mut self, text: &str) {
        self.must(
            is_email(text) && text.len() <= limits::EMAIL,
            IssueCode::InvalidEmail,
            "is not an e-mail address, such as name@example.com.",
        );
    }

    pub(super) fn order_type(&mut self, name: &str) {
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

    /// What holds for every text.
    pub(super) fn plain(&mut self, text: &str, maximum: usize, lines: bool) {
        if has_control(text, lines) {
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
            self.warning(
                IssueCode::SurroundingSpace,
                "has space at its start or its end.",
            );
        }
    }

    pub(super) fn must(&mut self, holds: bool, code: IssueCode, otherwise: &str) {
        if !holds {
            self.error(code, otherwise);
        }
    }

    pub(super) fn empty(&mut self, need: Need) {
        let is_optional = match need {
            Need::Never => true,
            Need::Carrier => !self.needs_carrier(),
            Need::Region => self.country == Some(false),
            Need::Always | Need::Digital | Need::Physical => false,
        };
        if is_optional {
            self.error(
                IssueCode::Empty,
                "is empty. Give a value or leave the field out.",
            );
        } else {
            self.error(IssueCode::Required, "is required and must not be empty.");
        }
    }

    pub(super) fn not_positive(&mut self) {
        self.error(IssueCode::NotPositive, "must be more than zero.");
    }

    pub(super) fn out_of_range(&mut self, maximum: Param) {
        self.issue(
            Severity::Error,
            IssueCode::OutOfRange,
            "is too large.",
            &[("maximum", maximum)],
        );
    }
}

/// Whether a text has nothing that `plain` would note.
pub(super) fn is_plain(text: &str, maximum: usize, lines: bool) -> bool {
    !is_padded(text) && !is_longer(text, maximum) && !has_control(text, lines)
}

fn has_control(text: &str, lines: bool) -> bool {
    let allowed = |character: char| lines && matches!(character, '\n' | '\r');
    text.chars()
        .any(|character| character.is_control() && !allowed(character))
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
