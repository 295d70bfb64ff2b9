//! URLs that the API may be asked to call.

use super::email::is_label;

/// Whether a text is a URL that can be called back: `https:` with a host and no user name; `http:` for loopback only, which
/// is how the sandbox is tried on one machine.
///
/// ```
/// use giftcard_partners::order::format::is_callback_url;
///
/// assert!(is_callback_url("https://example.com/hooks?po=1"));
/// assert!(!is_callback_url("http://example.com/hooks"));
/// assert!(is_callback_url("http://127.0.0.1:8080/hooks"));
/// ```
pub fn is_callback_url(text: &str) -> bool {
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
    {
        return false;
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some(host) = host(authority) else {
        return false;
    };
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") && is_loopback(host)
}

/// Whether a host name or address never leaves the machine.
pub fn is_loopback(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    let octets = || name.split('.').map(|octet| octet.parse::<u8>().ok());
    name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || octets().count() == 4
            && octets().all(|octet| octet.is_some())
            && octets().next() == Some(Some(127))
}

/// The host of an authority without user name; nothing where it is malformed.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = if authority.starts_with('[') {
        let end = authority.find(']')?.checked_add(1)?;
        let (host, port) = authority.split_at_checked(end)?;
        let inside = host.strip_prefix('[')?.strip_suffix(']')?;
        // The shape is enough: a callback to a wrong address is a call that does not come.
        let plausible = inside.contains(':')
            && inside
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
        if !plausible {
            return None;
        }
        (
            host,
            if port.is_empty() {
                None
            } else {
                Some(port.strip_prefix(':')?)
            },
        )
    } else {
        match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        }
    };
    let port_fits = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    let name = host.strip_suffix('.').unwrap_or(host);
    let named = host.starts_with('[')
        || name.len() <= 253
            && name
                .split('.')
                .all(|label| is_label(&label.replace('_', "-")));
    (port_fits && named).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_with_a_host_can_be_called_back() {
        for good in [
            "https://example.com",
            "HTTPS://Example.com:8443/a?b=c#d",
            "https://xn--bcher-kva.example/",
            "https://[2001:db8::1]/x",
            "http://localhost:1/",
            "http://127.9.9.9/",
            "http://[::1]:80/",
        ] {
            assert!(is_callback_url(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "https:///x",
            "http://example.com",
            "ftp://example.com",
            "https://user:pw@example.com/",
            "https://example.com:0/",
            "https://example.com:70000/",
            "https://exa mple.com",
            "https://-a.example",
            "https://[::1",
            "//example.com",
            "https://bücher.example",
            "http://127.0.0.1.example.com/",
            "http://127.1/",
            "javascript:alert(1)",
        ] {
            assert!(!is_callback_url(bad), "{bad}");
        }
    }
}
