//! A set of the items of one library.

use std::iter;

use super::ItemId;

/// A set of items, as one bit for each number up to the highest that was put in.
#[derive(Debug, Clone, Default)]
pub struct ItemSet(Vec<u64>);

/// The word that holds the bit of an item, and the bit.
fn place(id: ItemId) -> (usize, u64) {
    (id.index() / 64, 1 << (id.index() % 64))
}

impl ItemSet {
    /// Puts an item into the set.
    pub fn insert(&mut self, id: ItemId) {
        let (word, bit) = place(id);
        if word >= self.0.len() {
            self.0.resize(word.saturating_add(1), 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Takes an item out of the set.
    pub fn remove(&mut self, id: ItemId) {
        let (word, bit) = place(id);
        if let Some(bits) = self.0.get_mut(word) {
            *bits &= !bit;
        }
    }

    /// Whether an item is in the set.
    pub fn contains(&self, id: ItemId) -> bool {
        let (word, bit) = place(id);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// How many items are in the set.
    pub fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Whether no item is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// The items, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = ItemId> {
        (0u32..).zip(&self.0).filter(|(_, bits)| **bits != 0).flat_map(|(word, bits)| {
            // Each step takes the lowest bit away that is still set.
            let left = iter::successors(Some(*bits), |bits| Some(bits & bits.wrapping_sub(1)));
            let set = left.take_while(|bits| *bits != 0);
            set.map(move |bits| ItemId::new(word * 64 + bits.trailing_zeros()))
        })
    }

    /// Takes out every item for which something does not hold.
    pub fn retain(&mut self, mut holds: impl FnMut(ItemId) -> bool) {
        for (word, bits) in (0u32..).zip(&mut self.0) {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                if !holds(ItemId::new(word * 64 + bit)) {
                    *bits &= !(1 << bit);
                }
            }
        }
    }
}

impl Extend<ItemId> for ItemSet {
    fn extend<T: IntoIterator<Item = ItemId>>(&mut self, ids: T) {
        for id in ids {
            self.insert(id);
        }
    }
}

impl FromIterator<ItemId> for ItemSet {
    fn from_iter<T: IntoIterator<Item = ItemId>>(ids: T) -> Self {
        let mut set = Self::default();
        set.extend(ids);
        set
    }
}

/// What a search over all text has found.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// The items.
    pub items: ItemSet,
    /// The items with the best first, where that was asked for.
    pub best: Vec<ItemId>,
    /// Whether all items were in the index; until they are, titles and topics are looked at as well.
    pub complete: bool,
}
