//! What one key leaves behind is right for the next: overlays, notices, the scroll, the way back.

#![cfg(test)]

mod support;

use rounds::item::{Link, SafeText};
use rounds::reader::{BundleNews, Effect, Message, MouseKind, Pane};
use support::Article;
use support::desk::Desk;
use support::small_feed::small_feed;

fn desk() -> Desk {
    Desk::open(120, 40, small_feed())
}

fn failed(text: &str) -> Message {
    Message::Failed(SafeText::new(text))
}

#[test]
fn what_works_everywhere_works_over_everything_and_leaves_it_open() {
    let ways = [
        "",
        "<Enter>",
        "z",
        "h",
        "t",
        "tnurs",
        "?",
        "?cite",
        "!",
        "/",
        "/nurs",
        "/site:",
        "/nurs<Enter>/",
        "jo",
        "jj1",
    ];
    for way in ways {
        for (key, effect) in [("<C-l>", Effect::Redraw), ("<C-z>", Effect::Suspend), ("<C-c>", Effect::Quit)]
        {
            let mut desk = Desk::open(120, 40, many_links());
            desk.keys(way);
            if way == "jo" {
                let Some(Effect::OpenLink { link, .. }) = desk.effects().pop() else {
                    panic!("no link was opened")
                };
                desk.tell(Message::LinkNotOpened { link, reason: SafeText::new("No browser here.") });
            }
            desk.effects();
            let before = desk.screen();
            desk.keys(key);
            assert_eq!(desk.effects(), std::slice::from_ref(&effect), "{key} after {way:?}");
            assert_eq!(desk.screen(), before, "{key} after {way:?} has changed the screen");
        }
    }
}

/// The small feed, with an item on top whose original can be opened, and one with so many links that a digit waits for
/// another.
fn many_links() -> Vec<(String, String)> {
    let links: String =
        (1..=12).map(|number| format!("<a href=\"https://example.org/{number}\">x</a> ")).collect();
    let article = Article::titled("Many links").dated("2026-11-12").body(&format!("<p>{links}</p>"));
    small_feed().into_iter().chain([("links.md".to_owned(), article.text())]).collect()
}

#[test]
fn a_search_that_was_there_is_still_typed_over_after_a_clean_screen() {
    let mut desk = desk();
    desk.keys("/nurses<Enter>/<C-l>rans").must_show("/rans");
    assert_eq!(desk.titles(), ["Ransomware"]);
}

#[test]
fn a_notice_is_still_there_after_a_clean_screen() {
    let mut desk = desk();
    desk.tell(failed("The disk is full."));
    desk.keys("<C-l>").must_show("The disk is full.");
    desk.keys("j").must_not_show("The disk is full.");
}

#[test]
fn going_back_leads_to_the_problems_only_from_the_article_that_they_led_to() {
    let problems = "Problems: 1 error";
    let mut desk = desk();
    desk.keys("!<Enter>").must_show("Still here.");
    desk.keys("?<Esc>zq<C-d>q").must_show(problems);
    desk.keys("q").must_not_show(problems);

    // The keys with which another article is chosen, or the article is left, in between.
    for elsewhere in [
        "K",
        "n",
        "p",
        "h<Enter>",
        "hk<Enter>",
        "htnurs<Enter><Enter>",
        "<Tab><Tab><Tab>",
        "/nurses<Enter><Enter>",
    ] {
        let mut desk = self::desk();
        desk.keys("!<Enter>").keys(elsewhere);
        assert_eq!(desk.reader.focus(), Pane::Article, "{elsewhere}");
        desk.keys("q").must_not_show(problems);
        assert_eq!(desk.reader.focus(), Pane::List, "{elsewhere}");
    }
}

#[test]
fn going_back_to_a_problem_finds_it_where_it_is_by_now() {
    let broken =
        |name: &str| (format!("{name}.md"), format!("---\ntitle: 'Broken {name}\n---\nText of {name}."));
    let mut desk = Desk::open(100, 24, vec![broken("b"), broken("c")]);
    desk.keys("!j<Enter>").must_show("Text of c.");
    let (path, text) = broken("a");
    desk.put(&path, &text);
    desk.source_changes();
    desk.keys("q");
    assert!(desk.selected().contains("c.md:"), "{}", desk.screen());
}

#[test]
fn no_change_of_the_layout_leaves_a_gap_at_the_end_of_an_article() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 10), (200, 50)] {
        let mut desk = Desk::open(columns, rows, small_feed());
        desk.keys("jj<Enter>Gz");
        // The last row holds a notice.
        assert!(
            last_rows(&desk)[1..].iter().all(|row| !row.is_empty()),
            "{columns}x{rows}:\n{}",
            desk.screen()
        );
        desk.keys("j");
        for (columns, rows) in [(columns, rows), (columns, rows + 7), (columns + 30, rows)] {
            desk.resize(columns, rows);
            assert!(!last_rows(&desk)[0].is_empty(), "{columns}x{rows}:\n{}", desk.screen());
        }
    }
}

/// The last two rows of the screen, from the bottom.
fn last_rows(desk: &Desk) -> Vec<String> {
    desk.screen().lines().rev().take(2).map(str::to_owned).collect()
}

#[test]
fn a_list_that_was_hidden_comes_back_as_it_was_left() {
    let files: Vec<_> = (0..60)
        .map(|number| {
            let article =
                Article::titled(&format!("Item {number:02}")).dated("2020-05-05").body("<p>Text.</p>");
            (format!("item-{number:02}.md"), article.text())
        })
        .collect();
    for (columns, rows) in [(120, 40), (80, 24), (40, 10)] {
        for (hidden, back) in [("<Enter>", "q"), ("z", "qq"), ("t", "<Esc>"), ("?", "<Esc>")] {
            let mut desk = Desk::open(columns, rows, files.clone());
            // Reading it marks it, so it is marked already.
            desk.keys("<C-d><C-d><C-d>kkkm");
            let left = desk.list_rows();
            desk.keys(hidden);
            desk.put("item-59.md", &files[59].1.replace("Text", "Other text"));
            desk.source_changes();
            desk.keys(back);
            assert_eq!(desk.list_rows(), left, "{columns}x{rows}, {hidden}");
        }
    }
}

#[test]
fn an_article_that_goes_while_it_is_alone_on_the_screen_leaves_the_list() {
    let mut desk = desk();
    desk.keys("jj<Enter>z");
    desk.remove("long.md");
    desk.source_changes();
    desk.must_show("The article that you were reading is no longer in its source.");
    desk.must_show("Unread");
    assert_eq!(desk.reader.focus(), Pane::List);
}

#[test]
fn nothing_that_was_to_be_told_is_lost_to_what_a_key_says() {
    let mut desk = desk();
    desk.tell(failed("The disk is full."));
    desk.tell(failed("The bundle was not fetched."));
    desk.must_show("The disk is full.");
    // The key has something to say of its own.
    desk.keys("m").must_show("Marked as read.");
    desk.keys("j").must_show("The bundle was not fetched.");
    desk.keys("j").must_not_show("The bundle was not fetched.");
}

#[test]
fn a_click_goes_on_to_what_is_to_be_told_next_as_a_key_does() {
    let mut desk = desk();
    desk.tell(failed("The disk is full."));
    desk.tell(failed("The bundle was not fetched."));
    let list = desk.reader.panes().list.unwrap();
    desk.mouse(MouseKind::Click, list.x + 10, list.y + 2);
    desk.must_show("The bundle was not fetched.");
}

#[test]
fn what_did_not_work_stays_when_something_else_has_worked_meanwhile() {
    let mut desk = desk();
    desk.keys("j");
    desk.tell(failed("The disk is full."));
    desk.tell(Message::LinkOpened { item: desk.key("telehealth.md"), browser: SafeText::new("firefox") });
    desk.tell(Message::Copied(SafeText::new("https://example.org")));
    desk.must_show("The disk is full.");
    desk.keys("j").must_show("Opened in firefox.");
    desk.keys("j").must_show("https://example.org");
}

#[test]
fn why_a_search_was_not_understood_is_not_said_of_the_next_one() {
    let mut desk = desk();
    desk.keys("/since:never<Enter>").must_show("write a number and d");
    let link = Link::parse("https://example.org/").unwrap();
    desk.tell(Message::LinkNotOpened { link, reason: SafeText::new("No browser here.") });
    desk.keys("<Esc>/").must_not_show("write a number and d");
}

#[test]
fn a_number_that_is_being_typed_opens_a_link_of_the_article_that_it_was_typed_for() {
    let mut files = many_links();
    files.retain(|(path, _)| path == "links.md");
    // While the bundle is on its way, its newest item comes to be selected, unless one was chosen.
    let mut desk = Desk::with_bundles(120, 40, files, &["ward"]);
    desk.keys("1");
    desk.put("newer.md", &Article::titled("Newer").dated("2026-11-21").body("<p>No links.</p>").text());
    desk.bundle(0, BundleNews::Fetched);
    desk.keys("2");
    let effects = desk.effects();
    let opened = effects.iter().filter_map(|effect| match effect {
        Effect::OpenLink { link, item } => Some((link.as_str(), *item)),
        _ => None,
    });
    assert_eq!(opened.collect::<Vec<_>>(), [("https://example.org/12", desk.key("links.md"))]);
}
