//! `rounds state`: marks go from one machine to another and none is lost on the way.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use rounds::item::{ItemFile, ItemKey, SafeText};
use rounds::library::Mark;
use rounds::store::state::{Setting, State};

use crate::support::program::rounds_at;
use crate::support::{Article, Feed, Outcome};

fn key(slug: &str) -> ItemKey {
    ItemFile::read("any.md", Article::titled(slug).slug(slug).text().as_bytes()).item.key
}

/// Marks items of a home directory as the reader does.
fn mark(home: &Path, slug: &str, mark: Mark, seconds: i64) {
    let (mut state, notices) = state_of(home);
    assert_eq!(notices, []);
    state.set_mark(&[key(slug)], mark, true, Timestamp::from_second(seconds).unwrap());
}

/// The state of a home directory, and what there is to say of it.
fn state_of(home: &Path) -> (State, Vec<SafeText>) {
    State::open(&home.join("data/rounds/state.db"), Timestamp::UNIX_EPOCH)
}

/// Chooses a setting in a home directory as the reader does.
fn choose(home: &Path, name: &str, value: &str, seconds: i64) {
    let (mut state, notices) = state_of(home);
    assert_eq!(notices, []);
    let setting = Setting::new(name.to_owned(), value.to_owned()).unwrap();
    state.set_setting(setting, Timestamp::from_second(seconds).unwrap());
}

fn settings(home: &Path) -> Vec<(String, String)> {
    state_of(home).0.settings()
}

fn list(home: &Path, feed: &Feed) -> Outcome {
    rounds_at(home, ["list".into(), feed.path().into_os_string(), "--format".into(), "tsv".into()])
}

#[test]
fn an_export_taken_in_elsewhere_adds_to_what_is_there() {
    let [here, there] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    mark(here.path(), "one", Mark::Read, 1_700_000_000);
    mark(here.path(), "two", Mark::Starred, 1_700_000_000);
    mark(there.path(), "three", Mark::Read, 1_700_000_000);
    let exported = rounds_at(here.path(), ["state", "export"]);
    assert_eq!((exported.status, exported.talk.as_str()), (0, ""));
    assert_eq!(exported.json()["rounds_state"], 1);
    let file = here.path().join("marks.json");
    fs::write(&file, &exported.out).unwrap();
    let file = file.to_str().unwrap();
    let imported = rounds_at(there.path(), ["state", "import", file]);
    assert_eq!(imported.status, 0);
    assert!(imported.talk.contains("1 read mark, 1 star"), "{}", imported.talk);
    let again = rounds_at(there.path(), ["state", "import", file]);
    assert!(again.talk.contains("nothing new"), "{}", again.talk);
    let feed = ["one", "two", "three"].into_iter().fold(Feed::new(), |feed, slug| {
        feed.with(format!("{slug}.md"), Article::titled(slug).slug(slug).text())
    });
    let listed = list(there.path(), &feed);
    let marks = |title: &str| {
        let line = listed.lines().into_iter().find(|line| line.split('\t').nth(1) == Some(title)).unwrap();
        let fields: Vec<&str> = line.split('\t').collect();
        (fields[11] == "true", fields[12] == "true")
    };
    assert_eq!((marks("one"), marks("two"), marks("three")), ((true, false), (false, true), (true, false)));
}

#[test]
fn settings_go_along_and_the_later_one_of_a_name_wins() {
    let [here, there] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    mark(here.path(), "one", Mark::Read, 1_700_000_000);
    let long = "Cardiology\n".repeat(2_000);
    for (home, name, value, seconds) in [
        (&here, "folded", long.as_str(), 1_700_000_000),
        (&here, "left", "40", 1_700_000_000),
        (&here, "told", "1", 1_700_000_009),
        (&there, "left", "39", 1_700_000_005),
        (&there, "told", "0", 1_700_000_005),
    ] {
        choose(home.path(), name, value, seconds);
    }
    let exported = rounds_at(here.path(), ["state", "export"]);
    assert_eq!((exported.status, exported.talk.as_str()), (0, ""));
    assert_eq!(exported.json()["rounds_state"], 2, "a Rounds that knows no settings says that it is newer");
    let file = here.path().join("marks.json");
    fs::write(&file, &exported.out).unwrap();
    let import = || rounds_at(there.path(), ["state", "import", file.to_str().unwrap()]);
    let imported = import();
    assert_eq!(imported.status, 0);
    assert!(imported.talk.contains("1 read mark, 2 settings."), "{}", imported.talk);
    let expected = [("folded", long.as_str()), ("left", "39"), ("told", "1")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(settings(there.path()), expected);
    let again = import();
    assert!(again.talk.contains("nothing new"), "{}", again.talk);
    assert_eq!(settings(there.path()), expected);
}

#[test]
fn a_setting_that_is_too_long_is_refused_with_the_whole_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("marks.json");
    let long = "x".repeat(65_537);
    let json = format!(
        r#"{{"rounds_state": 2, "exported": "2026-11-22T00:00:00Z", "items": [],
        "settings": [{{"name": "left", "value": "40"}}, {{"name": "long", "value": "{long}"}}]}}"#
    );
    fs::write(&file, json).unwrap();
    let refused = rounds_at(home.path(), ["state", "import", file.to_str().unwrap()]);
    assert_eq!(refused.status, 3);
    assert!(refused.talk.contains("more than 65536 bytes in one setting"), "{}", refused.talk);
    assert_eq!(settings(home.path()), []);
}

#[test]
fn what_is_no_export_is_refused_whole() {
    let home = tempfile::tempdir().unwrap();
    for (contents, reason) in [
        ("", "not a file that rounds state export wrote"),
        ("{\"items\": []}", "not a file that rounds state export wrote"),
        ("{\"rounds_state\": 99, \"items\": []}", "newer Rounds"),
        ("{\"rounds_state\": 1, \"exported\": \"2026-11-22T00:00:00Z\", \"items\": [{\"key\"", "damaged"),
    ] {
        let file = home.path().join("marks.json");
        fs::write(&file, contents).unwrap();
        let refused = rounds_at(home.path(), ["state", "import", file.to_str().unwrap()]);
        assert_eq!(refused.status, 3, "{contents}");
        assert!(refused.talk.contains(reason), "{contents}: {}", refused.talk);
    }
    let absent = rounds_at(home.path(), ["state", "import", "nowhere.json"]);
    let line = "rounds: nowhere.json: there is no file of this name. Check the spelling.\n";
    assert_eq!((absent.status, absent.talk.as_str()), (3, line));
    let folder = rounds_at(home.path(), ["state", "import", home.path().to_str().unwrap()]);
    assert!(folder.status == 3 && folder.talk.contains("this is a folder."), "{}", folder.talk);
}

#[test]
fn unread_counts_of_topics_know_what_was_read_in_the_reader() {
    let home = tempfile::tempdir().unwrap();
    let article = |slug: &str| Article::titled(slug).slug(slug).topics(&["Medigy: Care"]).text();
    let feed = Feed::new().with("a.md", article("one")).with("b.md", article("two"));
    mark(home.path(), "one", Mark::Read, 1_700_000_000);
    let topics = rounds_at(
        home.path(),
        ["topics".into(), feed.path().into_os_string(), "--format".into(), "json".into()],
    );
    let care =
        topics.json().as_array().unwrap().iter().find(|topic| topic["term"] == "Care").unwrap().clone();
    assert_eq!((care["unread"].as_u64(), care["total"].as_u64()), (Some(1), Some(2)));
}

#[test]
fn a_command_that_finds_the_state_damaged_says_so_and_answers() {
    let home = tempfile::tempdir().unwrap();
    mark(home.path(), "one", Mark::Read, 1_700_000_000);
    fs::write(home.path().join("data/rounds/state.db"), [b'x'; 5000]).unwrap();
    let listed = list(home.path(), &Feed::new().with("one.md", Article::titled("one").slug("one").text()));
    assert_eq!((listed.status, listed.lines().len()), (0, 2));
    assert!(listed.talk.contains("damaged"), "{}", listed.talk);
}

#[test]
fn a_database_of_another_program_where_the_marks_should_be_is_named_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("data/rounds/state.db");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE books (title TEXT)").unwrap();
    let before = fs::read(&file).unwrap();
    let listed = rounds_at(home.path(), ["list"]);
    assert_eq!(listed.status, 0);
    let line = "state.db: marks cannot be saved, this is a database of another program.";
    assert!(listed.talk.contains(line) && !listed.talk.contains("damaged"), "{}", listed.talk);
    assert!(fs::read(&file).unwrap() == before);
}
