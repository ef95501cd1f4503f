//! Who wrote the original, and what the curators relate to it.

use super::super::{Offering, SafeText};
use super::{Dialect, LIST_LIMIT, Node, name_of};

/// Where the authors may stand, the best first.
pub(super) const AUTHORS: &[&str] = &["author", "authors", "by"];

/// Where the offerings stand.
pub(super) const OFFERINGS: &str = "relatedOfferings";

impl Dialect<'_, '_> {
    /// The authors, each once. A text that names several is left as it is: it may be one name with a comma in it.
    pub(super) fn authors(&mut self) -> Vec<SafeText> {
        AUTHORS
            .iter()
            .map(|path| self.authors_at(path))
            .find(|authors| !authors.is_empty())
            .unwrap_or_default()
    }

    fn authors_at(&mut self, path: &str) -> Vec<SafeText> {
        let Some(node) = self.node(path) else { return Vec::new() };
        let names: Vec<String> = node.entries().iter().filter_map(name_of).map(str::to_owned).collect();
        let length = self.take_at_most(path, names.len());
        let mut authors: Vec<SafeText> = Vec::new();
        for name in names.iter().take(length) {
            let author = self.clean(path, name);
            if !author.is_empty() && !authors.contains(&author) {
                authors.push(author);
            }
        }
        authors
    }

    /// The products and services that the curators relate to the item.
    pub(super) fn offerings(&mut self) -> Vec<Offering> {
        let Some(node) = self.node(OFFERINGS) else { return Vec::new() };
        let field = |node: &Node, key| node.get(key).and_then(Node::text).unwrap_or_default().to_owned();
        let found: Vec<(String, String)> = node
            .entries()
            .iter()
            .take(LIST_LIMIT.saturating_add(1))
            .map(|node| (name_of(node).unwrap_or_default().to_owned(), field(node, "permalink")))
            .collect();
        let length = self.take_at_most(OFFERINGS, found.len());
        let offerings = found.into_iter().take(length).map(|(label, permalink)| {
            let permalink = SafeText::new(&permalink);
            let label = self.clean(OFFERINGS, &label);
            Offering { label: if label.is_empty() { permalink.clone() } else { label }, permalink }
        });
        offerings.filter(|offering| !offering.label.is_empty()).collect()
    }
}
