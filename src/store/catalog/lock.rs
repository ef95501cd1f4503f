//! One process at a time writes a catalog; the others follow what it writes.

use std::fs::{self, File, TryLockError};
use std::time::SystemTime;

use super::Catalog;
use super::home::beside;
use crate::source::regular_file;

/// The right to write a catalog, until this is dropped. The system takes it back from a process that ends, however it
/// ends.
#[derive(Debug)]
pub(in crate::store) struct Lock {
    _file: Option<File>,
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

    /// How large the log is that SQLite writes to first, and since when: another value whenever anybody has written,
    /// even what is not done yet.
    pub(in crate::store) fn log(&self) -> Option<(u64, SystemTime)> {
        let log = fs::metadata(beside(&self.path()?, "-wal")).ok()?;
        Some((log.len(), log.modified().ok()?))
    }
}
