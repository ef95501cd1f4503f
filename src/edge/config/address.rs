//! Addresses of bundles, as far as the configuration has to know them.

use url::{Host, Url};

use crate::item::{LINK_LIMIT, SafeText};

/// Why an address cannot be a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    /// It cannot be read as one.
    #[error(
        "this is no web address. Give the whole address, such as https://news.example.org/health.tar.zst"
    )]
    Invalid,
    /// It is neither `http` nor `https`.
    #[error("only https addresses are opened. Give one, such as https://news.example.org/health.tar.zst")]
    Scheme,
    /// It is `http`, and nobody allowed that.
    #[error("plain http can be read and changed on its way. Use https, or allow it with --allow-http")]
    Http,
}

/// Whether a location is an address, and not a path.
pub fn is_address(location: &str) -> bool {
    location.contains("://")
}

/// Checks an address. Plain `http` is only accepted with `allow_http`, or when it leads to this machine.
pub fn check_address(text: &str, allow_http: bool) -> Result<(), AddressRefused> {
    // The URL standard drops line ends and tabs silently, and so would read another address than a person does.
    if text.len() > LINK_LIMIT || SafeText::new(text).as_str() != text {
        return Err(AddressRefused::Invalid);
    }
    let url = Url::parse(text).map_err(|_| AddressRefused::Invalid)?;
    match url.scheme() {
        "https" => Ok(()),
        "http" if allow_http || is_this_machine(&url) => Ok(()),
        "http" => Err(AddressRefused::Http),
        _ => Err(AddressRefused::Scheme),
    }
}

/// A location as it may be shown: safe to draw, and an address without the name and password before its host.
pub fn shown_location(location: &str) -> SafeText {
    let Some(mut url) = Url::parse(location).ok().filter(|_| is_address(location)) else {
        return SafeText::new(location);
    };
    if url.username().is_empty() && url.password().is_none() {
        return SafeText::new(location);
    }
    // These two fail only for addresses that have no host, and so no name before it.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    SafeText::new(url.as_str())
}

/// Whether an address leads to this machine by its wording alone.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_never_be_fetched_is_refused() {
        use AddressRefused::{Http, Invalid, Scheme};
        let long = format!("https://example.org/{}", "x".repeat(LINK_LIMIT));
        let cases = [
            ("https://news.example.org/health.tar.zst", false, Ok(())),
            ("https://me:secret@example.org/x#sha256=00", false, Ok(())),
            ("http://localhost:8000/x", false, Ok(())),
            ("http://127.0.0.1/x", false, Ok(())),
            ("http://[::1]:8000/x", false, Ok(())),
            ("http://example.org/x", false, Err(Http)),
            ("http://localhost.example.org/x", false, Err(Http)),
            ("http://example.org/x", true, Ok(())),
            ("ftp://example.org/x.zip", true, Err(Scheme)),
            ("file:///etc/passwd", true, Err(Scheme)),
            ("https://", true, Err(Invalid)),
            ("://x", true, Err(Invalid)),
            ("https://exa\tmple.org/", true, Err(Invalid)),
            ("https://example.org/\u{202e}piz", true, Err(Invalid)),
            (long.as_str(), true, Err(Invalid)),
        ];
        for (address, allow_http, expected) in cases {
            assert_eq!(check_address(address, allow_http), expected, "{address:?}");
        }
    }

    #[test]
    fn no_password_is_ever_shown() {
        let cases = [
            ("https://me:secret@example.org/x", "https://example.org/x"),
            ("https://me@example.org/x", "https://example.org/x"),
            ("https://example.org/a b", "https://example.org/a b"),
            ("/home/me/news\u{1b}[2J", "/home/me/news"),
        ];
        for (location, shown) in cases {
            assert_eq!(shown_location(location).as_str(), shown);
        }
    }
}
