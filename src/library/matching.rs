//! Which items a search finds by what the library knows of them: topics, sites, marks and dates.

use jiff::civil::Date;

use super::{Entry, Library, TopicId, TopicKind, TopicTree};
use crate::search::{Criterion, Search, Words};

/// The filters of a search, with the topics that they name looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher(Vec<Condition>);

/// One filter.
#[derive(Debug, Clone)]
struct Condition {
    not: bool,
    what: Holds,
}

/// What must hold.
#[derive(Debug, Clone)]
enum Holds {
    /// It is in one of the topics whose marks are set.
    InTopics(Vec<bool>),
    Read(bool),
    Starred,
    New,
    Since(Date),
    Before(Date),
}

impl Matcher {
    /// Looks up what a search names.
    pub(super) fn of(search: &Search, library: &Library) -> Self {
        let condition = |criterion: &Criterion| match criterion {
            Criterion::Topic(words) => Holds::InTopics(named(words, library, |kind| !is_site(kind))),
            Criterion::Site(words) => Holds::InTopics(named(words, library, is_site)),
            Criterion::Unread => Holds::Read(false),
            Criterion::Read => Holds::Read(true),
            Criterion::Starred => Holds::Starred,
            Criterion::New => Holds::New,
            Criterion::Since(date) => Holds::Since(*date),
            Criterion::Before(date) => Holds::Before(*date),
        };
        let conditions = search.filters.iter();
        Self(conditions.map(|filter| Condition { not: filter.not, what: condition(&filter.what) }).collect())
    }

    /// Whether every filter holds for an item with its topics.
    pub(super) fn admits(&self, entry: &Entry, topics: &[TopicId]) -> bool {
        self.0.iter().all(|condition| condition.what.holds(entry, topics) != condition.not)
    }
}

impl Holds {
    fn holds(&self, entry: &Entry, topics: &[TopicId]) -> bool {
        match self {
            Self::InTopics(wanted) => {
                topics.iter().any(|topic| wanted.get(topic.index()).copied().unwrap_or_default())
            }
            Self::Read(read) => entry.read == *read,
            Self::Starred => entry.starred,
            Self::New => entry.new,
            Self::Since(day) => entry.day().is_some_and(|published| published >= *day),
            Self::Before(day) => entry.day().is_some_and(|published| published < *day),
        }
    }
}

fn is_site(kind: TopicKind) -> bool {
    kind == TopicKind::Site
}

/// A mark for each topic whose name, with that of its taxonomy, has words that begin so. So every topic below a taxonomy
/// has one whose own name has them.
fn named(words: &Words, library: &Library, of_kind: impl Fn(TopicKind) -> bool) -> Vec<bool> {
    let topics: &TopicTree = library.topics();
    let mut name = String::new();
    let mut holds = |id: TopicId, kind: TopicKind| {
        topics.fold_full_label(id, &mut name);
        !kind.is_heading() && of_kind(kind) && words.all_begin_in(&name)
    };
    topics.iter().map(|(id, topic)| holds(id, topic.kind)).collect()
}
