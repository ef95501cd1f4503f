//! What is new since the last visit.

use super::*;

const HERE: &str = "/home/a/news";
const THERE: &str = "/home/a/archive/news";

fn arrive(state: &mut State, location: &str, numbers: impl IntoIterator<Item = u64>) -> Vec<ItemKey> {
    sorted(state.arrive(location, "News", &keys(numbers), &|_| true).new)
}

#[test]
fn nothing_is_new_on_a_first_visit_and_what_comes_later_is() {
    let desk = Desk::new();
    let mut state = desk.open();
    assert_eq!(arrive(&mut state, HERE, 0..100), []);
    assert_eq!(state.new_items(HERE), []);
    assert_eq!(arrive(&mut state, HERE, 0..103), sorted(keys(100..103)), "while it is open");
    state.end_visit(HERE, at(60));
    drop(state);

    let mut state = desk.open();
    assert_eq!(state.new_items(HERE), []);
    assert_eq!(state.source(HERE).unwrap().last_visit, Some(at(60)));
    let arrival = state.arrive(HERE, "News", &keys(50..110), &|_| true);
    assert_eq!(sorted(arrival.new), sorted(keys(103..110)));
    assert_eq!((arrival.memory.last_visit, arrival.moved_from), (Some(at(60)), None));
    assert_eq!(sorted(state.new_items(HERE)), sorted(keys(103..110)));
}

#[test]
fn what_is_new_stays_new_until_a_visit_ends() {
    let desk = Desk::new();
    let mut state = desk.open();
    arrive(&mut state, HERE, 0..10);
    state.end_visit(HERE, at(1));
    assert_eq!(arrive(&mut state, HERE, 0..12), sorted(keys(10..12)));
    // The program is killed: no visit ends.
    drop(state);
    let mut state = desk.open();
    assert_eq!(sorted(state.new_items(HERE)), sorted(keys(10..12)));
    assert_eq!(arrive(&mut state, HERE, 0..13), sorted(keys(10..13)));
    state.end_visit(HERE, at(2));
    drop(state);
    assert_eq!(arrive(&mut desk.open(), HERE, 0..13), []);
}

#[test]
fn a_clock_that_is_set_back_makes_nothing_new_and_hides_nothing() {
    let desk = Desk::new();
    let mut state = desk.open();
    arrive(&mut state, HERE, 0..10);
    state.end_visit(HERE, at(1_000_000));
    arrive(&mut state, HERE, 0..11);
    state.end_visit(HERE, at(-1_000_000));
    assert_eq!(arrive(&mut state, HERE, 0..12), keys([11]));
    assert_eq!(state.source(HERE).unwrap().last_visit, Some(at(-1_000_000)));
    let before_1970 = Timestamp::from_second(-5).unwrap();
    state.end_visit(HERE, before_1970);
    state.set_mark(&keys([1]), Mark::Read, true, at(1_000_000));
    state.set_mark(&keys([1]), Mark::Read, false, before_1970);
    drop(state);
    let mut state = desk.open();
    assert_eq!(state.marks(), Marks::default(), "the later change counts, not the later time");
    assert_eq!(arrive(&mut state, HERE, 0..12), []);
}

#[test]
fn each_source_has_visits_of_its_own() {
    let desk = Desk::new();
    let mut state = desk.open();
    arrive(&mut state, HERE, 0..10);
    state.end_visit(HERE, at(1));
    assert_eq!(arrive(&mut state, HERE, 0..20), sorted(keys(10..20)));
    assert_eq!(arrive(&mut state, THERE, 15..40), [], "a first visit, of items that are new elsewhere");
    assert_eq!(arrive(&mut state, THERE, 15..41), keys([40]));
    state.end_visit(THERE, at(2));
    assert_eq!(arrive(&mut state, HERE, 0..20), sorted(keys(10..20)), "they have not been seen here");
    assert_eq!(arrive(&mut state, THERE, 15..41), []);
}

#[test]
fn a_moved_directory_is_known_again() {
    let desk = Desk::new();
    let mut state = desk.open();
    let place = Place { topic: "Cardiology".into(), ..Place::default() };
    arrive(&mut state, HERE, 0..1_000);
    state.set_place(HERE, &place);
    state.end_visit(HERE, at(1));

    let arrival = state.arrive(THERE, "News", &keys(100..1_005), &|location| location != HERE);
    assert_eq!(arrival.moved_from.as_deref(), Some(HERE));
    assert_eq!(arrival.memory, SourceMemory { place, last_visit: Some(at(1)) });
    assert_eq!(sorted(arrival.new), sorted(keys(1_000..1_005)));
    let again = state.arrive(THERE, "News", &keys(100..1_005), &|location| location != HERE);
    assert_eq!((again.new.len(), again.moved_from), (5, None));
}

#[test]
fn a_move_is_known_when_the_place_was_stored_before_the_items_were_looked_at() {
    let desk = Desk::new();
    let mut state = desk.open();
    arrive(&mut state, HERE, 0..100);
    state.end_visit(HERE, at(1));
    let place = Place { topic: "Surgery".into(), ..Place::default() };
    state.set_place(THERE, &place);
    let arrival = state.arrive(THERE, "News", &keys(0..101), &|location| location != HERE);
    assert_eq!(arrival.moved_from.as_deref(), Some(HERE));
    assert_eq!((arrival.new, arrival.memory.place), (keys([100]), place));
}

#[test]
fn a_directory_that_only_looks_like_another_is_no_move() {
    let first_visit = |numbers: std::ops::Range<u64>, still_there: bool| {
        let desk = Desk::new();
        let mut state = desk.open();
        arrive(&mut state, HERE, 0..1_000);
        state.arrive(THERE, "News", &keys(numbers), &|_| still_there).moved_from
    };
    assert_eq!(first_visit(0..1_000, true), None, "a copy: the other one is still there");
    assert_eq!(first_visit(2_000..3_000, false), None, "other items");
    assert_eq!(first_visit(900..2_000, false), None, "a tenth of the items");
    assert_eq!(first_visit(0..0, false), None, "no items");
    assert_eq!(first_visit(0..900, false).as_deref(), Some(HERE));
}

#[test]
fn an_empty_source_and_many_items_with_one_key_are_nothing_special() {
    let desk = Desk::new();
    let mut state = desk.open();
    assert_eq!(arrive(&mut state, HERE, []), []);
    assert_eq!(arrive(&mut state, HERE, [5, 5, 5]), keys([5]));
    state.end_visit("/never/looked/at", at(1));
    assert_eq!(state.source("/never/looked/at"), None);
}
