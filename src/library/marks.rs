//! Read and starred marks.

use std::collections::HashSet;

use crate::item::ItemKey;

/// Which items have been read and which have a star, by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The keys of items that have been read.
    pub read: HashSet<ItemKey>,
    /// The keys of items with a star.
    pub starred: HashSet<ItemKey>,
}

impl Marks {
    /// Sets or takes away a mark. Says whether that changed anything.
    pub fn set(&mut self, key: ItemKey, mark: Mark, marked: bool) -> bool {
        let keys = match mark {
            Mark::Read => &mut self.read,
            Mark::Starred => &mut self.starred,
        };
        if marked { keys.insert(key) } else { keys.remove(&key) }
    }
}

/// A mark that an item can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It has been read.
    Read,
    /// It has a star.
    Starred,
}

/// A mark that was set or taken away somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MarkChange {
    /// The item.
    pub key: ItemKey,
    /// The mark.
    pub mark: Mark,
    /// Whether it has it now.
    pub marked: bool,
}
