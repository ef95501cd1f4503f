//! Disks that are full, folders that cannot be written to, clocks that go wrong.

use std::fs;

use rounds::library::Mark;
use rounds::store::state::{Saving, State};

use crate::support::{Desk, at, furnish, keys, use_all};

#[cfg(unix)]
#[test]
fn on_a_full_disk_marks_wait_until_there_is_room() {
    use crate::child::{Acknowledged, Task, start};

    let desk = Desk::new();
    let mut child = start(Task::MarkOnFullDisk, &desk.path(), 0, 40);
    let marked = Acknowledged::of(&mut child).all();
    assert!(child.wait().unwrap().success());
    assert_eq!(marked, (0..40).collect::<Vec<_>>());
    let (mut state, notices) = desk.open();
    assert_eq!(notices, []);
    assert_eq!(state.marks().read.len(), 40);
}

#[test]
fn a_folder_in_place_of_the_file_is_no_hindrance() {
    let desk = Desk::new();
    fs::create_dir(desk.path()).unwrap();
    let (mut state, notices) = desk.open();
    assert_eq!(notices.len(), 1);
    use_all(&mut state);
    let Saving::InMemory(line) = state.saving() else { panic!("it cannot be saved") };
    assert!(line.contains("state.db") && line.contains("Move it away"), "{line}");
    fs::remove_dir(desk.path()).unwrap();
    assert_eq!(state.retry(), Saving::Saved);
    drop(state);
    let (mut state, notices) = desk.open();
    assert_eq!(notices, []);
    assert!(!state.marks().read.is_empty());
}

#[test]
fn below_a_file_everything_works_in_memory() {
    let desk = Desk::new();
    fs::write(desk.folder().join("file"), "").unwrap();
    let (mut state, notices) = State::open(&desk.folder().join("file/rounds/state.db"), at(0));
    assert_eq!(notices.len(), 1, "{notices:?}");
    use_all(&mut state);
    assert!(matches!(state.retry(), Saving::InMemory(_)));
}

#[cfg(unix)]
#[test]
fn without_permission_what_could_be_read_is_there_and_nothing_is_lost() {
    use std::os::unix::fs::PermissionsExt as _;

    let desk = Desk::new();
    let (mut state, _) = desk.open();
    furnish(&mut state);
    let before = state.marks();
    drop(state);
    for (folder, file) in [(0o500, 0o400), (0o500, 0o600), (0o700, 0o400), (0o700, 0o000), (0o000, 0o600)] {
        let allow = |folder: u32, file: u32| {
            fs::set_permissions(desk.folder(), fs::Permissions::from_mode(0o700)).unwrap();
            fs::set_permissions(desk.path(), fs::Permissions::from_mode(file)).unwrap();
            fs::set_permissions(desk.folder(), fs::Permissions::from_mode(folder)).unwrap();
        };
        allow(folder, file);
        let readable = fs::read(desk.path()).is_ok();
        let (mut state, _) = desk.open();
        state.set_mark(&keys([9_000_000]), Mark::Read, true, at(20));
        let during = state.marks();
        allow(0o700, 0o600);
        assert_eq!(state.retry(), Saving::Saved, "{folder:o} {file:o}");
        let after = state.marks();
        assert_eq!(after.read.len(), before.read.len() + 1);
        assert_eq!(after.starred, before.starred);
        assert!(!readable || during == after, "{folder:o} {file:o}");
        state.set_mark(&keys([9_000_000]), Mark::Read, false, at(21));
    }
    assert_eq!(desk.open().0.marks(), before);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_taken_away_while_it_is_open_is_made_anew() {
    let desk = Desk::new();
    let (mut state, _) = desk.open();
    furnish(&mut state);
    fs::remove_file(desk.path()).unwrap();
    assert_eq!(state.set_mark(&keys([9_000_000]), Mark::Read, true, at(20)), Saving::Saved);
    drop(state);
    let (mut state, _) = desk.open();
    assert!(state.marks().read.contains(&keys([9_000_000])[0]));
}

#[test]
fn a_clock_that_goes_back_makes_no_change_undone() {
    let desk = Desk::new();
    let (mut state, _) = desk.open();
    state.set_mark(&keys([1, 2]), Mark::Starred, true, at(1_000_000));
    state.set_mark(&keys([1]), Mark::Starred, false, at(-1_000_000_000));
    drop(state);
    let (mut state, notices) = State::open(&desk.path(), at(-1_699_999_999));
    assert_eq!(notices, []);
    assert_eq!(state.marks().starred, keys([2]).into_iter().collect());
    // The machine's own earlier state does not undo the later change either.
    let export = state.export(at(0));
    state.set_mark(&keys([2]), Mark::Starred, false, at(-1_600_000_000));
    state.import(export, at(0));
    assert!(state.marks().starred.is_empty());
}
