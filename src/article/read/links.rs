//! Numbers the links of an article.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::address::is_mail_address;
use super::places::{Places, name_in};
use crate::article::target::Target;
use crate::item::{Link, SafeText};

/// The most links of one article that get a number.
pub(super) const MAX_LINKS: usize = 999;

/// The links of an article in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Links<'a> {
    base: Option<&'a Link>,
    pub(super) places: Places,
    list: Vec<Target>,
    numbers: HashMap<Target, u16>,
}

impl<'a> Links<'a> {
    /// No links yet. Relative addresses will be resolved against `base`.
    pub(super) fn new(base: Option<&'a Link>) -> Self {
        Self { base, ..Self::default() }
    }

    /// What a reference leads to: a place of the same article, a mail address or a page. `None` when it leads nowhere
    /// that a reader can go.
    pub(super) fn target(&self, reference: &str) -> Option<Target> {
        let place = name_in(reference.trim(), self.base)
            .and_then(|name| Some((self.places.number(&name)?, SafeText::new(&name))));
        if let Some((number, name)) = place {
            return Some(Target::Place { name, number });
        }
        if let Some(address) = mail_address(reference) {
            return Some(Target::Mail(address));
        }
        self.resolve(reference).map(Target::Web)
    }

    /// The address of the page that a reference leads to, unless it leads nowhere, to another place of the same page, or
    /// to something that is not a web page.
    pub(super) fn resolve(&self, reference: &str) -> Option<Link> {
        let reference = mended(reference);
        if reference.is_empty() || reference.starts_with('#') {
            return None;
        }
        Link::parse(&identified(&reference)).or_else(|| self.base?.join(&reference))
    }

    /// The number of a link; what leads to the same always has the same one. `None` when there are too many.
    pub(super) fn number(&mut self, link: &Target) -> Option<u16> {
        if let Some(&number) = self.numbers.get(link) {
            return Some(number);
        }
        if self.list.len() >= MAX_LINKS {
            return None;
        }
        self.list.push(link.clone());
        let number = u16::try_from(self.list.len()).ok()?;
        self.numbers.insert(link.clone(), number);
        Some(number)
    }

    /// All links; the first is number 1.
    pub(super) fn into_list(self) -> Vec<Target> {
        self.list
    }
}

/// The mail address that a reference leads to, with or without `mailto:`.
fn mail_address(reference: &str) -> Option<SafeText> {
    let reference = reference.trim();
    let scheme = reference.get(..MAILTO.len()).filter(|scheme| scheme.eq_ignore_ascii_case(MAILTO));
    let address = reference.get(scheme.map_or(0, str::len)..)?;
    let address = address.split('?').next().unwrap_or_default();
    let address = percent_decode_str(address).decode_utf8_lossy();
    is_mail_address(&address).then(|| SafeText::new(&address))
}

const MAILTO: &str = "mailto:";

/// A reference as browsers read it: a line end in it, as editors leave there, does not belong to it.
fn mended(reference: &str) -> Cow<'_, str> {
    let reference = reference.trim();
    if reference.contains(['\n', '\r', '\t']) {
        Cow::Owned(reference.replace(['\n', '\r', '\t'], ""))
    } else {
        Cow::Borrowed(reference)
    }
}

/// The web address of what is named without one: by its DOI, by its number in `PubMed`, or by its host.
fn identified(reference: &str) -> Cow<'_, str> {
    const PLACES: [(&str, &str); 3] = [
        ("doi", "https://doi.org/"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/"),
        ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/"),
    ];
    if reference.starts_with("www.") {
        return Cow::Owned(format!("https://{reference}"));
    }
    let Some((scheme, number)) = reference.split_once(':') else { return Cow::Borrowed(reference) };
    let place = PLACES.iter().find(|(known, _)| scheme.eq_ignore_ascii_case(known));
    place.map_or(Cow::Borrowed(reference), |(_, place)| Cow::Owned(format!("{place}{}", number.trim())))
}

/// The scheme of a reference that leads somewhere Rounds does not go: not to a page, and not to a person.
pub(super) fn refused_scheme(reference: &str) -> Option<String> {
    const PEOPLE: [&str; 5] = ["mailto", "tel", "sms", "callto", "fax"];
    let reference = mended(reference);
    let (scheme, _) = reference.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_person = PEOPLE.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (is_scheme && !is_person).then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Link {
        Link::parse("https://example.org/news/today").expect("a valid address")
    }

    #[test]
    fn only_web_pages_elsewhere_are_links() {
        let base = base();
        let links = Links::new(Some(&base));
        for (reference, expected) in [
            ("https://who.int/a b", Some("https://who.int/a%20b")),
            ("/topic/x", Some("https://example.org/topic/x")),
            ("other", Some("https://example.org/news/other")),
            ("//cdn.example.org/x", Some("https://cdn.example.org/x")),
            ("#notes", None),
            ("", None),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("mailto:a@b.org", None),
            ("https://who.int/\n  news", Some("https://who.int/%20%20news")),
            ("https://who\n.int/a\tb", Some("https://who.int/ab")),
            ("doi:10.1056/NEJMoa1", Some("https://doi.org/10.1056/NEJMoa1")),
            ("PMID: 123", Some("https://pubmed.ncbi.nlm.nih.gov/123")),
        ] {
            assert_eq!(links.resolve(reference).as_ref().map(Link::as_str), expected, "{reference}");
        }
    }

    #[test]
    fn what_leads_neither_to_a_page_nor_to_a_person_is_refused() {
        for (reference, scheme) in [
            ("ftp://a.org/x", Some("ftp")),
            ("JavaScript:x", Some("javascript")),
            ("mailto:a@b.org", None),
            ("/a:b", None),
            ("#x", None),
            ("x y:z", None),
        ] {
            assert_eq!(refused_scheme(reference).as_deref(), scheme, "{reference}");
        }
    }

    fn page(address: &str) -> Target {
        Target::Web(Link::parse(address).expect("a valid address"))
    }

    #[test]
    fn mail_addresses_and_places_are_told_from_pages() {
        let base = base();
        let links = Links::new(Some(&base));
        let mail = |address| Some(Target::Mail(SafeText::new(address)));
        for (reference, expected) in [
            ("mailto:a@b.org?subject=x", mail("a@b.org")),
            ("MAILTO:a%40b.org", mail("a@b.org")),
            ("a@b.org", mail("a@b.org")),
            ("mailto:", None),
            ("#nowhere", None),
            ("https://medium.com/@a.org", Some(page("https://medium.com/@a.org"))),
        ] {
            assert_eq!(links.target(reference), expected, "{reference}");
        }
    }

    #[test]
    fn one_address_has_one_number() {
        let mut links = Links::new(None);
        let (first, second) = (page("https://a.org/"), page("https://b.org/"));
        let numbers = [&first, &second, &first].map(|link| links.number(link));
        assert_eq!(numbers, [Some(1), Some(2), Some(1)]);
    }

    #[test]
    fn links_beyond_the_limit_have_no_number() {
        let mut links = Links::new(None);
        let numbers: Vec<_> =
            (0..=MAX_LINKS).map(|n| links.number(&page(&format!("https://a.org/{n}")))).collect();
        assert_eq!(numbers.last(), Some(&None));
        assert_eq!(numbers.iter().flatten().count(), MAX_LINKS);
    }
}
