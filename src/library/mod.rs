//! All items of a source, by topic: what there is, what is new, in which order.

mod entry;
mod headline;
mod item_set;
mod jump;
mod listing;
mod marks;
mod sorted;
mod topics;
mod view;

pub use entry::{Entry, ItemId};

pub use headline::Headline;
pub use item_set::{Hits, ItemSet};
pub use listing::{MarkFilter, Order, Query};
pub use marks::{Mark, Marks};
pub use topics::{Topic, TopicId, TopicKind, TopicTree};
pub use view::{Counts, View};

use std::cmp::Reverse;

use jiff::civil::Date;

use view::Days;

use crate::item::{Item, ItemKey, Problem, Severity};

/// All items of a source in compact form, with the tree of their topics, and their marks.
#[derive(Debug, Clone, Default)]
pub struct Library {
    entries: Vec<Entry>,
    newest_first: Vec<ItemId>,
    /// In the order of the keys; items with the same key in the order of arrival.
    by_key: Vec<(ItemKey, ItemId)>,
    topics: TopicTree,
    standing: [Counts; View::STANDING.len()],
    marks: Marks,
    days: Option<Days>,
    problems: Vec<(Box<str>, Problem)>,
}

impl Library {
    /// An empty library that knows which items have been read before.
    pub fn with_marks(marks: Marks, today: Option<Date>) -> Self {
        Self { marks, days: today.map(Days::of), ..Self::default() }
    }

    /// Takes in items, in any order.
    pub fn insert(&mut self, items: Vec<Item>) {
        let problems_before = self.problems.len();
        let added: Vec<ItemId> = items.into_iter().filter_map(|item| self.insert_one(item)).collect();
        let entries = &self.entries;
        let keyed = added.iter().filter_map(|id| Some((entries.get(id.index())?.key, *id))).collect();
        sorted::merge(&mut self.by_key, keyed, Ord::cmp);
        sorted::merge(&mut self.newest_first, added, |one, other| {
            let rank = |id: &ItemId| entries.get(id.index()).map(|e| (Reverse(e.date), &e.title, &e.path));
            rank(one).cmp(&rank(other))
        });
        if self.problems.len() > problems_before {
            self.sort_problems();
        }
    }

    fn insert_one(&mut self, item: Item) -> Option<ItemId> {
        let id = ItemId(u32::try_from(self.entries.len()).ok()?);
        let (topics, site) = self.topics.place(&item);
        let read = self.marks.read.contains(&item.key);
        self.topics.put(id, &topics, !read);
        let broken = item.problems.iter().any(|problem| problem.severity == Severity::Error);
        self.problems.extend(item.problems.into_iter().map(|problem| (item.path.as_str().into(), problem)));
        self.entries.push(Entry {
            key: item.key,
            path: item.path.into(),
            title: item.title,
            date: item.date,
            link: item.link,
            site,
            minutes: item.minutes,
            broken,
            read,
            starred: self.marks.starred.contains(&item.key),
            topics: topics.into(),
        });
        self.tally(id, Counts::add);
        Some(id)
    }

    /// Counts an item in each of the standing views that hold it, or no longer.
    fn tally(&mut self, id: ItemId, count: fn(&mut Counts, bool)) {
        let Some(entry) = self.entries.get(id.index()) else { return };
        for (view, counts) in View::STANDING.iter().zip(&mut self.standing) {
            if view.holds(entry, self.days) {
                count(counts, !entry.read);
            }
        }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// An item by its number.
    pub fn entry(&self, id: ItemId) -> Option<&Entry> {
        self.entries.get(id.index())
    }

    /// Every item with its number, in the order of arrival.
    pub fn entries(&self) -> impl Iterator<Item = (ItemId, &Entry)> {
        (0..).map(ItemId).zip(&self.entries)
    }

    /// What is wrong in the source, with the path of the file: errors first, then by path and line.
    pub fn problems(&self) -> &[(Box<str>, Problem)] {
        &self.problems
    }

    /// Takes in what is wrong in the source besides its items.
    pub fn add_problems(&mut self, problems: Vec<(String, Problem)>) {
        self.problems.extend(problems.into_iter().map(|(path, problem)| (path.into(), problem)));
        self.sort_problems();
    }

    fn sort_problems(&mut self) {
        self.problems.sort_by(|(path, problem), (other_path, other)| {
            (Reverse(problem.severity), path, problem.line).cmp(&(
                Reverse(other.severity),
                other_path,
                other.line,
            ))
        });
    }

    /// The item with a key; the first that arrived, when several files have the same.
    pub fn with_key(&self, key: ItemKey) -> Option<ItemId> {
        self.all_with_key(key).next()
    }

    /// Every item with a key, in the order of arrival.
    pub(crate) fn all_with_key(&self, key: ItemKey) -> impl Iterator<Item = ItemId> {
        let first = self.by_key.partition_point(|(other, _)| *other < key);
        self.by_key.iter().skip(first).take_while(move |(other, _)| *other == key).map(|(_, id)| *id)
    }

    /// The item that was read from a file of the source.
    pub fn with_path(&self, path: &str) -> Option<ItemId> {
        self.entries().find(|(_, entry)| &*entry.path == path).map(|(id, _)| id)
    }

    /// Every item, the newest first, then by title and path.
    pub fn newest_first(&self) -> &[ItemId] {
        &self.newest_first
    }

    /// The tree of topics.
    pub fn topics(&self) -> &TopicTree {
        &self.topics
    }

    /// The marks of all items, those of other sources and other days among them.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The view that is the same here as one of another library: its topic has the same name.
    pub fn same_view(&self, other: &Self, view: View) -> Option<View> {
        match view {
            View::Topic(topic) => self.topics.same_as(&other.topics, topic).map(View::Topic),
            View::All | View::Unread | View::Starred | View::Today | View::ThisWeek => Some(view),
        }
    }

    /// The name of a view.
    pub fn label(&self, view: View) -> &str {
        match view {
            View::All => "All",
            View::Unread => "Unread",
            View::Starred => "Starred",
            View::Today => "Today",
            View::ThisWeek => "This week",
            View::Topic(topic) => self.topics.label(topic),
        }
    }

    /// How many items a view holds.
    pub fn counts(&self, view: View) -> Counts {
        match view {
            View::Topic(topic) => self.topics.get(topic).map(|topic| topic.counts).unwrap_or_default(),
            View::All | View::Unread | View::Starred | View::Today | View::ThisWeek => {
                let standing = View::STANDING.iter().zip(&self.standing).find(|(other, _)| **other == view);
                standing.map(|(_, counts)| *counts).unwrap_or_default()
            }
        }
    }

    /// Whether a view holds an item.
    pub fn is_in(&self, view: View, entry: &Entry) -> bool {
        view.holds(entry, self.days)
    }

    /// Tells the library which day it is.
    pub fn set_today(&mut self, today: Date) {
        self.days = Some(Days::of(today));
        self.standing = Default::default();
        for id in (0..).map(ItemId).take(self.entries.len()) {
            self.tally(id, Counts::add);
        }
    }

    /// Sets or takes away a mark of every item with each of the keys. The keys for which that changed
    /// something come back.
    pub fn set_mark(&mut self, keys: &[ItemKey], mark: Mark, marked: bool) -> Vec<ItemKey> {
        let changed: Vec<ItemKey> =
            keys.iter().copied().filter(|key| self.marks.set(*key, mark, marked)).collect();
        for key in &changed {
            for id in self.all_with_key(*key).collect::<Vec<_>>() {
                self.tally(id, Counts::remove);
                if let Some(entry) = self.entries.get_mut(id.index()) {
                    match mark {
                        Mark::Starred => entry.starred = marked,
                        Mark::Read => {
                            entry.read = marked;
                            self.topics.turn(&entry.topics, marked);
                        }
                    }
                }
                self.tally(id, Counts::add);
            }
        }
        changed
    }
}
