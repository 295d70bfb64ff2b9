//! What is known of a planned order, and what may become of it.
//!
//! The states are in the order of how much they bind us, and two copies of a ledger agree on the greater one (but see
//! [`OrderState::met`]): what may exist outweighs what is known not to, and a success outweighs everything. So merging is commutative, associative and idempotent,
//! and at worst an order is sent once more under its own PO number, which the API answers with the order that is there.

/// What is known of a planned order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum OrderState {
    /// Nothing was sent.
    Planned = 0,
    /// 422: the deposit account did not cover it.
    Short = 1,
    /// The API refused it for what it holds.
    Rejected = 2,
    /// It was about to be sent, and no answer was recorded.
    Sent = 3,
    /// It was sent, and may exist or not.
    Unknown = 4,
    /// Its PO number names another order.
    Conflict = 5,
    /// Its PO number names an order that differs, and an attempt of ours that was in doubt may have placed that: an API that writes
    /// a text otherwise than it was sent looks like this.
    Disputed = 6,
    /// It was there already, and it is the same.
    Reconciled = 7,
    /// It was placed.
    Created = 8,
}

impl OrderState {
    /// Every state; its place here is its code in the bytes of a ledger, which never changes.
    pub const ALL: [Self; 9] = [
        Self::Planned,
        Self::Short,
        Self::Rejected,
        Self::Sent,
        Self::Unknown,
        Self::Conflict,
        Self::Disputed,
        Self::Reconciled,
        Self::Created,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Short => "short",
            Self::Rejected => "rejected",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            // A person has to look at either.
            Self::Conflict | Self::Disputed => "conflict",
            Self::Reconciled => "reconciled",
            Self::Created => "created",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The code in the bytes of a ledger.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The state of that code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// Returns whether the order exists.
    pub const fn is_placed(self) -> bool {
        matches!(self, Self::Created | Self::Reconciled)
    }

    /// Returns whether its recipients have been paid, or may have been: they must not be paid by another order.
    ///
    /// A conflict is not among them, unless the order under that PO number may be ours all the same.
    pub const fn may_have_paid(self) -> bool {
        self.is_placed() || self.is_in_doubt() || matches!(self, Self::Disputed)
    }

    /// Returns whether its PO number names an order that differs.
    pub const fn is_conflict(self) -> bool {
        matches!(self, Self::Conflict | Self::Disputed)
    }

    /// What two copies of a ledger agree on, of which one knows this and the other as much or more: that. But a conflict that one
    /// knows of may be about what the other has in doubt.
    #[must_use]
    pub fn met(self, greater: Self) -> Self {
        match (self, greater) {
            (Self::Unknown, Self::Conflict) => Self::Disputed,
            _ => greater,
        }
    }

    /// Returns whether it may have been sent, and nobody knows what became of it.
    pub const fn is_in_doubt(self) -> bool {
        matches!(self, Self::Sent | Self::Unknown)
    }

    /// Returns whether it is to be sent: the first time, or again under the same PO number.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Short) || self.is_in_doubt()
    }

    /// The state once `word` is said of an order in this one.
    ///
    /// A success is never forgotten. A conflict is only ever overruled by a success. What was about to be sent and is so again
    /// is in doubt, and what is in doubt stays so until it is known what the PO number names: what the API says of a later
    /// attempt does not clear the one before. Anything else is taken at its word, so that a rejected order can be tried again.
    #[must_use]
    pub fn told(self, word: Self) -> Self {
        match (self, word) {
            (Self::Created | Self::Reconciled, _) => self,
            (Self::Disputed, word) if !word.is_placed() => self,
            (Self::Conflict, word) if word < Self::Disputed => self,
            (Self::Sent, Self::Sent) => Self::Unknown,
            (Self::Unknown, Self::Conflict) => Self::Disputed,
            (Self::Unknown, word) if word < Self::Conflict => self,
            (_, word) => word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back_from_its_word_and_from_its_code() {
        for state in OrderState::ALL {
            let named = OrderState::from_word(state.as_str()).unwrap();
            assert!(named == state || named.is_conflict() && state.is_conflict());
            assert_eq!(OrderState::from_code(state.code()), Some(state));
        }
        assert_eq!(OrderState::from_word("Created"), None);
        assert_eq!(OrderState::from_code(9), None);
    }

    #[test]
    fn no_word_undoes_a_success() {
        for placed in [OrderState::Created, OrderState::Reconciled] {
            for word in OrderState::ALL {
                assert_eq!(placed.told(word), placed);
            }
        }
    }

    #[test]
    fn a_conflict_is_overruled_by_a_success_alone() {
        for word in OrderState::ALL {
            for conflict in [OrderState::Conflict, OrderState::Disputed] {
                let after = conflict.told(word);
                let overruled = word > conflict;
                assert_eq!(after, if overruled { word } else { conflict }, "{word:?}");
            }
        }
    }

    #[test]
    fn a_conflict_after_a_doubt_may_have_paid() {
        let disputed = OrderState::Unknown.told(OrderState::Conflict);

        assert_eq!(disputed.as_str(), "conflict");
        assert!(disputed.may_have_paid() && !disputed.is_open());
        assert!(!OrderState::Sent.told(OrderState::Conflict).may_have_paid());
    }

    #[test]
    fn what_is_in_doubt_stays_so_until_it_is_known_what_the_number_names() {
        for word in OrderState::ALL {
            let expected = match word {
                OrderState::Conflict | OrderState::Disputed => OrderState::Disputed,
                word if word.is_placed() => word,
                _ => OrderState::Unknown,
            };
            assert_eq!(OrderState::Unknown.told(word), expected);
        }
        assert_eq!(OrderState::Sent.told(OrderState::Sent), OrderState::Unknown);
        assert_eq!(OrderState::Sent.told(OrderState::Short), OrderState::Short);
    }

    #[test]
    fn what_may_exist_outweighs_what_is_known_not_to() {
        for doubtful in [OrderState::Sent, OrderState::Unknown] {
            for harmless in [OrderState::Planned, OrderState::Short, OrderState::Rejected] {
                assert!(doubtful > harmless);
            }
        }
    }
}
