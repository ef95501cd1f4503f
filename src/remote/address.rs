//! The address of a bundle on the web, as a person types it.

use std::fmt;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::digest::Sha256;
use super::fragment::{Fragment, FragmentRefused};
use crate::item::{Link, LinkRefused, SafeText};

/// The address of a bundle: `https` (or `http`, where that is allowed), perhaps with a name and a password before
/// the host, perhaps with a [`Fragment`] behind it, such as `#sha256=…`, which pins the bundle to one content.
///
/// What is shown of it, [`Display`](fmt::Display) and [`Debug`] alike, has neither name nor password, and is safe
/// to draw.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// Without name, password and fragment.
    url: Url,
    credentials: Option<Credentials>,
    pin: Option<Sha256>,
    /// The folder of the bundle that is read, where one was chosen with `#path=…`.
    folder: Option<String>,
}

/// A name and a password, as they are sent. They are never shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Credentials {
    pub(super) name: String,
    pub(super) password: String,
}

/// Why an address is not one that a bundle may be fetched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressRefused {
    /// It is not an address that may be opened at all.
    #[error("{0}. Give the whole address, such as https://news.example.org/health.tar.zst")]
    Link(#[from] LinkRefused),
    /// It is `http`, and nobody allowed that.
    #[error("plain http can be read and changed on its way. Use https, or allow it with --allow-http")]
    Http,
    /// What stands behind the `#` is not understood.
    #[error(transparent)]
    Fragment(#[from] FragmentRefused),
    /// It is pinned to one content, and was to be pinned to another.
    #[error(
        "the configuration pins this address to another content. Leave out what follows the #, or change the configuration"
    )]
    OtherPin,
}

impl Address {
    /// Reads an address. Plain `http` is only accepted with `allow_http`, or when it leads to this machine.
    ///
    /// # Errors
    ///
    /// When it may not be fetched, or what stands behind its `#` is not understood: that may be a pin.
    pub fn parse(text: &str, allow_http: bool) -> Result<Self, AddressRefused> {
        let text = text.trim();
        let (place, fragment) =
            text.split_once('#').map_or((text, None), |(place, rest)| (place, Some(rest)));
        // The URL standard drops line ends and tabs silently, and so would read another address than a person does. In
        // a pasted line of sha256sum two spaces stand side by side.
        let line = fragment.unwrap_or_default().replace("  ", " ");
        if [place, &line].iter().any(|text| SafeText::new(text).as_str() != text.trim()) {
            return Err(LinkRefused::ControlCharacter.into());
        }
        let mut url = Url::parse(place).map_err(|error| match error {
            url::ParseError::RelativeUrlWithoutBase => LinkRefused::NotAbsolute,
            _ => LinkRefused::Invalid,
        })?;
        let fragment = fragment.map(Fragment::parse).transpose()?.unwrap_or_default();
        let Fragment { sha256: pin, folder } = fragment;
        let credentials = Credentials::of(&url);
        // These two fail only for addresses that have no host, which the check after them refuses.
        let _ = url.set_username("").and_then(|()| url.set_password(None));
        Link::check(url.as_str())?;
        if url.scheme() == "http" && !allow_http && !is_this_machine(&url) {
            return Err(AddressRefused::Http);
        }
        Ok(Self { url, credentials, pin, folder })
    }

    /// The digest that the bundle must have.
    pub fn pin(&self) -> Option<Sha256> {
        self.pin
    }

    /// The folder of the bundle that was chosen, as it was typed: not known to be one.
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// Pins it to one content.
    ///
    /// # Errors
    ///
    /// When it is pinned to another one.
    pub fn pin_to(&mut self, pin: Sha256) -> Result<(), AddressRefused> {
        if self.pin.is_some_and(|known| known != pin) {
            return Err(AddressRefused::OtherPin);
        }
        self.pin = Some(pin);
        Ok(())
    }

    /// The host, as it may be shown.
    pub fn host(&self) -> SafeText {
        shown_host(&self.url)
    }

    /// The name of the file that it leads to, decoded, as it may be shown. `None` where it ends in a slash.
    pub fn file_name(&self) -> Option<SafeText> {
        let name = self.url.path_segments()?.next_back()?;
        let name = SafeText::new(&percent_decode_str(name).decode_utf8_lossy());
        (!name.is_empty()).then_some(name)
    }

    /// The address of a file that lies beside this one, whose name is longer by an ending. Name, password and query are
    /// the same; it has no pin.
    #[must_use]
    pub fn beside(&self, ending: &str) -> Self {
        let mut url = self.url.clone();
        url.set_path(&format!("{}{ending}", self.url.path()));
        Self { url, credentials: self.credentials.clone(), pin: None, folder: None }
    }

    /// A text that is, or was meant to be, an address as it may be shown: without name and password.
    pub fn shown(text: &str) -> SafeText {
        let parsed = Url::parse(text.trim());
        let is_path = matches!(parsed, Err(url::ParseError::RelativeUrlWithoutBase)) && !text.contains("://");
        let Some((scheme, rest)) = text.split_once(':').filter(|_| !is_path) else {
            return SafeText::new(text);
        };
        // The URL standard takes any number of slashes for two, either way round.
        let rest = rest.trim_start_matches(['/', '\\', '\t', '\n', '\r']);
        let end = match parsed {
            // Whatever stands behind the host, a path may have an @ in it.
            Ok(url) if url.username().is_empty() && url.password().is_none() => return SafeText::new(text),
            Ok(_) => rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()),
            // Where it cannot be told what is the password, all that may be is left out.
            Err(_) => rest.len(),
        };
        let host = rest.get(..end).and_then(|site| site.rfind('@')).map(|at| at.saturating_add(1));
        match host.and_then(|host| rest.get(host..)) {
            Some(rest) => SafeText::new(&format!("{scheme}://{rest}")),
            None => SafeText::new(text),
        }
    }

    /// The address without name, password and pin.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The name and password, when `url` is on the site that they were given for.
    pub(super) fn credentials_for(&self, url: &Url) -> Option<&Credentials> {
        self.credentials.as_ref().filter(|_| url.origin() == self.url.origin())
    }
}

/// The host of an address, with its port where that is not the usual one, as it may be shown.
pub(super) fn shown_host(url: &Url) -> SafeText {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => SafeText::new(&format!("{host}:{port}")),
        None => SafeText::new(host),
    }
}

/// Whether an address leads to this machine by its wording alone.
pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Credentials {
    fn of(url: &Url) -> Option<Self> {
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials =
            Self { name: decoded(url.username()), password: decoded(url.password().unwrap_or_default()) };
        let empty = credentials.name.is_empty() && credentials.password.is_empty();
        (!empty).then_some(credentials)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.url.as_str())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn an_address_is_shown_without_password_and_pin() {
        let pinned = format!("https://news.example.org/health.zip#sha256={DIGEST}");
        let cases = [
            ("  https://News.Example.org/a b.zip ", "https://news.example.org/a%20b.zip"),
            ("https://me:s3cret@example.org:8443/x", "https://example.org:8443/x"),
            ("http://localhost:8000/x", "http://localhost:8000/x"),
            ("http://127.0.0.1/x", "http://127.0.0.1/x"),
            ("http://[::1]:8000/x", "http://[::1]:8000/x"),
            (pinned.as_str(), "https://news.example.org/health.zip"),
        ];
        for (text, shown) in cases {
            let address = Address::parse(text, false).expect(text);
            assert_eq!(address.to_string(), shown);
            assert_eq!(format!("{address:?}"), format!("Address({shown})"));
        }
        let address = Address::parse(&pinned, false).expect("pinned");
        assert_eq!(address.pin().map(|pin| pin.to_string()).as_deref(), Some(DIGEST));
    }

    #[test]
    fn a_folder_of_a_bundle_can_be_chosen_beside_a_pin() {
        let cases = [
            ("#path=content/post", Some("content/post"), false),
            ("#path=a%20b", Some("a b"), false),
            ("#sha256=DIGEST&path=x", Some("x"), true),
            ("#path=x&sha256=DIGEST", Some("x"), true),
        ];
        for (fragment, folder, has_pin) in cases {
            let text = format!("https://example.org/x.zip{}", fragment.replace("DIGEST", DIGEST));
            let address = Address::parse(&text, false).expect(fragment);
            assert_eq!((address.folder(), address.pin().is_some()), (folder, has_pin), "{fragment}");
        }
        for fragment in ["#path=", "#path=./", "#path=../x", "#path=a/%2e%2e/b"] {
            let address = Address::parse(&format!("https://example.org/x.zip{fragment}"), false);
            assert_eq!(address, Err(AddressRefused::Fragment(FragmentRefused::Folder)), "{fragment}");
        }
    }

    #[test]
    fn a_pin_keeps_the_password_and_is_not_exchanged() {
        let mut address = Address::parse("https://me:s3cret@example.org/x", false).expect("an address");
        let [one, other] = [[1; 32], [2; 32]].map(Sha256::from);
        assert_eq!(address.pin_to(one), Ok(()));
        assert_eq!(address.pin_to(one), Ok(()));
        assert_eq!(address.pin_to(other), Err(AddressRefused::OtherPin));
        assert!(address.pin() == Some(one) && address.credentials.is_some());
    }

    #[test]
    fn what_may_not_be_fetched_is_refused_with_its_reason() {
        use LinkRefused::{ControlCharacter, Invalid, NotAbsolute, Scheme, TooLong};
        let long = format!("https://example.org/{}", "x".repeat(crate::item::LINK_LIMIT));
        let cases = [
            ("", NotAbsolute),
            ("news.example.org/x.zip", NotAbsolute),
            ("file:///etc/passwd", Scheme),
            ("ftp://example.org/x.zip", Scheme),
            ("javascript:alert(1)", Scheme),
            ("data:application/zip;base64,xx", Scheme),
            ("https://", Invalid),
            ("https://exa\tmple.org/", ControlCharacter),
            ("https://example.org/\u{1b}]52;c;x\u{7}", ControlCharacter),
            ("https://example.org/\u{202e}piz.x", ControlCharacter),
            (long.as_str(), TooLong),
        ];
        for (text, reason) in cases {
            assert_eq!(Address::parse(text, true), Err(AddressRefused::Link(reason)), "{text:?}");
        }
        for text in ["http://example.org/x", "http://10.0.0.1/x", "http://localhost.example.org/"] {
            assert_eq!(Address::parse(text, false), Err(AddressRefused::Http), "{text}");
            assert!(Address::parse(text, true).is_ok(), "{text}");
        }
        for fragment in ["", "part", "sha256:", "sha256=", "sha256=abc"] {
            let text = format!("https://example.org/x#{fragment}");
            let refused = Address::parse(&text, false);
            assert!(matches!(refused, Err(AddressRefused::Fragment(_))), "{text}: {refused:?}");
        }
    }

    #[test]
    fn the_signature_lies_beside_the_bundle() {
        let pinned = format!("https://me:s3cret@example.org/h%C3%A9.zip?token=1#sha256={DIGEST}");
        let beside = Address::parse(&pinned, false).expect("pinned").beside(".minisig");
        assert_eq!(beside.to_string(), "https://example.org/h%C3%A9.zip.minisig?token=1");
        assert_eq!((beside.pin(), beside.credentials.is_some()), (None, true));
        assert_eq!(beside.file_name().as_deref(), Some("hé.zip.minisig"));
        let nameless = ["https://example.org", "https://example.org/news/", "https://example.org/%1b"];
        for text in nameless {
            assert_eq!(Address::parse(text, false).expect(text).file_name(), None, "{text}");
        }
    }

    #[test]
    fn no_password_is_ever_shown() {
        let cases = [
            ("https://me:secret@example.org/x#sha256=0", "https://example.org/x#sha256=0"),
            ("https://me@example.org/@x", "https://example.org/@x"),
            ("https://example.org/a b@c", "https://example.org/a b@c"),
            ("https://me:secret@exa mple.org/", "https://exa mple.org/"),
            ("https://me:sec/r@et@example.org/x", "https://example.org/x"),
            ("https:///me:secret@example.org/x", "https://example.org/x"),
            ("ftp:/\\me:secret@example.org/@x", "ftp://example.org/@x"),
            ("https:me:secret@example.org/x", "https://example.org/x"),
            ("https:/me:secret@exa mple.org/", "https://exa mple.org/"),
            ("ht tp://me:secret@example.org/x", "ht tp://example.org/x"),
            ("/srv/a:b@c", "/srv/a:b@c"),
            ("/home/me/news\u{1b}[2J", "/home/me/news"),
        ];
        for (text, shown) in cases {
            assert_eq!(Address::shown(text).as_str(), shown);
        }
    }

    #[test]
    fn a_password_goes_to_the_site_it_was_given_for_and_to_no_other() {
        let address = Address::parse("https://me:p%40ss@example.org/x.zip", false).expect("an address");
        let sent =
            |url| address.credentials_for(&Url::parse(url).expect(url)).map(|sent| sent.password.as_str());
        assert_eq!(sent("https://example.org/y.zip"), Some("p@ss"));
        for other in ["https://cdn.example.org/", "http://example.org/", "https://example.org:8443/"] {
            assert_eq!(sent(other), None, "{other}");
        }
    }
}
