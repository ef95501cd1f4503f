//! All items of a source, by topic: what there is, what is new, in which order.

mod arena;
mod changing;
mod entry;
mod headline;
mod item_set;
mod jump;
mod listing;
mod marks;
mod matching;
mod name;
mod place;
mod position;
mod saved;
mod sorted;
mod text_match;
mod topics;
mod view;

#[cfg(test)]
mod tests;

pub use entry::{Entry, ItemId};
pub use headline::Headline;
pub use item_set::{Hits, ItemSet};
pub use listing::{MarkFilter, Order, Query};
pub use marks::{Mark, MarkChange, Marks};
pub use position::Position;
pub use saved::{SavedSearch, SearchId};
pub use topics::{Topic, TopicId, TopicKind, TopicTree};
pub use view::{Counts, View};

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use arena::{Arena, Span};
use view::Days;

use crate::item::{ItemKey, Problem};

/// All items of a source in compact form, with the tree of their topics, and their marks.
///
/// Files of one original, which have the same key, are one item: the one with the latest date stands for all of them, in
/// the topics of all, and is listed and counted once. Items without an original are never made one, whatever their keys.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Each item in the place of its number.
    slots: Vec<Option<Entry>>,
    newest_first: Vec<ItemId>,
    /// The [names](name) of the items.
    names: Arena<u8>,
    /// The topics that each item names, arranged. It counts in what these are part of as well.
    topic_lists: Arena<TopicId>,
    /// In the order of the keys; items with the same key in the order of their numbers.
    by_key: Vec<ItemId>,
    /// Items that another one of the same original stands for.
    twins: HashMap<ItemId, ItemId>,
    /// The topics that an item has itself, where it stands for others.
    own_topics: HashMap<ItemId, Span>,
    topics: TopicTree,
    standing: [Counts; View::STANDING.len()],
    searches: Vec<SavedSearch>,
    marks: Marks,
    /// The keys of what has come since the last visit.
    new: HashSet<ItemKey>,
    days: Option<Days>,
    problems: Vec<SourceProblem>,
}

/// Something that is wrong in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceProblem {
    /// The item whose file it is in; `None` for what is no item.
    pub item: Option<ItemId>,
    /// The path of the file; not safe to draw.
    pub path: Box<str>,
    /// What is wrong.
    pub problem: Problem,
}

impl Library {
    /// Counts an item in each of the standing views that hold it, or no longer.
    fn tally(&mut self, id: ItemId, count: fn(&mut Counts, bool)) {
        let Some(entry) = self.slots.get(id.index()).and_then(Option::as_ref) else { return };
        for (view, counts) in View::STANDING.iter().zip(&mut self.standing) {
            if view.holds(entry, self.days) {
                count(counts, !entry.read);
            }
        }
        for saved in &mut self.searches {
            if saved.holds(id, entry, self.topic_lists.get(entry.topics)) {
                count(&mut saved.counts, !entry.read);
            }
        }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.newest_first.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.newest_first.is_empty()
    }

    /// An item by its number.
    pub fn entry(&self, id: ItemId) -> Option<&Entry> {
        self.slots.get(id.index())?.as_ref()
    }

    /// The title of an item, which is safe to draw.
    pub fn title(&self, entry: &Entry) -> &str {
        name::title(self.names.get(entry.name))
    }

    /// The terms, sites and offerings that an item names, and those of the files that it stands for.
    pub fn topics_of(&self, entry: &Entry) -> &[TopicId] {
        self.topic_lists.get(entry.topics)
    }

    /// Every item that is listed, with its number, in the order of the numbers.
    pub fn entries(&self) -> impl Iterator<Item = (ItemId, &Entry)> {
        let all = (0..).map(ItemId::new).zip(&self.slots);
        all.filter_map(|(id, slot)| Some((id, slot.as_ref()?))).filter(|(id, _)| self.is_listed(*id))
    }

    /// Whether no other item stands for this one.
    fn is_listed(&self, id: ItemId) -> bool {
        !self.twins.contains_key(&id)
    }

    /// The item that stands for this one: itself, unless another of the same original does.
    pub fn listed(&self, id: ItemId) -> Option<ItemId> {
        self.entry(id)?;
        Some(self.twins.get(&id).copied().unwrap_or(id))
    }

    /// Hits with the items that stand for those that were found.
    fn of_whole_items(&self, mut hits: Hits) -> Hits {
        for (twin, first) in &self.twins {
            if hits.items.contains(*twin) {
                hits.items.insert(*first);
            }
        }
        hits
    }

    /// What is wrong in the source: errors first, then by path and line.
    pub fn problems(&self) -> &[SourceProblem] {
        &self.problems
    }

    /// Takes in what is wrong in the source besides its items, in the place of what was known of that.
    pub fn set_problems(&mut self, problems: Vec<(String, Problem)>) {
        self.problems.retain(|problem| problem.item.is_some());
        let of_source =
            |(path, problem): (String, _)| SourceProblem { item: None, path: path.into(), problem };
        self.problems.extend(problems.into_iter().map(of_source));
        self.sort_problems();
    }

    fn sort_problems(&mut self) {
        self.problems.sort_by(|one, other| {
            let rank = |problem: &SourceProblem| (Reverse(problem.problem.severity), problem.problem.line);
            let ((severity, line), (other_severity, other_line)) = (rank(one), rank(other));
            (severity, &one.path, line).cmp(&(other_severity, &other.path, other_line))
        });
    }

    /// The keys of all items, in order.
    pub fn keys(&self) -> Vec<ItemKey> {
        let keys = self.by_key.iter().filter_map(|id| Some(self.entry(*id)?.key));
        let mut keys: Vec<ItemKey> = keys.collect();
        keys.dedup();
        keys
    }

    /// The item with a key.
    pub fn with_key(&self, key: ItemKey) -> Option<ItemId> {
        self.listed(self.all_with_key(key).next()?)
    }

    /// Every item with a key, in the order of the numbers.
    fn all_with_key(&self, key: ItemKey) -> impl Iterator<Item = ItemId> {
        let key_of = |id: &ItemId| self.entry(*id).map(|entry| entry.key);
        let first = self.by_key.partition_point(|id| key_of(id) < Some(key));
        self.by_key.iter().skip(first).copied().take_while(move |id| key_of(id) == Some(key))
    }

    /// The files of the original of an item, in the order of their numbers: itself alone, unless there are others.
    pub fn files_of(&self, id: ItemId) -> Vec<ItemId> {
        let listed = self.listed(id);
        let key = self.entry(id).map(|entry| entry.key);
        let files = key.into_iter().flat_map(|key| self.all_with_key(key));
        files.filter(|other| self.listed(*other) == listed).collect()
    }

    /// Every item, the newest first, then by title, path and source.
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

    /// The name of a view.
    pub fn label(&self, view: View) -> &str {
        match view {
            View::All => "All",
            View::New => "New since last visit",
            View::Unread => "Unread",
            View::Starred => "Starred",
            View::Today => "Today",
            View::ThisWeek => "This week",
            View::Search(search) => self.search(search).map_or("", |saved| saved.typed.as_str()),
            View::Topic(topic) => self.topics.label(topic),
        }
    }

    /// How many items a view holds.
    pub fn counts(&self, view: View) -> Counts {
        match view {
            View::Topic(topic) => self.topics.get(topic).map(|topic| topic.counts).unwrap_or_default(),
            View::Search(search) => self.search(search).map(|saved| saved.counts).unwrap_or_default(),
            View::All | View::New | View::Unread | View::Starred | View::Today | View::ThisWeek => {
                let standing = View::STANDING.iter().zip(&self.standing).find(|(other, _)| **other == view);
                standing.map(|(_, counts)| *counts).unwrap_or_default()
            }
        }
    }

    /// Whether a view holds an item.
    pub fn is_in(&self, view: View, id: ItemId) -> bool {
        let Some(entry) = self.entry(id) else { return false };
        match view {
            View::Search(search) => {
                self.search(search).is_some_and(|saved| saved.holds(id, entry, self.topics_of(entry)))
            }
            View::Topic(topic) => self.topics.is_within(self.topics_of(entry), topic),
            _ => view.holds(entry, self.days),
        }
    }

    /// Tells the library which day it is.
    pub fn set_today(&mut self, today: Date) {
        self.days = Some(Days::of(today));
        self.standing = Default::default();
        self.count_searches();
        let counted = std::mem::take(&mut self.searches);
        for at in 0..self.newest_first.len() {
            if let Some(id) = self.newest_first.get(at) {
                self.tally(*id, Counts::add);
            }
        }
        self.searches = counted;
    }

    /// Sets or takes away a mark of every item with each of the keys. The keys for which that changed
    /// something come back.
    pub fn set_mark(&mut self, keys: &[ItemKey], mark: Mark, marked: bool) -> Vec<ItemKey> {
        let changed: Vec<ItemKey> =
            keys.iter().copied().filter(|key| self.marks.set(*key, mark, marked)).collect();
        for key in &changed {
            self.recount(*key, |entry| match mark {
                Mark::Starred => entry.starred = marked,
                Mark::Read => entry.read = marked,
            });
        }
        changed
    }

    /// Takes in the marks of before, in the place of those that are known.
    pub fn set_marks(&mut self, marks: &Marks) {
        let differing = |old: &HashSet<ItemKey>, new: &HashSet<ItemKey>| {
            old.symmetric_difference(new).copied().collect::<Vec<_>>()
        };
        let read = differing(&self.marks.read, &marks.read);
        let starred = differing(&self.marks.starred, &marks.starred);
        for key in read {
            self.set_mark(&[key], Mark::Read, marks.read.contains(&key));
        }
        for key in starred {
            self.set_mark(&[key], Mark::Starred, marks.starred.contains(&key));
        }
    }

    /// Takes in which items have come since the last visit, besides those that are known to.
    pub fn add_new(&mut self, keys: Vec<ItemKey>) {
        for key in keys {
            if self.new.insert(key) {
                self.recount(key, |entry| entry.new = true);
            }
        }
    }

    /// Changes the items with a key, and all counts with them.
    fn recount(&mut self, key: ItemKey, change: impl Fn(&mut Entry)) {
        for id in self.all_with_key(key).collect::<Vec<_>>() {
            let listed = self.is_listed(id);
            if listed {
                self.tally(id, Counts::remove);
            }
            if let Some(entry) = self.slots.get_mut(id.index()).and_then(Option::as_mut) {
                let before = entry.read;
                change(entry);
                if listed && before != entry.read {
                    self.topics.turn(self.topic_lists.get(entry.topics), entry.read);
                }
            }
            if listed {
                self.tally(id, Counts::add);
            }
        }
    }
}
