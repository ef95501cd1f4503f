//! The tree of topics, as the items' own metadata spans it.

use std::collections::HashMap;

use super::{Counts, ItemId};
use crate::item::{Item, SafeText};
use crate::search::fold;

/// The number of a topic in one library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(u32);

impl TopicId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a topic is. The order is the order of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicKind {
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
}

impl TopicKind {
    /// Whether it is a heading of ours over other topics, which no item names.
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Untaxonomised | Self::Sites | Self::Offerings)
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
    /// The items that it holds, in the order of arrival.
    pub(super) items: Vec<ItemId>,
    spellings: Vec<(SafeText, u32)>,
}

impl Topic {
    /// Its name in the commonest of its spellings; between equally common ones, the first in byte order,
    /// so that the order of arrival does not matter.
    pub fn label(&self) -> &str {
        let commonest = self.spellings.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)));
        commonest.map_or("", |(spelling, _)| spelling.as_str())
    }

    fn spelled(&mut self, spelling: &SafeText) {
        let has_room = self.spellings.len() < SPELLINGS_MAX;
        match self.spellings.iter_mut().find(|(known, _)| known == spelling) {
            Some((_, times)) => *times = times.saturating_add(1),
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

    /// The topics right below one topic, or those at the top, in the order in which they are shown: by kind,
    /// then by name.
    pub fn children(&self, parent: Option<TopicId>) -> Vec<TopicId> {
        let below = self.iter().filter(|(_, topic)| topic.parent == parent);
        let mut named: Vec<_> = below.map(|(id, topic)| (topic.kind, fold(topic.label()), id)).collect();
        named.sort();
        named.into_iter().map(|(_, _, id)| id).collect()
    }

    /// The topic that is the same here as one of another tree: of the same kind, with the same name, below
    /// the same one.
    pub(super) fn same_as(&self, other: &Self, id: TopicId) -> Option<TopicId> {
        let topic = other.get(id)?;
        let parent = match topic.parent {
            Some(parent) => Some(self.same_as(other, parent)?),
            None => None,
        };
        self.numbers.get(&(topic.kind, parent, topic.label().to_lowercase())).copied()
    }

    /// Puts an item into each of its topics.
    pub(super) fn put(&mut self, item: ItemId, topics: &[TopicId], unread: bool) {
        for id in topics {
            if let Some(topic) = self.topics.get_mut(id.index()) {
                topic.counts.add(unread);
                topic.items.push(item);
            }
        }
    }

    /// Counts an item as read or unread in each of its topics, where it was the other before.
    pub(super) fn turn(&mut self, topics: &[TopicId], read: bool) {
        for id in topics {
            if let Some(topic) = self.topics.get_mut(id.index()) {
                topic.counts.turn(read);
            }
        }
    }

    /// Finds or makes every topic that an item counts in: each once, in ascending order. The site comes
    /// back by itself as well.
    pub(super) fn place(&mut self, item: &Item) -> (Vec<TopicId>, Option<TopicId>) {
        let mut topics = Vec::with_capacity(8);
        for topic in &item.topics {
            let parent = match &topic.taxonomy {
                Some(taxonomy) => self.find_or_make(TopicKind::Taxonomy, None, taxonomy),
                None => self.section(TopicKind::Untaxonomised, "Other topics"),
            };
            topics.extend([parent, self.find_or_make(TopicKind::Term, Some(parent), &topic.term)]);
        }
        if item.topics.is_empty() {
            topics.push(self.section(TopicKind::Uncategorised, "Uncategorised"));
        }
        let site = item.site.as_ref().map(|site| {
            let parent = self.section(TopicKind::Sites, "Sites");
            topics.push(parent);
            self.find_or_make(TopicKind::Site, Some(parent), site)
        });
        topics.extend(site);
        for offering in &item.offerings {
            let parent = self.section(TopicKind::Offerings, "Related offerings");
            topics.extend([parent, self.find_or_make(TopicKind::Offering, Some(parent), &offering.label)]);
        }
        topics.sort_unstable();
        topics.dedup();
        (topics, site)
    }

    fn section(&mut self, kind: TopicKind, label: &str) -> TopicId {
        self.find_or_make(kind, None, &SafeText::new(label))
    }

    fn find_or_make(&mut self, kind: TopicKind, parent: Option<TopicId>, label: &SafeText) -> TopicId {
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
            topic.spelled(label);
        }
        id
    }
}
