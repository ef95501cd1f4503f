//! Which items a list shows, and in which order.

use std::collections::HashMap;

use super::matching::Matcher;
use super::text_match::TextMatch;
use super::{Entry, Hits, ItemId, ItemSet, Library, View};
use crate::search::{Search, fold};

/// The orders of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The latest date first; items without a date last.
    #[default]
    Newest,
    /// The earliest date first; items without a date last.
    Oldest,
    /// By title.
    Title,
    /// By site, then the latest first.
    Site,
    /// The quickest to read first.
    Shortest,
    /// What fits a search best first; without one, the latest.
    Best,
}

impl Order {
    /// The order that comes after this one when the user asks for another.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Newest => Self::Oldest,
            Self::Oldest => Self::Title,
            Self::Title => Self::Site,
            Self::Site => Self::Shortest,
            Self::Shortest | Self::Best => Self::Newest,
        }
    }

    /// This order, where nothing is looked for that could be matched well or badly.
    #[must_use]
    pub fn without_search(self) -> Self {
        if self == Self::Best { Self::Newest } else { self }
    }

    /// A short stable name, by which [`named`](Self::named) finds it again.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::Site => "site",
            Self::Shortest => "shortest",
            Self::Best => "best",
        }
    }

    /// The order of a name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Newest, Self::Oldest, Self::Title, Self::Site, Self::Shortest];
        all.into_iter().find(|order| order.name() == name)
    }

    /// What it is called on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Title => "by title",
            Self::Site => "by site",
            Self::Shortest => "quickest first",
            Self::Best => "best match first",
        }
    }
}

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
        let everything = query.view == View::All && query.marks == MarkFilter::Any && query.search.is_empty();
        let mut ids = if everything {
            self.newest_first().to_vec()
        } else {
            let shown = self.shown(query, kept);
            self.newest_first().iter().copied().filter(|id| shown.contains(*id)).collect()
        };
        self.arrange(&mut ids, query);
        ids
    }

    /// The items that a query finds, in no order.
    fn shown(&self, query: &Query, kept: &ItemSet) -> ItemSet {
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

    /// Puts items that are in the order of time into another order; equal ones stay in the order of time.
    fn arrange(&self, ids: &mut [ItemId], query: &Query) {
        let site = |entry: &Entry| entry.site.map(|site| fold(self.topics().label(site)));
        match query.order {
            Order::Newest => {}
            Order::Best => {
                let best = query.hits.iter().flat_map(|hits| &hits.best);
                let ranks: HashMap<ItemId, usize> = best.copied().zip(0..).collect();
                ids.sort_by_key(|id| ranks.get(id).copied().unwrap_or(usize::MAX));
            }
            Order::Oldest => ids.sort_by_key(|id| self.entry(*id).map(|e| (e.date.is_none(), e.date))),
            Order::Title => ids.sort_by_cached_key(|id| self.entry(*id).map(|e| sort_key(self.title(e)))),
            Order::Site => {
                ids.sort_by_cached_key(|id| self.entry(*id).map(|e| (e.site.is_none(), site(e))));
            }
            Order::Shortest => ids.sort_by_key(|id| self.entry(*id).map(|e| (e.minutes == 0, e.minutes))),
        }
    }
}

/// What a title is ordered by: its letters, so that quotation marks before it do not matter.
fn sort_key(title: &str) -> String {
    fold(title.trim_start_matches(|character: char| !character.is_alphanumeric()))
}
