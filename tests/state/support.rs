//! What the tests share.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rounds::item::{ItemKey, SafeText};
use rounds::library::Position;
use rounds::library::{Mark, Marks};
use rounds::store::state::{Place, Saving, Setting, State};
use tempfile::TempDir;

/// A folder that is taken away after the test, with the path of a state file in it.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self) -> PathBuf {
        self.folder().join("state.db")
    }

    pub fn log(&self) -> PathBuf {
        self.folder().join("state.db-wal")
    }

    pub fn open(&self) -> (State, Vec<SafeText>) {
        State::open(&self.path(), at(0))
    }

    /// The damaged files that have been kept, without their logs.
    pub fn kept(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path());
        entries
            .filter(|path| {
                let name = path.file_name().unwrap().to_str().unwrap();
                name.contains("damaged") && !name.ends_with("-wal") && !name.ends_with("-shm")
            })
            .collect()
    }
}

/// A moment, in seconds after some other one.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

/// The key of the item with a number; like real ones they are spread over all that there are.
pub fn key(number: u64) -> ItemKey {
    ItemKey(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

pub fn keys(numbers: impl IntoIterator<Item = u64>) -> Vec<ItemKey> {
    numbers.into_iter().map(key).collect()
}

/// How many items a furnished state has.
pub const ITEMS: u64 = 4_000;

/// Puts a little of everything into a state.
pub fn furnish(state: &mut State) {
    state.arrive("/news", "News", &keys(0..ITEMS), &|_| true);
    assert_eq!(state.set_mark(&keys(0..ITEMS / 2), Mark::Read, true, at(1)), Saving::Saved);
    assert_eq!(state.set_mark(&keys((0..ITEMS).step_by(3)), Mark::Starred, true, at(2)), Saving::Saved);
    state.set_position(key(1), Some(Position { row: 5, rows: 50 }), at(3));
    state.set_place("/news", &Place { topic: "Cardiology".into(), ..Place::default() });
    state.save_search("sepsis");
    state.set_setting(setting("folded", &"Cardiology\n".repeat(1_000)), at(3));
    state.set_setting(setting("left", "40"), at(3));
    state.end_visit("/news", at(4));
}

/// A setting.
pub fn setting(name: &str, value: &str) -> Setting {
    Setting::new(name.to_owned(), value.to_owned()).unwrap()
}

/// Everything in a state can be asked for and changed, and what is changed is there.
pub fn use_all(state: &mut State) -> Marks {
    let marks = state.marks();
    state.positions(100);
    state.source("/news");
    state.searches();
    state.settings();
    state.changes();
    state.new_items("/news");
    state.arrive("/news", "News", &keys(0..ITEMS + 10), &|_| true);
    state.set_mark(&keys([ITEMS + 1]), Mark::Read, true, at(10));
    state.set_position(key(2), Some(Position { row: 1, rows: 2 }), at(11));
    state.save_search("fever");
    state.set_setting(setting("left", "39"), at(11));
    state.set_place("/news", &Place::default());
    state.end_visit("/news", at(12));
    state.examine();
    assert!(state.marks().read.contains(&key(ITEMS + 1)));
    assert!(state.searches().contains(&"fever".to_owned()));
    assert!(state.settings().contains(&("left".to_owned(), "39".to_owned())));
    marks
}

/// SQLite finds nothing wrong with a file.
pub fn assert_whole(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok", "{}", path.display());
}
