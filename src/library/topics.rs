//! The tree of topics, as the items' own metadata spans it.

use std::cmp::Ordering;
use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use super::folded_names::FoldedNames;
use super::id_set::TopicSet;
use super::topic::{Topic, TopicId, TopicKind};
use super::{Counts, Headline, ItemId, ItemSet, sorted};
use crate::item::SafeText;
use crate::search::fold;

/// All topics of a library. Twins (`AI`, `ai`) are one topic.
#[derive(Debug, Clone, Default)]
pub struct TopicTree {
    topics: Vec<Topic>,
    folded: FoldedNames,
    /// The topics by their kind, what they are part of, and their name in lower case; each with its hash, so that a table
    /// that grows need not look at all names.
    numbers: HashTable<(u64, TopicId)>,
    hasher: RandomState,
    /// The topics that hold items, each followed by what is below it, by kind, then by name.
    order: Vec<Placed>,
    /// The topics in that order.
    placed: TopicSet,
    /// Topics that have begun to hold items since the order was last brought up to date, or ceased to.
    turned: Vec<TopicId>,
    /// How often the order has become another.
    shape: u64,
}

/// A topic that holds items, in its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its number.
    pub id: TopicId,
    /// What it is.
    pub kind: TopicKind,
    /// What it is part of; itself at the top.
    top: TopicId,
    /// How many topics that hold items are right below it; they follow it.
    pub below: u32,
}

impl Placed {
    /// Whether it is at the top of the tree.
    pub fn is_top(&self) -> bool {
        self.id == self.top
    }
}

impl TopicTree {
    /// A topic by its number.
    pub fn get(&self, id: TopicId) -> Option<&Topic> {
        self.topics.get(id.index())
    }

    /// The name of a topic; empty for a number of another library.
    pub fn label(&self, id: TopicId) -> &str {
        self.get(id).map_or("", Topic::label)
    }

    /// All topics with their numbers, in the order in which they were first met.
    pub fn iter(&self) -> impl Iterator<Item = (TopicId, &Topic)> {
        (0..).map(TopicId).zip(&self.topics)
    }

    /// How many topics there are, with items or without.
    pub(super) fn len(&self) -> usize {
        self.topics.len()
    }

    /// The topics that were first met after so many others, with their kinds.
    pub(super) fn kinds_from(&self, first: usize) -> impl Iterator<Item = (TopicId, TopicKind)> {
        self.iter().skip(first).map(|(id, topic)| (id, topic.kind))
    }

    /// The topics that hold items in the order in which they are shown: each followed by what is below it, by kind, then
    /// by name.
    pub fn order(&self) -> &[Placed] {
        &self.order
    }

    /// The topics right below one topic, or those at the top, that hold items, in the order in which they are shown.
    pub fn children(&self, parent: Option<TopicId>) -> impl Iterator<Item = TopicId> {
        let tops = self.order.iter().filter(move |_| parent.is_none()).filter(|placed| placed.is_top());
        let below = parent.map(|parent| self.placed_below(parent)).unwrap_or_default();
        tops.chain(below).map(|placed| placed.id)
    }

    /// The places of the topics right below one topic that hold items.
    fn placed_below(&self, parent: TopicId) -> &[Placed] {
        let Some(at) = self.place_of(parent) else { return &[] };
        let rest = self.order.get(at.saturating_add(1)..).unwrap_or_default();
        let below = rest.partition_point(|placed| placed.top == parent && !placed.is_top());
        rest.get(..below).unwrap_or_default()
    }

    /// Where a topic stands in the order.
    fn place_of(&self, id: TopicId) -> Option<usize> {
        let wanted = self.place(id)?;
        self.order.binary_search_by(|placed| self.compare(placed, &wanted)).ok()
    }

    fn place(&self, id: TopicId) -> Option<Placed> {
        let topic = self.get(id)?;
        Some(Placed { id, kind: topic.kind, top: topic.parent.unwrap_or(id), below: 0 })
    }

    /// Which of two topics comes first in the tree.
    fn compare(&self, one: &Placed, other: &Placed) -> Ordering {
        if one.top == other.top {
            let below = |placed: &Placed| (!placed.is_top()).then(|| self.rank(placed.id));
            return below(one).cmp(&below(other));
        }
        self.rank(one.top).cmp(&self.rank(other.top))
    }

    /// What topics that are part of the same one are ordered by: their kinds and names, so that it does not matter which
    /// of them was met first.
    pub(super) fn rank(&self, id: TopicId) -> impl Ord {
        self.get(id).map(|topic| (topic.kind, self.folded(id), &*topic.name))
    }

    /// The topic of a kind with this name, below one with that name (empty: at the top).
    pub(super) fn find(&self, kind: TopicKind, parent: &str, label: &str) -> Option<TopicId> {
        let label = label.to_lowercase();
        if parent.is_empty() {
            return self.number(kind, None, &label);
        }
        let parent = parent.to_lowercase();
        let parents = kind.parents().iter().filter_map(|kind| self.number(*kind, None, &parent));
        parents.into_iter().find_map(|parent| self.number(kind, Some(parent), &label))
    }

    /// The topic of a kind with this name in lower case.
    fn number(&self, kind: TopicKind, parent: Option<TopicId>, name: &str) -> Option<TopicId> {
        let hash = self.hasher.hash_one((kind, parent, name));
        let known = self.numbers.find(hash, |(_, id)| self.is_called(*id, kind, parent, name));
        known.map(|(_, id)| *id)
    }

    fn is_called(&self, id: TopicId, kind: TopicKind, parent: Option<TopicId>, name: &str) -> bool {
        self.get(id).is_some_and(|topic| (topic.kind, topic.parent, &*topic.name) == (kind, parent, name))
    }

    /// A number that is another one whenever other topics than before hold items.
    pub(super) fn shape(&self) -> u64 {
        self.shape
    }

    /// The name of a topic with that of its taxonomy: `Healthcare IT News: Precision Medicine`.
    pub fn full_label(&self, id: TopicId) -> String {
        let parent = self.get(id).and_then(|topic| self.get(topic.parent?));
        match parent.filter(|parent| parent.kind == TopicKind::Taxonomy) {
            Some(taxonomy) => format!("{}: {}", taxonomy.label(), self.label(id)),
            None => self.label(id).to_owned(),
        }
    }

    /// The folded name of a topic, whichever spelling is the commonest: they differ in case only.
    pub(super) fn folded(&self, id: TopicId) -> &str {
        self.folded.get(id)
    }

    /// Puts the folded [full name](Self::full_label) of a topic in the place of a text.
    pub(super) fn fold_full_label(&self, id: TopicId, name: &mut String) {
        self.folded.write_full(id, name);
    }

    /// The items that name a topic.
    pub(super) fn items_of(&self, id: TopicId) -> &[ItemId] {
        self.get(id).map(|topic| topic.items.as_slice()).unwrap_or_default()
    }

    /// The items of a topic and of what is below it.
    pub(super) fn items_in(&self, id: TopicId) -> impl Iterator<Item = ItemId> {
        let below = self.placed_below(id).iter().map(|placed| placed.id);
        std::iter::once(id).chain(below).flat_map(|id| self.items_of(id)).copied()
    }

    /// Whether one of an item's topics is this one, or below it.
    pub(super) fn is_within(&self, topics: &[TopicId], wanted: TopicId) -> bool {
        let parent = |id: &TopicId| self.get(*id).and_then(|topic| topic.parent);
        topics.iter().any(|id| *id == wanted || parent(id) == Some(wanted))
    }

    /// Puts an item into each of its topics.
    pub(super) fn put(&mut self, item: ItemId, topics: &[TopicId], unread: bool) {
        self.count(topics, |counts| counts.add(unread));
        for id in topics {
            if let Some(topic) = self.topics.get_mut(id.index()) {
                topic.items.push(item);
            }
        }
    }

    /// Takes an item out of the counts of its topics.
    pub(super) fn uncount(&mut self, topics: &[TopicId], unread: bool) {
        self.count(topics, |counts| counts.remove(unread));
    }

    /// Takes items out of topics, after they have been taken out of their counts.
    pub(super) fn take_out(&mut self, topics: impl IntoIterator<Item = TopicId>, items: &ItemSet) {
        for id in topics {
            if let Some(topic) = self.topics.get_mut(id.index()) {
                topic.items.retain(|item| !items.contains(*item));
            }
        }
    }

    /// Counts an item as read or unread in each of its topics, where it was the other before.
    pub(super) fn turn(&mut self, topics: &[TopicId], read: bool) {
        self.count(topics, |counts| counts.turn(read));
    }

    /// Changes the counts of an item's topics, and of what these are part of, each once.
    fn count(&mut self, topics: &[TopicId], change: impl Fn(&mut Counts)) {
        let mut last = None;
        for id in topics {
            let parent = self.get(*id).and_then(|topic| topic.parent);
            let parent = parent.filter(|parent| last.replace(*parent) != Some(*parent));
            for id in parent.into_iter().chain([*id]) {
                self.count_one(id, &change);
            }
        }
    }

    /// Changes the counts of one topic, and notes whether it has begun to hold items by that, or ceased to.
    fn count_one(&mut self, id: TopicId, change: impl Fn(&mut Counts)) {
        let Some(topic) = self.topics.get_mut(id.index()) else { return };
        let held = topic.counts.total > 0;
        change(&mut topic.counts);
        if held != (topic.counts.total > 0) {
            self.turned.push(id);
        }
    }

    /// Brings the order of the tree up to date, after items have been put into topics or taken out.
    pub(super) fn bring_into_order(&mut self) {
        let mut turned = std::mem::take(&mut self.turned);
        turned.sort_unstable();
        turned.dedup();
        let holds = |id: &TopicId| self.get(*id).is_some_and(|topic| topic.counts.total > 0);
        turned.retain(|id| holds(id) != self.placed.contains(*id));
        let (added, gone): (Vec<TopicId>, Vec<TopicId>) = turned.iter().partition(|id| holds(id));
        if turned.is_empty() {
            return;
        }
        self.shape = self.shape.wrapping_add(1);
        if !gone.is_empty() {
            for id in &gone {
                self.placed.remove(*id);
            }
            self.order.retain(|placed| self.placed.contains(placed.id));
        }
        self.placed.extend(added.iter().copied());
        let added = added.into_iter().filter_map(|id| self.place(id)).collect();
        let mut order = std::mem::take(&mut self.order);
        sorted::merge(&mut order, added, |one, other| self.compare(one, other));
        self.order = order;
        let mut tops: Vec<TopicId> = turned.iter().filter_map(|id| Some(self.place(*id)?.top)).collect();
        tops.dedup();
        for top in tops {
            self.count_below(top);
        }
    }

    /// Counts how many topics stand right below one.
    fn count_below(&mut self, top: TopicId) {
        let below = u32::try_from(self.placed_below(top).len()).unwrap_or(u32::MAX);
        if let Some(placed) = self.place_of(top).and_then(|at| self.order.get_mut(at)) {
            placed.below = below;
        }
    }

    /// Puts topics into the order in which those stand together that are part of the same one, each once.
    pub(super) fn arrange(&self, topics: &mut Vec<TopicId>) {
        topics.sort_unstable_by_key(|id| (self.get(*id).and_then(|topic| topic.parent), *id));
        topics.dedup();
    }

    /// Finds or makes every topic that an item names, [arranged](Self::arrange). The site comes back by itself as well.
    pub(super) fn topics_of(&mut self, item: &Headline, is_new: bool) -> (Vec<TopicId>, Option<TopicId>) {
        let mut topics = Vec::with_capacity(8);
        for topic in &item.topics {
            let parent = match &topic.taxonomy {
                Some(taxonomy) => self.find_or_make(TopicKind::Taxonomy, None, taxonomy, is_new),
                None => self.section(TopicKind::Untaxonomised, "Other topics"),
            };
            topics.push(self.find_or_make(TopicKind::Term, Some(parent), &topic.term, is_new));
        }
        if item.topics.is_empty() {
            topics.push(self.section(TopicKind::Uncategorised, "Uncategorised"));
        }
        let site = item.site.as_ref().map(|site| {
            let parent = self.section(TopicKind::Sites, "Sites");
            self.find_or_make(TopicKind::Site, Some(parent), site, is_new)
        });
        topics.extend(site);
        for offering in &item.offerings {
            let parent = self.section(TopicKind::Offerings, "Related offerings");
            topics.push(self.find_or_make(TopicKind::Offering, Some(parent), offering, is_new));
        }
        if let Some(source) = &item.source {
            let parent = self.section(TopicKind::Sources, "Sources");
            topics.push(self.find_or_make(TopicKind::Source, Some(parent), source, is_new));
        }
        self.arrange(&mut topics);
        (topics, site)
    }

    fn section(&mut self, kind: TopicKind, label: &str) -> TopicId {
        self.find_or_make(kind, None, &SafeText::new(label), true)
    }

    fn find_or_make(
        &mut self,
        kind: TopicKind,
        parent: Option<TopicId>,
        label: &SafeText,
        is_new: bool,
    ) -> TopicId {
        let name = label.to_lowercase();
        let id = self.number(kind, parent, &name).unwrap_or_else(|| self.make(kind, parent, name));
        if let Some(topic) = self.topics.get_mut(id.index()) {
            topic.spelled(label, is_new);
        }
        id
    }

    fn make(&mut self, kind: TopicKind, parent: Option<TopicId>, name: String) -> TopicId {
        let id = TopicId(u32::try_from(self.topics.len()).unwrap_or(u32::MAX));
        let hash = self.hasher.hash_one((kind, parent, name.as_str()));
        self.numbers.insert_unique(hash, (hash, id), |(hash, _)| *hash);
        let taxonomy = parent
            .filter(|parent| self.get(*parent).is_some_and(|parent| parent.kind == TopicKind::Taxonomy));
        self.folded.push(&fold(&name), taxonomy);
        self.topics.push(Topic::new(kind, parent, name));
        id
    }
}
