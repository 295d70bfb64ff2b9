//! The types of order, and how large one may be.

/// The most cards that one order may be. The API's bound is not known; this one keeps a mistyped quantity from filling the
/// memory.
pub const MAX_CARDS: u64 = 100_000;

/// How an order reaches its recipients: its `Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    DigitalDelivery,
    Links,
    PhysicalShipment,
}

impl Kind {
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::DigitalDelivery, Self::Links, Self::PhysicalShipment]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DigitalDelivery => "DigitalDelivery",
            Self::Links => "Links",
            Self::PhysicalShipment => "PhysicalShipment",
        }
    }
}
