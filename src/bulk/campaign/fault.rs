//! Why a campaign cannot do what it was asked to.

/// What is wrong with an argument. Each is a `ConfigError` in JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignFault {
    /// Bytes that do not begin as those of a campaign.
    NoCampaign,
    /// Bytes that do not begin as those of a ledger.
    NoLedger,
    /// Bytes that a newer version of the package wrote.
    Newer,
    /// Bytes that are cut short or altered.
    Damaged,
    /// A ledger of another plan.
    OtherPlan,
    /// A PO number that none of the orders has.
    UnknownPoNumber,
    /// More lines for an order than it may have, or none.
    MaxLines,
    /// A beginning of PO numbers that is too long, or has other characters than they may have.
    PoPrefix,
    /// A text that is no word for an outcome.
    UnknownOutcome,
}

impl CampaignFault {
    /// A sentence that a person can act on. It names no value.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoCampaign => {
                "These are not the bytes of a campaign: use what its toBytes() gave."
            }
            Self::NoLedger => {
                "These are not the bytes of a ledger: use what the campaign's ledger() gave."
            }
            Self::Newer => {
                "These bytes were written by a newer version of giftcard-partners: update the package."
            }
            Self::Damaged => "These bytes are cut short or altered: use an earlier copy of them.",
            Self::OtherPlan => {
                "This ledger belongs to another plan: the file, the campaign's name, the salt, poPrefix, maxLinesPerOrder or what it was planned after is not the same."
            }
            Self::UnknownPoNumber => "No order of this campaign has that PO number.",
            Self::MaxLines => "maxLinesPerOrder must be a whole number from 1 to 1000.",
            Self::PoPrefix => {
                "poPrefix may have the capitals A to Z, digits and hyphens, 19 of them at most."
            }
            Self::UnknownOutcome => {
                "outcome must be \"sent\", \"unknown\", \"created\", \"reconciled\", \"conflict\", \"rejected\" or \"short\"."
            }
        }
    }
}
