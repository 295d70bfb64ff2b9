//! The type of an order, which products and orders both name.

/// How the cards of an order reach people: `Type` of the [reference](https://developers.giftcardpartners.com/docs/orders).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderType {
    /// One e-mail or text message a line, sent by the API.
    DigitalDelivery,
    /// Claim links, handed to the caller.
    Links,
    /// Plastic, shipped.
    PhysicalShipment,
}

impl OrderType {
    /// Every type, in the reference's order.
    pub const ALL: [Self; 3] = [Self::DigitalDelivery, Self::Links, Self::PhysicalShipment];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DigitalDelivery => "DigitalDelivery",
            Self::Links => "Links",
            Self::PhysicalShipment => "PhysicalShipment",
        }
    }

    /// The type of that name, letter for letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }
}
