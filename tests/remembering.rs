//! What is remembered from one run to the next, and that nothing else is written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::option_option,
    reason = "a test says what is wrong by panicking"
)]

#[cfg(test)]
mod support;

use std::collections::HashSet;

use rounds::item::SafeText;
use rounds::library::Position;
use rounds::library::{Mark, MarkChange, Marks, Order};
use rounds::reader::{Memory, Message, Pane, Place, Save, Size};
use support::Article;
use support::desk::{Desk, TODAY};
use support::small_feed::small_feed;

const SIZE: (u16, u16) = (120, 40);

/// A reader that has begun and has neither read its source nor been told what is remembered.
fn just_begun() -> Desk {
    let mut desk = Desk::closed(SIZE.0, SIZE.1, small_feed());
    desk.slow_source();
    desk.tell(Message::Started(Size { columns: SIZE.0, rows: SIZE.1 }, TODAY));
    desk
}

fn memory(desk: &Desk) -> Memory {
    let marks = Marks {
        read: HashSet::from([desk.key("precision.md")]),
        starred: HashSet::from([desk.key("nurses.md")]),
    };
    Memory { marks, ..Memory::default() }
}

fn remember(desk: &mut Desk, memory: Memory) {
    desk.tell(Message::Remembered(Box::new(memory)));
}

/// Where somebody was who has left the reader at a place, told by its own last words about it.
#[cfg(test)]
fn last_place(desk: &mut Desk) -> Place {
    let mut places = desk.saves().into_iter().filter_map(|save| match save {
        Save::Place(place) => Some(place),
        _ => None,
    });
    places.next_back().expect("a place was saved")
}

#[test]
fn marks_are_shown_whether_they_come_before_the_items_or_after() {
    for items_first in [false, true] {
        let mut desk = just_begun();
        if items_first {
            desk.finish_loads();
            desk.must_show("7 unread of 7");
        }
        let memory = memory(&desk);
        remember(&mut desk, memory);
        desk.finish_loads();
        desk.must_show("6 unread of 7");
        assert!(desk.row_with("Nurses").is_some_and(|row| row.contains('★')));
        assert!(desk.row_with("Precision medicine").is_some_and(|row| !row.contains('●')));
    }
}

#[test]
fn what_is_marked_before_the_memory_arrives_holds_against_it_and_is_saved() {
    let mut desk = just_begun();
    desk.finish_loads();
    desk.keys("jmm").keys("<Enter>q");
    let read = |marked| Save::Marks { keys: vec![desk.key("precision.md")], mark: Mark::Read, marked };
    let wanted = [read(true), read(false), read(true)];
    assert_eq!(desk.saves(), wanted);
    let memory = Memory { marks: Marks::default(), ..memory(&desk) };
    remember(&mut desk, memory);
    desk.must_show("6 unread of 7");
}

/// What is remembered of a user who was told what is new in Rounds.
fn told() -> Vec<(String, String)> {
    vec![("told".to_owned(), "headlines-first".to_owned())]
}

#[test]
fn who_knows_rounds_from_before_is_told_once_that_the_screen_is_another_one() {
    let place = Place { view: "all".to_owned(), ..Place::default() };
    let telling = "New: headlines first. w changes the view, ? shows all keys. More: CHANGELOG.md";
    let mut desk = just_begun();
    remember(&mut desk, Memory { place: Some(place.clone()), ..Memory::default() });
    desk.finish_loads();
    desk.must_show(telling);
    let saved = Save::Setting { name: "told".to_owned(), value: "headlines-first".to_owned() };
    assert_eq!(desk.saves(), std::slice::from_ref(&saved));
    let mut again = just_begun();
    remember(&mut again, Memory { place: Some(place), settings: told(), ..Memory::default() });
    again.finish_loads();
    again.must_not_show("headlines first");
    // Who is new has nothing to relearn.
    let mut newcomer = just_begun();
    remember(&mut newcomer, Memory::default());
    newcomer.finish_loads();
    newcomer.must_not_show("headlines first");
    assert!(newcomer.saves().contains(&saved));
}

#[test]
fn the_topic_the_item_and_the_order_are_found_again() {
    let mut before = Desk::open(SIZE.0, SIZE.1, small_feed());
    before.keys("tai<Enter>Ojj<Enter>");
    before.keys("gj");
    let selected = before.selected();
    let place = last_place(&mut before);
    assert_eq!(place.order, Order::Title);
    let mut desk = just_begun();
    remember(&mut desk, Memory { place: Some(place), settings: told(), ..Memory::default() });
    desk.finish_loads();
    desk.must_show("Test feed › AI");
    desk.must_show("by title");
    assert_eq!(desk.selected(), selected);
    assert_eq!(desk.saves(), [], "it is as it was, so nothing is to be saved");
}

#[test]
fn a_kept_search_that_was_open_is_open_again_however_late_the_index_answers() {
    let searches = vec![SafeText::new("records")];
    let mut before = Desk::open_with(
        SIZE.0,
        SIZE.1,
        small_feed(),
        Memory { searches: searches.clone(), ..Memory::default() },
    );
    before.keys("trecords<Enter>j");
    assert!(before.selected().contains("Nurses"));
    let place = last_place(&mut before);
    for slow in [false, true] {
        let mut desk = just_begun();
        if slow {
            desk.slow_index();
        }
        remember(
            &mut desk,
            Memory {
                place: Some(place.clone()),
                searches: searches.clone(),
                settings: told(),
                ..Memory::default()
            },
        );
        desk.finish_loads();
        desk.finish_questions();
        desk.must_show("Test feed › records");
        assert!(desk.selected().contains("Nurses"), "slow: {slow}\n{}", desk.screen());
        assert_eq!(desk.saves(), [], "slow: {slow}");
    }
}

#[test]
fn who_has_gone_elsewhere_already_is_left_there() {
    let place = Place { view: "starred".to_owned(), ..Place::default() };
    let mut desk = just_begun();
    desk.finish_loads();
    desk.keys("jj");
    remember(&mut desk, Memory { place: Some(place.clone()), ..Memory::default() });
    desk.must_show("Test feed › All");
    assert!(desk.selected().contains("A long read"));
    let mut desk = just_begun();
    desk.finish_loads();
    desk.keys("tunread<Enter>");
    remember(&mut desk, Memory { place: Some(place), ..Memory::default() });
    desk.must_show("Test feed › Unread");
}

#[test]
fn a_place_that_has_gone_leaves_everything_on_the_screen() {
    let place = Place {
        view: "term\u{1f}Gone\u{1f}Long ago".to_owned(),
        selected: Some(rounds::item::ItemKey::of(None, "", "gone.md")),
        order: Order::Newest,
    };
    let mut desk = just_begun();
    remember(&mut desk, Memory { place: Some(place), ..Memory::default() });
    desk.finish_loads();
    desk.must_show("Test feed › All");
    assert!(desk.selected().contains("Telehealth"), "{}", desk.selected());
}

#[test]
fn the_newest_is_on_top_for_who_has_chosen_nothing_the_last_time() {
    let mut before = Desk::open(SIZE.0, SIZE.1, small_feed());
    before.keys("tai<Enter>");
    let place = last_place(&mut before);
    let mut files = small_feed();
    files.push((
        "new.md".to_owned(),
        Article::titled("The very newest").dated("2026-11-22T10:00").topics(&["AI"]).text(),
    ));
    let desk = Desk::open_with(SIZE.0, SIZE.1, files, Memory { place: Some(place), ..Memory::default() });
    desk.must_show("› AI");
    assert!(desk.selected().contains("The very newest"), "{}", desk.selected());
}

fn position(desk: &mut Desk) -> Option<Option<Position>> {
    desk.saves().into_iter().rev().find_map(|save| match save {
        Save::Position(_, position) => Some(position),
        _ => None,
    })
}

#[test]
fn an_article_is_opened_where_it_was_left_at_any_width() {
    let sentence =
        |number: u32| format!("<p>Sentence {number} is as long as most of them are in an article.</p>");
    let body: String = (100..200).map(sentence).collect();
    let files = vec![("a.md".to_owned(), Article::titled("Counted").body(&body).text())];
    let first_sentence = |desk: &Desk| {
        let row = desk.row_with("Sentence").unwrap_or_default();
        row.split("Sentence ").nth(1).and_then(|rest| rest.get(..3)?.parse::<u32>().ok()).expect("a number")
    };
    let mut before = Desk::open(80, 24, files.clone());
    before.keys("<Enter><Space><Space><Space><Space>");
    let Some(Some(position)) = position(&mut before) else { panic!("the place in the text was not saved") };
    let left_at = first_sentence(&before);
    assert!(left_at > 120, "{left_at}");
    for (columns, rows) in [(80, 24), (50, 24), (40, 10), (120, 40)] {
        let memory = Memory { positions: vec![(before.key("a.md"), position)], ..Memory::default() };
        let mut desk = Desk::open_with(columns, rows, files.clone(), memory);
        desk.keys("<Enter>");
        let opened_at = first_sentence(&desk);
        assert!(opened_at.abs_diff(left_at) <= 3, "{opened_at}, not {left_at}, at {columns}x{rows}");
        assert!(desk.saves().iter().all(|save| !matches!(save, Save::Position(..))), "nobody has moved it");
    }
}

#[test]
fn who_goes_to_another_article_and_back_finds_the_place_again() {
    let mut desk = Desk::open(80, 24, small_feed());
    desk.keys("jj<Enter><Space>");
    let text = |desk: &Desk| desk.screen().lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let left = text(&desk);
    desk.keys("KJ");
    assert_eq!(text(&desk), left);
}

#[test]
fn an_article_that_was_read_to_its_end_begins_at_its_beginning_again() {
    let mut desk = Desk::open(80, 24, small_feed());
    desk.keys("jj<Enter><Space>");
    assert!(matches!(position(&mut desk), Some(Some(_))));
    desk.keys("G");
    assert_eq!(position(&mut desk), Some(None));
    desk.keys("KJ").must_show("A long read on records");
    desk.must_show("6 min");
}

#[test]
fn leaving_an_article_on_a_small_screen_writes_nothing_of_it_to_another() {
    let mut desk = Desk::open(40, 10, small_feed());
    desk.keys("jj<Enter><Space>");
    assert!(matches!(position(&mut desk), Some(Some(_))));
    desk.keys("qjkjhl<Esc>");
    let saves = desk.saves();
    assert!(saves.iter().all(|save| matches!(save, Save::Place(_))), "{saves:?}");
}

#[test]
fn an_article_left_at_its_end_on_a_small_screen_stays_at_its_end() {
    let mut desk = Desk::open(40, 10, small_feed());
    desk.keys("jj<Enter>Gq");
    let saves = desk.saves();
    assert!(!saves.iter().any(|save| matches!(save, Save::Position(_, Some(_)))), "{saves:?}");
}

#[test]
fn nothing_is_saved_while_nothing_changes() {
    let mut desk = Desk::open(SIZE.0, SIZE.1, small_feed());
    desk.keys("j");
    desk.saves();
    for keys in
        ["x", "?<Esc>", "t<Esc>", "/<Esc>", "!<Esc>", "kj", "<Tab><S-Tab>", "u", "r", "v", "v", "z", "z"]
    {
        desk.keys(keys);
        let saves = desk.saves();
        let of_marks = |save: &Save| matches!(save, Save::Marks { .. });
        match keys {
            "kj" => assert_eq!(saves.len(), 2, "only the place: {saves:?}"),
            "z" | "<Tab><S-Tab>" => assert!(saves.iter().all(of_marks), "{keys}: {saves:?}"),
            _ => assert_eq!(saves, [], "{keys}"),
        }
    }
    desk.source_changes();
    desk.resize(80, 24);
    desk.marked_elsewhere(vec![MarkChange { key: desk.key("nurses.md"), mark: Mark::Read, marked: true }]);
    desk.tell(Message::Indexed { waiting: 0 });
    assert_eq!(desk.saves(), []);
}

#[test]
fn a_mark_is_saved_once_with_what_it_is() {
    let mut desk = Desk::open(SIZE.0, SIZE.1, small_feed());
    let (first, second) = (desk.key("telehealth.md"), desk.key("precision.md"));
    desk.keys("s");
    assert_eq!(desk.saves(), [Save::Marks { keys: vec![first], mark: Mark::Starred, marked: true }]);
    desk.keys("<Enter>");
    let saves = desk.saves();
    assert!(saves.contains(&Save::Marks { keys: vec![first], mark: Mark::Read, marked: true }), "{saves:?}");
    desk.keys("q<Enter>q");
    assert!(desk.saves().iter().all(|save| !matches!(save, Save::Marks { .. })), "it is read already");
    desk.keys("A");
    let saves = desk.saves();
    let [Save::Marks { keys, mark: Mark::Read, marked: true }] = saves.as_slice() else {
        panic!("{saves:?}")
    };
    assert_eq!((keys.len(), keys.contains(&second), keys.contains(&first)), (6, true, false));
}

#[test]
fn a_source_that_has_moved_is_shown_where_it_was_left() {
    let mut before = Desk::open(SIZE.0, SIZE.1, small_feed());
    before.keys("tai<Enter>jj");
    let place = last_place(&mut before);
    let mut desk = Desk::open(SIZE.0, SIZE.1, small_feed());
    desk.tell(Message::Returned(place.clone()));
    desk.must_show("› AI");
    assert!(desk.selected().contains("Ransomware"), "{}", desk.selected());
    let mut desk = Desk::open(SIZE.0, SIZE.1, small_feed());
    desk.keys("j");
    desk.tell(Message::Returned(place));
    desk.must_show("Test feed › All");
    assert!(desk.selected().contains("Precision medicine"), "who has gone elsewhere is left there");
}

#[test]
fn what_is_new_since_the_last_visit_is_a_topic_with_counts() {
    let mut desk = just_begun();
    let new = vec![desk.key("telehealth.md"), desk.key("nurses.md")];
    remember(&mut desk, Memory { new: new[..1].to_vec(), ..Memory::default() });
    desk.finish_loads();
    assert_eq!(desk.count_of("New since last visit"), "1");
    desk.tell(Message::NewItems(new));
    assert_eq!(desk.count_of("New since last visit"), "2");
    desk.keys("tnew since<Enter>");
    assert_eq!(desk.titles(), ["Telehealth", "Nurses"]);
    desk.keys("m");
    assert_eq!(desk.count_of("  New since last visit"), "1");
    desk.keys("<Esc>/is:new nurses<Enter>");
    assert_eq!(desk.titles(), ["Nurses"]);
    assert_eq!(desk.reader.focus(), Pane::List);
}

#[test]
fn without_news_the_topic_of_news_says_so() {
    let mut desk = Desk::open(80, 24, small_feed());
    desk.keys("tnew since<Enter>").must_show("Nothing is new since your last visit.");
}
