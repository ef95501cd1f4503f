//! The compact form in which a library keeps an item.

use jiff::civil::{Date, DateTime};

use super::TopicId;
use crate::item::{ItemKey, Link, SafeText};

/// The number of an item in one catalog: the same in the list in memory, in the index of the text and on disk.
/// It means nothing in another catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(super) u32);

impl ItemId {
    /// Stands for an item that is no longer in the library.
    pub(crate) const GONE: Self = Self(u32::MAX);

    /// The item of this number.
    pub fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub fn number(self) -> u32 {
        self.0
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What lists, topics and filters need to know of an item. The rest stays in its file until it is read.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name that marks follow.
    pub key: ItemKey,
    /// Where its file is in the source; not safe to draw.
    pub path: Box<str>,
    /// The title.
    pub title: SafeText,
    /// When it was published.
    pub date: Option<DateTime>,
    /// The original article.
    pub link: Option<Link>,
    /// The site that it was published on.
    pub site: Option<TopicId>,
    /// How long it takes to read, in minutes.
    pub minutes: u16,
    /// Whether a part of its file could not be read.
    pub broken: bool,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// Every topic that it counts in, each once, in ascending order: its terms, sites and offerings, and
    /// what these are part of.
    pub(super) topics: Box<[TopicId]>,
}

impl Entry {
    /// The day it was published.
    pub fn day(&self) -> Option<Date> {
        self.date.map(DateTime::date)
    }

    /// Whether it counts in a topic.
    pub fn is_in(&self, topic: TopicId) -> bool {
        self.topics.binary_search(&topic).is_ok()
    }
}
