//! The small lists that orders refer to: shipping methods, card carriers, brandings, departments.
//!
//! Their paths are known and a sample value of the first three (`STANDARD`, `DEFAULT`, `BRAND-123`); the shape of their
//! answers is not (fact sheet, section 3.7). Here each item has an `Id`, a `Name` and a `Description`.

use alloc::vec;
use serde_json::Value;

use super::answer::Draft;
use super::http::Request;
use super::json::object;
use super::page::Lists;

/// A list whose items do not change.
#[derive(Debug)]
pub(super) struct Reference(&'static [(&'static str, &'static str, &'static str)]);

pub(super) static SHIPPING_METHODS: Reference = Reference(&[
    (
        "STANDARD",
        "Standard",
        "Delivered within 7 to 10 business days.",
    ),
    (
        "EXPEDITED",
        "Expedited",
        "Delivered within 3 business days.",
    ),
    (
        "OVERNIGHT",
        "Overnight",
        "Delivered on the next business day.",
    ),
]);

pub(super) static CARRIERS: Reference = Reference(&[
    (
        "DEFAULT",
        "Plain carrier",
        "A white paper holder for one card.",
    ),
    (
        "CELEBRATION",
        "Celebration carrier",
        "A paper holder with confetti for one card.",
    ),
]);

pub(super) static BRANDINGS: Reference = Reference(&[
    (
        "BRAND-123",
        "Wellness program",
        "Green header, the program's logo.",
    ),
    (
        "BRAND-456",
        "Sales incentive",
        "Blue header, the team's logo.",
    ),
]);

pub(super) static DEPARTMENTS: Reference = Reference(&[
    ("HR", "Human resources", "Rewards for employees."),
    ("MARKETING", "Marketing", "Promotions and referrals."),
]);

impl Reference {
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.iter().any(|(known, ..)| *known == id)
    }

    pub(super) fn list(&self, request: &Request<'_>, lists: Lists) -> Draft {
        lists.answer(request, self.0.iter(), |(id, name, description)| -> Value {
            object(vec![
                ("Id", (*id).into()),
                ("Name", (*name).into()),
                ("Description", (*description).into()),
            ])
            .into()
        })
    }
}
