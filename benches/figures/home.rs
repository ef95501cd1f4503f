//! A home directory for a program, which goes when it is dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use tempfile::TempDir;

use super::Outcome;

/// A home directory that belongs to no user.
pub struct Home {
    directory: Rc<TempDir>,
    data: PathBuf,
}

impl Home {
    /// An empty one, in the build's own folder for such things: other temporary folders may be in memory.
    pub fn new() -> io::Result<Self> {
        let directory = TempDir::with_prefix_in("home-", env!("CARGO_TARGET_TMPDIR"))?;
        Ok(Self { data: directory.path().join("data"), directory: Rc::new(directory) })
    }

    /// The same one, in which nothing is kept yet that must not be lost.
    pub fn with_other_data(&self) -> io::Result<Self> {
        let data = TempDir::with_prefix_in("data-", self.path())?.keep();
        Ok(Self { directory: Rc::clone(&self.directory), data })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Where programs keep what must not be lost.
    pub fn data(&self) -> PathBuf {
        self.data.clone()
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
