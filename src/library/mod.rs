//! All items of a source, by topic: what there is, what is new, in which order.

mod arena;
mod changing;
mod entry;
mod folded_names;
mod headline;
mod id_set;
mod intersection;
mod jump;
mod listing;
mod marks;
mod matching;
mod name;
mod order;
mod place;
mod position;
mod saved;
mod sets;
mod sorted;
mod text_match;
mod title_order;
mod topic;
mod topics;
mod view;
mod withholding;

#[cfg(test)]
mod tests;

pub use entry::{Entry, ItemId};
pub use headline::Headline;
pub use id_set::{Hits, IdSet, ItemSet};
pub use listing::{MarkFilter, Query};
pub use marks::{Mark, MarkChange, Marked, Marks};
pub use order::Order;
pub use position::Position;
pub use saved::{SavedSearch, SearchId};
pub use topic::{Topic, TopicId, TopicKind};
pub use topics::{Placed, TopicTree};
pub use view::{Counts, View};

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use jiff::civil::Date;

use arena::{Arena, Span};
use intersection::Intersection;
use sets::Sets;
use title_order::TitleRank;
use view::Days;
use withholding::Withholding;

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
    /// What the title of each item is ordered by, in the place of its number.
    title_ranks: Vec<TitleRank>,
    /// The same items by title, from when a list is first wanted in that order.
    by_title: OnceLock<Vec<ItemId>>,
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
    sets: Sets,
    searches: Vec<SavedSearch>,
    marks: Marks,
    /// The keys of what has come since the last visit.
    new: HashSet<ItemKey>,
    days: Option<Days>,
    problems: Vec<SourceProblem>,
    /// How often the saved searches have become others, or all topics have gone.
    reshaped: u64,
    withholding: Withholding,
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
        self.sets.listed.iter().filter_map(|id| Some((id, self.entry(id)?)))
    }

    /// The item that stands for this one: itself, unless another of the same original does.
    pub fn listed(&self, id: ItemId) -> Option<ItemId> {
        self.entry(id)?;
        Some(self.twins.get(&id).copied().unwrap_or(id))
    }

    /// What was found, with the items that stand for it.
    fn of_whole_items(&self, mut found: ItemSet) -> ItemSet {
        for (twin, first) in &self.twins {
            if found.contains(*twin) {
                found.insert(*first);
            }
        }
        found
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
        self.add_problems(problems.into_iter().map(of_source).collect());
    }

    fn add_problems(&mut self, problems: Vec<SourceProblem>) {
        if problems.is_empty() {
            return;
        }
        sorted::merge_moved(&mut self.problems, problems, |one, other| {
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

    /// Every item with one of some keys.
    fn with_keys(&self, keys: &[ItemKey]) -> Vec<ItemId> {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys.dedup();
        let key_of = |id: &ItemId| self.entry(*id).map(|entry| entry.key);
        let (mut found, mut rest) = (Vec::with_capacity(keys.len()), self.by_key.as_slice());
        for key in keys {
            rest = sorted::skip_while(rest, |id| key_of(id) < Some(key));
            let alike = rest.iter().take_while(|id| key_of(id) == Some(key)).count();
            found.extend(rest.iter().take(alike));
            rest = rest.get(alike..).unwrap_or_default();
        }
        found
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

    /// A number that is another one whenever other saved searches or topics than before are in the tree.
    pub fn tree_shape(&self) -> u64 {
        self.reshaped.wrapping_add(self.topics.shape())
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
            _ => self.in_view(view).counts(&self.sets.read),
        }
    }

    /// How many of some items there are in the library, and how many of those have not been read.
    pub fn counts_of(&self, items: &ItemSet) -> Counts {
        Intersection::of(&self.sets.listed).and(items, false).counts(&self.sets.read)
    }

    /// Whether a view holds an item.
    pub fn is_in(&self, view: View, id: ItemId) -> bool {
        let Some(entry) = self.entry(id) else { return false };
        match view {
            View::Topic(topic) => self.topics.is_within(self.topics_of(entry), topic),
            _ => self.in_view(view).contains(id),
        }
    }

    /// What a view holds, unless it is a topic: then everything.
    fn in_view(&self, view: View) -> Intersection<'_> {
        let all = Intersection::of(&self.sets.listed);
        match view {
            View::All | View::Topic(_) => all,
            View::New => all.and(&self.sets.new, false),
            View::Unread => all.and(&self.sets.read, true),
            View::Starred => all.and(&self.sets.starred, false),
            View::Today => all.and(&self.sets.today, false),
            View::ThisWeek => all.and(&self.sets.this_week, false),
            View::Search(id) => {
                let search = self.search(id);
                search.map_or_else(Intersection::nothing, |saved| saved.narrow(&self.sets, all))
            }
        }
    }

    /// Tells the library which day it is.
    pub fn set_today(&mut self, today: Date) {
        let days = Days::of(today);
        self.days = Some(days);
        let within = |view| self.published(|day| day >= days.first(view), |day| day > days.last()).collect();
        (self.sets.today, self.sets.this_week) = (within(View::Today), within(View::ThisWeek));
    }

    /// The items that were published from one day on, but not on another or later.
    fn published(
        &self,
        since: impl Fn(Date) -> bool,
        until: impl Fn(Date) -> bool,
    ) -> impl Iterator<Item = ItemId> {
        let day = |id: &ItemId| self.entry(*id).and_then(Entry::day);
        let first = self.newest_first.partition_point(|id| day(id).is_some_and(&until));
        let end = self.newest_first.partition_point(|id| day(id).is_some_and(&since));
        self.newest_first.get(first..end).unwrap_or_default().iter().copied()
    }
}
