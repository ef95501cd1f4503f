//! Numbers the links of an article.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::item::Link;

/// The most links of one article that get a number.
pub(super) const MAX_LINKS: usize = 999;

/// The links of an article in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Links<'a> {
    base: Option<&'a Link>,
    list: Vec<Link>,
    numbers: HashMap<Link, u16>,
}

impl<'a> Links<'a> {
    /// No links yet. Relative addresses will be resolved against `base`.
    pub(super) fn new(base: Option<&'a Link>) -> Self {
        Self { base, ..Self::default() }
    }

    /// The address that a reference leads to, unless it leads nowhere, to another place of the same page, or
    /// to something that is not a web page.
    pub(super) fn resolve(&self, reference: &str) -> Option<Link> {
        let reference = mended(reference);
        if reference.is_empty() || reference.starts_with('#') {
            return None;
        }
        Link::parse(&identified(&reference)).or_else(|| self.base?.join(&reference))
    }

    /// The number of a link; the same address always has the same one. `None` when there are too many.
    pub(super) fn number(&mut self, link: &Link) -> Option<u16> {
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
    pub(super) fn into_list(self) -> Vec<Link> {
        self.list
    }
}

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

    #[test]
    fn one_address_has_one_number() {
        let mut links = Links::new(None);
        let first = Link::parse("https://a.org/").expect("a valid address");
        let second = Link::parse("https://b.org/").expect("a valid address");
        let numbers = [&first, &second, &first].map(|link| links.number(link));
        assert_eq!(numbers, [Some(1), Some(2), Some(1)]);
    }

    #[test]
    fn links_beyond_the_limit_have_no_number() {
        let mut links = Links::new(None);
        let numbers: Vec<_> = (0..=MAX_LINKS)
            .map(|n| links.number(&Link::parse(&format!("https://a.org/{n}")).expect("a valid address")))
            .collect();
        assert_eq!(numbers.last(), Some(&None));
        assert_eq!(numbers.iter().flatten().count(), MAX_LINKS);
    }
}
