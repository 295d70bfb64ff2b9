//! Phone numbers as people and spreadsheets write them, made E.164.
//!
//! A number with `+` is clear, whatever stands between its digits. Without it, it is one of the caller's default country; where none is
//! said, nobody can tell `15555550100` of America from a mobile number of China. The rules are those of national numbering plans by length
//! and trunk prefix alone: whether a number is in use is for the network to say.

use alloc::string::String;

/// How numbers are written within a country.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::bulk) struct NumberingPlan {
    country: [u8; 2],
    /// The country code.
    code: &'static str,
    /// What stands before a number within the country, and not behind the country code.
    trunk: &'static str,
    /// Digits of a number without both.
    shortest: usize,
    longest: usize,
}

const fn plan(
    country: [u8; 2],
    code: &'static str,
    trunk: &'static str,
    shortest: usize,
    longest: usize,
) -> NumberingPlan {
    NumberingPlan {
        country,
        code,
        trunk,
        shortest,
        longest,
    }
}

/// The countries of the currencies in which gift cards are sold.
#[rustfmt::skip]
static PLANS: [NumberingPlan; 66] = [
    plan(*b"US", "1", "1", 10, 10), plan(*b"CA", "1", "1", 10, 10), plan(*b"PR", "1", "1", 10, 10), plan(*b"JM", "1", "1", 10, 10),
    plan(*b"GB", "44", "0", 9, 10), plan(*b"IE", "353", "0", 7, 9), plan(*b"DE", "49", "0", 6, 11), plan(*b"AT", "43", "0", 7, 13),
    plan(*b"CH", "41", "0", 9, 9), plan(*b"LI", "423", "", 7, 9), plan(*b"FR", "33", "0", 9, 9), plan(*b"BE", "32", "0", 8, 9),
    plan(*b"NL", "31", "0", 9, 9), plan(*b"LU", "352", "", 6, 9), plan(*b"ES", "34", "", 9, 9), plan(*b"PT", "351", "", 9, 9),
    plan(*b"IT", "39", "", 8, 11), plan(*b"GR", "30", "", 10, 10), plan(*b"CY", "357", "", 8, 8), plan(*b"MT", "356", "", 8, 8),
    plan(*b"FI", "358", "0", 6, 11), plan(*b"EE", "372", "", 7, 8), plan(*b"LV", "371", "", 8, 8), plan(*b"LT", "370", "0", 8, 8),
    plan(*b"SK", "421", "0", 9, 9), plan(*b"SI", "386", "0", 8, 8), plan(*b"HR", "385", "0", 8, 9), plan(*b"SE", "46", "0", 7, 9),
    plan(*b"NO", "47", "", 8, 8), plan(*b"DK", "45", "", 8, 8), plan(*b"IS", "354", "", 7, 7), plan(*b"PL", "48", "", 9, 9),
    plan(*b"CZ", "420", "", 9, 9), plan(*b"HU", "36", "06", 8, 9), plan(*b"RO", "40", "0", 9, 9), plan(*b"BG", "359", "0", 7, 9),
    plan(*b"TR", "90", "0", 10, 10), plan(*b"IL", "972", "0", 8, 9), plan(*b"AE", "971", "0", 8, 9), plan(*b"SA", "966", "0", 8, 9),
    plan(*b"QA", "974", "", 8, 8), plan(*b"KW", "965", "", 8, 8), plan(*b"BH", "973", "", 8, 8), plan(*b"OM", "968", "", 8, 8),
    plan(*b"JO", "962", "0", 8, 9), plan(*b"EG", "20", "0", 8, 10), plan(*b"ZA", "27", "0", 9, 9), plan(*b"NG", "234", "0", 8, 10),
    plan(*b"KE", "254", "0", 9, 9), plan(*b"IN", "91", "0", 10, 10), plan(*b"PK", "92", "0", 9, 10), plan(*b"LK", "94", "0", 9, 9),
    plan(*b"SG", "65", "", 8, 8), plan(*b"HK", "852", "", 8, 8), plan(*b"TW", "886", "0", 8, 9), plan(*b"MY", "60", "0", 8, 10),
    plan(*b"PH", "63", "0", 8, 10), plan(*b"TH", "66", "0", 8, 9), plan(*b"ID", "62", "0", 8, 12), plan(*b"VN", "84", "0", 9, 10),
    plan(*b"JP", "81", "0", 9, 10), plan(*b"KR", "82", "0", 8, 10), plan(*b"AU", "61", "0", 9, 9), plan(*b"NZ", "64", "0", 8, 10),
    plan(*b"MX", "52", "", 10, 10), plan(*b"BR", "55", "0", 10, 11),
];

/// Why a cell is no phone number, where more can be said than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum PhoneFault {
    /// A spreadsheet has rounded it: `1.55556E+10`.
    Rounded,
    /// It has no country code, and no country is said.
    NoCountry,
    /// It is a number with the country code in front, and without.
    Ambiguous,
}

impl PhoneFault {
    pub(in crate::bulk) const fn sentence(self) -> &'static str {
        match self {
            Self::Rounded => {
                "has lost digits: a spreadsheet has written it as a rounded number, such as 1.55556E+10. Format the column as text and enter the number again."
            }
            Self::NoCountry => {
                "has no + and country code, such as +15555550100. Write it, or say with `defaultCountry` where the numbers without one are."
            }
            Self::Ambiguous => "may have its country code in front or not. Write it with +.",
        }
    }
}

impl NumberingPlan {
    /// The plan of a country, by its two letters in any case.
    pub(in crate::bulk) fn of(country: &str) -> Option<&'static Self> {
        PLANS
            .iter()
            .find(|plan| plan.country.eq_ignore_ascii_case(country.as_bytes()))
    }

    /// A national number with the country code; nothing where it has too few or too many digits.
    fn international(&self, digits: &str) -> Result<Option<String>, PhoneFault> {
        let fits = |number: &str| {
            let is_italian_mobile = self.code == "39" && number.starts_with('3');
            let shortest = if is_italian_mobile { 9 } else { self.shortest };
            let longest = if is_italian_mobile { 10 } else { self.longest };
            (shortest..=longest).contains(&number.len())
        };
        // In North America no area begins with 0 or 1, and no exchange does.
        let is_american = |number: &str| {
            self.code != "1" || matches!(number.as_bytes(), [b'2'..=b'9', _, _, b'2'..=b'9', ..])
        };
        let number = |number: &str| {
            (fits(number) && is_american(number)).then(|| ["+", self.code, number].concat())
        };
        if !self.trunk.is_empty()
            && let Some(behind) = digits.strip_prefix(self.trunk)
        {
            return Ok(number(behind));
        }
        // A spreadsheet drops the zero in front, and a file the plus: which one it was, the length says.
        let with_code = digits.strip_prefix(self.code);
        let with_code = with_code.filter(|behind| !behind.starts_with('0'));
        match with_code {
            Some(behind) if !fits(digits) => Ok(number(behind)),
            Some(behind) if fits(behind) => Err(PhoneFault::Ambiguous),
            _ => Ok(number(digits)),
        }
    }
}

/// A phone number in E.164, as far as it can be told; what is none is left for the validator.
pub(in crate::bulk) fn read(
    cell: &str,
    plan: Option<&NumberingPlan>,
) -> Result<Option<String>, PhoneFault> {
    let text = match cell.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => cell.get(4..).unwrap_or_default(),
        _ => cell,
    };
    if is_rounded(text) {
        return Err(PhoneFault::Rounded);
    }
    // A spreadsheet's number: `15555550100.0`.
    let text = text
        .strip_suffix(".0")
        .filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or(text);
    let mut digits = String::new();
    let mut is_international = false;
    let mut rest = text.trim();
    while let Some(character) = rest.chars().next() {
        // The zero that is not dialled from abroad.
        if let Some(behind) = rest.strip_prefix("(0)").filter(|_| is_international) {
            rest = behind;
            continue;
        }
        match character {
            '0'..='9' => digits.push(character),
            '+' | '\u{FF0B}' if digits.is_empty() && !is_international => is_international = true,
            ' '
            | '\u{A0}'
            | '\u{202F}'
            | '\u{2009}'
            | '-'
            | '\u{2010}'..='\u{2014}'
            | '\u{2212}'
            | '.'
            | '('
            | ')'
            | '/'
            | '\u{B7}' => {}
            _ => return Ok(None),
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    if digits.is_empty() {
        return Ok(None);
    }
    if is_international {
        return Ok(Some(["+", &digits].concat()));
    }
    let Some(plan) = plan else {
        return if (7..=15).contains(&digits.len()) {
            Err(PhoneFault::NoCountry)
        } else {
            Ok(None)
        };
    };
    let abroad = if plan.code == "1" { "011" } else { "00" };
    if let Some(number) = digits.strip_prefix(abroad) {
        return Ok(Some(["+", number].concat()));
    }
    plan.international(&digits)
}

/// `1.55556E+10`.
fn is_rounded(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    is_digits(whole) && is_digits(fraction) && exponent.strip_prefix('+').is_some_and(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str, country: &str) -> Option<String> {
        read(cell, NumberingPlan::of(country)).unwrap()
    }

    #[test]
    fn a_number_that_may_have_its_country_code_is_not_guessed() {
        for (country, cell) in [
            ("AT", "436641234567"),
            ("NZ", "6421123456"),
            ("ID", "62812345678"),
            ("FI", "35840123456"),
        ] {
            let read = read(cell, NumberingPlan::of(country));
            assert_eq!(read, Err(PhoneFault::Ambiguous), "{cell}");
        }
        for (country, cell, expected) in [
            ("IT", "39398044662", "+39398044662"),
            ("IT", "3931234567", "+393931234567"),
            ("IT", "0612345678", "+390612345678"),
            ("AT", "6641234567", "+436641234567"),
            ("DE", "4915112345678", "+4915112345678"),
        ] {
            assert_eq!(reading(cell, country).as_deref(), Some(expected), "{cell}");
        }
    }

    #[test]
    fn a_number_is_read_as_people_of_a_country_write_it() {
        for (country, cell, expected) in [
            ("US", "(212) 555-0100", "+12125550100"),
            ("US", "212.555.0100", "+12125550100"),
            ("US", "1-212-555-0100", "+12125550100"),
            ("us", "12125550100", "+12125550100"),
            ("US", "12125550100.0", "+12125550100"),
            ("US", "2125550100.0", "+12125550100"),
            ("US", "tel:+1-212-555-0100", "+12125550100"),
            ("US", "011 44 20 7946 0958", "+442079460958"),
            ("GB", "020 7946 0958", "+442079460958"),
            ("GB", "07911 123456", "+447911123456"),
            ("GB", "7911123456", "+447911123456"),
            ("GB", "447911123456", "+447911123456"),
            ("GB", "0044 7911 123456", "+447911123456"),
            ("GB", "+44 (0)20 7946 0958", "+442079460958"),
            ("DE", "0151 23456789", "+4915123456789"),
            ("DE", "030/1234567", "+49301234567"),
            ("FR", "06 12 34 56 78", "+33612345678"),
            ("ES", "612 34 56 78", "+34612345678"),
            ("IT", "06 1234 5678", "+390612345678"),
            ("PL", "512 345 678", "+48512345678"),
            ("HU", "06 30 123 4567", "+36301234567"),
            ("NO", "412 34 567", "+4741234567"),
            ("IN", "098765 43210", "+919876543210"),
            ("JP", "090-1234-5678", "+819012345678"),
            ("US", "+33 6 12 34 56 78", "+33612345678"),
            ("", "+1 (212) 555‑0100", "+12125550100"),
        ] {
            assert_eq!(
                reading(cell, country).as_deref(),
                Some(expected),
                "{country} {cell}"
            );
        }
    }

    #[test]
    fn what_is_no_number_of_the_country_is_left() {
        for (country, cell) in [
            ("US", "555-0100"),
            ("US", "112-555-0100"),
            ("US", "212-155-0100"),
            ("US", "212-555-0100 x5"),
            ("ES", "0612345678"),
            ("FR", "612345"),
            ("", "n"),
            ("", "12"),
            ("US", "+"),
        ] {
            assert_eq!(reading(cell, country), None, "{country} {cell}");
        }
        assert_eq!(read("12125550100", None), Err(PhoneFault::NoCountry));
        assert_eq!(
            read("1.55556E+10", NumberingPlan::of("US")),
            Err(PhoneFault::Rounded)
        );
        assert_eq!(read("1,55556E+10", None), Err(PhoneFault::Rounded));
    }
}
