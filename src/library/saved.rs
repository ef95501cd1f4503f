//! Searches that are kept as topics of their own.

use super::intersection::Intersection;
use super::matching::Matcher;
use super::sets::Sets;
use super::{Hits, ItemSet, Library};
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
    /// What its text has found; nothing until the index has been asked.
    hits: ItemSet,
    pub(super) matcher: Matcher,
}

impl SavedSearch {
    /// Leaves of what is found only what this search finds.
    pub(super) fn narrow<'a>(&'a self, sets: &'a Sets, found: Intersection<'a>) -> Intersection<'a> {
        let found = if self.search.has_text() { found.and(&self.hits, false) } else { found };
        self.matcher.narrow(sets, found)
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
        let at = self.searches.iter().position(|saved| saved.typed == typed);
        let at = at.unwrap_or_else(|| self.add_search(typed));
        let Some(saved) = self.searches.get_mut(at) else { return SearchId(0) };
        if saved.search.text != search.text {
            saved.hits = ItemSet::default();
        }
        let (id, earlier) = (saved.id, std::mem::take(&mut saved.matcher));
        let matcher = Matcher::of(&search, self, earlier);
        if let Some(saved) = self.searches.get_mut(at) {
            saved.search = search;
            saved.matcher = matcher;
        }
        id
    }

    /// Adds a search for nothing. Its place among the others comes back.
    fn add_search(&mut self, typed: SafeText) -> usize {
        let last = self.searches.iter().map(|saved| saved.id.0).max().unwrap_or_default();
        self.searches.push(SavedSearch {
            id: SearchId(last.saturating_add(1)),
            typed,
            search: Search::default(),
            hits: ItemSet::default(),
            matcher: Matcher::default(),
        });
        self.reshaped = self.reshaped.wrapping_add(1);
        self.searches.len().saturating_sub(1)
    }

    /// Lets a saved search go.
    pub fn drop_search(&mut self, id: SearchId) {
        self.searches.retain(|saved| saved.id != id);
        self.reshaped = self.reshaped.wrapping_add(1);
    }

    /// Takes in what the text of a saved search has found.
    pub fn set_hits(&mut self, id: SearchId, hits: Hits) {
        let hits = self.of_whole_items(hits.items);
        if let Some(saved) = self.searches.iter_mut().find(|saved| saved.id == id) {
            saved.hits = hits;
        }
    }

    /// Forgets what the saved searches have found: all numbers mean others from now on.
    pub(super) fn forget_found(&mut self) {
        let mut searches = std::mem::take(&mut self.searches);
        for saved in &mut searches {
            saved.hits = ItemSet::default();
            saved.matcher = Matcher::of(&saved.search, self, Matcher::default());
        }
        self.searches = searches;
    }
}
