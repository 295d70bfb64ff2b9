//! E-mail addresses, by the rule that browsers use for `<input type=email>`.

/// Whether a text is a [valid e-mail address](https://html.spec.whatwg.org/#valid-e-mail-address).
///
/// ```
/// use giftcard_partners::order::format::is_email;
///
/// assert!(is_email("jo.o'neil+cards@example.com"));
/// assert!(!is_email("Jo <jo@example.com>"));
/// ```
pub fn is_email(text: &str) -> bool {
    let bytes = text.as_bytes();
    let local = bytes
        .iter()
        .position(|byte| !is_of(*byte, LOCAL))
        .unwrap_or(0);
    match bytes.split_at_checked(local) {
        Some(([_, ..], [b'@', domain @ ..])) => is_domain(domain),
        _ => false,
    }
}

/// Labels of a host name, with a dot between each two: 1 to 63 letters, digits and hyphens, no hyphen at either end.
pub(super) fn is_domain(domain: &[u8]) -> bool {
    let mut length = 0_u32;
    let mut before = b'.';
    let ends_well = |length: u32, before: u8| before != b'-' && matches!(length, 1..=63);
    for byte in domain {
        if *byte == b'.' {
            if !ends_well(length, before) {
                return false;
            }
            length = 0;
        } else {
            if !is_of(*byte, LABEL) || length == 0 && *byte == b'-' {
                return false;
            }
            length = length.wrapping_add(1);
        }
        before = *byte;
    }
    ends_well(length, before)
}

/// What is made of a byte in front of the `@`, and in a label behind it.
const LOCAL: u8 = 1;
const LABEL: u8 = 2;

/// One look at a table for each byte of an address: a spreadsheet has millions of them.
#[expect(
    clippy::indexing_slicing,
    reason = "it is made when it is compiled, where an index that is wrong is an error"
)]
static KINDS: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        kinds[byte as usize] = if byte.is_ascii_alphanumeric() || byte == b'-' {
            LOCAL | LABEL
        } else {
            match byte {
                b'.'
                | b'!'
                | b'#'..=b'\''
                | b'*'
                | b'+'
                | b'/'
                | b'='
                | b'?'
                | b'^'..=b'`'
                | b'{'..=b'~' => LOCAL,
                _ => 0,
            }
        };
        byte = byte.wrapping_add(1);
    }
    kinds
};

fn is_of(byte: u8, kind: u8) -> bool {
    KINDS
        .get(usize::from(byte))
        .is_some_and(|kinds| kinds & kind != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_part_has_the_characters_of_the_standard() {
        for byte in 0..=u8::MAX {
            let expected = byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);

            assert_eq!(is_of(byte, LOCAL), expected, "{byte}");
        }
    }

    #[test]
    fn an_address_is_what_a_browser_takes() {
        for good in [
            "a@b",
            "a.b@c.d",
            ".a@b",
            "a..b@c",
            "a@1.2.3.4",
            "!#$%&'*+/=?^_`{|}~-@x.y",
        ] {
            assert!(is_email(good), "{good}");
        }
        let label = "x".repeat(64);
        for bad in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b c",
            "a@-b",
            "a@b-",
            "a@b..c",
            "a@b.",
            "a@b@c",
            "ä@b",
            "a@ä",
            "\"a\"@b",
            " a@b",
            "a@b\n",
            &format!("a@{label}"),
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
