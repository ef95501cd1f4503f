//! Keeps a rescue of the state file apart from all who write to it.
//!
//! SQLite's own locks belong to one file. When a damaged file is moved aside and a new one takes its name, a process
//! that still has the old one open could go on writing to it, and what it writes would be lost. So whoever writes
//! holds the shared lock of a file beside the database, and whoever creates, migrates or replaces the database the
//! exclusive one.

use std::fs::{File, TryLockError};
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::paths::Paths;
use super::trouble::Refusal;

/// How long to wait for another process. It is at work for milliseconds; a stopped one must not stop us.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait before asking for the lock again.
const PAUSE: Duration = Duration::from_millis(2);

/// The lock file.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// `None` when it cannot be opened: then the folder cannot be written to either, or the system has no locks.
    file: Option<Arc<File>>,
}

/// The lock, as long as it is held.
#[derive(Debug)]
pub(super) struct Pass {
    file: Option<Arc<File>>,
}

impl Gate {
    /// Waits for the lock of those who write.
    pub(super) fn shared(&mut self, paths: &Paths) -> Result<Pass, Refusal> {
        self.pass(paths, File::try_lock_shared)
    }

    /// Waits for the lock of the one who creates, migrates or replaces the file.
    pub(super) fn exclusive(&mut self, paths: &Paths) -> Result<Pass, Refusal> {
        self.pass(paths, File::try_lock)
    }

    fn pass(&mut self, paths: &Paths, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Pass, Refusal> {
        let Some(file) = self.open(paths) else { return Ok(Pass { file: None }) };
        let deadline = Instant::now().checked_add(PATIENCE);
        loop {
            match lock(&file) {
                Ok(()) => return Ok(Pass { file: Some(file) }),
                Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Interrupted => {
                    // A file system without locks. SQLite's own rules still hold there, or nothing does.
                    return Ok(Pass { file: None });
                }
                Err(_) if deadline.is_none_or(|deadline| Instant::now() > deadline) => {
                    return Err(Refusal::busy());
                }
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    fn open(&mut self, paths: &Paths) -> Option<Arc<File>> {
        if self.file.is_none() {
            let mut options = File::options();
            let file = options.read(true).write(true).create(true).truncate(false).open(paths.lock());
            self.file = file.ok().map(Arc::new);
        }
        self.file.clone()
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            // It can only fail when there is no lock, and closing the file would give it back as well.
            file.unlock().unwrap_or_default();
        }
    }
}
