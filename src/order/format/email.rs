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
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte))
        .count();
    match bytes.split_at_checked(local) {
        Some(([_, ..], [b'@', domain @ ..])) => is_domain(domain),
        _ => false,
    }
}

/// Labels of a host name, with a dot between each two.
pub(super) fn is_domain(domain: &[u8]) -> bool {
    domain.split(|byte| *byte == b'.').all(is_label)
}

/// A label of a host name: 1 to 63 letters, digits and hyphens, no hyphen at either end.
fn is_label(label: &[u8]) -> bool {
    (1..=63).contains(&label.len())
        && label
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && label.first() != Some(&b'-')
        && label.last() != Some(&b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

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
