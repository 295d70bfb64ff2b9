//! Which fields must be there: by the order's type, the address's country and the product.

use super::line::is_regional;
use super::number_rules::{NO_AMOUNT, NO_QUANTITY};
use super::schema::{Field, Need, Rule};
use super::validate::Validator;
use super::{IssueCode, OrderType, Param, Segment, Severity};

impl Validator<'_> {
    /// Says what is missing of a field that is not there.
    pub(super) fn absent(&mut self, field: &'static Field) {
        let order_type = self.report.order_type;
        let (code, message) = match field.need {
            Need::Always => (
                IssueCode::Required,
                match field.rule {
                    Rule::Amount => NO_AMOUNT,
                    Rule::Quantity => NO_QUANTITY,
                    _ => "is required.",
                },
            ),
            Need::Region if self.needs_region() => {
                (IssueCode::Required, "is required in this country.")
            }
            Need::Carrier if self.needs_carrier() => {
                (IssueCode::Required, "is required for this product.")
            }
            Need::Digital if order_type == Some(OrderType::DigitalDelivery) => (
                IssueCode::MissingDeliveryAddress,
                "is required for DigitalDelivery: an Email, an Sms number or both.",
            ),
            Need::Physical if order_type == Some(OrderType::PhysicalShipment) => (
                IssueCode::MissingDeliveryAddress,
                "is required for PhysicalShipment.",
            ),
            Need::Never | Need::Region | Need::Carrier | Need::Digital | Need::Physical => return,
        };
        let params = match code {
            IssueCode::Required => &[][..],
            _ => &self.order_type_param(),
        };
        self.path.push(Segment::Field(field.name));
        self.issue(Severity::Error, code, message, params);
        self.path.pop();
    }

    /// Returns whether the address has states and postal codes, or may have.
    pub(super) fn needs_region(&self) -> bool {
        self.country.is_none_or(is_regional)
    }

    pub(super) fn order_type_param(&self) -> [(&'static str, Param); 1] {
        let name = self.report.order_type.map_or("", OrderType::as_str);
        [("orderType", Param::Text(name))]
    }

    /// Returns whether the order's type makes nothing of a field. A `Links` order takes a digital address (fact sheet, 3.4).
    pub(super) fn is_unused(&self, field: &Field) -> bool {
        match (field.need, self.report.order_type) {
            (Need::Digital, Some(OrderType::PhysicalShipment)) => true,
            (Need::Physical, Some(order_type)) => order_type != OrderType::PhysicalShipment,
            _ => false,
        }
    }
}
