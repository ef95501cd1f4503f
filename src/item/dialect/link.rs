//! The link to the original article, and its site.

use super::super::problem_code::LINK_REFUSED;
use super::super::{Link, SafeText};
use super::{Dialect, Node};

/// Where the link may stand, the best first: as the curators set it, as they found it, as the page itself says, and
/// as other collections spell it. (`aliases` and `permalink` are the item's own addresses, and so is a `url` that is not a
/// whole one.)
pub(super) const LINKS: &[(&str, Form)] = &[
    ("link.original", Form::Address),
    ("link", Form::Address),
    ("original", Form::Address),
    ("link.href", Form::Address),
    ("link.url", Form::Address),
    ("href", Form::Address),
    ("herf", Form::Address),
    ("openProjectCustomFields.sourceUrl", Form::Address),
    ("openProjectCustomFields.cleanUrl", Form::Address),
    ("openGraphMetaData.ogurl", Form::Address),
    ("htmlMetaData.ogurl", Form::Address),
    ("twitterMetaData.twitterurl", Form::Address),
    ("ogurl", Form::Address),
    ("twitterurl", Form::Address),
    ("sourceUrl", Form::Address),
    ("source_url", Form::Address),
    ("original_url", Form::Address),
    ("originalUrl", Form::Address),
    ("link_url", Form::Address),
    ("linkUrl", Form::Address),
    ("external_link", Form::Address),
    ("externalLink", Form::Address),
    ("externalUrl", Form::Address),
    ("external_url", Form::Address),
    ("external-url", Form::Address),
    ("bookmark-of", Form::Address),
    ("canonicalUrl", Form::Address),
    ("canonical_url", Form::Address),
    ("canonical", Form::AddressOrText),
    ("seo.canonical", Form::AddressOrText),
    ("links", Form::AddressOrText),
    ("source", Form::AddressOrText),
    ("uri", Form::AddressOrText),
    ("url", Form::AddressOrText),
    ("doi", Form::Doi),
    ("pmid", Form::Pmid),
    ("pmcid", Form::Pmcid),
];

/// How a value names the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By its address, and nothing else is meant.
    Address,
    /// By its address, or else the value means something else.
    AddressOrText,
    /// By its DOI (<https://www.doi.org/the-identifier/resources/handbook/>), with or without the name before it.
    Doi,
    /// By its number in `PubMed`.
    Pmid,
    /// By its number in `PubMed` Central, which begins with `PMC`.
    Pmcid,
}

impl Form {
    /// The address that a value stands for; `None` where it stands for none.
    fn address(self, text: &str) -> Option<String> {
        let text = text.trim();
        match self {
            Self::Address => Some(whole(text)),
            Self::AddressOrText => Some(whole(text)).filter(|address| has_scheme(address)),
            Self::Doi => Some(if has_scheme(text) { text.to_owned() } else { of_doi(text) }),
            Self::Pmid => {
                let number = without_name(text, "pmid");
                let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
                Some(if is_number {
                    format!("https://pubmed.ncbi.nlm.nih.gov/{number}/")
                } else {
                    text.to_owned()
                })
            }
            Self::Pmcid => {
                let number = without_name(text, "pmcid")
                    .trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
                let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
                let address = format!("https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/");
                Some(if is_number { address } else { text.to_owned() })
            }
        }
    }
}

/// An address as it is meant where it stands without its beginning, as an entity of HTML, or as a DOI.
fn whole(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&#38;", "&");
    let starts_with = |beginning: &str| {
        text.get(..beginning.len()).is_some_and(|found| found.eq_ignore_ascii_case(beginning))
    };
    if starts_with("doi:") {
        return of_doi(&text);
    }
    match text.as_str() {
        rest if rest.starts_with("//") => format!("https:{rest}"),
        rest if starts_with("www.") => format!("https://{rest}"),
        _ => text,
    }
}

fn has_scheme(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|found| found.eq_ignore_ascii_case(scheme)))
}

/// The address of a DOI. What is none stays as it is, and is refused as an address then.
fn of_doi(text: &str) -> String {
    let doi = without_name(text, "doi");
    if !doi.starts_with("10.") || !doi.contains('/') {
        return text.to_owned();
    }
    format!("https://doi.org/{}", doi.replace('%', "%25").replace('#', "%23").replace('?', "%3F"))
}

/// A text without a name and a colon before it.
fn without_name<'a>(text: &'a str, name: &str) -> &'a str {
    let begins = text.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    let behind =
        text.get(name.len()..).filter(|_| begins).and_then(|rest| rest.trim_start().strip_prefix(':'));
    behind.unwrap_or(text).trim()
}

/// Where the site may be named.
pub(super) const SITES: &[&str] = &["link.brand", "linkBrand", "brand"];

impl Dialect<'_, '_> {
    /// The first link that may be opened. Warns of those before it that may not.
    pub(super) fn link(&mut self) -> Option<Link> {
        LINKS.iter().find_map(|(path, form)| {
            let candidates: Vec<String> =
                self.node(path)?.entries().iter().filter_map(address_in).map(str::to_owned).collect();
            candidates.iter().find_map(|candidate| self.check(path, *form, candidate))
        })
    }

    fn check(&mut self, path: &str, form: Form, text: &str) -> Option<Link> {
        match Link::check(&form.address(text)?) {
            Ok(link) => Some(link),
            Err(reason) => {
                let shown: String = SafeText::new(text).chars().take(100).collect();
                let message = format!(
                    "The link {shown} in `{}` was not used: {reason}. Give the address of the original article, from \
                     https:// on.",
                    self.spelt(path)
                );
                self.problems.warn(self.line_of(path), LINK_REFUSED, &message);
                None
            }
        }
    }

    /// The name of the site where the original was published: as the curators say, else the host of its link.
    pub(super) fn site(&mut self, link: Option<&Link>) -> Option<SafeText> {
        let named =
            self.first_text(SITES).map(|site| SafeText::new(site.strip_prefix("www.").unwrap_or(&site)));
        named.or_else(|| link.map(|link| SafeText::new(link.site())))
    }
}

/// The address in a value, which may be a map that has it.
fn address_in(node: &Node) -> Option<&str> {
    node.text().or_else(|| ["url", "href", "link"].iter().find_map(|name| node.get(name)?.text()))
}
