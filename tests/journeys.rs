//! What somebody gets who types: each test is a short journey through a small feed.

#[cfg(test)]
mod support;

use rounds::item::{Clock, Link, SafeText};
use rounds::library::{Headline, ItemId};
use rounds::reader::{Effect, Memory, Message, MouseKind, Pane};
use support::Article;
use support::desk::{Desk, TODAY};
use support::small_feed::small_feed;

fn desk() -> Desk {
    Desk::open(120, 40, small_feed())
}

#[test]
fn opens_on_everything_with_the_newest_first() {
    let desk = desk();
    assert_eq!(
        desk.titles(),
        [
            "Telehealth",
            "Precision medicine",
            "A long read",
            "Ransomware",
            "Nurses",
            "Without a topic",
            "Broken"
        ]
    );
    assert!(desk.selected().contains("Telehealth"));
    desk.must_show("7 unread of 7");
    desk.must_show("All about it: Telehealth after the pandemic.");
}

#[test]
fn reading_marks_the_item_and_counts_one_less() {
    let mut desk = desk();
    desk.keys("<Enter>").must_show("6 unread of 7");
    assert_eq!(desk.reader.focus(), Pane::Article);
    desk.keys("q");
    assert_eq!(desk.reader.focus(), Pane::List);
    assert!(!desk.selected().contains('●'), "the item that was read has no dot");
}

#[test]
fn looking_at_the_preview_is_not_reading() {
    let mut desk = desk();
    desk.keys("jjj").must_show("7 unread of 7");
}

#[test]
fn what_is_read_stays_under_the_cursor_until_the_list_is_made_anew() {
    let mut desk = desk();
    desk.keys("tunread<Enter>").must_show("7 unread");
    desk.keys("<Enter>q");
    assert_eq!(desk.titles().first(), Some(&"Telehealth"));
    desk.keys("tstarred<Enter>tunread<Enter>");
    assert_eq!(desk.titles().first(), Some(&"Precision medicine"));
}

#[test]
fn n_and_p_go_from_unread_to_unread() {
    let mut desk = desk();
    desk.keys("jmgn");
    assert!(desk.selected().contains("A long read"), "{}", desk.selected());
    desk.keys("p");
    assert!(desk.selected().contains("Telehealth"));
    desk.keys("p").must_show("From the end again.");
    assert!(desk.selected().contains("Broken"));
    desk.keys("n").must_show("From the top again.");
}

#[test]
fn space_pages_through_the_article_and_goes_on_to_the_next_unread_item() {
    let mut desk = desk();
    desk.keys("jj<Enter>");
    let first_page = desk.screen();
    desk.keys("<Space>");
    assert_ne!(desk.screen(), first_page, "the page has moved");
    desk.keys(&"<Space>".repeat(20));
    desk.must_show("Everything is read: 7 items.");
    desk.keys("q").must_show("7 items, all read");
}

#[test]
fn a_topic_is_found_by_any_of_its_words_in_any_order() {
    let mut desk = desk();
    desk.keys("tstatistical data<Enter>");
    assert_eq!(desk.titles(), ["Precision medicine"]);
    desk.must_show("Medical Subject Headings (MeSH) › Data Interpretation, Statistical");
}

#[test]
fn a_topic_that_is_not_there_is_said_to_be_so() {
    let mut desk = desk();
    desk.keys("tzebra").must_show("No topic has all of these words.");
    desk.keys("<Enter>").must_show("7 unread of 7");
}

#[test]
fn spelling_twins_are_one_topic_in_the_commonest_spelling() {
    let mut desk = desk();
    desk.keys("tai<Enter>");
    assert_eq!(desk.titles(), ["Telehealth", "A long read", "Ransomware"]);
    assert_eq!(desk.count_of("    AI  "), "3");
}

#[test]
fn an_item_in_two_terms_counts_once_in_their_taxonomy() {
    let mut files = small_feed();
    let both = Article::titled("In two terms").topics(&["Medigy: One", "Medigy: Two"]).text();
    files.push(("both.md".to_owned(), both));
    let desk = Desk::open(120, 40, files);
    for topic in ["▾ Medigy", "One ", "Two "] {
        assert_eq!(desk.count_of(topic), "1", "{topic}");
    }
}

#[test]
fn typing_narrows_the_list_at_once_and_esc_widens_it_again() {
    let mut desk = desk();
    desk.keys("/records");
    assert_eq!(desk.titles(), ["A long read", "Nurses"]);
    desk.must_show("2 in All");
    desk.keys("<Enter>");
    assert_eq!(desk.titles(), ["A long read", "Nurses"]);
    desk.keys("<Esc>");
    assert_eq!(desk.titles().len(), 7);
}

#[test]
fn the_search_finds_topics_and_sites_too() {
    let mut desk = desk();
    desk.keys("/nursing informatics");
    assert_eq!(desk.titles(), ["Nurses"]);
    desk.keys("<C-u>healthcareitnews");
    assert_eq!(desk.titles().len(), 5);
    desk.keys("<C-u>sites").must_show("This search finds nothing here.");
    desk.keys("<C-u>no such words").must_show("This search finds nothing here.");
}

#[test]
fn the_filter_shows_unread_then_starred_then_all() {
    let mut desk = desk();
    desk.keys("mjsf");
    assert_eq!(desk.titles().len(), 6);
    desk.keys("f");
    assert_eq!(desk.titles(), ["Precision medicine"]);
    desk.keys("f");
    assert_eq!(desk.titles().len(), 7);
}

#[test]
fn other_orders_keep_the_item_selected() {
    let mut desk = desk();
    desk.keys("jO").must_show("newest first  (now)");
    desk.keys("j<Enter>").must_show("oldest first");
    assert!(desk.selected().contains("Precision medicine"));
    assert_eq!(desk.titles().first(), Some(&"Broken"));
    desk.keys("OO<Enter>").must_show("by title");
    assert_eq!(desk.titles().first(), Some(&"A long read"));
    desk.keys("Oj<Esc>").must_show("by title");
}

#[test]
fn everything_shown_is_marked_read_and_it_can_be_undone() {
    let mut desk = desk();
    desk.keys("tai<Enter>A").must_show("3 items marked as read. u undoes it.");
    desk.must_show("3 items, all read");
    desk.keys("u").must_show("Undone for 3 items.");
    desk.must_show("3 unread of 3");
    desk.keys("u").must_show("There is nothing to undo.");
}

#[test]
fn a_star_is_seen_in_the_list_and_in_the_tree() {
    let mut desk = desk();
    desk.keys("js");
    assert!(desk.selected().contains('★'));
    assert_eq!(desk.count_of("   Starred "), "1");
    desk.keys("m");
    assert_eq!(desk.count_of("   Starred "), "(1)", "of what is all read, how many there are");
    desk.keys("s");
    assert!(!desk.selected().contains('★'));
    desk.must_not_show("Starred");
}

#[test]
fn o_opens_the_original_and_reading_is_marked_when_it_has_opened() {
    let mut desk = desk();
    desk.keys("o");
    let effects = desk.effects();
    let [Effect::OpenLink { link, item }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(link.as_str(), "https://www.healthcareitnews.com/news/telehealth");
    desk.must_show("7 unread of 7");
    desk.tell(Message::LinkOpened { item: *item, browser: SafeText::new("Firefox") });
    desk.must_show("Opened in Firefox.");
    desk.must_show("6 unread of 7");
}

#[test]
fn an_item_without_an_original_says_so() {
    let mut desk = desk();
    desk.keys("tuncategorised<Enter>o").must_show("This item has no link to an original. v shows its file.");
    assert_eq!(desk.effects(), []);
}

#[test]
fn without_a_browser_the_link_is_shown_in_full_and_copied() {
    let mut desk = Desk::open(40, 10, small_feed());
    let link =
        Link::parse("https://www.healthcareitnews.com/news/emea/a-rather-long-address-that-needs-rows")
            .unwrap();
    desk.tell(Message::LinkNotOpened {
        link: link.clone(),
        reason: SafeText::new("There is no browser here."),
    });
    assert_eq!(desk.effects(), [Effect::CopyLink(link.clone())]);
    let shown: String = desk.screen().split_whitespace().collect();
    assert!(shown.contains(link.as_str()), "{shown}");
    desk.keys("y");
    assert_eq!(desk.effects(), [Effect::CopyLink(link)]);
    desk.must_show("Telehealth");
}

#[test]
fn digits_open_the_numbered_links() {
    let mut desk = desk();
    desk.keys("j2");
    let effects = desk.effects();
    let [Effect::OpenLink { link, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(link.as_str(), "https://example.org/two");
    desk.keys("7").must_show("There is no link 7: this article has 2 links.");
    desk.keys("k1").must_show("no numbered links");
    assert_eq!(desk.effects(), []);
}

#[test]
fn a_footnote_is_followed_and_left_again() {
    let text = "Lactate fell[^1] by a@b.org.\n\n".to_owned() + &"A line of text.\n\n".repeat(40);
    let article = Article::titled("A footnote").body(&(text + "[^1]: In most wards.")).text();
    let mut desk = Desk::open(120, 40, vec![("note.md".to_owned(), article)]);
    desk.must_show("Lactate fell⁽¹⁾[1] by a@b.org[2].");
    assert!(!desk.screen().contains("In most wards."));
    desk.keys("1").must_show("⁽¹⁾ In most wards. ↩[3]");
    assert!(!desk.screen().contains("Lactate"));
    desk.keys("3").must_show("Lactate fell");
    desk.keys("<BS>").must_show("In most wards.");
    desk.keys("<BS>").must_show("Lactate fell");
    desk.keys("<BS>").must_show("nowhere to return to");
    assert_eq!(desk.effects(), []);
    desk.keys("2");
    assert_eq!(desk.effects(), [Effect::CopyAddress(SafeText::new("a@b.org"))]);
}

#[test]
fn a_click_on_the_mark_of_a_footnote_goes_to_it() {
    let text = "Lactate fell[^1].\n\n".to_owned() + &"A line of text.\n\n".repeat(40);
    let article = Article::titled("A footnote").body(&(text + "[^1]: In most wards.")).text();
    let mut desk = Desk::open(120, 40, vec![("note.md".to_owned(), article)]);
    let (row, line) = desk
        .screen()
        .lines()
        .enumerate()
        .find_map(|(row, line)| line.contains("Lactate fell⁽").then(|| (row, line.to_owned())))
        .unwrap();
    let column = line.chars().position(|c| c == '⁽').unwrap();
    desk.mouse(MouseKind::Click, u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    desk.must_show("⁽¹⁾ In most wards.");
}

#[test]
fn two_digits_are_waited_for_where_there_are_so_many_links() {
    let links: String =
        (1..=12).map(|n| format!("<p><a href=\"https://example.org/{n}\">link {n}</a></p>")).collect();
    let article = Article::titled("Many links").body(&links).text();
    let mut desk = Desk::open(120, 40, vec![("many.md".to_owned(), article)]);
    let opened = |desk: &mut Desk| match desk.effects().as_slice() {
        [Effect::OpenLink { link, .. }] => link.to_string(),
        other => format!("{other:?}"),
    };
    desk.keys("1").must_show("Open link 1");
    desk.keys("2");
    assert_eq!(opened(&mut desk), "https://example.org/12");
    desk.keys("1<Enter>");
    assert_eq!(opened(&mut desk), "https://example.org/1");
    desk.keys("5");
    assert_eq!(opened(&mut desk), "https://example.org/5");
    desk.keys("1<Esc>");
    assert_eq!(opened(&mut desk), "[]");
}

#[test]
fn links_and_citations_are_copied() {
    let mut desk = desk();
    desk.keys("y");
    let link = Link::parse("https://www.healthcareitnews.com/news/telehealth").unwrap();
    assert_eq!(desk.effects(), [Effect::CopyLink(link)]);
    desk.keys("c");
    assert_eq!(desk.effects(), [Effect::CopyCitation(desk.item("telehealth.md"))]);
}

#[test]
fn the_help_finds_an_action_by_its_words_and_does_it() {
    let mut desk = desk();
    desk.keys("?").must_show("Open the original article in the browser");
    desk.keys("citation").must_show("Copy a citation of the original article.");
    desk.must_not_show("Move down a line.");
    desk.keys("<Enter>");
    assert_eq!(desk.effects(), [Effect::CopyCitation(desk.item("telehealth.md"))]);
}

#[test]
fn a_broken_file_is_marked_and_listed_among_the_problems_and_can_be_read() {
    let mut desk = desk();
    assert!(desk.row_with("Broken in the middle").is_some_and(|row| row.contains('!')));
    desk.keys("!").must_show("broken.md:");
    desk.keys("<Enter>").must_show("Still here.");
    assert_eq!(desk.reader.focus(), Pane::Article);
    desk.must_show("! The value of `title` is not valid YAML");
    desk.keys("q").must_show("Problems: 1 error");
}

#[test]
fn broken_files_are_mentioned_when_the_feed_has_been_read() {
    desk().must_show("1 of 7 items is broken. ! shows why.");
}

#[test]
fn a_long_taxonomy_is_folded_until_somebody_unfolds_it() {
    let terms: Vec<String> = (0..30).map(|number| format!("Long: Term {number}")).collect();
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    let article = Article::titled("Many terms").topics(&terms).text();
    let other = Article::titled("Two terms").topics(&["Short: One", "Short: Two"]).text();
    let files = [("many.md".to_owned(), article), ("two.md".to_owned(), other)];
    let mut low = Desk::open(120, 34, files.to_vec());
    low.must_show("▸ Long");
    low.must_show("▾ Short");
    low.keys("tterm 17<Enter>").must_show("▾ Long");
    low.must_show("Term 17");
    // Where there is room for all of it, there is no need to unfold it.
    Desk::open(120, 60, files.to_vec()).must_show("▾ Long");
}

#[test]
fn the_file_can_be_seen_as_it_is() {
    let mut desk = desk();
    desk.keys("<Enter>v").must_show("original: https://www.healthcareitnews.com/news/telehealth");
    desk.must_show("telehealth.md, as it is.");
    desk.keys("v").must_show("All about it: Telehealth after the pandemic.");
}

#[test]
fn esc_never_quits_and_q_goes_back_before_it_quits() {
    let mut desk = desk();
    desk.keys("<Enter><Esc><Esc><Esc>");
    assert_eq!(desk.effects(), []);
    desk.keys("<Enter>q");
    assert_eq!(desk.effects(), []);
    desk.keys("q");
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn q_leaves_a_search_then_a_topic_before_it_quits() {
    let mut desk = desk();
    desk.keys("tai<Enter>/tele<Enter>q");
    assert_eq!(desk.titles().len(), 3, "the search is gone");
    desk.keys("q").must_show("7 unread of 7");
    assert_eq!(desk.effects(), []);
    desk.keys("q");
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn a_topic_whose_items_are_all_read_points_to_the_next() {
    let mut desk = desk();
    desk.keys("tai<Enter>An").must_show("Nothing else is unread here. ] goes to the next topic.");
}

#[test]
fn ctrl_c_quits_from_everywhere() {
    for before in ["", "<Enter>", "t", "?", "!", "/", "z", "h"] {
        let mut desk = desk();
        desk.keys(before).keys("<C-c>");
        assert_eq!(desk.effects(), [Effect::Quit], "after {before:?}");
    }
}

#[test]
fn a_refresh_moves_neither_cursor_nor_scroll_nor_marks() {
    let mut desk = desk();
    desk.keys("jjs<Enter><C-d>");
    let article = |desk: &Desk| {
        desk.screen()
            .lines()
            .skip(20)
            .take(19)
            .map(|row| row.chars().skip(36).collect())
            .collect::<Vec<String>>()
    };
    let before = article(&desk);
    let newest = Article::titled("Telehealth, the newest").dated("2026-11-22").text();
    desk.put("a-newest.md", &newest);
    desk.keys("r").must_show("1 new.");
    assert_eq!(article(&desk), before);
    desk.keys("q");
    let selected = desk.selected();
    assert!(
        selected.contains("A long read") && selected.contains('★') && !selected.contains('●'),
        "{selected}"
    );
}

#[test]
fn a_selected_item_that_has_gone_leaves_the_cursor_within_the_list() {
    let mut desk = desk();
    desk.remove("broken.md");
    desk.keys("Gr").must_show("1 gone.");
    assert!(desk.selected().contains("Without a topic"), "{}", desk.selected());
}

#[test]
fn items_that_arrive_do_not_move_the_cursor_once_somebody_has_chosen() {
    let files = small_feed();
    let loaded = |slugs: &[&str]| {
        let chosen =
            (1..).zip(&files).filter(|(_, (path, _))| slugs.iter().any(|slug| path.starts_with(slug)));
        let headline = |(number, (path, text)): (u32, &(String, String))| {
            Headline::of(ItemId::new(number), &rounds::item::ItemFile::read(path, text.as_bytes()).item)
        };
        let written = chosen.map(headline).collect();
        Message::Items { epoch: 0, written, removed: Vec::new() }
    };
    let mut desk = Desk::closed(120, 40, files.clone());
    let size = rounds::reader::Size { columns: 120, rows: 40 };
    let _ = rounds::reader::update(&mut desk.reader, Message::Started(size, TODAY));
    desk.tell(loaded(&["nurses", "long"]));
    assert!(desk.selected().contains("A long read"));
    desk.tell(loaded(&["precision"]));
    assert!(desk.selected().contains("Precision medicine"), "nobody has chosen yet, so the newest is shown");
    desk.keys("j");
    desk.tell(loaded(&["telehealth"]));
    assert!(desk.selected().contains("A long read"), "{}", desk.selected());
}

#[test]
fn items_of_another_epoch_are_left_out() {
    let mut desk = desk();
    let item = rounds::item::ItemFile::read("late.md", b"---\ntitle: Too late\n---\n").item;
    let written = vec![Headline::of(ItemId::new(99), &item)];
    desk.tell(Message::Items { epoch: 99, written, removed: Vec::new() });
    desk.must_not_show("Too late");
}

#[test]
fn a_new_day_moves_what_is_of_today() {
    let mut desk = desk();
    assert_eq!(desk.count_of("Today"), "1");
    desk.tell(Message::NewDay(TODAY.tomorrow().unwrap()));
    desk.must_not_show("Today");
    assert_eq!(desk.count_of("This week"), "2");
}

#[test]
fn brackets_go_to_topics_with_news_only() {
    let mut desk = desk();
    desk.keys("]").must_show("Test feed › Healthcare IT News");
    desk.keys("]").must_show("Healthcare IT News › Precision Medicine");
    desk.keys("A]").must_show("Healthcare IT News › Telehealth");
    desk.keys("[").must_show("Test feed › Healthcare IT News ");
}

#[test]
fn topics_fold_and_unfold() {
    let mut desk = desk();
    desk.keys("h]").must_show("Precision Medicine");
    desk.keys("h");
    assert!(desk.row_with("▸ Healthcare IT News").is_some());
    desk.must_not_show("     Telehealth  ");
    desk.keys("l");
    assert!(desk.row_with("▾ Healthcare IT News").is_some());
}

#[test]
fn the_mouse_selects_reads_and_scrolls() {
    let mut desk = desk();
    let list = desk.reader.panes().list.unwrap();
    desk.mouse(MouseKind::Click, list.x + 10, list.y + 2);
    assert!(desk.selected().contains("A long read"));
    desk.mouse(MouseKind::Click, list.x + 10, list.y + 2);
    assert_eq!(desk.reader.focus(), Pane::Article);
    let before = desk.screen();
    let article = desk.reader.panes().article.unwrap();
    desk.mouse(MouseKind::WheelDown, article.x + 10, article.y + 2);
    assert_ne!(desk.screen(), before);
    desk.mouse(MouseKind::WheelUp, article.x + 10, article.y + 2);
    assert_eq!(desk.screen(), before);
    desk.mouse(MouseKind::Click, 3, 1);
    assert_eq!(desk.reader.focus(), Pane::Topics);
}

#[test]
fn a_click_on_a_link_opens_it() {
    let mut desk = desk();
    desk.keys("j");
    let screen = desk.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains("See one[")).unwrap();
    let column = line.split("one").next().unwrap().chars().count();
    desk.mouse(MouseKind::Click, u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    let effects = desk.effects();
    let [Effect::OpenLink { link, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(link.as_str(), "https://example.org/one");
}

#[test]
fn on_a_middling_screen_the_topics_are_a_drawer() {
    let mut desk = Desk::open(80, 24, small_feed());
    desk.must_not_show("Unread");
    desk.keys("h").must_show("Unread");
    desk.keys("jjj<Enter>").must_not_show("Unread");
    desk.must_show("This week");
}

#[test]
fn on_a_small_screen_there_is_one_pane_at_a_time() {
    let mut desk = Desk::open(40, 10, small_feed());
    desk.must_show("Telehealth after");
    desk.must_not_show("All about it");
    desk.keys("<Enter>").must_show("Telehealth");
    desk.keys("<C-d><C-d>").must_show("All about it");
    desk.keys("qh").must_show("Unread");
}

#[test]
fn zen_shows_the_article_alone() {
    let mut desk = desk();
    desk.keys("z<Space>").must_not_show("Unread");
    desk.must_not_show("Enter open");
    desk.keys("zz").must_show("z or q shows the rest again.");
    desk.keys("q").must_show("Unread");
}

#[test]
fn the_place_in_the_text_is_kept_when_the_screen_changes() {
    let mut desk = desk();
    desk.keys("jj<Enter>G");
    desk.resize(60, 20);
    desk.resize(1, 1);
    desk.resize(200, 60);
    desk.resize(120, 40);
    desk.must_show("end");
}

#[test]
fn pasted_text_is_typed_without_its_commands() {
    let mut desk = desk();
    desk.keys("/");
    desk.tell(Message::Pasted("nur\u{1b}[31m\u{7}ses\n".to_owned()));
    assert_eq!(desk.titles(), ["Nurses"]);
}

#[test]
fn an_unknown_key_is_answered() {
    let mut desk = desk();
    desk.keys("x").must_show("x does nothing here. ? shows all keys.");
}

/// An item that says something of whether it is published.
fn releasing(title: &str, field: &str) -> String {
    Article::titled(title).field(field).dated("2026-11-20").body("<p>Some words.</p>").text()
}

#[test]
fn withheld_items_are_counted_and_named_and_an_embargoed_one_comes_by_itself() {
    let clock = |now: &str| Message::Time(Clock { now: now.parse().unwrap(), newest: None });
    let mut desk = Desk::closed(120, 40, Vec::new());
    desk.put("published.md", &releasing("Published today", "via: us"));
    desk.put("draft.md", &releasing("A draft of mine", "draft: true"));
    desk.put("embargo.md", &releasing("The embargoed trial", "publishDate: 2026-11-23T09:00:00Z"));
    desk.tell(clock("2026-11-22T12:00:00Z"));
    desk.start(Memory::default());
    desk.must_show("Published today");
    desk.must_show("1 unread of 1 · 2 withheld");
    desk.must_not_show("embargoed");
    desk.keys("!");
    desk.must_show("Problems: 0 errors, 0 warnings, 2 withheld");
    desk.must_show("draft.md:3");
    desk.must_show("This is a draft, so it is listed only with --drafts.");
    desk.keys("<Enter>");
    desk.must_show("That item is withheld, so it is in no list.");
    desk.keys("<Esc>/trial<Enter>");
    desk.must_not_show("The embargoed trial");
    desk.keys("<Esc><Esc>");
    desk.tell(clock("2026-11-23T09:00:00Z"));
    desk.must_show("The embargoed trial");
    desk.must_show("2 unread of 2 · 1 withheld");
}

#[test]
fn where_everything_is_withheld_the_list_says_so() {
    let desk = Desk::open(80, 24, vec![("a.md".to_owned(), releasing("A draft", "draft: true"))]);
    desk.must_show("All items here are withheld.");
    desk.must_show("1 withheld");
}
