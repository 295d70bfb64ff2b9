//! ISO 3166-1 alpha-2 country codes.

/// The officially assigned codes.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
    NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The second letters that follow each first one, a bit each: 104 bytes instead of the text.
static SECOND_LETTERS: [u32; 26] = second_letters();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn second_letters() -> [u32; 26] {
    let codes = CODES.as_bytes();
    let mut letters = [0; 26];
    let mut at = 0;
    while at + 1 < codes.len() {
        letters[(codes[at] - b'A') as usize] |= 1 << (codes[at + 1] - b'A');
        at += 3;
    }
    letters
}

/// Whether a text is an assigned country code, in capitals.
///
/// ```
/// use giftcard_partners::order::format::is_country;
///
/// assert!(is_country("US"));
/// assert!(!is_country("us"));
/// assert!(!is_country("UK"));
/// ```
pub fn is_country(text: &str) -> bool {
    let [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = text.as_bytes() else {
        return false;
    };
    SECOND_LETTERS
        .get(usize::from(first.wrapping_sub(b'A')))
        .is_some_and(|letters| letters >> (second.wrapping_sub(b'A') & 31) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_one_of_the_249_codes_and_nothing_else() {
        let letters = || (b'A'..=b'Z').map(char::from);
        let found: Vec<String> = letters()
            .flat_map(|first| letters().map(move |second| [first, second].iter().collect()))
            .filter(|code: &String| is_country(code))
            .collect();

        assert_eq!(found.len(), 249);
        assert_eq!(found.join(" "), CODES);
        for other in ["", "U", "us", "USA", "U1", "ÜS"] {
            assert!(!is_country(other), "{other}");
        }
    }
}
