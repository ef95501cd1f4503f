//! Marks that follow an item to another key.

use super::*;
use crate::library::Position;

const HERE: Position = Position { row: 7, rows: 70 };

fn succession(old: u64, new: u64) -> Succession {
    Succession { old: key(old), new: key(new) }
}

#[test]
fn marks_and_positions_follow_an_item_to_the_key_that_it_has_now() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    state.set_mark(&keys([1]), Mark::Starred, true, at(2));
    state.set_position(key(1), Some(HERE), at(3));
    assert_eq!(state.carry_over(&[succession(1, 2)]), keys([2]));
    let marks = state.marks_of(&keys([2]));
    assert!(marks.read.contains(&key(2)) && marks.starred.contains(&key(2)));
    assert_eq!(state.position(key(2)), Some(HERE));
    assert_eq!(desk.open().marks().read.len(), 2, "the old key keeps its own");
}

#[test]
fn what_was_done_under_the_new_key_stays_however_often_a_succession_is_told() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    assert_eq!(state.carry_over(&[succession(1, 2)]), keys([2]));
    state.set_mark(&keys([2]), Mark::Read, false, at(2));
    assert_eq!(state.carry_over(&[succession(1, 2)]), []);
    assert!(!state.marks().read.contains(&key(2)));
}

#[test]
fn an_item_with_a_corrected_link_is_not_news() {
    let desk = Desk::new();
    let mut state = desk.open();
    let exists = |_: &str| true;
    state.arrive("/news", "news", &keys([1, 5]), &exists);
    state.end_visit("/news", at(1));
    state.carry_over(&[succession(1, 2)]);
    assert_eq!(state.arrive("/news", "news", &keys([2, 5, 6]), &exists).new, keys([6]));
}

#[test]
fn an_item_that_had_several_keys_is_followed_through_all_of_them() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys([1]), Mark::Starred, true, at(1));
    state.carry_over(&[succession(1, 2), succession(2, 3), succession(3, 4)]);
    assert!(state.marks().starred.contains(&key(4)));
    state.carry_over(&[succession(8, 9), succession(9, 8)]);
    assert_eq!(state.marks().starred.len(), 4, "of what was never met, nothing comes");
}

#[test]
fn an_item_that_was_listed_under_its_new_key_before_gets_its_marks_as_well() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&keys([1]), Mark::Read, true, at(1));
    state.arrive("/news", "news", &keys([2]), &|_| true);
    assert_eq!(state.carry_over(&[succession(1, 2)]), keys([2]));
    assert!(state.marks().read.contains(&key(2)));
}
