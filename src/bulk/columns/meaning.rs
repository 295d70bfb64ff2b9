//! What a header means: the field that its words speak of, and how sure that is.

use crate::bulk::columns::fields;
#[allow(
    clippy::wildcard_imports,
    reason = "the rules read as the words that they are made of"
)]
use crate::bulk::columns::words::*;
use crate::order::OrderType;

/// How sure it is what a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Its header says nothing that is known.
    None,
    /// Some words of its header say it.
    Likely,
    /// All words of its header say it, or the caller does.
    Sure,
}

impl Certainty {
    /// The word in a report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}

/// What a header speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Subject {
    Field(usize),
    /// The recipient's name, and parts of it.
    WholeName,
    FirstName,
    LastName,
    /// A name that may be the whole one or a part of it, as the columns beside it say: French `Nom`, Spanish `Nombre`.
    Name,
    /// A further line of the address, and the city of another address.
    SecondLine,
    SecondCity,
}

/// What a header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) struct Meaning {
    pub(in crate::bulk) subject: Subject,
    pub(in crate::bulk) certainty: Certainty,
    pub(in crate::bulk) words: Words,
}

impl Meaning {
    /// Returns whether it surely is this field.
    pub(in crate::bulk) fn is_sure_of(self, field: usize) -> bool {
        self.certainty == Certainty::Sure && self.subject == Subject::Field(field)
    }
}

/// A header with all of some words, and perhaps others, is about a subject.
struct Rule {
    needs: Words,
    allows: Words,
    subject: Subject,
}

const fn rule(needs: Words, allows: Words, subject: Subject) -> Rule {
    Rule {
        needs,
        allows,
        subject,
    }
}

/// What is no word of its own beside any other.
const ANY: Words = PERSON | JOINING;

/// Of a header whose words are all known. The first that fits counts.
static SURE: [Rule; 45] = {
    use Subject::{Field, FirstName, LastName, Name, SecondCity, SecondLine, WholeName};
    [
        rule(
            EMAIL | SENDER,
            ADDRESS | WORK | JOINING,
            Field(fields::FROM_EMAIL),
        ),
        rule(
            EMAIL,
            ADDRESS | WORK | ID | TO | DELIVERY | ANY,
            Field(fields::EMAIL),
        ),
        // As Google exports contacts: `E-mail 1 - Value`.
        rule(EMAIL | LINE | VALUE, 0, Field(fields::EMAIL)),
        rule(PHONE | LINE | VALUE, 0, Field(fields::SMS)),
        rule(MESSAGE, CARD | ANY, Field(fields::MESSAGE)),
        rule(
            MOBILE,
            PHONE | NUMBER | COUNT_OF | WORK | TO | ANY,
            Field(fields::SMS),
        ),
        rule(
            PHONE,
            NUMBER | COUNT_OF | WORK | TO | ANY,
            Field(fields::SMS),
        ),
        rule(DATE | DELIVERY, CARD | ANY, Field(fields::DELIVERY_DATE)),
        rule(
            SHIPPING | METHOD,
            ID | JOINING,
            Field(fields::SHIPPING_METHOD),
        ),
        rule(CARRIER, ID | JOINING, Field(fields::CARRIER)),
        rule(BRANDING, ID | JOINING, Field(fields::BRANDING)),
        rule(EXTERNAL | ID, JOINING, Field(fields::EXTERNAL_ID)),
        rule(CULTURE, CODE | ANY, Field(fields::CULTURE)),
        rule(
            PRODUCT,
            ID | CODE | NUMBER | NAME | NOMBRE | CARD | JOINING,
            Field(fields::PRODUCT),
        ),
        rule(
            QUANTITY,
            CARD | CARDS | EACH | PIECES | ANY,
            Field(fields::QUANTITY),
        ),
        rule(
            NUMBER | COUNT_OF | CARDS,
            CARD | JOINING,
            Field(fields::QUANTITY),
        ),
        rule(NOMBRE | CARDS, CARD | JOINING, Field(fields::QUANTITY)),
        rule(
            VALUE,
            FACE | CARD | CARDS | EACH | ANY,
            Field(fields::VALUE),
        ),
        // `Amount of gift card`.
        rule(
            VALUE | COUNT_OF,
            CARD | EACH | JOINING,
            Field(fields::VALUE),
        ),
        rule(FACE, CARD | JOINING, Field(fields::VALUE)),
        rule(
            SENDER,
            NAME | NOMBRE | FULL | JOINING,
            Field(fields::FROM_NAME),
        ),
        rule(FIRST_NAME | LAST_NAME, NAME | FULL | ANY, WholeName),
        rule(FIRST | LAST, NAME | FULL | ANY, WholeName),
        rule(FIRST_NAME | NAME, FULL | ANY, WholeName),
        rule(NAME | LAST_NAME, FULL | ANY, WholeName),
        rule(NOMBRE | LAST_NAME, FULL | ANY, WholeName),
        rule(FIRST | NAME, ANY, FirstName),
        rule(FIRST_NAME, ANY, FirstName),
        rule(LAST | NAME, ANY, LastName),
        rule(LAST_NAME, ANY, LastName),
        rule(NAME | FULL, ANY, WholeName),
        rule(NOMBRE | FULL, ANY, WholeName),
        rule(NAME, ANY, Name),
        rule(NOMBRE, ANY, Name),
        rule(TO, NAME | JOINING, Field(fields::TO)),
        rule(
            ZIP,
            CODE | WORK | DELIVERY | SHIPPING | ADDRESS | ANY,
            Field(fields::ZIP),
        ),
        rule(
            POSTAL | CODE,
            WORK | DELIVERY | SHIPPING | ANY,
            Field(fields::ZIP),
        ),
        rule(
            COUNTRY,
            CODE | NAME | WORK | DELIVERY | SHIPPING | ADDRESS | ANY,
            Field(fields::COUNTRY),
        ),
        rule(
            CITY,
            NAME | WORK | DELIVERY | SHIPPING | ADDRESS | ANY,
            Field(fields::CITY),
        ),
        rule(
            STATE,
            CODE | NAME | WORK | DELIVERY | SHIPPING | ADDRESS | ANY,
            Field(fields::STATE),
        ),
        rule(
            STREET | OTHER | SECOND,
            ADDRESS | LINE | WORK | DELIVERY | SHIPPING | ANY,
            SecondLine,
        ),
        rule(
            ADDRESS | OTHER | SECOND,
            LINE | WORK | DELIVERY | SHIPPING | ANY,
            SecondLine,
        ),
        rule(CITY | OTHER | SECOND, !0, SecondCity),
        rule(
            STREET,
            ADDRESS | LINE | NUMBER | NAME | WORK | DELIVERY | SHIPPING | ANY,
            Field(fields::ADDRESS_LINE),
        ),
        rule(
            ADDRESS,
            LINE | NUMBER | WORK | DELIVERY | SHIPPING | ANY,
            Field(fields::ADDRESS_LINE),
        ),
    ]
};

/// Of a header whose words are known in part, or say more than that.
static LIKELY: [Rule; 6] = {
    use Subject::Field;
    [
        rule(AMOUNT_CUT, Words::MAX, Field(fields::VALUE)),
        rule(
            VALUE | COUNT_OF | CARDS,
            Words::MAX & !MONEY,
            Field(fields::QUANTITY),
        ),
        rule(VALUE, Words::MAX, Field(fields::VALUE)),
        rule(QUANTITY, Words::MAX, Field(fields::QUANTITY)),
        rule(NUMBER | CARDS, Words::MAX, Field(fields::QUANTITY)),
        rule(
            COUNT_OF,
            Words::MAX & !(MONEY | OTHER),
            Field(fields::QUANTITY),
        ),
    ]
};

/// Of a header whose words are all known, but name no field.
static NAMELESS: [Rule; 5] = {
    use Subject::Field;
    [
        rule(PIECES, CARD | CARDS | ANY, Field(fields::QUANTITY)),
        rule(CARDS, CARD | EACH | ANY, Field(fields::QUANTITY)),
        rule(
            CARDS | COUNT_OF,
            CARD | MONEY | ANY,
            Field(fields::QUANTITY),
        ),
        rule(
            BRAND,
            CARD | CARDS | NAME | ID | CODE | NUMBER | JOINING,
            Field(fields::PRODUCT),
        ),
        rule(CARD, ID | CODE | NAME | JOINING, Field(fields::PRODUCT)),
    ]
};

impl Vocabulary {
    /// What a header means; nothing where its words say nothing that is known.
    pub(in crate::bulk) fn meaning(&self, header: &str) -> Option<Meaning> {
        let whole = self.words_of(header);
        let found = |subject, certainty, words| Meaning {
            subject,
            certainty,
            words,
        };
        if let Some(field) = fields::at_name(header) {
            let words = whole.unwrap_or_default();
            return Some(found(Subject::Field(field), Certainty::Sure, words));
        }
        if let Some(words) = whole {
            if let Some(subject) = by(&SURE, words) {
                return Some(found(subject, Certainty::Sure, words));
            }
            let likely = by(&LIKELY, words).or_else(|| by(&NAMELESS, words));
            let subject = likely.or_else(|| by(&SURE, words & !WORK))?;
            return Some(found(subject, Certainty::Likely, words));
        }
        let words = self.words_in(header);
        let is_ours = words & (OTHER | MONEY) == 0;
        let subject = by(&LIKELY, words).or_else(|| by(&SURE, words).filter(|_| is_ours))?;
        Some(found(subject, Certainty::Likely, words))
    }

    /// The meanings of those words of a header that are known.
    #[inline(never)]
    pub(in crate::bulk) fn words_in(&self, header: &str) -> Words {
        let mut words = 0;
        for word in parted(header) {
            words |= self.words_of(word).unwrap_or_default();
        }
        words
    }

    /// Returns whether a header surely names this field, or the recipient where that is the field.
    pub(in crate::bulk) fn names(&self, header: &str, field: usize, order_type: OrderType) -> bool {
        let Some(meaning) = self.meaning(header) else {
            return false;
        };
        let subject = match meaning.subject {
            Subject::Field(subject) => subject,
            _ => fields::recipient_name(order_type),
        };
        meaning.certainty == Certainty::Sure && subject == field
    }

    /// Returns whether a text has a word that makes a column somebody else's, or something else: manager, status, company.
    pub(in crate::bulk) fn is_other(&self, text: &str) -> bool {
        let is_other = |text: &str| self.words_of(text).is_some_and(|words| words & OTHER != 0);
        is_other(text) || parted(text).any(is_other)
    }
}

fn by(rules: &[Rule], words: Words) -> Option<Subject> {
    let fits =
        |rule: &&Rule| words & rule.needs == rule.needs && words & !(rule.needs | rule.allows) == 0;
    rules.iter().find(fits).map(|rule| rule.subject)
}
