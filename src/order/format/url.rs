//! URLs that the API may be asked to call.

use super::email::is_domain;
use crate::json::whole;

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
    let bytes = text.as_bytes();
    let printable = |byte: &u8| {
        byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
    };
    if !bytes.iter().all(printable) {
        return false;
    }
    let (secure, rest) = match (after_scheme(bytes, b"https"), after_scheme(bytes, b"http")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return false,
    };
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    host(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default())
        .is_some_and(|host| secure || is_loopback_bytes(host))
}

/// Whether a host name or address never leaves the machine.
pub fn is_loopback(host: &str) -> bool {
    is_loopback_bytes(host.as_bytes())
}

fn is_loopback_bytes(host: &[u8]) -> bool {
    let end = |length: usize| {
        host.len()
            .checked_sub(length)
            .and_then(|start| host.get(start..))
    };
    host.eq_ignore_ascii_case(b"localhost")
        || end(10).is_some_and(|end| end.eq_ignore_ascii_case(b".localhost"))
        || host == b"[::1]"
        || is_loopback_v4(host)
}

/// Whether it is four numbers below 256 of which the first is 127.
fn is_loopback_v4(host: &[u8]) -> bool {
    let mut octets = 0_u32;
    host.starts_with(b"127.")
        && host.split(|byte| *byte == b'.').all(|octet| {
            octets = octets.saturating_add(1);
            number(octet, 3).is_some_and(|number| number < 256)
        })
        && octets == 4
}

fn after_scheme<'a>(bytes: &'a [u8], scheme: &[u8]) -> Option<&'a [u8]> {
    let (given, rest) = bytes.split_at_checked(scheme.len())?;
    given
        .eq_ignore_ascii_case(scheme)
        .then(|| rest.strip_prefix(b"://"))
        .flatten()
}

/// The host of an authority without user name; nothing where it is malformed.
fn host(authority: &[u8]) -> Option<&[u8]> {
    let colon = match authority {
        [b'[', ..] => authority
            .iter()
            .position(|byte| *byte == b']')?
            .checked_add(1)?,
        _ => authority
            .iter()
            .position(|byte| *byte == b':')
            .unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at_checked(colon)?;
    let port_fits = match port {
        [] => true,
        [b':', port @ ..] => number(port, 5).is_some_and(|port| (1..65_536).contains(&port)),
        _ => false,
    };
    (port_fits && is_host(host)).then_some(host)
}

fn is_host(host: &[u8]) -> bool {
    match host {
        // The shape is enough: a callback to a wrong address is a call that does not come.
        [b'[', inside @ .., b']'] => {
            inside.iter().any(|byte| *byte == b':')
                && inside
                    .iter()
                    .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        }
        [name @ .., b'.'] | name => name.len() <= 253 && is_domain(name),
    }
}

/// A number of at most so many digits.
fn number(digits: &[u8], longest: usize) -> Option<u32> {
    if digits.is_empty() || digits.len() > longest {
        return None;
    }
    whole(digits)
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
