//! A disk that will not have it.

use std::fs;

use super::*;

/// Makes the open file refuse, in the ways that SQLite has for it.
const REFUSALS: [(&str, &str); 2] =
    [("PRAGMA max_page_count = 1", "the disk is full"), ("PRAGMA query_only = 1", "it may only be read")];

fn marks_of_thousands(state: &mut State, from: u64) -> Saving {
    state.set_mark(&keys(from..from + 2_000), Mark::Read, true, at(1))
}

#[test]
fn changes_wait_in_memory_and_are_saved_when_the_disk_has_room_again() {
    for (pragma, reason) in REFUSALS {
        let desk = Desk::new();
        let mut state = desk.open();
        state.set_mark(&keys([1]), Mark::Starred, true, at(1));
        state.save_search("sepsis");
        state.keeper.medium.on_open_file(|connection| connection.execute_batch(pragma).unwrap());
        let saving = marks_of_thousands(&mut state, 0);
        desk.forbid();
        assert!(matches!(&saving, Saving::InMemory(line) if line.contains(reason)), "{saving:?}");
        assert_eq!(state.saving(), saving);
        state.set_position(key(5), Some(Position { row: 1, rows: 2 }), at(2));
        state.set_position(key(5), Some(Position { row: 2, rows: 2 }), at(3));
        state.drop_search("sepsis");
        assert_eq!(state.marks().read.len(), 2_000);
        assert_eq!(state.marks().starred.len(), 1, "what could be read is still there");
        assert_eq!(state.positions(9).len(), 1);
        assert_eq!(state.searches(), [""; 0]);
        assert!(matches!(state.retry(), Saving::InMemory(_)));

        desk.allow();
        assert_eq!(state.retry(), Saving::Saved);
        assert_eq!((state.saving(), state.retry()), (Saving::Saved, Saving::Saved));
        drop(state);
        let mut state = desk.open();
        assert_eq!((state.marks().read.len(), state.marks().starred.len()), (2_000, 1));
        assert_eq!(state.positions(9), [(key(5), Position { row: 2, rows: 2 })]);
    }
}

#[test]
fn the_next_change_takes_those_that_wait_with_it() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.keeper.medium.on_open_file(|connection| connection.execute_batch(REFUSALS[1].0).unwrap());
    assert!(matches!(marks_of_thousands(&mut state, 0), Saving::InMemory(_)));
    assert_eq!(state.set_mark(&keys([9_999]), Mark::Read, true, at(1)), Saving::Saved);
    assert_eq!(desk.open().marks().read.len(), 2_001);
    assert_eq!(state.marks().read.len(), 2_001);
}

#[test]
fn visits_and_imports_can_wait_too() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.arrive("/news", "News", &keys(0..10), &|_| true);
    state.end_visit("/news", at(1));
    desk.forbid();
    assert_eq!(sorted(state.arrive("/news", "News", &keys(0..12), &|_| true).new), sorted(keys(10..12)));
    let json = r#"{"rounds_state": 1, "exported": "2023-11-14T22:13:20Z",
        "items": [{"key": "00000000000000ab", "read": true}]}"#;
    let (imported, saving) = state.import(Export::parse(json.as_bytes()).unwrap(), at(2));
    assert_eq!(imported.read, 1);
    assert!(matches!(saving, Saving::InMemory(_)));
    assert!(matches!(state.end_visit("/news", at(3)), Saving::InMemory(_)));
    assert_eq!(state.new_items("/news"), []);
    desk.allow();
    assert_eq!(state.retry(), Saving::Saved);
    drop(state);
    let mut state = desk.open();
    assert_eq!(state.arrive("/news", "News", &keys(0..13), &|_| true).new, keys([12]));
    assert_eq!(state.marks().read.len(), 1);
}

#[test]
fn what_others_marked_meanwhile_is_heard_of_when_the_disk_works_again() {
    let desk = Desk::new();
    let (mut state, mut other) = (desk.open(), desk.open());
    desk.forbid();
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    desk.allow();
    other.set_mark(&keys([2]), Mark::Read, true, at(1));
    assert_eq!(state.changes(), []);
    assert_eq!(state.retry(), Saving::Saved);
    assert!(state.changes().contains(&MarkChange { key: key(2), mark: Mark::Read, marked: true }));
    assert_eq!(state.marks(), other.marks());
}

#[test]
fn below_a_file_there_can_be_no_folder() {
    let desk = Desk::new();
    let file = desk.folder.path().join("rounds");
    fs::write(&file, "not a folder").unwrap();
    let (mut state, notices) = State::open(&desk.path(), at(0));
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(matches!(state.set_mark(&keys([1]), Mark::Read, true, at(1)), Saving::InMemory(_)));
    assert!(state.marks().read.contains(&key(1)));
    fs::remove_file(&file).unwrap();
    assert_eq!(state.retry(), Saving::Saved);
    drop(state);
    assert!(desk.open().marks().read.contains(&key(1)));
}

#[test]
fn a_folder_in_place_of_the_file_stays_where_it_is() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path().join("precious")).unwrap();
    let (mut state, notices) = State::open(&desk.path(), at(0));
    assert!(notices.iter().any(|line| line.contains("folder")), "{notices:?}");
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    assert!(state.marks().read.contains(&key(1)));
    assert!(desk.path().join("precious").is_dir());
}

#[test]
fn a_database_of_another_program_is_said_to_be_one_and_stays_as_it_is() {
    for mode in ["delete", "wal"] {
        let desk = Desk::new();
        let folder = desk.path().parent().unwrap().to_owned();
        fs::create_dir_all(&folder).unwrap();
        let other = rusqlite::Connection::open(desk.path()).unwrap();
        other.pragma_update(None, "journal_mode", mode).unwrap();
        // Rows that look like marks, under another name.
        let table = "CREATE TABLE books (key INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i, j);
                     INSERT INTO books VALUES (7, 1, 1, 1, 1, 1, NULL, NULL, 0, 0, 0);
                     CREATE TABLE items (name TEXT)";
        other.execute_batch(table).unwrap();
        if mode == "wal" {
            // As after a crash of the other program: what it wrote last is in its log only.
            other.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
        }
        drop(other);
        let files = || -> Vec<(String, Vec<u8>)> {
            let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
            files.sort_by_key(fs::DirEntry::file_name);
            let named = |file: &fs::DirEntry| file.file_name().into_string().unwrap();
            // Our lock is ours, and what several programs share of the log says nothing that stays.
            files.retain(|file| [".lock", "-shm"].iter().all(|ending| !named(file).ends_with(ending)));
            files.iter().map(|file| (named(file), fs::read(file.path()).unwrap())).collect()
        };
        let before = files();
        let (mut state, notices) = State::open(&desk.path(), at(0));
        assert_eq!(state.marks().read.len(), 0, "nothing in it is a mark");
        let saving = state.set_mark(&keys([1]), Mark::Read, true, at(1));
        let line = format!(
            "{}: marks cannot be saved, this is a database of another program. They are kept until Rounds is closed. \
             It has not been touched. Move it away and start Rounds again",
            desk.path().display()
        );
        assert_eq!(notices, [SafeText::new(&line)]);
        assert_eq!(saving, Saving::InMemory(SafeText::new(&line)));
        assert!(files() == before, "{mode}");
        for (name, _) in before {
            fs::rename(folder.join(&name), desk.folder.path().join(&name)).unwrap();
        }
        assert_eq!(state.retry(), Saving::Saved);
        drop(state);
        assert!(desk.open().marks().read.contains(&key(1)));
    }
}

#[test]
fn a_file_that_may_only_be_read_is_read() {
    let desk = Desk::new();
    desk.open().set_mark(&keys(0..3), Mark::Read, true, at(1));
    let folder = desk.path().parent().unwrap().to_owned();
    let set = |path: &Path, readonly| {
        let mut permissions = fs::metadata(path).unwrap().permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(path, permissions).unwrap();
    };
    set(&desk.path(), true);
    set(&folder, true);
    let (mut state, _) = State::open(&desk.path(), at(0));
    assert_eq!(state.marks().read.len(), 3);
    // Someone with all rights, such as a test in a container, may write in spite of it.
    let saving = state.set_mark(&keys([7]), Mark::Read, true, at(2));
    assert_eq!(state.marks().read.len(), 4);
    set(&folder, false);
    set(&desk.path(), false);
    assert_eq!(state.retry(), Saving::Saved, "before: {saving:?}");
    drop(state);
    assert_eq!(desk.open().marks().read.len(), 4);
}
