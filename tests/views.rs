//! How the panes stand, what moves them, and that this is remembered.

#[cfg(test)]
mod support;

use std::path::Path;

use rounds::item::SafeText;
use rounds::reader::{Arrangement, MarkRead, Memory, Message, MouseKind, Pane, Reader, Save, update};
use support::Article;
use support::desk::Desk;
use support::small_feed::small_feed;

fn desk() -> Desk {
    Desk::open(120, 40, small_feed())
}

/// Headlines, each with a text that is longer than a screen.
#[cfg(test)]
fn long_list() -> Vec<(String, String)> {
    let text = format!("<p>{}</p>", "Text. ".repeat(2000));
    let file = |number: u32| {
        let title = format!("Item {number:02}");
        (format!("{number:02}.md"), Article::titled(&title).dated("2026-05-05").body(&text).text())
    };
    (10..70).map(file).collect()
}

fn settings(saves: &[Save]) -> Vec<(String, String)> {
    let setting = |save: &Save| match save {
        Save::Setting { name, value } => Some((name.clone(), value.clone())),
        _ => None,
    };
    saves.iter().filter_map(setting).collect()
}

#[test]
fn one_key_goes_round_the_views_that_there_is_room_for() {
    use Arrangement::{Columns, List, Split};
    for (size, forward) in [
        ((120, 40), [Split, List, Split]),
        ((200, 60), [Columns, List, Split]),
        ((80, 24), [List, Split, List]),
    ] {
        let mut desk = Desk::open(size.0, size.1, small_feed());
        for (keys, expected) in ["", "w", "w"].into_iter().zip(forward) {
            desk.keys(keys);
            let panes = desk.reader.panes();
            let shown = match (panes.article, panes.list_rule) {
                (None, _) => List,
                (_, Some(rule)) if rule.height == 1 => Split,
                _ => Columns,
            };
            assert_eq!(shown, expected, "{size:?}, {keys}");
        }
    }
    let mut wide = Desk::open(200, 60, small_feed());
    let before = wide.screen();
    assert_eq!(wide.keys("wWq<Esc>").screen().lines().next(), before.lines().next());
    Desk::open(40, 10, small_feed()).keys("w").must_show("A larger window has other views.");
}

#[test]
fn in_the_list_view_enter_opens_the_article_over_the_headlines_and_back_returns() {
    let mut desk = Desk::open(80, 24, small_feed());
    desk.must_not_show("All about it");
    let list = desk.list_rows();
    desk.keys("j<Enter>").must_show("Nested");
    assert!(desk.reader.panes().list.is_none());
    desk.keys("q");
    assert_eq!(desk.list_rows()[0], list[0].replace('▌', " "), "the other headlines are where they were");
    desk.keys("h").must_show("Healthcare IT News");
}

#[test]
fn each_class_of_sizes_keeps_its_own_view_and_a_start_comes_back_to_it() {
    let mut desk = desk();
    desk.keys("w");
    assert_eq!(settings(&desk.saves()), [("panes.large".to_owned(), "list - - -".to_owned())]);
    desk.resize(80, 24);
    desk.keys("w");
    let saved = settings(&desk.saves());
    assert_eq!(saved, [("panes.medium".to_owned(), "split - - -".to_owned())]);
    desk.resize(130, 44);
    assert!(desk.reader.panes().article.is_none(), "a large window shows headlines only");
    let memory = Memory { settings: saved, ..Memory::default() };
    let again = Desk::open_with(80, 24, small_feed(), memory);
    assert!(again.reader.panes().list_rule.is_some_and(|rule| rule.height == 1), "{}", again.screen());
}

#[test]
fn the_border_moves_by_keys_and_by_the_mouse_and_stays_there() {
    let mut desk = Desk::open(120, 40, long_list());
    let height = |desk: &Desk| desk.reader.panes().list.unwrap().height;
    assert_eq!(height(&desk), 23);
    desk.keys("--");
    assert_eq!(height(&desk), 21);
    desk.keys("+");
    assert_eq!(settings(&desk.saves()).last().unwrap().1, "- 22 - -");
    let rule = desk.reader.panes().list_rule.unwrap();
    desk.mouse(MouseKind::Click, rule.x + 3, rule.y);
    desk.mouse(MouseKind::Drag, rule.x + 3, 11);
    desk.mouse(MouseKind::Release, rule.x + 3, 11);
    assert_eq!((height(&desk), desk.reader.panes().list_rule.unwrap().y), (10, 11));
    desk.mouse(MouseKind::Drag, rule.x + 3, 30);
    assert_eq!(height(&desk), 10, "the button was let go");
    let saved = settings(&desk.saves());
    let again = Desk::open_with(120, 40, long_list(), Memory { settings: saved, ..Memory::default() });
    assert_eq!(height(&again), 10);
    desk.keys(&"-".repeat(60));
    assert_eq!(height(&desk), 3, "a border leaves something of both");
    desk.keys(&"+".repeat(60));
    assert_eq!((height(&desk), desk.reader.panes().article.unwrap().height), (34, 3));
    let mut wide = Desk::open(200, 60, long_list());
    let width = wide.reader.panes().list.unwrap().width;
    wide.keys("-");
    assert_eq!(wide.reader.panes().list.unwrap().width, width - 4);
    Desk::open(80, 24, long_list())
        .keys("+")
        .must_show("There is no border to move in this view. w shows another.");
}

#[test]
fn the_list_steps_back_while_an_article_is_read_and_comes_back_as_it_was() {
    let mut desk = Desk::open(120, 40, long_list());
    desk.keys("<C-d><C-d>");
    let (before, top) = (desk.list_rows(), desk.selected());
    desk.must_show(" preview ");
    desk.keys("<Enter>");
    assert_eq!(desk.reader.panes().list.unwrap().height, 5);
    assert!(desk.selected().trim_start_matches([' ', '●']).starts_with(top.trim_start_matches([' ', '●'])));
    desk.must_not_show(" preview ");
    desk.keys("mq");
    assert_eq!(desk.list_rows(), before);
}

#[test]
fn what_comes_does_not_move_an_article_that_is_being_read() {
    let mut desk = Desk::open(120, 40, small_feed().into_iter().take(3).collect());
    desk.keys("<Enter>");
    let rule = desk.reader.panes().list_rule.unwrap().y;
    for number in 0..4 {
        desk.put(&format!("fresh{number}.md"), &Article::titled("Fresh").dated("2026-11-22").text());
    }
    desk.source_changes();
    assert_eq!(desk.reader.panes().list_rule.unwrap().y, rule);
    desk.keys("q");
    assert_eq!(desk.reader.panes().list_rule.unwrap().y, rule + 4);
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_changes_neither_selection_nor_article() {
    let mut desk = Desk::open(120, 40, long_list());
    desk.keys("<Enter>");
    let (selected, list) = (desk.selected(), desk.reader.panes().list.unwrap());
    let article = desk.reader.panes().article.unwrap();
    let text = |desk: &Desk| desk.screen().lines().nth(usize::from(article.y)).unwrap().to_owned();
    let title = text(&desk);
    desk.mouse(MouseKind::WheelDown, list.x + 5, list.y + 1);
    desk.mouse(MouseKind::WheelDown, list.x + 5, list.y + 1);
    assert!(desk.list_rows()[0].contains("Item 16"), "{:?}", desk.list_rows());
    assert_eq!(text(&desk), title);
    desk.mouse(MouseKind::WheelUp, list.x + 5, list.y + 1);
    desk.mouse(MouseKind::WheelUp, list.x + 5, list.y + 1);
    assert_eq!(desk.selected(), selected);
    desk.mouse(MouseKind::WheelDown, article.x + 5, article.y + 1);
    assert_ne!(text(&desk), title);
    desk.mouse(MouseKind::WheelDown, list.x + 5, list.y + 1);
    desk.keys("J");
    assert!(desk.selected().contains("Item 11"), "a key comes back to what is selected: {}", desk.selected());
}

#[test]
fn keys_in_the_footer_can_be_clicked_and_so_can_triangles() {
    let mut desk = desk();
    let footer = |desk: &Desk| desk.screen().lines().last().unwrap().to_owned();
    let column =
        |row: &str, text: &str| u16::try_from(row.split_once(text).unwrap().0.chars().count()).unwrap();
    // What is told is in the place of the keys until one is pressed.
    desk.keys("jk");
    assert_eq!(footer(&desk), " Enter open  Space page  s star  o browser  / search  ? help");
    desk.mouse(MouseKind::Click, column(&footer(&desk), "star"), 39);
    assert!(desk.selected().contains('★'));
    desk.keys("k");
    desk.mouse(MouseKind::Click, column(&footer(&desk), "? help"), 39);
    desk.must_show("Tab next section");
    desk.keys("<Esc>");
    let row = desk.screen().lines().position(|row| row.contains("▾ Healthcare IT News")).unwrap();
    desk.mouse(MouseKind::Click, 1, u16::try_from(row).unwrap());
    desk.must_show("▸ Healthcare IT News");
    desk.must_not_show("Precision Medicine ");
    let folds = settings(&desk.saves()).into_iter().filter(|(name, _)| name == "folds").collect();
    let memory = Memory { settings: folds, ..Memory::default() };
    let again = Desk::open_with(120, 40, small_feed(), memory);
    again.must_show("▸ Healthcare IT News");
    again.must_show("▾ MeSH");
}

#[test]
fn topics_stand_by_name_or_by_what_is_unread_in_them() {
    let article = |topic: &str| Article::titled("Any").dated("2026-01-01").topics(&[topic, "B: b"]).text();
    let files = ["A: one", "A: two", "A: two", "A: three"].iter().zip(0..);
    let files: Vec<_> = files.map(|(topic, number)| (format!("{number}.md"), article(topic))).collect();
    let mut desk = Desk::open(120, 40, files);
    let place = |desk: &Desk, topic: &str| desk.screen().lines().position(|row| row.contains(topic)).unwrap();
    assert!(place(&desk, " three ") < place(&desk, " two "));
    desk.keys("hO").must_show("by name  (now)");
    desk.keys("j<Enter>");
    assert!(place(&desk, " two ") < place(&desk, " one "));
    assert_eq!(settings(&desk.saves()), [("topics.order".to_owned(), "unread".to_owned())]);
}

#[test]
fn a_taxonomy_alone_needs_no_heading_and_an_empty_view_no_row() {
    let file = |number: u32, topic: &str| {
        (format!("{number}.md"), Article::titled("Any").dated("2020-01-01").topics(&[topic]).text())
    };
    let mut desk = Desk::open(120, 40, vec![file(1, "Sepsis"), file(2, "Stroke")]);
    desk.must_not_show("Other topics");
    desk.must_show("   Sepsis ");
    for empty in ["Today", "This week", "Starred", "New since"] {
        desk.must_not_show(empty);
    }
    // A view that is empty is there for who goes to it.
    desk.keys("tstarred<Enter>").must_show("▌  Starred ");
    desk.must_show("Nothing has a star yet.");
    desk.keys("tsepsis<Enter>").must_show("Test feed › Sepsis");
}

#[test]
fn the_filter_stands_in_the_header_and_goes_with_one_key() {
    for (size, chip) in
        [((120, 40), "[unread only] 7 unread of 7"), ((80, 24), "[unread only]"), ((40, 10), "[unread]")]
    {
        let mut desk = Desk::open(size.0, size.1, small_feed());
        desk.keys("f");
        assert!(desk.screen().lines().next().unwrap().contains(chip), "{}", desk.screen());
        desk.keys("<Esc>").must_not_show("[unread");
    }
}

#[test]
fn tab_goes_from_section_to_section_of_the_help_and_f1_opens_it() {
    let mut desk = desk();
    update(&mut desk.reader, Message::Key(rounds::reader::Key::plain(rounds::reader::KeyCode::F1)));
    let selected = |desk: &Desk| desk.screen().lines().find(|row| row.starts_with('▌')).unwrap().to_owned();
    assert!(selected(&desk).contains("Go to the pane on the left."));
    desk.must_show("In the topics, it folds a taxonomy");
    assert!(selected(desk.keys("<Tab>")).contains("Go to a topic"));
    assert!(selected(desk.keys("<Tab>")).contains("Mark the item as read"));
    assert!(selected(desk.keys("<S-Tab><S-Tab><S-Tab>")).contains("Fetch bundles"));
}

/// The articles that are marked as read after some keys, when marking is as configured.
#[cfg(test)]
fn read_after(when: MarkRead, keys: &str) -> usize {
    let mut desk = Desk::closed(120, 40, small_feed());
    desk.reader = Reader::new(SafeText::new("Test feed"), None).marking_read(when);
    desk.start(Memory::default());
    desk.keys(keys);
    let unread = desk.reader.counts(rounds::library::View::Unread).unread;
    if let Some(item) = desk.reader.at_its_end() {
        desk.tell(Message::Seen(item));
        assert_eq!(desk.reader.counts(rounds::library::View::Unread).unread, unread - 1);
    }
    7 - desk.reader.counts(rounds::library::View::Unread).unread
}

#[test]
fn an_article_is_marked_when_it_is_opened_or_when_its_end_was_seen_or_never() {
    for (when, keys, read) in [
        (MarkRead::Open, "<Enter>", 1),
        (MarkRead::Open, "jj<Enter>", 1),
        // The third is longer than the screen.
        (MarkRead::Seen, "jj<Enter>", 0),
        (MarkRead::Seen, "jj<Enter>G", 1),
        (MarkRead::Seen, "jj", 0),
        // A short one is seen to its end as soon as it is looked at.
        (MarkRead::Seen, "j", 1),
        (MarkRead::Seen, "j?", 0),
        (MarkRead::Never, "<Enter><Space><Space>J", 0),
        (MarkRead::Never, "<Enter>m", 1),
    ] {
        assert_eq!(read_after(when, keys), read, "{when:?} {keys}");
    }
}

#[test]
fn first_words_stand_below_the_headlines_where_one_wants_to_skim() {
    let mut desk = Desk::open(80, 24, small_feed());
    desk.must_not_show("All about it");
    desk.keys("i");
    assert_eq!(desk.list_rows()[1], "▌  All about it: Telehealth after the pandemic.");
    assert_eq!(desk.list_rows()[3].trim(), "See one and two.");
    assert_eq!(settings(&desk.saves()), [("list.rows".to_owned(), "skim".to_owned())]);
    let memory = Memory { settings: vec![("list.rows".to_owned(), "skim".to_owned())], ..Memory::default() };
    Desk::open_with(80, 24, small_feed(), memory).must_show("All about it");
    desk.keys("i").must_not_show("All about it");
}

#[test]
fn the_hidden_cursor_follows_what_the_user_attends_to() {
    let mut desk = desk();
    let list = desk.reader.panes().list.unwrap();
    assert_eq!(desk.reader.attended(), Some((list.x, list.y)));
    desk.keys("jj");
    assert_eq!(desk.reader.attended(), Some((list.x, list.y + 2)));
    desk.keys("<Enter>");
    let article = desk.reader.panes().article.unwrap();
    assert_eq!(desk.reader.focus(), Pane::Article);
    assert_eq!(desk.reader.attended().map(|(_, row)| row), Some(article.y));
    desk.keys("qh");
    assert_eq!(desk.reader.attended(), Some((0, 1)));
    desk.keys("O");
    assert_eq!(desk.reader.attended(), Some((0, 3)));
}

#[test]
fn the_changelog_that_is_pointed_at_is_there() {
    assert!(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/CHANGELOG.md")).exists());
}
