//! What is on the disk, seen by another process; and what another process does to it.

use std::fs::File;

use jiff::Timestamp;
use rusqlite::Connection;

use crate::edge::homes::Homes;
use crate::edge::origin::Origin;
use crate::edge::store::Store;
use crate::item::ItemKey;
use crate::library::{Library, Mark, Marks};
use crate::store::collection::Collection;
use crate::store::state::State;

/// The files that the program keeps, seen from outside of it.
pub struct Disk {
    homes: Homes,
}

/// The state file is busy as long as this lives.
pub struct StateLock(#[expect(dead_code, reason = "it is held, not used")] Connection);

/// Another process has the catalog as long as this lives.
pub struct CatalogLock(#[expect(dead_code, reason = "it is held, not used")] File);

impl Disk {
    pub fn new(homes: Homes) -> Self {
        Self { homes }
    }

    /// The marks that would be there if the program were killed now.
    pub fn marks(&self) -> Marks {
        if !self.homes.state().exists() {
            return Marks::default();
        }
        State::open(&self.homes.state(), Timestamp::now()).0.marks()
    }

    /// Marks an item as another Rounds would.
    pub fn mark(&self, key: ItemKey, mark: Mark) {
        let (mut state, _) = State::open(&self.homes.state(), Timestamp::now());
        let _ = state.set_mark(&[key], mark, true, Timestamp::now());
    }

    /// Keeps everything that writes to the state waiting.
    pub fn lock_state(&self) -> Option<StateLock> {
        let connection = Connection::open(self.homes.state()).ok()?;
        connection.execute_batch("BEGIN IMMEDIATE").ok()?;
        Some(StateLock(connection))
    }

    /// Takes the right to write a catalog, as another Rounds has it that reads the same source.
    pub fn lock_catalog(&self, origin: &Origin) -> Option<CatalogLock> {
        let mut path = self.homes.catalog(&origin.catalog_identity()?).into_os_string();
        path.push("-lock");
        let file = File::options().write(true).open(path).ok()?;
        file.try_lock().ok()?;
        Some(CatalogLock(file))
    }

    /// Damages a row of the catalog so that whoever reads it notices.
    pub fn damage_catalog(&self, origin: &Origin) {
        let Some(identity) = origin.catalog_identity() else { return };
        let path = self.homes.catalog(&identity);
        if let Ok(connection) = Connection::open(path) {
            // Where the program writes at this very moment, nothing is damaged.
            let _ = connection.execute("UPDATE pages SET seal = seal + 1", []);
        }
    }

    /// The titles that a catalog holds, in order, as a new start reads them.
    pub fn titles(&self, origin: &Origin) -> Vec<String> {
        let (catalog, _) = Store::at(self.homes.clone()).open_catalog(origin);
        let mut library = Library::default();
        let mut collection = Collection::of(vec![(origin.label(), catalog)]);
        let _ = collection.hand_over_all(&mut |changes| {
            library.change(changes.written, &changes.removed);
            std::ops::ControlFlow::Continue(())
        });
        titles(&library)
    }
}

/// The titles of a library, in order.
pub fn titles(library: &Library) -> Vec<String> {
    let ids = library.newest_first().iter();
    let mut titles: Vec<String> =
        ids.filter_map(|id| Some(library.title(library.entry(*id)?).to_owned())).collect();
    titles.sort();
    titles
}
