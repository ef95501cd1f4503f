//! What a search finds in titles and names of topics, while the index of the whole text is not complete.

use super::{Entry, ItemId, ItemSet, Library};
use crate::search::{TextSearch, Wanted, fold_into};

/// The words of a search, each with the items that one of their topics or sites has it in its name, so that the
/// names of topics are looked at once and not once an item.
pub(super) struct TextMatch<'a> {
    library: &'a Library,
    wanted: Vec<(String, ItemSet)>,
    unwanted: Vec<(String, ItemSet)>,
    /// The title that was looked at last, folded.
    title: String,
}

impl<'a> TextMatch<'a> {
    pub(super) fn of(text: &TextSearch, library: &'a Library) -> Self {
        let with_items = |wanted: &Wanted| {
            let words = wanted.term.tokens.join(" ");
            let has = |id| library.topics().folded(id).contains(words.as_str());
            let named = library.topics().iter().filter(|(id, topic)| !topic.kind.is_heading() && has(*id));
            let items = named.flat_map(|(id, _)| library.topics().items_in(id)).collect();
            (words, items)
        };
        Self {
            library,
            wanted: text.wanted.iter().map(with_items).collect(),
            unwanted: text.unwanted.iter().map(with_items).collect(),
            title: String::new(),
        }
    }

    /// Whether an item has all the words that are wanted and none of the others.
    pub(super) fn admits(&mut self, id: ItemId, entry: &Entry) -> bool {
        fold_into(self.library.title(entry), &mut self.title);
        let has =
            |(words, items): &(String, ItemSet)| items.contains(id) || self.title.contains(words.as_str());
        self.wanted.iter().all(has) && !self.unwanted.iter().any(has)
    }
}
