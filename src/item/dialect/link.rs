//! The link to the original article, and its site.

use super::super::problem_code::LINK_REFUSED;
use super::super::{Link, SafeText};
use super::{Dialect, Node};

/// Where the link may stand, the best first: as the curators set it, as they found it, as the page itself says, and
/// as other collections spell it. (`aliases`, `url` and `permalink` are the item's own addresses.)
pub(super) const LINKS: &[&str] = &[
    "link.original",
    "link",
    "original",
    "link.href",
    "href",
    "herf",
    "openProjectCustomFields.sourceUrl",
    "openProjectCustomFields.cleanUrl",
    "openGraphMetaData.ogurl",
    "htmlMetaData.ogurl",
    "twitterMetaData.twitterurl",
    "ogurl",
    "twitterurl",
    "sourceUrl",
    "source_url",
    "canonicalUrl",
    "canonical_url",
    "externalUrl",
    "external_url",
];

/// Where the site may be named.
pub(super) const SITES: &[&str] = &["link.brand", "linkBrand", "brand"];

impl Dialect<'_, '_> {
    /// The first link that may be opened. Warns of those before it that may not.
    pub(super) fn link(&mut self) -> Option<Link> {
        LINKS.iter().find_map(|path| {
            let candidates: Vec<String> =
                self.node(path)?.entries().iter().filter_map(Node::text).map(str::to_owned).collect();
            candidates.iter().find_map(|candidate| self.check(path, candidate))
        })
    }

    fn check(&mut self, path: &str, text: &str) -> Option<Link> {
        match Link::check(text) {
            Ok(link) => Some(link),
            Err(reason) => {
                let shown: String = SafeText::new(text).chars().take(100).collect();
                let message = format!(
                    "The link {shown} in `{path}` was not used: {reason}. Give the address of the original article, from \
                     https:// on."
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
