//! Reading a catalog, on any thread.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, InterruptHandle};

use super::{CatalogError, Changes, Shared, changes, matching, page, successions};
use crate::item::{Clock, Item, ItemFile, ItemKey, Link, Succession};
use crate::library::{Headline, Hits, ItemId};
use crate::search::{Context, Highlights, TextSearch};

/// A connection to a catalog that reads only. It can be sent to another thread; each thread needs one of its own.
#[derive(Debug)]
pub struct CatalogReader {
    shared: Arc<Shared>,
    /// The connection, with the generation of the catalog that it was made for.
    connection: Option<(u32, Connection)>,
    /// Whether somebody has stopped what it is doing.
    stopped: Arc<AtomicBool>,
}

/// Stops what a [`CatalogReader`] is doing, from another thread.
pub struct Interrupt {
    handle: InterruptHandle,
    stopped: Arc<AtomicBool>,
}

impl Interrupt {
    /// Stops it: the work ends with [`CatalogError::Interrupted`]. When there is no work, nothing happens.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.handle.interrupt();
    }
}

impl CatalogReader {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, connection: None, stopped: Arc::default() }
    }

    /// How often the catalog has been rebuilt by now. The numbers of items mean something within one epoch only.
    pub fn epoch(&self) -> u64 {
        self.shared.generation.load(Ordering::Acquire).into()
    }

    /// What stops this reader. It is no longer good when the catalog has been made anew.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn interrupt(&mut self) -> Result<Interrupt, CatalogError> {
        let stopped = Arc::clone(&self.stopped);
        self.read(|connection| Ok(Interrupt { handle: connection.get_interrupt_handle(), stopped }))
    }

    /// The newest items, the newest first, in the order of a library. This takes less than a millisecond.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn newest(&mut self, limit: u32) -> Result<Vec<Headline>, CatalogError> {
        self.read(|connection| changes::newest(connection, limit))
    }

    /// Hands over in batches what has changed after a change that somebody has seen. After 0, these are all
    /// items, with the newest in the first batch. Gives the number of the last change, to be asked with the next time; when
    /// `on_batch` breaks, that is not to be used.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn changes_after(
        &mut self,
        change: u64,
        on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>,
    ) -> Result<u64, CatalogError> {
        self.read(|connection| changes::after(connection, change, on_batch))
    }

    /// An item with its body; `None` when it has gone.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read. The item can still be read from its source.
    pub fn file(&mut self, id: ItemId) -> Result<Option<ItemFile>, CatalogError> {
        self.read(|connection| page::file(connection, id))
    }

    /// All of an item but its body; `None` when it has gone.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read. The item can still be read from its source.
    pub fn item(&mut self, id: ItemId) -> Result<Option<Item>, CatalogError> {
        self.read(|connection| page::item(connection, id))
    }

    /// The items with a slug, in the order of their numbers.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn with_slug(&mut self, slug: &str) -> Result<Vec<ItemId>, CatalogError> {
        self.read(|connection| page::with_slug(connection, slug))
    }

    /// The link of an item to its original.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn link(&mut self, id: ItemId) -> Result<Option<Link>, CatalogError> {
        self.read(|connection| page::link(connection, id))
    }

    /// The keys of all items that are not withheld at a time, in no order.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn keys(&mut self, clock: Clock) -> Result<Vec<ItemKey>, CatalogError> {
        self.read(|connection| page::keys(connection, clock))
    }

    /// Items that have another key than before, as far as that was noted after a change, in the order in which it was.
    /// Gives the number of the last one, to be asked with the next time.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn successions(&mut self, after: u64) -> Result<(Vec<Succession>, u64), CatalogError> {
        self.read(|connection| successions::after(connection, after))
    }

    /// All items whose text is what is looked for.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read, or the search was [stopped](Interrupt::stop).
    pub fn search(&mut self, search: &TextSearch) -> Result<Hits, CatalogError> {
        self.read(|connection| matching::search(connection, search))
    }

    /// The same, and the best of them in order: those come first that hold the words in the title, or often.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read, or the search was [stopped](Interrupt::stop).
    pub fn search_best(&mut self, search: &TextSearch) -> Result<Hits, CatalogError> {
        self.read(|connection| matching::search_best(connection, search))
    }

    /// For each of some items, the words around what was found in it, in about so many characters. Where only the
    /// title has it, this is the summary; items that have gone, or have none, are left out.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn contexts(
        &mut self,
        ids: &[ItemId],
        highlights: &Highlights,
        characters: usize,
    ) -> Result<Vec<(ItemId, Context)>, CatalogError> {
        self.read(|connection| matching::contexts(connection, ids, highlights, characters))
    }

    /// Reads, with a new connection when there is none or the catalog was made anew.
    fn read<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, CatalogError>,
    ) -> Result<T, CatalogError> {
        let now = self.shared.generation.load(Ordering::Acquire);
        let connection = match self.connection.take() {
            Some((generation, connection)) if generation == now => Ok(connection),
            _ => self.shared.with_home(|home| home.connect_to_read()),
        };
        let read = connection.and_then(|connection| {
            self.stopped.store(false, Ordering::Release);
            let read = work(&connection);
            self.connection = Some((now, connection));
            // SQLite does not say of everything that fails then that it was stopped.
            match read {
                Err(CatalogError::Unusable(_)) if self.stopped.load(Ordering::Acquire) => {
                    Err(CatalogError::Interrupted)
                }
                read => read,
            }
        });
        read.inspect_err(|error| self.shared.note(error))
    }
}
