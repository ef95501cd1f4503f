//! What outlives the program, and what two of them share: the binary in a real terminal, with files on a real disk.
//!
//! Nothing here sleeps. Where a line says that something was saved only by its effect, the effect is tried for again
//! until it is there or a deadline has passed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::option_option,
    reason = "a test says what is wrong by panicking"
)]
#![cfg(unix)]
#![cfg(test)]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rounds::store::state::State;
use rustix::process::Signal;
use support::Article;
use support::program::rounds_at;
use support::pty::{Home, Pty};

const SIZE: (u16, u16) = (100, 30);
/// How long an effect is tried for.
const DEADLINE: Duration = Duration::from_secs(20);

/// A home with a folder of four items in it, one of them long.
fn home() -> Home {
    let home = Home::new();
    let body: String = (100..200).map(|n| format!("<p>Sentence {n} of the long article.</p>")).collect();
    let long = Article::titled("The long one").dated("2026-11-19").topics(&["Wards: Nights"]).body(&body);
    home.write("news/long.md", &long.text());
    for (path, title, date) in [
        ("news/first.md", "The first one", "2026-11-20"),
        ("news/third.md", "The third one", "2026-11-18"),
        ("news/fourth.md", "The fourth one", "2026-11-17"),
    ] {
        let article = Article::titled(title).dated(date).topics(&["Wards: Days"]);
        home.write(path, &article.body(&format!("<p>Text of {title}.</p>")).text());
    }
    home
}

fn open(home: &Home) -> Pty {
    open_on(home, "news", &[])
}

/// Opens the folder at a place where it shows an item.
fn open_at(home: &Home, shown: &str) -> Pty {
    let mut pty = Pty::spawn(home, &[env!("CARGO_BIN_EXE_rounds"), "news"], SIZE, &[]);
    pty.wait_for_text(shown);
    pty
}

fn open_on(home: &Home, source: &str, variables: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::spawn(home, &[env!("CARGO_BIN_EXE_rounds"), source], SIZE, variables);
    pty.wait_for("the reader", |screen| screen.contents().contains("The first one"));
    pty
}

/// Waits until the source has been read to its end.
fn wait_for_the_source(pty: &mut Pty) {
    pty.keys("r");
    pty.wait_for_text("Nothing has changed: 4 items.");
}

fn quit(mut pty: Pty) {
    pty.keys("<C-c>");
    assert!(pty.wait_exit().success());
}

fn kill(mut pty: Pty) {
    pty.signal(Signal::KILL);
    pty.wait_exit();
}

/// The row of the screen that holds a text.
fn row(pty: &Pty, text: &str) -> String {
    pty.screen_text().lines().find(|row| row.contains(text)).unwrap_or_default().to_owned()
}

fn wait_for_row(pty: &mut Pty, what: &str, holds: impl Fn(&str) -> bool) {
    pty.wait_for(what, |screen| screen.contents().lines().any(&holds));
}

/// Whether the first item has a star and the second has been read, in a reader that has just been started.
fn has_marks(pty: &mut Pty) -> bool {
    pty.wait_for("all items", |screen| screen.contents().contains("of 4"));
    row(pty, "The first one").contains('★') && !row(pty, "The long one").contains('●')
}

#[test]
fn marks_outlive_a_quit() {
    let home = home();
    let mut pty = open(&home);
    assert!(!has_marks(&mut pty));
    pty.wait_for_text("4 unread of 4");
    pty.keys("sjm");
    quit(pty);
    let mut pty = open(&home);
    pty.wait_for_text("3 unread of 4");
    assert!(has_marks(&mut pty), "{}", pty.screen_text());
}

#[test]
fn marks_outlive_a_kill_as_soon_as_they_are_written() {
    let home = home();
    let mut pty = open(&home);
    pty.wait_for_text("4 unread of 4");
    pty.keys("sjm");
    wait_for_state(&home, "both marks", |state| {
        let marks = state.marks();
        marks.read.len() == 1 && marks.starred.len() == 1
    });
    kill(pty);
    let mut pty = open(&home);
    pty.wait_for_text("3 unread of 4");
    assert!(has_marks(&mut pty), "{}", pty.screen_text());
}

#[test]
fn the_open_topic_the_item_and_the_place_in_the_text_are_found_again() {
    let home = home();
    let mut pty = open(&home);
    pty.keys("tnights<Enter>");
    pty.wait_for_text("› Nights");
    pty.keys("<Enter><Space>");
    pty.wait_for("a page further on", |screen| !screen.contents().contains("Sentence 100"));
    let left_at = row(&pty, "Sentence");
    quit(pty);
    let mut pty = Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "news"], SIZE, &[]);
    pty.wait_for_text("› Nights");
    pty.wait_for_text(left_at.trim());
    assert!(row(&pty, "Sentence").contains(left_at.trim()), "{}", pty.screen_text());
    assert!(!pty.screen_text().contains("The first one"), "{}", pty.screen_text());
}

#[test]
fn the_place_outlives_a_kill_as_soon_as_it_has_settled() {
    let home = home();
    let mut pty = open(&home);
    pty.keys("tnights<Enter>");
    pty.wait_for_text("› Nights");
    let news = fs::canonicalize(home.path().join("news")).unwrap();
    wait_for_state(&home, "the place", |state| {
        state.source(news.to_str().unwrap()).is_some_and(|known| known.place.topic.contains("Nights"))
    });
    kill(pty);
    let mut pty = open_at(&home, "The long one");
    pty.wait_for_text("› Nights");
}

/// Waits until something has been written down, as another Rounds would find it.
fn wait_for_state(home: &Home, what: &str, mut holds: impl FnMut(&mut State) -> bool) {
    let file = home.path().join("data/rounds/state.db");
    let (mut state, notices) = State::open(&file, Timestamp::UNIX_EPOCH);
    assert_eq!(notices, []);
    let deadline = Instant::now() + DEADLINE;
    while !holds(&mut state) {
        assert!(Instant::now() < deadline, "{what}: never written down");
        std::thread::yield_now();
    }
}

#[test]
fn a_folder_that_was_moved_keeps_its_marks_and_its_place() {
    let home = home();
    let mut pty = open(&home);
    wait_for_the_source(&mut pty);
    pty.keys("sm");
    pty.wait_for_text("3 unread of 4");
    pty.keys("tdays<Enter>j");
    pty.wait_for_text("› Days");
    quit(pty);
    fs::rename(home.path().join("news"), home.path().join("moved")).unwrap();
    let mut pty = open_on(&home, "moved", &[]);
    pty.wait_for_text("moved › Wards › Days");
    wait_for_row(&mut pty, "the marks", |row| {
        row.contains("The first one") && row.contains('★') && !row.contains('●')
    });
}

/// Writes a file until the reader shows it: it may have read the folder just before, and begun to watch it just after.
fn write_until_shown(home: &Home, pty: &mut Pty, path: &str, article: &Article, shown: &str) {
    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline {
        home.write(path, &article.text());
        if pty.becomes(Duration::from_secs(3), |screen| screen.contents().contains(shown)) {
            return;
        }
    }
    panic!("{shown} never came:\n{}", pty.screen_text());
}

#[test]
fn files_come_change_and_go_without_a_key() {
    let home = home();
    let mut pty = open(&home);
    pty.wait_for_text("4 unread of 4");
    let article = Article::titled("Just in").dated("2026-11-21");
    write_until_shown(&home, &mut pty, "news/new.md", &article, "Just in");
    pty.wait_for_text("1 new.");
    let article = Article::titled("From a new folder").dated("2026-11-22");
    home.write("news/deep/er/new.md", &article.text());
    pty.wait_for_text("From a new folder");
    let article = Article::titled("Just corrected").dated("2026-11-21");
    home.write("news/new.md", &article.text());
    pty.wait_for_text("Just corrected");
    fs::remove_file(home.path().join("news/new.md")).unwrap();
    pty.wait_for("the item to go", |screen| !screen.contents().contains("Just corrected"));
    pty.wait_for_text("5 unread of 5");
    assert!(row(&pty, "20 Nov").contains('▌'), "nothing has moved: {}", pty.screen_text());
}

#[test]
fn two_at_once_share_their_marks_from_the_very_first_start_on() {
    let home = home();
    let mut one = open(&home);
    let mut two = open(&home);
    one.wait_for_text("4 unread of 4");
    two.wait_for_text("4 unread of 4");
    two.keys("jm");
    one.wait_for_text("3 unread of 4");
    wait_for_row(&mut one, "the mark", |row| row.contains("The long one") && !row.contains('●'));
    one.keys("s");
    wait_for_row(&mut two, "the star", |row| row.contains("The first one") && row.contains('★'));
    quit(one);
    two.keys("m");
    two.wait_for_text("4 unread of 4");
    quit(two);
}

#[test]
fn two_programs_agree_with_the_folder_and_the_state_whatever_comes_first() {
    for seed in 0..3 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let home = home();
        let mut programs = [open(&home), open(&home)];
        let mut items = 4;
        for _ in 0..25 {
            if rng.u8(0..5) == 0 {
                items += 1;
                let article = Article::titled(&format!("Item {items}")).dated("2026-11-21");
                home.write(&format!("news/{items}.md"), &article.text());
            } else if let Some(keys) = rng.choice(["j", "k", "m", "m", "s", "r", "u", "A"]) {
                programs[rng.usize(0..2)].keys(keys);
            }
        }
        let deadline = Instant::now() + DEADLINE;
        loop {
            let expected = counts(&home, items);
            let shows = |pty: &mut Pty| {
                pty.becomes(Duration::from_millis(500), |screen| screen.contents().contains(&expected))
            };
            if programs.iter_mut().all(shows) && counts(&home, items) == expected {
                break;
            }
            let screens = || programs.each_ref().map(Pty::screen_text).join("\n");
            assert!(Instant::now() < deadline, "seed {seed}, {expected}:\n{}", screens());
            for pty in &mut programs {
                pty.keys("r");
            }
        }
        let news = home.path().join("news");
        let listed = rounds_at(home.path(), ["list".as_ref(), news.as_os_str()]);
        assert_eq!(listed.out.lines().count(), items, "seed {seed}: {}", listed.out);
        programs.into_iter().for_each(quit);
    }
}

/// What the header says of so many items with the marks that are written down.
fn counts(home: &Home, items: usize) -> String {
    let (mut state, _) = State::open(&home.path().join("data/rounds/state.db"), Timestamp::UNIX_EPOCH);
    match items - state.marks().read.len() {
        0 => format!("{items} items, all read"),
        unread => format!("{unread} unread of {items}"),
    }
}

#[test]
fn without_a_place_to_save_marks_it_says_so_and_goes_on() {
    let home = home();
    home.write("file", "no folder");
    let below = home.path().join("file/data");
    let variables = [("XDG_DATA_HOME", below.to_str().unwrap())];
    let mut pty = open_on(&home, "news", &variables);
    pty.wait_for_text("file/data");
    pty.keys("jm");
    pty.wait_for_text("3 unread of 4");
    quit(pty);
}

#[test]
fn marks_that_could_not_be_saved_are_saved_by_themselves_as_soon_as_the_disk_takes_them() {
    let home = home_without_a_disk();
    let mut pty = open(&home);
    pty.keys("jm");
    pty.wait_for_text("not saved!");
    fs::remove_dir(home.path().join("data/rounds/state.db")).unwrap();
    pty.wait_for("the sign to go", |screen| !screen.contents().contains("not saved!"));
    kill(pty);
    let mut pty = open(&home);
    pty.wait_for_text("3 unread of 4");
    quit(pty);
}

#[test]
fn on_a_first_visit_nothing_is_new_although_an_import_that_was_cut_off_has_left_a_catalog() {
    let home = home();
    // What a command has taken in is what an import leaves that ends before the visit is recorded.
    assert!(rounds_at(home.path(), ["list", home.path().join("news").to_str().unwrap()]).status == 0);
    let article = Article::titled("The one that came later").dated("2026-11-21");
    home.write("news/later.md", &article.text());
    let mut pty = open(&home);
    pty.wait_for_text("5 unread of 5");
    pty.keys("r");
    pty.wait_for_text("Nothing has changed: 5 items.");
    assert!(!pty.screen_text().contains("1 new"), "{}", pty.screen_text());
    assert!(!row(&pty, "New since").contains('1'), "{}", pty.screen_text());
    quit(pty);
}

#[test]
fn without_a_place_for_a_catalog_it_goes_on() {
    let home = home();
    home.write("file", "no folder");
    let below = home.path().join("file/cache");
    let mut pty = open_on(&home, "news", &[("XDG_CACHE_HOME", below.to_str().unwrap())]);
    pty.wait_for_text("file/cache");
    pty.keys("/sentence<Enter>");
    pty.wait_for_text("1 unread of 1");
    quit(pty);
}

#[test]
fn a_damaged_catalog_is_made_anew_with_one_line() {
    let home = home();
    let mut pty = open(&home);
    pty.keys("m");
    pty.wait_for_text("3 unread of 4");
    quit(pty);
    let catalogs = home.path().join("cache/rounds/catalogs");
    let mut damaged = 0;
    for file in fs::read_dir(&catalogs).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "db") {
            fs::write(&file, "garbage ".repeat(5000)).unwrap();
            damaged += 1;
        } else {
            // What SQLite has put beside it could bring it back.
            fs::remove_file(&file).unwrap();
        }
    }
    assert_eq!(damaged, 1);
    let mut pty = open(&home);
    pty.wait_for_text("3 unread of 4");
    pty.wait_for("a line about the catalog", |screen| screen.contents().to_lowercase().contains("catalog"));
    pty.keys("/sentence<Enter>");
    pty.wait_for_text("1 unread of 1");
    quit(pty);
    let mut pty = open(&home);
    pty.wait_for_text("3 unread of 4");
    assert!(!pty.screen_text().to_lowercase().contains("catalog"), "{}", pty.screen_text());
}

#[test]
fn a_source_that_has_gone_leaves_what_the_catalog_has_and_says_so() {
    let home = home();
    let mut pty = open(&home);
    pty.wait_for_text("4 unread of 4");
    fs::rename(home.path().join("news"), home.path().join("away")).unwrap();
    pty.wait_for_text("The items from before are still here.");
    pty.keys("<Enter>");
    pty.wait_for_text("Text of The first one");
    fs::rename(home.path().join("away"), home.path().join("news")).unwrap();
    pty.keys("qr");
    pty.wait_for_text("Nothing has changed: 4 items.");
    quit(pty);
}

#[test]
fn a_source_that_is_not_there_at_the_start_shows_what_is_known_of_it_and_says_so() {
    let home = home();
    let mut pty = open(&home);
    pty.wait_for_text("4 unread of 4");
    quit(pty);
    fs::rename(home.path().join("news"), home.path().join("away")).unwrap();
    let mut pty = open(&home);
    pty.wait_for_text("The items from before are still here.");
    pty.keys("<Enter>");
    pty.wait_for_text("Text of The first one");
    quit(pty);
}

#[test]
fn a_search_is_kept_from_one_run_to_the_next() {
    let home = home();
    let mut pty = open(&home);
    pty.keys("/sentence");
    pty.wait_for_text("1 in All");
    pty.wait_for_text("Sentence 100 of the long article.");
    pty.keys("<Enter>S");
    pty.wait_for_text("Saved as a topic");
    quit(pty);
    let mut pty = open(&home);
    pty.keys("tsentence");
    wait_for_row(&mut pty, "the kept search", |row| {
        row.contains("sentence") && row.trim_end().ends_with('1')
    });
    pty.keys("<Enter>");
    pty.wait_for_text("news › sentence");
    pty.wait_for_text("1 unread of 1");
    pty.keys("S");
    pty.wait_for_text("4 unread of 4");
    quit(pty);
    let mut pty = open(&home);
    pty.keys("tsentence");
    pty.wait_for_text("No topic has all of these words.");
}

#[test]
fn what_has_come_since_the_last_visit_is_a_topic() {
    let home = home();
    let mut pty = open(&home);
    wait_for_the_source(&mut pty);
    quit(pty);
    home.write("news/new.md", &Article::titled("Just in").dated("2026-11-21").text());
    let mut pty = open(&home);
    pty.wait_for_text("Just in");
    pty.keys("tnew since<Enter>");
    pty.wait_for_text("1 unread of 1");
    assert!(!pty.screen_text().contains("The first one"), "{}", pty.screen_text());
}

#[test]
fn quitting_takes_no_time_while_much_is_being_read() {
    let home = home();
    let body = "<p>A sentence that is to be read.</p>".repeat(100);
    for number in 0..1500 {
        let article = Article::titled(&format!("Item {number}")).dated("2020-01-01").body(&body);
        home.write(&format!("news/many/{number}.md"), &article.text());
    }
    let mut pty = open(&home);
    pty.keys("q");
    let asked = Instant::now();
    assert!(pty.wait_exit().success());
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

/// A home in which nothing can be saved, whoever runs this: a folder has the name of the state file.
fn home_without_a_disk() -> Home {
    let home = home();
    fs::create_dir_all(home.path().join("data/rounds/state.db")).unwrap();
    home
}

#[test]
fn marks_that_cannot_be_saved_are_written_to_a_file_and_taken_in_elsewhere() {
    let home = home_without_a_disk();
    let mut pty = open(&home);
    pty.wait_for_text("cannot be saved");
    pty.keys("jks");
    pty.wait_for_text("not saved!");
    pty.keys("jq");
    pty.wait_for_text("1 mark not saved");
    pty.keys("<Down><Enter>");
    pty.wait_for_text("rounds-unsaved-marks.json");
    pty.keys("<Enter>");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    let file = home.path().join("rounds-unsaved-marks.json");
    fs::remove_dir(home.path().join("data/rounds/state.db")).unwrap();
    let mut import = Pty::spawn(
        &home,
        &[env!("CARGO_BIN_EXE_rounds").as_ref(), "state".as_ref(), "import".as_ref(), file.as_os_str()],
        SIZE,
        &[],
    );
    assert!(import.wait_exit().success());
    let mut pty = open(&home);
    wait_for_row(&mut pty, "the star", |row| row.contains('★') && row.contains("The first one"));
    quit(pty);
}

#[test]
fn how_many_marks_are_lost_is_said_after_quitting_at_once() {
    let home = home_without_a_disk();
    let mut pty = open(&home);
    pty.wait_for_text("cannot be saved");
    pty.keys("jksjs");
    wait_for_row(&mut pty, "both stars", |row| row.contains('★') && row.contains("The long one"));
    pty.keys("<C-c>");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    pty.wait_for_text("rounds: 2 marks not saved.");
}

#[test]
fn a_mark_follows_an_item_whose_link_is_corrected() {
    let home = home();
    let article = |link: &str| Article::titled("The first one").dated("2026-11-20").link(link).text();
    home.write("news/first.md", &article("https://example.org/wrong"));
    let mut pty = open(&home);
    wait_for_the_source(&mut pty);
    pty.keys("gs");
    wait_for_row(&mut pty, "the star", |row| row.contains('★') && row.contains("The first one"));
    quit(pty);
    home.write("news/first.md", &article("https://example.org/right/address"));
    let mut pty = open(&home);
    wait_for_row(&mut pty, "the star", |row| row.contains('★') && row.contains("The first one"));
    quit(pty);
}

#[test]
fn pages_that_share_a_slug_are_opened_and_marked_each_by_itself() {
    let home = Home::new();
    let pages = [
        ("en", "The ward", "2026-11-03"),
        ("fr", "Le service", "2026-11-02"),
        ("de", "Die Station", "2026-11-01"),
    ];
    for (language, title, date) in pages {
        let page =
            Article::titled(title).dated(date).slug("ward").body(&format!("<p>Text in {language}.</p>"));
        home.write(&format!("news/{language}/ward.md"), &page.text());
    }
    let mut pty = open_at(&home, "3 unread of 3");
    for (_, title, _) in pages {
        pty.wait_for_text(title);
    }
    pty.keys("<Enter>");
    pty.wait_for_text("Text in en.");
    pty.keys("J");
    pty.wait_for_text("Text in fr.");
    pty.keys("s");
    pty.wait_for_text("Starred.");
    quit(pty);
    let listed =
        rounds_at(home.path(), ["list", "--format", "json", home.path().join("news").to_str().unwrap()]);
    let listed = listed.json();
    let marks = |item: &serde_json::Value| ["read", "starred"].map(|mark| item[mark].as_bool().unwrap());
    let marks: Vec<[bool; 2]> = listed.as_array().unwrap().iter().map(marks).collect();
    assert_eq!(marks, [[true, false], [true, true], [false, false]]);
}
