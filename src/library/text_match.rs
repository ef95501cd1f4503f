//! What a search finds in titles and names of topics, while the index of the whole text is not complete.

use super::{Entry, ItemId, ItemSet, Library};
use crate::search::{TextSearch, Wanted, indexable};

/// The words of a search in all their spellings, each with the items that one of their topics or sites has it in its name, so that the
/// names of topics are looked at once and not once an item.
pub(super) struct TextMatch<'a> {
    library: &'a Library,
    wanted: Vec<(Vec<String>, ItemSet)>,
    unwanted: Vec<(Vec<String>, ItemSet)>,
    /// The title that was looked at last, as the index would have it.
    title: String,
}

impl<'a> TextMatch<'a> {
    pub(super) fn of(text: &TextSearch, library: &'a Library) -> Self {
        let with_items = |wanted: &Wanted| {
            let spellings: Vec<_> =
                wanted.term.spellings().iter().map(|spelling| spelling.tokens.join(" ")).collect();
            let has = |id| is_in(&spellings, library.topics().folded(id));
            let named = library.topics().iter().filter(|(id, topic)| !topic.kind.is_heading() && has(*id));
            let items = named.flat_map(|(id, _)| library.topics().items_in(id)).collect();
            (spellings, items)
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
        self.title.clear();
        indexable(self.library.title(entry), &mut self.title);
        let has =
            |(spellings, items): &(Vec<String>, ItemSet)| items.contains(id) || is_in(spellings, &self.title);
        self.wanted.iter().all(has) && !self.unwanted.iter().any(has)
    }
}

fn is_in(spellings: &[String], text: &str) -> bool {
    spellings.iter().any(|spelling| text.contains(spelling.as_str()))
}
