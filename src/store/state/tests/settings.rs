//! What the user has chosen on the screen.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::store::state::salvage::salvage;

fn setting(name: &str, value: &str) -> Setting {
    Setting::new(name.to_owned(), value.to_owned()).unwrap()
}

fn pairs<const N: usize>(settings: [(&str, &str); N]) -> Vec<(String, String)> {
    settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A value that has something else in every place.
fn long(seed: char, bytes: usize) -> String {
    (0_u32..).flat_map(|number| format!("{seed}{number},").into_bytes()).take(bytes).map(char::from).collect()
}

#[test]
fn the_last_value_of_a_name_counts_and_all_come_in_the_order_of_their_names() {
    let desk = Desk::new();
    let mut state = desk.open();
    for (name, value) in [("view 120x40", "three panes"), ("left", "40"), ("told", "1"), ("left", "38")] {
        assert_eq!(state.set_setting(setting(name, value), at(1)), Saving::Saved);
    }
    let expected = pairs([("left", "38"), ("told", "1"), ("view 120x40", "three panes")]);
    assert_eq!(state.settings(), expected);
    drop(state);
    assert_eq!(desk.open().settings(), expected);
}

#[test]
fn a_later_value_counts_also_after_the_clock_was_set_back() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_setting(setting("left", "40"), at(1_000));
    state.set_setting(setting("left", "39"), at(-1_000));
    assert_eq!(state.settings(), pairs([("left", "39")]));
    let before = state.export(at(0));
    state.set_setting(setting("left", "38"), at(-2_000));
    state.import(before, at(0));
    assert_eq!(state.settings(), pairs([("left", "38")]));
}

#[test]
fn names_and_values_are_handed_over_as_they_are() {
    let desk = Desk::new();
    let mut state = desk.open();
    let odd =
        pairs([("", ""), ("\u{1b}[2J", "\0\n\u{202e}"), ("'; --", "\"%s\""), ("größe", "🩺"), ("ﬁ", " ")]);
    for (name, value) in &odd {
        state.set_setting(setting(name, value), at(1));
    }
    let mut expected = odd;
    expected.sort();
    assert_eq!(state.settings(), expected);
}

#[test]
fn a_shorter_value_leaves_nothing_of_a_longer_one_behind() {
    let desk = Desk::new();
    let mut state = desk.open();
    for length in [3_499, 3_500, 3_501, Setting::VALUE_MAX, 7_001, 1, 7_000, 0] {
        let value = long('a', length);
        state.set_setting(setting("folded", &value), at(1));
        assert_eq!(state.settings(), pairs([("folded", &value)]), "{length} bytes");
    }
}

#[test]
fn what_is_too_long_is_refused_and_not_cut() {
    let (name, value) = ("n".repeat(Setting::NAME_MAX), "v".repeat(Setting::VALUE_MAX));
    assert!(Setting::new(name.clone(), value.clone()).is_ok());
    let problem = Setting::new("a\u{7}b".into(), value + "v").unwrap_err();
    assert!(problem.to_string().starts_with("The setting ab was not saved: it has 65537 bytes"), "{problem}");
    let problem = Setting::new(name + "n", String::new()).unwrap_err();
    assert!(problem.to_string().contains("its name has 201 bytes"), "{problem}");
}

#[test]
fn the_last_of_two_processes_to_save_wins() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.open(), desk.open());
    one.set_setting(setting("left", &long('a', 9_000)), at(2));
    other.set_setting(setting("left", &long('b', 4_000)), at(1));
    other.set_setting(setting("told", "1"), at(1));
    let expected = pairs([("left", &long('b', 4_000)), ("told", "1")]);
    assert_eq!((one.settings(), other.settings()), (expected.clone(), expected));
    assert_eq!(one.changes(), [], "no mark has changed");
}

#[test]
fn of_a_page_that_is_lost_a_setting_is_missing_or_whole() {
    let desk = Desk::new();
    let mut state = desk.open();
    let names = ["a", "b", "c"];
    for name in names {
        state.set_setting(setting(name, &long('o', 20_000)), at(1));
        state.set_setting(setting(name, &long('n', 12_000)), at(2));
        state.set_setting(setting(name, &long('p', 16_000)), at(3));
    }
    state.set_setting(setting("short", "kept"), at(4));
    drop(state);
    let whole = desk.open().settings();
    let bytes = fs::read(desk.path()).unwrap();
    let mut missing = 0;
    for page in 1..bytes.len() / 4096 {
        let mut damaged = bytes.clone();
        damaged[..100].fill(0);
        damaged[page * 4096..][..4096].fill(0xa5);
        let again = Desk::new();
        fs::create_dir_all(again.path().parent().unwrap()).unwrap();
        fs::write(again.path(), damaged).unwrap();
        let (mut state, notices) = State::open(&again.path(), at(9));
        assert_eq!(notices.len(), 1, "{notices:?}");
        let found = state.settings();
        assert!(found.iter().all(|setting| whole.contains(setting)), "page {page}");
        assert!(found.len() + 2 >= whole.len(), "page {page}: {} are left", found.len());
        missing += whole.len() - found.len();
        // What is lost can be chosen again, over what is left of it.
        for name in names {
            state.set_setting(setting(name, "new"), at(10));
        }
        drop(state);
        let found = again.open().settings();
        assert!(names.iter().all(|name| found.contains(&((*name).to_owned(), "new".to_owned()))));
    }
    assert!(missing > 0, "some page holds a part");
}

#[test]
fn a_setting_waits_while_the_disk_refuses_and_only_its_last_value_does() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_setting(setting("told", "1"), at(1));
    desk.forbid();
    for width in 0..100 {
        let leaving = Leaving { settings: vec![setting("left", &width.to_string())], ..Leaving::default() };
        assert!(matches!(state.settle(leaving, at(2)), Saving::InMemory(_)));
    }
    assert_eq!(state.settings(), pairs([("left", "99"), ("told", "1")]));
    assert_eq!(state.keeper.waiting(), 1);
    desk.allow();
    assert_eq!(state.retry(), Saving::Saved);
    drop(state);
    assert_eq!(desk.open().settings(), pairs([("left", "99"), ("told", "1")]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_value_comes_back_and_is_found_without_sqlite(
        texts in proptest::collection::vec((r"\PC{0,30}", 0..400_usize), 1..4),
    ) {
        let values: Vec<String> = texts.iter().map(|(text, times)| text.repeat(*times)).collect();
        let desk = Desk::new();
        let mut state = desk.open();
        for value in &values {
            state.set_setting(setting("any", value), at(1));
        }
        let expected = pairs([("any", values.last().unwrap())]);
        prop_assert_eq!(state.settings(), expected.clone());
        drop(state);
        let rows = salvage(&Paths::new(&desk.path()));
        let again = Desk::new();
        drop(again.open());
        rows.write(&mut rusqlite::Connection::open(again.path()).unwrap()).unwrap();
        prop_assert_eq!(again.open().settings(), expected);
    }
}
