//! An import that is killed at any moment.

use std::thread;

use rusqlite::Connection;

use super::child::{start, written};
use super::feed::{Feed, Viewer, assert_same};

/// How often an import is killed.
const KILLS: u64 = 100;

#[test]
fn a_killed_import_leaves_a_catalog_that_the_next_start_completes() {
    let feed = Feed::of(150);
    drop(start(&feed, &[]).wait());
    let whole = written(&feed.catalog());
    let mut random = fastrand::Rng::with_seed(0x4b11);
    let mut cut_short = 0;
    for number in 0..KILLS {
        let _ = std::fs::remove_dir_all(feed.root.path().join("cache"));
        // The moment is told by how much has been written, so that it falls into the midst of a commit as well.
        let enough = random.u64(0..=whole * 3 / 2);
        let mut child = start(&feed, &[]);
        while child.try_wait().unwrap().is_none() && written(&feed.catalog()) < enough {
            thread::yield_now();
        }
        cut_short += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let (viewer, catalog) = Viewer::open(&feed);
        assert_eq!(viewer.notices, [], "kill {number} at {enough} bytes");
        if number % 10 == 0 {
            assert_same(&viewer, &catalog, &feed);
        }
        assert_eq!(viewer.list.len(), 150, "kill {number} at {enough} bytes");
        drop(catalog);
        let connection = Connection::open(feed.catalog()).unwrap();
        let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok", "kill {number} at {enough} bytes");
    }
    assert!(cut_short > KILLS / 2, "only {cut_short} imports were cut short");
}
