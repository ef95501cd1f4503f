//! The list of items.

use super::cursor::Cursor;
use crate::library::{ItemId, ItemSet, Library, Query};

/// What the list shows, and the selected item. How many rows of the screen an item takes depends on where the list is, so the
/// window is brought to the selected item by [`Reader::tidy`](super::Reader), once after every message.
#[derive(Debug, Clone, Default)]
pub struct ListPane {
    /// What it shows.
    pub query: Query,
    /// The items, in the order of the query.
    pub ids: Vec<ItemId>,
    /// The selected row, and the window while the list is looked at.
    pub cursor: Cursor,
    /// The selected row, and the window that is on the screen: a smaller one while an article is read below it, so that the
    /// list comes back as it was left.
    pub(super) window: Cursor,
    /// The same items as a set.
    shown: ItemSet,
    /// Items that stay in the list although their marks have changed since it was made.
    kept: ItemSet,
    /// Whether its items are of several sites.
    several_sites: bool,
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
    pub(super) fn restart(&mut self, library: &Library) {
        self.kept = ItemSet::default();
        self.fill(library);
        self.cursor = Cursor::default();
    }

    /// Brings the list up to date and leaves the selected item where it is on the screen.
    pub(super) fn rebuild(&mut self, library: &Library) {
        let selected = self.selected();
        self.fill(library);
        let stays = self.chosen || self.settled;
        let anchor = selected.filter(|_| stays).and_then(|id| self.row_of(id));
        match anchor {
            Some(row) => self.cursor.follow(row, self.ids.len()),
            None if stays => self.cursor.follow(self.cursor.row(), self.ids.len()),
            None => self.cursor.choose(0, self.ids.len()),
        }
    }

    /// Whether its items are of several sites, so that it is worth saying which.
    pub fn has_several_sites(&self) -> bool {
        self.several_sites
    }

    /// The items that it shows.
    pub(super) fn shown(&self) -> &ItemSet {
        &self.shown
    }

    /// Finds the items of the query, and puts them into its order.
    fn fill(&mut self, library: &Library) {
        self.shown = library.find(&self.query, &self.kept);
        self.ids = library.arrange(&self.shown, &self.query);
        self.several_sites = library.are_of_several_sites(&self.ids);
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
    pub(super) fn select(&mut self, id: ItemId) {
        if let Some(row) = self.row_of(id) {
            self.choose(row);
        }
    }

    /// Selects a row.
    pub(super) fn choose(&mut self, row: usize) {
        self.chosen = true;
        self.cursor.choose(row, self.ids.len());
    }
}
