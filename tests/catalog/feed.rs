//! A directory of items that changes, and the catalog of it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use rounds::item::{ItemFile, SafeText};
use rounds::library::{Headline, ItemId};
use rounds::source::{Location, Source};
use rounds::store::catalog::{Catalog, Changes};
use rounds::store::refresh::{Refresh, RefreshStep, Summary, refresh};
use tempfile::TempDir;

/// A directory with the items in `items`, and a place for a catalog beside them.
pub struct Feed {
    pub root: TempDir,
}

impl Feed {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("items")).unwrap();
        Self { root }
    }

    /// A feed with so many small items.
    pub fn of(items: usize) -> Self {
        let feed = Self::new();
        for number in 0..items {
            let day = number % 28 + 1;
            let text = format!(
                "---\ntitle: Item {number}\ndate: 2021-11-{day:02}\ncategories:\n  - \"Trials: Topic {}\"\n---\n<p>Body number{number} of the feed.</p>\n",
                number % 7
            );
            feed.write(&format!("{number}.md"), text.as_bytes());
        }
        feed
    }

    pub fn items(&self) -> PathBuf {
        self.root.path().join("items")
    }

    pub fn catalog(&self) -> PathBuf {
        self.root.path().join("cache").join("catalog.db")
    }

    /// Writes a file as if that had been an hour ago.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        self.write_at(path, bytes, SystemTime::now() - Duration::from_secs(3600));
    }

    pub fn write_at(&self, path: &str, bytes: &[u8], time: SystemTime) {
        let file = self.items().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.items().join(path)).unwrap();
    }

    pub fn source(&self) -> Source {
        Source::open(&Location::parse(self.items().as_os_str()).unwrap()).unwrap()
    }

    /// What the files of the feed are when each is read by itself, by path.
    pub fn files(&self) -> BTreeMap<String, ItemFile> {
        let source = self.source();
        let mut files = BTreeMap::new();
        source
            .load(&mut |batch| {
                files.extend(batch.items.into_iter().map(|item| {
                    let file = source.read(&item.path);
                    (item.path, file)
                }));
                ControlFlow::Continue(())
            })
            .unwrap();
        files
    }
}

/// Somebody who looks at a catalog: the list that they have of it, and what they were told.
#[derive(Default)]
pub struct Viewer {
    pub list: BTreeMap<ItemId, Headline>,
    pub seen: u64,
    pub notices: Vec<SafeText>,
}

impl Viewer {
    /// Opens a catalog that may be in any state, brings it up to date, and takes in all of it.
    pub fn open(feed: &Feed) -> (Self, Catalog) {
        let (mut catalog, notice) = Catalog::open(&feed.catalog());
        let mut viewer = Self { notices: notice.into_iter().collect(), ..Self::default() };
        viewer.refresh(feed, &mut catalog);
        (viewer, catalog)
    }

    pub fn refresh(&mut self, feed: &Feed, catalog: &mut Catalog) -> Summary {
        self.refresh_with(feed, catalog, false)
    }

    pub fn refresh_with(&mut self, feed: &Feed, catalog: &mut Catalog, thorough: bool) -> Summary {
        self.refresh_while(feed, catalog, thorough, &mut |_| ControlFlow::Continue(()))
    }

    /// Refreshes until `go_on` has seen enough. It is shown the list after each step.
    pub fn refresh_while(
        &mut self,
        feed: &Feed,
        catalog: &mut Catalog,
        thorough: bool,
        go_on: &mut dyn FnMut(&BTreeMap<ItemId, Headline>) -> ControlFlow<()>,
    ) -> Summary {
        let how = Refresh { thorough, seen: self.seen, ..Refresh::default() };
        let summary = refresh(&feed.source(), catalog, how, &mut |step| {
            match step {
                RefreshStep::Changed { changes, seen, .. } => {
                    take(&mut self.list, changes);
                    self.seen = seen;
                }
                RefreshStep::Restarted { notice } => {
                    self.list.clear();
                    self.notices.extend(notice);
                }
            }
            go_on(&self.list)
        });
        summary.unwrap()
    }

    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<_> = self.list.values().map(|headline| headline.path.as_str()).collect();
        paths.sort_unstable();
        paths
    }

    pub fn id(&self, path: &str) -> ItemId {
        self.list.values().find(|headline| headline.path == path).expect(path).id
    }
}

fn take(list: &mut BTreeMap<ItemId, Headline>, changes: Changes) {
    for id in changes.removed {
        list.remove(&id);
    }
    for headline in changes.written {
        list.insert(headline.id, headline);
    }
}

/// Makes sure that the list of a viewer and the pages of a catalog are what the feed holds.
pub fn assert_same(viewer: &Viewer, catalog: &Catalog, feed: &Feed) {
    let files = feed.files();
    assert_eq!(viewer.paths(), files.keys().collect::<Vec<_>>());
    let mut reader = catalog.reader();
    for (id, headline) in &viewer.list {
        let file = &files[&headline.path];
        assert_eq!(headline, &Headline::of(*id, &file.item));
        assert_eq!(reader.file(*id).unwrap().as_ref(), Some(file), "{}", headline.path);
        assert_eq!(reader.link(*id).unwrap(), file.item.link);
    }
}
