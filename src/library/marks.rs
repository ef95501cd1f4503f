//! Read and starred marks.

use std::collections::{HashMap, HashSet};

use super::{Entry, ItemId, Library};
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

    /// The keys of all items with a mark.
    fn with(&self, mark: Mark) -> &HashSet<ItemKey> {
        match mark {
            Mark::Read => &self.read,
            Mark::Starred => &self.starred,
        }
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

/// What the setting of marks has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The keys for which it has changed something.
    pub keys: Vec<ItemKey>,
    /// The items in the library that have these keys.
    pub items: Vec<ItemId>,
}

impl Library {
    /// The marks of all items, those of other sources and other days among them.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Sets or takes away a mark of every item with each of the keys.
    pub fn set_mark(&mut self, keys: &[ItemKey], mark: Mark, marked: bool) -> Marked {
        let changed = keys.iter().copied().filter(|key| self.marks.set(*key, mark, marked));
        let keys: Vec<ItemKey> = changed.collect();
        let items = self.mark_entries(&keys, mark, marked);
        Marked { keys, items }
    }

    /// Takes in marks that were set or taken away somewhere else, in this order.
    pub fn take_marks(&mut self, changes: &[MarkChange]) -> Marked {
        let last: HashMap<(ItemKey, Mark), bool> =
            changes.iter().map(|change| ((change.key, change.mark), change.marked)).collect();
        let mut all = Marked::default();
        for (mark, marked) in EVERY_CHANGE {
            let alike = last.iter().filter(|((_, other), now)| (*other, **now) == (mark, marked));
            let keys: Vec<ItemKey> = alike.map(|((key, _), _)| *key).collect();
            let Marked { keys, items } = self.set_mark(&keys, mark, marked);
            all.keys.extend(keys);
            all.items.extend(items);
        }
        all
    }

    /// Takes in the marks of before, in the place of those that are known.
    pub fn set_marks(&mut self, marks: Marks) {
        let before = std::mem::replace(&mut self.marks, marks);
        for (mark, marked) in EVERY_CHANGE {
            let (old, new) = (before.with(mark), self.marks.with(mark));
            let (more, less) = if marked { (new, old) } else { (old, new) };
            let changed: Vec<ItemKey> = more.difference(less).copied().collect();
            self.mark_entries(&changed, mark, marked);
        }
    }

    /// Takes in which items have come since the last visit, besides those that are known to.
    pub fn add_new(&mut self, keys: Vec<ItemKey>) {
        let keys: Vec<ItemKey> = keys.into_iter().filter(|key| self.new.insert(*key)).collect();
        self.change_entries(&keys, |entry| entry.new = true);
    }

    fn mark_entries(&mut self, keys: &[ItemKey], mark: Mark, marked: bool) -> Vec<ItemId> {
        self.change_entries(keys, |entry| match mark {
            Mark::Read => entry.read = marked,
            Mark::Starred => entry.starred = marked,
        })
    }

    /// Changes the items with some keys, and everything that is counted with them. The items come back.
    fn change_entries(&mut self, keys: &[ItemKey], change: impl Fn(&mut Entry)) -> Vec<ItemId> {
        let items = self.with_keys(keys);
        for id in &items {
            let Some(entry) = self.slots.get_mut(id.index()).and_then(Option::as_mut) else { continue };
            let before = entry.read;
            change(entry);
            if self.sets.listed.contains(*id) {
                self.sets.put(*id, entry, self.days);
                if before != entry.read {
                    self.topics.turn(self.topic_lists.get(entry.topics), entry.read);
                }
            }
        }
        items
    }
}

/// Every mark, set and taken away.
const EVERY_CHANGE: [(Mark, bool); 4] =
    [(Mark::Read, true), (Mark::Read, false), (Mark::Starred, true), (Mark::Starred, false)];
