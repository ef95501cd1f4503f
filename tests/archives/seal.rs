//! An archive that the catalog was filled from is not read again while it is the same.

use std::fs;

use rounds::item::SafeText;
use rounds::source::{Limits, Location, Report, Source};
use rusqlite::Connection;

use super::make::{entry, file, tar};
use super::viewer::{Viewer, counts};

/// A bundle with something to report besides its items, always of the same size.
fn bundle(title: &str) -> Vec<u8> {
    assert_eq!(title.len(), 3);
    tar(&[
        file("bundle.yaml", b"name: Ward news\nhomepage: https://example.org/\nupdated: 2026-11-22\n"),
        file("a.md", format!("---\ntitle: {title}\n---\nText of {title}.\n").as_bytes()),
        file("a.png", b"an image"),
        file(".hidden", b""),
        entry("link.md", tar::EntryType::Symlink, b""),
    ])
}

/// Somebody who has read a bundle an hour after it was published.
fn viewer() -> Viewer {
    let mut viewer = Viewer::new();
    viewer.publish_at(&bundle("One"), 0);
    assert_eq!(counts(&viewer.refresh().unwrap()), [1, 0, 0]);
    viewer
}

fn assert_full(report: &Report) {
    assert_eq!((report.files, report.items, report.hidden, report.other_files()), (1, 1, 1, 2));
    assert_eq!(report.manifest.as_ref().map(|manifest| manifest.name.as_str()), Some("Ward news"));
    let problems: Vec<_> =
        report.problems.iter().map(|(path, problem)| (path.as_str(), problem.code)).collect();
    assert_eq!(problems, [("link.md", "entry-link")]);
}

#[test]
fn an_archive_that_seems_unchanged_is_not_read_unless_that_is_asked_for() {
    let mut viewer = viewer();
    viewer.publish_at(&bundle("Two"), 0);
    viewer.restart();
    let summary = viewer.refresh().unwrap();
    assert_eq!((counts(&summary), viewer.titles(), summary.is_whole), ([0, 0, 0], vec!["One"], true));
    assert_full(&summary.report);
    viewer.thorough = true;
    let summary = viewer.refresh().unwrap();
    assert_eq!((counts(&summary), viewer.titles()), ([0, 1, 0], vec!["Two"]));
    assert_full(&summary.report);
}

#[test]
fn an_archive_that_was_touched_or_replaced_is_read_again() {
    let mut viewer = viewer();
    viewer.publish_at(&bundle("Two"), 1);
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 1, 0]);
    viewer.publish_at(&tar(&[file("a.md", b"---\ntitle: Three\n---\n")]), 1);
    let summary = viewer.refresh().unwrap();
    assert_eq!((counts(&summary), summary.report.manifest), ([0, 1, 0], None));
}

#[test]
fn an_archive_that_was_made_a_moment_ago_is_read_again() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle("One"));
    viewer.refresh().unwrap();
    viewer.publish(&bundle("Two"));
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 1, 0]);
}

#[test]
fn other_limits_give_other_items_and_so_the_archive_is_read_again() {
    let mut viewer = viewer();
    viewer.limits = Limits { item_bytes: 10, ..Limits::default() };
    let summary = viewer.refresh().unwrap();
    assert_eq!((counts(&summary), summary.report.problems.len()), ([0, 0, 1], 2));
    viewer.limits = Limits::default();
    assert_eq!(counts(&viewer.refresh().unwrap()), [1, 0, 0]);
}

#[test]
fn a_refresh_that_fails_leaves_what_is_known_of_the_archive() {
    let mut viewer = viewer();
    let whole = bundle("Two");
    viewer.publish_at(&whole[..whole.len() - 1500], 7);
    assert!(viewer.refresh().is_err());
    viewer.limits = Limits { entries: 2, ..Limits::default() };
    assert!(viewer.refresh().is_err());
    viewer.limits = Limits::default();
    // As it was when it was read, by its size and time.
    viewer.publish_at(&whole, 0);
    viewer.restart();
    let summary = viewer.refresh().unwrap();
    assert_eq!((counts(&summary), viewer.titles()), ([0, 0, 0], vec!["One"]));
    assert_full(&summary.report);
}

#[test]
fn what_is_known_of_an_archive_and_cannot_be_right_is_not_believed() {
    let damages = [
        "UPDATE archive SET report = '{}'",
        "UPDATE archive SET report = replace(report, 'Ward', 'Bard')",
        "UPDATE archive SET source_seal = source_seal || ' '",
        "UPDATE archive SET seal = 0",
        "UPDATE archive SET id = 7",
        "DELETE FROM archive",
        "DELETE FROM files",
        "DELETE FROM items",
    ];
    for damage in damages {
        let mut viewer = viewer();
        assert_eq!(Connection::open(viewer.file()).unwrap().execute(damage, []).unwrap(), 1, "{damage}");
        viewer.publish_at(&bundle("Two"), 0);
        viewer.restart();
        let summary = viewer.refresh().unwrap();
        assert_eq!(viewer.titles(), ["Two"], "{damage}");
        assert_full(&summary.report);
        viewer.restart();
        assert_full(&viewer.refresh().unwrap().report);
    }
}

#[test]
fn a_folder_in_the_place_of_an_archive_makes_the_catalog_forget_the_archive() {
    let mut viewer = viewer();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("b.md"), "---\ntitle: Other\n---\n").unwrap();
    let directory = Source::open(&Location::Directory(folder.path().to_owned())).unwrap();
    assert_eq!(counts(&viewer.refresh_from(&directory).unwrap()), [1, 0, 1]);
    assert_eq!(counts(&viewer.refresh().unwrap()), [1, 0, 1]);
    assert_eq!(viewer.titles(), ["One"]);
}

#[test]
fn a_copy_is_known_by_its_file_name_and_need_not_be_old() {
    let mut viewer = Viewer::new();
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str, title| {
        fs::write(folder.path().join(name), bundle(title)).unwrap();
        let location = "https://example.org/news.tar".to_owned();
        Source::of_copy(&folder.path().join(name), location, SafeText::new("News"), Limits::default())
    };
    let first = copy("bundle-1", "One");
    assert_eq!(first.seal(), first.seal());
    assert!(first.seal().is_some());
    viewer.refresh_from(&first).unwrap();
    let second = copy("bundle-2", "Two");
    assert_eq!(counts(&viewer.refresh_from(&second).unwrap()), [0, 1, 0]);
}
