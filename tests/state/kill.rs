//! A process that is killed.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use fastrand::Rng;

use crate::child::{Acknowledged, IMPORTED, Task, start};
use crate::support::{Desk, assert_whole, key};

/// How many processes are killed.
const KILLS: u64 = 100;

/// More items than any process gets to mark before it is killed.
const ITEMS: u64 = 1_000_000;

#[test]
fn what_has_been_acknowledged_survives_a_kill_at_any_moment() {
    let desk = Desk::new();
    let mut rng = Rng::with_seed(4);
    let mut all = BTreeSet::new();
    let mut interrupted = 0;
    for round in 0..KILLS {
        let task = if round % 4 == 3 { Task::Import } else { Task::Mark };
        let mut child = start(task, &desk.path(), round * ITEMS, ITEMS);
        let mut output = Acknowledged::of(&mut child);
        // Some are killed while they start, and most when they have begun to mark.
        let mut marked: Vec<u64> =
            if round % 3 == 0 { Vec::new() } else { output.next().into_iter().collect() };
        // The moment of the kill is what is tested, so it is left to chance.
        thread::sleep(Duration::from_micros(rng.u64(0..25_000)));
        child.kill().unwrap();
        marked.extend(output.all());
        child.wait().unwrap();
        interrupted += usize::from(!marked.is_empty());
        all.extend(marked);

        let (mut state, notices) = desk.open();
        assert_eq!(notices, [], "round {round}");
        let read = state.marks().read;
        let lost: Vec<&u64> = all.iter().filter(|item| !read.contains(&key(**item))).collect();
        assert!(lost.is_empty(), "round {round}: of {} marks these are lost: {lost:?}", all.len());
        // An import is there wholly or not at all.
        let imported = (0..ITEMS).take_while(|item| read.contains(&key(round * ITEMS + item))).count() as u64;
        assert!(matches!(task, Task::Mark) || imported.is_multiple_of(IMPORTED), "round {round}: {imported}");
        drop(state);
        assert_whole(&desk.path());
    }
    assert!(interrupted > 50, "only {interrupted} of {KILLS} were killed while they marked");
}
