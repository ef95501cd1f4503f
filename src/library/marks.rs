//! Read and starred marks.

use std::collections::{HashMap, HashSet};

use super::{ItemId, ItemSet, Library};
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
        let keys = self.of_mut(mark);
        if marked { keys.insert(key) } else { keys.remove(&key) }
    }

    /// The keys of all items with a mark.
    fn of_mut(&mut self, mark: Mark) -> &mut HashSet<ItemKey> {
        match mark {
            Mark::Read => &mut self.read,
            Mark::Starred => &mut self.starred,
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
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// The keys for which it has changed something.
    pub keys: Vec<ItemKey>,
    /// The items in the library that have these keys.
    pub items: ItemSet,
}

/// Every mark, set and taken away.
const EVERY_CHANGE: [(Mark, bool); 4] =
    [(Mark::Read, true), (Mark::Read, false), (Mark::Starred, true), (Mark::Starred, false)];

/// Where at least one in so many items has changed, all are looked at in their order; else each is looked for.
const FEW: usize = 16;

impl Library {
    /// The marks of all items, those of other sources and other days among them.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Sets or takes away a mark of every item with each of the keys.
    pub fn set_mark(&mut self, keys: &[ItemKey], mark: Mark, marked: bool) -> Marked {
        if marked {
            self.marks.of_mut(mark).reserve(keys.len());
        }
        let changed = keys.iter().copied().filter(|key| self.marks.set(*key, mark, marked));
        let keys: Vec<ItemKey> = changed.collect();
        let items = self.mark_entries(&keys);
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
            all.items.extend(items.iter());
        }
        all
    }

    /// Takes in the marks of before, in the place of those that are known.
    pub fn set_marks(&mut self, marks: Marks) {
        self.marks = marks;
        let all = (0..).map(ItemId::new).take(self.slots.len());
        self.mark_each(all);
    }

    /// Takes in which items have come since the last visit, besides those that are known to.
    pub fn add_new(&mut self, keys: Vec<ItemKey>) {
        let keys: Vec<ItemKey> = keys.into_iter().filter(|key| self.new.insert(*key)).collect();
        self.mark_entries(&keys);
    }

    /// Brings the items with some keys up to date with the marks. Those that have become others come back.
    fn mark_entries(&mut self, keys: &[ItemKey]) -> ItemSet {
        if keys.len() < self.slots.len() / FEW {
            return self.mark_each(self.with_keys(keys));
        }
        let all = (0..).map(ItemId::new).take(self.slots.len());
        self.mark_each(all)
    }

    /// Brings items, and everything that is counted with them, up to date with the marks. Those that have become others
    /// come back.
    fn mark_each(&mut self, items: impl IntoIterator<Item = ItemId>) -> ItemSet {
        let mut changed = ItemSet::default();
        for id in items {
            let Some(entry) = self.slots.get_mut(id.index()).and_then(Option::as_mut) else { continue };
            let before = (entry.read, entry.starred, entry.new);
            entry.read = self.marks.read.contains(&entry.key);
            entry.starred = self.marks.starred.contains(&entry.key);
            entry.new = self.new.contains(&entry.key);
            if before == (entry.read, entry.starred, entry.new) {
                continue;
            }
            changed.insert(id);
            if self.sets.listed.contains(id) {
                self.sets.put(id, entry, self.days);
                if before.0 != entry.read {
                    self.topics.turn(self.topic_lists.get(entry.topics), entry.read);
                }
            }
        }
        changed
    }
}
