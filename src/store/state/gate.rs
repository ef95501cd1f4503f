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

use super::paths::{Identity, Paths};
use super::trouble::Refusal;

/// How long to wait before asking for the lock again.
const PAUSE: Duration = Duration::from_millis(2);

/// The lock file.
#[derive(Debug)]
pub(super) struct Gate {
    /// The open lock file, and which one it is. `None` when it cannot be opened: then the folder cannot be written
    /// to either.
    file: Option<(Arc<File>, Option<Identity>)>,
    patience: Duration,
}

/// The lock, as long as it is held.
#[derive(Debug)]
pub(super) struct Pass {
    file: Option<Arc<File>>,
}

impl Gate {
    pub(super) fn new(patience: Duration) -> Self {
        Self { file: None, patience }
    }

    /// How long to wait for another process.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    pub(super) fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
    }

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
        let deadline = Instant::now().checked_add(self.patience);
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

    /// The lock file of that name, which may be another one since the folder was moved.
    fn open(&mut self, paths: &Paths) -> Option<Arc<File>> {
        let path = paths.lock();
        if let Some((file, identity)) = &self.file
            && *identity == Identity::of(&path)
        {
            return Some(Arc::clone(file));
        }
        let file = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        self.file = file.ok().map(|file| (Arc::new(file), Identity::of(&path)));
        self.file.as_ref().map(|(file, _)| Arc::clone(file))
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
