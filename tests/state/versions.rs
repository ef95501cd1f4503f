//! Files of other versions of Rounds.

use std::fs;

use rounds::store::state::Saving;

use crate::support::{Desk, assert_whole, at, furnish, setting, use_all};

/// Has SQLite do something with the file.
fn on_file(desk: &Desk, statements: &str) {
    rusqlite::Connection::open(desk.path()).unwrap().execute_batch(statements).unwrap();
}

#[test]
fn a_file_of_the_version_before_settings_keeps_everything_and_takes_settings() {
    let desk = Desk::new();
    let (mut state, _) = desk.open();
    furnish(&mut state);
    let (marks, searches, source) = (state.marks(), state.searches(), state.source("/news"));
    drop(state);
    // What the second version added to the first.
    on_file(&desk, "DROP TABLE settings; PRAGMA user_version = 1");
    let (mut state, notices) = desk.open();
    assert_eq!(notices, []);
    assert_eq!((state.marks(), state.searches(), state.source("/news")), (marks, searches, source));
    assert_eq!(state.settings(), []);
    assert_eq!(state.set_setting(setting("left", "40"), at(5)), Saving::Saved);
    use_all(&mut state);
    drop(state);
    assert_whole(&desk.path());
    assert_eq!(desk.kept().len(), 0);
    assert_eq!(desk.open().0.settings(), [("left".to_owned(), "39".to_owned())]);
}

#[test]
fn a_file_of_a_later_version_is_left_alone_and_settings_wait() {
    let desk = Desk::new();
    let (mut state, _) = desk.open();
    furnish(&mut state);
    drop(state);
    on_file(&desk, "PRAGMA user_version = 3; PRAGMA wal_checkpoint(TRUNCATE)");
    let before = fs::read(desk.path()).unwrap();
    let (mut state, notices) = desk.open();
    assert!(notices.len() == 1 && notices[0].contains("newer Rounds"), "{notices:?}");
    assert!(matches!(state.set_setting(setting("left", "41"), at(5)), Saving::InMemory(_)));
    assert!(state.settings().contains(&("left".to_owned(), "41".to_owned())));
    assert!(state.settings().iter().any(|(name, _)| name == "folded"), "what could be read is there");
    drop(state);
    assert!(fs::read(desk.path()).unwrap() == before);
}
