//! `rounds state`: marks go from one machine to another and none is lost on the way.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use rounds::item::{ItemFile, ItemKey};
use rounds::library::Mark;
use rounds::store::state::State;

use crate::support::program::rounds_at;
use crate::support::{Article, Feed, Outcome};

fn key(slug: &str) -> ItemKey {
    ItemFile::read("any.md", Article::titled(slug).slug(slug).text().as_bytes()).item.key
}

/// Marks items of a home directory as the reader does.
fn mark(home: &Path, slug: &str, mark: Mark, seconds: i64) {
    let now = Timestamp::from_second(seconds).unwrap();
    let (mut state, notices) = State::open(&home.join("data/rounds/state.db"), now);
    assert_eq!(notices, []);
    state.set_mark(&[key(slug)], mark, true, now);
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
    assert!(again.talk.contains("nothing that was not here"), "{}", again.talk);
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
