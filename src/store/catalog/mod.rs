//! The catalog of one source: every item that has been read of it, with its body, and an index of all text, in one
//! SQLite file.
//!
//! It makes a start quick and a search possible, and holds nothing that is not in the source as well: a catalog that
//! is damaged, or was made by another version, is thrown away and made anew.
//!
//! One [`Catalog`] writes, in [`refresh`](super::refresh::refresh); any number of [`CatalogReader`]s read meanwhile,
//! on other threads and in other processes.

mod another_article;
mod archive;
mod changes;
mod count;
mod error;
mod feed;
mod home;
mod index;
mod known;
mod lists;
mod lock;
mod matching;
mod names;
mod open;
mod page;
mod reader;
mod record;
mod report;
mod schema;
mod seal;
mod successions;
#[cfg(test)]
mod tests;
mod told;
mod writer;

pub use changes::Changes;
pub use error::CatalogError;
pub use index::Indexing;
pub use reader::{CatalogReader, Interrupt};
pub use schema::VERSION;
pub use told::{ChangeCounts, Told};

pub(super) use archive::Origin;
pub(super) use index::index_some;
pub(super) use lock::Lock;
pub(super) use writer::{Put, Writer};

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use home::Home;

/// The catalog of one source, to be written.
#[derive(Debug)]
pub struct Catalog {
    /// `None` when not even memory can be had; then all work fails, and says so.
    connection: Option<Connection>,
    shared: Arc<Shared>,
}

impl Catalog {
    /// A connection for reading, on this thread or another.
    pub fn reader(&self) -> CatalogReader {
        CatalogReader::new(Arc::clone(&self.shared))
    }

    /// How often the catalog has been rebuilt. The numbers of items mean something within one epoch only.
    pub fn epoch(&self) -> u64 {
        self.shared.generation.load(Ordering::Acquire).into()
    }

    /// Lets this catalog take more memory, to be written in less time: for a command, which ends when it has its answer.
    pub fn use_more_memory(&self) {
        if let Ok(connection) = self.connection() {
            // Without it, everything takes longer.
            let _ = Home::use_more_memory(connection);
        }
    }

    /// The file that the catalog is kept in; `None` when it goes with this value.
    pub fn path(&self) -> Option<PathBuf> {
        self.shared.with_home(|home| home.kept().map(Path::to_owned))
    }

    /// Fails when somebody has found damage since the catalog was opened or made anew.
    pub(super) fn check(&self) -> Result<(), CatalogError> {
        if self.shared.damaged.load(Ordering::Relaxed) { Err(CatalogError::Damaged) } else { Ok(()) }
    }

    pub(super) fn connection(&self) -> Result<&Connection, CatalogError> {
        self.connection.as_ref().ok_or_else(|| CatalogError::Unusable("there is no memory for it".into()))
    }
}

/// What a catalog and its readers share.
#[derive(Debug)]
struct Shared {
    home: Mutex<Home>,
    /// Counts how often the catalog was made anew, so that readers connect anew.
    generation: AtomicU32,
    /// Somebody has found damage.
    damaged: AtomicBool,
}

impl Shared {
    fn new(home: Home) -> Arc<Self> {
        let (generation, damaged) = (AtomicU32::new(0), AtomicBool::new(false));
        Arc::new(Self { home: Mutex::new(home), generation, damaged })
    }

    fn with_home<T>(&self, work: impl FnOnce(&mut Home) -> T) -> T {
        work(&mut self.home.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers damage, so that the next refresh makes the catalog anew.
    fn note(&self, error: &CatalogError) {
        if matches!(error, CatalogError::Damaged) {
            self.damaged.store(true, Ordering::Relaxed);
        }
    }
}
