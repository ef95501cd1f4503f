//! Numbers for the items of several catalogs, so that one library holds them all.

use std::collections::HashMap;

use crate::library::ItemId;

/// How many numbers are given at once.
const BLOCK: u32 = 256;

/// Numbers for the items of several catalogs: each catalog counts its items by itself, and a library keeps an item in
/// the place of its number. Numbers are given in blocks, so they lie close together however many each catalog has, and
/// what must be remembered is little. Of one catalog alone, every number is the one that it has there.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    catalogs: usize,
    /// The blocks that were given, each with its catalog and its number there.
    given: Vec<(usize, u32)>,
    /// The same the other way round.
    numbers: HashMap<(usize, u32), u32>,
}

impl Numbering {
    /// For so many catalogs.
    pub(super) fn of(catalogs: usize) -> Self {
        Self { catalogs, ..Self::default() }
    }

    /// The number of an item of a catalog, if it has been given one.
    pub(super) fn find(&self, catalog: usize, item: ItemId) -> Option<ItemId> {
        if self.catalogs <= 1 {
            return Some(item);
        }
        let block = self.numbers.get(&(catalog, item.number() / BLOCK))?;
        Some(ItemId::new(block.checked_mul(BLOCK)?.checked_add(item.number() % BLOCK)?))
    }

    /// Gives an item of a catalog a number, unless it has one. `None` when there are none left.
    pub(super) fn give(&mut self, catalog: usize, item: ItemId) -> Option<ItemId> {
        if let Some(known) = self.find(catalog, item) {
            return Some(known);
        }
        let block = u32::try_from(self.given.len()).ok().filter(|block| *block <= u32::MAX / BLOCK)?;
        let there = (catalog, item.number() / BLOCK);
        self.given.push(there);
        self.numbers.insert(there, block);
        self.find(catalog, item)
    }

    /// The catalog of an item, and its number there.
    pub(super) fn origin(&self, item: ItemId) -> Option<(usize, ItemId)> {
        if self.catalogs <= 1 {
            return Some((0, item));
        }
        let (catalog, block) = self.given.get(usize::try_from(item.number() / BLOCK).ok()?)?;
        Some((*catalog, ItemId::new(block.checked_mul(BLOCK)?.checked_add(item.number() % BLOCK)?)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn items_of_one_catalog_keep_their_numbers() {
        let mut numbering = Numbering::of(1);
        for number in [0, 1, 70_000, u32::MAX] {
            let item = ItemId::new(number);
            assert_eq!(numbering.give(0, item), Some(item));
            assert_eq!(numbering.origin(item), Some((0, item)));
        }
    }

    #[test]
    fn numbers_lie_close_together_however_unequal_the_catalogs_are() {
        let mut numbering = Numbering::of(3);
        let highest = (0..50_000).map(|number| (0, number)).chain((1..3).map(|catalog| (catalog, 4_000_000)));
        let highest =
            highest.filter_map(|(catalog, number)| numbering.give(catalog, ItemId::new(number))).max();
        assert!(highest.is_some_and(|highest| highest.number() < 51_000), "{highest:?}");
    }

    proptest! {
        #[test]
        fn every_item_has_one_number_and_every_number_one_item(
            items in proptest::collection::hash_set((0usize..4, any::<u32>()), 0..200)
        ) {
            let mut numbering = Numbering::of(4);
            let mut given = HashSet::new();
            for (catalog, number) in items {
                let item = ItemId::new(number);
                let id = numbering.give(catalog, item).expect("a number");
                prop_assert!(given.insert(id));
                prop_assert_eq!(numbering.give(catalog, item), Some(id));
                prop_assert_eq!(numbering.origin(id), Some((catalog, item)));
            }
        }
    }
}
