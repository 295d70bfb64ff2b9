//! The rule table: every field of an order, in the reference's order.
//!
//! Sources: the reference's `POST /v1/Orders` and the fact sheet's section 3.4. A field that only answers have (`Theme`) is not
//! here, so a request that has it is warned. The fields of a line are those of `line_fields.rs`.

use super::limits;
use super::line_fields::{Group, Is, LINE_FIELDS};
use super::rule::{field, shape};

pub(super) use super::rule::{Field, KEY, Need, Rule, Shape};

pub(super) static ORDER: Shape = shape(&[
    field("Type", Need::Always, Rule::OrderType),
    field("LineItems", Need::Always, Rule::LineItems),
    field("PONumber", Need::Always, Rule::PoNumber),
    field("Note", Need::Never, Rule::Lines(limits::MESSAGE)),
    field(
        "WebhookSettings",
        Need::Never,
        Rule::Object(&WEBHOOK_SETTINGS),
    ),
]);

pub(super) static LINE_ITEM: Shape = {
    static FIELDS: [Field; count(Group::Line)] = of(Group::Line);
    shape(&FIELDS)
};

pub(super) static DIGITAL_DELIVERY_ADDRESS: Shape = {
    static FIELDS: [Field; count(Group::Digital)] = of(Group::Digital);
    shape(&FIELDS)
};

pub(super) static PHYSICAL_DELIVERY_ADDRESS: Shape = {
    static FIELDS: [Field; count(Group::Physical)] = of(Group::Physical);
    shape(&FIELDS)
};

pub(super) static PERSONALIZATION: Shape = {
    static FIELDS: [Field; count(Group::Personal)] = of(Group::Personal);
    shape(&FIELDS)
};

/// An object that the reference does not have.
pub(super) static UNDOCUMENTED: Shape = shape(&[]);

static WEBHOOK_SETTINGS: Shape = shape(&[field("FulfillmentComplete", Need::Always, Rule::Url)]);

/// Returns how many fields an object of a line has.
const fn count(group: Group) -> usize {
    let (mut count, mut rest) = (0_usize, LINE_FIELDS.as_slice());
    while let [known, behind @ ..] = rest {
        if known.group as u8 == group as u8 {
            count = count.saturating_add(1);
        }
        rest = behind;
    }
    count
}

/// The fields of an object of a line.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn of<const COUNT: usize>(group: Group) -> [Field; COUNT] {
    let mut fields = [field("", Need::Never, Rule::Identifier); COUNT];
    let (mut at, mut next) = (0, 0);
    while at < LINE_FIELDS.len() {
        let known = LINE_FIELDS[at];
        if known.group as u8 == group as u8 {
            let rule = match known.is {
                Is::Object(Group::Digital) => Rule::Object(&DIGITAL_DELIVERY_ADDRESS),
                Is::Object(Group::Physical) => Rule::Object(&PHYSICAL_DELIVERY_ADDRESS),
                Is::Object(Group::Personal | Group::Line) => Rule::Object(&PERSONALIZATION),
                Is::Value(value) => value.rule,
            };
            fields[next] = field(known.name(), known.need, rule);
            next += 1;
        }
        at += 1;
    }
    fields
}
