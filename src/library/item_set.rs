//! A set of the items of one library.

use super::ItemId;

/// A set of items, as a mark for each item of the library.
#[derive(Debug, Clone)]
pub(super) struct ItemSet(Vec<bool>);

impl ItemSet {
    /// None of so many items.
    pub(super) fn none(items: usize) -> Self {
        Self(vec![false; items])
    }

    /// All of so many items.
    pub(super) fn all(items: usize) -> Self {
        Self(vec![true; items])
    }

    /// Puts items into the set; those that the library does not have are passed over.
    pub(super) fn extend<'a>(&mut self, ids: impl IntoIterator<Item = &'a ItemId>) {
        for id in ids {
            if let Some(mark) = self.0.get_mut(id.index()) {
                *mark = true;
            }
        }
    }

    /// Takes out every item for which something does not hold. The items are asked about in the order of
    /// arrival, in which they lie in memory.
    pub(super) fn retain(&mut self, mut holds: impl FnMut(ItemId) -> bool) {
        for (id, mark) in (0..).map(ItemId).zip(&mut self.0) {
            *mark = *mark && holds(id);
        }
    }

    /// Whether an item is in the set.
    pub(super) fn contains(&self, id: ItemId) -> bool {
        self.0.get(id.index()).copied().unwrap_or_default()
    }
}
