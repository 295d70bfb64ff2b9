//! The rules of numbers: what an amount and a quantity of an order must be.

use alloc::borrow::ToOwned;
use alloc::vec;

use super::validate::Validator;
use super::{IssueCode, Param, Severity, limits};
use crate::json::{self, Decimal, Kind, NotWhole};
use crate::money::{Amount, AmountError, Decimals};

/// What is said where there is none, also of `NaN`, which is null in JSON.
pub(super) const NO_AMOUNT: &str = "is required: a number, such as 25.00.";
pub(super) const NO_QUANTITY: &str = "is required: a whole number, such as 1.";

impl Validator<'_> {
    pub(super) fn amount(&mut self) -> Result<(), json::Error> {
        if !self.expect_number(NO_AMOUNT)? {
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

    /// Returns whether a number comes next; null is none, rather than something else.
    fn expect_number(&mut self, missing: &str) -> Result<bool, json::Error> {
        if self.reader.peek()? != Kind::Null {
            return self.expect(Kind::Number);
        }
        self.reader.skip()?;
        self.error(IssueCode::Required, missing);
        Ok(false)
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
        if !self.expect_number(NO_QUANTITY)? {
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
