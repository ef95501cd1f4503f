//! Choosing the items of one topic.

use std::collections::BTreeSet;

use super::words::nearest;
use crate::library::{ItemId, Library, Topic, TopicId, TopicKind, View};
use crate::search::fold;

/// Lets the items of one topic pass.
pub struct TopicFilter<'a> {
    typed: &'a str,
    library: &'a Library,
    wanted: Vec<TopicId>,
}

impl<'a> TopicFilter<'a> {
    /// A filter for a term, a taxonomy, or both as `Taxonomy: Term`, whatever the case.
    pub fn new(typed: &'a str, library: &'a Library) -> Self {
        let folded = fold(typed.trim());
        let is_wanted = |(id, topic): &(TopicId, &Topic)| {
            names(library, *id, topic).iter().any(|name| fold(name) == folded)
        };
        let wanted = library.topics().iter().filter(is_wanted).map(|(id, _)| id).collect();
        Self { typed, library, wanted }
    }

    /// Whether an item has the topic.
    pub fn admits(&self, item: ItemId) -> bool {
        self.wanted.iter().any(|topic| self.library.is_in(View::Topic(*topic), item))
    }

    /// The topics that are nearest to the one that was asked for.
    pub fn nearest(&self) -> Vec<String> {
        const SUGGESTIONS: usize = 5;
        let known: BTreeSet<String> =
            self.library.topics().iter().flat_map(|(id, topic)| names(self.library, id, topic)).collect();
        let found = nearest(self.typed, known.iter().map(String::as_str), SUGGESTIONS);
        found.into_iter().map(str::to_owned).collect()
    }
}

/// What a topic may be called by: nothing where it holds no item, or is none of those that a person files items under.
fn names(library: &Library, id: TopicId, topic: &Topic) -> Vec<String> {
    let is_for_filing =
        matches!(topic.kind, TopicKind::Taxonomy | TopicKind::Term | TopicKind::Uncategorised);
    if topic.counts.total == 0 || !is_for_filing {
        return Vec::new();
    }
    vec![topic.label().to_owned(), library.topics().full_label(id)]
}
