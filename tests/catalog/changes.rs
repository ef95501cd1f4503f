//! What a refresh sees of what has happened in a source.

use std::fs;
use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

use rounds::source::{Location, Source};
use rounds::store::catalog::Catalog;
use rounds::store::refresh::{Refresh, RefreshStep, Summary, refresh};

use super::feed::{Feed, Viewer, assert_same};

fn counts(summary: &Summary) -> (usize, usize, usize) {
    (summary.added, summary.changed, summary.removed)
}

fn text(title: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\n---\n<p>Text.</p>\n").into_bytes()
}

#[test]
fn a_first_refresh_brings_every_item_and_a_second_one_nothing() {
    let feed = Feed::of(300);
    let (mut catalog, notice) = Catalog::open(&feed.catalog());
    assert_eq!(notice, None);
    let mut viewer = Viewer::default();
    let summary = viewer.refresh(&feed, &mut catalog);
    assert_eq!((counts(&summary), summary.is_whole, summary.report.files), ((300, 0, 0), true, 300));
    assert_same(&viewer, &catalog, &feed);
    let seen = viewer.seen;
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 0, 0));
    assert_eq!(viewer.seen, seen, "a refresh without changes has written something");
    assert_same(&viewer, &catalog, &feed);
}

#[test]
fn a_warm_start_has_all_items_before_the_source_is_looked_at() {
    let feed = Feed::of(700);
    // A time that is none, so that the item has no date at all.
    feed.write_at("undated.md", &text("A title without a date"), std::time::UNIX_EPOCH);
    drop(Viewer::open(&feed));
    let (catalog, notice) = Catalog::open(&feed.catalog());
    assert_eq!(notice, None);
    let mut reader = catalog.reader();
    let mut items = Vec::new();
    reader
        .changes_after(0, &mut |changes| {
            assert_eq!(changes.removed, []);
            assert!(changes.written.len() <= 256, "{} items at once", changes.written.len());
            items.extend(changes.written);
            ControlFlow::Continue(())
        })
        .unwrap();
    let mut sorted = items.clone();
    sorted.sort_by(|one, other| {
        let rank = |item: &rounds::library::Headline| {
            (std::cmp::Reverse(item.date), item.title.clone(), item.path.clone())
        };
        rank(one).cmp(&rank(other))
    });
    let (first, newest) = (items.iter().take(256), sorted.iter().take(256));
    assert!(first.eq(newest), "the newest are not in the first batch");
    items.sort_by_key(|item| item.id);
    assert!(items.windows(2).all(|two| two[0].id < two[1].id), "an item came twice");
    assert_eq!(items.len(), 701);
    assert_eq!(sorted.last().unwrap().path, "undated.md");
    assert_eq!(reader.newest(60).unwrap(), sorted[..60]);
}

#[test]
fn what_was_added_changed_renamed_and_removed_is_seen_and_nothing_else() {
    let feed = Feed::of(20);
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    let (changed, gone) = (viewer.id("3.md"), viewer.id("4.md"));

    feed.write("new/folder/one.md", &text("New"));
    feed.write("3.md", &text("Changed"));
    feed.remove("4.md");
    fs::rename(feed.items().join("5.md"), feed.items().join("renamed.md")).unwrap();
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (2, 1, 2));
    assert_same(&viewer, &catalog, &feed);
    assert_eq!(viewer.id("3.md"), changed, "a changed item has another number");

    feed.write("4.md", &text("Back again"));
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (1, 0, 0));
    assert!(viewer.list.keys().all(|id| *id != gone), "a number was given twice");

    fs::remove_dir_all(feed.items().join("new")).unwrap();
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 0, 1));
    assert_same(&viewer, &catalog, &feed);
}

#[test]
fn whoever_has_seen_a_part_is_told_the_rest_and_what_has_gone() {
    let feed = Feed::of(10);
    let (mut one, mut catalog) = Viewer::open(&feed);
    let mut other = Viewer::default();
    other.refresh(&feed, &mut catalog);
    feed.write("0.md", &text("Changed"));
    feed.remove("1.md");
    one.refresh(&feed, &mut catalog);
    assert_eq!(counts(&other.refresh(&feed, &mut catalog)), (0, 0, 0), "there was nothing left to do");
    assert_eq!(one.list, other.list);
}

#[test]
fn an_edit_of_the_same_size_and_time_is_seen_by_a_thorough_refresh() {
    let feed = Feed::new();
    let time = SystemTime::now() - Duration::from_secs(3600);
    feed.write_at("a.md", &text("One"), time);
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    feed.write_at("a.md", &text("Two"), time);
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 0, 0));
    assert_eq!(counts(&viewer.refresh_with(&feed, &mut catalog, true)), (0, 1, 0));
    assert_same(&viewer, &catalog, &feed);
}

#[test]
fn an_edit_right_after_a_refresh_is_seen_though_size_and_time_are_the_same() {
    let feed = Feed::new();
    let time = SystemTime::now();
    feed.write_at("a.md", &text("One"), time);
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    feed.write_at("a.md", &text("Two"), time);
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 1, 0));
    assert_same(&viewer, &catalog, &feed);
}

#[test]
fn an_edit_after_the_clock_was_set_back_is_seen() {
    let feed = Feed::new();
    let now = SystemTime::now();
    feed.write_at("future.md", &text("One"), now + Duration::from_secs(86_400));
    feed.write_at("past.md", &text("One"), now - Duration::from_secs(60));
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    feed.write_at("future.md", &text("Two"), now);
    feed.write_at("past.md", &text("Two"), now - Duration::from_secs(86_400 * 365));
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 2, 0));
    feed.write_at("past.md", &text("Six"), SystemTime::UNIX_EPOCH - Duration::from_secs(5));
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 1, 0));
    assert_same(&viewer, &catalog, &feed);
}

#[test]
fn a_file_that_was_only_touched_is_not_news() {
    let feed = Feed::of(5);
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    let seen = viewer.seen;
    let bytes = fs::read(feed.items().join("2.md")).unwrap();
    feed.write_at("2.md", &bytes, SystemTime::now() - Duration::from_secs(10));
    assert_eq!(counts(&viewer.refresh(&feed, &mut catalog)), (0, 0, 0));
    assert_eq!(viewer.seen, seen);
}

#[test]
fn a_refresh_that_was_stopped_goes_on_the_next_time() {
    let feed = Feed::of(3000);
    let (mut catalog, _) = Catalog::open(&feed.catalog());
    let mut viewer = Viewer::default();
    let summary = viewer.refresh_while(&feed, &mut catalog, false, &mut |list| {
        if list.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(!summary.is_whole);
    let before = viewer.list.clone();
    assert!((1..3000).contains(&before.len()), "{} items", before.len());
    drop(catalog);
    let (mut catalog, notice) = Catalog::open(&feed.catalog());
    assert_eq!(notice, None);
    let summary = viewer.refresh(&feed, &mut catalog);
    assert_eq!(counts(&summary), (3000 - before.len(), 0, 0));
    assert!(before.iter().all(|(id, item)| viewer.list.get(id) == Some(item)));
    assert_eq!(viewer.list.len(), 3000);
}

#[test]
fn nothing_is_removed_before_the_whole_source_has_been_looked_at() {
    let feed = Feed::of(3000);
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    feed.remove("17.md");
    let summary = viewer.refresh_while(&feed, &mut catalog, true, &mut |_| ControlFlow::Break(()));
    assert_eq!((summary.removed, viewer.list.len()), (0, 3000));
    assert_eq!(viewer.refresh(&feed, &mut catalog).removed, 1);
}

#[test]
fn the_log_beside_the_catalog_does_not_grow_with_the_source() {
    let feed = Feed::new();
    for number in 0..2000 {
        feed.write(
            &format!("{number}.md"),
            format!("---\ntitle: {number}\n---\n{}", "word ".repeat(4000)).as_bytes(),
        );
    }
    let (viewer, catalog) = Viewer::open(&feed);
    let length = |suffix: &str| {
        let name = format!("{}{suffix}", feed.catalog().display());
        fs::metadata(name).map_or(0, |metadata| metadata.len())
    };
    assert!(length("") > 30_000_000, "{} bytes", length(""));
    assert!(length("-wal") < 20_000_000, "{} bytes", length("-wal"));
    drop((viewer, catalog));
    assert_eq!(length("-wal"), 0, "a catalog that nobody has open has no log");
}

#[test]
fn a_source_that_has_gone_leaves_the_catalog_as_it_was() {
    let feed = Feed::of(5);
    let (viewer, mut catalog) = Viewer::open(&feed);
    let source = feed.source();
    fs::remove_dir_all(feed.items()).unwrap();
    let how = Refresh { seen: viewer.seen, ..Refresh::default() };
    let refused = refresh(&source, &mut catalog, how, &mut |_| ControlFlow::Continue(()));
    assert!(refused.unwrap_err().to_string().contains("there is no file or folder of this name"));
    assert_eq!(catalog.reader().newest(9).unwrap().len(), 5);
}

#[test]
fn the_sample_and_a_single_file_have_catalogs_as_well() {
    let feed = Feed::of(1);
    let file = Location::File(feed.items().join("0.md"));
    for (location, least) in [(Location::Sample, 30), (file, 1)] {
        let source = Source::open(&location).unwrap();
        let mut catalog = Catalog::temporary();
        for round in 0..2 {
            let mut written = 0;
            let summary = refresh(&source, &mut catalog, Refresh::default(), &mut |step| {
                if let RefreshStep::Changed { changes, .. } = step {
                    for headline in changes.written {
                        let file = catalog_file(&source, &headline.path);
                        assert_eq!(headline, rounds::library::Headline::of(headline.id, &file.item));
                        written += 1;
                    }
                }
                ControlFlow::Continue(())
            })
            .unwrap();
            assert!(written >= least, "{written} items");
            assert_eq!(counts(&summary), (if round == 0 { written } else { 0 }, 0, 0));
        }
    }
}

fn catalog_file(source: &Source, path: &str) -> rounds::item::ItemFile {
    source.read(path)
}
