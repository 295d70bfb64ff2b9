//! Phone numbers in E.164, the form of the API's sample (`+15555555555`).

/// Whether a text is a phone number in E.164: `+`, a country code that does not begin with 0, 7 to 15 digits in all.
///
/// ```
/// use giftcard_partners::order::format::is_phone;
///
/// assert!(is_phone("+15555555555"));
/// assert!(!is_phone("+1 (555) 555-5555"));
/// ```
pub fn is_phone(text: &str) -> bool {
    text.strip_prefix("+").is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with("0")
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_e_164_is_a_phone_number() {
        for good in ["+15555555555", "+2904321", "+123456789012345"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in [
            "",
            "+",
            "15555555555",
            "+05555555555",
            "+123456",
            "+1234567890123456",
            "+1555555555a",
            "+1 5555555555",
            "+１５５５５５５５",
        ] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
