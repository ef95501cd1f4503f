//! The state, from within: what it remembers, and what it does when the disk will not have it.

mod carry;
mod memory;
mod refusals;
mod rescues;
mod schema;
mod settings;
mod transfer;
mod visits;

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

/// A folder that is taken away after the test, with the path of a state file in it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("rounds").join("state.db")
    }

    /// Opens the state, about which there is nothing to say.
    fn open(&self) -> State {
        let (state, notices) = State::open(&self.path(), at(0));
        assert_eq!(notices, []);
        state
    }

    /// Puts the folder of the state elsewhere, so that the file cannot be opened again.
    fn forbid(&self) {
        fs::rename(self.path().parent().unwrap(), self.folder.path().join("elsewhere")).unwrap();
        fs::write(self.path().parent().unwrap(), "in the way").unwrap();
    }

    /// Puts it back.
    fn allow(&self) {
        fs::remove_file(self.path().parent().unwrap()).unwrap();
        fs::rename(self.folder.path().join("elsewhere"), self.path().parent().unwrap()).unwrap();
    }
}

/// A moment, in seconds after some other one.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

/// The key of the item with a number; like real ones they are spread over all that there are.
fn key(number: u64) -> ItemKey {
    ItemKey(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn keys(numbers: impl IntoIterator<Item = u64>) -> Vec<ItemKey> {
    numbers.into_iter().map(key).collect()
}

fn sorted(mut keys: Vec<ItemKey>) -> Vec<ItemKey> {
    keys.sort_unstable();
    keys
}
