//! One topic of the tree.

use super::{Counts, ItemId};
use crate::item::SafeText;

/// The number of a topic in one library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub(super) u32);

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

    /// The kinds of topic that one of this kind can be right below; none for what is at the top.
    pub(super) fn parents(self) -> &'static [Self] {
        match self {
            Self::Term => &[Self::Taxonomy, Self::Untaxonomised],
            Self::Site => &[Self::Sites],
            Self::Offering => &[Self::Offerings],
            Self::Source => &[Self::Sources],
            Self::Sources
            | Self::Taxonomy
            | Self::Untaxonomised
            | Self::Uncategorised
            | Self::Sites
            | Self::Offerings => &[],
        }
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
    /// The name in lower case, which all spellings have in common.
    pub(super) name: Box<str>,
    /// The items that name it, in no order; those of what is below it are there.
    pub(super) items: Vec<ItemId>,
    spellings: Vec<(SafeText, u32)>,
}

impl Topic {
    /// A topic without items, whose spellings all have this name in lower case.
    pub(super) fn new(kind: TopicKind, parent: Option<TopicId>, name: String) -> Self {
        Self {
            kind,
            parent,
            counts: Counts::default(),
            name: name.into(),
            items: Vec::new(),
            spellings: Vec::new(),
        }
    }

    /// Its name in the commonest of its spellings; between equally common ones, the first in byte order,
    /// so that the order of arrival does not matter.
    pub fn label(&self) -> &str {
        let commonest = self.spellings.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)));
        commonest.map_or("", |(spelling, _)| spelling.as_str())
    }

    /// Takes note of a spelling, and counts it if the item is new: to be told of an item again makes its spelling no
    /// commoner.
    pub(super) fn spelled(&mut self, spelling: &SafeText, is_new: bool) {
        let has_room = self.spellings.len() < SPELLINGS_MAX;
        match self.spellings.iter_mut().find(|(known, _)| known == spelling) {
            Some((_, times)) => *times = times.saturating_add(u32::from(is_new)),
            None if has_room => self.spellings.push((spelling.clone(), 1)),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::search::fold;

    #[test]
    fn every_spelling_of_a_name_folds_alike() {
        for character in '\0'..=char::MAX {
            let spelling = format!("a{character}");
            assert_eq!(fold(&spelling), fold(&spelling.to_lowercase()), "{character:?}");
        }
    }
}
