//! The tree of topics, as the items' own metadata spans it.

use std::collections::HashMap;

use super::{Counts, Headline, ItemId, ItemSet};
use crate::item::SafeText;
use crate::search::fold;

/// The number of a topic in one library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(u32);

impl TopicId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a topic is. The order is the order of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicKind {
    /// What all sources are under, where several are open.
    Sources,
    /// A taxonomy, such as `Medical Subject Headings (MeSH)`; its terms are below it.
    Taxonomy,
    /// What all terms without a taxonomy are under.
    Untaxonomised,
    /// Items with no topic at all.
    Uncategorised,
    /// What all sites are under.
    Sites,
    /// What all related offerings are under.
    Offerings,
    /// A term of a taxonomy, or one without.
    Term,
    /// A site, such as `healthcareitnews.com`.
    Site,
    /// A related offering.
    Offering,
    /// A source, by the name that it was opened under.
    Source,
}

impl TopicKind {
    /// Whether it is a heading of ours over other topics, which no item names.
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Sources | Self::Untaxonomised | Self::Sites | Self::Offerings)
    }
}

/// How many spellings of one topic are told apart; a hostile source could have one for every item.
const SPELLINGS_MAX: usize = 64;

/// One topic.
#[derive(Debug, Clone)]
pub struct Topic {
    /// What it is.
    pub kind: TopicKind,
    /// What it is part of; `None` at the top of the tree.
    pub parent: Option<TopicId>,
    /// How many items it holds.
    pub counts: Counts,
    /// The items that name it, in no order; those of what is below it are there.
    items: Vec<ItemId>,
    spellings: Vec<(SafeText, u32)>,
}

impl Topic {
    /// Its name in the commonest of its spellings; between equally common ones, the first in byte order,
    /// so that the order of arrival does not matter. An item counts with the spelling that it came with.
    pub fn label(&self) -> &str {
        let commonest = self.spellings.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)));
        commonest.map_or("", |(spelling, _)| spelling.as_str())
    }

    /// Takes note of a spelling, and counts it if the item is new: to be told of an item again makes its spelling no
    /// commoner.
    fn spelled(&mut self, spelling: &SafeText, is_new: bool) {
        let has_room = self.spellings.len() < SPELLINGS_MAX;
        match self.spellings.iter_mut().find(|(known, _)| known == spelling) {
            Some((_, times)) => *times = times.saturating_add(u32::from(is_new)),
            None if has_room => self.spellings.push((spelling.clone(), 1)),
            None => {}
        }
    }
}

/// All topics of a library. Twins (`AI`, `ai`) are one topic.
#[derive(Debug, Clone, Default)]
pub struct TopicTree {
    topics: Vec<Topic>,
    numbers: HashMap<(TopicKind, Option<TopicId>, String), TopicId>,
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

    /// The topics right below one topic, or those at the top, that hold items, in the order in which they are
    /// shown: by kind, then by name.
    pub fn children(&self, parent: Option<TopicId>) -> Vec<TopicId> {
        let below = self.iter().filter(|(_, topic)| topic.parent == parent && topic.counts.total > 0);
        let mut named: Vec<_> =
            below.map(|(id, topic)| (topic.kind, (fold(topic.label()), topic.label()), id)).collect();
        named.sort();
        named.into_iter().map(|(_, _, id)| id).collect()
    }

    /// The topic of a kind with this name, below one with that name (empty: at the top).
    pub(super) fn find(&self, kind: TopicKind, parent: &str, label: &str) -> Option<TopicId> {
        let label = label.to_lowercase();
        let mut named = self.numbers.iter().filter(|((other, _, name), _)| *other == kind && *name == label);
        let has_parent =
            |above: Option<TopicId>| above.map_or("", |above| self.label(above)).eq_ignore_ascii_case(parent);
        named.find(|((_, above, _), _)| has_parent(*above)).map(|(_, id)| *id)
    }

    /// The name of a topic with that of its taxonomy: `Healthcare IT News: Precision Medicine`.
    pub fn full_label(&self, id: TopicId) -> String {
        let parent = self.get(id).and_then(|topic| self.get(topic.parent?));
        match parent.filter(|parent| parent.kind == TopicKind::Taxonomy) {
            Some(taxonomy) => format!("{}: {}", taxonomy.label(), self.label(id)),
            None => self.label(id).to_owned(),
        }
    }

    /// The items of every topic for which something holds.
    pub(super) fn items_in(&self, mut holds: impl FnMut(TopicId, &Topic) -> bool) -> ItemSet {
        let topics = self.iter().filter(|(id, topic)| holds(*id, topic));
        topics.flat_map(|(_, topic)| &topic.items).copied().collect()
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
                if let Some(topic) = self.topics.get_mut(id.index()) {
                    change(&mut topic.counts);
                }
            }
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
        let next = TopicId(u32::try_from(self.topics.len()).unwrap_or(u32::MAX));
        let id = *self.numbers.entry((kind, parent, label.to_lowercase())).or_insert(next);
        if id == next {
            self.topics.push(Topic {
                kind,
                parent,
                counts: Counts::default(),
                items: Vec::new(),
                spellings: Vec::new(),
            });
        }
        if let Some(topic) = self.topics.get_mut(id.index()) {
            topic.spelled(label, is_new);
        }
        id
    }
}
