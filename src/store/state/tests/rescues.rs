//! Damaged files, as they are found while Rounds runs, and rescues that are broken off.

use std::fs;

use super::*;
use crate::store::state::rescue;
use crate::store::state::rows::Rows;
use crate::store::state::salvage::salvage;

/// A state with a little of everything in a file of some size.
fn furnish(state: &mut State, items: u64) {
    state.arrive("/news", "News", &keys(0..items), &|_| true);
    state.end_visit("/news", at(1));
    state.arrive("/news", "News", &keys(0..items + 5), &|_| true);
    state.set_place(
        "/news",
        &Place { topic: "Cardiology".into(), item: Some(key(1)), order: "newest".into() },
    );
    state.set_mark(&keys(0..items / 2), Mark::Read, true, at(2));
    state.set_mark(&keys((0..items).step_by(3)), Mark::Starred, true, at(3));
    state.set_mark(&keys(0..10), Mark::Read, false, at(4));
    state.set_position(key(3), Some(Position { row: 70_000, rows: 80_000 }), at(5));
    state.save_search("sepsis");
    state.save_search("dropped");
    state.drop_search("dropped");
    for value in ["a", "c"] {
        let setting = Setting::new("folded".into(), value.repeat(9_000)).unwrap();
        state.set_setting(setting, at(6));
    }
}

/// What a state says.
#[derive(Debug, PartialEq)]
struct Told {
    marks: Marks,
    positions: Vec<(ItemKey, Position)>,
    searches: Vec<String>,
    settings: Vec<(String, String)>,
    source: Option<SourceMemory>,
    new: Vec<ItemKey>,
}

fn told(state: &mut State) -> Told {
    Told {
        marks: state.marks(),
        positions: state.positions(99),
        searches: state.searches(),
        settings: state.settings(),
        source: state.source("/news"),
        new: sorted(state.new_items("/news")),
    }
}

/// The files in the folder of the state, by name.
fn files(desk: &Desk) -> Vec<String> {
    let entries = fs::read_dir(desk.path().parent().unwrap()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_row_of_a_whole_file_is_found_without_sqlite() {
    let desk = Desk::new();
    let mut state = desk.open();
    furnish(&mut state, 3_000);
    let expected = told(&mut state);
    // Some of it is in the file and some in its log, in older copies too.
    let with_log = salvage(&Paths::new(&desk.path()));
    drop(state);
    let without_log = salvage(&Paths::new(&desk.path()));
    assert_eq!(with_log, without_log);

    let again = Desk::new();
    drop(again.open());
    let mut connection = rusqlite::Connection::open(again.path()).unwrap();
    without_log.write(&mut connection).unwrap();
    drop(connection);
    assert_eq!(told(&mut again.open()), expected);
}

#[test]
fn a_file_that_goes_bad_while_it_is_open_is_rescued_and_the_mark_is_made() {
    let desk = Desk::new();
    let mut state = desk.open();
    furnish(&mut state, 3_000);
    let before = told(&mut state);
    state.keeper.medium.on_open_file(|connection| {
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 0;").unwrap();
    });
    drop(state);
    let mut state = desk.open();
    let mut bytes = fs::read(desk.path()).unwrap();
    // The page that leads to all others: the first of the table of items.
    bytes[4096..8192].fill(0xa5);
    fs::write(desk.path(), bytes).unwrap();
    assert_eq!(state.set_mark(&keys([9_999]), Mark::Read, true, at(9)), Saving::Saved);
    let notices = state.take_notices();
    assert_eq!(notices.len(), 1);
    assert!(notices[0].contains("state.db.damaged-20231114-2213"), "{}", notices[0]);
    assert!(
        notices[0].contains(&format!("{} marks", before.marks.read.len() + before.marks.starred.len())),
        "{}",
        notices[0]
    );
    let mut marks = state.marks();
    assert!(marks.read.remove(&key(9_999)));
    assert_eq!(marks, before.marks, "no page of rows was damaged");
    drop(state);
    let mut after = told(&mut desk.open());
    after.marks.read.remove(&key(9_999));
    assert_eq!(after, before);
}

#[test]
fn damage_that_nobody_has_met_is_found_when_the_file_is_looked_at() {
    let desk = Desk::new();
    let mut state = desk.open();
    furnish(&mut state, 3_000);
    let before = told(&mut state);
    state.examine();
    assert_eq!(state.take_notices(), []);
    drop(state);
    let mut bytes = fs::read(desk.path()).unwrap();
    // A page of an index, from which nothing is ever read that the tables do not say.
    let index = bytes.chunks(4096).position(|page| page[0] == 0x0a && page[3..5] != [0, 0]).unwrap();
    bytes[index * 4096..][..4096].fill(0xa5);
    fs::write(desk.path(), bytes).unwrap();
    let mut state = desk.open();
    state.examine();
    assert_eq!(state.take_notices().len(), 1);
    assert_eq!(told(&mut state), before);
}

#[test]
fn a_log_without_its_file_is_not_thrown_away() {
    let desk = Desk::new();
    let mut state = desk.open();
    furnish(&mut state, 50);
    let before = told(&mut state);
    let log = fs::read(desk.path().with_extension("db-wal")).unwrap();
    drop(state);
    fs::write(desk.path(), "").unwrap();
    fs::write(desk.path().with_extension("db-wal"), log).unwrap();
    let (mut state, notices) = State::open(&desk.path(), at(10));
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(told(&mut state), before);
}

#[test]
fn a_rescue_that_is_broken_off_at_any_step_is_finished_by_the_next() {
    for steps in 0..4 {
        let desk = Desk::new();
        let mut state = desk.open();
        furnish(&mut state, 500);
        let expected = told(&mut state);
        drop(state);
        let mut bytes = fs::read(desk.path()).unwrap();
        bytes[..100].fill(0);
        fs::write(desk.path(), &bytes).unwrap();
        fs::write(desk.path().with_extension("db-wal"), "a log of some sort").unwrap();
        let paths = Paths::new(&desk.path());
        // What a rescue does, up to a step.
        let aside = paths.damaged(at(1)).unwrap();
        if steps >= 1 {
            rescue::write_new(&paths, &salvage(&paths)).unwrap();
        } else {
            fs::write(paths.unfinished_rescue(), "half of it").unwrap();
        }
        if steps >= 2 {
            fs::rename(paths.database(), aside.database()).unwrap();
        }
        if steps >= 3 {
            fs::rename(paths.log(), aside.log()).unwrap();
        }
        let (mut state, _) = State::open(&desk.path(), at(2));
        assert_eq!(state.saving(), Saving::Saved);
        assert_eq!(told(&mut state), expected, "broken off after step {steps}");
        drop(state);
        let left: Vec<String> = files(&desk).into_iter().filter(|name| !name.contains("damaged")).collect();
        assert_eq!(left, ["state.db", "state.db.lock"]);
        assert!(files(&desk).iter().any(|name| name.contains("damaged")));
    }
}

#[test]
fn an_earlier_damaged_file_is_never_overwritten() {
    let desk = Desk::new();
    for round in 1..=4 {
        fs::create_dir_all(desk.path().parent().unwrap()).unwrap();
        fs::write(desk.path(), format!("damage number {round}")).unwrap();
        let (_, notices) = State::open(&desk.path(), at(0));
        assert!(notices[0].contains("No mark"), "{notices:?}");
    }
    let damaged: Vec<String> = files(&desk).into_iter().filter(|name| name.contains("damaged")).collect();
    assert_eq!(damaged.len(), 4, "{damaged:?}");
}

#[test]
fn where_nothing_can_be_replaced_the_rows_are_in_memory() {
    let desk = Desk::new();
    let mut state = desk.open();
    furnish(&mut state, 500);
    let expected = told(&mut state);
    drop(state);
    let mut bytes = fs::read(desk.path()).unwrap();
    bytes[..100].fill(0);
    fs::write(desk.path(), &bytes).unwrap();
    // A folder has the name that the new file would get.
    let in_the_way = Paths::new(&desk.path()).unfinished_rescue();
    fs::create_dir_all(in_the_way.join("precious")).unwrap();
    let (mut state, notices) = State::open(&desk.path(), at(1));
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(told(&mut state), expected);
    assert!(matches!(state.set_mark(&keys([9_999]), Mark::Read, true, at(9)), Saving::InMemory(_)));
    assert_eq!(fs::read(desk.path()).unwrap(), bytes);
    fs::remove_dir_all(&in_the_way).unwrap();
    assert_eq!(state.retry(), Saving::Saved);
    drop(state);
    assert!(desk.open().marks().read.contains(&key(9_999)));
}

#[test]
fn rows_that_cannot_be_ours_are_left_out() {
    use rusqlite::types::ValueRef::{Integer, Null, Text};
    let good = [
        Null,
        Integer(1),
        Integer(5),
        Integer(0),
        Integer(0),
        Integer(3),
        Null,
        Null,
        Integer(0),
        Integer(0),
        Integer(0),
    ];
    let mut rows = Rows::default();
    rows.take(1, &good);
    for (column, value) in [
        (0, Integer(1)),
        (1, Integer(2)),
        (2, Integer(i64::MAX)),
        (3, Text(b"x")),
        (5, Integer(i64::MAX)),
        (6, Integer(1)),
        (10, Integer(-1)),
    ] {
        let mut bad = good;
        bad[column] = value;
        rows.take(2, &bad);
    }
    rows.take(3, &good[..10]);
    assert_eq!(rows.marks(), 1);
}
