//! Links that may be opened.

use std::fmt;

use url::Url;

/// The longest address that is accepted, in bytes; browsers and servers agree on little beyond it.
pub const LINK_LIMIT: usize = 2048;

/// An address that was parsed as `http` or `https` and is safe to draw and to hand to a browser: ASCII only
/// (host in Punycode, the rest percent-encoded), with a host, and with no user name or password before it.
///
/// The only way to make one is [`Link::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link(Box<str>);

/// Why an address is not one that may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// It has no scheme, as a path on some site has none.
    #[error("it is not a full web address")]
    NotAbsolute,
    /// It is `javascript:`, `file:`, `data:`, `mailto:`, or anything else but `http` and `https`.
    #[error("only http and https addresses are opened")]
    Scheme,
    /// A control character, an invisible character or a line end stands in it.
    #[error("it has a control or invisible character")]
    ControlCharacter,
    /// A user name or password stands before the host, as in addresses that pretend to be another site's.
    #[error("it has a user name or password before its host")]
    Credentials,
    /// It is longer than [`LINK_LIMIT`].
    #[error("it is longer than {LINK_LIMIT} bytes")]
    TooLong,
    /// The URL standard cannot read it.
    #[error("it is not a valid web address")]
    Invalid,
}

impl Link {
    /// Parses an address as the WHATWG URL standard says. `None` when it is not an absolute `http` or
    /// `https` address that fits the promise of this type.
    pub fn parse(text: &str) -> Option<Self> {
        Self::check(text).ok()
    }

    /// Parses an address as [`Link::parse`] does, and says why when it refuses it.
    pub fn check(text: &str) -> Result<Self, LinkRefused> {
        let text = checked_text(text)?;
        match Url::parse(text) {
            Ok(url) => Self::from_url(url),
            Err(url::ParseError::RelativeUrlWithoutBase) => Err(LinkRefused::NotAbsolute),
            Err(_) => Err(LinkRefused::Invalid),
        }
    }

    /// The address that `reference`, found on the page at this address, points to. `None` when that is not one
    /// that may be opened.
    pub fn join(&self, reference: &str) -> Option<Self> {
        let base = Url::parse(&self.0).ok()?;
        Self::from_url(base.join(checked_text(reference).ok()?).ok()?).ok()
    }

    fn from_url(url: Url) -> Result<Self, LinkRefused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(LinkRefused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(LinkRefused::Credentials);
        }
        let address = String::from(url);
        if address.len() > LINK_LIMIT {
            return Err(LinkRefused::TooLong);
        }
        // The URL standard leaves only printable ASCII, but the promise of this type must not rest on that.
        if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(LinkRefused::Invalid);
        }
        let link = Self(address.into_boxed_str());
        if link.host().is_empty() { Err(LinkRefused::Invalid) } else { Ok(link) }
    }

    /// The address in full.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without a leading `www.`, as a reader would name the site.
    pub fn site(&self) -> &str {
        let host = self.host();
        let without = host.strip_prefix("www.").unwrap_or(host);
        if without.contains('.') { without } else { host }
    }

    /// The form in which two addresses of one page are alike, for telling items apart: no scheme, host without
    /// `www.`, no fragment, no parameters that only track where a reader came from, no slash at the end. It is
    /// not an address to open.
    ///
    /// A fragment that begins with `/` or `!/` is kept: a single-page site serves one address and names all of its
    /// pages there, so without it they would all count as one page.
    pub fn canonical(&self) -> String {
        let (address, fragment) = self.0.split_once('#').unwrap_or((&*self.0, ""));
        let (_, host_and_path) = address.split_once("://").unwrap_or(("", address));
        let mut canonical = without_tracking(host_and_path.strip_prefix("www.").unwrap_or(host_and_path));
        let fragment = fragment.strip_prefix('!').unwrap_or(fragment);
        let route = fragment.strip_prefix('/').and_then(|route| route.split('#').next());
        let route = route.map(without_tracking).filter(|route| !route.is_empty());
        if let Some(route) = route {
            canonical.push_str("#/");
            canonical.push_str(&route);
        }
        canonical
    }

    /// The host, in lower case and without a port.
    fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
        match authority.split_once(']') {
            Some((address, _)) => authority.get(..=address.len()).unwrap_or(authority),
            None => authority.split(':').next().unwrap_or(authority),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// The text of an address without white space around it, if no character in it could hide what it is. The URL
/// standard would drop line ends and tabs silently, and so read another address than a person does.
fn checked_text(text: &str) -> Result<&str, LinkRefused> {
    let text = text.trim();
    if text.len() > LINK_LIMIT {
        return Err(LinkRefused::TooLong);
    }
    let hidden = |character: char| character.is_control() || super::cleaner::is_dropped(character);
    if text.chars().any(hidden) { Err(LinkRefused::ControlCharacter) } else { Ok(text) }
}

/// A path with its query, without a slash at the end and without parameters that only track where a reader came from.
fn without_tracking(path_and_query: &str) -> String {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let mut kept = path.trim_end_matches('/').to_owned();
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty() && !is_tracking(parameter));
    for (index, parameter) in parameters.enumerate() {
        kept.push(if index == 0 { '?' } else { '&' });
        kept.push_str(parameter);
    }
    kept
}

/// Whether a parameter of a query only says where a reader came from.
fn is_tracking(parameter: &str) -> bool {
    const NAMES: &[&str] = &[
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "_ga",
        "_gl",
        "vero_id",
        "oly_anon_id",
        "oly_enc_id",
    ];
    let name = parameter.split('=').next().unwrap_or(parameter).to_ascii_lowercase();
    name.starts_with("utm_") || NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_kept_as_browsers_would_write_it() {
        let cases = [
            ("https://www.healthcareitnews.com/news/emea/x", "https://www.healthcareitnews.com/news/emea/x"),
            ("  http://Example.ORG  ", "http://example.org/"),
            ("https://bücher.example/ä b?q=ü", "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC"),
            ("https://example.org:443/a/../b", "https://example.org/b"),
            ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
            ("HTTPS://example.org/?a=1&b=2#c", "https://example.org/?a=1&b=2#c"),
        ];
        for (text, address) in cases {
            assert_eq!(Link::parse(text).expect(text).as_str(), address);
        }
    }

    #[test]
    fn an_address_that_may_not_be_opened_is_refused_with_its_reason() {
        use LinkRefused::{ControlCharacter, Credentials, Invalid, NotAbsolute, Scheme, TooLong};
        let long = format!("https://example.org/{}", "x".repeat(LINK_LIMIT));
        let grows = format!("https://example.org/{}", "ä".repeat(LINK_LIMIT / 3));
        let cases = [
            ("", NotAbsolute),
            ("/news/one", NotAbsolute),
            ("//example.org/", NotAbsolute),
            ("example.org", NotAbsolute),
            ("--help", NotAbsolute),
            ("javascript:alert(1)", Scheme),
            ("JaVaScRiPt:alert(1)", Scheme),
            ("data:text/html,x", Scheme),
            ("file:///etc/passwd", Scheme),
            ("mailto:a@example.org", Scheme),
            ("ftp://example.org/", Scheme),
            ("java\nscript:alert(1)", ControlCharacter),
            ("https://example.org/\u{1b}[31m", ControlCharacter),
            ("https://exa\tmple.org/", ControlCharacter),
            ("https://example.org/\u{202e}gpj.exe", ControlCharacter),
            ("https://exam\u{ad}ple.org/", ControlCharacter),
            ("https://healthcareitnews.com@evil.example/", Credentials),
            ("https://user:secret@example.org/", Credentials),
            ("https://", Invalid),
            ("https://exa mple.org/", Invalid),
            ("https://example.org:99999/", Invalid),
            (long.as_str(), TooLong),
            (grows.as_str(), TooLong),
        ];
        for (text, reason) in cases {
            assert_eq!(Link::check(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn the_site_is_the_host_as_a_reader_names_it() {
        let cases = [
            ("https://www.healthcareitnews.com/news", "healthcareitnews.com"),
            ("https://news.example.org:8443/", "news.example.org"),
            ("http://[2001:db8::1]:8080/x", "[2001:db8::1]"),
            ("https://www.com/", "www.com"),
            ("http://127.0.0.1?x", "127.0.0.1"),
        ];
        for (text, site) in cases {
            assert_eq!(Link::parse(text).expect(text).site(), site);
        }
    }

    #[test]
    fn addresses_of_one_page_have_one_canonical_form() {
        let cases = [
            ("http://WWW.example.org", "example.org"),
            ("https://example.org/a/", "example.org/a"),
            ("https://example.org/a?utm_source=x&id=7&fbclid=y#part", "example.org/a?id=7"),
            ("https://example.org/A?UTM_Medium=z", "example.org/A"),
            ("https://example.org:8080/?b=1&a=2", "example.org:8080?b=1&a=2"),
            ("https://example.org/a#/", "example.org/a"),
            ("https://example.org/a#!", "example.org/a"),
            ("https://example.org/a#:~:text=dose", "example.org/a"),
        ];
        for (text, canonical) in cases {
            assert_eq!(Link::parse(text).expect(text).canonical(), canonical);
        }
    }

    #[test]
    fn pages_of_a_single_page_site_are_told_apart_by_what_stands_behind_the_hash() {
        let cases = [
            ("https://www.example.org/#/news/1", "example.org#/news/1"),
            ("https://example.org/#/news/2/", "example.org#/news/2"),
            ("http://example.org/#!/news/1", "example.org#/news/1"),
            (
                "https://example.org/app/?utm_source=x#/news?id=7&utm_medium=y#part",
                "example.org/app#/news?id=7",
            ),
            ("https://example.org/#/?utm_source=x", "example.org"),
        ];
        for (text, canonical) in cases {
            assert_eq!(Link::parse(text).expect(text).canonical(), canonical, "{text}");
        }
    }

    #[test]
    fn links_in_a_body_are_read_against_the_address_of_the_original() {
        let base = Link::parse("https://example.org/news/one.html").expect("base");
        let cases = [
            ("two.html", Some("https://example.org/news/two.html")),
            ("/about", Some("https://example.org/about")),
            ("//other.example/", Some("https://other.example/")),
            ("#notes", Some("https://example.org/news/one.html#notes")),
            ("javascript:alert(1)", None),
            ("//me:secret@other.example/", None),
            ("two\u{200b}.html", None),
        ];
        for (reference, address) in cases {
            assert_eq!(base.join(reference).as_ref().map(Link::as_str), address, "{reference}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_keeps_the_promise_and_parses_to_itself(text in "(https?:)?[/\\\\]{0,3}.{0,40}") {
            if let Some(link) = Link::parse(&text) {
                prop_assert!(link.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(link.as_str().starts_with("http://") || link.as_str().starts_with("https://"));
                prop_assert!(!link.site().is_empty() && !link.site().contains('@'));
                prop_assert_eq!(Link::parse(link.as_str()), Some(link));
            }
        }
    }
}
