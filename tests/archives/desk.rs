//! Opening archives that lie in memory.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use rounds::item::Item;
use rounds::source::{ArchiveError, Limits, Location, Report, Source, SourceError};
use tempfile::TempDir;

/// An archive on disk that cleans up after itself.
pub struct Bundle {
    folder: TempDir,
    limits: Limits,
}

/// What came of a loading.
pub struct Loaded {
    pub items: Vec<Item>,
    pub report: Report,
}

impl Loaded {
    pub fn paths(&self) -> Vec<&str> {
        self.items.iter().map(|item| item.path.as_str()).collect()
    }

    pub fn codes(&self) -> Vec<(&str, &str)> {
        self.report.problems.iter().map(|(path, problem)| (path.as_str(), problem.code)).collect()
    }
}

impl Bundle {
    pub fn of(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("bundle"), bytes).unwrap();
        Self { folder, limits: Limits::default() }
    }

    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    pub fn open(&self) -> Result<Source, SourceError> {
        let path = self.folder.path().join("bundle");
        Source::open_within(&Location::Archive(path), self.limits)
    }

    pub fn load(&self) -> Result<Loaded, ArchiveError> {
        self.open().and_then(|source| load(&source)).map_err(|error| match error {
            SourceError::Archive { error, .. } => error,
            error => panic!("{error}"),
        })
    }

    /// What is the matter with the archive, in words.
    pub fn complaint(&self) -> String {
        match self.load() {
            Ok(loaded) => panic!("it was read: {:?} {:?}", loaded.paths(), loaded.codes()),
            Err(error) => error.to_string(),
        }
    }
}

/// Loads a whole source, with its items in the order of their paths.
pub fn load(source: &Source) -> Result<Loaded, SourceError> {
    let mut items = Vec::new();
    let report = source.load(&mut |batch| {
        items.extend(batch.items);
        ControlFlow::Continue(())
    })?;
    items.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Loaded { items, report })
}

/// Opens whatever is at a path, as the command line does.
pub fn open(path: &Path) -> Source {
    Source::open(&Location::parse(path.as_os_str()).unwrap()).unwrap()
}

/// The text of an item.
pub fn item(title: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\n---\nText of {title}.\n").into_bytes()
}
