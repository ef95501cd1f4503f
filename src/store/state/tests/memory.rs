//! What is remembered, and what another process hears of it.

use super::*;

#[test]
fn marks_are_there_after_a_restart() {
    let desk = Desk::new();
    let mut state = desk.open();
    assert_eq!(state.set_mark(&keys(0..5), Mark::Read, true, at(1)), Saving::Saved);
    assert_eq!(state.set_mark(&keys([1, 9]), Mark::Starred, true, at(2)), Saving::Saved);
    assert_eq!(state.set_mark(&keys([3]), Mark::Read, false, at(3)), Saving::Saved);
    drop(state);
    let marks = desk.open().marks();
    assert_eq!(marks.read, keys([0, 1, 2, 4]).into_iter().collect());
    assert_eq!(marks.starred, keys([1, 9]).into_iter().collect());
}

#[test]
fn a_key_of_any_bits_can_be_marked() {
    let desk = Desk::new();
    let extremes = [0, 1, u64::MAX, 1 << 63, (1 << 63) - 1].map(ItemKey);
    desk.open().set_mark(&extremes, Mark::Starred, true, at(1));
    assert_eq!(desk.open().marks().starred, extremes.into_iter().collect());
}

#[test]
fn the_marks_of_a_screenful_can_be_asked_for() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys(0..100), Mark::Read, true, at(1));
    state.set_mark(&keys([50]), Mark::Starred, true, at(1));
    let marks = state.marks_of(&keys([50, 99, 200]));
    assert_eq!(marks.read, keys([50, 99]).into_iter().collect());
    assert_eq!(marks.starred, keys([50]).into_iter().collect());
}

#[test]
fn positions_come_the_latest_first_also_after_the_clock_was_set_back() {
    let desk = Desk::new();
    let mut state = desk.open();
    let position = |row| Position { row, rows: 100 };
    state.set_position(key(1), Some(position(10)), at(500));
    state.set_position(key(2), Some(position(20)), at(600));
    state.set_position(key(3), Some(position(30)), at(-9_000));
    state.set_position(key(1), Some(position(11)), at(-8_000));
    state.set_position(key(2), None, at(-7_000));
    state.set_mark(&keys([4]), Mark::Read, true, at(1));
    drop(state);
    let mut state = desk.open();
    assert_eq!(state.positions(10), [(key(1), position(11)), (key(3), position(30))]);
    assert_eq!(state.positions(1), [(key(1), position(11))]);
    assert_eq!([state.position(key(3)), state.position(key(2))], [Some(position(30)), None]);
}

#[test]
fn the_place_in_a_source_is_remembered_for_each() {
    let desk = Desk::new();
    let mut state = desk.open();
    let place = |topic: &str| Place { topic: topic.into(), item: Some(key(7)), order: "oldest".into() };
    state.set_place("/news", &place("Cardiology"));
    state.set_place("/other", &place("Oncology"));
    state.set_place("/news", &place("Surgery"));
    drop(state);
    let mut state = desk.open();
    assert_eq!(state.source("/news").unwrap().place, place("Surgery"));
    assert_eq!(state.source("/other").unwrap().place, place("Oncology"));
    assert_eq!(state.source("/never"), None);
}

#[test]
fn searches_keep_their_order_and_are_there_once() {
    let desk = Desk::new();
    let mut state = desk.open();
    for text in ["sepsis", "\"heart failure\"", "is:unread", "sepsis"] {
        state.save_search(text);
    }
    state.drop_search("sepsis");
    state.drop_search("never kept");
    assert_eq!(state.searches(), ["\"heart failure\"", "is:unread"]);
    state.save_search("sepsis");
    drop(state);
    assert_eq!(desk.open().searches(), ["\"heart failure\"", "is:unread", "sepsis"]);
}

#[test]
fn one_hears_of_the_marks_of_another_and_not_of_ones_own() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.open(), desk.open());
    one.set_mark(&keys([1, 2]), Mark::Read, true, at(1));
    assert_eq!(one.changes(), []);
    let heard = other.changes();
    assert!(heard.contains(&MarkChange { key: key(1), mark: Mark::Read, marked: true }));
    assert!(heard.contains(&MarkChange { key: key(2), mark: Mark::Read, marked: true }));
    assert!(!heard.iter().any(|change| change.mark == Mark::Starred && change.marked));
    assert_eq!(other.changes(), []);
}

#[test]
fn what_another_marked_is_heard_of_though_one_marks_the_same_item_afterwards() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.open(), desk.open());
    one.set_mark(&keys([1]), Mark::Starred, true, at(1));
    one.set_mark(&keys([2]), Mark::Read, true, at(1));
    other.set_mark(&keys([1]), Mark::Read, true, at(2));
    other.set_mark(&keys([2]), Mark::Read, false, at(2));
    let heard = other.changes();
    assert!(heard.contains(&MarkChange { key: key(1), mark: Mark::Starred, marked: true }));
    assert!(heard.contains(&MarkChange { key: key(1), mark: Mark::Read, marked: true }));
    assert!(
        !heard.contains(&MarkChange { key: key(2), mark: Mark::Read, marked: true }),
        "it is no longer so"
    );
    one.changes();
    assert_eq!(one.marks(), other.marks());
}

#[test]
fn a_state_can_be_handed_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<State>();
}
