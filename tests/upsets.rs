//! What happens around somebody who reads: a source that changes, a screen that shrinks, a flood of text, a
//! stray click.

#[cfg(test)]
mod support;

use rounds::item::{Link, SafeText};
use rounds::reader::{Effect, Loaded, Message, MouseKind, Pane};
use support::Article;
use support::desk::Desk;
use support::small_feed::small_feed;

fn desk() -> Desk {
    Desk::open(120, 40, small_feed())
}

/// Files that are all broken, so that each has a problem.
fn broken_files(count: usize) -> Vec<(String, String)> {
    let text = "---\ntitle: 'never closed\n---\nText.";
    (0..count).map(|number| (format!("broken-{number:02}.md"), text.to_owned())).collect()
}

#[test]
fn a_topic_chosen_after_the_source_was_read_again_is_the_one_on_the_screen() {
    let mut desk = desk();
    desk.slow_source();
    desk.put("a-first.md", &Article::titled("First").topics(&["Zebras: Stripes"]).text());
    desk.keys("rt<Down><Down>statistical");
    desk.finish_loads();
    desk.must_show("Data Interpretation, Statistical");
    desk.keys("<Enter>");
    assert_eq!(desk.titles(), ["Precision medicine"]);
}

#[test]
fn topics_that_arrive_can_be_jumped_to_at_once() {
    let mut desk = Desk::closed(120, 40, small_feed());
    desk.slow_source();
    desk.tell(Message::Started(rounds::reader::Size { columns: 120, rows: 40 }, support::desk::TODAY));
    desk.keys("tnursing").must_show("No topic has all of these words.");
    desk.finish_loads();
    desk.keys("<Enter>");
    assert_eq!(desk.titles(), ["Nurses"]);
}

#[test]
fn the_topic_chosen_in_the_jump_stays_chosen_when_topics_arrive() {
    let mut desk = desk();
    desk.slow_source();
    desk.put("a-first.md", &Article::titled("First").topics(&["Healthcare IT News: Another"]).text());
    desk.keys("rthealthcare it news<Down><Down>");
    let chosen = desk.selected();
    desk.finish_loads();
    assert_eq!(desk.selected(), chosen);
}

#[test]
fn a_list_of_problems_that_becomes_shorter_keeps_its_cursor_on_a_problem() {
    let mut desk = Desk::open(80, 24, broken_files(60));
    desk.slow_source();
    desk.keys("r!G").must_show("broken-59.md");
    for (path, _) in broken_files(60).iter().skip(3) {
        desk.remove(path);
    }
    desk.finish_loads();
    assert!(desk.selected().contains("broken-02.md"), "{}", desk.screen());
}

#[test]
fn the_selected_row_of_an_overlay_stays_on_a_screen_that_shrinks() {
    for keys in ["!G", "?<PgDn><PgDn>", "t<Down><Down><Down><Down><Down><Down><Down><Down><Down>"] {
        let mut desk = Desk::open(100, 50, [small_feed(), broken_files(40)].concat());
        desk.keys(keys);
        assert!(!desk.selected().is_empty());
        desk.resize(100, 12);
        assert!(!desk.selected().is_empty(), "{keys}:\n{}", desk.screen());
    }
}

#[test]
fn problems_are_not_listed_twice_after_a_source_without_items_was_read_again() {
    let mut desk = Desk::open(80, 24, Vec::new());
    let problem = || {
        let message = SafeText::new("This folder could not be read.");
        let severity = rounds::item::Severity::Error;
        (
            "closed".to_owned(),
            rounds::item::Problem { line: None, severity, code: "folder-unreadable", message },
        )
    };
    desk.slow_source();
    desk.keys("r");
    desk.tell(Message::LoadFinished {
        generation: 2,
        loaded: Loaded { problems: vec![problem()], ..Loaded::default() },
    });
    desk.keys("r");
    desk.tell(Message::LoadFinished {
        generation: 3,
        loaded: Loaded { problems: vec![problem()], ..Loaded::default() },
    });
    desk.must_show("There are no items here.");
    desk.must_show("closed: This folder could not be read.");
    desk.keys("!").must_show("Problems: 1 error, 0 warnings");
}

#[test]
fn one_item_is_called_one_item() {
    let mut desk = Desk::open(80, 24, vec![("a.md".to_owned(), Article::titled("Alone").text())]);
    desk.keys("r").must_show("Nothing has changed: 1 item.");
}

#[test]
fn while_the_source_is_read_again_the_header_counts_what_has_been_read_of_it() {
    let mut desk = desk();
    desk.slow_source();
    desk.keys("r").must_show("looking again");
    desk.must_not_show("of 0");
}

#[test]
fn a_source_that_has_gone_leaves_the_items_on_the_screen_and_says_so() {
    let mut desk = desk();
    desk.slow_source();
    desk.keys("jrt");
    desk.fail_loads("news: there is no file or folder of this name.");
    desk.keys("nursing<Esc>");
    desk.must_show("there is no file or folder of this name");
    assert_eq!(desk.titles().len(), 7);
    assert!(desk.selected().contains("Precision medicine"));
    desk.keys("r").must_show("Nothing has changed: 7 items.");
}

#[test]
fn marks_set_while_the_source_is_read_again_are_kept() {
    let mut desk = desk();
    desk.slow_source();
    desk.keys("rrms");
    desk.finish_loads();
    assert!(desk.selected().contains('★') && !desk.selected().contains('●'), "{}", desk.selected());
    desk.keys("uu");
    assert!(!desk.selected().contains('★') && desk.selected().contains('●'), "{}", desk.selected());
}

#[test]
fn the_wheel_over_a_link_moves_nothing_beneath_it() {
    let mut desk = desk();
    let link = Link::parse("https://example.org/").unwrap();
    desk.tell(Message::LinkNotOpened { link, reason: SafeText::new("There is no browser here.") });
    desk.mouse(MouseKind::WheelDown, 60, 20);
    desk.must_show("There is no browser here.");
    desk.keys("<Esc>");
    assert!(desk.selected().contains("Telehealth"), "{}", desk.selected());
}

#[test]
fn a_click_chooses_only_a_row_that_is_to_be_seen() {
    let mut desk = Desk::open(80, 24, broken_files(60));
    desk.keys("!");
    for row in [23, 22, 20] {
        desk.mouse(MouseKind::Click, 10, row);
        assert_eq!(desk.reader.focus(), Pane::List, "a click on row {row} chose something");
        desk.keys("<Esc>!");
    }
    desk.mouse(MouseKind::Click, 10, 4);
    assert_eq!(desk.reader.focus(), Pane::Article);
}

#[test]
fn a_prompt_is_seen_wherever_it_is_typed_in() {
    for (columns, rows, keys) in
        [(80, 24, "z/nurs"), (40, 3, "/nurs"), (80, 24, "<Enter>/nurs"), (40, 10, "h/nurs")]
    {
        let mut desk = Desk::open(columns, rows, small_feed());
        desk.keys(keys).must_show("/nurs");
        assert!(desk.selected().contains("Nurses"), "{columns}x{rows} {keys}:\n{}", desk.screen());
    }
}

#[test]
fn what_happened_is_told_even_where_there_is_no_footer() {
    for (columns, rows, keys) in [(80, 24, "z"), (40, 3, "")] {
        let mut desk = Desk::open(columns, rows, small_feed());
        desk.keys(keys).keys("s").must_show("Starred. u undoes it.");
        desk.keys("k").must_not_show("Starred. u undoes it.");
    }
}

#[test]
fn a_flood_of_pasted_text_is_cut_and_costs_no_time() {
    for keys in ["/", "t", "?"] {
        let mut desk = desk();
        desk.keys(keys);
        for _ in 0..20 {
            desk.tell(Message::Pasted("nurses \u{1b}[31m 漢字 ".repeat(5000)));
        }
        desk.keys(&"x".repeat(5000)).keys("<Esc>");
        assert_eq!(desk.titles().len(), 7);
    }
}

#[test]
fn what_cannot_be_seen_cannot_be_typed() {
    for keys in ["/", "t", "?"] {
        let mut desk = desk();
        desk.keys(keys).keys("nur\u{202e}\u{200b}\u{9b}\u{7f}ses");
        desk.must_show("nurses");
        if keys == "/" {
            assert_eq!(desk.titles(), ["Nurses"]);
        }
    }
}

#[test]
fn the_cursor_of_a_prompt_stands_behind_what_was_typed_however_wide_it_is() {
    for (typed, cells) in [("ab", 2), ("漢字", 4), ("e\u{301}", 1), ("a漢e\u{301}b", 5)] {
        let mut desk = desk();
        desk.keys("/").keys(typed);
        assert_eq!(desk.cursor(), Some((2 + cells, 39)), "{typed}");
    }
    let mut desk = Desk::open(20, 10, small_feed());
    desk.keys("/").keys(&"漢".repeat(30));
    assert!(desk.cursor().is_some_and(|(column, row)| column < 20 && row == 9), "{:?}", desk.cursor());
}

#[test]
fn a_key_with_ctrl_is_named_with_it() {
    let mut desk = desk();
    desk.keys("<C- >").must_show("^Space does nothing here.");
}

#[test]
fn the_file_is_shown_when_it_is_asked_for_from_the_list_alone() {
    let mut desk = Desk::open(40, 10, small_feed());
    desk.keys("v").must_show("title: Telehealth");
}

#[test]
fn a_topic_that_has_gone_leaves_everything_on_the_screen() {
    let mut desk = desk();
    desk.keys("tnursing<Enter>");
    desk.remove("nurses.md");
    desk.keys("r");
    desk.must_show("Test feed › All");
    assert_eq!(desk.titles().len(), 6);
    assert!(!desk.selected().is_empty());
}

#[test]
fn a_pane_with_the_keyboard_is_on_the_screen_at_every_size() {
    for keys in ["h", "", "<Enter>", "z"] {
        let mut desk = desk();
        desk.keys(keys);
        for (columns, rows) in [(40, 10), (120, 40), (1, 1), (80, 24), (200, 60), (60, 17), (59, 18), (20, 3)]
        {
            desk.resize(columns, rows);
            let panes = desk.reader.panes();
            let area = match desk.reader.focus() {
                Pane::Topics => panes.topics,
                Pane::List => panes.list,
                Pane::Article => panes.article,
            };
            assert!(area.is_some(), "{keys} at {columns}x{rows}");
            desk.keys("jkGg");
        }
    }
}

#[test]
fn nothing_to_choose_from_is_no_trouble() {
    let keys = "<Enter><Space>oycnpJK][mAsuzvO/x<Enter><Enter>f<Esc>tzzz<Enter>!<Enter>j<Esc>?zzz<Enter><Esc>1hl<Enter>G";
    let mut desk = Desk::open(80, 24, Vec::new());
    desk.keys(keys).keys("rr").keys(keys);
    assert_eq!(desk.effects().iter().filter(|effect| !matches!(effect, Effect::Quit)).count(), 0);
}
