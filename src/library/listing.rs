//! Which items a list shows, and in which order.

use std::collections::HashSet;

use super::fold::{Words, fold};
use super::{Entry, ItemId, Library, TopicId, View};

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
        let sought = Sought::of(&query.words, self);
        let shown = |id: &ItemId| {
            self.entry(*id).is_some_and(|entry| {
                ((query.marks.admits(entry) && self.is_in(query.view, entry)) || kept.contains(id))
                    && sought.is_in(entry)
            })
        };
        let mut ids: Vec<ItemId> = self.newest_first().iter().copied().filter(shown).collect();
        self.arrange(&mut ids, query.order);
        ids
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

/// The words of a query, each with the topics whose names hold it, so that a name is looked at once and not
/// once an item.
struct Sought(Vec<(String, HashSet<TopicId>)>);

impl Sought {
    fn of(words: &Words, library: &Library) -> Self {
        let names: Vec<_> = if words.is_empty() {
            Vec::new()
        } else {
            library.topics().iter().map(|(id, topic)| (id, fold(topic.label()))).collect()
        };
        let with_topics = |word: &String| {
            let holding = names.iter().filter(|(_, name)| name.contains(word.as_str()));
            (word.clone(), holding.map(|(id, _)| *id).collect())
        };
        Self(words.iter().map(with_topics).collect())
    }

    fn is_in(&self, entry: &Entry) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let title = fold(&entry.title);
        self.0.iter().all(|(word, topics)| {
            title.contains(word.as_str()) || entry.topics.iter().any(|topic| topics.contains(topic))
        })
    }
}
