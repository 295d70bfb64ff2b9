//! How large an order may be: its bytes, its lines and its face value.

use super::validate::{Validator, number};
use super::{IssueCode, Param, Severity, limits};
use crate::money::Amount;

impl Validator<'_> {
    /// Says of a body that it is too large.
    pub(super) fn check_size(&mut self, bytes: usize, limited: bool) {
        if bytes > limits::BODY {
            let severity = if limited {
                Severity::Error
            } else {
                Severity::Warning
            };
            self.issue(
                severity,
                IssueCode::TooLarge,
                "has too many bytes for one order. Split it.",
                &[("maximum", number(limits::BODY))],
            );
        }
    }

    /// What is to be said of all lines together.
    pub(super) fn check_totals(&mut self) {
        let limits = self.limits;
        if self.overflow {
            self.out_of_range(Param::Decimal(Amount::MAX.to_decimal()));
        }
        let allowed = limits.unwrap_or_default();
        if self.report.line_count > allowed.lines {
            let severity = if limits.is_some() {
                Severity::Error
            } else {
                Severity::Warning
            };
            self.issue(
                severity,
                IssueCode::TooManyLines,
                "has too many lines for one order. Split it.",
                &[("maximum", Param::Number(allowed.lines))],
            );
        }
        if let Some(maximum) = allowed.value
            && self.report.face_value > maximum
        {
            self.issue(
                Severity::Error,
                IssueCode::OverLimit,
                "has a higher face value than limits.maxOrderValue allows.",
                &[("maximum", Param::Decimal(maximum.to_decimal()))],
            );
        }
    }
}
