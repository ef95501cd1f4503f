//! From version to version.

use rusqlite::Connection;

use super::*;
use crate::store::state::schema::{APPLICATION_ID, MIGRATIONS, migrate, version, version_of};

/// A file of version 1, as it was released, with one mark and one search.
fn first_version(desk: &Desk) -> Connection {
    fs::create_dir_all(desk.path().parent().unwrap()).unwrap();
    let mut connection = Connection::open(desk.path()).unwrap();
    migrate(&mut connection, &MIGRATIONS[..1]).unwrap();
    connection
        .execute("INSERT INTO items (key, read, read_time, mark_change) VALUES (7, 1, 5, 1)", [])
        .unwrap();
    connection
        .execute("INSERT INTO searches (text, position, saved, change) VALUES ('sepsis', 1, 1, 2)", [])
        .unwrap();
    connection.execute("UPDATE counters SET change = 2", []).unwrap();
    connection
}

/// Everything that is in a file.
fn dump(connection: &Connection) -> Vec<String> {
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema ORDER BY name").unwrap();
    let tables = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
    let mut lines: Vec<String> = tables.map(|sql| sql.unwrap().unwrap_or_default()).collect();
    let mut statement = connection.prepare("SELECT key || ' ' || read FROM items ORDER BY key").unwrap();
    lines.extend(statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap));
    lines.push(version(connection).unwrap().to_string());
    lines
}

#[test]
fn a_file_of_the_first_version_is_read_today() {
    let desk = Desk::new();
    drop(first_version(&desk));
    let mut state = desk.open();
    assert_eq!(state.marks().read, [ItemKey(7)].into_iter().collect());
    assert_eq!((state.searches(), state.settings()), (vec!["sepsis".to_owned()], Vec::new()));
    let setting = Setting::new("left".into(), "40".into()).unwrap();
    assert_eq!(state.set_setting(setting, at(1)), Saving::Saved);
    drop(state);
    let mut state = desk.open();
    assert_eq!(state.settings(), [("left".to_owned(), "40".to_owned())]);
    assert_eq!(state.marks().read, [ItemKey(7)].into_iter().collect());
}

#[test]
fn a_damaged_file_of_the_first_version_is_rescued_into_one_of_today() {
    let desk = Desk::new();
    first_version(&desk).close().unwrap();
    let mut bytes = fs::read(desk.path()).unwrap();
    bytes[..100].fill(0);
    fs::write(desk.path(), bytes).unwrap();
    let (mut state, notices) = State::open(&desk.path(), at(0));
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(state.marks().read, [ItemKey(7)].into_iter().collect());
    assert_eq!((state.searches(), state.settings()), (vec!["sepsis".to_owned()], Vec::new()));
}

#[test]
fn a_file_that_says_it_is_of_today_and_lacks_the_settings_is_damaged() {
    let desk = Desk::new();
    let connection = first_version(&desk);
    connection.pragma_update(None, "user_version", version_of(MIGRATIONS)).unwrap();
    connection.close().unwrap();
    let (mut state, notices) = State::open(&desk.path(), at(0));
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(state.marks().read, [ItemKey(7)].into_iter().collect());
    assert_eq!(state.settings(), []);
}

#[test]
fn a_step_forward_keeps_what_is_there() {
    let desk = Desk::new();
    let mut connection = first_version(&desk);
    let mut steps = MIGRATIONS[..1].to_vec();
    steps.push(
        "ALTER TABLE items ADD COLUMN note TEXT NOT NULL DEFAULT ''; CREATE TABLE notes (text TEXT) STRICT;",
    );
    steps.push("UPDATE items SET note = 'from version 2'; DROP TABLE notes;");
    migrate(&mut connection, &steps).unwrap();
    assert_eq!(version(&connection).unwrap(), 3);
    let note: String =
        connection.query_row("SELECT note FROM items WHERE key = 7", [], |row| row.get(0)).unwrap();
    assert_eq!(note, "from version 2");
    migrate(&mut connection, &steps).unwrap();
    assert_eq!(version(&connection).unwrap(), 3, "there is nothing left to do");
}

#[test]
fn a_step_that_fails_leaves_the_file_as_it_was() {
    let desk = Desk::new();
    let mut connection = first_version(&desk);
    let before = dump(&connection);
    let mut steps = MIGRATIONS[..1].to_vec();
    steps.push("UPDATE items SET read = 0; CREATE TABLE more (text TEXT) STRICT;");
    steps.push("DELETE FROM items; INSERT INTO nowhere VALUES (1);");
    assert!(migrate(&mut connection, &steps).is_err());
    assert_eq!(dump(&connection), before);
}

#[test]
fn a_newer_file_is_not_touched() {
    let desk = Desk::new();
    let connection = first_version(&desk);
    connection.pragma_update(None, "user_version", 4).unwrap();
    connection.close().unwrap();
    let before = fs::read(desk.path()).unwrap();

    let (mut state, notices) = State::open(&desk.path(), at(0));
    assert_eq!(notices.len(), 1);
    assert!(notices[0].contains("newer Rounds") && notices[0].contains("state.db"), "{}", notices[0]);
    assert!(matches!(state.set_mark(&keys([1]), Mark::Read, true, at(1)), Saving::InMemory(_)));
    assert!(state.marks().read.contains(&key(1)));
    assert!(matches!(state.retry(), Saving::InMemory(_)));
    drop(state);
    assert_eq!(fs::read(desk.path()).unwrap(), before);
}

#[test]
fn a_newer_rounds_that_takes_the_file_while_this_one_runs_is_not_disturbed() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    let newer = Connection::open(desk.path()).unwrap();
    newer.execute_batch("ALTER TABLE items ADD COLUMN note TEXT; PRAGMA user_version = 3").unwrap();
    let saving = state.set_mark(&keys([2]), Mark::Read, true, at(2));
    assert!(matches!(saving, Saving::InMemory(line) if line.contains("newer Rounds")));
    let rows: i64 = newer.query_row("SELECT count(*) FROM items", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
    assert!(state.marks().read.contains(&key(2)));
}

#[test]
fn a_new_file_is_marked_as_ours_and_written_ahead() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    let connection = Connection::open(desk.path()).unwrap();
    let ask = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(ask("application_id"), APPLICATION_ID);
    assert_eq!(ask("user_version"), 2);
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}
