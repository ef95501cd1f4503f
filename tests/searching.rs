//! Searching as somebody does it: what is found while it is typed, what is said of a search that cannot be
//! understood, and how one goes through what was found.

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

use ratatui::style::Modifier;
use rounds::item::SafeText;
use rounds::library::Hits;
use rounds::reader::{Asker, Effect, Message, Pane};
use support::Article;
use support::desk::Desk;

/// What the titles of this feed begin with, the newest first.
const TITLES: [&str; 4] = ["Café culture", "Sepsis bundles", "A data breach", "Old notes"];

/// Four items; each is found by words that stand in one part of it only.
fn feed() -> Vec<(String, String)> {
    let file = |path: &str, article: Article| (path.to_owned(), article.text());
    let filler = "<p>A paragraph that is there to be scrolled over, and says nothing else.</p>".repeat(30);
    let sepsis = format!(
        "<p>Early antibiotics save lives.</p>{filler}<p>The bundle is a follow-up to antibiotics.</p>{filler}"
    );
    vec![
        file(
            "cafe.md",
            Article::titled("Café culture on the ward")
                .dated("2026-11-21")
                .link("https://nurse.example/cafe")
                .author("Ana Núñez")
                .topics(&["Wards: Culture"])
                .summary("Where the night shift meets after a long and quiet evening.")
                .body("<p>Coffee keeps the sepsis team awake.</p>"),
        ),
        file(
            "sepsis.md",
            Article::titled("Sepsis bundles work")
                .dated("2026-11-19")
                .link("https://journal.example/sepsis")
                .author("Ben Okafor")
                .topics(&["Clinical: Infection"])
                .body(&sepsis),
        ),
        file(
            "breach.md",
            Article::titled("A data breach at a clinic")
                .dated("2026-11-15")
                .link("https://journal.example/breach")
                .author("Ana Núñez")
                .topics(&["Security: Breaches"])
                .body("<p>Of all the data, this was lost. The antibiotic stocks were not touched.</p>"),
        ),
        file("old.md", Article::titled("Old notes").dated("2019-01-01").body("<p>Nothing is known.</p>")),
    ]
}

fn desk() -> Desk {
    Desk::open(120, 40, feed())
}

fn found(desk: &Desk) -> Vec<&'static str> {
    desk.titles_among(&TITLES)
}

const CAFE: &str = TITLES[0];
const SEPSIS: &str = TITLES[1];
const BREACH: &str = TITLES[2];
const OLD: &str = TITLES[3];

#[test]
fn every_part_of_an_item_is_searched_and_the_newest_comes_first() {
    let searches: [(&str, &[&str]); 9] = [
        ("bundles", &[SEPSIS]),
        ("evening", &[CAFE]),
        ("coffee", &[CAFE]),
        ("infection", &[SEPSIS]),
        ("okafor", &[SEPSIS]),
        ("journal.example", &[SEPSIS, BREACH]),
        ("sepsis", &[CAFE, SEPSIS]),
        ("sepsis infection", &[SEPSIS]),
        ("zebra", &[]),
    ];
    let mut desk = desk();
    for (typed, titles) in searches {
        desk.keys("/<C-u>").keys(typed);
        assert_eq!(found(&desk), titles, "{typed}");
        desk.keys("<Esc>");
        assert_eq!(found(&desk).len(), 4, "after {typed} was left");
    }
}

#[test]
fn words_phrases_and_what_must_not_be_there_mean_what_they_say() {
    let searches: [(&str, &[&str]); 9] = [
        ("antibio", &[SEPSIS, BREACH]),
        ("\"antibiotic\"", &[BREACH]),
        ("CAFE nunez", &[CAFE]),
        ("data breach", &[BREACH]),
        ("\"the data\"", &[BREACH]),
        ("\"save the lives\"", &[]),
        ("follow-up", &[SEPSIS]),
        ("sepsis -coffee", &[SEPSIS]),
        ("-\"data breach\" -sepsis", &[OLD]),
    ];
    let mut desk = desk();
    for (typed, titles) in searches {
        desk.keys("/<C-u>").keys(typed);
        assert_eq!(found(&desk), titles, "{typed}");
        desk.keys("<Enter>");
        assert_eq!(found(&desk), titles, "{typed}, when it was entered");
        desk.keys("<Esc>");
    }
}

#[test]
fn topics_sites_authors_marks_and_dates_are_asked_for_by_name() {
    let searches: [(&str, &[&str]); 15] = [
        ("topic:infec", &[SEPSIS]),
        ("-topic:infection", &[CAFE, BREACH, OLD]),
        ("topic:\"security breaches\"", &[BREACH]),
        ("site:nurse", &[CAFE]),
        ("author:nunez", &[CAFE, BREACH]),
        ("author:sepsis", &[]),
        ("author:nunez -author:okafor breach", &[BREACH]),
        ("is:unread", &[CAFE, SEPSIS, OLD]),
        ("is:read", &[BREACH]),
        ("is:starred", &[SEPSIS]),
        ("since:3d", &[CAFE, SEPSIS]),
        ("before:2026-11-16", &[BREACH, OLD]),
        ("before:2020", &[OLD]),
        ("since:2026-11-15 before:2026-11-20 is:unread", &[SEPSIS]),
        ("antibiotic is:unread", &[SEPSIS]),
    ];
    let mut desk = desk();
    desk.keys("jsjmg");
    for (typed, titles) in searches {
        desk.keys("/<C-u>").keys(typed);
        assert_eq!(found(&desk), titles, "{typed}");
        desk.keys("<Esc>");
    }
}

#[test]
fn the_list_narrows_with_every_letter_and_widens_with_every_one_taken_back() {
    let mut desk = desk();
    let mut seen = Vec::new();
    desk.keys("/");
    for letter in ["s", "e", "p", " -", "c", "<BS>", "<BS><BS>", "<C-w>"] {
        desk.keys(letter);
        seen.push(found(&desk).len());
    }
    assert_eq!(seen, [3, 2, 2, 2, 1, 2, 2, 4]);
}

#[test]
fn a_search_that_cannot_be_understood_is_explained_and_leaves_what_was_found() {
    for (wrong, why) in [
        (" is:purple", "is:purple: write is:unread, is:read, is:starred or is:new"),
        (" since:x", "since:x: write a number and d, w, m or y, or a date, as in since:7d"),
        (" since:2021-13-01", "since:2021-13-01: there is no such day"),
    ] {
        let mut desk = desk();
        desk.keys("/sepsis").keys(wrong).must_show(why);
        assert_eq!(found(&desk), [CAFE, SEPSIS], "{wrong}");
        desk.must_show(&format!("/sepsis{wrong}"));
        desk.keys("<C-w>").must_not_show(why);
    }
}

#[test]
fn nothing_is_said_of_what_is_only_begun() {
    for begun in
        ["is:", "is:un", "since:", "since:2", "since:2021-", "topic:", "author:", "\"da", "-", "site:\""]
    {
        let mut desk = desk();
        desk.keys("/").keys(begun);
        desk.must_not_show("write ");
        desk.must_not_show("found by this search");
        assert!(!found(&desk).is_empty(), "{begun}");
    }
}

#[test]
fn enter_on_a_search_that_cannot_be_understood_lets_it_be_mended() {
    let mut desk = desk();
    desk.keys("/sepsis since:2021-<Enter>").must_show("since:2021-: write a number");
    desk.must_show("/sepsis since:2021-");
    assert_eq!(found(&desk), [CAFE, SEPSIS]);
    desk.keys("<BS><Enter>").must_not_show("write a number");
    assert_eq!(found(&desk), [CAFE, SEPSIS]);
    desk.keys("<Esc>");
    assert_eq!(found(&desk).len(), 4);
}

#[test]
fn esc_leaves_a_search_that_cannot_be_understood_and_its_reason() {
    let mut desk = desk();
    desk.keys("/is:purple<Esc>").must_not_show("is:purple");
    assert_eq!(found(&desk).len(), 4);
    desk.keys("/").must_not_show("is:purple");
}

#[test]
fn an_empty_line_shows_what_a_search_knows() {
    let mut desk = desk();
    desk.keys("/").must_show("since:7d");
    desk.keys("s").must_not_show("since:7d");
}

#[test]
fn what_was_found_is_shown_with_the_words_around_it() {
    let mut desk = desk();
    desk.keys("/sepsis");
    let rows = desk.list_rows();
    assert!(rows[0].contains("Café culture") && rows[1].contains("Coffee keeps the sepsis team"), "{rows:?}");
    desk.keys("<Esc>").must_show("Sepsis bundles");
    let rows = desk.list_rows();
    assert!(rows[1].contains("Sepsis bundles"), "an item takes one row again: {rows:?}");
}

/// The words in a part of the screen that stand out from those around them.
fn highlighted(desk: &Desk, area: rounds::reader::Area) -> Vec<String> {
    let buffer = desk.buffer();
    let mut words = vec![String::new()];
    for row in area.y..area.y + area.height {
        for column in area.x..area.x + area.width {
            let cell = &buffer[(column, row)];
            let last = words.last_mut().unwrap();
            if cell.modifier.contains(Modifier::UNDERLINED | Modifier::REVERSED) {
                last.push_str(cell.symbol());
            } else if !last.is_empty() {
                words.push(String::new());
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_words_that_were_found_stand_out_in_titles_contexts_and_the_article() {
    let mut desk = desk();
    desk.keys("/sep");
    let panes = desk.reader.panes();
    assert_eq!(highlighted(&desk, panes.list.unwrap()), ["sepsis", "Sepsis"]);
    let words = highlighted(&desk, panes.article.unwrap());
    assert!(words.contains(&"sepsis".to_owned()), "{words:?}");
    desk.keys("<Esc>");
    assert_eq!(highlighted(&desk, panes.list.unwrap()), Vec::<String>::new());
}

#[test]
fn n_goes_from_match_to_match_in_the_article_and_says_where_it_is() {
    let mut desk = desk();
    desk.keys("/antibiotics<Enter><Enter>");
    assert_eq!(desk.reader.focus(), Pane::Article);
    desk.keys("n").must_show("Match 1 of 2");
    desk.must_show("Early antibiotics");
    desk.keys("n").must_show("Match 2 of 2");
    desk.must_show("follow-up to antibiotics");
    desk.keys("n").must_show("Match 1 of 2, from the top again");
    desk.keys("N").must_show("Match 2 of 2, from the end again");
    desk.keys("N").must_show("Match 1 of 2");
    assert!(desk.selected().contains("Sepsis"), "{}", desk.selected());
}

#[test]
fn n_goes_on_from_where_somebody_has_scrolled_to() {
    let mut desk = desk();
    desk.keys("/antibiotics<Enter><Enter>nG");
    desk.keys("N").must_show("Match 2 of 2");
    desk.keys("gn").must_show("Match 1 of 2");
}

#[test]
fn another_search_begins_with_its_own_first_match() {
    let mut desk = desk();
    desk.keys("/antibiotics<Enter><Enter>nn").must_show("Match 2 of 2");
    desk.keys("/okafor<Enter><Enter>").must_not_show("match 2 of");
    desk.keys("n").must_show("Match 1 of 1");
}

#[test]
fn in_an_article_without_matches_and_in_the_list_n_goes_to_the_next_unread_item() {
    let mut desk = desk();
    desk.keys("/sepsis<Enter>n");
    assert!(desk.selected().contains("Sepsis bundles"), "{}", desk.selected());
    desk.keys("<Esc>g<Enter>n");
    assert!(desk.selected().contains("Sepsis bundles"), "{}", desk.selected());
}

#[test]
fn the_best_match_comes_first_when_it_is_asked_for_and_is_the_one_selected() {
    let mut desk = desk();
    desk.keys("/sepsis<Enter>");
    assert_eq!(found(&desk), [CAFE, SEPSIS]);
    desk.keys("b").must_show("best match first");
    assert_eq!(found(&desk), [SEPSIS, CAFE]);
    assert!(desk.selected().contains("Sepsis bundles"), "the best match is looked at: {}", desk.selected());
    desk.keys("b").must_show("newest first");
    assert_eq!(found(&desk), [CAFE, SEPSIS]);
    desk.keys("b<Esc>");
    assert_eq!(found(&desk), TITLES, "without a search there is no best match");
    desk.keys("b").must_show("There is no best match without a search.");
}

#[test]
fn the_list_stays_as_it_is_until_a_slow_index_has_answered_the_last_question() {
    let mut desk = desk();
    desk.slow_index();
    desk.keys("/sep");
    assert_eq!(found(&desk).len(), 4, "nothing flickers");
    desk.finish_questions();
    assert_eq!(found(&desk), [CAFE, SEPSIS]);
}

#[test]
fn a_late_answer_to_an_earlier_question_changes_nothing() {
    let mut desk = desk();
    desk.slow_index();
    desk.keys("/coffee");
    let questions = desk.questions();
    let Some(Effect::Search { question: first, .. }) = questions.first() else { panic!("{questions:?}") };
    let hits = Hits { items: [desk.id("old.md")].into_iter().collect(), complete: true, ..Hits::default() };
    desk.tell(Message::Found { question: *first, epoch: 0, asker: Asker::List, hits });
    assert_eq!(found(&desk).len(), 4);
    desk.finish_questions();
    assert_eq!(found(&desk), [CAFE]);
}

#[test]
fn items_that_arrive_before_a_slow_index_has_answered_join_the_list_as_it_is() {
    let mut desk = desk();
    desk.slow_index();
    desk.keys("/sep");
    desk.put("new.md", &Article::titled("Something else").dated("2026-11-22").text());
    desk.source_changes();
    assert_eq!(found(&desk).len(), 4);
    assert!(desk.list_rows()[0].contains("Something else"));
    desk.answer_searches();
    assert_eq!(found(&desk), [CAFE, SEPSIS]);
}

#[test]
fn what_is_chosen_while_typing_stays_chosen_when_items_arrive() {
    let mut desk = desk();
    desk.keys("/antibiotic<Down>");
    assert!(desk.selected().contains("A data breach"));
    desk.put("new.md", &Article::titled("New on antibiotics").dated("2026-11-22").text());
    desk.source_changes();
    desk.must_show("New on antibiotics");
    assert!(desk.selected().contains("A data breach"), "{}", desk.selected());
}

/// What is shown below the first title of the list.
fn context(desk: &Desk) -> String {
    desk.list_rows()[1].trim_matches(['▌', ' ']).to_owned()
}

#[test]
fn contexts_stay_on_the_screen_while_the_source_is_looked_at_again() {
    let mut desk = desk();
    desk.keys("/sepsis<Enter>");
    desk.slow_index();
    desk.put("new.md", &Article::titled("Something else").dated("2026-11-22").text());
    desk.source_changes();
    assert_eq!(context(&desk), "Coffee keeps the sepsis team awake.");
}

#[test]
fn contexts_that_come_after_the_next_question_are_shown_all_the_same() {
    let mut desk = desk();
    desk.keys("/sepsis<Enter>");
    desk.keys("<Esc>");
    desk.slow_index();
    desk.keys("/sepsis<Enter>");
    desk.answer_searches();
    desk.keys("S");
    desk.finish_questions();
    assert_eq!(context(&desk), "Coffee keeps the sepsis team awake.");
}

#[test]
fn while_the_index_is_incomplete_titles_and_topics_are_searched_and_it_is_said() {
    let mut desk = desk();
    desk.slow_index();
    desk.tell(Message::Indexed { waiting: 3 });
    desk.must_show("3");
    desk.keys("/breach");
    let questions = desk.questions();
    let Some(Effect::Search { question, asker, .. }) = questions.last() else { panic!("{questions:?}") };
    desk.tell(Message::Found { question: *question, epoch: 0, asker: *asker, hits: Hits::default() });
    assert_eq!(found(&desk), [BREACH], "by its title");
    desk.keys("<Esc>/coffee");
    let questions = desk.questions();
    let Some(Effect::Search { question, asker, .. }) = questions.last() else { panic!("{questions:?}") };
    desk.tell(Message::Found { question: *question, epoch: 0, asker: *asker, hits: Hits::default() });
    desk.must_show("The text of the items is not all read yet.");
    desk.tell(Message::Indexed { waiting: 0 });
    desk.finish_questions();
    assert_eq!(found(&desk), [CAFE], "all is asked again when the index is complete");
}

#[test]
fn an_index_that_cannot_answer_leaves_titles_to_be_searched_and_says_so() {
    let mut desk = desk();
    desk.slow_index();
    desk.keys("/sepsis<Enter>");
    let questions = desk.questions();
    let Some(Effect::Search { question, .. }) = questions.last() else { panic!("{questions:?}") };
    let reason = SafeText::new("Only titles and topics were searched: the disk is gone.");
    desk.tell(Message::NotFound { question: *question, reason });
    assert_eq!(found(&desk), [SEPSIS]);
    desk.must_show("Only titles and topics were searched");
}

#[test]
fn the_search_is_within_the_topic_and_the_filter_and_the_screen_says_so() {
    let mut desk = desk();
    desk.keys("tinfection<Enter>/sepsis").must_show("1 in Infection");
    assert_eq!(found(&desk), [SEPSIS]);
    desk.keys("<C-u>coffee").must_show("This search finds nothing here.");
    desk.must_show("It looked in Infection only.");
    desk.keys("<Esc>tall<Enter>jsf");
    desk.keys("f/coffee").must_show("It looked in");
    desk.keys("<C-u>sepsis");
    assert_eq!(found(&desk), [SEPSIS]);
}

#[test]
fn two_files_of_one_original_are_found_as_one_item() {
    let mut files = feed();
    let twin =
        Article::titled("Sepsis bundles work").dated("2026-11-18").link("https://journal.example/sepsis");
    files.push(("twin.md".to_owned(), twin.topics(&["Clinical: Twins"]).body("<p>Narwhals.</p>").text()));
    let mut desk = Desk::open(120, 40, files);
    desk.must_show("4 unread of 4");
    for typed in ["narwhals", "bundles"] {
        desk.keys("/<C-u>").keys(typed).must_show("1 in All");
        assert_eq!(found(&desk), [SEPSIS], "{typed}");
        desk.keys("<Esc>");
    }
}

#[test]
fn what_was_searched_for_last_is_typed_over_changed_or_left() {
    let mut desk = desk();
    desk.keys("/sepsis<Enter>");
    for (keys, typed, titles) in [
        ("/okafor", "/okafor", [SEPSIS].as_slice()),
        ("/<Left><Right> -coffee", "/okafor -coffee", &[SEPSIS]),
        ("/<BS>", "/", &TITLES),
        ("sepsis<Enter>/<End> ward", "/sepsis ward", &[CAFE]),
    ] {
        desk.keys(keys);
        let prompt = desk.screen().lines().last().unwrap_or_default().trim().to_owned();
        assert!(prompt.starts_with(&format!("{typed} ")), "{prompt}");
        assert_eq!(found(&desk), titles, "{keys}");
        desk.keys("<Enter>");
        if typed == "/" {
            desk.keys("/");
        }
    }
    desk.keys("/<Esc>");
    assert_eq!(found(&desk), [CAFE], "who looks into the line only leaves the search as it is");
    desk.keys("/x<Esc>");
    assert_eq!(found(&desk), TITLES);
}

#[test]
fn a_match_in_a_topic_is_shown_as_the_reason() {
    let mut desk = desk();
    desk.keys("/infection");
    assert_eq!(context(&desk), "Clinical › Infection");
    desk.keys("<C-u>breaches");
    assert_eq!(context(&desk), "Security › Breaches");
}

#[test]
fn the_header_says_what_is_searched_for_and_how_much_of_it_is_unread() {
    for (columns, place) in [(120, "Test feed › All › /sepsis"), (40, "All › /sepsis"), (32, "/sepsis")]
    {
        let mut desk = Desk::open(columns, 12, feed());
        desk.keys("/sepsis<Enter>m");
        let header = desk.screen().lines().next().unwrap_or_default().to_owned();
        assert!(header.contains(place) && header.ends_with("1 unread of 2"), "{header}");
    }
}

#[test]
fn on_a_small_screen_the_words_that_were_found_and_all_of_a_reason_are_seen() {
    let mut desk = Desk::open(40, 10, feed());
    desk.keys("/awake").must_show("awake");
    desk.keys("<C-u>since:x").must_show("as in since:7d");
    assert!(desk.screen().lines().all(|row| row.chars().count() <= 40));
}

#[test]
fn going_back_before_the_index_has_answered_ends_the_search_and_does_not_quit() {
    let mut desk = desk();
    desk.slow_index();
    desk.keys("/records<Enter>q");
    assert_eq!(desk.effects(), []);
    desk.finish_questions();
    desk.must_not_show("/records");
    desk.keys("q");
    assert_eq!(desk.effects(), [Effect::Quit]);
}
