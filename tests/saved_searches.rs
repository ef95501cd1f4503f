//! Searches that are kept as topics: what they are called, what they count, and how they are let go.

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

use rounds::item::SafeText;
use rounds::library::{Mark, MarkChange};
use rounds::reader::{Effect, Memory, Message, Save};
use support::Article;
use support::desk::{Desk, TODAY};
use support::small_feed::small_feed;

fn desk() -> Desk {
    Desk::open(120, 40, small_feed())
}

/// A reader that has kept a search before.
fn desk_with(typed: &str) -> Desk {
    let memory = Memory { searches: vec![SafeText::new(typed)], ..Memory::default() };
    Desk::open_with(120, 40, small_feed(), memory)
}

/// The row of the tree that a search has.
fn row(desk: &Desk, typed: &str) -> String {
    let row = desk.row_with(&format!("/ {typed}")).unwrap_or_default();
    row.split('│').next().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_search_becomes_a_topic_with_counts_and_is_saved_once() {
    let mut desk = desk();
    desk.keys("/records<Enter>S");
    desk.must_show("records");
    assert!(row(&desk, "records").ends_with(" 2"), "{}", desk.screen());
    let kept = Save::Search(SafeText::new("records"));
    assert_eq!(desk.saves().iter().filter(|save| **save == kept).count(), 1);
    desk.keys("S").must_show("is a topic already");
    assert!(!desk.saves().contains(&kept), "it is saved already");
    desk.keys("<Esc>trecords<Enter>");
    assert_eq!(desk.titles(), ["A long read", "Nurses"]);
    desk.must_show("Test feed › records");
}

#[test]
fn the_counts_of_a_kept_search_follow_what_is_read_and_starred_and_what_comes_and_goes() {
    let mut desk = desk_with("records -is:starred");
    assert!(row(&desk, "records").ends_with(" 2"), "{}", desk.screen());
    desk.keys("jjm");
    assert!(row(&desk, "records").ends_with(" 1"), "{}", desk.screen());
    desk.keys("s");
    assert!(row(&desk, "records").ends_with(" 1"), "{}", desk.screen());
    desk.keys("uu");
    assert!(row(&desk, "records").ends_with(" 2"), "{}", desk.screen());
    desk.put("third.md", &Article::titled("Third").body("<p>Of records.</p>").text());
    desk.source_changes();
    assert!(row(&desk, "records").ends_with(" 3"), "{}", desk.screen());
    desk.remove("nurses.md");
    desk.put("third.md", &Article::titled("Third").body("<p>Of nothing.</p>").text());
    desk.source_changes();
    assert!(row(&desk, "records").ends_with(" 1"), "{}", desk.screen());
    let changes = vec![MarkChange { key: desk.key("long.md"), mark: Mark::Read, marked: true }];
    desk.marked_elsewhere(changes);
    assert!(row(&desk, "records").ends_with(" (1)"), "{}", desk.screen());
}

#[test]
fn a_search_within_a_topic_is_kept_with_it() {
    for (keys, typed, titles) in [
        ("tai<Enter>/records<Enter>", "records topic:\"AI\"", ["A long read"].as_slice()),
        ("tai<Enter>f/records<Enter>", "records is:unread topic:\"AI\"", &["A long read"]),
        ("thealthcareitnews<Enter>/nurses<Enter>", "nurses site:\"healthcareitnews.com\"", &["Nurses"]),
        ("tunread<Enter>/\"their records<Enter>", "\"their records\" is:unread", &["Nurses"]),
        ("tuncat<Enter>/known<Enter>", "known topic:\"Uncategorised\"", &["Without a topic"]),
    ] {
        let mut desk = desk();
        desk.keys(keys);
        assert_eq!(desk.titles(), titles, "{keys}");
        desk.keys("S");
        let saves = desk.saves();
        assert!(saves.contains(&Save::Search(SafeText::new(typed))), "{keys}: {saves:?}");
        let mut again = desk_with(typed);
        again.keys("t").keys(typed.split(' ').next().unwrap().trim_matches('"')).keys("<Enter>");
        assert_eq!(again.titles(), titles, "{typed}");
    }
}

#[test]
fn a_search_within_this_week_finds_the_same_days_when_it_is_kept() {
    let mut files = small_feed();
    for day in 14..=17 {
        let article = Article::titled(&format!("Weekly {day}")).dated(&format!("2026-11-{day}"));
        files.push((format!("{day}.md"), article.text()));
    }
    let mut desk = Desk::open(120, 40, files);
    desk.keys("tthis week<Enter>/weekly<Enter>");
    let within = desk.reader.listed();
    desk.keys("S<Esc>tweekly<Enter>");
    assert_eq!(desk.reader.listed(), within, "{}", desk.screen());
}

#[test]
fn a_topic_with_a_quotation_mark_in_its_name_can_be_searched_and_kept() {
    let quoted = Article::titled("Telehealth quoted").topics(&["Rules: The 5\" rule"]).text();
    let mut files = small_feed();
    files.push(("quoted.md".to_owned(), quoted));
    let mut desk = Desk::open(120, 40, files);
    desk.keys("t5 rule<Enter>/telehealth<Enter>S<Esc>tall<Enter>");
    assert!(row(&desk, "telehealth").ends_with(" 1"), "{}", desk.screen());
}

#[test]
fn a_kept_search_is_let_go_where_it_stands_and_only_there() {
    let mut desk = desk_with("records");
    desk.keys("S").must_show("There is no search to keep. / begins one.");
    desk.keys("trecords<Enter>S").must_show("records");
    assert_eq!(row(&desk, "records"), "");
    desk.must_show("Test feed › All");
    assert!(desk.saves().contains(&Save::DropSearch(SafeText::new("records"))));
    assert_eq!(desk.titles().len(), 7);
}

#[test]
fn a_search_within_a_kept_one_is_kept_besides_it() {
    let mut desk = desk_with("records");
    desk.keys("trecords<Enter>/nurses<Enter>");
    assert_eq!(desk.titles(), ["Nurses"]);
    desk.keys("S");
    assert!(row(&desk, "nurses records").ends_with(" 1"), "{}", desk.screen());
    assert!(row(&desk, "records").ends_with(" 2"), "{}", desk.screen());
}

#[test]
fn a_kept_search_that_nobody_understands_any_more_is_passed_over_and_not_lost() {
    let mut desk = desk_with("is:purple");
    desk.must_not_show("is:purple");
    assert_eq!(desk.saves(), []);
}

#[test]
fn a_new_day_moves_what_a_kept_search_finds_and_leaves_who_reads_it_in_peace() {
    let memory = Memory {
        searches: vec!["since:today", "records"].into_iter().map(SafeText::new).collect(),
        ..Memory::default()
    };
    let mut desk = Desk::open_with(120, 40, small_feed(), memory);
    assert!(row(&desk, "since:today").ends_with(" 1"), "{}", desk.screen());
    desk.keys("trecords<Enter>j");
    assert!(desk.selected().contains("Nurses"));
    desk.slow_index();
    desk.tell(Message::NewDay(TODAY.tomorrow().unwrap()));
    assert!(row(&desk, "since:today").ends_with(" (0)"), "{}", desk.screen());
    assert!(desk.selected().contains("Nurses"), "{}", desk.screen());
    assert!(row(&desk, "records").ends_with(" 2"), "{}", desk.screen());
}

#[test]
fn what_a_kept_search_looks_for_is_asked_of_the_index_and_counted_when_it_answers() {
    let memory = Memory { searches: vec![SafeText::new("nothing is known")], ..Memory::default() };
    let mut desk = Desk::closed(120, 40, small_feed());
    desk.slow_index();
    desk.tell(Message::Started(rounds::reader::Size { columns: 120, rows: 40 }, TODAY));
    desk.tell(Message::Remembered(Box::new(memory)));
    assert!(desk.questions().iter().any(|question| matches!(question, Effect::Search { .. })));
    desk.finish_questions();
    assert!(row(&desk, "nothing").ends_with(" 1"), "{}", desk.screen());
}

#[test]
fn what_cannot_be_said_in_the_words_of_a_search_is_not_kept_as_something_else() {
    let mut desk = desk();
    desk.keys("tsites<Enter>/records<Enter>S").must_show("A search in Sites cannot be kept.");
    assert_eq!(desk.row_with("/ records "), None, "{}", desk.screen());
}
