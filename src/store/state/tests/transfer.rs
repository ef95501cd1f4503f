//! From one machine to another.

use proptest::prelude::*;

use super::*;

fn position(row: u32) -> Position {
    Position { row, rows: 90 }
}

/// A state with something of everything.
fn furnished(desk: &Desk) -> State {
    let mut state = desk.open();
    state.arrive("/news", "News", &keys(0..50), &|_| true);
    state.set_mark(&keys([1, 2]), Mark::Read, true, at(10));
    state.set_mark(&keys([2, 3]), Mark::Starred, true, at(20));
    state.set_mark(&keys([1]), Mark::Read, false, at(30));
    state.set_position(key(4), Some(position(12)), at(40));
    state.save_search("is:unread sepsis");
    state.set_setting(setting("folded", &"Cardiology\n".repeat(900)), at(50));
    state.set_setting(setting("left", "40"), at(60));
    state
}

fn setting(name: &str, value: &str) -> Setting {
    Setting::new(name.to_owned(), value.to_owned()).unwrap()
}

fn carried(from: &mut State) -> Export {
    Export::parse(from.export(at(1_000)).to_string().as_bytes()).unwrap()
}

#[test]
fn everything_comes_over_and_a_second_time_changes_nothing() {
    let (one, other) = (Desk::new(), Desk::new());
    let mut from = furnished(&one);
    let mut to = other.open();
    let export = carried(&mut from);
    let imported = to.import(export.clone(), at(2_000)).0;
    assert_eq!(imported, Imported { read: 1, starred: 2, positions: 1, searches: 1, settings: 2 });
    assert_eq!(to.marks(), from.marks());
    assert_eq!(to.positions(9), from.positions(9));
    assert_eq!(to.searches(), from.searches());
    assert_eq!(to.settings(), from.settings());
    assert_eq!(carried(&mut to), export);
    assert_eq!(to.import(export.clone(), at(3_000)).0, Imported::default());
    assert_eq!(carried(&mut to), export);
}

#[test]
fn the_file_can_be_read_by_a_person() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_mark(&[ItemKey(0xab)], Mark::Read, true, at(0));
    state.set_position(ItemKey(0xab), Some(position(3)), at(1));
    state.save_search("sepsis");
    let expected = r#"{
  "rounds_state": 1,
  "exported": "2023-11-14T22:13:20Z",
  "items": [
    {
      "key": "00000000000000ab",
      "read": true,
      "read_changed": "2023-11-14T22:13:20Z",
      "position": {
        "row": 3,
        "rows": 90
      },
      "position_changed": "2023-11-14T22:13:21Z"
    }
  ],
  "searches": [
    "sepsis"
  ]
}"#;
    assert_eq!(state.export(at(0)).to_string(), expected);
}

#[test]
fn settings_make_a_file_of_the_second_version_which_a_person_can_read_too() {
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_setting(setting("left", "40"), at(0));
    let expected = r#"{
  "rounds_state": 2,
  "exported": "2023-11-14T22:13:20Z",
  "items": [],
  "searches": [],
  "settings": [
    {
      "name": "left",
      "value": "40",
      "changed": "2023-11-14T22:13:20Z"
    }
  ]
}"#;
    assert_eq!(state.export(at(0)).to_string(), expected);
}

#[test]
fn of_a_setting_the_later_value_wins_on_both_machines_and_one_without_a_time_only_where_there_is_none() {
    for (ours, theirs, expected) in [
        (("a", 10), ("b", 20), "b"),
        (("a", 20), ("b", 10), "a"),
        (("a", 10), ("b", 10), "b"),
        (("b", 10), ("a", 10), "b"),
    ] {
        let (one, other) = (Desk::new(), Desk::new());
        let [mut here, mut there] = [(&one, ours), (&other, theirs)].map(|(desk, (value, time))| {
            let mut state = desk.open();
            state.set_setting(setting("left", value), at(time));
            state
        });
        let from_here = carried(&mut here);
        let imported = here.import(carried(&mut there), at(100)).0;
        assert_eq!(imported.settings, usize::from(expected != ours.0));
        there.import(from_here, at(100));
        let expected = [("left".to_owned(), expected.to_owned())];
        assert_eq!((here.settings(), there.settings()), (expected.to_vec(), expected.to_vec()));
    }
    let json = r#"{"rounds_state": 2, "exported": "2023-11-14T22:13:20Z", "items": [],
        "settings": [{"name": "left", "value": "x"}, {"name": "told", "value": "1"}]}"#;
    let desk = Desk::new();
    let mut state = desk.open();
    state.set_setting(setting("left", "40"), at(1));
    assert_eq!(state.import(Export::parse(json.as_bytes()).unwrap(), at(2)).0.settings, 1);
    let expected = [("left", "40"), ("told", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(state.settings(), expected);
}

#[test]
fn the_later_change_wins_and_at_the_same_time_the_mark_that_is_set() {
    for (ours, theirs, expected) in [
        ((true, 10), (false, 20), false),
        ((true, 20), (false, 10), true),
        ((false, 20), (true, 10), false),
        ((false, 10), (true, 20), true),
        ((false, 10), (true, 10), true),
        ((true, 10), (false, 10), true),
    ] {
        let (one, other) = (Desk::new(), Desk::new());
        let [mut here, mut there] = [(&one, ours), (&other, theirs)].map(|(desk, (marked, time))| {
            let mut state = desk.open();
            state.set_mark(&keys([1]), Mark::Read, true, at(if marked { time } else { 1 }));
            state.set_mark(&keys([1]), Mark::Read, marked, at(time));
            state
        });
        here.import(carried(&mut there), at(100));
        assert_eq!(here.marks().read.contains(&key(1)), expected, "{ours:?} {theirs:?}");
    }
}

#[test]
fn another_process_hears_of_an_import() {
    let (one, other) = (Desk::new(), Desk::new());
    let export = carried(&mut furnished(&one));
    let (mut state, mut witness) = (other.open(), other.open());
    state.import(export, at(1));
    assert!(witness.changes().contains(&MarkChange { key: key(2), mark: Mark::Read, marked: true }));
}

#[test]
fn a_file_that_is_no_export_is_refused_with_a_reason() {
    let item = r#""items": [{"key": "00000000000000ab", "read": true}]"#;
    let head = r#"{"rounds_state": 1, "exported": "2023-11-14T22:13:20Z""#;
    let settings = |name: &str, value: &str, times: usize| {
        let one = format!(r#"{{"name": "{name}", "value": "{value}"}}"#);
        format!("{head}, {item}, \"settings\": [{}]}}", vec![one; times].join(", "))
    };
    for (json, reason) in [
        (String::new(), "not a file"),
        ("[]".into(), "not a file"),
        ("{}".into(), "not a file"),
        (r#"{"version": 1}"#.into(), "not a file"),
        ("<html>".into(), "not a file"),
        ("\u{0}\u{1}\u{2}".into(), "not a file"),
        (r#"{"rounds_state": 3, "anything": "else"}"#.into(), "newer Rounds (format 3"),
        (r#"{"rounds_state": "x"}"#.into(), "damaged"),
        (head.into(), "damaged (line 1"),
        (format!("{head}, {item}"), "damaged (line 1"),
        (format!("{head}, {item}}}}}"), "damaged"),
        (format!("{head}, \"items\": 5}}"), "damaged"),
        (format!("{head}, \"items\": [{{\"key\": \"ab\"}}]}}"), "damaged"),
        (format!("{head}, \"items\": [{{\"key\": \"+0000000000000ab\"}}]}}"), "damaged"),
        (format!("{head}, \"items\": [{{\"key\": \"00000000000000ab\", \"read\": 1}}]}}"), "damaged"),
        (format!("{head}, \"items\": {}", "[".repeat(100_000)), "damaged"),
        (format!("{head}, {item}, \"searches\": [\"{}\"]}}", "x".repeat(10_001)), "bytes in one search"),
        (format!("{head}, {item}, \"searches\": [{}\"\"]}}", "\"\", ".repeat(1_000)), "1000 searches"),
        (settings("left", &"x".repeat(Setting::VALUE_MAX + 1), 1), "65536 bytes in one setting"),
        (settings(&"x".repeat(Setting::NAME_MAX + 1), "", 1), "200 bytes in the name of one setting"),
        (settings("left", "40", 10_001), "10000 settings"),
        (format!("{head}, {item}, \"settings\": [{{\"name\": \"left\"}}]}}"), "damaged"),
    ] {
        let problem = Export::parse(json.as_bytes()).unwrap_err().to_string();
        assert!(problem.contains(reason), "{json:.80}: {problem}");
    }
    assert!(Export::parse(format!("{head}, {item}}}").as_bytes()).is_ok());
}

#[test]
fn a_mark_without_a_time_counts_when_nothing_is_known() {
    let json = r#"{"rounds_state": 1, "exported": "2023-11-14T22:13:20Z", "later": "ignored", "items": [
        {"key": "00000000000000ab", "starred": true}, {"key": "00000000000000AB", "read": true,
         "read_changed": "9999-12-30T22:00:00Z"}, {"key": "00000000000000cd", "read": true,
         "read_changed": "-005000-01-01T00:00:00Z"}]}"#;
    let desk = Desk::new();
    let mut state = desk.open();
    let export = Export::parse(json.as_bytes()).unwrap();
    assert_eq!(
        state.import(export.clone(), at(1)).0,
        Imported { read: 2, starred: 1, ..Imported::default() }
    );
    assert_eq!(state.import(export, at(1)).0, Imported::default());
    state.set_mark(&[ItemKey(0xab)], Mark::Read, false, at(2));
    assert!(!state.marks().read.contains(&ItemKey(0xab)), "a time in the far future does not bar the way");
    assert!(Export::parse(state.export(at(3)).to_string().as_bytes()).is_ok());
}

/// Something that is done to one of eight items, or to one of eight settings.
fn action() -> impl Strategy<Value = (u64, u8, bool, i64)> {
    (0..8_u64, 0..4_u8, any::<bool>(), 0..6_i64)
}

fn act(state: &mut State, actions: &[(u64, u8, bool, i64)]) {
    for &(item, kind, on, time) in actions {
        match kind {
            0 => state.set_mark(&[key(item)], Mark::Read, on, at(time)),
            1 => state.set_mark(&[key(item)], Mark::Starred, on, at(time)),
            2 => state.set_setting(setting(&item.to_string(), &on.to_string()), at(time)),
            _ => state.set_position(key(item), on.then_some(Position { row: 1, rows: 2 }), at(time)),
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn two_machines_that_exchange_their_states_agree(
        here in proptest::collection::vec(action(), 0..12),
        there in proptest::collection::vec(action(), 0..12),
    ) {
        let (one, other) = (Desk::new(), Desk::new());
        let (mut one, mut other) = (one.open(), other.open());
        act(&mut one, &here);
        act(&mut other, &there);
        let from_one = carried(&mut one);
        one.import(carried(&mut other), at(100));
        other.import(from_one, at(100));
        prop_assert_eq!(carried(&mut one), carried(&mut other));
    }
}
