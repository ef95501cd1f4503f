//! A bundle takes the place of the one before whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rounds::library::ItemId;
use rounds::source::{Location, Source};
use rounds::store::catalog::{Catalog, Changes};
use rounds::store::refresh::{Refresh, RefreshError, RefreshStep, Summary, refresh};
use tempfile::TempDir;

use super::make::{file, gz, tar};

/// Somebody who looks at the catalog of a bundle.
struct Viewer {
    folder: TempDir,
    catalog: Catalog,
    titles: BTreeMap<ItemId, String>,
    seen: u64,
    /// How many items each step brought.
    steps: Vec<usize>,
}

impl Viewer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (catalog, notice) = Catalog::open(&folder.path().join("catalog.db"));
        assert_eq!(notice, None);
        Self { folder, catalog, titles: BTreeMap::new(), seen: 0, steps: Vec::new() }
    }

    fn bundle(&self) -> PathBuf {
        self.folder.path().join("bundle")
    }

    fn publish(&self, bytes: &[u8]) {
        fs::write(self.bundle(), bytes).unwrap();
    }

    fn refresh(&mut self) -> Result<Summary, RefreshError> {
        let source = Source::open(&Location::Archive(self.bundle()))?;
        let how = Refresh { thorough: false, seen: self.seen };
        let Self { catalog, titles, steps, .. } = self;
        let summary = refresh(&source, catalog, how, &mut |step| {
            match step {
                RefreshStep::Changed { changes: Changes { written, removed }, .. } => {
                    steps.push(written.len());
                    titles.extend(written.into_iter().map(|one| (one.id, one.title.to_string())));
                    titles.retain(|id, _| !removed.contains(id));
                }
                RefreshStep::Restarted { .. } => titles.clear(),
            }
            ControlFlow::Continue(())
        })?;
        self.seen = summary.seen;
        Ok(summary)
    }

    fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<&str> = self.titles.values().map(String::as_str).collect();
        titles.sort_unstable();
        titles
    }

    /// The titles that a new start finds.
    fn known(&self) -> Vec<String> {
        let (catalog, _) = Catalog::open(&self.folder.path().join("catalog.db"));
        let newest = catalog.reader().newest(1000).unwrap();
        let mut titles: Vec<String> = newest.iter().map(|one| one.title.to_string()).collect();
        titles.sort_unstable();
        titles
    }
}

/// A bundle of items with these titles.
fn bundle(titles: &[&str]) -> Vec<u8> {
    let item = |title: &&str| {
        let name = title.split(' ').next().unwrap();
        file(format!("{name}.md"), format!("---\ntitle: {title}\n---\nText of {title}.\n").as_bytes())
    };
    gz(&tar(&titles.iter().map(item).collect::<Vec<_>>()))
}

fn counts(summary: &Summary) -> [usize; 3] {
    [summary.added, summary.changed, summary.removed]
}

#[test]
fn a_new_bundle_changes_what_has_changed() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle(&["one", "two", "three"]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [3, 0, 0]);
    viewer.publish(&bundle(&["two", "three with more", "four"]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [1, 1, 1]);
    assert_eq!(viewer.titles(), ["four", "three with more", "two"]);
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 0, 0]);
    assert_eq!(viewer.known(), viewer.titles());
}

#[test]
fn a_bundle_that_turns_out_to_be_wrong_costs_nothing_of_the_one_before() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle(&["one", "two"]));
    viewer.refresh().unwrap();
    let other = bundle(&["one", "two changed", "three", "four"]);
    let mut flipped = other.clone();
    let checksum = flipped.len() - 8;
    flipped[checksum] ^= 1;
    for wrong in
        [other[..other.len() - 9].to_vec(), flipped, b"<!DOCTYPE html><title>Log in</title>".to_vec()]
    {
        viewer.publish(&wrong);
        assert!(viewer.refresh().is_err());
        assert_eq!(viewer.titles(), ["one", "two"]);
        assert_eq!(viewer.known(), ["one", "two"]);
    }
    viewer.publish(&other);
    assert_eq!(counts(&viewer.refresh().unwrap()), [2, 1, 0]);
}

#[test]
fn nothing_of_a_bundle_is_shown_before_all_of_it_has_been_read() {
    let mut viewer = Viewer::new();
    let titles: Vec<String> = (0..3000).map(|number| format!("item{number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let whole = bundle(&titles);
    viewer.publish(&whole[..whole.len() - 4]);
    assert!(viewer.refresh().is_err());
    assert_eq!((viewer.titles().len(), viewer.steps.iter().sum::<usize>()), (0, 0));
    viewer.publish(&whole);
    assert_eq!(counts(&viewer.refresh().unwrap()), [3000, 0, 0]);
    assert_eq!(viewer.titles().len(), 3000);
}

#[test]
fn the_items_of_a_bundle_are_there_when_the_bundle_has_gone() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle(&["one", "two"]));
    viewer.refresh().unwrap();
    fs::remove_file(viewer.bundle()).unwrap();
    assert!(viewer.refresh().is_err());
    assert!(!Path::new(&viewer.bundle()).exists());
    assert_eq!(viewer.known(), ["one", "two"]);
}
