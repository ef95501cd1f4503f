//! One process at a time writes a catalog; the others follow what it writes.

use std::fs::{self, File, TryLockError};
use std::time::SystemTime;

use super::Catalog;
use super::home::beside;
use crate::source::regular_file;

/// Ends the name of the file that is locked, together with others, by each process that waits.
const REQUESTS: &str = "-requests";

/// The right to write a catalog, until this is dropped. The system takes it back from a process that ends, however it
/// ends.
#[derive(Debug)]
pub(in crate::store) struct Lock {
    _file: Option<File>,
}

/// A request for the right to write, which another process that takes it over and over sees until this is dropped.
#[derive(Debug)]
pub(in crate::store) struct LockRequest {
    _file: File,
}

impl Catalog {
    /// Takes the right to write this catalog. `None` when another process has it.
    pub(in crate::store) fn lock(&self) -> Option<Lock> {
        let Some(path) = self.path() else { return Some(Lock { _file: None }) };
        let Ok(file) = regular_file::to_lock(&beside(&path, "-lock")) else {
            // Without the file, two processes may do the same work, but SQLite lets neither harm the other.
            return Some(Lock { _file: None });
        };
        match file.try_lock() {
            Ok(()) => Some(Lock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(_)) => Some(Lock { _file: None }),
        }
    }

    /// Lets other processes know that this one waits for the right to write. `None` when that cannot be done now; then it
    /// may take longer until the right is free.
    pub(in crate::store) fn request_lock(&self) -> Option<LockRequest> {
        let file = regular_file::to_lock(&beside(&self.path()?, REQUESTS)).ok()?;
        file.try_lock_shared().ok().map(|()| LockRequest { _file: file })
    }

    /// Whether another process waits for the right to write.
    pub(super) fn is_lock_requested(&self) -> bool {
        let requests = self.path().map(|path| beside(&path, REQUESTS)).filter(|requests| requests.exists());
        let requests = requests.and_then(|requests| regular_file::to_lock(&requests).ok());
        requests.is_some_and(|requests| matches!(requests.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// How large the log is that SQLite writes to first, and since when: another value whenever anybody has written,
    /// even what is not done yet.
    pub(in crate::store) fn log(&self) -> Option<(u64, SystemTime)> {
        let log = fs::metadata(beside(&self.path()?, "-wal")).ok()?;
        Some((log.len(), log.modified().ok()?))
    }
}
