//! The compact form in which a library keeps an item.

use jiff::civil::{Date, DateTime};

use super::TopicId;
use super::arena::Span;
use crate::item::{DateSource, ItemKey};

/// The number of an item in one catalog: the same in the list in memory, in the index of the text and on disk.
/// It means nothing in another catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u32);

impl ItemId {
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

/// What lists, topics and filters need to know of an item. The rest stays on disk until it is wanted.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and there are very many entries"
)]
pub struct Entry {
    /// The name that marks follow.
    pub key: ItemKey,
    /// When it was published, or its file last changed.
    pub date: Option<DateTime>,
    /// Where the date comes from.
    pub date_source: DateSource,
    /// The site that it was published on.
    pub site: Option<TopicId>,
    /// How long it takes to read, in minutes.
    pub minutes: u16,
    /// Whether it has an original that can be opened.
    pub has_link: bool,
    /// Whether a part of its file could not be read.
    pub broken: bool,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// Whether it has come since the last visit.
    pub new: bool,
    /// Where the library has its name, which begins with its title.
    pub(super) name: Span,
    /// Where the library has its topics.
    pub(super) topics: Span,
}

impl Entry {
    /// The day it was published.
    pub fn day(&self) -> Option<Date> {
        self.date.map(DateTime::date)
    }
}
