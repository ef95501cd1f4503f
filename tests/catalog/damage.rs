//! A catalog whose file was damaged while nobody was looking.

use std::fs;
use std::ops::ControlFlow;

use rounds::search::{Search, TextSearch};
use rounds::store::catalog::{Catalog, CatalogError, Indexing};

use super::feed::{Feed, Viewer, assert_same};

/// How many kinds of damage of each sort are tried.
const SEEDS: u64 = 40;

fn indexed(feed: &Feed) -> Vec<u8> {
    let (viewer, mut catalog) = Viewer::open(feed);
    while catalog.index_some(std::time::Duration::from_secs(1)).unwrap() != Indexing::Done {}
    drop((viewer, catalog));
    fs::read(feed.catalog()).unwrap()
}

/// Uses a damaged catalog as a running Rounds does, and makes sure that it is whole in the end.
fn use_and_mend(feed: &Feed, bytes: &[u8], what: &str) {
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(feed.catalog().with_extension(format!("db{suffix}")));
    }
    fs::write(feed.catalog(), bytes).unwrap();
    let (mut catalog, notice) = Catalog::open(&feed.catalog());
    let mut viewer = Viewer { notices: notice.into_iter().collect(), ..Viewer::default() };
    let mut reader = catalog.reader();
    // Whatever comes of these, they must come to an end, and note what is wrong.
    let first = reader.newest(60).unwrap_or_default();
    let _ = reader.changes_after(0, &mut |_| ControlFlow::Continue(()));
    for headline in first {
        let _ = reader.file(headline.id);
    }
    let _ = reader.search(&text("number1"));
    let _ = reader.search_best(&text("\"of the feed\""));
    viewer.refresh(feed, &mut catalog);
    let files = feed.files();
    assert_eq!(viewer.paths(), files.keys().collect::<Vec<_>>(), "{what}: {:?}", viewer.notices);
    assert!(viewer.notices.len() <= 1, "{what}: {:?}", viewer.notices);
    let mut refused = 0;
    for (id, headline) in &viewer.list {
        match catalog.reader().file(*id) {
            Ok(file) => assert_eq!(file.as_ref(), files.get(&headline.path), "{what}"),
            Err(error) => {
                assert!(matches!(error, CatalogError::Damaged), "{what}: {error}");
                refused += 1;
            }
        }
    }
    if refused > 0 {
        // What is found only when a page is opened is mended by the next refresh.
        viewer.refresh(feed, &mut catalog);
        assert_same(&viewer, &catalog, feed);
    }
}

fn text(typed: &str) -> TextSearch {
    Search::parse(typed, jiff::civil::date(2021, 12, 1)).unwrap().text
}

#[test]
fn flipped_bytes_never_cost_an_item() {
    let feed = Feed::of(60);
    let sound = indexed(&feed);
    for seed in 0..SEEDS {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bytes = sound.clone();
        for _ in 0..random.usize(1..40) {
            let at = random.usize(..bytes.len());
            bytes[at] ^= random.u8(1..);
        }
        use_and_mend(&feed, &bytes, &format!("seed {seed}"));
    }
}

#[test]
fn pages_of_zeros_and_of_nonsense_never_cost_an_item() {
    let feed = Feed::of(60);
    let sound = indexed(&feed);
    for seed in 0..SEEDS {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bytes = sound.clone();
        let from = random.usize(..bytes.len());
        let to = (from + random.usize(1..20_000)).min(bytes.len());
        for byte in &mut bytes[from..to] {
            *byte = if seed % 2 == 0 { 0 } else { random.u8(..) };
        }
        use_and_mend(&feed, &bytes, &format!("seed {seed}"));
    }
}

#[test]
fn a_file_cut_short_anywhere_never_costs_an_item() {
    let feed = Feed::of(60);
    let sound = indexed(&feed);
    let mut random = fastrand::Rng::with_seed(7);
    for length in (0..SEEDS).map(|_| random.usize(..sound.len())).chain([0, 1, 100, 4096, 8192]) {
        use_and_mend(&feed, &sound[..length], &format!("cut at {length}"));
    }
}

#[test]
fn a_damaged_log_never_costs_an_item() {
    let feed = Feed::of(60);
    indexed(&feed);
    for seed in 0..SEEDS / 2 {
        // A log without its database, a log of nonsense, and a log of another catalog.
        let mut random = fastrand::Rng::with_seed(seed);
        let nonsense: Vec<u8> = (0..random.usize(..50_000)).map(|_| random.u8(..)).collect();
        fs::write(feed.catalog().with_extension("db-wal"), &nonsense).unwrap();
        if seed % 3 == 0 {
            fs::remove_file(feed.catalog()).unwrap();
        }
        let (viewer, catalog) = Viewer::open(&feed);
        assert_same(&viewer, &catalog, &feed);
    }
}
