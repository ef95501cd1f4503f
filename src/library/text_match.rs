//! What a search finds in titles and names of topics, while the index of the whole text is not complete.

use super::{Entry, ItemId, ItemSet, Library, TopicId, TopicKind};
use crate::search::{TextSearch, Wanted, fold};

/// The words of a search, each with the items that one of their topics or sites has it in its name, so that the
/// names of topics are looked at once and not once an item.
pub(super) struct TextMatch<'a> {
    library: &'a Library,
    wanted: Vec<(String, ItemSet)>,
    unwanted: Vec<(String, ItemSet)>,
}

impl<'a> TextMatch<'a> {
    pub(super) fn of(text: &TextSearch, library: &'a Library) -> Self {
        let fold_name = |kind: TopicKind, name| if kind.is_heading() { String::new() } else { fold(name) };
        let topics = library.topics().iter();
        let names: Vec<String> = topics.map(|(_, topic)| fold_name(topic.kind, topic.label())).collect();
        let with_items = |wanted: &Wanted| {
            let words = wanted.term.tokens.join(" ");
            let marks: Vec<bool> = names.iter().map(|name| name.contains(words.as_str())).collect();
            let marked = |id: TopicId| marks.get(id.index()).copied().unwrap_or_default();
            let items = library.topics().items_in(|id, topic| marked(id) || topic.parent.is_some_and(marked));
            (words, items)
        };
        Self {
            library,
            wanted: text.wanted.iter().map(with_items).collect(),
            unwanted: text.unwanted.iter().map(with_items).collect(),
        }
    }

    /// Whether an item has all the words that are wanted and none of the others.
    pub(super) fn admits(&self, id: ItemId, entry: &Entry) -> bool {
        let title = fold(self.library.title(entry));
        let has = |(words, items): &(String, ItemSet)| items.contains(id) || title.contains(words.as_str());
        self.wanted.iter().all(has) && !self.unwanted.iter().any(has)
    }
}
