//! Places where a catalog cannot be kept, and files that are none.

use std::fs;

use rounds::store::catalog::Catalog;
use rusqlite::Connection;

use super::feed::{Feed, Viewer, assert_same};

/// Opens the catalog of a feed and makes sure that it works. What was said comes back.
fn said(feed: &Feed) -> Vec<String> {
    let (viewer, catalog) = Viewer::open(feed);
    assert_same(&viewer, &catalog, feed);
    viewer.notices.iter().map(ToString::to_string).collect()
}

#[test]
fn where_it_cannot_be_kept_it_goes_with_the_program_and_says_so() {
    let feed = Feed::of(30);
    fs::write(feed.root.path().join("cache"), "a file where a folder is needed").unwrap();
    let [notice] = said(&feed).try_into().unwrap();
    assert!(notice.contains("catalog.db: the catalog cannot be kept"), "{notice}");
    assert!(notice.ends_with("this start reads the whole source again"), "{notice}");
    assert_eq!(fs::read(feed.root.path().join("cache")).unwrap(), b"a file where a folder is needed");
}

#[test]
fn a_folder_in_its_place_is_left_alone() {
    let feed = Feed::of(5);
    fs::create_dir_all(feed.catalog().join("inside")).unwrap();
    let notices = said(&feed);
    assert!(notices.len() == 1 && notices[0].contains("cannot be kept"), "{notices:?}");
    assert!(feed.catalog().join("inside").is_dir());
}

#[test]
fn what_is_no_catalog_is_replaced_and_that_is_said_once() {
    let feed = Feed::of(5);
    fs::create_dir_all(feed.root.path().join("cache")).unwrap();
    fs::write(feed.catalog(), b"This is no database at all. ".repeat(200)).unwrap();
    let notices = said(&feed);
    assert!(notices.len() == 1 && notices[0].contains("made again"), "{notices:?}");
    assert_eq!(said(&feed), [""; 0]);
}

#[test]
fn a_database_of_another_program_is_replaced_and_that_is_said() {
    let feed = Feed::of(5);
    fs::create_dir_all(feed.root.path().join("cache")).unwrap();
    Connection::open(feed.catalog()).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    let notices = said(&feed);
    assert!(notices.len() == 1 && notices[0].contains("it was not a catalog"), "{notices:?}");
}

#[test]
fn an_empty_file_and_a_catalog_of_another_version_are_replaced_without_a_word() {
    let feed = Feed::of(5);
    fs::create_dir_all(feed.root.path().join("cache")).unwrap();
    fs::write(feed.catalog(), b"").unwrap();
    assert_eq!(said(&feed), [""; 0]);
    for change in ["PRAGMA user_version = 99", "UPDATE program SET version = '0.0.1'"] {
        Connection::open(feed.catalog()).unwrap().execute_batch(change).unwrap();
        let (mut catalog, notice) = Catalog::open(&feed.catalog());
        assert_eq!(notice, None);
        assert_eq!(Viewer::default().refresh(&feed, &mut catalog).added, 5, "{change}");
    }
}

#[test]
fn a_temporary_catalog_leaves_nothing_behind() {
    let feed = Feed::of(5);
    let mut catalog = Catalog::temporary();
    let mut viewer = Viewer::default();
    viewer.refresh(&feed, &mut catalog);
    assert_same(&viewer, &catalog, &feed);
    assert_eq!(catalog.path(), None);
}
