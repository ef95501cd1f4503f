//! Which items a list shows, and in which order.

use std::collections::HashSet;

use super::item_set::ItemSet;
use super::{Entry, ItemId, Library, View};
use crate::search::{Words, fold, fold_into};

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
            Self::Shortest => Self::Newest,
        }
    }

    /// What it is called on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Title => "by title",
            Self::Site => "by site",
            Self::Shortest => "quickest first",
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

    fn admits(self, entry: &Entry) -> bool {
        match self {
            Self::Any => true,
            Self::Unread => !entry.read,
            Self::Starred => entry.starred,
        }
    }
}

/// What a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The topic.
    pub view: View,
    /// The marks.
    pub marks: MarkFilter,
    /// Words that title, site and topics together must hold.
    pub words: Words,
    /// The order.
    pub order: Order,
}

impl Library {
    /// The items that a query finds, in its order. `kept` are shown whatever their marks are by now: they
    /// were on the screen when their marks changed.
    pub fn list(&self, query: &Query, kept: &HashSet<ItemId>) -> Vec<ItemId> {
        let Query { view, marks, words, order } = query;
        let everything = *view == View::All && *marks == MarkFilter::Any && words.is_empty();
        let mut ids = if everything {
            self.newest_first().to_vec()
        } else {
            let shown = self.shown(query, kept);
            self.newest_first().iter().copied().filter(|id| shown.contains(*id)).collect()
        };
        self.arrange(&mut ids, *order);
        ids
    }

    /// The items that a query finds, in no order.
    fn shown(&self, query: &Query, kept: &HashSet<ItemId>) -> ItemSet {
        let mut shown = self.in_view(query.view);
        if query.marks != MarkFilter::Any {
            shown.retain(|id| self.entry(id).is_some_and(|entry| query.marks.admits(entry)));
        }
        shown.extend(kept.iter().copied());
        if !query.words.is_empty() {
            let sought = Sought::of(&query.words, self);
            let mut title = String::new();
            shown.retain(|id| self.entry(id).is_some_and(|entry| sought.is_in(id, entry, &mut title)));
        }
        shown
    }

    fn in_view(&self, view: View) -> ItemSet {
        match view {
            View::All => self.newest_first().iter().copied().collect(),
            View::Topic(topic) => {
                let mut items = ItemSet::default();
                items.extend(self.topics().get(topic).iter().flat_map(|topic| &topic.items).copied());
                items
            }
            View::Unread | View::Starred | View::Today | View::ThisWeek => {
                let mut items: ItemSet = self.newest_first().iter().copied().collect();
                items.retain(|id| self.entry(id).is_some_and(|entry| self.is_in(view, entry)));
                items
            }
        }
    }

    /// Puts items that are in the order of time into another order; equal ones stay in the order of time.
    fn arrange(&self, ids: &mut [ItemId], order: Order) {
        let site = |entry: &Entry| entry.site.map(|site| fold(self.topics().label(site)));
        match order {
            Order::Newest => {}
            Order::Oldest => ids.sort_by_key(|id| self.entry(*id).map(|e| (e.date.is_none(), e.date))),
            Order::Title => ids.sort_by_cached_key(|id| self.entry(*id).map(|e| sort_key(&e.title))),
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

/// The words of a query, each with the items that one of their topics has it in its name, so that the names
/// of topics are looked at once and not once an item.
struct Sought(Vec<(String, ItemSet)>);

impl Sought {
    fn of(words: &Words, library: &Library) -> Self {
        let topics = library.topics().iter().map(|(_, topic)| topic).filter(|topic| !topic.kind.is_heading());
        let names: Vec<_> = topics.map(|topic| (fold(topic.label()), topic)).collect();
        let with_items = |word: &String| {
            let mut items = ItemSet::default();
            for (_, topic) in names.iter().filter(|(name, _)| name.contains(word.as_str())) {
                items.extend(topic.items.iter().copied());
            }
            (word.clone(), items)
        };
        Self(words.iter().map(with_items).collect())
    }

    /// Whether an item has all the words. `title` is room to fold its title in.
    fn is_in(&self, id: ItemId, entry: &Entry, title: &mut String) -> bool {
        let mut not_in_topics = self.0.iter().filter(|(_, items)| !items.contains(id)).peekable();
        if not_in_topics.peek().is_some() {
            fold_into(&entry.title, title);
        }
        not_in_topics.all(|(word, _)| title.contains(word.as_str()))
    }
}
