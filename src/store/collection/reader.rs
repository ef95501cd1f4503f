//! Reading the catalogs of all open sources as if they were one, on any thread.

use std::sync::{Arc, PoisonError, RwLock};

use super::numbering::Numbering;
use crate::item::{Item, ItemFile};
use crate::library::{Hits, ItemId};
use crate::search::{Context, Highlights, TextSearch};
use crate::store::catalog::{CatalogError, CatalogReader, Interrupt};

/// Reads the catalogs of all open sources as if they were one. It can be sent to another thread; each thread needs one
/// of its own.
#[derive(Debug)]
pub struct CollectionReader {
    catalogs: Vec<CatalogReader>,
    numbering: Arc<RwLock<Numbering>>,
}

impl CollectionReader {
    pub(super) fn new(catalogs: Vec<CatalogReader>, numbering: Arc<RwLock<Numbering>>) -> Self {
        Self { catalogs, numbering }
    }

    /// The epoch that the catalogs are in now, as [`Collection::epoch`](super::Collection::epoch) counts it.
    pub fn epoch(&self) -> u64 {
        self.catalogs.iter().map(CatalogReader::epoch).sum()
    }

    /// What stops this reader, for each of its catalogs. It is no longer good when one of them has been made anew.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read.
    pub fn interrupts(&mut self) -> Result<Vec<Interrupt>, CatalogError> {
        self.catalogs.iter_mut().map(CatalogReader::interrupt).collect()
    }

    /// The source that an item comes from, counted in the order in which they were opened.
    pub fn source_of(&self, id: ItemId) -> Option<usize> {
        self.origin(id).map(|(source, _)| source)
    }

    /// An item with its body; `None` when it has gone.
    ///
    /// # Errors
    ///
    /// When its catalog cannot be read. The item can still be read from its source.
    pub fn file(&mut self, id: ItemId) -> Result<Option<ItemFile>, CatalogError> {
        let Some((source, id)) = self.origin(id) else { return Ok(None) };
        self.catalogs.get_mut(source).map_or(Ok(None), |catalog| catalog.file(id))
    }

    /// All of an item but its body; `None` when it has gone.
    ///
    /// # Errors
    ///
    /// When its catalog cannot be read. The item can still be read from its source.
    pub fn item(&mut self, id: ItemId) -> Result<Option<Item>, CatalogError> {
        let Some((source, id)) = self.origin(id) else { return Ok(None) };
        self.catalogs.get_mut(source).map_or(Ok(None), |catalog| catalog.item(id))
    }

    /// The items with a slug, in the order of the sources.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read.
    pub fn with_slug(&mut self, slug: &str) -> Result<Vec<ItemId>, CatalogError> {
        let mut found = Vec::new();
        for (source, catalog) in self.catalogs.iter_mut().enumerate() {
            let here = catalog.with_slug(slug)?;
            let numbering = self.numbering.read().unwrap_or_else(PoisonError::into_inner);
            found.extend(here.into_iter().filter_map(|id| numbering.find(source, id)));
        }
        Ok(found)
    }

    /// All items whose text is what is looked for.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read, or the search was stopped.
    pub fn search(&mut self, search: &TextSearch) -> Result<Hits, CatalogError> {
        self.ask(|catalog| catalog.search(search))
    }

    /// The same, and the best of them in order. What one source has for its best match stands beside what another has
    /// for its own, since how often a word occurs tells little across sources.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read, or the search was stopped.
    pub fn search_best(&mut self, search: &TextSearch) -> Result<Hits, CatalogError> {
        self.ask(|catalog| catalog.search_best(search))
    }

    /// For each of some items, the words around what was found in it, in about so many characters. Where only the
    /// title has it, this is the summary; items that have gone, or have none, are left out.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read.
    pub fn contexts(
        &mut self,
        ids: &[ItemId],
        highlights: &Highlights,
        characters: usize,
    ) -> Result<Vec<(ItemId, Context)>, CatalogError> {
        let origins: Vec<_> = ids.iter().filter_map(|id| self.origin(*id)).collect();
        let mut found = Vec::new();
        for (source, catalog) in self.catalogs.iter_mut().enumerate() {
            let here: Vec<ItemId> =
                origins.iter().filter(|(other, _)| *other == source).map(|(_, id)| *id).collect();
            if here.is_empty() {
                continue;
            }
            let contexts = catalog.contexts(&here, highlights, characters)?;
            let numbering = self.numbering.read().unwrap_or_else(PoisonError::into_inner);
            let numbered = |(id, context)| Some((numbering.find(source, id)?, context));
            found.extend(contexts.into_iter().filter_map(numbered));
        }
        Ok(found)
    }

    /// Asks every catalog, and makes one answer of all.
    fn ask(
        &mut self,
        mut question: impl FnMut(&mut CatalogReader) -> Result<Hits, CatalogError>,
    ) -> Result<Hits, CatalogError> {
        if let [only] = self.catalogs.as_mut_slice() {
            return question(only);
        }
        let mut all = Hits { complete: true, ..Hits::default() };
        let mut bests = Vec::new();
        for (source, catalog) in self.catalogs.iter_mut().enumerate() {
            let Hits { items, best, complete } = question(catalog)?;
            let numbering = self.numbering.read().unwrap_or_else(PoisonError::into_inner);
            // What has not been handed over yet has no number, and is in no list either.
            let number = |id| numbering.find(source, id);
            all.items.extend(items.iter().filter_map(number));
            all.complete &= complete;
            bests.push(best.into_iter().filter_map(number).collect());
        }
        all.best = in_turn(bests);
        Ok(all)
    }

    fn origin(&self, id: ItemId) -> Option<(usize, ItemId)> {
        self.numbering.read().unwrap_or_else(PoisonError::into_inner).origin(id)
    }
}

/// The first of each list, then the second of each, and so on.
fn in_turn(lists: Vec<Vec<ItemId>>) -> Vec<ItemId> {
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut all = Vec::new();
    loop {
        let before = all.len();
        all.extend(lists.iter_mut().filter_map(Iterator::next));
        if all.len() == before {
            return all;
        }
    }
}
