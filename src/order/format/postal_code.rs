//! Postal codes, as far as a wrong one can surely be told: a parcel with one does not arrive.

/// What is surely wrong with a postal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostalCodeFault {
    /// What a spreadsheet puts around a text to keep it one: `'02134`, `="02134"`.
    Guarded,
    /// What a spreadsheet makes of digits when it takes them for a number: `2134.0`, `2.134E+03`.
    Number,
    /// Digits that have lost the zeros in front of them: `2134` of `02134`.
    LostZero(u64),
    /// Not in the form of the country, of which this is an example; empty where none is known.
    Form(&'static str),
}

/// How the codes of a country are written.
enum Form {
    /// Five digits, or five and four: `02134`, `02134-1234`.
    Zip,
    /// A letter, a digit, a letter; a digit, a letter, a digit: `K1A 0B1`.
    Canadian,
    /// One or two letters, a digit and perhaps one more character; a digit and two letters: `SW1A 1AA`.
    British,
    /// So many digits, of which the first may be a zero.
    Digits(u64),
    /// Not known here.
    Other,
}

impl Form {
    fn of(country: [u8; 2]) -> Self {
        match &country {
            // The states in free association and the territories have ZIP codes too.
            b"US" | b"PR" | b"VI" | b"GU" | b"AS" | b"MP" | b"FM" | b"MH" | b"PW" => Self::Zip,
            b"CA" => Self::Canadian,
            b"GB" | b"GG" | b"IM" | b"JE" => Self::British,
            b"DE" | b"FR" | b"IT" | b"ES" | b"FI" | b"MX" => Self::Digits(5),
            b"AU" | b"NO" | b"ZA" => Self::Digits(4),
            _ => Self::Other,
        }
    }
}

/// What is surely wrong with a postal code of a country; of a country that is not known, only what is wrong everywhere.
///
/// ```
/// use giftcard_partners::order::format::{PostalCodeFault, postal_code_fault};
///
/// assert_eq!(postal_code_fault("02134-1234", Some(*b"US")), None);
/// assert_eq!(postal_code_fault("2134", Some(*b"US")), Some(PostalCodeFault::LostZero(5)));
/// assert_eq!(postal_code_fault("SW1A 1AA", Some(*b"GB")), None);
/// ```
pub fn postal_code_fault(text: &str, country: Option<[u8; 2]>) -> Option<PostalCodeFault> {
    let bytes = text.trim().as_bytes();
    if matches!(bytes, [b'\'' | b'=', ..]) {
        return Some(PostalCodeFault::Guarded);
    }
    if is_spreadsheet_number(bytes) {
        return Some(PostalCodeFault::Number);
    }
    let form = country.map_or(Form::Other, Form::of);
    let length = bytes.len() as u64;
    let is_short = match form {
        // No code begins with three zeros.
        Form::Zip => matches!(length, 3 | 4),
        Form::Digits(digits) => length < digits,
        _ => false,
    };
    if is_short && length > 0 && bytes.iter().all(u8::is_ascii_digit) {
        return Some(PostalCodeFault::LostZero(match form {
            Form::Digits(digits) => digits,
            _ => 5,
        }));
    }
    let (fits, example) = match form {
        Form::Zip => (
            has_shape(bytes, b"99999") || has_shape(bytes, b"99999-9999"),
            "02134 or 02134-1234",
        ),
        Form::Canadian => (is_canadian(bytes), "K1A 0B1"),
        Form::British => (is_british(bytes), "SW1A 1AA"),
        Form::Digits(_) | Form::Other => (true, ""),
    };
    // Punctuation alone is no code anywhere.
    let has_character = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    (!fits || !bytes.iter().any(has_character)).then_some(PostalCodeFault::Form(example))
}

/// Digits with a decimal point between them, or with an exponent.
fn is_spreadsheet_number(bytes: &[u8]) -> bool {
    let mut points = 0_u32;
    let mut exponents = 0_u32;
    let mut before = 0;
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {}
            b'.' | b',' if exponents == 0 && before != 0 => points = points.wrapping_add(1),
            b'E' | b'e' if before != 0 => exponents = exponents.wrapping_add(1),
            b'+' | b'-' if matches!(before, b'E' | b'e') => {}
            _ => return false,
        }
        before = *byte;
    }
    let has_sign = bytes.iter().any(|byte| *byte == b'+');
    before.is_ascii_digit() && (points == 1 && exponents <= 1 || exponents == 1 && has_sign)
}

/// Whether a text has a digit for each `9`, a letter for each `A`, and else what stands there.
fn has_shape(bytes: &[u8], shape: &[u8]) -> bool {
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_alphabetic(),
        other => byte == other,
    };
    bytes.len() == shape.len() && bytes.iter().zip(shape).all(fits)
}

/// The two halves of a code, with a space between them or nothing; the second one has three characters.
fn halves(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (front, back) = bytes.split_at_checked(bytes.len().checked_sub(3)?)?;
    Some((front.strip_suffix(b" ").unwrap_or(front), back))
}

fn is_canadian(bytes: &[u8]) -> bool {
    let bytes_have = |bytes: &[u8], letters: &[u8]| {
        bytes.iter().any(|byte| {
            letters
                .iter()
                .any(|letter| byte.eq_ignore_ascii_case(letter))
        })
    };
    halves(bytes).is_some_and(|(front, back)| {
        has_shape(front, b"A9A")
            && has_shape(back, b"9A9")
            && !bytes_have(bytes, b"DFIOQU")
            && !bytes_have(front.get(..1).unwrap_or_default(), b"WZ")
    })
}

fn is_british(bytes: &[u8]) -> bool {
    const FRONTS: [&[u8]; 6] = [b"A9", b"A99", b"AA9", b"AA99", b"A9A", b"AA9A"];

    halves(bytes).is_some_and(|(front, back)| {
        let is_girobank = front.eq_ignore_ascii_case(b"GIR");
        has_shape(back, b"9AA")
            && (is_girobank || FRONTS.iter().any(|shape| has_shape(front, shape)))
    })
}

#[cfg(test)]
mod tests {
    use super::PostalCodeFault::{Form, Guarded, LostZero, Number};
    use super::{PostalCodeFault, postal_code_fault};

    #[track_caller]
    fn assert_fault(country: &str, expected: Option<PostalCodeFault>, codes: &[&str]) {
        let country = country.as_bytes().try_into().ok();
        for code in codes {
            assert_eq!(postal_code_fault(code, country), expected, "{code}");
        }
    }

    #[test]
    fn a_zip_code_has_five_digits_or_five_and_four() {
        for country in ["US", "PR", "GU"] {
            assert_fault(country, None, &["02134", "00501", "99950-1234"]);
            assert_fault(country, Some(LostZero(5)), &["2134", "501"]);
            assert_fault(
                country,
                Some(Number),
                &["2134.0", "2134.00", "2.134E+03", "2,134", "1e+4"],
            );
            assert_fault(
                country,
                Some(Form("02134 or 02134-1234")),
                &[
                    "ABCDE",
                    "1",
                    "123456",
                    "02134-",
                    "021341234",
                    "02134 1234",
                    "0213O",
                    "-",
                    "K1A 0B1",
                ],
            );
            assert_fault(country, Some(Guarded), &["'02134", "=\"02134\"", "'2134"]);
        }
    }

    #[test]
    fn a_canadian_code_is_letter_and_digit_in_turns() {
        assert_fault("CA", None, &["K1A 0B1", "k1a0b1", "V6B 4Y8"]);
        assert_fault(
            "CA",
            Some(Form("K1A 0B1")),
            &[
                "K1A 0B", "K1A  0B1", "D1A 0B1", "W1A 0B1", "K1O 0B1", "12345", "K1A-0B11",
                "0K1 A0B",
            ],
        );
        assert_fault("CA", Some(Guarded), &["'K1A 0B1"]);
    }

    #[test]
    fn a_british_code_is_of_one_of_six_forms() {
        for country in ["GB", "JE", "IM"] {
            assert_fault(
                country,
                None,
                &[
                    "M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "ec1a1bb",
                    "GIR 0AA",
                ],
            );
            assert_fault(
                country,
                Some(Form("SW1A 1AA")),
                &["12345", "SW1A", "1AA SW1", "SW1A 1A", "ABC1 1AA", ""],
            );
        }
    }

    #[test]
    fn elsewhere_only_what_is_surely_wrong_is() {
        for country in ["IE", "NL", "JP", "", "??"] {
            assert_fault(
                country,
                None,
                &["D02 X285", "1234 AB", "060-0000", "2134", "KY1-1234"],
            );
            assert_fault(country, Some(Number), &["2134.0", "2.134E+03", "5E+04"]);
            assert_fault(country, Some(Guarded), &["'02134", "=\"02134\""]);
            assert_fault(country, Some(Form("")), &["-", "??", "..."]);
        }
        assert_fault("DE", None, &["01067", "D-01067"]);
        assert_fault("DE", Some(LostZero(5)), &["1067"]);
        assert_fault("AU", None, &["0800"]);
        assert_fault("AU", Some(LostZero(4)), &["800"]);
    }
}
