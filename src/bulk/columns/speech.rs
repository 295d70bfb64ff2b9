//! What the header of a column speaks of that nothing is read from: money, a count, or what its numbers are instead.

use alloc::string::String;

use crate::amount::currency::noted;
#[allow(
    clippy::wildcard_imports,
    reason = "the rules read as the words that they are made of"
)]
use crate::bulk::columns::words::*;
use crate::catalog::lower;

/// What a header speaks of; none of these where its words are not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a header may speak of several"
)]
pub(in crate::bulk) struct Speech {
    pub(in crate::bulk) money: bool,
    pub(in crate::bulk) count: bool,
    /// The currency of amounts that stand in another column.
    pub(in crate::bulk) currency: bool,
    /// A number and nothing else, which counts the rows or the cards: `#`, `No.`
    pub(in crate::bulk) number: bool,
    /// Numbers that are no amounts: dates, phone numbers, postal codes, ids.
    pub(in crate::bulk) other: bool,
}

impl Vocabulary {
    /// What a header speaks of, whatever it says of it.
    pub(in crate::bulk) fn speech(&self, header: &str) -> Speech {
        let unmasked = unmasked(header);
        let header = unmasked.as_deref().unwrap_or(header);
        let whole = self.words_of(header);
        let words = whole.unwrap_or_else(|| self.words_in(header));
        let has = |some: Words| words & some != 0;
        // `USD` and `€` are the whole header of many a list.
        let is_amount =
            has(VALUE | AMOUNT_CUT | FACE) || noted(header).is_some() || has_money_sign(header);
        let other = has(DATE | PHONE | MOBILE | ZIP | POSTAL | CODE | ID | NUMBER | EXTERNAL);
        Speech {
            money: is_amount || has(MONEY) || has(CARD) && !other,
            count: !is_amount
                && (has(CARDS | PIECES | QUANTITY | NOMBRE) || has(COUNT_OF) && !has(MONEY)),
            currency: has(CURRENCY),
            number: matches!(header, "#" | "№")
                || whole.is_some_and(|whole| {
                    whole & NUMBER != 0 && whole & !(NUMBER | COUNT_OF | JOINING) == 0
                }),
            other,
        }
    }
}

/// Returns whether a header has a letter that means money in Chinese or Japanese, where words are not parted.
fn has_money_sign(header: &str) -> bool {
    header.chars().any(|character| {
        matches!(
            character,
            '額' | '额' | '円' | '価' | '价' | '值' | '値' | '金' | '費' | '费'
        )
    })
}

/// A header that mixes letters of two scripts which look the same, in Latin letters: `Vаlue`.
fn unmasked(header: &str) -> Option<String> {
    const OTHERS: &str = "аеорсхуівкмнтѕјαβεηικμνορτυχ";
    const LATIN: &[u8] = b"aeopcxyibkmhtsjabehikmnoptux";

    if !header.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut is_masked = false;
    let mut unmasked = String::new();
    for character in header.chars() {
        let small = lower(character);
        let place = OTHERS.chars().position(|known| known == small);
        let latin = place.and_then(|place| LATIN.get(place));
        is_masked |= latin.is_some();
        unmasked.push(latin.map_or(character, |latin| char::from(*latin)));
    }
    is_masked.then_some(unmasked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(header: &str) -> Speech {
        Vocabulary::new().speech(header)
    }

    #[test]
    fn a_header_speaks_of_money_in_many_languages() {
        for header in [
            "Bonus",
            "Price paid",
            "Сумма",
            "СУММА, руб",
            "Стоимость",
            "金額",
            "合計金額（円）",
            "금액",
            "Tutar",
            "Belopp",
            "Částka",
            "Összeg",
            "Vаlue",
            "Amоunt",
            "Amοunt",
            "Βetrag",
            "Сума",
            "Prämie",
            "USD",
            "€",
            "Gift card",
        ] {
            assert!(speech(header).money, "{header}");
        }
        for header in [
            "Team",
            "Cost Center",
            "Gift card number",
            "Award date",
            "Hire Date",
            "Имя",
            "名前",
            "Notes",
        ] {
            assert!(!speech(header).money, "{header}");
        }
    }

    #[test]
    fn a_header_speaks_of_a_count_of_a_number_or_of_a_currency() {
        for header in [
            "Count",
            "Headcount",
            "Total cards",
            "Anzahl alt",
            "数量",
            "Количество",
        ] {
            assert!(speech(header).count, "{header}");
        }
        for header in ["#", "No", "No.", "Nr", "Number", "№"] {
            assert!(speech(header).number, "{header}");
        }
        for header in [
            "Phone number",
            "Employee No.",
            "Room number",
            "Row",
            "Total",
        ] {
            let speech = speech(header);
            assert!(!speech.number && !speech.count, "{header}");
        }
        for header in [
            "Currency",
            "Currency Code",
            "Amount currency",
            "Ccy",
            "Währung",
            "Devise",
            "Moneda",
            "Valuta",
            "Waluta",
            "Moeda",
            "Divisa",
            "Валюта",
            "通貨",
        ] {
            assert!(speech(header).currency, "{header}");
        }
    }
}
