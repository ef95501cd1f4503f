//! The folded names of topics, one behind the other: a search among very many passes over one text.

use super::TopicId;

/// The folded names of all topics, in the order of their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct FoldedNames {
    text: String,
    names: Vec<FoldedName>,
}

/// Where a name is in the text, and the taxonomy that the topic is a term of.
#[derive(Debug, Clone, Copy)]
struct FoldedName {
    start: usize,
    end: usize,
    taxonomy: Option<TopicId>,
}

impl FoldedNames {
    /// Adds the name of the next topic.
    pub fn push(&mut self, folded: &str, taxonomy: Option<TopicId>) {
        let start = self.text.len();
        self.text.push_str(folded);
        self.names.push(FoldedName { start, end: self.text.len(), taxonomy });
    }

    /// The name of a topic.
    pub fn get(&self, id: TopicId) -> &str {
        self.names.get(id.index()).map_or("", |name| self.text_of(*name))
    }

    /// Puts the name of a topic in the place of a text, after that of its taxonomy if it is a term of one:
    /// `healthcare it news: precision medicine`.
    pub fn write_full(&self, id: TopicId, full: &mut String) {
        full.clear();
        let Some(name) = self.names.get(id.index()) else { return };
        if let Some(taxonomy) = name.taxonomy {
            full.push_str(self.get(taxonomy));
            full.push_str(": ");
        }
        full.push_str(self.text_of(*name));
    }

    fn text_of(&self, name: FoldedName) -> &str {
        self.text.get(name.start..name.end).unwrap_or_default()
    }
}
