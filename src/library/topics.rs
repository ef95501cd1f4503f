//! The tree of topics, as the items' own metadata spans it.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use super::topic::{Topic, TopicId, TopicKind};
use super::{Counts, Headline, ItemId, ItemSet, sorted};
use crate::item::SafeText;

/// All topics of a library. Twins (`AI`, `ai`) are one topic.
#[derive(Debug, Clone, Default)]
pub struct TopicTree {
    topics: Vec<Topic>,
    /// The topics by their kind, what they are part of, and their name in lower case.
    numbers: HashTable<TopicId>,
    hasher: RandomState,
    /// The topics at the top, in the order of the tree, with items or without.
    tops: Vec<TopicId>,
    /// New topics that have no place in the order of the tree yet.
    unplaced: Vec<TopicId>,
    /// How often a topic has begun to hold items, or ceased to.
    shape: u64,
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

    /// The topics right below one topic, or those at the top, that hold items, in the order in which they are
    /// shown: by kind, then by name.
    pub fn children(&self, parent: Option<TopicId>) -> impl Iterator<Item = TopicId> {
        let below = match parent {
            None => Some(&self.tops),
            Some(parent) => self.get(parent).map(|parent| &parent.below),
        };
        below
            .into_iter()
            .flatten()
            .copied()
            .filter(|id| self.get(*id).is_some_and(|topic| topic.counts.total > 0))
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
        self.numbers.find(hash, |id| self.is_called(*id, kind, parent, name)).copied()
    }

    fn is_called(&self, id: TopicId, kind: TopicKind, parent: Option<TopicId>, name: &str) -> bool {
        self.get(id).is_some_and(|topic| (topic.kind, topic.parent, &*topic.name) == (kind, parent, name))
    }

    /// How many of the topics right below one hold items.
    pub fn shown_below(&self, id: TopicId) -> usize {
        self.get(id).map_or(0, |topic| topic.shown_below as usize)
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

    /// Puts the folded [full name](Self::full_label) of a topic in the place of a text.
    pub(super) fn fold_full_label(&self, id: TopicId, name: &mut String) {
        name.clear();
        let Some(topic) = self.get(id) else { return };
        let parent = topic.parent.and_then(|parent| self.get(parent));
        if let Some(taxonomy) = parent.filter(|parent| parent.kind == TopicKind::Taxonomy) {
            name.push_str(taxonomy.folded());
            name.push_str(": ");
        }
        name.push_str(topic.folded());
    }

    /// The items that name a topic.
    pub(super) fn items_of(&self, id: TopicId) -> &[ItemId] {
        self.get(id).map(|topic| topic.items.as_slice()).unwrap_or_default()
    }

    /// The items of a topic and of what is below it.
    pub(super) fn items_in(&self, id: TopicId) -> impl Iterator<Item = ItemId> {
        let below = self.get(id).into_iter().flat_map(|topic| &topic.below).copied();
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

    /// Changes the counts of one topic, and notes when it is the first or the last item that comes or goes.
    fn count_one(&mut self, id: TopicId, change: impl Fn(&mut Counts)) {
        let Some(topic) = self.topics.get_mut(id.index()) else { return };
        let held = topic.counts.total > 0;
        change(&mut topic.counts);
        let holds = topic.counts.total > 0;
        if held == holds {
            return;
        }
        self.shape = self.shape.wrapping_add(1);
        if let Some(parent) = topic.parent.and_then(|parent| self.topics.get_mut(parent.index())) {
            let shown = parent.shown_below;
            parent.shown_below = if holds { shown.saturating_add(1) } else { shown.saturating_sub(1) };
        }
    }

    /// Gives new topics their places in the order of the tree.
    pub(super) fn sort_in(&mut self) {
        let mut new = std::mem::take(&mut self.unplaced);
        let parent_of = |id: &TopicId| self.get(*id).and_then(|topic| topic.parent);
        new.sort_by_key(parent_of);
        let siblings: Vec<Vec<TopicId>> =
            new.chunk_by(|one, other| parent_of(one) == parent_of(other)).map(<[_]>::to_vec).collect();
        for siblings in siblings {
            let parent = siblings.first().and_then(|id| self.get(*id)?.parent);
            let mut all = std::mem::take(self.all_below(parent));
            let rank =
                |id: &TopicId| self.get(*id).map(|topic| (topic.kind, topic.folded(), &topic.name, *id));
            sorted::merge(&mut all, siblings, |one, other| rank(one).cmp(&rank(other)));
            *self.all_below(parent) = all;
        }
    }

    /// What is right below a topic, or at the top.
    fn all_below(&mut self, parent: Option<TopicId>) -> &mut Vec<TopicId> {
        match parent.and_then(|parent| self.topics.get_mut(parent.index())) {
            Some(parent) => &mut parent.below,
            None => &mut self.tops,
        }
    }

    /// Puts topics into the order in which those stand together that are part of the same one, each once.
    pub(super) fn arrange(&self, topics: &mut Vec<TopicId>) {
        topics.sort_unstable_by_key(|id| (self.get(*id).and_then(|topic| topic.parent), *id));
        topics.dedup();
    }

    /// Finds or makes every topic that an item names, [arranged](Self::arrange). The site comes back by itself as well.
    pub(super) fn place(&mut self, item: &Headline, is_new: bool) -> (Vec<TopicId>, Option<TopicId>) {
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
        let hash_of = |topic: &Topic| self.hasher.hash_one((topic.kind, topic.parent, &*topic.name));
        let topic = Topic::new(kind, parent, name);
        let hash = hash_of(&topic);
        self.topics.push(topic);
        self.numbers.insert_unique(hash, id, |id| self.topics.get(id.index()).map_or(0, hash_of));
        self.unplaced.push(id);
        id
    }
}
