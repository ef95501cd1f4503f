//! Where a catalog is kept, and how connections to it are made.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

use super::CatalogError;
use crate::source::reason;

/// How long a connection waits for another to finish writing, which takes 50 ms at most.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait before something is tried again that SQLite does not wait for.
const PAUSE: Duration = Duration::from_millis(5);
/// How much of the file each connection keeps in memory, in KiB. The system keeps more of it, at a small cost.
const CACHE: i32 = 512;
/// How much of it a command keeps, which ends when it has its answer: what is written at random stays here until it is
/// whole, and an import takes a seventh less time.
const CACHE_OF_COMMANDS: i32 = 16 * 1024;
/// How large the pages of a new file are, in bytes: most items with their bodies fill a third of one.
const PAGE: i32 = 8192;
/// How large the log of what was written may stay once it has been carried into the file, in bytes.
const LOG_LIMIT: i32 = 8 * 1024 * 1024;

/// Where a catalog is kept.
#[derive(Debug)]
pub(super) enum Home {
    /// In a file, from one start to the next.
    Kept(PathBuf),
    /// In a private directory that goes with this value.
    Temporary(TempDir),
    /// In memory, by a name that only this process knows.
    Memory(String),
}

impl Home {
    /// A private directory; memory where even that cannot be had.
    pub(super) fn temporary() -> Self {
        tempfile::Builder::new().prefix("rounds-").tempdir().map_or_else(|_| Self::memory(), Self::Temporary)
    }

    pub(super) fn memory() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self::Memory(format!("file:/rounds-catalog-{}?vfs=memdb", NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// The file, if it is one that stays.
    pub(super) fn kept(&self) -> Option<&Path> {
        match self {
            Self::Kept(path) => Some(path),
            Self::Temporary(_) | Self::Memory(_) => None,
        }
    }

    /// A connection that may write.
    pub(super) fn connect(&self) -> Result<Connection, CatalogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match self {
            Self::Kept(path) => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(|error| CatalogError::Unusable(reason(&error)))?;
                }
                Connection::open_with_flags(path, flags)?
            }
            Self::Temporary(folder) => Connection::open_with_flags(folder.path().join("catalog"), flags)?,
            Self::Memory(name) => Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_URI)?,
        };
        if connection.is_readonly("main")? {
            return Err(CatalogError::Unusable("it may not be written".into()));
        }
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(32);
        connection.pragma_update(None, "page_size", PAGE)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "synchronous", "normal")?;
        connection.pragma_update(None, "journal_size_limit", LOG_LIMIT)?;
        // Where there can be no such log, the connection says so and goes on without.
        patiently(|| connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())))?;
        Ok(connection)
    }

    /// Lets a connection keep as much of the file in memory as a command may take.
    pub(super) fn use_more_memory(connection: &Connection) -> Result<(), CatalogError> {
        Ok(connection.pragma_update(None, "cache_size", -CACHE_OF_COMMANDS)?)
    }

    /// A connection that only reads.
    pub(super) fn connect_to_read(&self) -> Result<Connection, CatalogError> {
        let connection = self.connect()?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

/// Tries again while another process is in the way: SQLite does not wait by itself when the way of writing is set.
fn patiently(mut work: impl FnMut() -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match work() {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < deadline =>
            {
                thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}

/// Removes the file of a catalog, with what SQLite put beside it. Another process that has it open goes on with what
/// it has until it ends.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["-wal", "-shm", "-journal", ""] {
        match fs::remove_file(beside(path, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// The path of a file whose name begins with that of the catalog.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
