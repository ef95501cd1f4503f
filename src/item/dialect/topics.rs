//! The topics of an item.

use super::super::Topic;
use super::{Dialect, Node, name_of};

/// Where topics may stand, the best first; the first that holds any is used. In the later ones, which other
/// collections share, a text may name several topics with commas between them.
pub(super) const TOPICS: &[(&str, Commas)] = &[
    ("categories", Commas::BelongToTerms),
    ("category", Commas::BelongToTerms),
    ("openProjectCustomFields.medigyTopics", Commas::BelongToTerms),
    ("medigyTopics", Commas::BelongToTerms),
    ("taxonomies.categories", Commas::BelongToTerms),
    ("categoryLabel", Commas::BelongToTerms),
    ("categorySlug", Commas::BelongToTerms),
    ("topics", Commas::PartTerms),
    ("topic", Commas::PartTerms),
    ("taxonomies.topics", Commas::PartTerms),
    ("tags", Commas::PartTerms),
    ("tag", Commas::PartTerms),
    ("taxonomies.tags", Commas::PartTerms),
    ("specialties", Commas::PartTerms),
    ("taxonomies.specialties", Commas::PartTerms),
    ("subjects", Commas::PartTerms),
    ("mesh", Commas::BelongToTerms),
    ("keywords", Commas::PartTerms),
    ("taxonomies", Commas::BelongToTerms),
];

/// What a comma in a text says that is not an entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    /// It belongs to a term, as in `Data Interpretation, Statistical`.
    BelongToTerms,
    /// It parts two terms.
    PartTerms,
}

impl Dialect<'_, '_> {
    /// The topics, each once, in the order of the file.
    pub(super) fn topics(&mut self) -> Vec<Topic> {
        TOPICS
            .iter()
            .map(|(path, commas)| self.topics_at(path, *commas))
            .find(|topics| !topics.is_empty())
            .unwrap_or_default()
    }

    fn topics_at(&mut self, path: &str, commas: Commas) -> Vec<Topic> {
        let Some(node) = self.node(path) else { return Vec::new() };
        let texts = match node.text() {
            Some(text) if commas == Commas::PartTerms => text.split(',').map(str::to_owned).collect(),
            _ => texts_of(node),
        };
        let length = self.take_at_most(path, texts.len());
        let mut seen: Vec<String> = Vec::new();
        let mut topics = Vec::new();
        for text in texts.iter().take(length) {
            let Some(topic) = Topic::parse(&self.clean(path, &text.replace("**", ""))) else { continue };
            let folded = topic.folded();
            if !seen.contains(&folded) {
                seen.push(folded);
                topics.push(topic);
            }
        }
        topics
    }
}

/// The texts in a value, which may be a list, and that of lists. A map that names a topic is its name; any other is
/// `Taxonomy: Term` for want of quotation marks around it.
fn texts_of(node: &Node) -> Vec<String> {
    match node {
        Node::List(nodes) => nodes.iter().flat_map(texts_of).collect(),
        Node::Map(entries) => match name_of(node) {
            Some(name) => vec![name.to_owned()],
            None => entries.iter().flat_map(|(key, node)| with_taxonomy(key, node)).collect(),
        },
        Node::Null | Node::Text(_) | Node::Word(_) => node.text().map(str::to_owned).into_iter().collect(),
    }
}

fn with_taxonomy(taxonomy: &str, node: &Node) -> Vec<String> {
    // A map of truth values is a list of what is true.
    if node.is_absent() || node.text() == Some("true") {
        return vec![taxonomy.to_owned()];
    }
    node.entries().iter().filter_map(Node::text).map(|term| format!("{taxonomy}: {term}")).collect()
}
