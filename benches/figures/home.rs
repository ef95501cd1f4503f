//! A home directory for a program, which goes when it is dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Outcome;

/// A home directory that belongs to no user.
pub struct Home(TempDir);

impl Home {
    /// An empty one, in the build's own folder for such things: other temporary folders may be in memory.
    pub fn new() -> io::Result<Self> {
        Ok(Self(TempDir::with_prefix_in("home-", env!("CARGO_TARGET_TMPDIR"))?))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where programs keep what must not be lost.
    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// Where programs keep the rest.
    pub fn cache(&self) -> PathBuf {
        self.path().join("cache")
    }

    /// The catalog that Rounds has made here.
    pub fn catalog(&self) -> Outcome<PathBuf> {
        let files = fs::read_dir(self.cache().join("rounds").join("catalogs"))?;
        let mut paths = files.filter_map(|file| Some(file.ok()?.path()));
        let catalog = paths.find(|path| path.extension().is_some_and(|extension| extension == "db"));
        catalog.ok_or_else(|| "the program has made no catalog".into())
    }
}
