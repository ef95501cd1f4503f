//! Several processes at once.

use std::fs;

use rounds::store::state::Saving;

use crate::child::{Acknowledged, Task, start};
use crate::support::{Desk, assert_whole, furnish, key, keys};

#[test]
fn the_marks_of_two_processes_that_mark_at_once_are_all_there() {
    let desk = Desk::new();
    let children: Vec<_> =
        (0..2).map(|number| start(Task::Mark, &desk.path(), 10_000 * number, 150)).collect();
    let (mut state, notices) = desk.open();
    assert_eq!(notices, []);
    let mut heard = std::collections::HashSet::new();
    let mut marked = Vec::new();
    for mut child in children {
        marked.extend(Acknowledged::of(&mut child).all());
        assert!(child.wait().unwrap().success());
        heard.extend(state.changes().into_iter().filter(|change| change.marked).map(|change| change.key));
    }
    let expected = keys((0..150).chain(10_000..10_150)).into_iter().collect();
    assert_eq!(state.marks().read, expected);
    assert!(marked.iter().all(|item| expected.contains(&key(*item))));
    // What was marked before the state was opened here is no change.
    assert!(heard.is_subset(&expected));
    assert_eq!(state.saving(), Saving::Saved);
    drop(state);
    assert_whole(&desk.path());
}

#[test]
fn many_that_find_a_damaged_file_at_once_rescue_it_once_and_lose_nothing() {
    for round in 0..3 {
        let desk = Desk::new();
        let (mut state, _) = desk.open();
        furnish(&mut state);
        let before = state.marks();
        drop(state);
        let mut bytes = fs::read(desk.path()).unwrap();
        // At once to be seen, or only by those who come to use it.
        bytes[if round == 0 { 0..100 } else { 4096..8192 }].fill(0xa5);
        fs::write(desk.path(), bytes).unwrap();

        let children: Vec<_> =
            (1..=5).map(|number| start(Task::Mark, &desk.path(), 1_000_000 * number, 20)).collect();
        for mut child in children {
            assert_eq!(Acknowledged::of(&mut child).all().len(), 20);
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(desk.kept().len(), 1, "{:?}", desk.kept());
        let (mut state, notices) = desk.open();
        assert_eq!(notices, []);
        let marks = state.marks();
        assert!(before.read.is_subset(&marks.read) && before.starred == marks.starred);
        for number in 1..=5 {
            assert!(
                keys(1_000_000 * number..1_000_000 * number + 20).iter().all(|key| marks.read.contains(key))
            );
        }
        drop(state);
        assert_whole(&desk.path());
    }
}
