//! The list of items.

use super::cursor::Cursor;
use crate::library::{ItemId, ItemSet, Library, Query};

/// What the list shows, and the selected item.
#[derive(Debug, Clone, Default)]
pub struct ListPane {
    /// What it shows.
    pub query: Query,
    /// The items, in the order of the query.
    pub ids: Vec<ItemId>,
    /// The selected row.
    pub cursor: Cursor,
    /// The same items as a set.
    shown: ItemSet,
    /// Items that stay in the list although their marks have changed since it was made.
    kept: ItemSet,
    /// Whether somebody has chosen the selected row, so that items that arrive must not move it.
    pub(super) chosen: bool,
    /// Whether the source has been read, so that the selected row is being looked at even if nobody has chosen it.
    pub(super) settled: bool,
}

impl ListPane {
    /// The selected item.
    pub fn selected(&self) -> Option<ItemId> {
        self.ids.get(self.cursor.row()).copied()
    }

    /// Makes the list of a new query: nothing is kept, the first item is selected.
    pub(super) fn restart(&mut self, library: &Library, height: usize) {
        self.kept = ItemSet::default();
        self.fill(library);
        self.cursor = Cursor::default();
        self.cursor.select(0, self.ids.len(), height);
    }

    /// Makes the list anew and leaves the selected item where it is on the screen.
    pub(super) fn rebuild(&mut self, library: &Library, height: usize) {
        let selected = self.selected();
        self.fill(library);
        let stays = self.chosen || self.settled;
        let anchor = selected.filter(|_| stays).and_then(|id| self.row_of(id));
        match anchor {
            Some(row) => self.cursor.reselect(row, self.ids.len(), height),
            None if stays => self.cursor.fit(self.ids.len(), height),
            None => self.cursor.select(0, self.ids.len(), height),
        }
    }

    /// The items that it shows.
    pub(super) fn shown(&self) -> &ItemSet {
        &self.shown
    }

    /// Finds the items of the query, and puts them into its order.
    fn fill(&mut self, library: &Library) {
        self.shown = library.find(&self.query, &self.kept);
        self.ids = library.arrange(&self.shown, &self.query);
    }

    /// Keeps those of some items in the list that are in it now, whatever their marks become.
    pub(super) fn keep(&mut self, items: &ItemSet) {
        self.kept.extend(items.iter().filter(|id| self.shown.contains(*id)));
    }

    /// Forgets which items are kept in the list: their numbers mean others from now on.
    pub(super) fn forget_kept(&mut self) {
        self.kept = ItemSet::default();
    }

    /// The row of an item.
    pub(super) fn row_of(&self, id: ItemId) -> Option<usize> {
        self.shown.contains(id).then(|| self.ids.iter().position(|other| *other == id))?
    }

    /// Selects an item, when the list holds it.
    pub(super) fn select(&mut self, id: ItemId, height: usize) {
        if let Some(row) = self.row_of(id) {
            self.chosen = true;
            self.cursor.select(row, self.ids.len(), height);
        }
    }
}
