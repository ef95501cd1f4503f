//! Searches that are kept as topics of their own.

use super::matching::Matcher;
use super::{Counts, Entry, Hits, ItemId, Library, TopicId};
use crate::item::SafeText;
use crate::search::Search;

/// The number of a saved search in one library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SearchId(u32);

/// A search that is a topic of its own.
#[derive(Debug, Clone)]
pub struct SavedSearch {
    /// Its number.
    pub id: SearchId,
    /// As it was typed, which is also its name.
    pub typed: SafeText,
    /// What it looks for.
    pub search: Search,
    /// How many items it finds.
    pub counts: Counts,
    /// What its text has found; `None` until the index has been asked.
    hits: Option<Hits>,
    matcher: Matcher,
}

impl SavedSearch {
    /// Whether it finds an item with its topics.
    pub(super) fn holds(&self, id: ItemId, entry: &Entry, topics: &[TopicId]) -> bool {
        let text =
            self.search.text.is_empty() || self.hits.as_ref().is_some_and(|hits| hits.items.contains(id));
        text && self.matcher.admits(entry, topics)
    }
}

impl Library {
    /// The saved searches, in the order in which they were saved.
    pub fn searches(&self) -> &[SavedSearch] {
        &self.searches
    }

    /// A saved search by its number.
    pub fn search(&self, id: SearchId) -> Option<&SavedSearch> {
        self.searches.iter().find(|saved| saved.id == id)
    }

    /// Keeps a search as a topic. One that was kept under this name already is replaced, and keeps its number.
    pub fn save_search(&mut self, typed: SafeText, search: Search) -> SearchId {
        let known = self.searches.iter().position(|saved| saved.typed == typed);
        let last = self.searches.iter().map(|saved| saved.id.0).max().unwrap_or_default();
        let id = known
            .and_then(|at| self.searches.get(at))
            .map_or(SearchId(last.saturating_add(1)), |saved| saved.id);
        let matcher = Matcher::of(&search, self);
        let saved = SavedSearch { id, typed, search, counts: Counts::default(), hits: None, matcher };
        match known.and_then(|at| self.searches.get_mut(at)) {
            Some(place) => *place = saved,
            None => {
                self.searches.push(saved);
                self.reshaped = self.reshaped.wrapping_add(1);
            }
        }
        self.count_searches();
        id
    }

    /// Lets a saved search go.
    pub fn drop_search(&mut self, id: SearchId) {
        self.searches.retain(|saved| saved.id != id);
        self.reshaped = self.reshaped.wrapping_add(1);
    }

    /// Takes in what the text of a saved search has found.
    pub fn set_hits(&mut self, id: SearchId, hits: Hits) {
        let hits = self.of_whole_items(hits);
        if let Some(saved) = self.searches.iter_mut().find(|saved| saved.id == id) {
            saved.hits = Some(hits);
        }
        self.count_searches();
    }

    /// Counts anew what the saved searches find, and looks up anew the topics that they name.
    pub fn count_searches(&mut self) {
        let mut searches = std::mem::take(&mut self.searches);
        for saved in &mut searches {
            saved.matcher = Matcher::of(&saved.search, self);
            saved.counts = Counts::default();
            for (id, entry) in self.entries() {
                if saved.holds(id, entry, self.topics_of(entry)) {
                    saved.counts.add(!entry.read);
                }
            }
        }
        self.searches = searches;
    }
}
