//! Somebody who looks at the catalog of a bundle.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use rounds::library::ItemId;
use rounds::source::{Limits, Location, Source};
use rounds::store::catalog::{Catalog, Changes};
use rounds::store::refresh::{Refresh, RefreshError, RefreshStep, Summary, refresh};
use tempfile::TempDir;

use super::make::{file, gz, tar};

/// Somebody who looks at the catalog of a bundle.
pub struct Viewer {
    folder: TempDir,
    pub catalog: Catalog,
    titles: BTreeMap<ItemId, String>,
    seen: u64,
    /// How many items each step brought.
    pub steps: Vec<usize>,
    pub limits: Limits,
    pub thorough: bool,
    /// When all began.
    start: SystemTime,
    pub notices: Vec<String>,
}

impl Viewer {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (catalog, notice) = Catalog::open(&folder.path().join("catalog.db"));
        assert_eq!(notice, None);
        Self {
            folder,
            catalog,
            titles: BTreeMap::new(),
            seen: 0,
            steps: Vec::new(),
            limits: Limits::default(),
            thorough: false,
            start: SystemTime::now(),
            notices: Vec::new(),
        }
    }

    /// Where the catalog is.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("catalog.db")
    }

    /// Starts again, with the catalog that is there.
    pub fn restart(&mut self) {
        self.catalog = Catalog::open(&self.file()).0;
        (self.seen, self.titles) = (0, BTreeMap::new());
    }

    pub fn bundle(&self) -> PathBuf {
        self.folder.path().join("bundle")
    }

    pub fn publish(&self, bytes: &[u8]) {
        fs::write(self.bundle(), bytes).unwrap();
    }

    /// Publishes a bundle as if that had been an hour, and so many seconds, ago.
    pub fn publish_at(&self, bytes: &[u8], seconds: u64) {
        self.publish(bytes);
        let time = self.start - Duration::from_secs(3600 + seconds);
        File::options().write(true).open(self.bundle()).unwrap().set_modified(time).unwrap();
    }

    pub fn refresh(&mut self) -> Result<Summary, RefreshError> {
        let source = Source::open_within(&Location::Archive(self.bundle()), self.limits)?;
        self.refresh_from(&source)
    }

    pub fn refresh_from(&mut self, source: &Source) -> Result<Summary, RefreshError> {
        let how = Refresh { thorough: self.thorough, seen: self.seen, ..Refresh::default() };
        let Self { catalog, titles, steps, notices, .. } = self;
        let summary = refresh(source, catalog, how, &mut |step| {
            match step {
                RefreshStep::Changed { changes: Changes { written, removed }, .. } => {
                    steps.push(written.len());
                    titles.extend(written.into_iter().map(|one| (one.id, one.title.to_string())));
                    titles.retain(|id, _| !removed.contains(id));
                }
                RefreshStep::Restarted { notice } => {
                    titles.clear();
                    notices.extend(notice.map(|notice| notice.to_string()));
                }
            }
            ControlFlow::Continue(())
        })?;
        self.seen = summary.seen;
        Ok(summary)
    }

    pub fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<&str> = self.titles.values().map(String::as_str).collect();
        titles.sort_unstable();
        titles
    }

    /// The titles that a new start finds.
    pub fn known(&self) -> Vec<String> {
        let (catalog, _) = Catalog::open(&self.file());
        let newest = catalog.reader().newest(1000).unwrap();
        let mut titles: Vec<String> = newest.iter().map(|one| one.title.to_string()).collect();
        titles.sort_unstable();
        titles
    }
}

/// A bundle of items with these titles.
pub fn bundle(titles: &[&str]) -> Vec<u8> {
    let item = |title: &&str| {
        let name = title.split(' ').next().unwrap();
        file(format!("{name}.md"), format!("---\ntitle: {title}\n---\nText of {title}.\n").as_bytes())
    };
    gz(&tar(&titles.iter().map(item).collect::<Vec<_>>()))
}

pub fn counts(summary: &Summary) -> [usize; 3] {
    [summary.added, summary.changed, summary.removed]
}
