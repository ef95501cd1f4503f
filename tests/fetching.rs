//! What somebody sees of bundles from the web: how old what is here is, how far the download is, and what is said when
//! it ends, well or not.

#[cfg(test)]
mod support;

use jiff::civil::{DateTime, date};
use rounds::item::SafeText;
use rounds::reader::{BundleNews, Effect, LastCopy};
use support::Article;
use support::desk::Desk;
use support::small_feed::small_feed;

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 10)];
const REFUSED: &str = "news.example.org: there is no bundle at this address (status 404). Check the address";

fn yesterday() -> DateTime {
    date(2026, 11, 21).at(18, 5, 0, 0)
}

fn copy(as_of: DateTime) -> BundleNews {
    BundleNews::Copy(Some(LastCopy { as_of, age: SafeText::new("15 h") }))
}

fn progress(line: &str) -> BundleNews {
    BundleNews::Progress(SafeText::new(line))
}

/// One bundle, of which there is a copy that is being replaced.
fn desk(columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::with_bundles(columns, rows, small_feed(), &["health"]);
    desk.bundle(0, copy(yesterday()));
    desk
}

#[cfg(test)]
fn pictures(name: &str, happens: impl Fn(&mut Desk)) {
    for (columns, rows) in SIZES {
        let mut desk = desk(columns, rows);
        happens(&mut desk);
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn the_last_copy_is_there_at_once_with_its_age_and_the_download_runs_beside_it() {
    pictures("downloading", |desk| {
        desk.bundle(0, progress("12.3 of 40.1 MB · 1.2 MB/s · 23 s left"));
    });
}

#[test]
fn offline_is_a_state_that_the_header_shows() {
    pictures("offline", |desk| {
        desk.bundle(0, BundleNews::Offline);
        desk.must_show("15 h old");
        desk.keys("j");
    });
}

#[test]
fn what_went_wrong_is_said_in_a_line_and_the_old_items_stay() {
    pictures("refused", |desk| desk.bundle(0, BundleNews::Failed(SafeText::new(&format!("{REFUSED}.")))));
}

#[test]
fn a_first_download_is_seen_in_the_list_that_is_still_empty() {
    for (columns, rows) in SIZES {
        let mut desk = Desk::with_bundles(columns, rows, Vec::new(), &["health"]);
        desk.bundle(0, BundleNews::Copy(None));
        desk.bundle(0, progress("1.2 of 4.1 MB · 0.6 MB/s"));
        insta::assert_snapshot!(format!("first_download_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn a_start_asks_for_the_bundle_and_so_does_r() {
    let mut desk = Desk::closed(80, 24, small_feed());
    desk.keys("r");
    assert!(!desk.effects().contains(&Effect::Fetch), "a folder is not fetched");
    let mut desk = Desk::with_bundles(80, 24, small_feed(), &["health"]);
    desk.bundle(0, BundleNews::Unchanged);
    desk.effects();
    desk.keys("r");
    assert_eq!(desk.effects(), [Effect::Fetch]);
}

#[test]
fn a_new_bundle_is_read_and_its_changes_are_told() {
    let mut desk = desk(80, 24);
    desk.put("one.md", &Article::titled("One more").text());
    desk.remove("nurses.md");
    desk.bundle(0, copy(date(2026, 11, 22).at(9, 0, 0, 0)));
    desk.bundle(0, BundleNews::Fetched);
    desk.must_show("1 new, 1 gone.");
    desk.must_show("One more");
    desk.must_not_show("Nurses and their records");
    desk.must_not_show("15 h");
}

#[test]
fn that_nothing_has_changed_is_said_when_it_is_certain_and_only_to_those_who_asked() {
    let mut desk = desk(80, 24);
    desk.bundle(0, BundleNews::Unchanged);
    desk.must_not_show("Nothing has changed");
    desk.keys("r");
    desk.must_not_show("Nothing has changed");
    desk.bundle(0, BundleNews::Unchanged);
    desk.must_show("Nothing has changed: 7 items.");
}

#[test]
fn after_a_download_that_failed_the_header_says_from_when_the_items_are() {
    let mut desk = desk(80, 24);
    desk.bundle(0, BundleNews::Failed(SafeText::new(REFUSED)));
    desk.keys("j");
    desk.must_show("as of 21 Nov");
    desk.bundle(0, copy(date(2026, 11, 22).at(7, 30, 0, 0)));
    desk.must_show("as of 07:30");
    desk.keys("r");
    desk.bundle(0, BundleNews::Unchanged);
    desk.must_not_show("as of");
}

#[test]
fn a_first_download_that_fails_says_how_to_go_on() {
    for (news, said) in [
        (BundleNews::Offline, "Offline, and nothing was fetched before."),
        (BundleNews::Failed(SafeText::new(REFUSED)), "status 404"),
    ] {
        let mut desk = Desk::with_bundles(80, 24, Vec::new(), &["health"]);
        desk.bundle(0, BundleNews::Copy(None));
        desk.bundle(0, news);
        desk.must_show(said);
        desk.must_show("Nothing has been fetched yet.");
        desk.keys("j").must_show("try again");
    }
}

#[test]
fn why_a_bundle_was_not_fetched_stays_to_be_read_until_it_is() {
    let mut desk = Desk::with_bundles(80, 24, Vec::new(), &["health"]);
    desk.bundle(0, BundleNews::Copy(None));
    desk.bundle(0, BundleNews::Failed(SafeText::new(REFUSED)));
    desk.keys("jk").must_show("status 404");
    desk.keys("!").must_show("1 error");
    desk.must_show("health");
    desk.must_show("status 404");
    desk.keys("q");
    desk.bundle(0, BundleNews::Offline);
    desk.keys("!").must_show("0 errors, 1 warning");
    desk.keys("q");
    desk.bundle(0, BundleNews::Unchanged);
    desk.keys("!").must_show("0 errors, 0 warnings");
    desk.must_not_show("status 404");
}

#[test]
fn of_several_bundles_each_is_named_and_being_offline_is_said_once() {
    let mut desk = Desk::with_bundles(120, 40, small_feed(), &["health", "nursing"]);
    desk.bundle(1, progress("12.3 of 40.1 MB"));
    desk.bundle(0, BundleNews::Unchanged);
    desk.must_show("fetching nursing 12.3 of 40.1 MB");
    desk.bundle(1, progress("no answer yet, try 2"));
    desk.must_show("fetching nursing · no answer yet, try 2");
    desk.bundle(0, copy(yesterday()));
    desk.bundle(0, BundleNews::Offline);
    desk.bundle(1, BundleNews::Offline);
    desk.must_show("Offline. The items here are 15 h old");
    desk.keys("j");
    desk.must_show("offline · as of 21 Nov");
}

#[test]
fn what_went_wrong_with_one_bundle_does_not_hide_what_went_wrong_before() {
    let mut desk = Desk::with_bundles(120, 40, small_feed(), &["health", "nursing"]);
    desk.bundle(0, BundleNews::Failed(SafeText::new("health: no.")));
    desk.bundle(1, BundleNews::Failed(SafeText::new("nursing: no.")));
    desk.must_show("health: no.");
    desk.keys("j");
    desk.must_show("nursing: no.");
    desk.keys("j");
    desk.must_not_show(": no.");
}

#[test]
fn what_a_start_brings_is_at_the_top_as_long_as_nobody_has_chosen_anything() {
    let newer = Article::titled("Newer than all").dated("2026-11-22T23:00").text();
    let mut desk = desk(120, 40);
    desk.put("newer.md", &newer);
    desk.bundle(0, BundleNews::Fetched);
    assert!(desk.selected().contains("Newer than all"), "{}", desk.selected());
    let mut desk = self::desk(120, 40);
    desk.keys("j");
    let chosen = desk.selected();
    desk.put("newer.md", &newer);
    desk.bundle(0, BundleNews::Fetched);
    assert_eq!(desk.selected(), chosen);
}

#[test]
fn whoever_looks_further_down_is_told_where_the_new_items_are() {
    let mut files = small_feed();
    files.extend((0..60).map(|number| {
        let article = Article::titled(&format!("Item {number:02}")).dated("2020-05-05");
        (format!("item-{number:02}.md"), article.text())
    }));
    let mut desk = Desk::with_bundles(80, 24, files, &["health"]);
    desk.keys("G");
    desk.put("newer.md", &Article::titled("Newer than all").dated("2026-11-22T23:00").text());
    desk.bundle(0, BundleNews::Fetched);
    desk.must_show("1 new. The newest are further up.");
    desk.keys("g").must_show("Newer than all");
}

#[test]
fn a_bundle_of_which_nothing_is_there_is_named_as_long_as_that_is_so() {
    let mut desk = Desk::with_bundles(120, 40, small_feed(), &["health", "ward"]);
    desk.bundle(0, BundleNews::Unchanged);
    desk.bundle(1, BundleNews::Copy(None));
    desk.bundle(1, BundleNews::Failed(SafeText::new(REFUSED)));
    desk.keys("j");
    desk.must_show("ward not fetched · 7 unread of 7");
    desk.bundle(1, copy(yesterday()));
    desk.bundle(1, BundleNews::Fetched);
    desk.must_not_show("not fetched");
}
