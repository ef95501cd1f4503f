//! A source that changes while somebody reads: what is new is said, and nothing moves.

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
use rounds::reader::{Message, Pane, Save};
use support::Article;
use support::desk::Desk;
use support::small_feed::small_feed;

fn desk() -> Desk {
    Desk::open(120, 40, small_feed())
}

/// Items that are newer than all others.
fn put_newest(desk: &mut Desk, count: usize) {
    for number in 0..count {
        let article = Article::titled(&format!("Fresh {number}"))
            .dated("2026-11-22T23:00")
            .topics(&["Aardvarks: Fresh"]);
        desk.put(&format!("fresh-{number}.md"), &article.text());
    }
}

/// The rows of the article on the screen.
#[cfg(test)]
fn article(desk: &Desk) -> Vec<String> {
    let area = desk.reader.panes().article.unwrap();
    let screen = desk.screen();
    let rows = screen.lines().skip(usize::from(area.y)).take(usize::from(area.height));
    rows.map(|row| row.chars().skip(usize::from(area.x)).collect()).collect()
}

#[test]
fn what_has_come_changed_and_gone_is_said_in_one_line() {
    let mut desk = desk();
    put_newest(&mut desk, 1);
    desk.put("nurses.md", &Article::titled("Nurses, corrected").dated("2021-12-04").text());
    desk.remove("bare.md");
    desk.remove("broken.md");
    desk.source_changes();
    desk.must_show("1 new, 1 changed, 2 gone.");
    desk.must_show("Fresh 0");
    desk.must_show("Nurses, corrected");
    desk.must_not_show("Without a topic");
    desk.must_show("6 unread of 6");
}

#[test]
fn a_look_that_finds_nothing_says_nothing_unless_somebody_asked_for_it() {
    let mut desk = desk();
    desk.keys("x");
    desk.keys("j");
    let before = desk.screen();
    desk.source_changes();
    assert_eq!(desk.screen(), before);
    desk.keys("r").must_show("Nothing has changed: 7 items.");
}

#[test]
fn cursor_and_rows_stay_where_they_are_on_the_screen_when_items_come() {
    let files: Vec<_> = (0..80)
        .map(|number| {
            (
                format!("{number:02}.md"),
                Article::titled(&format!("Item {number:02}")).dated("2020-01-01").text(),
            )
        })
        .collect();
    let mut desk = Desk::open(80, 24, files);
    desk.keys("<C-d><C-d><C-d>jjj");
    let before = desk.list_rows();
    put_newest(&mut desk, 25);
    desk.source_changes();
    assert_eq!(desk.list_rows(), before, "{}", desk.screen());
}

#[test]
fn the_first_item_stays_selected_for_who_looks_at_it_without_having_pressed_a_key() {
    let mut desk = desk();
    let before = article(&desk);
    put_newest(&mut desk, 2);
    desk.source_changes();
    assert!(desk.selected().contains("Telehealth"), "{}", desk.selected());
    assert!(before.starts_with(&article(&desk)), "the list is higher by two, and the same article below it");
    desk.must_show("Fresh 1");
}

#[test]
fn scroll_and_selection_stay_when_the_open_article_changes() {
    let mut desk = desk();
    desk.keys("jj<Enter><Space>");
    let before = article(&desk);
    put_newest(&mut desk, 3);
    desk.source_changes();
    assert_eq!(article(&desk), before);
    let (_, text) = small_feed().into_iter().find(|(path, _)| path == "long.md").unwrap();
    desk.put("long.md", &text.replace("A long read", "A longer read"));
    desk.source_changes();
    desk.must_show("1 changed.");
    assert_eq!(article(&desk), before);
    assert_eq!(desk.reader.focus(), Pane::Article);
    desk.keys("g").must_show("A longer read");
}

#[test]
fn the_article_that_is_read_stays_when_items_of_another_topic_come() {
    let mut desk = desk();
    desk.keys("tai<Enter>jj<Enter>");
    let before = article(&desk);
    put_newest(&mut desk, 3);
    desk.source_changes();
    assert_eq!(article(&desk), before);
    desk.must_show("› AI");
    assert_eq!(desk.count_of("▾ Aardvarks"), "3");
}

#[test]
fn changes_while_the_source_is_looked_at_are_looked_at_afterwards() {
    let mut desk = desk();
    desk.slow_source();
    desk.source_changes();
    put_newest(&mut desk, 1);
    desk.source_changes();
    desk.source_changes();
    desk.finish_loads();
    desk.must_show("Fresh 0");
}

#[test]
fn what_the_user_must_know_is_not_pushed_aside_by_what_is_new() {
    let mut desk = desk();
    desk.keys("j");
    desk.tell(Message::Failed(SafeText::new("Marks cannot be saved: the disk is full.")));
    put_newest(&mut desk, 1);
    desk.source_changes();
    desk.must_show("Marks cannot be saved: the disk is full.");
    desk.keys("j").must_show("1 new.");
}

#[test]
fn marks_of_another_rounds_are_seen_and_nothing_vanishes_under_the_cursor() {
    let mut desk = desk();
    desk.keys("tunread<Enter>jj");
    let before = desk.list_rows();
    let change = |path: &str, mark| MarkChange { key: desk.key(path), mark, marked: true };
    let changes = vec![
        change("long.md", Mark::Read),
        change("nurses.md", Mark::Read),
        change("nurses.md", Mark::Starred),
    ];
    desk.marked_elsewhere(changes);
    desk.must_show("5 unread");
    assert_eq!(desk.titles().len(), 7, "nothing vanishes");
    assert!(desk.selected().contains("A long read") && !desk.selected().contains('●'), "{}", desk.selected());
    assert!(desk.row_with("Nurses").is_some_and(|row| row.contains('★')));
    assert_eq!(before.len(), desk.list_rows().len());
    assert!(desk.saves().iter().all(|save| !matches!(save, Save::Marks { .. })), "they are saved already");
    desk.keys("tstarred<Enter>tunread<Enter>");
    assert_eq!(desk.titles().len(), 5);
}

#[test]
fn marks_of_another_rounds_cannot_be_undone_here() {
    let mut desk = desk();
    let changes = vec![MarkChange { key: desk.key("nurses.md"), mark: Mark::Read, marked: true }];
    desk.marked_elsewhere(changes);
    desk.keys("u").must_show("There is nothing to undo.");
}

/// The catalog is made anew: the same items come again, under other numbers.
fn restart(desk: &mut Desk) {
    desk.slow_source();
    desk.source_changes();
    desk.restart_catalog(Some("The catalog was damaged and is being made anew."));
}

#[test]
fn a_catalog_that_is_made_anew_leads_back_to_the_same_place() {
    let mut desk = desk();
    desk.keys("sjtai<Enter>jj<Enter>");
    restart(&mut desk);
    desk.must_show("The catalog was damaged and is being made anew.");
    desk.finish_loads();
    desk.must_show("› AI");
    assert!(desk.selected().contains("Ransomware"), "{}", desk.screen());
    desk.must_show("All about it: Ransomware in hospitals.");
    desk.keys("qtstarred<Enter>");
    assert_eq!(desk.titles(), ["Telehealth"]);
}

#[test]
fn a_catalog_that_is_made_anew_leads_back_to_the_same_search_and_scroll() {
    let mut desk = desk();
    desk.keys("/records<Enter><Enter><Space>");
    let before = article(&desk);
    restart(&mut desk);
    desk.finish_loads();
    assert_eq!(desk.titles(), ["A long read", "Nurses"], "{}", desk.screen());
    assert!(desk.selected().contains("A long read"), "{}", desk.selected());
    assert_eq!(article(&desk), before);
}

#[test]
fn numbers_of_before_mean_nothing_in_a_catalog_that_is_made_anew() {
    let mut desk = desk();
    desk.keys("/nurses<Enter>S<Esc>tunread<Enter>jjm");
    restart(&mut desk);
    desk.finish_loads();
    assert_eq!(desk.titles().len(), 6, "{}", desk.screen());
    assert_eq!(desk.count_of("/ nurses"), "1", "{}", desk.screen());
}

#[test]
fn of_two_files_of_one_original_one_item_is_shown_counted_and_marked() {
    let mut desk = desk();
    let link = "https://www.healthcareitnews.com/news/nurses";
    let twin =
        Article::titled("Nurses and their records").dated("2021-12-03").link(link).topics(&["Twins: Second"]);
    desk.put("twin.md", &twin.text());
    desk.source_changes();
    desk.must_show("7 unread of 7");
    assert_eq!(desk.titles().len(), 7);
    assert_eq!(desk.count_of("Second "), "1");
    desk.keys("tsecond<Enter>");
    assert_eq!(desk.titles(), ["Nurses"]);
    desk.keys("m").must_show("1 item, read");
    desk.remove("nurses.md");
    desk.source_changes();
    desk.must_show("1 item, read");
    assert!(desk.selected().contains("Nurses"), "{}", desk.screen());
    desk.keys("tall<Enter>").must_show("6 unread of 7");
}

#[test]
fn an_article_that_goes_while_it_is_read_is_not_taken_for_another_one() {
    let mut desk = desk();
    desk.keys("j<Enter>");
    desk.must_show("Nested");
    desk.remove("precision.md");
    desk.source_changes();
    desk.must_show("The article that you were reading is no longer in its source.");
    assert_eq!(desk.reader.focus(), Pane::List);
}

#[test]
fn an_article_that_comes_again_from_elsewhere_is_read_on() {
    let mut desk = desk();
    desk.keys("j<Enter>");
    let (_, text) = small_feed().into_iter().find(|(path, _)| path == "precision.md").unwrap();
    desk.remove("precision.md");
    desk.put("moved.md", &text);
    desk.slow_source();
    desk.source_changes();
    desk.finish_loads();
    assert_eq!(desk.reader.focus(), Pane::Article);
    desk.must_show("Nested");
    desk.keys("q");
    assert!(desk.selected().contains("Precision medicine at scale"), "{}", desk.selected());
}

#[cfg(unix)]
#[test]
fn an_item_comes_by_itself_when_its_hour_comes() {
    let home = support::pty::Home::new();
    let soon = jiff::Timestamp::now().as_second() + 3;
    let soon = jiff::Timestamp::from_second(soon).unwrap();
    home.write("news/now.md", &Article::titled("Nurses and their records").text());
    home.write(
        "news/soon.md",
        &format!("---\ntitle: The embargo is over\npublishDate: {soon}\n---\n<p>At last.</p>\n"),
    );
    let mut pty = support::pty::Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "news"], (100, 30), &[]);
    pty.wait_for_text("Nurses and their records");
    pty.wait_for_text("The embargo is over");
    pty.keys("q");
    assert!(pty.wait_exit().success());
}
