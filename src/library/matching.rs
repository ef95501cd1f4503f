//! Which items a search finds by what the library knows of them: topics, sites, marks and dates.

use super::id_set::TopicSet;
use super::intersection::Intersection;
use super::sets::Sets;
use super::{Entry, ItemId, ItemSet, Library, TopicId, TopicKind, TopicTree};
use crate::search::{Criterion, Filter, Search, Words};

/// The filters of a search, each with the items for which it holds. They are found once; from then on items and topics
/// are taken in as they come.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher(Vec<Condition>);

/// One filter.
#[derive(Debug, Clone)]
struct Condition {
    filter: Filter,
    holds: Holds,
}

/// For which items the criterion of a filter holds.
#[derive(Debug, Clone)]
enum Holds {
    /// Those that name one of some topics.
    Topics(Named),
    /// Those that were published within some days.
    Days(ItemSet),
    /// The library has a set of them.
    Known,
}

/// The topics whose names fit, and the items that name one of them.
#[derive(Debug, Clone, Default)]
struct Named {
    topics: TopicSet,
    /// How many topics have been looked at.
    looked_at: usize,
    items: ItemSet,
}

impl Matcher {
    /// Finds what the filters of a search hold for. Filters that an earlier search has had as well are taken over from it.
    pub(super) fn of(search: &Search, library: &Library, mut earlier: Self) -> Self {
        let condition = |filter: &Filter| {
            let known = earlier.0.iter().position(|condition| condition.filter.what == filter.what);
            let holds = match known {
                Some(known) => earlier.0.swap_remove(known).holds,
                None => Holds::of(&filter.what, library),
            };
            Condition { filter: filter.clone(), holds }
        };
        Self(search.filters.iter().map(condition).collect())
    }

    /// Leaves of what is found only that for which every filter holds.
    pub(super) fn narrow<'a>(&'a self, sets: &'a Sets, found: Intersection<'a>) -> Intersection<'a> {
        self.0.iter().fold(found, |found, Condition { filter, holds }| {
            let (items, is_opposite) = match (holds, &filter.what) {
                (Holds::Topics(Named { items, .. }) | Holds::Days(items), _) => (items, false),
                (Holds::Known, Criterion::Unread) => (&sets.read, true),
                (Holds::Known, Criterion::Starred) => (&sets.starred, false),
                (Holds::Known, Criterion::New) => (&sets.new, false),
                (Holds::Known, _) => (&sets.read, false),
            };
            found.and(items, is_opposite != filter.not)
        })
    }

    /// Looks at the topics that are new since it last did.
    pub(super) fn take_topics(&mut self, topics: &TopicTree) {
        for Condition { filter, holds } in &mut self.0 {
            if let Holds::Topics(named) = holds {
                named.take_topics(&filter.what, topics);
            }
        }
    }

    /// Takes in an item that has been put on the list, with its topics.
    pub(super) fn take_item(&mut self, id: ItemId, entry: &Entry, topics: &[TopicId]) {
        for Condition { filter, holds } in &mut self.0 {
            match (holds, &filter.what) {
                (Holds::Topics(Named { topics: named, items, .. }), _) => {
                    items.set(id, topics.iter().any(|topic| named.contains(*topic)));
                }
                (Holds::Days(items), Criterion::Since(day)) => {
                    items.set(id, entry.day().is_some_and(|published| published >= *day));
                }
                (Holds::Days(items), Criterion::Before(day)) => {
                    items.set(id, entry.day().is_some_and(|published| published < *day));
                }
                (Holds::Days(_) | Holds::Known, _) => {}
            }
        }
    }
}

impl Holds {
    fn of(what: &Criterion, library: &Library) -> Self {
        match what {
            Criterion::Topic(_) | Criterion::Site(_) => {
                let mut named = Named::default();
                named.take_topics(what, library.topics());
                named.items =
                    named.topics.iter().flat_map(|id| library.topics().items_of(id)).copied().collect();
                Self::Topics(named)
            }
            Criterion::Since(day) => {
                Self::Days(library.published(|published| published >= *day, |_| false).collect())
            }
            Criterion::Before(day) => {
                Self::Days(library.published(|_| true, |published| published >= *day).collect())
            }
            Criterion::Unread | Criterion::Read | Criterion::Starred | Criterion::New => Self::Known,
        }
    }
}

impl Named {
    /// Looks at the topics that are new since it last did. What a topic is called for a search never changes.
    fn take_topics(&mut self, what: &Criterion, topics: &TopicTree) {
        let (words, is_site) = match what {
            Criterion::Topic(words) => (words, false),
            Criterion::Site(words) => (words, true),
            _ => return,
        };
        let mut name = String::new();
        for (id, kind) in topics.kinds_from(self.looked_at) {
            if !kind.is_heading()
                && (kind == TopicKind::Site) == is_site
                && begins_words(words, id, topics, &mut name)
            {
                self.topics.insert(id);
            }
        }
        self.looked_at = topics.len();
    }
}

/// Whether words begin those of a topic's name with that of its taxonomy. So every topic below a taxonomy is named by what
/// names the taxonomy.
fn begins_words(words: &Words, id: TopicId, topics: &TopicTree, name: &mut String) -> bool {
    topics.fold_full_label(id, name);
    words.all_begin_in(name)
}
