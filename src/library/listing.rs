//! Which items a list shows, and in which order.

use super::matching::Matcher;
use super::text_match::TextMatch;
use super::{Hits, ItemId, ItemSet, Library, Order, View};
use crate::search::Search;

/// Which marks an item must have to be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MarkFilter {
    /// Any.
    #[default]
    Any,
    /// Not read yet.
    Unread,
    /// With a star.
    Starred,
}

impl MarkFilter {
    /// The filter that comes after this one when the user asks for another.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Any => Self::Unread,
            Self::Unread => Self::Starred,
            Self::Starred => Self::Any,
        }
    }
}

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The topic.
    pub view: View,
    /// The marks.
    pub marks: MarkFilter,
    /// What is looked for.
    pub search: Search,
    /// What the text of the search has found; `None` until the index has been asked.
    pub hits: Option<Hits>,
    /// The order.
    pub order: Order,
}

impl Library {
    /// The items that a query finds, in its order. `kept` are shown whatever their marks are by now: they
    /// were on the screen when their marks changed.
    pub fn list(&self, query: &Query, kept: &ItemSet) -> Vec<ItemId> {
        self.arrange(&self.find(query, kept), query)
    }

    /// The items that a query finds, in no order.
    pub fn find(&self, query: &Query, kept: &ItemSet) -> ItemSet {
        let matcher = Matcher::of(&query.search, self, Matcher::default());
        let mut found = matcher.narrow(&self.sets, self.in_view(query.view));
        let of_topic: ItemSet = match query.view {
            View::Topic(topic) => self.topics().items_in(topic).collect(),
            _ => ItemSet::default(),
        };
        if matches!(query.view, View::Topic(_)) {
            found = found.and(&of_topic, false);
        }
        match query.marks {
            MarkFilter::Any => {}
            MarkFilter::Unread => found = found.and(&self.sets.read, true),
            MarkFilter::Starred => found = found.and(&self.sets.starred, false),
        }
        let mut shown = found.to_set();
        shown.extend(kept.iter().filter(|id| self.sets.listed.contains(*id)));
        if query.search.has_text() {
            self.retain_text(&mut shown, query);
        }
        shown
    }

    /// Takes out what does not hold the text that is looked for.
    fn retain_text(&self, shown: &mut ItemSet, query: &Query) {
        let items = query.hits.as_ref().map(|hits| self.of_whole_items(hits.items.clone()));
        let found = items.unwrap_or_default();
        if query.hits.as_ref().is_some_and(|hits| hits.complete) {
            return shown.intersect(&found);
        }
        let mut titles = TextMatch::of(&query.search.text, self);
        shown.retain(|id| found.contains(id) || self.entry(id).is_some_and(|entry| titles.admits(id, entry)));
    }
}
